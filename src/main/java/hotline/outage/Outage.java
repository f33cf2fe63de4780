package hotline.outage;

import hotline.Actor;
import hotline.Conflict;
import hotline.Refused;
import hotline.calendar.WorkCalendar;
import hotline.regulation.DutyRule;
import hotline.regulation.OutageMatter;
import hotline.workorder.Event;
import hotline.workorder.LegalHold;
import hotline.workorder.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One outage from its report to its end. It turns the rows of the duty table into duties, opens
 * each when its time has come, has those told again who were told before, and is closed only when
 * every duty is done or waived with a reason.
 */
final class Outage {
  private static final int MOST_NAMED = 50;
  private static final String REFUSAL = "未获批准：";

  /** Whom a duty phones, and which groups may do it; known to whoever keeps the directory. */
  interface Surroundings {
    List<Contact> contacts(Outage outage, String kind);

    List<String> groups(Outage outage, String words);
  }

  @Nullable Long id;
  final String number;
  final String company;
  final WorkCalendar calendar;
  @Nullable String idempotencyKey;
  @Nullable String requestDigest;
  @Nullable String processInstanceId;
  OutageStatus status = OutageStatus.DRAFT;
  String effect = "SHUTOFF";
  String kind = "";
  String origin = "";
  String area = "";
  List<String> districts = List.of();
  List<String> places = List.of();
  Instant start;
  Instant end;
  @Nullable Integer affectedPopulation;
  @Nullable Integer populationProposed;
  @Nullable String populationSource;
  List<Valve> valves = List.of();
  boolean mainRoad;
  List<String> keyCustomers = List.of();
  String reason = "";
  @Nullable String measures;

  /** The group that reported, follows and restores. */
  String reporter = "";

  /** By which article it is that group's. */
  String reporterArticle = "";

  /** By when what was begun is to be reported, and who is told when it is not. */
  @Nullable Instant reportDueAt;

  String reportEscalateTo = "";

  final Instant reportedAt;
  final String reportedBy;
  @Nullable Instant publishedAt;
  @Nullable Instant changedAt;
  @Nullable String changeNote;
  @Nullable Instant restoredAt;
  @Nullable Instant finishedAt;
  int revision;
  @Nullable Instant endAlertedAt;
  @Nullable Instant closedAt;
  @Nullable Instant anonymisedAt;
  @Nullable LegalHold legalHold;
  boolean holdChanged;
  @Nullable Instant storedNextAlertAt;
  final List<Duty> duties = new ArrayList<>();
  final List<Event> newEvents = new ArrayList<>();

  // what the process is to be told once this transaction is written
  final List<Duty> opened = new ArrayList<>();
  final List<Duty> dropped = new ArrayList<>();
  boolean refusedNow;
  boolean datesMoved;
  boolean settledNow;

  Outage(
      String number,
      String company,
      WorkCalendar calendar,
      Instant start,
      Instant end,
      Instant reportedAt,
      String reportedBy) {
    this.number = number;
    this.company = company;
    this.calendar = calendar;
    this.start = start;
    this.end = end;
    this.reportedAt = reportedAt;
    this.reportedBy = reportedBy;
  }

  boolean isNew() {
    return id == null;
  }

  boolean isPlanned() {
    return kind.equals("PLANNED");
  }

  boolean isPublished() {
    return publishedAt != null;
  }

  OutageMatter matter(String occasion) {
    return new OutageMatter(
        occasion,
        effect,
        kind,
        origin,
        affectedPopulation == null ? 0 : affectedPopulation,
        !keyCustomers.isEmpty(),
        mainRoad);
  }

  Optional<Duty> duty(@Nullable String key) {
    return duties.stream().filter(duty -> duty.key.equals(key)).findFirst();
  }

  private Duty openDuty(String key, boolean approval) {
    Duty duty =
        duty(key).orElseThrow(() -> new IllegalStateException(number + " has no duty " + key));
    if (!duty.isOpen() || duty.rule.approval() != approval) {
      throw new Conflict("“" + duty.rule.label() + "”" + duty.status.label() + "，不能再办理");
    }
    return duty;
  }

  void note(Actor by, Instant at, String verb, @Nullable String note, @Nullable String article) {
    newEvents.add(
        new Event(at, by.id(), verb, note == null || note.isBlank() ? null : note, article));
  }

