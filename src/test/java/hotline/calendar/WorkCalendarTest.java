package hotline.calendar;

import static hotline.calendar.Times.CALENDAR;
import static hotline.calendar.Times.CLOSE;
import static hotline.calendar.Times.SHANGHAI;
import static hotline.calendar.Times.at;
import static hotline.calendar.Times.limit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("时限的起算和届满（民法典第201至203条）")
class WorkCalendarTest {

  @DisplayName("N分钟、N小时按钟点连续计算")
  @ParameterizedTest(name = "{0} 起 {1}，{2} 届满")
  @CsvSource({
    "2026-03-02 10:00, 1分钟, 2026-03-02 10:01",
    "2026-03-02 10:00, 5分钟, 2026-03-02 10:05",
    "2026-03-02 23:59:59.999, 5分钟, 2026-03-03 00:04:59.999",
    "2026-03-02 10:00, 60分钟, 2026-03-02 11:00",
    "2026-03-02 23:30, 1小时, 2026-03-03 00:30",
    "2026-09-30 18:00, 72小时, 2026-10-03 18:00",
    "2024-02-28 12:00, 24小时, 2024-02-29 12:00",
    "2026-02-28 12:00, 24小时, 2026-03-01 12:00",
    "2026-12-31 23:00, 2小时, 2027-01-01 01:00",
  })
  void countsByTheClock(String from, String limit, String due) {
    assertDue(from, limit, due);
  }

  @DisplayName("N日：开始当日不计，第N日24:00届满，遇节假日不顺延（民法典第201条）")
  @ParameterizedTest(name = "{0} 起 {1}，{2} 届满")
  @CsvSource({
    "2026-03-02 00:00, 1日, 2026-03-04 00:00",
    "2026-03-02 23:59:59.999, 1日, 2026-03-04 00:00",
    "2026-03-03 00:00, 1日, 2026-03-05 00:00",
    "2026-03-02 10:00, 3日, 2026-03-06 00:00",
    "2026-09-30 10:00, 3日, 2026-10-04 00:00",
    "2026-04-29 10:00, 3天, 2026-05-03 00:00",
    "2024-02-27 10:00, 1日, 2024-02-29 00:00",
    "2024-02-28 10:00, 1日, 2024-03-01 00:00",
    "2024-02-29 10:00, 1日, 2024-03-02 00:00",
    "2026-02-27 10:00, 1日, 2026-03-01 00:00",
    "2026-12-30 10:00, 1日, 2027-01-01 00:00",
    "2026-12-31 10:00, 1日, 2027-01-02 00:00",
  })
  void countsDays(String from, String limit, String due) {
    assertDue(from, limit, due);
  }

  @DisplayName("N个工作日：开始当日不计，第N个工作日下班时届满，跳过法定节假日，计入调休上班日（民法典第201、203条）")
  @ParameterizedTest(name = "{0} 起 {1}，{2} 届满")
  @CsvSource({
    // 平日
    "2026-03-02 10:00, 1个工作日, 2026-03-03 17:30",
    "2026-03-02 00:00, 1个工作日, 2026-03-03 17:30",
    "2026-03-02 23:59:59.999, 1个工作日, 2026-03-03 17:30",
    "2026-03-03 00:00, 1个工作日, 2026-03-04 17:30",
    "2026-03-02 17:30, 1个工作日, 2026-03-03 17:30",
    "2026-03-02 17:31, 1个工作日, 2026-03-03 17:30",
    "2026-03-02 10:00, 5个工作日, 2026-03-09 17:30",
    // 周末
    "2026-03-06 10:00, 1个工作日, 2026-03-09 17:30",
    "2026-03-06 18:00, 1个工作日, 2026-03-09 17:30",
    "2026-03-07 10:00, 1个工作日, 2026-03-09 17:30",
    "2026-03-08 23:59, 1个工作日, 2026-03-09 17:30",
    "2026-03-09 00:00, 1个工作日, 2026-03-10 17:30",
    // 调休上班的周六、周日
    "2026-02-13 10:00, 1个工作日, 2026-02-14 17:30",
    "2026-02-13 10:00, 2个工作日, 2026-02-24 17:30",
    "2026-02-14 10:00, 1个工作日, 2026-02-24 17:30",
    "2026-09-18 10:00, 1个工作日, 2026-09-20 17:30",
    "2026-09-19 10:00, 1个工作日, 2026-09-20 17:30",
    "2026-01-03 10:00, 1个工作日, 2026-01-04 17:30",
    // 节假日
    "2026-09-30 10:00, 1个工作日, 2026-10-08 17:30",
    "2026-09-30 10:00, 3个工作日, 2026-10-10 17:30",
    "2026-09-30 10:00, 4个工作日, 2026-10-12 17:30",
    "2026-10-01 10:00, 1个工作日, 2026-10-08 17:30",
    "2026-10-07 23:59, 1个工作日, 2026-10-08 17:30",
    "2025-09-30 18:00, 3个工作日, 2025-10-11 17:30",
    "2025-12-31 10:00, 1个工作日, 2026-01-04 17:30",
    "2024-02-08 10:00, 2个工作日, 2024-02-18 17:30",
    // 月末、闰日
    "2024-02-28 10:00, 1个工作日, 2024-02-29 17:30",
    "2024-02-29 10:00, 1个工作日, 2024-03-01 17:30",
    "2026-07-31 10:00, 1个工作日, 2026-08-03 17:30",
    "2026-02-27 10:00, 1个工作日, 2026-02-28 17:30",
  })
  void countsWorkingDays(String from, String limit, String due) {
    assertDue(from, limit, due);
  }

