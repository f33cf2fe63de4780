package hotline.calendar;

import static hotline.calendar.Times.CALENDAR;
import static hotline.calendar.Times.CLOSE;
import static hotline.calendar.Times.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.calendar.TimeLimit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Label("时限的计算：对任何起算时间都成立的性质（民法典第201至203条）")
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // the edges that matter are in the domain
@Domain(CalendarArbitraries.class)
@Domain(DomainContext.Global.class)
class WorkCalendarPropertyTest {
  /**
   * Weekdays off and weekend days worked, copied by hand from the notices, apart from the files.
   */
  private static final List<String> WEEKDAYS_OFF =
      List.of(
          "2024-01-01",
          "2024-02-12",
          "2024-02-13",
          "2024-02-14",
          "2024-02-15",
          "2024-02-16",
          "2024-04-04",
          "2024-04-05",
          "2024-05-01",
          "2024-05-02",
          "2024-05-03",
          "2024-06-10",
          "2024-09-16",
          "2024-09-17",
          "2024-10-01",
          "2024-10-02",
          "2024-10-03",
          "2024-10-04",
          "2024-10-07",
          "2025-01-01",
          "2025-01-28",
          "2025-01-29",
          "2025-01-30",
          "2025-01-31",
          "2025-02-03",
          "2025-02-04",
          "2025-04-04",
          "2025-05-01",
          "2025-05-02",
          "2025-05-05",
          "2025-06-02",
          "2025-10-01",
          "2025-10-02",
          "2025-10-03",
          "2025-10-06",
          "2025-10-07",
          "2025-10-08",
          "2026-01-01",
          "2026-01-02",
          "2026-02-16",
          "2026-02-17",
          "2026-02-18",
          "2026-02-19",
          "2026-02-20",
          "2026-02-23",
          "2026-04-06",
          "2026-05-01",
          "2026-05-04",
          "2026-05-05",
          "2026-06-19",
          "2026-09-25",
          "2026-10-01",
          "2026-10-02",
          "2026-10-05",
          "2026-10-06",
          "2026-10-07");

  private static final List<String> WEEKEND_DAYS_WORKED =
      List.of(
          "2024-02-04",
          "2024-02-18",
          "2024-04-07",
          "2024-04-28",
          "2024-05-11",
          "2024-09-14",
          "2024-09-29",
          "2024-10-12",
          "2025-01-26",
          "2025-02-08",
          "2025-04-27",
          "2025-09-28",
          "2025-10-11",
          "2026-01-04",
          "2026-02-14",
          "2026-02-28",
          "2026-05-09",
          "2026-09-20",
          "2026-10-10");

  @Property
  @Label("起算越晚，到期不会更早")
  void aLaterStartIsNeverDueEarlier(
      @ForAll Instant one, @ForAll Instant other, @ForAll TimeLimit limit, @ForAll ZoneId zone) {
    WorkCalendar calendar = new WorkCalendar(Holidays.shipped(), zone, CLOSE);
    Instant earlier = one.isBefore(other) ? one : other;
    Instant later = one.isBefore(other) ? other : one;

    assertThat(calendar.deadline(earlier, limit).dueAt())
        .isBeforeOrEqualTo(calendar.deadline(later, limit).dueAt());
  }

  @Property
  @Label("起算只晚一毫秒，到期也不会更早")
  void theNextMomentIsNeverDueEarlier(@ForAll Instant from, @ForAll TimeLimit limit) {
    assertThat(CALENDAR.deadline(from, limit).dueAt())
        .isBeforeOrEqualTo(CALENDAR.deadline(from.plusMillis(1), limit).dueAt());
  }

  @Property
  @Label("时限越长，到期越晚")
  void aLongerLimitIsDueLater(@ForAll Instant from, @ForAll TimeLimit limit) {
    int longer = limit.unit() == Unit.SAME_DAY ? 0 : limit.amount() + 1;
    TimeLimit more = new TimeLimit(limit.unit(), longer);

    assertThat(CALENDAR.deadline(from, more).dueAt())
        .isAfterOrEqualTo(CALENDAR.deadline(from, limit).dueAt())
        .satisfies(
            due ->
                assertThat(due.equals(CALENDAR.deadline(from, limit).dueAt()))
                    .isEqualTo(limit.unit() == Unit.SAME_DAY));
  }