  // ---- the report

  /** The range stands: the tables say what it brings, and whoever is to act learns so. */
  void planned(Actor by, Instant at, List<DutyRule> rules, Surroundings around) {
    note(by, at, "报告" + (isPlanned() ? "计划" : "突发") + "停供", period(), reporterArticle);
    rules.forEach(rule -> add(rule, around));
    endAlertedAt = null;
    datesMoved = true;
    status = approvalsOpen() ? OutageStatus.APPROVAL : begunOrAnnounced(at);
    if (!isPlanned()) {
      published(at);
    }
    openWhatMay(at);
  }

  private OutageStatus begunOrAnnounced(Instant at) {
    return start.isAfter(at) ? OutageStatus.ANNOUNCED : OutageStatus.RUNNING;
  }

  private void add(DutyRule rule, Surroundings around) {
    Duty duty =
        new Duty(freeKey(rule.action()), revision, false, rule, around.groups(this, rule.by()));
    if (!rule.contacts().isEmpty()) {
      duty.contacts.addAll(around.contacts(this, rule.contacts()));
      if (duty.contacts.isEmpty() && rule.contacts().equals("CALLERS")) {
        return;
      }
    }
    duty.reckon(start, calendar);
    duties.add(duty);
  }

  /** The action, or with the revision behind it when there was such a duty before. */
  private String freeKey(String action) {
    return duty(action).isEmpty() ? action : action + "-" + revision;
  }

  boolean approvalsOpen() {
    return duties.stream().anyMatch(duty -> duty.rule.approval() && !duty.status.isOver());
  }

  /** The supply is off, or was. */
  private boolean isOff() {
    return status == OutageStatus.RUNNING || status == OutageStatus.RESTORED;
  }

  private void openWhatMay(Instant at) {
    boolean more = true;
    while (more) {
      more = false;
      for (Duty duty : duties) {
        if (duty.isWaiting() && !duty.waitsForOneOf(duties, isOff())) {
          duty.open(at, start, calendar);
          opened.add(duty);
          if (duty.rule.publishes()) {
            published(at);
          }
          more = true;
        }
      }
    }
  }

  private void published(Instant at) {
    if (publishedAt == null) {
      publishedAt = at;
    }
  }

  /** The sentences for leads that can no longer be kept; the reporter reads them at once. */
  List<String> warnings(Instant now) {
    return duties.stream()
        .filter(duty -> duty.comesTooLate(now, start))
        .map(Duty::tooLate)
        .toList();
  }

  // ---- duties

  /**
   * Done.
   *
   * @param doneAt when it was done, as whoever did it says
   * @param now when that was entered, from which on everything else counts
   */
  void done(Actor by, Instant doneAt, Instant now, String key, @Nullable String how) {
    end(openDuty(key, false), DutyStatus.DONE, by, doneAt, now, how);
  }

  void waived(Actor by, Instant now, String key, String reason) {
    end(openDuty(key, false), DutyStatus.WAIVED, by, now, now, reason);
  }

  private void end(
      Duty duty, DutyStatus how, Actor by, Instant doneAt, Instant now, @Nullable String what) {
    boolean late = duty.end(how, doneAt, by.id(), what);
    note(
        by,
        now,
        duty.rule.approval() ? "批准" : how == DutyStatus.DONE ? "履行职责" : "免办",
        duty.rule.label()
            + stated(doneAt, now)
            + (what == null || what.isBlank() ? "" : "：" + what),
        duty.rule.article());
    noteLate(duty, late, now);
    openWhatMay(now);
    settle(now);
  }

  private String stated(Instant doneAt, Instant now) {
    return doneAt.isBefore(now.minusSeconds(60))
        ? "（" + Moments.text(doneAt, calendar.zone()) + " 办理）"
        : "";
  }

  private void noteLate(Duty duty, boolean late, Instant now) {
    if (late) {
      duty.escalatedAt = now;
      note(Actor.SYSTEM, now, "超期", duty.rule.label(), duty.rule.article());
    }
  }

