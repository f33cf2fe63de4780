package hotline.outage;

import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.calendar.TimeLimit;
import hotline.organisation.Calendars;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.outage.OutageCommands.DetermineRange;
import hotline.outage.OutageCommands.FollowOutage;
import hotline.outage.OutageCommands.ObtainApproval;
import hotline.outage.OutageCommands.PerformDuty;
import hotline.outage.OutageCommands.ReportOutage;
import hotline.outage.process.OutageProcess;
import hotline.regulation.DutyRule;
import hotline.regulation.Regulation;
import hotline.workorder.Moments;
import hotline.workorder.OrderNumbers;
import hotline.workorder.Text;
import hotline.workorder.WorkTasks;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Every command on outages; each is one transaction with the step of the process it completes. */
@Component
public class Outages {
  /** What stands in the number between the day and the running number: 停. */
  static final char SERIES = 'T';

  private final OpenOutages open;
  private final OutageRows rows;
  private final OutageFields fields;
  private final OutageAround around;
  private final OutageCallers callers;
  private final OutageTelling telling;
  private final PublicOutages publicOutages;
  private final Regulation regulation;
  private final Organisation organisation;
  private final Calendars calendars;
  private final OrderNumbers numbers;
  private final OutageProcess process;
  private final WorkTasks tasks;
  private final Clock clock;

  Outages(
      OpenOutages open,
      OutageRows rows,
      OutageFields fields,
      OutageAround around,
      OutageCallers callers,
      OutageTelling telling,
      PublicOutages publicOutages,
      Regulation regulation,
      Organisation organisation,
      Calendars calendars,
      OrderNumbers numbers,
      OutageProcess process,
      WorkTasks tasks,
      Clock clock) {
    this.open = open;
    this.rows = rows;
    this.fields = fields;
    this.around = around;
    this.callers = callers;
    this.telling = telling;
    this.publicOutages = publicOutages;
    this.regulation = regulation;
    this.organisation = organisation;
    this.calendars = calendars;
    this.numbers = numbers;
    this.process = process;
    this.tasks = tasks;
    this.clock = clock;
  }

  // ---- the report

  /** What a start form has begun. */
  public record Begun(String number, String company, String reporter) {}

  /** A person reports an outage; its range is determined next (YF-16a). */
  public Begun report(Actor by, String kind, ReportOutage form, String processInstanceId) {
    Company company = companyOf(by);
    Instant start = fields.start(kind, form.start());
    Outage outage = begin(company, by, start, fields.end(start, form.end()));
    outage.processInstanceId = processInstanceId;
    outage.kind = kind;
    outage.effect = OutageFields.effect(form.effect());
    outage.origin = OutageFields.origin(form.origin());
    outage.area = OutageFields.area(form.area());
    outage.reason = OutageFields.reason(form.reason());
    Optional<String> refusal = reporterIs(by, outage);
    if (refusal.isPresent()) {
      throw new Refused("origin", refusal.get());
    }
    outage.note(by, clock.instant(), "登记停供", null, outage.reporterArticle);
    open.add(outage);
    return new Begun(outage.number, company.id(), outage.reporter);
  }

  /** The only company of a person who starts something in Tasklist. */
  Company companyOf(Actor by) {
    Set<String> companies = by.companies();
    if (companies.size() != 1) {
      throw new Refused("company", "请用一家公司的账号报告；当前账号属于 " + companies.size() + " 家公司");
    }
    return organisation.company(companies.iterator().next());
  }

  public ZoneId zoneOf(Actor actor) {
    return companyOf(actor).zone();
  }

  /**
   * Takes a whole report from an outside system and starts its process; to be called within a
   * transaction.
   *
   * @return the outage's number
   * @throws AccessDeniedException when the caller is not of those who report such an outage
   */
  String start(
      Actor by, OutageReport report, @Nullable String idempotencyKey, @Nullable String digest) {
    Company company = organisation.company(Text.required("company", "公司", report.company(), 40));
    String kind = OutageFields.kind(report.kind());
    Instant start = fields.start(kind, report.start());
    Outage outage = begin(company, by, start, fields.end(start, report.end()));
    outage.idempotencyKey = idempotencyKey;
    outage.requestDigest = digest;
    outage.kind = kind;
    outage.effect = OutageFields.effect(report.effect());
    outage.origin = OutageFields.origin(report.origin());
    outage.area = OutageFields.area(report.area());
    outage.districts = fields.districts(company, "districts", report.districts());
    outage.places = fields.places(company, "places", report.places());
    outage.affectedPopulation = fields.population(outage, report.affectedPopulation());
    outage.valves = OutageFields.valves(report.valves());
    outage.mainRoad = Boolean.TRUE.equals(report.mainRoad());
    outage.keyCustomers =
        fields.withKeyCustomers(outage, OutageFields.keyCustomers(report.keyCustomers()));
    outage.reason = OutageFields.reason(report.reason());
    outage.measures = OutageFields.measures(report.measures());
    if (reporterIs(by, outage).isPresent()) {
      throw new AccessDeniedException(outage.origin);
    }
    open.add(outage);
    outage.processInstanceId =
        outage.isPlanned()
            ? process.plannedOutageReported(outage.number, outage.company, outage.reporter)
            : process.unplannedOutageReported(outage.number, outage.company, outage.reporter);
    return outage.number;
  }

