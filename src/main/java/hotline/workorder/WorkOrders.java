package hotline.workorder;

import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.regulation.CallbackRule;
import hotline.regulation.ExtensionRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.Regulation;
import hotline.regulation.RoutingRule;
import hotline.workorder.Commands.Accept;
import hotline.workorder.Commands.CheckDispatch;
import hotline.workorder.Commands.ContactCustomer;
import hotline.workorder.Commands.InquireDelay;
import hotline.workorder.Commands.InstructEmergency;
import hotline.workorder.Commands.NotifyByPhone;
import hotline.workorder.Commands.RecordCompletion;
import hotline.workorder.Commands.RecordGisDispatch;
import hotline.workorder.Commands.ReplyToPlatform;
import hotline.workorder.Commands.ReportArrival;
import hotline.workorder.Commands.ReportContainment;
import hotline.workorder.Commands.ReportWork;
import hotline.workorder.Commands.ReviewReply;
import hotline.workorder.process.WorkOrderProcess;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Every command on work orders; each is one transaction with the step of the process it completes.
 */
@Component
public class WorkOrders {
  private static final Set<String> CAUSES = Set.of("OUTSIDE", "OWN");
  private static final BigDecimal MOST_EXPENSIVE = new BigDecimal("99999999.99");

  private final OpenOrders open;
  private final WorkOrderRows rows;
  private final Intake intake;
  private final Classification classification;
  private final Regulation regulation;
  private final Organisation organisation;
  private final WorkOrderProcess process;
  private final Telling telling;
  private final WorkTasks tasks;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  WorkOrders(
      OpenOrders open,
      WorkOrderRows rows,
      Intake intake,
      Classification classification,
      Regulation regulation,
      Organisation organisation,
      WorkOrderProcess process,
      Telling telling,
      WorkTasks tasks,
      ApplicationEventPublisher events,
      Clock clock) {
    this.open = open;
    this.rows = rows;
    this.intake = intake;
    this.classification = classification;
    this.regulation = regulation;
    this.organisation = organisation;
    this.process = process;
    this.telling = telling;
    this.tasks = tasks;
    this.events = events;
    this.clock = clock;
  }

  /** Reads or changes an order within the running transaction; it is written before the commit. */
  public void change(String number, Consumer<WorkOrder> change) {
    change.accept(open.hold(number));
  }

  /** The order in hand or as stored, not to be changed. */
  public WorkOrder look(String number) {
    return open.look(number);
  }

  public void record(CallbackAttempt attempt) {
    rows.addCallbackAttempt(attempt);
  }

  public List<CallbackAttempt> callbackAttempts(String number) {
    return rows.callbackAttempts(number);
  }

  /** Refused with 404 when the order is none of the person's companies'. */
  public void mustBeVisible(String number, Actor actor) {
    if (rows.companyOf(number).filter(actor::mayActFor).isEmpty()) {
      throw new NotFound("没有这个工单，或它不属于您的公司");
    }
  }

  /** Whether the order complains of the person's department, or of one it belongs to (RQ-13). */
  public boolean isComplainedOf(WorkOrder order, Actor actor) {
    String complainedOf = order.facts.departmentComplainedOf;
    return complainedOf != null
        && isOfUnit(actor, organisation.company(order.company), complainedOf);
  }

  static boolean isOfUnit(Actor actor, Company company, String code) {
    return !actor.isAdministrator()
        && company.withUnits(code).stream()
            .anyMatch(unit -> actor.isInOrLeads(company.id() + "." + unit));
  }

  // ---- what the process asks for, and what people tell it

  static String outcome(@Nullable String given, String... allowed) {
    String value = Text.oneOf("outcome", "处理结果", given, Set.of(allowed));
    if (value.isEmpty()) {
      throw new Refused("outcome", "请选择处理结果（outcome）：" + String.join("、", allowed));
    }
    return value;
  }

  /** A step that a process designer has drawn: what was typed is a line of the record. */
  public void recordStep(String number, Actor by, String step, Map<String, Object> typed) {
    StringBuilder note = new StringBuilder();
    typed.forEach(
        (field, value) -> {
          if (value != null && !String.valueOf(value).isBlank()) {
            note.append(note.isEmpty() ? "" : "；")
                .append(field)
                .append("：")
                .append(Text.optional(field, field, String.valueOf(value), 1000));
          }
        });
    open.hold(number)
        .note(
            by,
            clock.instant(),
            Text.optional("step", "步骤", step, 40),
            Text.optional("note", "各项内容合计", note.toString(), 4000),
            null);
  }