  /**
   * What was said on the phone to some of the duty's contacts.
   *
   * @return whether all of them are told now
   */
  boolean phoned(
      Actor by,
      Instant at,
      Instant now,
      String key,
      List<String> reached,
      List<String> unreached,
      @Nullable String spokeWith,
      @Nullable String note) {
    Duty duty = openDuty(key, false);
    List<String> both = reached.stream().filter(unreached::contains).toList();
    if (!both.isEmpty()) {
      throw new Refused(
          "unreachedContacts",
          "“" + name(duty, both.get(0)) + "”既选了已通知到又选了未接通，请改正（unreachedContacts）");
    }
    reached.forEach(code -> attempt(duty, by, at, code, true, spokeWith, note));
    unreached.forEach(code -> attempt(duty, by, at, code, false, spokeWith, note));
    if (!reached.isEmpty() || !unreached.isEmpty()) {
      note(
          by,
          now,
          "电话通知",
          duty.rule.label()
              + stated(at, now)
              + (reached.isEmpty() ? "" : "；已通知到 " + names(duty, reached))
              + (unreached.isEmpty() ? "" : "；未接通 " + names(duty, unreached)),
          duty.rule.article());
    }
    return duty.contacts.stream().noneMatch(Contact::isOpen);
  }

  private static void attempt(
      Duty duty,
      Actor by,
      Instant at,
      String code,
      boolean reached,
      @Nullable String spokeWith,
      @Nullable String note) {
    Contact contact =
        duty.contacts.stream()
            .filter(each -> each.code.equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refused(
                        reached ? "reachedContacts" : "unreachedContacts",
                        "通知名单里没有 "
                            + code
                            + "（"
                            + (reached ? "reachedContacts" : "unreachedContacts")
                            + "），请从名单中选择"));
    if (!contact.isOpen()) {
      throw new Refused(
          reached ? "reachedContacts" : "unreachedContacts",
          "“" + contact.name + "”" + contact.standing.label() + "，不用再记（" + code + "）");
    }
    Attempt attempt = new Attempt(code, at, by.id(), reached, spokeWith, note);
    contact.attempts.add(attempt);
    duty.newAttempts.add(attempt);
    if (reached) {
      contact.standing = Contact.Standing.REACHED;
    }
    contact.changed = true;
    duty.changed = true;
  }

  /** Those who could not be reached are left out, for the reason given. */
  void givenUp(String key) {
    for (Contact contact : openDuty(key, false).contacts) {
      if (contact.isOpen()) {
        contact.standing = Contact.Standing.GIVEN_UP;
        contact.changed = true;
      }
    }
  }

  private static String names(Duty duty, List<String> codes) {
    List<String> names = codes.stream().limit(MOST_NAMED).map(code -> name(duty, code)).toList();
    return String.join("、", names) + (codes.size() > MOST_NAMED ? "等" + codes.size() + "家" : "");
  }

  private static String name(Duty duty, String code) {
    return duty.contacts.stream()
        .filter(contact -> contact.code.equals(code))
        .map(contact -> contact.orderNumber == null ? contact.name : contact.orderNumber)
        .findFirst()
        .orElse(code);
  }

  // ---- approval

  void approved(Actor by, Instant decidedAt, Instant now, String key, String reference) {
    Duty duty = openDuty(key, true);
    if (status == OutageStatus.APPROVAL && !end.isAfter(now)) {
      throw new Conflict("预计恢复时间已过，请报告部门先在“跟进停供”里变更时间或取消");
    }
    end(duty, DutyStatus.DONE, by, decidedAt, now, reference);
    if (status == OutageStatus.APPROVAL && !approvalsOpen()) {
      status = begunOrAnnounced(now);
    }
  }

  /**
   * Without the consent it does not take place, and whoever was told already is told so. Once the
   * supply is off a refusal stops nothing: it is on the record, and the work goes on to its end.
   */
  void refused(Actor by, Instant decidedAt, Instant now, String key, String why) {
    Duty duty = openDuty(key, true);
    boolean late = duty.end(DutyStatus.DONE, decidedAt, by.id(), REFUSAL + why);
    note(
        by,
        now,
        "未获批准",
        duty.rule.label() + stated(decidedAt, now) + "：" + why,
        duty.rule.article());
    noteLate(duty, late, now);
    if (status == OutageStatus.APPROVAL || status == OutageStatus.ANNOUNCED) {
      changeNote = "未获批准";
      stop(now, OutageStatus.REFUSED, REFUSAL + why);
      refusedNow = true;
    } else {
      openWhatMay(now);
    }
    settle(now);
  }