  private Outage begin(Company company, Actor by, Instant start, Instant end) {
    Instant now = clock.instant();
    return new Outage(
        numbers.next(company, SERIES, now),
        company.id(),
        calendars.of(company.id()),
        start,
        end,
        now,
        by.id());
  }

  /** Finds the group that reports; answers why it is not this person's to report. */
  private Optional<String> reporterIs(Actor by, Outage outage) {
    List<DutyRule> rules = regulation.outageDuties(outage.company, outage.matter("REPORTER"));
    for (DutyRule rule : rules) {
      for (String group : rule.owners(outage.company)) {
        if (by.isInOrLeads(group) || by.isAdministrator()) {
          outage.reporter = group;
          outage.reporterArticle = rule.article();
          outage.reportDueAt =
              outage.calendar.deadline(outage.reportedAt, TimeLimit.parse(rule.within())).dueAt();
          outage.reportEscalateTo = rule.escalateTo();
          return Optional.empty();
        }
      }
    }
    List<String> allowed = new ArrayList<>();
    String basis = "";
    for (DutyRule rule : rules) {
      rule.owners(outage.company).forEach(group -> allowed.add(organisation.groupName(group)));
      basis = "（" + rule.basis() + "）";
    }
    return Optional.of("这类停供由" + String.join("、", allowed) + "报告" + basis + "，请核对来源（origin）");
  }

  /** The reporter has said what is affected; the report binds from now on. */
  public String determineRange(String number, Actor by, DetermineRange form) {
    Outage outage = open.hold(number);
    Company company = organisation.company(outage.company);
    if (outcome(form.outcome(), "REPORT", "WITHDRAW").equals("WITHDRAW")) {
      outage.withdrawn(by, clock.instant());
      return "WITHDRAWN";
    }
    outage.start = fields.start(outage.kind, form.start());
    outage.end = fields.end(outage.start, form.end());
    outage.effect = OutageFields.effect(form.effect());
    outage.area = OutageFields.area(form.area());
    outage.districts = fields.districts(company, "affectedDistricts", form.affectedDistricts());
    outage.places = fields.places(company, "affectedPlaces", form.affectedPlaces());
    outage.affectedPopulation = fields.population(outage, form.affectedPopulation());
    outage.keyCustomers =
        fields.withKeyCustomers(
            outage, OutageFields.keyCustomers(form.keyCustomers(), form.otherKeyCustomers()));
    outage.mainRoad = Boolean.TRUE.equals(form.mainRoad());
    outage.valves = OutageFields.valves(form.valves());
    outage.reason = Text.required("reason", "停供原因", form.reason(), 1000);
    outage.measures = OutageFields.measures(form.measures());
    List<String> warnings = foreseen(outage);
    if (!warnings.isEmpty() && !Boolean.TRUE.equals(form.confirmed())) {
      throw new Refused(
          "confirmed", String.join("；", warnings) + "。仍须这样报告的，请勾选“已核对提示”（confirmed）后再提交");
    }
    return "REPORTED";
  }

  /** The leads that could not be kept if it were reported now, and who may be missing. */
  private List<String> foreseen(Outage outage) {
    Instant now = clock.instant();
    List<String> warnings = new ArrayList<>();
    regulation.outageDuties(outage.company, outage.matter("REPORT")).stream()
        .map(rule -> new Duty(rule.action(), 0, false, rule, List.of()))
        .filter(duty -> duty.comesTooLate(now, outage.start))
        .forEach(duty -> warnings.add(duty.tooLate()));
    warnings.addAll(unnamed(outage));
    return warnings;
  }

