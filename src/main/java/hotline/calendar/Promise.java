package hotline.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was promised to a customer as a set of facts, from which the due time is derived, so that
 * any order of pausing, regrading and extending gives the same ledger.
 *
 * @param limit the limit that counts now
 * @param regradedAt when that limit was decided, or null if it is still the first one
 * @param pauses in order, without overlap
 * @param extendedUntil the latest moment an approved extension reaches to, or null without one
 */
public record Promise(
    Instant startedAt,
    TimeLimit limit,
    @Nullable Instant regradedAt,
    List<Pause> pauses,
    @Nullable Instant extendedUntil) {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm");

  /** Pauses may be given in any order and may overlap; refuses a regrading before the start. */
  public Promise {
    if (regradedAt != null && regradedAt.isBefore(startedAt)) {
      throw new IllegalArgumentException("改级时间早于时限的起算时间，请核对");
    }
    pauses = union(pauses);
  }

  /** A promise whose limit has not been regraded. */
  public Promise(
      Instant startedAt, TimeLimit limit, List<Pause> pauses, @Nullable Instant extendedUntil) {
    this(startedAt, limit, null, pauses, extendedUntil);
  }

  /** A promise that has just been given. */
  public Promise(Instant startedAt, TimeLimit limit) {
    this(startedAt, limit, List.of(), null);
  }

  /**
   * Adds a time in which the work stood still.
   *
   * @throws IllegalArgumentException if it ends before it begins
   */
  public Promise withPause(Instant from, Instant to) {
    List<Pause> more = new ArrayList<>(pauses);
    more.add(new Pause(from, to));
    return new Promise(startedAt, limit, regradedAt, more, extendedUntil);
  }

  /**
   * Records that another limit was decided; it runs from the original start. The newest decision
   * counts, of two at the same moment the stricter one; the first limit gives way to any decision.
   *
   * @throws IllegalArgumentException if decided before the start
   */
  public Promise regraded(TimeLimit newLimit, Instant decidedAt) {
    Promise regraded = new Promise(startedAt, newLimit, decidedAt, pauses, extendedUntil);
    if (regradedAt == null || decidedAt.isAfter(regradedAt)) {
      return regraded;
    }
    boolean stricterAtOnce =
        decidedAt.equals(regradedAt) && TimeLimit.STRICTER_FIRST.compare(newLimit, limit) < 0;
    return stricterAtOnce ? regraded : this;
  }

  /**
   * Records an approved extension to a fixed moment (YF-9d); the one that reaches furthest counts,
   * a pause does not move it, and it never makes the due time earlier.
   */
  public Promise extended(Instant until) {
    boolean further = extendedUntil == null || until.isAfter(extendedUntil);
    return further ? new Promise(startedAt, limit, regradedAt, pauses, until) : this;
  }

  /**
   * When this is due, with the calendar's own end of office hours.
   *
   * <p>Minutes and hours stand still during a pause. A day whose end (24:00, for a working day the
   * end of office hours) lies in a pause does not count; if that is the start day, the day on which
   * work goes on takes its place. So a limit never runs out during a pause. The regulations are
   * silent on this: our choice.
   */
  public Deadline deadline(WorkCalendar calendar) {
    return extend(calendar.deadline(startedAt, limit, pauses), calendar);
  }

  /** As {@link #deadline(WorkCalendar)}, with the end of office hours of this milestone. */
  public Deadline deadline(WorkCalendar calendar, LocalTime officeClose) {
    return extend(calendar.deadline(startedAt, limit, officeClose, pauses), calendar);
  }

  private Deadline extend(Deadline counted, WorkCalendar calendar) {
    if (extendedUntil == null || !extendedUntil.isAfter(counted.dueAt())) {
      return counted;
    }
    LocalDateTime until = LocalDateTime.ofInstant(extendedUntil, calendar.zone());
    List<Step> steps = new ArrayList<>(counted.steps());
    steps.add(
        new Step(counted.dueAt(), extendedUntil, false, "经批准延期至" + DAY_AND_TIME.format(until)));
    return new Deadline(extendedUntil, steps, counted.warning());
  }

  private static List<Pause> union(List<Pause> pauses) {
    List<Pause> inOrder =
        pauses.stream()
            .filter(pause -> pause.from().isBefore(pause.to()))
            .sorted(Comparator.comparing(Pause::from))
            .toList();
    List<Pause> union = new ArrayList<>();
    for (Pause next : inOrder) {
      int last = union.size() - 1;
      if (last < 0 || next.from().isAfter(union.get(last).to())) {
        union.add(next);
      } else if (next.to().isAfter(union.get(last).to())) {
        union.set(last, new Pause(union.get(last).from(), next.to()));
      }
    }
    return List.copyOf(union);
  }
}