  // ---- the works begin, change, end

  void began(Instant at) {
    if (status == OutageStatus.ANNOUNCED && !start.isAfter(at)) {
      status = OutageStatus.RUNNING;
      note(Actor.SYSTEM, at, "停供开始", null, reporterArticle);
    }
  }

  private void mustBeCurrent(String what) {
    if (status != OutageStatus.APPROVAL && !status.isCurrent()) {
      throw new Conflict("停供" + number + status.label() + "，不能" + what);
    }
  }

  /** Other times, another range: what is still owed is asked anew, and the told are told again. */
  void changed(
      Actor by,
      Instant at,
      String what,
      String why,
      Function<OutageMatter, List<DutyRule>> table,
      Surroundings around) {
    mustBeCurrent("变更");
    revision++;
    changedAt = at;
    changeNote = what + "：" + why;
    endAlertedAt = null;
    datesMoved = true;
    note(by, at, "变更", changeNote, reporterArticle);
    List<DutyRule> rules = table.apply(matter("REPORT"));
    for (Duty duty : List.copyOf(duties)) {
      boolean owed =
          duty.retelling
              || rules.stream().anyMatch(rule -> rule.action().equals(duty.rule.action()));
      if (!duty.status.isOver() && !owed) {
        drop(duty, at, "变更后不再需要");
      }
    }
    for (DutyRule rule : rules) {
      duties.stream()
          .filter(duty -> !duty.status.isOver() && !duty.retelling)
          .filter(duty -> duty.rule.action().equals(rule.action()))
          .forEach(duty -> duty.isRuledBy(rule, around.groups(this, rule.by())));
    }
    for (DutyRule rule : rules) {
      if (duties.stream().noneMatch(duty -> isOwedBy(duty, rule))) {
        add(rule, around);
      }
    }
    for (Duty duty : duties) {
      if (!duty.status.isOver()) {
        duty.reckonAnew(start, at, calendar);
        tellAnew(duty, around);
        if (duty.isOpen() && duty.revision < revision && duty.waitsForOneOf(duties, isOff())) {
          dropped.add(duty);
          duty.suspend();
        }
      }
    }
    tellAgain("变更", around);
    openWhatMay(at);
    if (status != OutageStatus.RUNNING || start.isAfter(at)) {
      status = approvalsOpen() ? OutageStatus.APPROVAL : begunOrAnnounced(at);
    }
  }

  /** Done already, or still to be done; what was dropped does not count. */
  private static boolean isOwedBy(Duty duty, DutyRule rule) {
    return duty.rule.action().equals(rule.action())
        && (!duty.status.isOver() || duty.status == DutyStatus.DONE || !isDropped(duty));
  }

  private static boolean isDropped(Duty duty) {
    return duty.status == DutyStatus.WAIVED && Actor.SYSTEM.id().equals(duty.doneBy);
  }

  private static boolean isRefusal(Duty duty) {
    return duty.note != null && duty.note.startsWith(REFUSAL);
  }

  /** On an open list those who were told are to be told anew, with those whom it now concerns. */
  private void tellAnew(Duty duty, Surroundings around) {
    for (Contact contact : duty.contacts) {
      if (contact.standing == Contact.Standing.REACHED) {
        contact.standing = Contact.Standing.OPEN;
        contact.changed = true;
      }
    }
    if (!duty.rule.contacts().isEmpty()) {
      addMissing(duty, around.contacts(this, duty.rule.contacts()));
    }
  }

  private static void addMissing(Duty duty, Collection<Contact> wanted) {
    for (Contact contact : wanted) {
      if (duty.contacts.stream().noneMatch(known -> known.code.equals(contact.code))) {
        duty.contacts.add(contact);
      }
    }
  }

