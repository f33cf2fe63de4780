package hotline.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts time limits as the regulations mean them: by the clock, by days or by working days
 * (requirements, "How to read the words of the texts").
 */
public final class WorkCalendar {
  private static final String WEEKDAYS = "一二三四五六日";

  private final Holidays holidays;
  private final ZoneId zone;
  private final LocalTime officeClose;

  /**
   * A calendar of one company.
   *
   * @param zone where its days begin and end
   * @param officeClose when a working day ends there, after 00:00; 17:30 unless the company sets
   *     another
   */
  public WorkCalendar(Holidays holidays, ZoneId zone, LocalTime officeClose) {
    this.holidays = holidays;
    this.zone = zone;
    this.officeClose = checked(officeClose);
  }

  /**
   * When a limit that starts at this moment is due.
   *
   * <ul>
   *   <li>分钟, 小时: exactly so much later.
   *   <li>日: the start day does not count (民法典 第201条); due at 24:00 of the Nth day after it,
   *       holiday or not (stricter than 第203条, since the hotline never rests).
   *   <li>个工作日: the start day does not count; due at the end of office hours of the Nth working day
   *       after it, by statutory holidays and make-up workdays (民法典 第201、203条).
   *   <li>当日: at 24:00 of the day the start belongs to; 00:00 belongs to the day that begins.
   * </ul>
   */
  public Deadline deadline(Instant from, TimeLimit limit) {
    return deadline(from, limit, officeClose);
  }

  /** As {@link #deadline(Instant, TimeLimit)}, with the end of office hours of one milestone. */
  public Deadline deadline(Instant from, TimeLimit limit, LocalTime officeClose) {
    return deadline(from, limit, officeClose, List.of());
  }

  /** With pauses in order and without overlap; see {@link Promise#deadline(WorkCalendar)}. */
  Deadline deadline(Instant from, TimeLimit limit, List<Pause> pauses) {
    return deadline(from, limit, officeClose, pauses);
  }

  Deadline deadline(Instant from, TimeLimit limit, LocalTime officeClose, List<Pause> pauses) {
    return switch (limit.unit()) {
      case MINUTES -> byClock(from, limit, Duration.ofMinutes(limit.amount()), pauses);
      case HOURS -> byClock(from, limit, Duration.ofHours(limit.amount()), pauses);
      case SAME_DAY -> sameDay(from, pauses);
      case DAYS -> byDays(from, limit, pauses);
      case WORKING_DAYS -> byWorkingDays(from, limit, checked(officeClose), pauses);
    };
  }

  /**
   * The first moment from {@code t} on at which a customer may be called (RQ-14.9b).
   *
   * @return {@code t} itself if that is not in the quiet hours, else their end
   */
  public Instant nextAllowed(Instant t, LocalTime quietFrom, LocalTime quietTo) {
    if (!isQuiet(t, quietFrom, quietTo)) {
      return t;
    }
    ZonedDateTime local = t.atZone(zone);
    boolean endsToday = local.toLocalTime().isBefore(quietTo);
    // with() keeps the offset, so that an hour which the clocks repeat does not lead backwards
    ZonedDateTime end =
        endsToday
            ? local.with(quietTo)
            : local.toLocalDate().plusDays(1).atTime(quietTo).atZone(zone);
    return end.toInstant();
  }

  /**
   * Whether this moment lies in the quiet hours (RQ-14.9b): {@code quietFrom} does, {@code quietTo}
   * does not. They may run over midnight; with both the same there are none.
   */
  public boolean isQuiet(Instant t, LocalTime quietFrom, LocalTime quietTo) {
    LocalTime time = t.atZone(zone).toLocalTime();
    boolean begun = !time.isBefore(quietFrom);
    boolean over = !time.isBefore(quietTo);
    return quietFrom.isAfter(quietTo) ? begun || !over : begun && !over;
  }

  /** Where this calendar's days begin and end. */
  public ZoneId zone() {
    return zone;
  }

  private static Deadline byClock(
      Instant from, TimeLimit limit, Duration length, List<Pause> pauses) {
    Count count = new Count(from);
    String running = "按钟点连续计时，时限" + limit.text();
    Duration left = length;
    for (Pause pause : pauses) {
      if (!pause.from().isBefore(count.at.plus(left))) {
        break;
      }
      if (pause.to().isAfter(count.at)) {
        if (pause.from().isAfter(count.at)) {
          left = left.minus(Duration.between(count.at, pause.from()));
          count.step(pause.from(), true, running);
        }
        count.step(pause.to(), false, "暂停办理，不计");
      }
    }
    count.step(count.at.plus(left), true, running);
    return count.deadline(null);
  }

