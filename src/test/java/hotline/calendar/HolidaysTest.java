package hotline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("法定节假日和调休上班日（民法典第203条，国务院办公厅放假通知）")
class HolidaysTest {
  private static final String GOOD =
      """
      {"year": 2027, "papers": ["https://www.gov.cn/"], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2026-12-27", "isOffDay": false}
      ]}
      """;

  private final Holidays shipped = Holidays.shipped();

  @DisplayName("放假日、调休上班日、平日和周末")
  @ParameterizedTest(name = "{0} {2}：上班 {1}")
  @CsvSource({
    "2024-02-09, true, ''",
    "2024-02-10, false, 春节",
    "2024-02-18, true, 春节",
    "2024-10-12, true, 国庆节",
    "2025-01-26, true, 春节",
    "2025-10-08, false, 国庆节、中秋节",
    "2025-12-31, true, ''",
    "2026-01-04, true, 元旦",
    "2026-02-14, true, 春节",
    "2026-02-15, false, 春节",
    "2026-02-23, false, 春节",
    "2026-02-24, true, ''",
    "2026-10-07, false, 国庆节",
    "2026-10-10, true, 国庆节",
    "2026-10-11, false, ''",
    "2026-10-12, true, ''",
  })
  void tellsWorkingDays(LocalDate date, boolean working, String name) {
    assertThat(shipped.isWorkingDay(date)).isEqualTo(working);
    assertThat(shipped.nameOf(date).orElse("")).isEqualTo(name);
  }

  @DisplayName("全年工作日数与国务院通知一致")
  @ParameterizedTest(name = "{0}年有 {1} 个工作日")
  @CsvSource({"2024, 251", "2025, 248", "2026, 248"})
  void countsTheYear(int year, long workingDays) {
    LocalDate first = LocalDate.of(year, 1, 1);

    assertThat(first.datesUntil(first.plusYears(1)).filter(shipped::isWorkingDay))
        .hasSize((int) workingDays);
  }

  @Test
  @DisplayName("随程序带2024至2026年，其他年份不知道，暂按周一至周五")
  void knowsTheShippedYears() {
    assertThat(List.of(2023, 2024, 2025, 2026, 2027))
        .filteredOn(shipped::knows)
        .containsExactly(2024, 2025, 2026);
    assertThat(shipped.isWorkingDay(LocalDate.of(2027, 1, 1))).isTrue();
    assertThat(shipped.isWorkingDay(LocalDate.of(2027, 1, 2))).isFalse();
  }

  @Test
  @DisplayName("新一年的通知可以装入，也管到上一年12月，原有的节假日不变")
  void loadsOneMoreYear() {
    Holidays more = shipped.with(Holidays.read(new StringReader(GOOD), "2027.json"));

    assertThat(more.knows(2027)).isTrue();
    assertThat(more.isWorkingDay(LocalDate.of(2027, 1, 1))).isFalse();
    assertThat(more.isWorkingDay(LocalDate.of(2026, 12, 27))).isTrue();
    assertThat(more.isWorkingDay(LocalDate.of(2026, 10, 1))).isFalse();
    assertThat(shipped.knows(2027)).isFalse();
    assertThat(shipped.isWorkingDay(LocalDate.of(2026, 12, 27))).isFalse();
  }

  @Test
  @DisplayName("同一年再次装入时整年替换")
  void replacesAWholeYear() {
    LocalDate first = LocalDate.of(2026, 5, 4);
    Holidays changed =
        shipped.with(
            new HolidayYear(2026, List.of(), List.of(new HolidayYear.Day("五四", first, true))));

    assertThat(changed.nameOf(first)).contains("五四");
    assertThat(changed.isWorkingDay(LocalDate.of(2026, 10, 1))).isTrue();
    assertThat(changed.isWorkingDay(LocalDate.of(2025, 10, 1))).isFalse();
  }

  @Test
  @DisplayName("上一年12月以后一年的通知为准，与装入的先后无关")
  void theLaterNoticeRulesDecember() {
    LocalDate eve = LocalDate.of(2027, 12, 31);
    HolidayYear of2028 =
        new HolidayYear(2028, List.of(), List.of(new HolidayYear.Day("元旦", eve, true)));
    HolidayYear of2027 =
        new HolidayYear(2027, List.of(), List.of(new HolidayYear.Day("岁末", eve, false)));

    assertThat(shipped.with(of2027).with(of2028).isWorkingDay(eve)).isFalse();
    assertThat(shipped.with(of2028).with(of2027).isWorkingDay(eve)).isFalse();
  }