  /**
   * Whoever was told, at any time, is told again, unless an open duty does so already.
   *
   * @param around for a change, to whom the list has grown; null when it is called off
   */
  private void tellAgain(String occasion, @Nullable Surroundings around) {
    Map<String, Duty> newest = new LinkedHashMap<>();
    duties.forEach(duty -> newest.put(duty.rule.action(), duty));
    for (Duty last : newest.values()) {
      List<Duty> history =
          duties.stream().filter(d -> d.rule.action().equals(last.rule.action())).toList();
      Map<String, Contact> told = new LinkedHashMap<>();
      history.stream()
          .flatMap(each -> each.contacts.stream())
          .filter(contact -> contact.standing == Contact.Standing.REACHED)
          .forEach(contact -> told.putIfAbsent(contact.code, contact.anew()));
      boolean wasTold =
          !told.isEmpty()
              || history.stream().anyMatch(d -> d.status == DutyStatus.DONE && !isRefusal(d));
      boolean goesOn = history.stream().anyMatch(d -> !d.status.isOver());
      if (last.rule.tellAgain() && wasTold && !goesOn) {
        Duty again = last.again(freeKey(last.rule.action()), revision, occasion);
        again.contacts.addAll(told.values());
        if (around != null && !last.rule.contacts().isEmpty()) {
          addMissing(again, around.contacts(this, last.rule.contacts()));
        }
        again.reckon(start, calendar);
        duties.add(again);
      }
    }
  }

  private void drop(Duty duty, Instant at, String why) {
    if (duty.isOpen()) {
      dropped.add(duty);
      opened.remove(duty);
    }
    duty.end(DutyStatus.WAIVED, at, Actor.SYSTEM.id(), why);
    note(Actor.SYSTEM, at, "免办", duty.rule.label() + "：" + why, duty.rule.article());
  }

  void cancelled(Actor by, Instant at, String why) {
    mustBeCurrent("取消");
    if (status == OutageStatus.RUNNING) {
      throw new Refused("outcome", "停供已经开始，不能取消；已恢复的请选“已恢复”（outcome=RESTORED）");
    }
    note(by, at, "取消", why, reporterArticle);
    changeNote = "取消：" + why;
    stop(at, OutageStatus.CANCELLED, "已取消");
    settle(at);
  }

  /** It does not take place: nobody need be told of it any more, but whoever was is told so. */
  private void stop(Instant at, OutageStatus how, String why) {
    status = how;
    finishedAt = at;
    changedAt = at;
    revision++;
    List<Duty> unfinished = duties.stream().filter(duty -> !duty.status.isOver()).toList();
    unfinished.forEach(duty -> drop(duty, at, why));
    tellAgain("取消", null);
    openWhatMay(at);
  }

  /** The supply is back; what its end brings is owed now. */
  void restored(
      Actor by,
      Instant at,
      Instant restoredAt,
      @Nullable String how,
      List<DutyRule> rules,
      Surroundings around) {
    mustBeCurrent("报告恢复");
    if (status != OutageStatus.RUNNING) {
      throw new Refused("outcome", "停供还没有开始，不能报告恢复；不再实施的请选“取消”（outcome=CANCEL）");
    }
    status = OutageStatus.RESTORED;
    this.restoredAt = restoredAt;
    finishedAt = at;
    note(
        by,
        at,
        "恢复",
        Moments.text(restoredAt, calendar.zone()) + (how == null ? "" : "：" + how),
        reporterArticle);
    for (Duty duty : List.copyOf(duties)) {
      if (duty.isWaiting()) {
        drop(duty, at, "已恢复");
      }
    }
    revision++;
    rules.forEach(rule -> add(rule, around));
    openWhatMay(at);
    settle(at);
  }

  /** A report that was begun by mistake. */
  void withdrawn(Actor by, Instant at) {
    status = OutageStatus.CANCELLED;
    finishedAt = at;
    closedAt = at;
    note(by, at, "撤销报告", null, reporterArticle);
  }

  /** The process has lost it: it is followed again, and what is owed can be done again (ALL-2). */
  void resumed(Actor by, Instant at, @Nullable String note) {
    mustBeOpen();
    duties.stream().filter(Duty::isOpen).forEach(opened::add);
    note(by, at, "恢复办理", note, null);
  }

