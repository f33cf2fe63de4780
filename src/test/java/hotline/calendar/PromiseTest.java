package hotline.calendar;

import static hotline.calendar.Times.CALENDAR;
import static hotline.calendar.Times.at;
import static hotline.calendar.Times.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("承诺的到期时间由事实推算：暂停、改级、延期（YF-9d）")
class PromiseTest {

  @DisplayName("分钟、小时：到期前的暂停时间不计，到期后的不影响")
  @ParameterizedTest(name = "10:00 起 {0}，暂停 {1} 至 {2}，{3} 届满")
  @CsvSource({
    "1小时, 10:20, 10:50, 11:30",
    "1小时, 09:00, 09:30, 11:00",
    "1小时, 09:00, 10:00, 11:00",
    "1小时, 09:30, 10:15, 11:15",
    "1小时, 10:00, 10:15, 11:15",
    "1小时, 10:59:59, 12:00, 12:00:01",
    "1小时, 11:00, 12:00, 11:00",
    "1小时, 11:30, 12:00, 11:00",
    "5分钟, 10:02, 10:32, 10:35",
    "5分钟, 10:02, 10:02, 10:05",
  })
  void standsStillByTheClock(String limit, String from, String to, String due) {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit(limit))
            .withPause(at("2026-03-02 " + from), at("2026-03-02 " + to));