  @DisplayName("有错的文件整份拒绝，指出哪个字段、怎么改")
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"year": 2027,                                             | 不是有效的 JSON（第1行附近），请检查括号
          {"year": 2027, "year": 2027, "papers": [], "days": []}     | 不是有效的 JSON
          {"year": 2027, "papers": [], "days": []} {}                | 不是有效的 JSON
          ''                                                         | 内容须为一个对象
          []                                                         | 内容须为一个对象
          {"papers": [], "days": []}                                 | year 缺失或不是整数，请填写年份
          {"year": "2027", "papers": [], "days": []}                 | year 缺失或不是整数
          {"year": 27, "papers": [], "days": []}                     | year 须为四位年份
          {"year": 2027, "days": []}                                 | papers 缺失或不是列表，请用方括号
          {"year": 2027, "papers": [1], "days": []}                  | papers 须为文字列表，请填写
          {"year": 2027, "papers": []}                               | days 缺失或不是列表，请用方括号
          {"year": 2027, "papers": [], "days": []}                   | days 为空，2027年的放假通知可能尚未公布
          {"year": 2027, "papers": [], "days": [1]}                  | days[0].name 缺失或不是文字，请填写节日名称
          """)
  void refusesTheFile(String json, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.read(new StringReader(json), "2027.json"))
        .withMessageStartingWith("节假日文件 2027.json 未装入：" + complaint);
  }

  @DisplayName("有错的日期行整份拒绝，指出第几行、怎么改")
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "date": "2027-01-02", "isOffDay": true                     | .name 缺失或不是文字
          "name": " ", "date": "2027-01-02", "isOffDay": true        | .name 为空，请填写节日名称
          "name": "元旦", "date": "2027-01-02"                       | .isOffDay 缺失或不是 true/false
          "name": "元旦", "date": "2027-01-02", "isOffDay": "true"   | .isOffDay 缺失或不是 true/false
          "name": "元旦", "isOffDay": true                           | .date 缺失或不是有效日期，请写成 2027-01-01
          "name": "元旦", "date": "2027/1/2", "isOffDay": true       | .date 缺失或不是有效日期
          "name": "元旦", "date": "2027-02-29", "isOffDay": true     | .date 缺失或不是有效日期
          "name": "元旦", "date": "2028-01-01", "isOffDay": true     | .date 2028-01-01 不在2027年
          "name": "元旦", "date": "2026-11-30", "isOffDay": true     | .date 2026-11-30 不在2027年
          "name": "元旦", "date": "2027-01-01", "isOffDay": false    | .date 2027-01-01 重复，请只保留一条
          """)
  void refusesTheDay(String fields, String complaint) {
    String json =
        """
        {"year": 2027, "papers": [], "days": [
          {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {%s}]}
        """
            .formatted(fields);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.read(new StringReader(json), "2027.json"))
        .withMessageStartingWith("节假日文件 2027.json 未装入：days[1]" + complaint);
  }

  @Test
  @DisplayName("不是 UTF-8 编码的文件被拒绝，提示另存为 UTF-8")
  void refusesAnotherEncoding() {
    InputStream gbk = new ByteArrayInputStream(GOOD.getBytes(Charset.forName("GBK")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Holidays.read(gbk, "2027.json"))
        .withMessage("节假日文件 2027.json 未装入：不是 UTF-8 编码，请另存为 UTF-8 后重试");
  }

  @Test
  @DisplayName("记事本保存的带 BOM 的 UTF-8 文件可以装入")
  void acceptsAByteOrderMark() {
    byte[] file = ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8);

    assertThat(Holidays.read(new ByteArrayInputStream(file), "2027.json").days()).hasSize(2);
  }

  @DisplayName("随程序带的日期与共享资料一致")
  @ParameterizedTest(name = "{0}年")
  @ValueSource(ints = {2024, 2025, 2026})
  void agreesWithTheSharedData(int year) throws IOException {
    Path shared = Path.of("../shared/data/holidays/%d.json".formatted(year));
    assumeTrue(Files.exists(shared), "没有共享资料");
    try (InputStream theirs = Files.newInputStream(shared);
        InputStream ours =
            Holidays.class.getResourceAsStream("/holidays/%d.json".formatted(year))) {
      assertThat(Holidays.read(ours, "ours")).isEqualTo(Holidays.read(theirs, "theirs"));
    }
  }
}