  @DisplayName("当日：当日24:00届满，零点整属于新的一日")
  @ParameterizedTest(name = "{0} 起，{1} 届满")
  @CsvSource({
    "2026-03-02 00:00, 2026-03-03 00:00",
    "2026-03-02 12:00, 2026-03-03 00:00",
    "2026-03-02 23:59:59.999, 2026-03-03 00:00",
    "2026-10-01 10:00, 2026-10-02 00:00",
    "2024-02-29 10:00, 2024-03-01 00:00",
    "2026-12-31 23:00, 2027-01-01 00:00",
  })
  void endsTheSameDay(String from, String due) {
    assertDue(from, "当日", due);
  }

  @Test
  @DisplayName("每一段时间都说明计或不计：国庆前3个工作日")
  void explainsWorkingDays() {
    Deadline deadline = CALENDAR.deadline(at("2026-09-30 10:00"), limit("3个工作日"));

    assertThat(deadline.warning()).isNull();
    assertThat(deadline.steps())
        .extracting(Step::reason)
        .containsExactly(
            "9月30日 周三，开始当日不计",
            "10月1日 国庆节，不计",
            "10月2日 国庆节，不计",
            "10月3日 国庆节，不计",
            "10月4日 国庆节，不计",
            "10月5日 国庆节，不计",
            "10月6日 国庆节，不计",
            "10月7日 国庆节，不计",
            "10月8日 周四，第1个工作日",
            "10月9日 周五，第2个工作日",
            "10月10日 周六（调休上班），第3个工作日");
    assertThat(deadline.steps())
        .first()
        .isEqualTo(
            new Step(at("2026-09-30 10:00"), at("2026-10-01 00:00"), false, "9月30日 周三，开始当日不计"));
    assertThat(deadline.steps())
        .last()
        .isEqualTo(
            new Step(
                at("2026-10-10 00:00"), at("2026-10-10 17:30"), true, "10月10日 周六（调休上班），第3个工作日"));
  }

  @DisplayName("每一段时间都说明计或不计：其他单位")
  @ParameterizedTest(name = "{0}：{1}")
  @CsvSource({
    "5分钟, 按钟点连续计时，时限5分钟",
    "72小时, 按钟点连续计时，时限72小时",
    "1日, '10月16日 周五，开始当日不计;10月17日 周六，第1日'",
    "1个工作日, '10月16日 周五，开始当日不计;10月17日 周六，不计;10月18日 周日，不计;10月19日 周一，第1个工作日'",
    "当日, 10月16日 周五，当日24:00到期",
  })
  void explains(String limit, String reasons) {
    assertThat(CALENDAR.deadline(at("2026-10-16 10:00"), limit(limit)).steps())
        .extracting(Step::reason)
        .containsExactly(reasons.split(";"));
  }

