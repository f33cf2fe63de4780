package hotline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import hotline.calendar.TimeLimit.Unit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("时限按规程原文的写法填写（接口约定“Time limits”）")
class TimeLimitTest {

  @DisplayName("规程的写法都认得，并归为统一写法")
  @ParameterizedTest(name = "“{0}”即 {3}")
  @CsvSource({
    "5分钟, MINUTES, 5, 5分钟",
    "1小时, HOURS, 1, 1小时",
    "72小时, HOURS, 72, 72小时",
    "3日, DAYS, 3, 3日",
    "3天, DAYS, 3, 3日",
    "1个工作日, WORKING_DAYS, 1, 1个工作日",
    "1工作日, WORKING_DAYS, 1, 1个工作日",
    "当日, SAME_DAY, 0, 当日",
    "' 5分钟 ', MINUTES, 5, 5分钟",
    "'　72小时　', HOURS, 72, 72小时",
    "１５分钟, MINUTES, 15, 15分钟",
    "2０个工作日, WORKING_DAYS, 20, 20个工作日",
    "1分钟, MINUTES, 1, 1分钟",
    "99999分钟, MINUTES, 99999, 99999分钟",
  })
  void reads(String text, Unit unit, int amount, String canonical) {
    TimeLimit limit = TimeLimit.parse(text);

    assertThat(limit).isEqualTo(new TimeLimit(unit, amount));
    assertThat(limit.text()).isEqualTo(canonical);
  }

  @DisplayName("其他写法一律拒绝，并给出正确的写法")
  @ParameterizedTest(name = "“{0}”被拒绝")
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "分钟",
        "小时",
        "5min",
        "PT5M",
        "24h",
        "1周",
        "1个月",
        "0分钟",
        "0日",
        "100000分钟",
        "-1小时",
        "1.5小时",
        "5分",
        "1个日",
        "当天",
        "1当日",
        "３",
        "5分钟5分钟",
        "1小时30分钟",
        "٣日",
        "3日\n4日",
        "一个半小时",
        "无"
      })
  void refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeLimit.parse(text))
        .withMessageContaining("写法不对")
        .withMessageContaining("5分钟、1小时、72小时、3日、1个工作日")
        .withMessageContaining("当日")
        .withMessageNotContaining("应写作");
  }

  @DisplayName("能看懂的错误写法，拒绝时直接给出应写成什么")
  @ParameterizedTest(name = "“{0}”应写作“{1}”")
  @CsvSource({
    "两小时, 2小时",
    "二十四小时, 24小时",
    "十分钟, 10分钟",
    "一百二十分钟, 120分钟",
    "七十二小时, 72小时",
    "三个工作日, 3个工作日",
    "三日, 3日",
    "3个小时, 3小时",
    "两个小时, 2小时",
    "5 分钟, 5分钟",
    "3日内, 3日",
    "3天以内, 3日",
    "05分钟, 5分钟",
    "当日内, 当日",
  })
  void tellsWhatWasMeant(String wrong, String right) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeLimit.parse(wrong))
        .withMessageContaining("写法不对")
        .withMessageEndingWith("这里应写作“" + right + "”");
  }

  @Test
  @DisplayName("过长的错误写法在提示中只引用开头")
  void echoesOnlyTheBeginning() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeLimit.parse("乱".repeat(10_000)))
        .withMessageContaining("“" + "乱".repeat(20) + "…”")
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(120));
  }

  @DisplayName("数字须为1至99999，“当日”不带数字")
  @ParameterizedTest(name = "{0} {1} 被拒绝")
  @CsvSource({
    "MINUTES, 0",
    "HOURS, -1",
    "DAYS, 100000",
    "WORKING_DAYS, 0",
    "SAME_DAY, 1",
  })
  void refusesAmounts(Unit unit, int amount) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeLimit(unit, amount))
        .withMessageContaining("1至99999");
  }
}
