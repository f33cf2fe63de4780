package hotline.workorder;

import hotline.Actor;
import hotline.Refused;
import hotline.organisation.Calendars;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.regulation.GradingRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.Regulation;
import hotline.regulation.Words;
import hotline.workorder.Commands.CompleteIntake;
import hotline.workorder.Commands.ReceiveCall;
import hotline.workorder.process.WorkOrderProcess;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * A call becomes an order: typed by an agent, posted by an outside system, or split off another one
 * (YF-8a, RQ-15.1).
 */
@Component
public class Intake {
  private static final int MOST_DEMANDS = 9;
  private static final int MOST_TEXT = 4000;

  private final OpenOrders open;
  private final WorkOrderRows rows;
  private final OrderNumbers numbers;
  private final IntakeFields fields;
  private final Classification classification;
  private final Regulation regulation;
  private final Organisation organisation;
  private final Calendars calendars;
  private final WorkOrderProcess process;
  private final Telling telling;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Intake(
      OpenOrders open,
      WorkOrderRows rows,
      OrderNumbers numbers,
      IntakeFields fields,
      Classification classification,
      Regulation regulation,
      Organisation organisation,
      Calendars calendars,
      WorkOrderProcess process,
      Telling telling,
      ApplicationEventPublisher events,
      Clock clock) {
    this.open = open;
    this.rows = rows;
    this.numbers = numbers;
    this.fields = fields;
    this.classification = classification;
    this.regulation = regulation;
    this.organisation = organisation;
    this.calendars = calendars;
    this.process = process;
    this.telling = telling;
    this.events = events;
    this.clock = clock;
  }

  /** What an agent types while the caller speaks is a numbered order at once (YF-8a). */
  public WorkOrder receiveCall(Actor by, ReceiveCall call, String processInstanceId) {
    Company company = onlyCompany(by);
    WorkOrder order = begin(company, by, clock.instant());
    order.processInstanceId = processInstanceId;
    order.channel = IntakeFields.channel(call.channel());
    IntakeFields.setCaller(
        order, "callerPhone", call.callerPhone(), "callerName", call.callerName());
    fields.setPlace(order, "", call.address(), call.district());
    order.description = Text.required("description", "反映内容", call.description(), 4000);
    order.note(by, order.recordedAt, "登记来电", null, null);
    order.promise(
        classification.limits(order).stream()
            .filter(rule -> rule.milestone().equals(Milestone.DISPATCH.name()))
            .toList());
    received(order);
    return order;
  }

  private void received(WorkOrder order) {
    open.add(order);
    events.publishEvent(new WorkOrderReceived(order.company, order.channel));
  }

  Company onlyCompany(Actor by) {
    Set<String> companies = by.companies();
    if (companies.size() != 1) {
      throw new Refused("company", "请用一家公司的坐席账号登记来电；当前账号属于 " + companies.size() + " 家公司");
    }
    return organisation.company(companies.iterator().next());
  }