  private List<String> unnamed(Outage outage) {
    List<String> missing = fields.unnamedKeyCustomers(outage);
    return missing.isEmpty()
        ? List.of()
        : List.of(
            "名录中该范围内的重要用户 "
                + String.join("、", missing.subList(0, Math.min(10, missing.size())))
                + (missing.size() > 10 ? " 等" + missing.size() + "家" : "")
                + " 没有列入，请核对是否受影响");
  }

  /** What the reporter is to know at once: leads that are lost, key customers not named. */
  List<String> warnings(Outage outage) {
    List<String> warnings = new ArrayList<>(outage.warnings(clock.instant()));
    if (outage.status.isCurrent() || outage.status == OutageStatus.APPROVAL) {
      warnings.addAll(unnamed(outage));
    }
    return warnings;
  }

  /** Turns the report into its duties. */
  public void planDuties(String number) {
    Outage outage = open.hold(number);
    Instant now = clock.instant();
    outage.planned(
        new Actor(outage.reportedBy, Set.of()),
        now,
        regulation.outageDuties(outage.company, outage.matter("REPORT")),
        around);
    outage.warnings(now).forEach(w -> outage.note(Actor.SYSTEM, now, "提前量不足", w, null));
    tell(outage, now);
  }

  // ---- duties

  private static String outcome(@Nullable String given, String... allowed) {
    String value = Text.oneOf("outcome", "处理结果", given, Set.of(allowed));
    if (value.isEmpty()) {
      throw new Refused("outcome", "请选择处理结果（outcome）：" + String.join("、", allowed));
    }
    return value;
  }

  /**
   * One duty: done, waived with a reason, or a part of its list of contacts recorded.
   *
   * @return CONTINUE while contacts of its list are still to be told
   */
  public String performDuty(String number, String key, Actor by, PerformDuty form) {
    Outage outage = open.hold(number);
    Instant now = clock.instant();
    Duty duty = outage.duty(key).orElseThrow();
    Instant at = past(outage, opened(outage, duty), "doneAt", "办理时间", form.doneAt());
    String outcome = outcome(form.outcome(), "DONE", "RECORD", "WAIVE");
    String person = Text.optional("reachedPerson", "接听人", form.reachedPerson(), 100);
    String note = Text.optional("note", "办理情况", form.note(), 1000);
    List<String> reached = distinct(form.reachedContacts());
    List<String> unreached = distinct(form.unreachedContacts());
    boolean all =
        outage.phoned(by, at, now, key, reached, unreached, Text.orNull(person), Text.orNull(note));
    if (outcome.equals("WAIVE")) {
      outage.waived(by, now, key, Text.required("reason", "免办理由", form.reason(), 1000));
      return done(outage, now);
    }
    if (duty.contacts.isEmpty()) {
      if (outcome.equals("RECORD")) {
        throw new Refused("outcome", "这项职责没有通知名单，不用分次记录，办完请选“已办完”（outcome=DONE）");
      }
      String how = (person.isEmpty() ? "" : "接听人 " + person + "；") + note;
      outage.done(by, at, now, key, Text.required("note", "办理情况（通知了谁、怎样通知）", how, 1200));
      return done(outage, now);
    }
    if (outcome.equals("RECORD") && !all) {
      if (reached.isEmpty() && unreached.isEmpty()) {
        throw new Refused(
            "reachedContacts", "请在名单中选择已通知到（reachedContacts）或未接通（unreachedContacts）的单位");
      }
      return "CONTINUE";
    }
    if (!all) {
      List<String> left =
          duty.contacts.stream().filter(Contact::isOpen).map(contact -> contact.name).toList();
      String why = Text.optional("reason", "理由", form.reason(), 1000);
      if (why.isEmpty()) {
        throw new Refused(
            "reason",
            "还有 "
                + left.size()
                + " 家未通知到："
                + String.join("、", left.subList(0, Math.min(10, left.size())))
                + "；请选“先记录，继续通知其余单位”，确实联系不上的请写明理由（reason）");
      }
      outage.givenUp(key);
      note = note + (note.isEmpty() ? "" : "；") + "未通知到 " + left.size() + " 家，理由：" + why;
    }
    outage.done(by, at, now, key, note);
    return done(outage, now);
  }

  /** Nothing is done before it could be. */
  private static Instant opened(Outage outage, Duty duty) {
    return duty.openedAt == null ? outage.reportedAt : duty.openedAt;
  }

  private String done(Outage outage, Instant now) {
    tell(outage, now);
    return "DONE";
  }

