package hotline.outage;

import hotline.calendar.TimeLimit;
import hotline.calendar.WorkCalendar;
import hotline.regulation.DutyRule;
import hotline.regulation.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One duty of an outage: whose it is, by when and by which article, what it waits for, whom it
 * phones, and how it ended. What is done exactly at the due moment is in time.
 */
final class Duty {
  private static final String CONSENT = "向审批单位";

  /** What was to be told, in the label of a re-telling. */
  private static final Pattern RETOLD =
      Pattern.compile("^(?:.{2}再告：|" + CONSENT + "告知.{2}（)(.*?)）?$");

  @Nullable Long id;
  final String key;
  final int revision;

  /** Whether it tells again what was told before. */
  final boolean retelling;

  DutyRule rule;

  /** The groups that may do it, the owner first. */
  List<String> groups;

  DutyStatus status = DutyStatus.WAITING;
  @Nullable Instant openedAt;
  @Nullable Instant dueAt;
  @Nullable Instant warnAt;
  @Nullable Instant warnedAt;
  @Nullable Instant escalatedAt;
  boolean breached;
  @Nullable Instant doneAt;
  @Nullable String doneBy;
  @Nullable String note;
  final List<Contact> contacts = new ArrayList<>();
  final List<Attempt> newAttempts = new ArrayList<>();
  boolean changed = true;

  Duty(String key, int revision, boolean retelling, DutyRule rule, List<String> groups) {
    this.key = key;
    this.revision = revision;
    this.retelling = retelling;
    this.rule = rule;
    this.groups = groups;
  }

  /** The same duty for what has changed since it was done; a consent is only told of it. */
  Duty again(String newKey, int newRevision, String occasion) {
    String what = RETOLD.matcher(rule.label()).replaceFirst("$1");
    DutyRule renewed =
        new DutyRule(
            rule.action(),
            rule.approval() || rule.label().startsWith(CONSENT)
                ? CONSENT + "告知" + occasion + "（" + what + "）"
                : occasion + "再告：" + what,
            rule.by(),
            rule.channel(),
            rule.contacts(),
            rule.leadTime(),
            rule.within(),
            rule.warnBefore(),
            rule.escalateTo(),
            rule.waitsFor(),
            false,
            rule.publishes(),
            rule.tellAgain(),
            rule.article(),
            rule.basis());
    return new Duty(newKey, newRevision, true, renewed, groups);
  }

  boolean isOpen() {
    return status == DutyStatus.OPEN;
  }

  boolean isWaiting() {
    return status == DutyStatus.WAITING;
  }

  /**
   * What it waits for, of an outage's duties, is not over yet. A re-telling holds nobody back, nor
   * does a consent once the supply is off.
   */
  boolean waitsForOneOf(List<Duty> all, boolean off) {
    List<String> waits = Words.of(rule.waitsFor());
    return all.stream()
        .anyMatch(
            other ->
                !other.status.isOver()
                    && !other.retelling
                    && !(off && other.rule.approval())
                    && other != this
                    && waits.contains(other.rule.action()));
  }

  /** Another row of the table holds for it now. */
  void isRuledBy(DutyRule other, List<String> owners) {
    rule = other;
    groups = owners;
    changed = true;
  }

  /** A new consent is wanted first: it waits again. */
  void suspend() {
    status = DutyStatus.WAITING;
    changed = true;
  }

  void open(Instant at, Instant start, WorkCalendar calendar) {
    status = DutyStatus.OPEN;
    openedAt = at;
    reckon(start, calendar);
  }

  /** By when it is due, now that the start is this one. */
  void reckon(Instant start, WorkCalendar calendar) {
    dueBy(due(start, calendar));
  }

  /**
   * The same after a change at that moment: a start that comes nearer may ask for it at once, but
   * does not make it late before anybody could know.
   */
  void reckonAnew(Instant start, Instant at, WorkCalendar calendar) {
    Instant before = dueAt;
    Instant due = due(start, calendar);
    if (before != null && openedAt != null && due != null && due.isBefore(at)) {
      Instant atOnce = calendar.deadline(at, TimeLimit.parse(rule.within())).dueAt();
      due = before.isBefore(atOnce) ? before : atOnce;
    }
    dueBy(due);
  }

  private @Nullable Instant due(Instant start, WorkCalendar calendar) {
    Optional<Instant> latest = latest(start);
    Instant opened = openedAt;
    return opened == null
        ? latest.orElse(null)
        : latest
            .filter(at -> !at.isBefore(opened))
            .orElseGet(() -> calendar.deadline(opened, TimeLimit.parse(rule.within())).dueAt());
  }

  private void dueBy(@Nullable Instant due) {
    changed = true;
    if (!Objects.equals(due, dueAt)) {
      warnedAt = null;
      escalatedAt = null;
    }
    dueAt = due;
    warnAt = null;
    Instant opened = openedAt;
    if (due != null && opened != null && !rule.warnBefore().isEmpty()) {
      Instant warning = due.minus(span(rule.warnBefore()));
      warnAt = warning.isAfter(opened) ? warning : opened;
    }
  }

  /** The last moment before the start at which it is in time; empty when no lead is asked. */
  private Optional<Instant> latest(Instant start) {
    return lead().map(start::minus);
  }

  private Optional<Duration> lead() {
    return rule.leadTime().isEmpty()
        ? Optional.empty()
        : Optional.of(
            rule.leadTime().equals(DutyRule.BEFORE_START) ? Duration.ZERO : span(rule.leadTime()));
  }

  /** Whether the lead that the article asks for can no longer be kept. */
  boolean comesTooLate(Instant now, Instant start) {
    return !status.isOver() && latest(start).filter(now::isAfter).isPresent();
  }

  /** Which article would be broken, and that it is to be done at once. */
  String tooLate() {
    return "“"
        + rule.label()
        + "”"
        + (rule.leadTime().equals(DutyRule.BEFORE_START)
            ? "应在开始前办完"
            : "应在开始前" + rule.leadTime() + "办到")
        + "（"
        + rule.plainArticle()
        + " "
        + rule.basis()
        + "），现已不足，须立即办理";
  }

  /** A limit that is counted back from a moment: exact clock time. */
  static Duration span(String limit) {
    TimeLimit parsed = TimeLimit.parse(limit);
    return switch (parsed.unit()) {
      case MINUTES -> Duration.ofMinutes(parsed.amount());
      case HOURS -> Duration.ofHours(parsed.amount());
      default -> Duration.ofDays(parsed.amount());
    };
  }

  /** Done or waived at that moment; answers whether that is late and nobody was told so far. */
  boolean end(DutyStatus how, Instant at, String by, @Nullable String what) {
    status = how;
    doneAt = at;
    doneBy = by;
    note = what;
    changed = true;
    boolean late = how == DutyStatus.DONE && dueAt != null && at.isAfter(dueAt);
    boolean untold = late && escalatedAt == null;
    breached |= late;
    return untold;
  }

  /** The next moment at which somebody is to be warned or told of a breach; null when never. */
  @Nullable Instant nextAlertAt() {
    if (!isOpen() || dueAt == null || escalatedAt != null) {
      return null;
    }
    return warnAt != null && warnedAt == null ? warnAt : dueAt.plusSeconds(1);
  }

  boolean warningIsDue(Instant now) {
    return isOpen()
        && warnAt != null
        && warnedAt == null
        && escalatedAt == null
        && dueAt != null
        && !now.isBefore(warnAt)
        && !now.isAfter(dueAt);
  }

  boolean breachIsDue(Instant now) {
    return isOpen() && escalatedAt == null && dueAt != null && now.isAfter(dueAt);
  }
}