  @DisplayName("用到未公布年份的节假日时给出提醒，否则不提醒")
  @ParameterizedTest(name = "{0} 起 {1}：{2}")
  @CsvSource({
    "2026-12-30 10:00, 1个工作日,",
    "2026-12-31 10:00, 1个工作日, 2027年的法定节假日尚未公布，暂按周一至周五计算",
    "2026-12-31 10:00, 3日,",
    "2026-12-31 10:00, 72小时,",
    "2026-12-31 10:00, 当日,",
    "2026-12-31 10:00, 300个工作日, 2027年至2028年的法定节假日尚未公布，暂按周一至周五计算",
    "2023-12-28 10:00, 1个工作日, 2023年的法定节假日尚未装入，暂按周一至周五计算",
    "2023-12-31 10:00, 1个工作日,",
  })
  void warnsOfUnknownYears(String from, String limit, String warning) {
    assertThat(CALENDAR.deadline(at(from), limit(limit)).warning()).isEqualTo(warning);
  }

  @Test
  @DisplayName("新一年的通知装入后，不再提醒并按新通知计算")
  void countsByANewNotice() {
    HolidayYear of2027 =
        new HolidayYear(
            2027, List.of(), List.of(new HolidayYear.Day("元旦", LocalDate.of(2027, 1, 1), true)));
    WorkCalendar calendar =
        new WorkCalendar(Holidays.shipped().with(of2027), SHANGHAI, LocalTime.of(17, 30));

    Deadline deadline = calendar.deadline(at("2026-12-31 10:00"), limit("1个工作日"));

    assertThat(deadline.dueAt()).isEqualTo(at("2027-01-04 17:30"));
    assertThat(deadline.warning()).isNull();
  }

  @Test
  @DisplayName("下班时间可按公司、按节点设定，只影响工作日")
  void closesPerCompanyAndMilestone() {
    Instant from = at("2026-03-02 10:00");
    WorkCalendar five = new WorkCalendar(Holidays.shipped(), SHANGHAI, LocalTime.of(17, 0));

    assertThat(five.deadline(from, limit("1个工作日")).dueAt()).isEqualTo(at("2026-03-03 17:00"));
    assertThat(five.deadline(from, limit("1个工作日"), LocalTime.NOON).dueAt())
        .isEqualTo(at("2026-03-03 12:00"));
    assertThat(five.deadline(from, limit("1日"), LocalTime.NOON).dueAt())
        .isEqualTo(at("2026-03-04 00:00"));
  }

