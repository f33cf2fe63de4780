package hotline.workorder;

import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.organisation.Calendars;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.regulation.GradingRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.Regulation;
import hotline.regulation.RoutingRule;
import hotline.regulation.TimeLimitRule;
import hotline.workorder.Commands.Accept;
import hotline.workorder.Commands.CheckDispatch;
import hotline.workorder.Commands.CompleteIntake;
import hotline.workorder.Commands.ContactCustomer;
import hotline.workorder.Commands.InstructEmergency;
import hotline.workorder.Commands.NotifyByPhone;
import hotline.workorder.Commands.ReceiveCall;
import hotline.workorder.Commands.RecordGisDispatch;
import hotline.workorder.Commands.ReportArrival;
import hotline.workorder.Commands.ReportContainment;
import hotline.workorder.Commands.ReportWork;
import hotline.workorder.Commands.ReviewReply;
import hotline.workorder.process.WorkOrderProcess;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
  private static final Set<String> CHANNELS =
      Set.of("PHONE", "SMS", "WECHAT", "WEB", "APP", "VISIT", "PLATFORM");
  private static final Set<String> METER_SIDES =
      Set.of("UPSTREAM", "DOWNSTREAM", "INDOOR", "JOINT", "METER_BODY", "UNKNOWN");
  private static final Set<String> ASSETS =
      Set.of("PIPE", "VALVE", "HYDRANT", "METER", "MANHOLE", "OTHER");
  private static final Set<String> NETWORK_PARTS =
      Set.of("PRIMARY_MAIN", "PRIMARY_BRANCH", "SECONDARY", "HEAT_STATION", "INDOOR", "WELL");
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);
  private static final BigDecimal MOST_EXPENSIVE = new BigDecimal("99999999.99");

  private final OpenOrders open;
  private final WorkOrderRows rows;
  private final OrderNumbers numbers;
  private final Regulation regulation;
  private final Organisation organisation;
  private final Calendars calendars;
  private final WorkOrderProcess process;
  private final Telling telling;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  WorkOrders(
      OpenOrders open,
      WorkOrderRows rows,
      OrderNumbers numbers,
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
    this.regulation = regulation;
    this.organisation = organisation;
    this.calendars = calendars;
    this.process = process;
    this.telling = telling;
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

  // ---- intake

  /** What an agent types while the caller speaks is a numbered order at once (YF-8a). */
  public WorkOrder receiveCall(Actor by, ReceiveCall call, String processInstanceId) {
    Company company = onlyCompany(by);
    WorkOrder order = begin(company, by, clock.instant());
    order.processInstanceId = processInstanceId;
    order.channel = channel(call.channel());
    setCaller(order, "callerPhone", call.callerPhone(), "callerName", call.callerName());
    setPlace(order, "", call.address(), call.district());
    order.description = Text.required("description", "反映内容", call.description(), 4000);
    order.note(by, order.recordedAt, "登记来电", null, null);
    order.promise(
        limits(order).stream()
            .filter(rule -> rule.milestone().equals(Milestone.DISPATCH.name()))
            .toList());
    open.add(order);
    return order;
  }

  private Company onlyCompany(Actor by) {
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
    String category = category(order.company, form.category());
    order.category = category;
    order.subcategory = Text.orNull(subcategory(order.company, category, form.subcategory()));
    setCaller(order, "callerPhone", form.callerPhone(), "callerName", form.callerName());
    setPlace(order, "", form.address(), form.district());
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
    order.facts = checked(order.company, more, "");
    IntakeRule rule =
        regulation.intake(order.company, category, Text.orEmpty(order.subcategory)).orElseThrow();
    order.classified(rule);
    String outcome = outcome(form.outcome(), "DISPATCH", "ANSWER");
    if (outcome.equals("ANSWER")) {
      order.answered(by, now, Text.required("answer", "答复内容", form.answer(), 4000));
      return "ANSWERED";
    }
    order.note(by, now, "受理", rule.label(), rule.article());
    return "DISPATCH";
  }

  private WorkOrder take(Actor by, IntakeRequest request) {
    Instant now = clock.instant();
    Company company = organisation.company(Text.required("company", "公司", request.company(), 40));
    Instant given = Moments.given("receivedAt", "受理时间", request.receivedAt());
    Instant receivedAt = given == null ? now : given;
    if (receivedAt.isAfter(now.plus(CLOCKS_MAY_DIFFER))) {
      throw new Refused("receivedAt", "受理时间（receivedAt）比现在晚5分钟以上，请核对来电时间和时区");
    }
    WorkOrder order = begin(company, by, receivedAt);
    order.channel = channel(request.channel());
    String category = category(company.id(), request.category());
    order.category = category;
    order.subcategory = Text.orNull(subcategory(company.id(), category, request.subcategory()));
    order.description = Text.required("description", "反映内容", request.description(), 4000);
    IntakeRequest.Caller caller = request.caller();
    if (caller == null) {
      throw new Refused("caller.phone", "请填写联系电话（caller.phone）");
    }
    setCaller(order, "caller.phone", caller.phone(), "caller.name", caller.name());
    setPlace(order, "caller.", caller.address(), caller.district());
    order.wantsCallback = !Boolean.FALSE.equals(caller.wantsCallback());
    order.facts =
        checked(company.id(), request.facts() == null ? new Facts() : request.facts(), "facts.");
    IntakeRequest.External external = request.external();
    if (external != null) {
      order.externalPlatform =
          Text.orNull(Text.optional("external.platform", "来源平台", external.platform(), 60));
      order.externalNumber =
          Text.orNull(Text.optional("external.number", "平台编号", external.number(), 100));
      order.externalDueAt = Moments.given("external.dueAt", "平台时限", external.dueAt());
    }
    IntakeRule rule =
        regulation.intake(company.id(), category, Text.orEmpty(order.subcategory)).orElseThrow();
    order.classified(rule);
    order.note(by, now, "登记来电", rule.label(), rule.article());
    String answer = Text.optional("answer", "答复内容", request.answer(), 4000);
    if (!answer.isEmpty()) {
      order.answered(by, now, answer);
    }
    return order;
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
    open.add(order);
    if (!order.status.isClosed()) {
      order.processInstanceId = process.recorded(order.number, order.company);
    }
    return order.number;
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

  private static String channel(@Nullable String channel) {
    String value = Text.oneOf("channel", "来源渠道", channel, CHANNELS);
    return value.isEmpty() ? "PHONE" : value;
  }

  private String category(String company, @Nullable String given) {
    String category = Text.required("category", "类别", given, 40).toUpperCase(Locale.ROOT);
    if (regulation.intake(company, category, "").isEmpty()) {
      throw new Refused(
          "category",
          "类别（category）“"
              + category.replaceAll("[^A-Z_]", "?")
              + "”不在本公司受理范围内，可选："
              + String.join(
                  "、",
                  regulation.categories(company).stream()
                      .filter(c -> c.subcategory().isEmpty())
                      .map(c -> c.code() + " " + c.rule().label())
                      .toList()));
    }
    return category;
  }

  private String subcategory(String company, String category, @Nullable String given) {
    String subcategory = Text.optional("subcategory", "子类", given, 60).toUpperCase(Locale.ROOT);
    if (!subcategory.isEmpty() && regulation.intake(company, category, subcategory).isEmpty()) {
      List<String> known =
          regulation.categories(company).stream()
              .filter(c -> c.code().equals(category) && !c.subcategory().isEmpty())
              .map(c -> c.subcategory() + " " + c.rule().subcategoryLabel())
              .toList();
      throw new Refused(
          "subcategory",
          known.isEmpty()
              ? "该类别没有子类，请清空子类（subcategory）"
              : "子类（subcategory）只能是 " + String.join("、", known));
    }
    return subcategory;
  }

  private static void setCaller(
      WorkOrder order,
      String phoneField,
      @Nullable String phone,
      String nameField,
      @Nullable String name) {
    Phone parsed = Phone.parse(phoneField, phone);
    order.callerPhone = parsed.given();
    order.phoneDigits = parsed.digits();
    order.callerName = Text.orNull(Text.optional(nameField, "客户姓名", name, 100));
  }

  private void setPlace(
      WorkOrder order, String prefix, @Nullable String address, @Nullable String district) {
    order.address = Text.orNull(Text.optional(prefix + "address", "详细地址", address, 300));
    String given = Text.optional(prefix + "district", "区域", district, 60);
    order.district =
        organisation.company(order.company).districts().stream()
            .filter(d -> d.code().equals(given) || d.name().equals(given))
            .map(d -> d.code())
            .findFirst()
            .orElse(Text.orNull(given));
  }

  private Facts checked(String company, Facts facts, String prefix) {
    facts.meterSide =
        Text.orNull(Text.oneOf(prefix + "meterSide", "表前表后", facts.meterSide, METER_SIDES));
    facts.asset = Text.orNull(Text.oneOf(prefix + "asset", "设施", facts.asset, ASSETS));
    facts.networkPart =
        Text.orNull(Text.oneOf(prefix + "networkPart", "管网部位", facts.networkPart, NETWORK_PARTS));
    facts.landmark = Text.orNull(Text.optional(prefix + "landmark", "周围标志", facts.landmark, 200));
    range(prefix + "pipeDiameterMm", "管径（毫米）", facts.pipeDiameterMm, 1, 5000);
    range(prefix + "jointComplainants", "联名投诉人数", facts.jointComplainants, 1, 100000);
    String complainedOf =
        Text.optional(prefix + "departmentComplainedOf", "被投诉部门", facts.departmentComplainedOf, 60);
    if (!complainedOf.isEmpty()) {
      complainedOf = department(company, prefix + "departmentComplainedOf", complainedOf);
    }
    facts.departmentComplainedOf = Text.orNull(complainedOf);
    return facts;
  }

  private static void range(
      String field, String label, @Nullable Integer number, int least, int most) {
    if (number != null && (number < least || number > most)) {
      throw new Refused(field, label + "（" + field + "）应为 " + least + " 到 " + most + " 的整数");
    }
  }

  private String department(String company, String field, @Nullable String given) {
    String wanted = Text.required(field, "部门", given, 60);
    return organisation.company(company).departments().stream()
        .filter(
            d -> d.code().equals(wanted) || d.name().equals(wanted) || d.aliases().contains(wanted))
        .map(d -> d.code())
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    field,
                    "没有这个部门，部门（"
                        + field
                        + "）可选："
                        + String.join(
                            "、",
                            organisation.company(company).departments().stream()
                                .map(d -> d.code() + " " + d.name())
                                .toList())));
  }

  static String outcome(@Nullable String given, String... allowed) {
    String value = Text.oneOf("outcome", "处理结果", given, Set.of(allowed));
    if (value.isEmpty()) {
      throw new Refused("outcome", "请选择处理结果（outcome）：" + String.join("、", allowed));
    }
    return value;
  }

  // ---- what the process asks for

  /** Where a graded and routed order goes. */
  public record Responsibility(
      boolean customerResponsible,
      boolean checkNeeded,
      String department,
      String checkBy,
      boolean instructionNeeded,
      String instructBy) {}

  /** Grades the order, finds who is responsible, and takes the promises the tables give. */
  public Responsibility classify(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    Optional<GradingRule> grading = regulation.grading(order.company, order.matter());
    grading.ifPresent(rule -> order.graded(now, rule));
    if (grading.isEmpty()) {
      order.level = "NORMAL";
      order.note(Actor.SYSTEM, now, "分级表无对应行", "按 NORMAL 处理，请流程设计员补充分级表", null);
    }
    order.promise(limits(order));
    Optional<RoutingRule> routing =
        regulation.routing(order.company, order.matter(), order.level());
    if (routing.isEmpty()) {
      order.note(Actor.SYSTEM, now, "责任表无对应行", "转调度员定责，请流程设计员补充责任表", null);
      order.mustBeChecked();
      return responsible(order, true, "dispatcher", grading, now);
    }
    RoutingRule rule = routing.get();
    order.routed(now, rule, departmentName(order, rule.department()));
    String checkBy = rule.checkBy().isEmpty() ? "dispatcher" : rule.checkBy();
    if (rule.customerResponsible()) {
      order.answered(Actor.SYSTEM, now, rule.guidance());
      return new Responsibility(true, false, "", checkBy, false, "");
    }
    boolean known =
        organisation.company(order.company).departments().stream()
            .anyMatch(d -> d.code().equals(rule.department()));
    if (known && rule.checkBy().isEmpty()) {
      return responsible(order, false, checkBy, grading, now);
    }
    if (!known) {
      order.department = null;
    }
    order.mustBeChecked();
    return responsible(order, true, checkBy, grading, now);
  }

  /** In an emergency the head is asked at once, whoever is responsible in the end (YF-10). */
  private Responsibility responsible(
      WorkOrder order,
      boolean checkNeeded,
      String checkBy,
      Optional<GradingRule> grading,
      Instant now) {
    Optional<GradingRule> head =
        grading.filter(rule -> rule.emergency() && !rule.instructBy().isEmpty());
    head.ifPresent(rule -> askForInstruction(order, rule, now));
    return new Responsibility(
        false,
        checkNeeded,
        Text.orEmpty(order.department),
        checkBy,
        head.isPresent(),
        head.map(rule -> Groups.of(order, rule.instructBy()).get(0)).orElse(""));
  }

  private void askForInstruction(WorkOrder order, GradingRule rule, Instant now) {
    if (!rule.instructWithin().isEmpty()) {
      order.promiseFrom(
          now,
          Milestone.INSTRUCT,
          rule.instructWithin(),
          rule.instructBy(),
          "shift-supervisor",
          rule.article(),
          rule.basis());
    }
    telling.emergency(order, rule.instructBy(), now);
  }

  private String departmentName(WorkOrder order, String code) {
    return code.isEmpty() ? "" : organisation.groupName(order.company + "." + code);
  }

  private List<TimeLimitRule> limits(WorkOrder order) {
    return regulation.timeLimits(order.company, order.matter(), order.level(), order.isRework());
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
    String outcome = outcome(form.outcome(), "DISPATCH", "ANSWER");
    if (outcome.equals("ANSWER")) {
      order.answered(by, clock.instant(), Text.required("answer", "答复内容", form.answer(), 4000));
      return "ANSWERED";
    }
    order.checked(
        by,
        clock.instant(),
        department(order.company, "department", form.department()),
        Text.optional("note", "备注", form.note(), 1000));
    return "DISPATCH";
  }

  /** The department, and whether the order is to be dispatched in the GIS as well. */
  public record Dispatch(String department, boolean gisDispatchNeeded) {}

  /**
   * Sends the order to its department and queues the notice to whoever is on duty there (YF-8c).
   */
  public Dispatch dispatch(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    boolean first = order.dispatchedRound == 0;
    order.dispatched(now, limits(order), departmentName(order, Text.orEmpty(order.department)));
    telling.dispatch(order, now);
    if (first && order.emergency) {
      telling.emergencyInDepartment(order, now);
    }
    return new Dispatch(Text.orEmpty(order.department), first && order.needsGisDispatch());
  }

  public void instructEmergency(String number, Actor by, InstructEmergency form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    String article =
        regulation.grading(order.company, order.matter()).map(GradingRule::article).orElse(null);
    order.instructed(
        by, now, Text.required("instruction", "处置意见", form.instruction(), 2000), article);
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
    telling.doneByPerson(order, by, at, person);
    order.told(by, at, "电话告知 " + person + (note.isEmpty() ? "" : "：" + note));
  }

  public String accept(String number, Actor by, Accept form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    if (outcome(form.outcome(), "ACCEPT", "RETURN").equals("RETURN")) {
      order.returned(by, now, Text.required("reason", "退回原因", form.reason(), 1000));
      telling.cancel(order);
      return "RETURNED";
    }
    order.accepted(by, now, Text.orNull(Text.optional("worker", "承办人", form.worker(), 100)));
    telling.cancel(order);
    return "ACCEPTED";
  }

  /** The next step of handling and the group that takes it; the last step is the work itself. */
  public record HandlingStep(String outcome, String handler) {}

  public HandlingStep nextHandlingStep(String number) {
    WorkOrder order = open.look(number);
    return order
        .nextHandlingStep()
        .map(
            clock ->
                new HandlingStep(
                    clock.milestone.name(),
                    Groups.of(order, clock.rule.who().isEmpty() ? "DEPARTMENT" : clock.rule.who())
                        .get(0)))
        .orElseGet(() -> new HandlingStep("WORK", Groups.of(order, "DEPARTMENT").get(0)));
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

  public void reportArrival(String number, Actor by, ReportArrival form) {
    WorkOrder order = open.hold(number);
    order.arrived(
        by,
        past(order, "at", "到场时间", form.at()),
        situation(order, form.situation(), form.expectedAt()));
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
    Instant expectedAt = Moments.given("expectedAt", "预计完成时间", given);
    return Text.optional("situation", "现场情况", situation, 2000)
        + (expectedAt == null
            ? ""
            : " 预计 " + Moments.text(expectedAt, order.calendar.zone()) + " 完成");
  }

  /** Done, not to be done, or not in time: then more time is asked for, and the work goes on. */
  public String reportWork(String number, Actor by, ReportWork form) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    String outcome = outcome(form.outcome(), "DONE", "EXTENSION", "REFUSED");
    if (outcome.equals("EXTENSION")) {
      Instant until = Moments.given("extensionUntil", "延期至", form.extensionUntil());
      if (until == null) {
        throw new Refused("extensionUntil", "请填写延期至（extensionUntil）的时间");
      }
      String reason = Text.required("extensionReason", "延期原因", form.extensionReason(), 1000);
      String cause =
          Text.oneOf("extensionCause", "延期责任", form.extensionCause(), Set.of("OUTSIDE", "OWN"));
      order.extensionRequested(by, now, until, reason);
      events.publishEvent(
          new ExtensionRequested(
              order, by, now, until, reason, cause.isEmpty() ? "OUTSIDE" : cause));
      return outcome;
    }
    order.done(
        by,
        now,
        outcome.equals("REFUSED"),
        Text.required(
            "result", outcome.equals("REFUSED") ? "不予受理的理由" : "处理结果", form.result(), 4000),
        Text.orNull(Text.optional("measures", "维修措施", form.measures(), 2000)),
        Text.orNull(Text.optional("parts", "更换部件", form.parts(), 1000)),
        form.cost() == null ? null : amount("cost", "费用", form.cost()));
    events.publishEvent(new WorkReported(number, by, now));
    return outcome;
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
    return order
        .nextReview()
        .map(
            clock ->
                Groups.of(order, clock.rule.who().isEmpty() ? "dispatcher" : clock.rule.who())
                    .get(0));
  }

  public String reviewReply(String number, Actor by, ReviewReply form) {
    WorkOrder order = open.hold(number);
    boolean passed = outcome(form.outcome(), "PASS", "REWORK").equals("PASS");
    String reason =
        passed
            ? Text.optional("reason", "审核意见", form.reason(), 1000)
            : Text.required("reason", "退回重办的原因", form.reason(), 1000);
    order.reviewed(by, clock.instant(), passed, reason);
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
    if (at.isAfter(now.plus(CLOCKS_MAY_DIFFER))) {
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

  public void close(String number) {
    open.hold(number).closed(clock.instant());
  }

  /** Warns of what is due soon and tells of what is overdue, each once (时限监督). */
  public void supervise(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    for (WorkOrder.LimitAlert alert : order.alertsDue(now)) {
      telling.alert(order, alert, now);
      if (alert.clock().milestone == Milestone.NOTIFY && telling.mustPhone(order)) {
        process.phoneCallNeeded(number);
      }
    }
  }

  public void remindDepartment(String number) {
    telling.urge(open.hold(number), clock.instant());
  }

  public void standDown(String number) {
    telling.standDown(open.hold(number), clock.instant());
  }

  // ---- the customer speaks again

  void urge(String number, Actor by, @Nullable String note) {
    open.hold(number).urgedBy(by, clock.instant(), Text.optional("note", "催办内容", note, 1000));
    process.urged(number);
  }

  void supplement(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    order.supplemented(by, clock.instant(), Text.required("note", "补充内容", note, 2000));
    telling.supplement(order, clock.instant());
  }

  void withdraw(String number, Actor by, @Nullable String note) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    order.withdrawn(by, now, Text.optional("note", "撤单原因", note, 1000));
    process.withdrawn(number);
    events.publishEvent(new WorkOrderWithdrawn(number, now));
  }

  /** A new demand that a callback brings is an order of its own, linked to the old one. */
  public void takeNewDemand(String number, Actor by, String demand) {
    WorkOrder old = open.look(number);
    String fresh =
        process.callReceived(
            old.company,
            old.callerPhone,
            Text.orEmpty(old.callerName),
            Text.orEmpty(old.address),
            Text.orEmpty(old.district),
            demand);
    rows.link(fresh, number, "NEW_DEMAND");
    change(number, order -> order.note(by, clock.instant(), "新诉求另立工单", fresh, null));
  }

  /** The digits by which the sender of an SMS is known; refused when it is no number. */
  public String senderDigits(String field, @Nullable String given) {
    return Phone.sender(field, given).digits();
  }

  /** The newest order of this phone whose customer is being called back. */
  public Optional<String> inCallback(String phoneDigits, Collection<String> companies) {
    return rows.newestInCallback(phoneDigits, companies);
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
    return onlyCompany(actor).zone();
  }

  /** What a task shows in a list: no word of the caller's. */
  public record Showing(String company, String label, @Nullable String article, int priority) {}

  public Showing showing(String number, String task) {
    WorkOrder order = open.look(number);
    Milestone milestone = WorkTasks.serves(task);
    return new Showing(
        order.company,
        label(order),
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

  /** Whether the department of this round still knows nothing of the order. */
  boolean stillToBeTold(String number, int round) {
    WorkOrder order = open.look(number);
    return order.round == round && telling.mustPhone(order);
  }
}
