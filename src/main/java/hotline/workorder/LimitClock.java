package hotline.workorder;

import hotline.calendar.Deadline;
import hotline.calendar.Promise;
import hotline.calendar.Step;
import hotline.calendar.TimeLimit;
import hotline.calendar.WorkCalendar;
import hotline.regulation.TimeLimitRule;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One promise of an order: the limit that a table gave, from when it runs, when it is due, and
 * whether it was kept. What is done exactly at the due moment is in time; a breach stays for ever.
 */
final class LimitClock {
  /** Begins when it is made: by people or by another table than the time limits. */
  static final String NOW = "NOW";

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

  /** A promise that the time-limits table did not give: made by people or by another table. */
  static LimitClock besides(
      Milestone milestone,
      int round,
      String start,
      String limit,
      String who,
      String warnTo,
      String escalateTo,
      String article,
      String basis) {
    return new LimitClock(
        milestone,
        round,
        new TimeLimitRule(
            milestone.name(), limit, start, who, "", warnTo, escalateTo, "", "", article, basis));
  }

  /** By when what is owed, and by which article. */
  String sentence(ZoneId zone) {
    return "应于 "
        + Moments.text(Objects.requireNonNull(dueAt), zone)
        + " 前"
        + milestone.label()
        + "（"
        + rule.basis()
        + "）";
  }

  boolean isOpen() {
    return metAt == null && voidAt == null;
  }

  boolean runs() {
    return isOpen() && dueAt != null;
  }

  /** Due at a moment that others fixed: an outside platform, or an agreement with the customer. */
  boolean isFixed() {
    return rule.start().equals("PLATFORM") || rule.start().equals("AGREED");
  }

  /** Not one that the time-limits table gave. */
  boolean isMadeByPeople() {
    return rule.start().equals(NOW)
        || rule.start().equals("AGREED")
        || milestone == Milestone.PLATFORM_REPLY;
  }

  /**
   * Broken by what people report only, never by time alone: the limit for refusing an application
   * (RQ-14.5), and an agreed time (RQ-14.4), of which nobody hears when it was kept.
   */
  private boolean isBrokenByReportsOnly() {
    return milestone == Milestone.REFUSE || milestone == Milestone.APPOINTMENT;
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

  /** A promise whose moment is fixed from outside. */
  void startUntil(Instant at, Instant due) {
    startedAt = at;
    dueAt = due;
    warnBeforeDue(due);
    changed = true;
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

  /** Done at that moment; late when it was due before. */
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
    warnBeforeDue(deadline.dueAt());
    changed = true;
  }

  private void warnBeforeDue(Instant due) {
    warnAt = rule.start().equals("AGREED") ? due : null;
    if (!rule.warnBefore().isEmpty() && startedAt != null) {
      Instant warning = earlier(due, TimeLimit.parse(rule.warnBefore()));
      warnAt = warning.isAfter(startedAt) ? warning : startedAt;
    }
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
    if (isFixed()) {
      Instant due = Objects.requireNonNull(dueAt);
      String why = rule.start().equals("PLATFORM") ? "平台规定的时限" : "与客户约定的时间";
      return new Deadline(
          due, due.isAfter(from) ? List.of(new Step(from, due, true, why)) : List.of(), null);
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
    return escalatedAt == null && !isBrokenByReportsOnly() ? dueAt.plusSeconds(1) : null;
  }

  boolean warningIsDue(Instant now) {
    return runs()
        && warnAt != null
        && warnedAt == null
        && escalatedAt == null
        && !now.isBefore(warnAt)
        && dueAt != null
        && (!now.isAfter(dueAt) || isBrokenByReportsOnly());
  }

  boolean breachIsDue(Instant now) {
    return !isBrokenByReportsOnly() && isLate(now);
  }

  /** Over at that moment, and nobody was told so far. */
  boolean isLate(Instant at) {
    return runs() && escalatedAt == null && dueAt != null && at.isAfter(dueAt);
  }
}