  /** The seat names the category, asks its questions, and answers or passes on (YF-11, YF-13). */
  public String completeIntake(String number, Actor by, CompleteIntake form, Facts more) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    fields.classify(order, "category", form.category(), "subcategory", form.subcategory());
    IntakeFields.setCaller(
        order, "callerPhone", form.callerPhone(), "callerName", form.callerName());
    fields.setPlace(order, "", form.address(), form.district());
    order.description = Text.required("description", "反映内容", form.description(), 4000);
    order.wantsCallback = !Boolean.FALSE.equals(form.wantsCallback());
    more.urgent = form.urgent();
    more.pipeDiameterMm = form.pipeDiameterMm();
    more.meterSide = form.meterSide();
    more.landmark = form.landmark();
    more.asset = form.asset();
    more.jointComplainants = form.jointComplainants();
    more.lawsuit = form.lawsuit();
    more.mediaExposure = form.mediaExposure();
    more.disturbsTraffic = form.disturbsTraffic();
    more.largeArea = form.largeArea();
    more.networkPart = form.networkPart();
    more.underWarranty = form.underWarranty();
    more.departmentComplainedOf = form.departmentComplainedOf();
    more.confidential = form.confidential();
    more.put("since", Text.orNull(Text.optional("since", "什么时候开始", form.since(), 200)));
    more.put("extent", Text.orNull(Text.optional("extent", "影响范围", form.extent(), 200)));
    more.put("promised", Text.orNull(Text.optional("promised", "已告知客户", form.promised(), 200)));
    more.put("identityChecked", Boolean.TRUE.equals(form.identityChecked()) ? true : null);
    more.put("safetyAdvised", Boolean.TRUE.equals(form.safetyAdvised()) ? true : null);
    order.facts = fields.checked(order.company, more, "");
    String outcome = WorkOrders.outcome(form.outcome(), "DISPATCH", "ANSWER");
    divide(by, order, further(order, form), outcome.equals("ANSWER"), now);
    IntakeRule rule = rule(order);
    order.classified(rule);
    String outage = Text.optional("outage", "停供公告", form.outage(), 40);
    if (outcome.equals("ANSWER")) {
      mayBeAnswered(order, rule);
      String answer = Text.optional("answer", "答复内容", form.answer(), 4000);
      if (outage.isEmpty()) {
        order.answered(
            by, now, Text.required("answer", "答复内容", form.answer(), 4000), rule.article());
      } else {
        answeredWith(by, order, outage, answer, now);
      }
      return "ANSWERED";
    }
    if (!outage.isEmpty()) {
      throw new Refused("outage", "按停供公告答复的来电请选“当场答复”；仍要派单的请清空停供公告（outage）");
    }
    order.note(by, now, "受理", rule.label(), rule.article());
    deviate(by, order, form.department(), form.departmentReason(), now);
    telling.atOnce(order, rule.tellAtOnce(), now);
    return "DISPATCH";
  }

  /** Answered with a known outage: whoever keeps the outages links it and gives the words. */
  private void answeredWith(Actor by, WorkOrder order, String outage, String answer, Instant now) {
    boolean urgent =
        regulation.grading(order.company, order.matter()).map(GradingRule::emergency).orElse(false);
    if (urgent) {
      throw new Refused("outage", "紧急情况不能按停供公告答复，须派单处置；请清空停供公告（outage）");
    }
    CallInOutage call = new CallInOutage(order, outage, now);
    events.publishEvent(call);
    String known = call.answer();
    if (known == null) {
      throw new Refused("outage", "没有编号为 " + Text.printable(outage) + " 的停供（outage）");
    }
    order.inOutage(by, now, outage, call.article());
    order.answered(by, now, answer.isEmpty() ? known : answer, call.article());
  }

  /** What must be done before an answer is given, such as checking who asks (RQ-14.1). */
  private static void mayBeAnswered(WorkOrder order, IntakeRule rule) {
    for (String word : Words.of(rule.answerNeeds())) {
      if (!order.facts.isTrue(word)) {
        throw new Refused(
            word,
            "按规定（" + rule.basis() + "），答复前须先" + Questions.label(word) + "（" + word + "），核对后请勾选");
      }
    }
  }

  /** The annex may be deviated from, with a reason (YC-A1). */
  private void deviate(
      Actor by, WorkOrder order, @Nullable String department, @Nullable String given, Instant now) {
    if (department == null || department.isBlank()) {
      return;
    }
    String code = classification.chosen(order, department);
    String why = Text.required("departmentReason", "不按规程派单的理由", given, 1000);
    String article = classification.routing(order).map(rule -> rule.article()).orElse(null);
    order.assigned(by, now, code, why, article);
  }

  private static List<IntakeRequest.Demand> further(WorkOrder order, CompleteIntake form) {
    String text = Text.optional("furtherDemand", "另一诉求", form.furtherDemand(), 4000);
    if (text.isEmpty()) {
      return List.of();
    }
    return List.of(new IntakeRequest.Demand(form.furtherCategory(), null, text, null));
  }

  private WorkOrder take(Actor by, IntakeRequest request) {
    Instant now = clock.instant();
    Company company = organisation.company(Text.required("company", "公司", request.company(), 40));
    Instant given = Moments.given("receivedAt", "受理时间", request.receivedAt());
    Instant receivedAt = given == null ? now : given;
    if (receivedAt.isAfter(now.plus(Moments.CLOCKS_MAY_DIFFER))) {
      throw new Refused("receivedAt", "受理时间（receivedAt）比现在晚5分钟以上，请核对来电时间和时区");
    }
    WorkOrder order = begin(company, by, receivedAt);
    order.channel = IntakeFields.channel(request.channel());
    IntakeRule rule =
        fields.classify(
            order, "category", request.category(), "subcategory", request.subcategory());
    order.description = Text.required("description", "反映内容", request.description(), 4000);
    IntakeRequest.Caller caller = request.caller();
    if (caller == null) {
      throw new Refused("caller.phone", "请填写联系电话（caller.phone）");
    }
    IntakeFields.setCaller(order, "caller.phone", caller.phone(), "caller.name", caller.name());
    fields.setPlace(order, "caller.", caller.address(), caller.district());
    order.wantsCallback = !Boolean.FALSE.equals(caller.wantsCallback());
    order.facts =
        fields.checked(
            company.id(), request.facts() == null ? new Facts() : request.facts(), "facts.");
    order.classified(rule);
    IntakeRequest.External external = request.external();
    if (external != null) {
      order.externalPlatform =
          Text.orNull(Text.optional("external.platform", "来源平台", external.platform(), 60));
      order.externalNumber =
          Text.orNull(Text.optional("external.number", "平台编号", external.number(), 100));
      order.externalDueAt = Moments.given("external.dueAt", "平台时限", external.dueAt());
    }
    order.note(by, now, "登记来电", rule.label(), rule.article());
    deviate(by, order, request.department(), request.departmentReason(), now);
    String answer = Text.optional("answer", "答复内容", request.answer(), 4000);
    String outage = Text.optional("outage", "停供公告", request.outage(), 40);
    divide(by, order, demands(request), !answer.isEmpty() || !outage.isEmpty(), now);
    if (!outage.isEmpty()) {
      answeredWith(by, order, outage, answer, now);
    } else if (answer.isEmpty()) {
      telling.atOnce(order, rule(order).tellAtOnce(), now);
    } else {
      order.answered(by, now, answer, rule.article());
    }
    return order;
  }

  private static List<IntakeRequest.Demand> demands(IntakeRequest request) {
    List<IntakeRequest.Demand> demands = request.demands();
    if (demands == null) {
      return List.of();
    }
    if (demands.size() > MOST_DEMANDS || demands.contains(null)) {
      throw new Refused("demands", "同一来电的其他诉求（demands）最多" + MOST_DEMANDS + "项，每项都要填写");
    }
    return demands;
  }

  /**
   * Takes the call and starts its process, unless it was answered at once; to be called within a
   * transaction.
   *
   * @return the order's number
   */
  String start(
      Actor by, IntakeRequest request, @Nullable String idempotencyKey, @Nullable String digest) {
    WorkOrder order = take(by, request);
    order.idempotencyKey = idempotencyKey;
    order.requestDigest = digest;
    add(order);
    return order.number;
  }

  private void add(WorkOrder order) {
    received(order);
    if (!order.status.isClosed()) {
      order.processInstanceId = process.recorded(order.number, order.company);
    }
  }

  private WorkOrder begin(Company company, Actor by, Instant receivedAt) {
    Instant now = clock.instant();
    return new WorkOrder(
        numbers.next(company, now),
        company.id(),
        calendars.of(company.id()),
        receivedAt,
        now,
        by.id());
  }

  // ---- several demands in one call

  /**
   * Demands for one unit are one order of the highest class; each other unit gets an order of its
   * own, linked to this one (RQ-15.1).
   */
  private void divide(
      Actor by,
      WorkOrder order,
      List<IntakeRequest.Demand> demands,
      boolean answered,
      Instant now) {
    if (demands.isEmpty()) {
      return;
    }
    List<WorkOrder> heads = new ArrayList<>(List.of(order));
    for (int i = 0; i < demands.size(); i++) {
      IntakeRequest.Demand demand = demands.get(i);
      String where = demands.size() == 1 && order.processInstanceId != null ? "" : "demands." + i;
      String text =
          Text.required(
              where.isEmpty() ? "furtherDemand" : where + ".description",
              "另一诉求",
              demand.description(),
              4000);
      if (demand.category() == null || demand.category().isBlank()) {
        order.note(by, now, "另一诉求另立工单", takeNewDemand(order, text, "SAME_CALL"), null);
        continue;
      }
      WorkOrder other = sibling(order, by);
      IntakeRule rule =
          fields.classify(
              other,
              where.isEmpty() ? "furtherCategory" : where + ".category",
              demand.category(),
              where + ".subcategory",
              demand.subcategory());
      other.description = text;
      other.facts =
          fields.checked(
              order.company,
              demand.facts() == null ? order.facts.copy() : demand.facts(),
              where + ".facts.");
      if (demand.facts() == null && !other.category().equals(order.category())) {
        other.facts.departmentComplainedOf = null;
      }
      other.classified(rule);
      WorkOrder head =
          heads.stream()
              // what is answered at once leaves no room for another matter
              .filter(each -> each != order || !answered)
              .filter(each -> ofOneUnit(each, other) && fitTogether(each, other))
              // who must do the work needs the customer, whom the party complained of never sees
              .filter(each -> complainOfTheSame(each, other))
              .findFirst()
              .orElse(null);
      if (head == null) {
        heads.add(other);
      } else {
        merge(by, head, other, now);
      }
    }
    for (WorkOrder other : heads.subList(1, heads.size())) {
      WorkOrder numbered = numbered(other, by);
      numbered.note(by, now, "登记来电", "与 " + order.number + " 同一来电的另一诉求", article(numbered));
      telling.atOnce(numbered, rule(numbered).tellAtOnce(), now);
      add(numbered);
      link(numbered, order, "SAME_CALL");
      order.note(by, now, "另一诉求另立工单", numbered.number, article(numbered));
    }
  }

  private static boolean fitTogether(WorkOrder one, WorkOrder other) {
    return one.description.length() + other.description.length() < MOST_TEXT;
  }

  private static boolean complainOfTheSame(WorkOrder one, WorkOrder other) {
    return Objects.equals(one.facts.departmentComplainedOf, other.facts.departmentComplainedOf);
  }

  private boolean ofOneUnit(WorkOrder one, WorkOrder other) {
    String unit = classification.unit(one);
    return !unit.isEmpty() && unit.equals(classification.unit(other));
  }

  private void merge(Actor by, WorkOrder head, WorkOrder other, Instant now) {
    head.description = head.description + "\n另：" + other.description;
    String both = label(head) + "、" + label(other);
    if (rank(other) < rank(head)) {
      head.category = other.category;
      head.subcategory = other.subcategory;
      head.facts = other.facts.over(head.facts);
      head.classified(rule(head));
    }
    if (!head.number.isEmpty()) {
      head.note(by, now, "多个诉求并为一单", both + "，按最高等级 " + label(head), article(head));
    }
  }

  private IntakeRule rule(WorkOrder order) {
    return regulation
        .intake(order.company, order.category(), Text.orEmpty(order.subcategory))
        .orElseThrow();
  }

  private int rank(WorkOrder order) {
    return rule(order).rank();
  }

  private String label(WorkOrder order) {
    return rule(order).label();
  }

  private String article(WorkOrder order) {
    return rule(order).article();
  }

  /** As the other order: the same caller at the same time, without a number so far. */
  private WorkOrder sibling(WorkOrder order, Actor by) {
    WorkOrder sibling =
        new WorkOrder(
            "", order.company, order.calendar, order.receivedAt, clock.instant(), by.id());
    sibling.sameCallerAs(order);
    return sibling;
  }

  private WorkOrder numbered(WorkOrder draft, Actor by) {
    WorkOrder order = begin(organisation.company(draft.company), by, draft.receivedAt);
    order.sameCallerAs(draft);
    order.sameMatterAs(draft);
    return order;
  }

  /** The second department that the table names acts on an order of its own (YC-A1). */
  void alsoFor(WorkOrder order, String department, String departmentName, String article) {
    Instant now = clock.instant();
    WorkOrder second = begin(organisation.company(order.company), Actor.SYSTEM, order.receivedAt);
    second.sameCallerAs(order);
    second.sameMatterAs(order);
    second.note(Actor.SYSTEM, now, "登记来电", "与 " + order.number + " 同办", article);
    second.assigned(Actor.SYSTEM, now, department, "按规定由两个部门办理", article);
    add(second);
    link(second, order, "ALSO_DEPARTMENT");
    order.note(Actor.SYSTEM, now, "同办部门另立工单", departmentName + " " + second.number, article);
  }

  /** A new demand that a callback brings is an order of its own, linked to the old one. */
  public void takeNewDemand(String number, Actor by, String demand) {
    WorkOrder old = open.hold(number);
    old.note(by, clock.instant(), "新诉求另立工单", takeNewDemand(old, demand, "NEW_DEMAND"), null);
  }

  private String takeNewDemand(WorkOrder old, String demand, String reason) {
    String fresh =
        process.callReceived(
            old.company,
            old.callerPhone,
            Text.orEmpty(old.callerName),
            Text.orEmpty(old.address),
            Text.orEmpty(old.district),
            demand);
    link(open.hold(Objects.requireNonNull(fresh)), old, reason);
    return fresh;
  }

  private void link(WorkOrder order, WorkOrder other, String reason) {
    rows.link(order.number, other.number, reason);
    order.linked = true;
    other.linked = true;
  }
}
