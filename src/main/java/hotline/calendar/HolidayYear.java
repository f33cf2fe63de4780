package hotline.calendar;

import java.time.LocalDate;
import java.time.Month;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The State Council's holiday notice for one year: which days are off and which weekend days are
 * worked instead.
 *
 * @param year the year of the notice; it may also rule days of the December before
 * @param papers where the notice was published
 */
public record HolidayYear(int year, List<String> papers, List<Day> days) {

  /**
   * One day that the notice names.
   *
   * @param name the holiday, also for a day worked in exchange
   * @param isOffDay false for a make-up workday
   */
  public record Day(String name, LocalDate date, boolean isOffDay) {}

  /**
   * Refuses a year that is not 2000 to 2999, an empty list of days (a notice not yet published), a
   * blank name, a day named twice, and a day outside the year and the December before.
   */
  public HolidayYear {
    if (year < 2000 || year > 2999) {
      throw new IllegalArgumentException("year 须为四位年份（2000至2999），请改正，例如 2027");
    }
    if (days.isEmpty()) {
      throw new IllegalArgumentException("days 为空，%d年的放假通知可能尚未公布，请待公布后填入".formatted(year));
    }
    Set<LocalDate> seen = new HashSet<>();
    for (int i = 0; i < days.size(); i++) {
      Day day = days.get(i);
      if (day.name().isBlank()) {
        throw new IllegalArgumentException("days[%d].name 为空，请填写节日名称，例如 春节".formatted(i));
      }
      if (!isRuledBy(year, day.date())) {
        throw new IllegalArgumentException(
            "days[%d].date %s 不在%d年（或上一年12月）之内，请核对".formatted(i, day.date(), year));
      }
      if (!seen.add(day.date())) {
        throw new IllegalArgumentException("days[%d].date %s 重复，请只保留一条".formatted(i, day.date()));
      }
    }
    papers = List.copyOf(papers);
    days = List.copyOf(days);
  }

  private static boolean isRuledBy(int year, LocalDate date) {
    return date.getYear() == year
        || (date.getYear() == year - 1 && date.getMonth() == Month.DECEMBER);
  }
}