  /** Closed by a person: what is still owed is waived for that reason. */
  void closedByHand(Actor by, Instant at, String why) {
    mustBeOpen();
    if (status == OutageStatus.APPROVAL || status.isCurrent()) {
      throw new Refused(
          "outcome", "停供" + status.label() + "，不能直接办结；请选“从中断处继续”（outcome=RESUME），再在“跟进停供”中报告恢复或取消");
    }
    for (Duty duty : duties) {
      if (!duty.status.isOver()) {
        duty.end(DutyStatus.WAIVED, at, by.id(), why);
        note(by, at, "免办", duty.rule.label() + "：" + why, duty.rule.article());
      }
    }
    if (finishedAt == null) {
      status = OutageStatus.CANCELLED;
      finishedAt = at;
    }
    closedAt = at;
    note(by, at, "办结", why, null);
  }

  private void mustBeOpen() {
    if (closedAt != null) {
      throw new Conflict("停供" + number + "已办结，无需恢复办理");
    }
  }

  /** Nothing of the outage, nor of the calls answered with it, is removed until that is lifted. */
  void heldBack(Actor by, Instant at, @Nullable String reason) {
    legalHold = LegalHold.asked("停供" + number, legalHold, by.id(), at, reason);
    holdChanged = true;
    note(by, at, LegalHold.VERB, legalHold.reason(), null);
  }

  void holdLifted(Actor by, Instant at) {
    LegalHold.mustBe("停供" + number, legalHold);
    legalHold = null;
    holdChanged = true;
    note(by, at, LegalHold.LIFTED, null, null);
  }

  private void settle(Instant at) {
    if (finishedAt != null
        && closedAt == null
        && duties.stream().allMatch(duty -> duty.status.isOver())) {
      closedAt = at;
      settledNow = true;
      note(Actor.SYSTEM, at, "办结", null, null);
    }
  }

  String period() {
    return Moments.text(start, calendar.zone()) + " 至 " + Moments.text(end, calendar.zone());
  }

  // ---- supervision

  @Nullable Instant nextAlertAt() {
    Instant overrun = null;
    if (endAlertedAt == null && status == OutageStatus.DRAFT && reportDueAt != null) {
      overrun = reportDueAt.plusSeconds(1);
    } else if (endAlertedAt == null && status.isCurrent()) {
      overrun = end.plusSeconds(1);
    }
    Instant first =
        duties.stream()
            .map(Duty::nextAlertAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return first == null || overrun != null && overrun.isBefore(first) ? overrun : first;
  }

  /** A warning or a breach of a duty, told once. */
  record Alert(Duty duty, boolean breach) {}

  List<Alert> alertsDue(Instant now) {
    List<Alert> alerts = new ArrayList<>();
    for (Duty duty : duties) {
      if (duty.warningIsDue(now)) {
        duty.warnedAt = now;
        duty.changed = true;
        alerts.add(new Alert(duty, false));
        note(Actor.SYSTEM, now, "时限提醒", sentence(duty), duty.rule.article());
      } else if (duty.breachIsDue(now)) {
        duty.escalatedAt = now;
        duty.breached = true;
        duty.changed = true;
        alerts.add(new Alert(duty, true));
        note(Actor.SYSTEM, now, "超期", sentence(duty), duty.rule.article());
      }
    }
    return alerts;
  }

  /** Begun and not reported in time: told once. */
  boolean isReportedLate(Instant now) {
    if (status != OutageStatus.DRAFT
        || endAlertedAt != null
        || reportDueAt == null
        || !now.isAfter(reportDueAt)) {
      return false;
    }
    endAlertedAt = now;
    note(Actor.SYSTEM, now, "超期", "核定范围并报告", reporterArticle);
    return true;
  }

  /** The announced end is over and nobody has said more: told once for each announced end. */
  boolean hasOverrun(Instant now) {
    if (!status.isCurrent() || endAlertedAt != null || !now.isAfter(end)) {
      return false;
    }
    endAlertedAt = now;
    note(Actor.SYSTEM, now, "超过预计恢复时间", null, reporterArticle);
    return true;
  }

  String sentence(Duty duty) {
    return duty.dueAt == null
        ? duty.rule.label() + "（" + duty.rule.basis() + "）"
        : "应于 "
            + Moments.text(duty.dueAt, calendar.zone())
            + " 前"
            + duty.rule.label()
            + "（"
            + duty.rule.basis()
            + "）";
  }
}