  @Test
  @DisplayName("零点不能作为下班时间")
  void refusesMidnightAsClose() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkCalendar(Holidays.shipped(), SHANGHAI, LocalTime.MIDNIGHT))
        .withMessageContaining("17:30");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CALENDAR.deadline(Instant.EPOCH, limit("1个工作日"), LocalTime.MIDNIGHT));
  }

  @Test
  @DisplayName("同一时刻在不同时区属于不同的日，时限按所在时区计算")
  void countsInTheZone() {
    Instant from = Instant.parse("2026-03-02T20:00:00Z");
    WorkCalendar utc = new WorkCalendar(Holidays.shipped(), ZoneId.of("UTC"), CLOSE);

    assertThat(CALENDAR.deadline(from, limit("当日")).dueAt()).isEqualTo("2026-03-03T16:00:00Z");
    assertThat(utc.deadline(from, limit("当日")).dueAt()).isEqualTo("2026-03-03T00:00:00Z");
    assertThat(CALENDAR.deadline(from, limit("1个工作日")).dueAt()).isEqualTo("2026-03-04T09:30:00Z");
    assertThat(utc.deadline(from, limit("1个工作日")).dueAt()).isEqualTo("2026-03-03T17:30:00Z");
  }

  @DisplayName("夏令时切换日只有23或25小时，“日”仍到当地24:00，小时仍按钟点")
  @ParameterizedTest(name = "{0} 起 {1}，{2} 届满")
  @CsvSource({
    "2026-03-07T17:00:00Z, 1日, 2026-03-09T04:00:00Z",
    "2026-03-07T17:00:00Z, 24小时, 2026-03-08T17:00:00Z",
    "2026-03-08T05:00:00Z, 当日, 2026-03-09T04:00:00Z",
    "2026-11-01T04:00:00Z, 当日, 2026-11-02T05:00:00Z",
    "2026-10-30T16:00:00Z, 1个工作日, 2026-11-02T22:30:00Z",
  })
  void countsWithDaylightSaving(Instant from, String limit, Instant due) {
    WorkCalendar newYork =
        new WorkCalendar(Holidays.shipped(), ZoneId.of("America/New_York"), CLOSE);

    assertThat(newYork.deadline(from, limit(limit)).dueAt()).isEqualTo(due);
  }

  @DisplayName("21:00至08:00原则上不回复、不回访：21:00起不可，08:00起可（RQ-14.9b）")
  @ParameterizedTest(name = "{0} 想打，{1} 可打")
  @CsvSource({
    "2026-03-02 20:59:59.999, 2026-03-02 20:59:59.999",
    "2026-03-02 21:00, 2026-03-03 08:00",
    "2026-03-02 23:59:59.999, 2026-03-03 08:00",
    "2026-03-03 00:00, 2026-03-03 08:00",
    "2026-03-03 07:59:59.999, 2026-03-03 08:00",
    "2026-03-03 08:00, 2026-03-03 08:00",
    "2026-03-03 12:00, 2026-03-03 12:00",
    "2026-12-31 22:15, 2027-01-01 08:00",
    "2024-02-28 21:00, 2024-02-29 08:00",
  })
  void keepsTheNightQuiet(String wanted, String allowed) {
    LocalTime nine = LocalTime.of(21, 0);
    LocalTime eight = LocalTime.of(8, 0);

    assertThat(CALENDAR.nextAllowed(at(wanted), nine, eight)).isEqualTo(at(allowed));
    assertThat(CALENDAR.isQuiet(at(wanted), nine, eight)).isEqualTo(!wanted.equals(allowed));
  }

  @DisplayName("不跨零点的免打扰时段（午休）同样含起点、不含终点（RQ-14.9b）")
  @ParameterizedTest(name = "{0} 想打，{1} 可打")
  @CsvSource({
    "2026-03-02 11:59:59, 2026-03-02 11:59:59",
    "2026-03-02 12:00, 2026-03-02 14:00",
    "2026-03-02 13:59:59, 2026-03-02 14:00",
    "2026-03-02 14:00, 2026-03-02 14:00",
    "2026-03-02 23:00, 2026-03-02 23:00",
  })
  void keepsNoonQuiet(String wanted, String allowed) {
    assertThat(CALENDAR.nextAllowed(at(wanted), LocalTime.NOON, LocalTime.of(14, 0)))
        .isEqualTo(at(allowed));
  }

  @DisplayName("到零点为止的免打扰时段在次日零点结束（RQ-14.9b）")
  @ParameterizedTest(name = "{0} 想打，{1} 可打")
  @CsvSource({
    "2026-03-02 20:59, 2026-03-02 20:59",
    "2026-03-02 21:00, 2026-03-03 00:00",
    "2026-03-03 00:00, 2026-03-03 00:00",
  })
  void keepsTheEveningQuiet(String wanted, String allowed) {
    assertThat(CALENDAR.nextAllowed(at(wanted), LocalTime.of(21, 0), LocalTime.MIDNIGHT))
        .isEqualTo(at(allowed));
  }

  @Test
  @DisplayName("起止相同即没有免打扰时段")
  void hasNoQuietHours() {
    LocalTime nine = LocalTime.of(21, 0);

    assertThat(CALENDAR.isQuiet(at("2026-03-02 21:00"), nine, nine)).isFalse();
    assertThat(CALENDAR.isQuiet(at("2026-03-02 03:00"), nine, nine)).isFalse();
  }

  @DisplayName("免打扰时段的终点落在夏令时切换中，也不早于想打的时刻")
  @ParameterizedTest(name = "{0} 想打，21:00至{1}免打扰，{2} 可打")
  @CsvSource({
    "2026-03-08T04:50:00Z, 02:30, 2026-03-08T07:30:00Z",
    "2026-03-08T06:50:00Z, 02:30, 2026-03-08T07:30:00Z",
    "2026-03-07T06:50:00Z, 02:30, 2026-03-07T07:30:00Z",
    "2026-11-01T03:10:00Z, 01:30, 2026-11-01T05:30:00Z",
    "2026-11-01T05:10:00Z, 01:30, 2026-11-01T05:30:00Z",
    "2026-11-01T06:10:00Z, 01:30, 2026-11-01T06:30:00Z",
  })
  void keepsQuietWithDaylightSaving(Instant wanted, LocalTime end, Instant allowed) {
    WorkCalendar newYork =
        new WorkCalendar(Holidays.shipped(), ZoneId.of("America/New_York"), CLOSE);

    assertThat(newYork.nextAllowed(wanted, LocalTime.of(21, 0), end)).isEqualTo(allowed);
  }

  private static void assertDue(String from, String limit, String due) {
    assertThat(CALENDAR.deadline(at(from), limit(limit)).dueAt()).isEqualTo(at(due));
  }
}