  private static List<String> distinct(@Nullable List<String> codes) {
    return codes == null ? List.of() : codes.stream().distinct().toList();
  }

  /** The one who decides has agreed, or the outage does not take place (YF-16b, YF-17b). */
  public void obtainApproval(String number, String key, Actor by, ObtainApproval form) {
    Outage outage = open.hold(number);
    Instant now = clock.instant();
    Instant at =
        past(
            outage,
            opened(outage, outage.duty(key).orElseThrow()),
            "doneAt",
            "批复时间",
            form.doneAt());
    if (outcome(form.outcome(), "APPROVED", "REFUSED").equals("APPROVED")) {
      outage.approved(
          by, at, now, key, Text.required("reference", "批准文号或批复情况", form.reference(), 200));
    } else {
      outage.refused(by, at, now, key, Text.required("reason", "未获批准的原因", form.reason(), 1000));
    }
    tell(outage, now);
  }

  // ---- the works

  public void begin(String number) {
    Outage outage = open.hold(number);
    outage.began(clock.instant());
    publicOutages.changedOnceCommitted();
  }

  /** Other times, no outage at all, or supply is back; whoever was told is told again. */
  public String followOutage(String number, Actor by, FollowOutage form) {
    Outage outage = open.hold(number);
    Instant now = clock.instant();
    String outcome = outcome(form.outcome(), "CHANGE", "CANCEL", "RESTORED");
    switch (outcome) {
      case "CHANGE" -> change(outage, by, now, form);
      case "CANCEL" ->
          outage.cancelled(by, now, Text.required("reason", "取消的原因", form.reason(), 1000));
      default -> {
        outage.restored(
            by,
            now,
            past(outage, outage.start, "restoredAt", "恢复时间", form.restoredAt()),
            Text.orNull(Text.optional("note", "恢复情况", form.note(), 1000)),
            regulation.outageDuties(outage.company, outage.matter("RESTORE")),
            around);
        callers.tellRestored(outage);
      }
    }
    tell(outage, now);
    return outcome;
  }

  private void change(Outage outage, Actor by, Instant now, FollowOutage form) {
    List<String> what = new ArrayList<>();
    String before = outage.period();
    if (form.start() != null) {
      Instant start = Objects.requireNonNull(Moments.given("start", "开始时间", form.start()));
      if (!start.equals(outage.start) && outage.status == OutageStatus.RUNNING) {
        throw new Refused("start", "停供已经开始，不能改开始时间（start）");
      }
      outage.start = start.equals(outage.start) ? start : fields.start(outage.kind, form.start());
    }
    outage.end =
        fields.end(
            outage.start, form.end() == null ? outage.end.atOffset(ZoneOffset.UTC) : form.end());
    if (!before.equals(outage.period())) {
      what.add("时间由 " + before + " 改为 " + outage.period());
    }
    String area = Text.optional("area", "停供范围", form.area(), 2000);
    boolean range = !area.isEmpty() && !area.equals(outage.area);
    if (range) {
      outage.area = area;
    }
    range |= changeRange(outage, form);
    if (range) {
      what.add("范围已改");
    }
    Integer people = form.affectedPopulation();
    if (people != null && !people.equals(outage.affectedPopulation)) {
      what.add("影响人数由 " + outage.affectedPopulation + " 改为 " + people);
      outage.affectedPopulation = fields.population(outage, people);
    }
    if (what.isEmpty()) {
      throw new Refused("end", "没有改动：请填写新的时间（start、end）、范围（area）或影响人数（affectedPopulation）");
    }
    outage.changed(
        by,
        now,
        String.join("，", what),
        Text.required("reason", "变更的原因", form.reason(), 1000),
        matter -> regulation.outageDuties(outage.company, matter),
        around);
    outage.warnings(now).forEach(w -> outage.note(Actor.SYSTEM, now, "提前量不足", w, null));
  }

  /** Which districts, places and key customers; what is not given stays. */
  private boolean changeRange(Outage outage, FollowOutage form) {
    Company company = organisation.company(outage.company);
    List<String> before = new ArrayList<>(outage.districts);
    before.addAll(outage.places);
    before.addAll(outage.keyCustomers);
    if (form.affectedDistricts() != null) {
      outage.districts = fields.districts(company, "affectedDistricts", form.affectedDistricts());
    }
    if (form.affectedPlaces() != null) {
      outage.places = fields.places(company, "affectedPlaces", form.affectedPlaces());
    }
    if (form.keyCustomers() != null) {
      outage.keyCustomers = OutageFields.keyCustomers(form.keyCustomers());
    }
    outage.keyCustomers = fields.withKeyCustomers(outage, outage.keyCustomers);
    List<String> after = new ArrayList<>(outage.districts);
    after.addAll(outage.places);
    after.addAll(outage.keyCustomers);
    return !before.equals(after);
  }