  @Property
  @Label("到期总在起算之后")
  void theDueTimeIsAfterTheStart(
      @ForAll Instant from, @ForAll TimeLimit limit, @ForAll ZoneId zone) {
    WorkCalendar calendar = new WorkCalendar(Holidays.shipped(), zone, CLOSE);

    assertThat(calendar.deadline(from, limit).dueAt()).isAfter(from);
  }

  @Property
  @Label("各段时间首尾相接，从起算到届满，计入的段正好用完时限")
  void theStepsJustifyTheDueTime(
      @ForAll Instant from, @ForAll TimeLimit limit, @ForAll ZoneId zone) {
    Deadline deadline = new WorkCalendar(Holidays.shipped(), zone, CLOSE).deadline(from, limit);

    Steps.assertContiguous(deadline, from);
    Steps.assertUseUp(deadline.steps(), limit);
    assertThat(deadline.steps()).last().extracting(Step::counted).isEqualTo(true);
  }

  @Property
  @Label("工作日与逐日翻日历的另一算法一致（民法典第203条）")
  void workingDaysAgreeWithTheWallCalendar(
      @ForAll Instant from, @ForAll @IntRange(min = 1, max = 60) int n) {
    LocalDate day = LocalDateTime.ofInstant(from, SHANGHAI).toLocalDate();
    int left = n;
    while (left > 0) {
      day = day.plusDays(1);
      boolean weekend = day.getDayOfWeek().getValue() > 5;
      String date = day.toString();
      boolean worked = weekend ? WEEKEND_DAYS_WORKED.contains(date) : !WEEKDAYS_OFF.contains(date);
      left -= worked ? 1 : 0;
    }

    assertThat(CALENDAR.deadline(from, new TimeLimit(Unit.WORKING_DAYS, n)).dueAt())
        .isEqualTo(day.atTime(17, 30).atZone(SHANGHAI).toInstant());
  }

  @Property
  @Label("日数与起止日期之差一致（民法典第201条）")
  void daysAgreeWithTheDates(@ForAll Instant from, @ForAll @IntRange(min = 1, max = 999) int n) {
    LocalDateTime due =
        LocalDateTime.ofInstant(
            CALENDAR.deadline(from, new TimeLimit(Unit.DAYS, n)).dueAt(), SHANGHAI);

    assertThat(due.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
    assertThat(due.toLocalDate())
        .isEqualTo(LocalDateTime.ofInstant(from, SHANGHAI).toLocalDate().plusDays(n + 1));
  }

  @Property
  @Label("恰好在用到未公布年份时才提醒")
  void warnsExactlyOfUnknownYears(@ForAll Instant from, @ForAll TimeLimit limit) {
    Deadline deadline = CALENDAR.deadline(from, limit);
    boolean into2027 =
        LocalDateTime.ofInstant(deadline.dueAt(), SHANGHAI).getYear() == 2027
            && limit.unit() == Unit.WORKING_DAYS;

    assertThat(deadline.warning() != null).isEqualTo(into2027);
  }

  @Property
  @Label("可打的时刻不在免打扰时段内，不早于想打的时刻，其间都不可打（RQ-14.9b）")
  void theNextAllowedMomentIsTheFirst(
      @ForAll Instant wanted,
      @ForAll @IntRange(max = 95) int fromQuarter,
      @ForAll @IntRange(max = 95) int toQuarter) {
    LocalTime quietFrom = LocalTime.MIDNIGHT.plusMinutes(15L * fromQuarter);
    LocalTime quietTo = LocalTime.MIDNIGHT.plusMinutes(15L * toQuarter);

    Instant allowed = CALENDAR.nextAllowed(wanted, quietFrom, quietTo);

    assertThat(CALENDAR.isQuiet(allowed, quietFrom, quietTo)).isFalse();
    assertThat(Duration.between(wanted, allowed)).isBetween(Duration.ZERO, Duration.ofDays(1));
    for (Instant t = wanted; t.isBefore(allowed); t = t.plus(Duration.ofMinutes(15))) {
      assertThat(CALENDAR.isQuiet(t, quietFrom, quietTo)).isTrue();
    }
  }
}