  public String checkDispatch(String number, Actor by, CheckDispatch form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    if (outcome(form.outcome(), "DISPATCH", "ANSWER").equals("ANSWER")) {
      order.answered(
          by,
          now,
          Text.required("answer", "答复内容", form.answer(), 4000),
          classification.routing(order).map(RoutingRule::article).orElse(null));
      return "ANSWERED";
    }
    String department = classification.check(order, by, form);
    order.checked(by, now, department, Text.optional("note", "备注", form.note(), 1000));
    return "DISPATCH";
  }

  /** The department, who accepts for it, and whether the GIS is to be told as well. */
  public record Dispatch(String department, List<String> acceptBy, boolean gisDispatchNeeded) {}

  /**
   * Sends the order to its department and queues the notice to whoever is on duty there (YF-8c);
   * where the table names a second department, that one gets an order of its own (YC-A1).
   */
  public Dispatch dispatch(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    boolean first = order.dispatchedRound == 0;
    order.dispatched(
        now,
        classification.limits(order),
        classification.departmentName(order, Text.orEmpty(order.department)));
    telling.dispatch(order, now);
    if (first && order.emergency) {
      telling.emergencyInDepartment(order, now);
    }
    if (first && order.assignedDepartment == null) {
      classification
          .routing(order)
          .filter(rule -> !rule.alsoDepartment().isEmpty())
          .filter(rule -> rule.department().equals(order.department))
          .ifPresent(
              rule ->
                  intake.alsoFor(
                      order,
                      rule.alsoDepartment(),
                      classification.departmentName(order, rule.alsoDepartment()),
                      rule.article()));
    }
    return new Dispatch(
        Text.orEmpty(order.department),
        workers(order, order.acceptedBy()),
        first && order.needsGisDispatch());
  }

  /**
   * The groups behind the table's words; for a unit without a connection to the system the centre
   * enters what its named person says (RL-3.5).
   */
  private List<String> workers(WorkOrder order, String words) {
    List<String> groups = new ArrayList<>(Groups.of(order, words));
    boolean apart =
        order.department != null
            && words.startsWith("DEPARTMENT")
            && !organisation.company(order.company).department(order.department).connected();
    if (apart) {
      groups.add(order.company + ".dispatcher");
    }
    return groups;
  }

  public void instructEmergency(String number, Actor by, InstructEmergency form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    order.instructed(
        by,
        now,
        Text.required("instruction", "处置意见", form.instruction(), 2000),
        order.articleOf(Milestone.INSTRUCT));
    telling.instruction(order, now);
  }

  public void recordGisDispatch(String number, Actor by, RecordGisDispatch form) {
    open.hold(number)
        .dispatchedInGis(
            by,
            clock.instant(),
            Text.required("gisReference", "GIS派单编号", form.gisReference(), 100));
  }

  public void notifyByPhone(String number, Actor by, NotifyByPhone form) {
    WorkOrder order = open.hold(number);
    Instant at = past(order, "at", "通知时间", form.at());
    String person = Text.required("reachedPerson", "接听人", form.reachedPerson(), 100);
    String note = Text.optional("note", "备注", form.note(), 1000);
    telling.doneByPerson(order, lastDispatch(number), by, at, person);
    order.told(by, at, "电话告知 " + person + (note.isEmpty() ? "" : "：" + note));
  }

