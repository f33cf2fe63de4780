package hotline.workorder;

import hotline.calendar.Deadline;
import hotline.calendar.Promise;
import hotline.calendar.TimeLimit;
import hotline.calendar.WorkCalendar;
import hotline.regulation.TimeLimitRule;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * One promise of an order: the limit that a table gave, from when it runs, when it is due, and
 * whether it was kept. What is done exactly at the due moment is in time; a breach stays for ever.
 */
final class LimitClock {
  @Nullable Long id;
  final Milestone milestone;
  final int round;
  final TimeLimitRule rule;
  @Nullable Instant startedAt;
  @Nullable Instant dueAt;
  @Nullable Instant originalDueAt;
  @Nullable Instant extendedUntil;
  @Nullable Instant warnAt;
  @Nullable Instant warnedAt;
  @Nullable Instant metAt;
  boolean breached;
  @Nullable Instant escalatedAt;
  @Nullable Instant voidAt;
  boolean changed = true;

  LimitClock(Milestone milestone, int round, TimeLimitRule rule) {
    this.milestone = milestone;
    this.round = round;
    this.rule = rule;
  }

  boolean isOpen() {
    return metAt == null && voidAt == null;
  }

  boolean runs() {
    return isOpen() && dueAt != null;
  }

  boolean startsWith(String event) {
    return rule.start().equals(event);
  }

  void start(Instant at, WorkCalendar calendar) {
    startedAt = at;
    extendedUntil = null;
    reckon(calendar);
    originalDueAt = null;
  }

  /** An approved extension is a new promise: it is warned of and escalated anew (YF-9d). */
  void extend(Instant until, WorkCalendar calendar) {
    if (originalDueAt == null) {
      originalDueAt = dueAt;
    }
    extendedUntil = until;
    reckon(calendar);
    warnedAt = null;
    escalatedAt = null;
  }

  void meet(Instant at) {
    metAt = at;
    if (dueAt != null && at.isAfter(dueAt)) {
      breached = true;
    }
    changed = true;
  }

  /** The reply was sent back: what was done is not done. */
  void reopen() {
    metAt = null;
    changed = true;
  }

  void endWithout(Instant at) {
    voidAt = at;
    changed = true;
  }

  private void reckon(WorkCalendar calendar) {
    Deadline deadline = deadline(calendar);
    dueAt = deadline.dueAt();
    warnAt = null;
    if (!rule.warnBefore().isEmpty() && startedAt != null) {
      TimeLimit lead = TimeLimit.parse(rule.warnBefore());
      Instant warning = earlier(deadline.dueAt(), lead);
      warnAt = warning.isAfter(startedAt) ? warning : startedAt;
    }
    changed = true;
  }

  private static Instant earlier(Instant due, TimeLimit lead) {
    return switch (lead.unit()) {
      case MINUTES -> due.minusSeconds(60L * lead.amount());
      case HOURS -> due.minusSeconds(3600L * lead.amount());
      default -> due.minusSeconds(86400L * lead.amount());
    };
  }

  /** When it is due and why, step by step. */
  Deadline deadline(WorkCalendar calendar) {
    Instant from = startedAt;
    if (from == null) {
      throw new IllegalStateException(milestone + " has not started");
    }
    Promise promise = new Promise(from, TimeLimit.parse(rule.limit()));
    if (extendedUntil != null) {
      promise = promise.extended(extendedUntil);
    }
    return rule.officeClose().isEmpty()
        ? promise.deadline(calendar)
        : promise.deadline(calendar, LocalTime.parse(rule.officeClose()));
  }

  /**
   * The next moment at which somebody is to be warned or told of a breach; null when there is none.
   */
  @Nullable Instant nextAlertAt() {
    if (!runs() || dueAt == null) {
      return null;
    }
    if (warnAt != null && warnedAt == null && escalatedAt == null) {
      return warnAt;
    }
    return escalatedAt == null ? dueAt.plusSeconds(1) : null;
  }

  boolean warningIsDue(Instant now) {
    return runs()
        && warnAt != null
        && warnedAt == null
        && escalatedAt == null
        && !now.isBefore(warnAt)
        && dueAt != null
        && !now.isAfter(dueAt);
  }

  boolean breachIsDue(Instant now) {
    return runs() && escalatedAt == null && dueAt != null && now.isAfter(dueAt);
  }
}