  /** Those to whom a duty has opened learn of it, and the public page shows what is new. */
  private void tell(Outage outage, Instant now) {
    outage.opened.forEach(duty -> telling.opened(outage, duty, now));
    publicOutages.changedOnceCommitted();
  }

  /** When something was done: not before it could be, not later than now. */
  private Instant past(
      Outage outage, Instant first, String field, String label, @Nullable OffsetDateTime given) {
    Instant now = clock.instant();
    Instant at = Moments.given(field, label, given);
    if (at == null) {
      return now;
    }
    if (at.isAfter(now.plus(Moments.CLOCKS_MAY_DIFFER))) {
      throw new Refused(field, label + "（" + field + "）不能晚于现在");
    }
    if (at.isBefore(first.truncatedTo(ChronoUnit.MINUTES))) {
      throw new Refused(
          field, label + "（" + field + "）不能早于 " + Moments.text(first, outage.calendar.zone()));
    }
    // forms know minutes
    return at.isAfter(now) ? now : at.isBefore(first) ? first : at;
  }

  // ---- supervision

  /** Warns of what is due soon, tells of what is overdue and of an end that has passed (时限监督). */
  public void supervise(String number) {
    Outage outage = open.hold(number);
    Instant now = clock.instant();
    outage.alertsDue(now).forEach(alert -> telling.alert(outage, alert, now));
    if (outage.hasOverrun(now)) {
      telling.overrun(outage, now);
    }
    if (outage.isReportedLate(now)) {
      telling.reportedLate(outage, now);
    }
  }

  // ---- when the process has lost an outage

  /** Whether this number is an outage's. */
  public static boolean owns(String number) {
    return number.indexOf("-" + SERIES) > 0;
  }

  /** Held against any other change until the transaction ends. */
  public void hold(String number) {
    open.hold(number);
  }

  /** Adds a line to the record. */
  public void note(String number, Actor by, String verb, String note) {
    open.hold(number).note(by, clock.instant(), verb, note, null);
  }

  /** The process has lost the outage: a new one goes on where the record stands (ALL-2). */
  public void resume(String number, Actor by, @Nullable String note) {
    Outage outage = open.hold(number);
    outage.resumed(by, clock.instant(), note);
    end(number);
    outage.processInstanceId =
        process.resumed(
            number,
            outage.company,
            outage.reporter,
            outage.isPlanned(),
            outage.status == OutageStatus.DRAFT,
            outage.finishedAt != null);
  }

  /** Nothing is left to do: closed, with the reason. */
  public void closeByHand(String number, Actor by, String reason) {
    open.hold(number).closedByHand(by, clock.instant(), reason);
    end(number);
    publicOutages.changedOnceCommitted();
  }

  private void end(String number) {
    process.ended(number);
    tasks.closeAll(number, clock.instant());
  }

  // ---- what models and lists ask

  public @Nullable Instant dutyDueAt(String number, String duty) {
    return open.look(number).duty(duty).map(found -> found.dueAt).orElse(null);
  }

  public Instant startAt(String number) {
    return open.look(number).start;
  }

  /** By when what was begun is to be reported. */
  public Instant reportDueAt(String number) {
    Outage outage = open.look(number);
    return outage.reportDueAt == null ? outage.start : outage.reportDueAt;
  }

  public Instant endAt(String number) {
    return open.look(number).end;
  }

  /** The next warning or breach, which the asking timer takes as its date. */
  public @Nullable Instant nextAlertAt(String number) {
    Outage outage = open.look(number);
    outage.storedNextAlertAt = outage.nextAlertAt();
    return outage.storedNextAlertAt;
  }

  void holdBack(String number, Actor by, @Nullable String reason) {
    open.hold(number).heldBack(by, clock.instant(), reason);
  }

  void liftHold(String number, Actor by) {
    open.hold(number).holdLifted(by, clock.instant());
  }

  /** Refused with 404 when the outage is none of the person's companies'. */
  Outage visible(String number, Actor actor) {
    if (rows.companyOf(number).filter(actor::mayActFor).isEmpty()) {
      throw new NotFound("没有这个停供，或它不属于您的公司");
    }
    return rows.read(number);
  }
}