  private Instant lastDispatch(String number) {
    return rows.events(number).stream()
        .filter(event -> event.verb().equals(WorkOrder.DISPATCHED))
        .map(Event::at)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  public String accept(String number, Actor by, Accept form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    if (outcome(form.outcome(), "ACCEPT", "RETURN").equals("RETURN")) {
      order.returned(by, now, Text.required("reason", "退回原因", form.reason(), 1000));
      telling.cancel(order);
      return "RETURNED";
    }
    String worker = Text.optional("worker", "承办人", form.worker(), 100);
    boolean byHead = order.acceptedBy().equals("DEPARTMENT_LEADER");
    if (worker.isEmpty() && byHead) {
      // whoever accepts for the unit and names nobody has the work
      worker = organisation.personName(by.id());
    }
    order.accepted(by, now, Text.orNull(worker));
    telling.cancel(order);
    return "ACCEPTED";
  }

  /** The next step of handling, who takes it, and who does the work, which is the last step. */
  public record HandlingStep(String outcome, List<String> handler, List<String> workers) {}

  public HandlingStep nextHandlingStep(String number) {
    WorkOrder order = open.look(number);
    List<String> workers = workers(order, "DEPARTMENT");
    return order
        .nextHandlingStep()
        .map(
            clock ->
                new HandlingStep(
                    clock.milestone.name(),
                    clock.rule.who().isEmpty() ? workers : workers(order, clock.rule.who()),
                    workers))
        .orElseGet(() -> new HandlingStep("WORK", workers, workers));
  }

  public void contactCustomer(String number, Actor by, ContactCustomer form) {
    WorkOrder order = open.hold(number);
    Instant agreed = Moments.given("agreedTime", "约定时间", form.agreedTime());
    order.contacted(
        by,
        past(order, "contactedAt", "联系时间", form.contactedAt()),
        agreed,
        (agreed == null ? "" : "约定时间 " + Moments.text(agreed, order.calendar.zone()) + " ")
            + Text.optional("note", "联系情况", form.note(), 1000));
  }

  /** On site: scene, safety measures, whether supply is affected, expected time (RL-8.3). */
  public void reportArrival(String number, Actor by, ReportArrival form) {
    WorkOrder order = open.hold(number);
    String measures = Text.optional("safetyMeasures", "安全措施", form.safetyMeasures(), 1000);
    boolean affected = Boolean.TRUE.equals(form.affectsSupply());
    Instant expected = Moments.given("expectedAt", "预计完成时间", form.expectedAt());
    if (affected && expected == null) {
      throw new Refused("expectedAt", "影响供应的须填写预计完成时间（expectedAt），以便公告预计恢复时间");
    }
    order.arrived(
        by,
        past(order, "at", "到场时间", form.at()),
        situation(order, form.situation(), form.expectedAt())
            + (measures.isEmpty() ? "" : " 安全措施：" + measures)
            + (affected ? " 影响供应" : ""));
    if (affected && expected != null) {
      telling.supplyAffected(order, clock.instant());
      events.publishEvent(new SupplyAffected(order, by, clock.instant(), expected));
    }
  }

  public void reportContainment(String number, Actor by, ReportContainment form) {
    WorkOrder order = open.hold(number);
    order.contained(
        by,
        past(order, "at", "止水时间", form.at()),
        situation(order, form.situation(), form.expectedAt()));
  }

  private static String situation(
      WorkOrder order, @Nullable String situation, @Nullable OffsetDateTime given) {
    String expected = expected(order, " ", given);
    return Text.optional("situation", "现场情况", situation, 2000) + expected;
  }

  private static String expected(WorkOrder order, String joint, @Nullable OffsetDateTime given) {
    Instant at = Moments.given("expectedAt", "预计完成时间", given);
    return at == null ? "" : joint + "预计 " + Moments.text(at, order.calendar.zone()) + " 完成";
  }

  /**
   * Done, not to be done, or not in time: then more time is asked for, and the work goes on, as it
   * does after a mere report of progress or of the plan.
   */
  public String reportWork(String number, Actor by, ReportWork form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    String outcome =
        outcome(form.outcome(), "DONE", "EXTENSION", "REFUSED", "VOID", "PROGRESS", "PLAN");
    switch (outcome) {
      case "EXTENSION" -> {
        return askForExtension(order, by, form, now);
      }
      case "PROGRESS" -> {
        order.progressed(by, now, Text.required("result", "办理进度", form.result(), 4000));
        telling.progress(order, now);
        return "CONTINUE";
      }
      case "PLAN" -> {
        order.planFixed(by, now, Text.required("result", "抢修方案", form.result(), 4000));
        telling.progress(order, now);
        return "CONTINUE";
      }
      default -> {}
    }
    WorkOrder.Report report = WorkOrder.Report.valueOf(outcome);
    String label = report == WorkOrder.Report.REFUSED ? "不予受理的理由" : "处理结果";
    String writtenBy = Text.optional("writtenBy", "书面回复人", form.writtenBy(), 100);
    order.done(
        by,
        now,
        report,
        form.arrivedAt() == null ? null : past(order, "arrivedAt", "按约到达时间", form.arrivedAt()),
        Text.required("result", label, form.result(), 4000)
            + (writtenBy.isEmpty() ? "" : "（书面回复人：" + writtenBy + "）"),
        Text.orNull(Text.optional("measures", "维修措施", form.measures(), 2000)),
        Text.orNull(Text.optional("parts", "更换部件", form.parts(), 1000)),
        form.cost() == null ? null : amount("cost", "费用", form.cost()));
    if (report == WorkOrder.Report.VOID) {
      telling.voidEmergency(order, now);
    }
    events.publishEvent(new WorkReported(number, by, now));
    return report == WorkOrder.Report.VOID ? "DONE" : outcome;
  }

  private String askForExtension(WorkOrder order, Actor by, ReportWork form, Instant now) {
    Instant until = Moments.given("extensionUntil", "延期至", form.extensionUntil());
    if (until == null) {
      throw new Refused("extensionUntil", "请填写延期至（extensionUntil）的时间");
    }
    String reason = Text.required("extensionReason", "延期原因", form.extensionReason(), 1000);
    String cause = Text.oneOf("extensionCause", "延期责任", form.extensionCause(), CAUSES);
    boolean late = order.extensionRequested(by, now, until, reason);
    ExtensionRequested asked =
        new ExtensionRequested(
            order, by, now, until, reason, cause.isEmpty() ? "OUTSIDE" : cause, late);
    events.publishEvent(asked);
    return asked.isTakenUp() ? "EXTENSION" : "CONTINUE";
  }

  private static String amount(String field, String label, BigDecimal given) {
    BigDecimal plain = given.stripTrailingZeros();
    if (plain.signum() < 0 || plain.compareTo(MOST_EXPENSIVE) > 0 || plain.scale() > 2) {
      throw new Refused(field, label + "（" + field + "）应为 0 到 99999999.99 的金额，单位元，最多两位小数");
    }
    return plain.setScale(Math.max(plain.scale(), 0)).toPlainString();
  }

  /** Who reviews the reply next; empty when nobody need do so any more. */
  public Optional<String> nextReviewer(String number) {
    WorkOrder order = open.look(number);
    return order.nextReview().map(clock -> owing(order, clock).get(0));
  }

  /** Who keeps the promise: whom the table names, else those who dispatch. */
  private static List<String> owing(WorkOrder order, LimitClock clock) {
    return Groups.of(order, clock.rule.who().isEmpty() ? "dispatcher" : clock.rule.who());
  }

  public String reviewReply(String number, Actor by, ReviewReply form) {
    WorkOrder order = open.hold(number);
    boolean passed = outcome(form.outcome(), "PASS", "REWORK").equals("PASS");
    String reason =
        passed
            ? Text.optional("reason", "审核意见", form.reason(), 1000)
            : Text.required("reason", "退回重办的原因", form.reason(), 1000);
    Instant now = clock.instant();
    order.reviewed(by, now, passed, reason);
    if (passed && order.nextReview().isEmpty()) {
      events.publishEvent(new ReplyPassed(order, by, now, reason));
    }
    return passed ? "PASS" : "REWORK";
  }

  /** When something was done: not before the call, not later than now. */
  private Instant past(
      WorkOrder order, String field, String label, @Nullable OffsetDateTime given) {
    Instant now = clock.instant();
    if (given == null) {
      return now;
    }
    Instant at = given.toInstant();
    if (at.isAfter(now.plus(Moments.CLOCKS_MAY_DIFFER))) {
      throw new Refused(field, label + "（" + field + "）不能晚于现在");
    }
    if (at.isBefore(order.receivedAt.truncatedTo(ChronoUnit.MINUTES))) {
      throw new Refused(
          field,
          label
              + "（"
              + field
              + "）不能早于来电时间 "
              + Moments.text(order.receivedAt, order.calendar.zone()));
    }
    // forms know minutes: a step in the minute of the call is not before it
    return at.isAfter(now) ? now : at.isBefore(order.receivedAt) ? order.receivedAt : at;
  }

  // ---- the end

  /** Whether the answer must stand on the outside platform before the order is closed (YC-15). */
  public List<String> platformReplyBy(String number) {
    WorkOrder order = open.hold(number);
    if (!order.isFromPlatform() || order.platformRepliedAt != null) {
      return List.of();
    }
    Optional<CallbackRule> rule = callbackRule(order);
    String by = rule.map(CallbackRule::platformReplyBy).orElse("");
    if (!by.isEmpty() && order.externalDueAt != null) {
      order.owesPlatformReply(clock.instant(), rule.orElseThrow());
    }
    return Groups.of(order, by);
  }

  public void replyToPlatform(String number, Actor by, ReplyToPlatform form) {
    WorkOrder order = open.hold(number);
    order.repliedToPlatform(
        by,
        past(order, "at", "平台回复时间", form.at()),
        Text.required("reply", "回复内容", form.reply(), 4000),
        callbackRule(order).map(CallbackRule::article).orElse(null));
  }

  /** The row of the company's callback table for the order as it is now. */
  public Optional<CallbackRule> callbackRule(WorkOrder order) {
    return regulation.callback(
        order.company, order.category(), order.level(), order.isRework(), order.wantsCallback());
  }

  /** Closed; answers who must still write back what the work took (WX-1.4d). */
  public List<String> close(String number) {
    WorkOrder order = open.hold(number);
    order.closed(clock.instant());
    return order.openClock(Milestone.RECORD).map(clock -> owing(order, clock)).orElse(List.of());
  }

  public void recordCompletion(String number, Actor by, RecordCompletion form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    order.completionRecorded(
        by,
        now,
        Text.orNull(Text.optional("measures", "维修措施", form.measures(), 2000)),
        Text.orNull(Text.optional("parts", "更换部件", form.parts(), 1000)),
        form.cost() == null ? null : amount("cost", "费用", form.cost()),
        Text.optional("note", "备注", form.note(), 1000));
    events.publishEvent(new CompletionRecorded(number, now));
  }

  // ---- supervision

  /** Warns of what is due soon and tells of what is overdue, each once (时限监督). */
  public void supervise(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    for (WorkOrder.LimitAlert alert : order.alertsDue(now)) {
      telling.alert(order, alert, now);
      if (alert.clock().milestone == Milestone.NOTIFY && telling.mustPhone(order)) {
        process.phoneCallNeeded(number);
      }
      String inquireBy = alert.clock().rule.inquireBy();
      if (alert.breach() && !inquireBy.isEmpty() && !telling.isBeingAsked(order)) {
        process.delayInquiryNeeded(number, String.join(",", Groups.of(order, inquireBy)));
      }
    }
  }

  /** Why it is late: from outside, or whose fault; then the one to be told is told (WX-1.4c). */
  public void inquireDelay(String number, Actor by, InquireDelay form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    String cause = Text.oneOf("cause", "超期原因", form.cause(), CAUSES);
    if (cause.isEmpty()) {
      throw new Refused("cause", "请选择超期原因（cause）：OUTSIDE 客观原因、OWN 本单位原因");
    }
    String side =
        cause.equals("OWN")
            ? Text.required("responsibleSide", "责任方", form.responsibleSide(), 200)
            : Text.optional("responsibleSide", "责任方", form.responsibleSide(), 200);
    String expected = expected(order, "；", form.expectedAt());
    Optional<ExtensionRule> rule =
        regulation.extension(order.company, order.category(), order.level(), cause);
    order.delayInquired(
        by,
        now,
        cause,
        Text.orNull(side),
        Text.required("reason", "原因说明", form.reason(), 1000) + expected,
        rule.map(ExtensionRule::article).orElse(null));
    telling.delay(order, cause, rule.map(ExtensionRule::tellAlso).orElse(""), now);
  }

  public void remindDepartment(String number) {
    telling.urge(open.hold(number), clock.instant());
  }

  public void standDown(String number) {
    telling.standDown(open.hold(number), clock.instant());
  }

  // ---- the customer speaks again

  /** What is reported of the customer: URGE 催办, SUPPLEMENT 补充 or WITHDRAW 撤单. */
  void customerSays(String number, Actor by, String type, @Nullable String note) {
    switch (type) {
      case "URGE" -> urge(number, by, note);
      case "SUPPLEMENT" -> supplement(number, by, note);
      case "WITHDRAW" -> withdraw(number, by, note);
      default -> throw new Refused("type", "类型（type）只能是 URGE 催办、SUPPLEMENT 补充、WITHDRAW 撤单");
    }
  }

  private void urge(String number, Actor by, @Nullable String note) {
    open.hold(number).urgedBy(by, clock.instant(), Text.optional("note", "催办内容", note, 1000));
    process.urged(number);
  }

  private void supplement(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    order.supplemented(by, clock.instant(), Text.required("note", "补充内容", note, 2000));
    telling.supplement(order, clock.instant());
  }

  private void withdraw(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    order.withdrawn(by, now, Text.optional("note", "撤单原因", note, 1000));
    process.withdrawn(number);
    events.publishEvent(new WorkOrderWithdrawn(number, now));
  }

  /** The customer is not satisfied: those who follow up learn so at once (YF-A9). */
  public void dissatisfied(WorkOrder order, String followUpBy) {
    telling.dissatisfied(order, followUpBy, clock.instant());
  }

  /** The code of that department of the order's company; refused when it may not have the order. */
  public String department(WorkOrder order, String given) {
    return classification.chosen(order, given);
  }

  /** The digits by which the sender of an SMS is known; refused when it is no number. */
  public String senderDigits(String field, @Nullable String given) {
    return Phone.sender(field, given).digits();
  }

  /** The newest order of this phone whose customer is being called back. */
  public Optional<String> inCallback(String phoneDigits, Collection<String> companies) {
    return rows.newestInCallback(phoneDigits, companies);
  }

  // ---- when the process has lost an order

  /** Where it would go on. */
  public Resumption resumption(String number) {
    return open.look(number).resumption();
  }

  /** The process has lost the order: a new one goes on where the record stands (ALL-2). */
  public void resume(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    takeUp(order, order.resumed(by, clock.instant(), note));
  }

  /** The same, but whoever checks says anew which department acts. */
  public void checkAnew(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    Resumption from = order.checkedAnew(by, clock.instant(), note);
    telling.cancel(order);
    takeUp(order, from);
  }

  /** Nothing is left to do: closed, with the reason. */
  public void closeByHand(String number, Actor by, String reason) {
    WorkOrder order = open.hold(number);
    order.closedByHand(by, clock.instant(), reason);
    telling.cancel(order);
    end(number);
  }

  private void takeUp(WorkOrder order, Resumption from) {
    end(order.number);
    boolean gis = order.dispatchedRound > 0 && order.needsGisDispatch();
    order.processInstanceId =
        process.resumed(
            order.number,
            order.company,
            Text.orEmpty(order.department),
            String.join(",", classification.checkers(order)),
            String.join(",", workers(order, order.acceptedBy())),
            from,
            gis && from != Resumption.CHECK);
  }

  /** What is left of the old process goes, and with it what was asked of people and customers. */
  private void end(String number) {
    process.ended(number);
    tasks.closeAll(number, clock.instant());
    events.publishEvent(new WorkOrderTakenUp(number, clock.instant()));
  }

  // ---- the record is kept

  void holdBack(String number, Actor by, @Nullable String reason) {
    open.hold(number).heldBack(by, clock.instant(), reason);
  }

  void liftHold(String number, Actor by) {
    open.hold(number).holdLifted(by, clock.instant());
  }

  // ---- what models and lists ask

  public @Nullable Instant dueAt(String number, Milestone milestone) {
    return open.look(number).dueAt(milestone).orElse(null);
  }

  /** The next warning or breach, which the asking timer takes as its date. */
  public @Nullable Instant nextAlertAt(String number) {
    WorkOrder order = open.look(number);
    order.storedNextAlertAt = order.nextAlertAt();
    return order.storedNextAlertAt;
  }

  public ZoneId zoneOf(Actor actor) {
    return intake.onlyCompany(actor).zone();
  }

  public TaskSubject.Showing showing(String number, String task) {
    WorkOrder order = open.look(number);
    Milestone milestone = WorkTasks.serves(task);
    return new TaskSubject.Showing(
        order.company,
        label(order),
        null,
        milestone == null ? null : order.articleOf(milestone),
        order.emergency ? 90 : order.isRework() || order.urged > 0 ? 70 : 50);
  }

  String label(WorkOrder order) {
    if (order.category == null) {
      return "来电";
    }
    return regulation
        .intake(order.company, order.category, Text.orEmpty(order.subcategory))
        .map(
            rule ->
                rule.label()
                    + (rule.subcategoryLabel().isEmpty() ? "" : "/" + rule.subcategoryLabel()))
        .orElse(order.category);
  }

  String categoryLabel(String company, @Nullable String category) {
    return category == null
        ? "来电"
        : regulation.intake(company, category, "").map(IntakeRule::label).orElse(category);
  }

  /** A notice reached the department: its time is on the record, once for each round (YF-8c). */
  void told(String number, int round, String channel, Instant at) {
    WorkOrder order = open.hold(number);
    if (order.round == round && order.openClock(Milestone.NOTIFY).isPresent()) {
      order.told(Actor.SYSTEM, at, channel);
      telling.informed(order);
    }
  }

  /**
   * Whether the department of this round still knows nothing of the order. It is held, so that
   * nobody accepts it, and nobody else asks for the call, before the call is asked for.
   */
  boolean stillToBeTold(String number, int round) {
    WorkOrder order = open.hold(number);
    return order.round == round && telling.mustPhone(order);
  }
}