    assertThat(promise.deadline(CALENDAR).dueAt()).isEqualTo(at("2026-03-02 " + due));
  }

  @DisplayName("日：24:00落在暂停中的那一日不计，其余照计")
  @ParameterizedTest(name = "周一10:00 起 {0}，暂停 {1} 至 {2}，{3} 届满")
  @CsvSource({
    "1日, 2026-03-02 11:00, 2026-03-02 23:59:59.999, 2026-03-04 00:00",
    "1日, 2026-03-02 11:00, 2026-03-03 00:00, 2026-03-05 00:00",
    "1日, 2026-03-03 00:00, 2026-03-03 23:59:59.999, 2026-03-04 00:00",
    "1日, 2026-03-03 09:00, 2026-03-04 00:00, 2026-03-05 00:00",
    "1日, 2026-03-03 09:00, 2026-03-06 09:00, 2026-03-07 00:00",
    "1日, 2026-03-04 00:00, 2026-03-06 09:00, 2026-03-04 00:00",
    "3日, 2026-03-02 11:00, 2026-03-04 10:00, 2026-03-08 00:00",
    "3日, 2026-03-01 11:00, 2026-03-02 10:00, 2026-03-06 00:00",
    "当日, 2026-03-02 11:00, 2026-03-02 23:00, 2026-03-03 00:00",
    "当日, 2026-03-02 11:00, 2026-03-03 00:00, 2026-03-04 00:00",
    "当日, 2026-03-02 11:00, 2026-03-04 10:00, 2026-03-05 00:00",
    "当日, 2026-03-03 00:00, 2026-03-04 10:00, 2026-03-03 00:00",
  })
  void leavesOutPausedDays(String limit, String from, String to, String due) {
    assertPaused(limit, from, to, due);
  }

  @DisplayName("工作日：下班时落在暂停中的那一日不计，周末的暂停没有影响")
  @ParameterizedTest(name = "周一10:00 起 {0}，暂停 {1} 至 {2}，{3} 届满")
  @CsvSource({
    "1个工作日, 2026-03-02 11:00, 2026-03-02 20:00, 2026-03-03 17:30",
    "1个工作日, 2026-03-02 11:00, 2026-03-03 10:00, 2026-03-04 17:30",
    "1个工作日, 2026-03-03 09:00, 2026-03-03 17:29:59, 2026-03-03 17:30",
    "1个工作日, 2026-03-03 09:00, 2026-03-03 17:30, 2026-03-04 17:30",
    "1个工作日, 2026-03-03 17:30, 2026-03-04 17:30, 2026-03-03 17:30",
    "1个工作日, 2026-03-03 17:29:59, 2026-03-03 18:00, 2026-03-04 17:30",
    "5个工作日, 2026-03-06 18:00, 2026-03-09 09:00, 2026-03-09 17:30",
    "5个工作日, 2026-03-06 16:00, 2026-03-09 09:00, 2026-03-10 17:30",
    "5个工作日, 2026-03-03 09:00, 2026-03-05 09:00, 2026-03-11 17:30",
  })
  void leavesOutPausedWorkingDays(String limit, String from, String to, String due) {
    assertPaused(limit, from, to, due);
  }

  @Test
  @DisplayName("暂停的每一段时间也说明不计：小时")
  void explainsAPauseByTheClock() {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("1小时"))
            .withPause(at("2026-03-02 10:20"), at("2026-03-02 10:50"));

    assertThat(promise.deadline(CALENDAR).steps())
        .containsExactly(
            new Step(at("2026-03-02 10:00"), at("2026-03-02 10:20"), true, "按钟点连续计时，时限1小时"),
            new Step(at("2026-03-02 10:20"), at("2026-03-02 10:50"), false, "暂停办理，不计"),
            new Step(at("2026-03-02 10:50"), at("2026-03-02 11:30"), true, "按钟点连续计时，时限1小时"));
  }

  @Test
  @DisplayName("起算时恰好结束的暂停不留下空的一段")
  void leavesOutAPauseThatIsOver() {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("1小时"))
            .withPause(at("2026-03-02 09:00"), at("2026-03-02 10:00"));

    assertThat(promise.deadline(CALENDAR).steps())
        .containsExactly(
            new Step(at("2026-03-02 10:00"), at("2026-03-02 11:00"), true, "按钟点连续计时，时限1小时"));
  }

  @DisplayName("暂停的每一段时间也说明不计：日和工作日")
  @ParameterizedTest(name = "{0}，暂停 {1} 至 {2}")
  @CsvSource({
    "1日, 2026-03-03 09:00, 2026-03-04 09:00,"
        + "'3月2日 周一，开始当日不计;3月3日 周二，24:00时暂停办理，不计;3月4日 周三，第1日'",
    "1个工作日, 2026-03-03 09:00, 2026-03-03 18:00,"
        + "'3月2日 周一，开始当日不计;3月3日 周二，下班时（17:30）暂停办理，不计;3月4日 周三，第1个工作日'",
    "1日, 2026-03-02 11:00, 2026-03-03 09:00,"
        + "'3月2日 周一，24:00时暂停办理，开始日顺延;3月3日 周二，开始当日不计;3月4日 周三，第1日'",
    "当日, 2026-03-02 11:00, 2026-03-03 09:00," + "'3月2日 周一，24:00时暂停办理，开始日顺延;3月3日 周二，当日24:00到期'",
  })
  void explainsAPauseByDays(String limit, String from, String to, String reasons) {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit(limit)).withPause(at(from), at(to));

    assertThat(promise.deadline(CALENDAR).steps())
        .extracting(Step::reason)
        .containsExactly(reasons.split(";"));
  }

  @Test
  @DisplayName("重叠和相接的暂停只算一次，零长度的不算")
  void mergesPauses() {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("1小时"))
            .withPause(at("2026-03-02 10:40"), at("2026-03-02 10:50"))
            .withPause(at("2026-03-02 10:10"), at("2026-03-02 10:30"))
            .withPause(at("2026-03-02 10:15"), at("2026-03-02 10:20"))
            .withPause(at("2026-03-02 10:30"), at("2026-03-02 10:35"))
            .withPause(at("2026-03-02 10:55"), at("2026-03-02 10:55"));

    assertThat(promise.pauses())
        .containsExactly(
            new Pause(at("2026-03-02 10:10"), at("2026-03-02 10:35")),
            new Pause(at("2026-03-02 10:40"), at("2026-03-02 10:50")));
    assertThat(promise.deadline(CALENDAR).dueAt()).isEqualTo(at("2026-03-02 11:35"));
  }

  @Test
  @DisplayName("结束早于开始的暂停被拒绝")
  void refusesABackwardPause() {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit("1小时"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> promise.withPause(at("2026-03-02 11:00"), at("2026-03-02 10:59:59")))
        .withMessageContaining("暂停的结束时间不得早于开始时间");
  }

  @Test
  @DisplayName("改级后的时限仍从原来的起算时间算起")
  void regradesFromTheStart() {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit("24小时"));

    assertThat(promise.regraded(limit("4小时"), at("2026-03-02 13:00")).deadline(CALENDAR).dueAt())
        .isEqualTo(at("2026-03-02 14:00"));
  }

  @DisplayName("多次改级以最近一次决定为准；同一时刻的两次取较严的")
  @ParameterizedTest(name = "11:00 定 {0}，{1} 定 {2}，按 {3}")
  @CsvSource({
    "4小时, 12:00, 48小时, 48小时",
    "4小时, 10:30, 48小时, 4小时",
    "4小时, 11:00, 48小时, 4小时",
    "48小时, 11:00, 4小时, 4小时",
    "48小时, 11:00, 当日, 当日",
    "24小时, 11:00, 当日, 当日",
    "当日, 11:00, 4小时, 4小时",
    "60分钟, 11:00, 1小时, 60分钟",
    "1小时, 11:00, 60分钟, 60分钟",
    "1日, 11:00, 1个工作日, 1日",
    "30分钟, 11:00, 1小时, 30分钟",
  })
  void regradesToTheNewest(String one, String when, String other, String counts) {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("24小时"))
            .regraded(limit(one), at("2026-03-02 11:00"))
            .regraded(limit(other), at("2026-03-02 " + when));

    assertThat(promise.limit()).isEqualTo(limit(counts));
  }

  @Test
  @DisplayName("与起算同一时刻的改级，也优先于最初的时限")
  void regradesAtTheStart() {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit("4小时"));

    assertThat(promise.regraded(limit("24小时"), promise.startedAt()).limit())
        .isEqualTo(limit("24小时"));
  }

  @Test
  @DisplayName("早于起算时间的改级被拒绝")
  void refusesRegradingBeforeTheStart() {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit("4小时"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> promise.regraded(limit("24小时"), at("2026-03-02 09:59:59")))
        .withMessageContaining("改级时间早于时限的起算时间");
  }

  @DisplayName("批准的延期推后到期时间，从不提前（YF-9d）")
  @ParameterizedTest(name = "原 11:00 届满，延期至 {0}，{1} 届满")
  @CsvSource({"15:00, 15:00", "11:00:01, 11:00:01", "11:00, 11:00", "10:30, 11:00"})
  void extendsOnlyForward(String until, String due) {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("1小时")).extended(at("2026-03-02 " + until));

    assertThat(promise.deadline(CALENDAR).dueAt()).isEqualTo(at("2026-03-02 " + due));
  }

  @Test
  @DisplayName("多次延期以最晚的为准，并说明延期的一段时间（YF-9d）")
  void extendsToTheLatest() {
    Promise promise =
        new Promise(at("2026-03-02 10:00"), limit("1小时"))
            .extended(at("2026-03-05 17:30"))
            .extended(at("2026-03-04 17:30"));

    assertThat(promise.deadline(CALENDAR).steps())
        .containsExactly(
            new Step(at("2026-03-02 10:00"), at("2026-03-02 11:00"), true, "按钟点连续计时，时限1小时"),
            new Step(
                at("2026-03-02 11:00"), at("2026-03-05 17:30"), false, "经批准延期至2026年3月5日 17:30"));
  }

  @Test
  @DisplayName("节点自己的下班时间和未公布年份的提醒在暂停、延期后仍然有效")
  void keepsCloseAndWarning() {
    Promise promise =
        new Promise(at("2026-12-31 10:00"), limit("1个工作日"), List.of(), at("2027-01-01 11:00"));

    Deadline deadline = promise.deadline(CALENDAR, LocalTime.NOON);

    assertThat(deadline.dueAt()).isEqualTo(at("2027-01-01 12:00"));
    assertThat(promise.extended(at("2027-01-05 12:00")).deadline(CALENDAR).warning())
        .isEqualTo(deadline.warning())
        .isEqualTo("2027年的法定节假日尚未公布，暂按周一至周五计算");
  }

  private static void assertPaused(String limit, String from, String to, String due) {
    Promise promise = new Promise(at("2026-03-02 10:00"), limit(limit)).withPause(at(from), at(to));

    assertThat(promise.deadline(CALENDAR).dueAt()).isEqualTo(at(due));
  }
}