  private Deadline sameDay(Instant from, List<Pause> pauses) {
    Count count = new Count(from);
    LocalDate day = startDay(count, pauses);
    count.step(endOf(day), true, label(day) + "，当日24:00到期");
    return count.deadline(null);
  }

  private Deadline byDays(Instant from, TimeLimit limit, List<Pause> pauses) {
    Count count = new Count(from);
    LocalDate day = startDay(count, pauses);
    notCounting(day, count);
    for (int counted = 0; counted < limit.amount(); ) {
      day = day.plusDays(1);
      if (isPaused(endOf(day), pauses)) {
        count.step(endOf(day), false, label(day) + "，24:00时暂停办理，不计");
      } else {
        counted++;
        count.step(endOf(day), true, "%s，第%d日".formatted(label(day), counted));
      }
    }
    return count.deadline(null);
  }

  private Deadline byWorkingDays(
      Instant from, TimeLimit limit, LocalTime officeClose, List<Pause> pauses) {
    Count count = new Count(from);
    NavigableSet<Integer> unknownYears = new TreeSet<>();
    LocalDate day = startDay(count, pauses);
    notCounting(day, count);
    for (int counted = 0; counted < limit.amount(); ) {
      day = day.plusDays(1);
      if (!holidays.knows(day.getYear())) {
        unknownYears.add(day.getYear());
      }
      Instant close = day.atTime(officeClose).atZone(zone).toInstant();
      if (!holidays.isWorkingDay(day)) {
        count.step(endOf(day), false, dayOff(day));
      } else if (isPaused(close, pauses)) {
        count.step(endOf(day), false, "%s，下班时（%s）暂停办理，不计".formatted(label(day), officeClose));
      } else {
        counted++;
        boolean last = counted == limit.amount();
        count.step(last ? close : endOf(day), true, "%s，第%d个工作日".formatted(workday(day), counted));
      }
    }
    return count.deadline(warning(unknownYears));
  }

  /** The day of the start, or, if the day's end lies in a pause, the day on which work goes on. */
  private LocalDate startDay(Count count, List<Pause> pauses) {
    LocalDate day = count.at.atZone(zone).toLocalDate();
    while (isPaused(endOf(day), pauses)) {
      count.step(endOf(day), false, label(day) + "，24:00时暂停办理，开始日顺延");
      day = day.plusDays(1);
    }
    return day;
  }

  private void notCounting(LocalDate startDay, Count count) {
    count.step(endOf(startDay), false, label(startDay) + "，开始当日不计");
  }

  private Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  private static boolean isPaused(Instant moment, List<Pause> pauses) {
    return pauses.stream().anyMatch(pause -> pause.covers(moment));
  }

  private String dayOff(LocalDate day) {
    return holidays
        .nameOf(day)
        .map(name -> "%d月%d日 %s，不计".formatted(day.getMonthValue(), day.getDayOfMonth(), name))
        .orElseGet(() -> label(day) + "，不计");
  }

  private String workday(LocalDate day) {
    return holidays.nameOf(day).isPresent() ? label(day) + "（调休上班）" : label(day);
  }

  private static String label(LocalDate day) {
    char weekday = WEEKDAYS.charAt(day.getDayOfWeek().getValue() - 1);
    return "%d月%d日 周%s".formatted(day.getMonthValue(), day.getDayOfMonth(), weekday);
  }

  private @Nullable String warning(NavigableSet<Integer> unknownYears) {
    if (unknownYears.isEmpty()) {
      return null;
    }
    int first = unknownYears.first();
    int last = unknownYears.last();
    String years = first == last ? first + "年" : "%d年至%d年".formatted(first, last);
    String why = holidays.endBefore(first) ? "尚未公布" : "尚未装入";
    return "%s的法定节假日%s，暂按周一至周五计算".formatted(years, why);
  }

  private static LocalTime checked(LocalTime officeClose) {
    if (officeClose.equals(LocalTime.MIDNIGHT)) {
      throw new IllegalArgumentException("下班时间须晚于00:00，例如 17:30");
    }
    return officeClose;
  }

  /** The steps so far: each begins where the one before it ended. */
  private static final class Count {
    private final List<Step> steps = new ArrayList<>();
    private Instant at;

    Count(Instant from) {
      at = from;
    }

    void step(Instant to, boolean counted, String reason) {
      steps.add(new Step(at, to, counted, reason));
      at = to;
    }

    Deadline deadline(@Nullable String warning) {
      return new Deadline(at, steps, warning);
    }
  }
}
