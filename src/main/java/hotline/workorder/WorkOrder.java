package hotline.workorder;

import hotline.Actor;
import hotline.Refused;
import hotline.calendar.WorkCalendar;
import hotline.regulation.CallbackRule;
import hotline.regulation.GradingRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.Matter;
import hotline.regulation.RoutingRule;
import hotline.regulation.TimeLimitRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One customer's matter from the call to its closure. It guards its own steps, keeps its promises
 * and writes a line for every act; the process only asks it what comes next.
 */
public final class WorkOrder {
  /** What the record says of each dispatch. */
  static final String DISPATCHED = "派单";

  @Nullable Long id;
  final String number;
  final String company;
  final WorkCalendar calendar;
  @Nullable String idempotencyKey;
  @Nullable String requestDigest;
  @Nullable String processInstanceId;
  Status status = Status.RECEIVED;
  String channel = "PHONE";
  @Nullable String category;
  @Nullable String subcategory;
  @Nullable String level;
  boolean emergency;
  @Nullable String department;
  @Nullable String assignedDepartment;
  @Nullable String supervisor;
  String description = "";
  final Instant receivedAt;
  final Instant recordedAt;
  final String recordedBy;
  @Nullable String callerName;
  String callerPhone = "";
  String phoneDigits = "";
  @Nullable String address;
  @Nullable String district;
  boolean wantsCallback = true;
  Facts facts = new Facts();
  @Nullable String externalPlatform;
  @Nullable String externalNumber;
  @Nullable Instant externalDueAt;
  boolean linked;
  @Nullable String outageNumber;
  @Nullable String guidance;
  @Nullable String answer;
  @Nullable String missing;
  boolean needsGis;
  @Nullable String gisReference;
  @Nullable String instruction;
  @Nullable String worker;
  @Nullable Instant agreedTime;
  @Nullable String result;
  @Nullable String measures;
  @Nullable String parts;
  @Nullable String cost;
  @Nullable LocalDate settledOn;
  @Nullable String platformReply;
  @Nullable Instant platformRepliedAt;
  @Nullable String delayCause;
  @Nullable String responsibleSide;
  int round = 1;
  int dispatchedRound;
  int urged;
  @Nullable String callbackMedium;
  @Nullable String satisfaction;
  @Nullable String calendarWarning;
  @Nullable Instant closedAt;
  @Nullable Instant anonymisedAt;
  @Nullable LegalHold legalHold;
  boolean holdChanged;
  final List<LimitClock> clocks = new ArrayList<>();
  final List<Event> newEvents = new ArrayList<>();
  @Nullable Instant storedNextAlertAt;
  int version;
  boolean limitsMoved;

  /** The groups that are to be asked for an instruction once this transaction is written. */
  @Nullable String instructionWantedFrom;

  private int customerRepeats = 1;
  private int complainantsInMonth = 1;

  WorkOrder(
      String number,
      String company,
      WorkCalendar calendar,
      Instant receivedAt,
      Instant recordedAt,
      String recordedBy) {
    this.number = number;
    this.company = company;
    this.calendar = calendar;
    this.receivedAt = receivedAt;
    this.recordedAt = recordedAt;
    this.recordedBy = recordedBy;
  }

  boolean isNew() {
    return id == null;
  }

  // ---- what others may know

  public String number() {
    return number;
  }

  public String company() {
    return company;
  }

  public Status status() {
    return status;
  }

  public String category() {
    return Text.orEmpty(category);
  }

  public String level() {
    return Text.orEmpty(level);
  }

  public int round() {
    return round;
  }

  public boolean isRework() {
    return round > 1;
  }

  /** Works are settled once, however many rounds they take. */
  public boolean isSettled() {
    return settledOn != null;
  }

  public boolean wantsCallback() {
    return wantsCallback;
  }

  public String address() {
    return Text.orEmpty(address);
  }

  public String district() {
    return Text.orEmpty(district);
  }

  public String callerName() {
    return Text.orEmpty(callerName);
  }

  public String callerPhone() {
    return callerPhone;
  }

  public String networkPart() {
    return Text.orEmpty(facts.networkPart);
  }

  public String phoneDigits() {
    return phoneDigits;
  }

  public WorkCalendar calendar() {
    return calendar;
  }

  /** The open promise of this milestone that is due first; else the one that was kept last. */
  public Optional<Instant> dueAt(Milestone milestone) {
    return openClock(milestone)
        .or(
            () ->
                clocks.stream()
                    .filter(c -> c.milestone == milestone && c.round == round && c.dueAt != null)
                    .reduce((one, later) -> later))
        .map(clock -> clock.dueAt);
  }

  Optional<LimitClock> openClock(Milestone milestone) {
    return clocks.stream()
        .filter(clock -> clock.milestone == milestone && clock.isOpen() && clock.dueAt != null)
        .min(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt)));
  }

  Matter matter() {
    return new Matter(
        category(),
        Text.orEmpty(subcategory),
        Text.orEmpty(district),
        Text.orEmpty(facts.asset),
        Text.orEmpty(facts.meterSide),
        Text.orEmpty(facts.networkPart),
        Boolean.TRUE.equals(facts.underWarranty),
        Boolean.TRUE.equals(facts.urgent),
        Boolean.TRUE.equals(facts.largeArea),
        Boolean.TRUE.equals(facts.disturbsTraffic),
        Boolean.TRUE.equals(facts.lawsuit),
        Boolean.TRUE.equals(facts.mediaExposure),
        facts.jointComplainants == null ? 1 : facts.jointComplainants,
        customerRepeats,
        complainantsInMonth,
        Text.orEmpty(facts.departmentComplainedOf));
  }

  /** How often the matter was complained of before, as the records show (RQ-14.6L). */
  void counted(int repeatsOfCustomer, int complainants) {
    customerRepeats = repeatsOfCustomer;
    complainantsInMonth = complainants;
  }

  /** The same person at the same place in the same call. */
  void sameCallerAs(WorkOrder other) {
    channel = other.channel;
    callerName = other.callerName;
    callerPhone = other.callerPhone;
    phoneDigits = other.phoneDigits;
    address = other.address;
    district = other.district;
    wantsCallback = other.wantsCallback;
  }

  void sameMatterAs(WorkOrder other) {
    category = other.category;
    subcategory = other.subcategory;
    description = other.description;
    facts = other.facts;
    needsGis = other.needsGis;
    guidance = other.guidance;
  }

  /** Whether an SMS reaches the caller. */
  public boolean isFromMobile() {
    return Phone.isMobile(phoneDigits);
  }

  public boolean isFromPlatform() {
    return externalPlatform != null;
  }

  /** Sent to a department in this round and not given back. */
  boolean isWithDepartment() {
    return dispatchedRound == round
        && department != null
        && status != Status.RETURNED
        && status != Status.CHECKING;
  }

  /** Not for the public: its handling is hidden from others (RQ-13). */
  boolean isConfidential() {
    return Boolean.TRUE.equals(facts.confidential);
  }

  // ---- the record

  /** Adds a line to the record. */
  public void note(
      Actor by, Instant at, String verb, @Nullable String note, @Nullable String article) {
    newEvents.add(new Event(at, by.id(), verb, Text.orNull(Text.orEmpty(note)), article));
  }

  private void mustBe(String what, Status... allowed) {
    if (Stream.of(allowed).noneMatch(status::equals)) {
      throw new Refused("工单" + number + "当前为“" + status.label() + "”，不能" + what);
    }
  }

  // ---- intake

  /** The call is about that outage: linked and counted, not dispatched. */
  void inOutage(Actor by, Instant at, String outage, @Nullable String article) {
    outageNumber = outage;
    note(by, at, "关联停供", outage, article);
  }

  void answered(Actor by, Instant at, String answer, @Nullable String article) {
    this.answer = answer;
    note(by, at, "答复", answer, article);
    finish(at, Status.ANSWERED);
  }

  /**
   * The table's guidance and whether GIS is told, known as soon as the category is (YF-8b, YF-13).
   */
  void classified(IntakeRule rule) {
    guidance = Text.orNull(rule.guidance());
    needsGis = rule.needsGis(Text.orEmpty(facts.asset));
  }

  void graded(Instant at, GradingRule rule) {
    level = rule.level();
    emergency = rule.emergency();
    note(Actor.SYSTEM, at, "定级", Levels.label(rule.level()), rule.article());
  }

  void routed(Instant at, RoutingRule rule, String departmentName) {
    department = Text.orNull(rule.department());
    supervisor = Text.orNull(rule.supervisor());
    if (!rule.guidance().isEmpty()) {
      guidance = rule.guidance();
    }
    missing = Text.orNull(rule.needs());
    note(Actor.SYSTEM, at, "定责", departmentName, rule.article());
  }

  /**
   * Takes the promises that the tables give. Those from intake, and in the first round those from
   * dispatch, count from the moment the call was received; the others begin with their step. A
   * promise that runs already is not made twice.
   */
  void promise(List<TimeLimitRule> rules) {
    for (TimeLimitRule rule : rules) {
      if (clocks.stream().noneMatch(clock -> clock.isOpen() && clock.rule.equals(rule))) {
        take(rule, receivedAt);
      }
    }
  }

  /** One promise more; what does not wait for a later step runs from that moment. */
  private void take(TimeLimitRule rule, Instant from) {
    LimitClock clock = new LimitClock(Milestone.valueOf(rule.milestone()), round, rule);
    if (rule.start().equals("PLATFORM")) {
      if (externalDueAt == null) {
        return;
      }
      clock.startUntil(receivedAt, externalDueAt);
    } else if (rule.start().equals("INTAKE") || rule.start().equals("DISPATCH")) {
      clock.start(from, calendar);
      warnOfCalendar(clock);
    }
    clocks.add(clock);
  }

  private void warnOfCalendar(LimitClock clock) {
    String warning = clock.deadline(calendar).warning();
    if (warning != null) {
      calendarWarning = warning;
    }
  }

  /**
   * Another grade or category: what is owed is asked anew. What was kept stays kept; a promise that
   * the tables no longer give has lost its object, one that they give now counts from the same step
   * as if it had been given then.
   */
  void promiseAnew(Instant at, List<TimeLimitRule> rules) {
    List<LimitClock> own =
        clocks.stream().filter(c -> c.round == round && !c.isMadeByPeople()).toList();
    for (LimitClock clock : own) {
      if (clock.isOpen() && clock.milestone != Milestone.REVIEW && !rules.contains(clock.rule)) {
        clock.endWithout(at);
      }
    }
    for (TimeLimitRule rule : rules) {
      Milestone milestone = Milestone.valueOf(rule.milestone());
      if (milestone != Milestone.REVIEW && !isOwed(rule, own) && !isPast(milestone)) {
        takeAnew(rule, own);
      }
    }
    reviewAnew(at, rules, own);
    limitsMoved = true;
  }

  /** Whether that is promised already, or was done. */
  private static boolean isOwed(TimeLimitRule rule, List<LimitClock> own) {
    return own.stream()
        .filter(clock -> clock.voidAt == null)
        .anyMatch(
            clock ->
                clock.rule.equals(rule)
                    || clock.metAt != null && clock.milestone.name().equals(rule.milestone()));
  }

  /** Whether the order is beyond that step, or comes to it anew with the next dispatch. */
  private boolean isPast(Milestone milestone) {
    return switch (milestone) {
      case DISPATCH -> status == Status.DISPATCHED || status.ordinal() > Status.RETURNED.ordinal();
      case NOTIFY, ACCEPT -> status.ordinal() > Status.DISPATCHED.ordinal();
      case CONTACT, ARRIVE, CONTAIN -> status.ordinal() > Status.ACCEPTED.ordinal();
      case RESOLVE, REPLY -> status.ordinal() > Status.IN_PROGRESS.ordinal();
      default -> false;
    };
  }

  /** Reviews are held in the order of the table: those still to come are taken anew together. */
  private void reviewAnew(Instant at, List<TimeLimitRule> rules, List<LimitClock> own) {
    List<TimeLimitRule> wanted =
        rules.stream().filter(rule -> rule.milestone().equals(Milestone.REVIEW.name())).toList();
    List<LimitClock> reviews =
        own.stream()
            .filter(clock -> clock.milestone == Milestone.REVIEW && clock.voidAt == null)
            .toList();
    List<LimitClock> open = reviews.stream().filter(LimitClock::isOpen).toList();
    boolean begun = open.size() < reviews.size();
    int left = begun ? Math.min(open.size(), wanted.size()) : wanted.size();
    List<TimeLimitRule> owed = wanted.subList(wanted.size() - left, wanted.size());
    if (!open.stream().map(clock -> clock.rule).toList().equals(owed)) {
      open.forEach(clock -> clock.endWithout(at));
      owed.forEach(rule -> takeAnew(rule, own));
    }
  }

  /** Counts from the same step as if it had been given then. */
  private void takeAnew(TimeLimitRule rule, List<LimitClock> own) {
    if (rule.start().equals("PLATFORM")) {
      take(rule, receivedAt);
      return;
    }
    LimitClock clock = new LimitClock(Milestone.valueOf(rule.milestone()), round, rule);
    startOf(rule.start(), own)
        .ifPresent(
            start -> {
              clock.start(start, calendar);
              warnOfCalendar(clock);
            });
    clocks.add(clock);
  }

  private Optional<Instant> startOf(String event, List<LimitClock> known) {
    Optional<Instant> same =
        known.stream()
            .filter(clock -> clock.startsWith(event))
            .map(clock -> clock.startedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    return same.isPresent() || round > 1 || !List.of("INTAKE", "DISPATCH").contains(event)
        ? same
        : Optional.of(receivedAt);
  }

  /** The records show a higher level than so far; a level is never lowered by counting (C7). */
  void raised(Actor by, Instant at, GradingRule rule, String evidence, List<TimeLimitRule> limits) {
    String before = Levels.label(level());
    level = rule.level();
    emergency = rule.emergency();
    note(by, at, "升级", before + " → " + Levels.label(level()) + "：" + evidence, rule.article());
    promiseAnew(at, limits);
  }

  void assigned(Actor by, Instant at, String department, String why, @Nullable String article) {
    assignedDepartment = department;
    note(by, at, "改派部门", why, article);
  }

  void mustBeChecked() {
    status = Status.CHECKING;
  }

  void checked(Actor by, Instant at, String department, @Nullable String note) {
    mustBe("核对派单", Status.CHECKING, Status.RETURNED);
    this.department = department;
    missing = null;
    note(by, at, "核对派单", note, null);
  }

  // ---- dispatch

  /** Sent to the department; a later dispatch of the same round renews what the receiver owes. */
  void dispatched(Instant at, List<TimeLimitRule> rules, String departmentName) {
    boolean first = dispatchedRound < round;
    boolean firstOfAll = dispatchedRound == 0;
    clocks.stream()
        .filter(clock -> clock.milestone == Milestone.DISPATCH && clock.isOpen())
        .forEach(clock -> keep(clock, at));
    if (!firstOfAll) {
      for (TimeLimitRule rule : rules) {
        Milestone milestone = Milestone.valueOf(rule.milestone());
        boolean renewed =
            first
                || isReceiversOwn(milestone)
                    && List.of("DISPATCH", "PUSH").contains(rule.start())
                    && openNone(milestone);
        if (renewed && milestone != Milestone.DISPATCH) {
          take(rule, at);
        }
      }
    }
    begin("PUSH", at);
    dispatchedRound = round;
    status = Status.DISPATCHED;
    note(Actor.SYSTEM, at, DISPATCHED, departmentName, articleOf(Milestone.NOTIFY));
  }

  private static boolean isReceiversOwn(Milestone milestone) {
    return milestone == Milestone.NOTIFY || milestone == Milestone.ACCEPT;
  }

  private boolean openNone(Milestone milestone) {
    return clocks.stream()
        .noneMatch(clock -> clock.milestone == milestone && clock.round == round && clock.isOpen());
  }

  boolean needsGisDispatch() {
    return needsGis && gisReference == null;
  }

  void instructed(Actor by, Instant at, String instruction, @Nullable String article) {
    this.instruction = instruction;
    meet(Milestone.INSTRUCT, at);
    note(by, at, "下达紧急处置意见", instruction, article);
  }

  void dispatchedInGis(Actor by, Instant at, String reference) {
    gisReference = reference;
    note(by, at, "GIS派单", reference, "YF-8b");
  }

  void told(Actor by, Instant at, String how) {
    meet(Milestone.NOTIFY, at);
    note(by, at, "已通知承办部门", how, articleOf(Milestone.NOTIFY));
  }

  // ---- the department

  /** Who accepts: the department, or whom the table names for it (RL-3.3). */
  String acceptedBy() {
    return clocks.stream()
        .filter(clock -> clock.milestone == Milestone.ACCEPT && clock.round == round)
        .filter(LimitClock::isOpen)
        .map(clock -> clock.rule.who())
        .filter(who -> !who.isEmpty())
        .findFirst()
        .orElse("DEPARTMENT");
  }

  void accepted(Actor by, Instant at, @Nullable String worker) {
    mustBe("接单", Status.DISPATCHED);
    this.worker = worker;
    meet(Milestone.NOTIFY, at);
    meet(Milestone.ACCEPT, at);
    begin("ACCEPT", at);
    status = Status.ACCEPTED;
    note(by, at, "接单", worker == null ? null : "承办人：" + worker, articleOf(Milestone.ACCEPT));
  }

  void returned(Actor by, Instant at, String reason) {
    mustBe("退回", Status.DISPATCHED);
    meet(Milestone.NOTIFY, at);
    clocks.stream()
        .filter(
            clock ->
                clock.milestone == Milestone.ACCEPT
                    && clock.isOpen()
                    && (clock.startsWith("DISPATCH") || clock.startsWith("PUSH")))
        .forEach(clock -> clock.endWithout(at));
    clocks.stream()
        .filter(clock -> clock.milestone == Milestone.DISPATCH)
        .findFirst()
        .ifPresent(
            first -> {
              LimitClock again = new LimitClock(Milestone.DISPATCH, round, first.rule);
              again.start(at, calendar);
              warnOfCalendar(again);
              clocks.add(again);
            });
    status = Status.RETURNED;
    note(by, at, "退回", reason, null);
  }

  /**
   * The next step of handling for which the table gives a limit; empty when only the work is left.
   */
  Optional<LimitClock> nextHandlingStep() {
    return Stream.of(Milestone.CONTACT, Milestone.ARRIVE, Milestone.CONTAIN)
        .flatMap(
            step ->
                clocks.stream()
                    .filter(c -> c.milestone == step && c.round == round && c.isOpen())
                    .limit(1))
        .findFirst();
  }

  void contacted(Actor by, Instant at, @Nullable Instant agreedTime, @Nullable String note) {
    mustBe("登记联系客户", Status.ACCEPTED, Status.IN_PROGRESS);
    meet(Milestone.CONTACT, at);
    if (agreedTime != null) {
      this.agreedTime = agreedTime;
      lapsed(Milestone.APPOINTMENT, at);
      if (agreedTime.isAfter(at)) {
        agreed(at, agreedTime);
      }
    }
    status = Status.IN_PROGRESS;
    note(by, at, "联系客户", note, articleOf(Milestone.CONTACT));
  }

  /** What was agreed with the customer is owed like any limit (RQ-14.4). */
  private void agreed(Instant at, Instant time) {
    clocks.stream()
        .filter(clock -> clock.milestone == Milestone.CONTACT && clock.round == round)
        .findFirst()
        .ifPresent(
            contact -> {
              TimeLimitRule rule = contact.rule;
              LimitClock clock =
                  LimitClock.besides(
                      Milestone.APPOINTMENT,
                      round,
                      "AGREED",
                      "约定时间",
                      rule.who(),
                      "DEPARTMENT",
                      "",
                      rule.article(),
                      rule.basis());
              clock.startUntil(at, time);
              clocks.add(clock);
            });
  }

  void arrived(Actor by, Instant at, @Nullable String situation) {
    mustBe("报告到场", Status.ACCEPTED, Status.IN_PROGRESS);
    meet(Milestone.ARRIVE, at);
    meet(Milestone.APPOINTMENT, at);
    status = Status.IN_PROGRESS;
    note(by, at, "到场", situation, articleOf(Milestone.ARRIVE));
  }

  void contained(Actor by, Instant at, @Nullable String situation) {
    mustBe("报告止水", Status.ACCEPTED, Status.IN_PROGRESS);
    meet(Milestone.CONTAIN, at);
    status = Status.IN_PROGRESS;
    note(by, at, "止水", situation, articleOf(Milestone.CONTAIN));
  }

  /** The repair plan stands; what counts from it begins, once (RL-8.3). */
  void planFixed(Actor by, Instant at, String plan) {
    mustBe("登记抢修方案", Status.ACCEPTED, Status.IN_PROGRESS);
    String article =
        clocks.stream()
            .filter(clock -> clock.round == round && clock.startsWith("PLAN"))
            .map(clock -> clock.rule.article())
            .findFirst()
            .orElse(null);
    begin("PLAN", at);
    limitsMoved = true;
    status = Status.IN_PROGRESS;
    note(by, at, "抢修方案确定", plan, article);
  }

  /** How far the work is; nothing is owed less (RQ-11.2). */
  void progressed(Actor by, Instant at, String progress) {
    mustBe("报告进度", Status.ACCEPTED, Status.IN_PROGRESS);
    status = Status.IN_PROGRESS;
    note(by, at, "报告进度", progress, articleOf(Milestone.RESOLVE));
  }

  void done(
      Actor by,
      Instant at,
      Report report,
      @Nullable Instant arrivedAt,
      String result,
      @Nullable String measures,
      @Nullable String parts,
      @Nullable String cost) {
    mustBe("回单", Status.ACCEPTED, Status.IN_PROGRESS, Status.UNDER_REVIEW);
    this.result = result;
    this.measures = measures;
    this.parts = parts;
    this.cost = cost;
    meet(Milestone.CONTACT, at);
    meet(Milestone.ARRIVE, at);
    meet(Milestone.CONTAIN, at);
    keepAppointment(at, arrivedAt);
    meet(Milestone.RESOLVE, at);
    meet(Milestone.REPLY, at);
    String article = articleOf(Milestone.RESOLVE);
    if (report != Report.DONE && articleOf(Milestone.REFUSE) != null) {
      article = articleOf(Milestone.REFUSE);
      meet(Milestone.REFUSE, at);
    }
    lapsed(Milestone.REFUSE, at);
    lapsed(Milestone.INFORM, at);
    begin("REPORT", at);
    status = Status.UNDER_REVIEW;
    note(by, at, report.verb(), result, article);
  }

  /** Kept or not as the worker says; work that is done before the agreed time needs no visit. */
  private void keepAppointment(Instant at, @Nullable Instant arrivedAt) {
    if (arrivedAt != null) {
      meet(Milestone.APPOINTMENT, arrivedAt);
    }
    openClock(Milestone.APPOINTMENT)
        .filter(clock -> !at.isAfter(Objects.requireNonNull(clock.dueAt)))
        .ifPresent(clock -> keep(clock, at));
    lapsed(Milestone.APPOINTMENT, at);
  }

  /** How a work report ends the handling. */
  enum Report {
    DONE("回单"),
    REFUSED("回单（不予受理）"),
    /** An emergency that was none (RL-4). */
    VOID("回单（无效报险）");

    private final String verb;

    Report(String verb) {
      this.verb = verb;
    }

    String verb() {
      return verb;
    }
  }

  /** Answers whether the limit that is to be moved is over already. */
  boolean extensionRequested(Actor by, Instant at, Instant until, String reason) {
    mustBe("申请延期", Status.ACCEPTED, Status.IN_PROGRESS);
    Instant due =
        clocks.stream()
            .filter(this::mayBeExtended)
            .map(clock -> Objects.requireNonNull(clock.dueAt))
            .min(Comparator.naturalOrder())
            .orElseThrow(() -> new Refused("本工单没有可以延长的办理时限，无需申请延期"));
    if (!until.isAfter(at)) {
      throw new Refused("extensionUntil", "延期至（extensionUntil）必须晚于现在");
    }
    if (!until.isAfter(due)) {
      throw new Refused(
          "extensionUntil", "延期至（extensionUntil）必须晚于原时限 " + Moments.text(due, calendar.zone()));
    }
    note(by, at, "申请延期", "延期至 " + Moments.text(until, calendar.zone()) + "：" + reason, null);
    return at.isAfter(due);
  }

  /** What is owed for the work, but not what an outside platform has fixed (YC-15). */
  private boolean mayBeExtended(LimitClock clock) {
    return (clock.milestone == Milestone.RESOLVE || clock.milestone == Milestone.REPLY)
        && clock.runs()
        && !clock.isFixed();
  }

  /** An approved extension moves what is still owed for the work; a rejected one moves nothing. */
  public void extended(Actor by, Instant at, Instant until, String article) {
    clocks.stream().filter(this::mayBeExtended).forEach(clock -> clock.extend(until, calendar));
    limitsMoved = true;
    note(by, at, "时限延长", "延长至 " + Moments.text(until, calendar.zone()), article);
  }

  // ---- review

  /** Whether nobody reviews the reply after this step. */
  public boolean isLastReview() {
    return openReviews().count() <= 1;
  }

  Optional<LimitClock> nextReview() {
    return openReviews().findFirst();
  }

  private Stream<LimitClock> openReviews() {
    return clocks.stream()
        .filter(c -> c.milestone == Milestone.REVIEW && c.round == round && c.isOpen());
  }

  void reviewed(Actor by, Instant at, boolean passed, @Nullable String reason) {
    mustBe("审核回复", Status.UNDER_REVIEW);
    if (passed) {
      nextReview().ifPresent(clock -> keep(clock, at));
      note(by, at, "审核通过", reason, articleOf(Milestone.REVIEW));
    } else {
      reportIsUndone(at);
      status = Status.IN_PROGRESS;
      note(by, at, "审核退回重办", reason, articleOf(Milestone.REVIEW));
    }
  }

  /** What was done is not done; what counted from the reply counts from the next one. */
  private void reportIsUndone(Instant at) {
    List<LimitClock> own =
        clocks.stream().filter(clock -> clock.round == round && clock.voidAt == null).toList();
    Optional<Instant> reported =
        own.stream()
            .filter(clock -> clock.startsWith("REPORT"))
            .map(clock -> clock.startedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    own.stream()
        .filter(c -> c.milestone == Milestone.RESOLVE || c.milestone == Milestone.REPLY)
        .forEach(LimitClock::reopen);
    List<LimitClock> fromReport =
        own.stream()
            .filter(
                c -> c.startsWith("REPORT") && Optional.ofNullable(c.startedAt).equals(reported))
            .filter(c -> c.startedAt != null)
            .toList();
    fromReport.stream().filter(LimitClock::isOpen).forEach(clock -> clock.endWithout(at));
    fromReport.stream()
        .map(clock -> clock.rule)
        .distinct()
        .map(rule -> new LimitClock(Milestone.valueOf(rule.milestone()), round, rule))
        .forEach(clocks::add);
  }

  /** The centre answers the customer as it passes the reply (RQ-14.2, RQ-14.7). */
  public void customerAnswered(Actor by, Instant at, String how, String article) {
    note(by, at, "答复客户", how, article);
  }

  // ---- callback

  /** The reply stands; the callback's limits begin. */
  public void callbackBegins(Actor by, Instant at, String medium, String note, String article) {
    mustBe("回访", Status.UNDER_REVIEW);
    begin("REVIEW", at);
    if (isSettled()) {
      lapsed(Milestone.RECORD, at);
      begin("SETTLEMENT", at);
    }
    callbackMedium = medium;
    status = Status.CALLBACK;
    note(by, at, "确定回访方式", note, article);
  }

  /** The customer was reached, or is not to be asked. */
  public void calledBack(Actor by, Instant at, String satisfaction, @Nullable String remarks) {
    mustBe("登记回访", Status.CALLBACK);
    this.satisfaction = satisfaction;
    meet(Milestone.CALLBACK, at);
    note(
        by,
        at,
        "回访",
        Levels.satisfaction(satisfaction)
            + (remarks == null || remarks.isBlank() ? "" : "：" + remarks),
        articleOf(Milestone.CALLBACK));
  }

  /** An SMS answer that is not plainly satisfied: a person goes on with it (YF-21c). */
  public void answeredBySms(
      Actor by, Instant at, @Nullable String satisfaction, String text, String article) {
    mustBe("登记回访", Status.CALLBACK);
    this.satisfaction = satisfaction;
    meet(Milestone.CALLBACK, at);
    note(by, at, "短信回复", text, article);
  }

  /** Not solved: a new round with a new instruction to the department (YF-21c). */
  public void reworkOrdered(Actor by, Instant at, String instruction, String article) {
    mustBe("退回重办", Status.CALLBACK);
    round++;
    this.instruction = instruction;
    note(by, at, "下达重办指令", instruction, article);
  }

  /** A new round goes to another department than the last (YF-22). */
  public void transferred(Actor by, Instant at, String to, String name, String article) {
    department = to;
    note(by, at, "转派", name, article);
  }

  public void followedUp(Actor by, Instant at, String reason, String article) {
    mustBe("结束跟进", Status.CALLBACK);
    note(by, at, "跟进后办结", reason, article);
  }

  public void settled(Actor by, Instant at, LocalDate on) {
    mustBe("登记结算日期", Status.CALLBACK);
    settledOn = on;
    meet(Milestone.RECORD, at);
    begin("SETTLEMENT", at);
    note(by, at, "登记结算日期", on.toString(), articleOf(Milestone.RECORD));
  }

  // ---- the customer speaks again

  void urgedBy(Actor by, Instant at, @Nullable String note) {
    mustBeOpen("催办");
    urged++;
    String article =
        clocks.stream()
            .filter(LimitClock::runs)
            .min(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt)))
            .map(clock -> clock.rule.article())
            .orElseGet(() -> articleOf(Milestone.CALLBACK));
    note(by, at, "催办", note, article);
  }

  void supplemented(Actor by, Instant at, String note) {
    mustBeOpen("补充");
    note(by, at, "补充", note, null);
  }

  void withdrawn(Actor by, Instant at, @Nullable String note) {
    mustBeOpen("撤单");
    note(by, at, "撤单", note, null);
    finish(at, Status.WITHDRAWN);
  }

  private void mustBeOpen(String what) {
    if (status.isClosed()) {
      throw new hotline.Conflict("工单" + number + status.label() + "，不能再" + what);
    }
  }

  // ---- the record is kept

  /** Nothing of the order is removed until the hold is lifted. */
  void heldBack(Actor by, Instant at, @Nullable String reason) {
    legalHold = LegalHold.asked("工单" + number, legalHold, by.id(), at, reason);
    holdChanged = true;
    note(by, at, LegalHold.VERB, legalHold.reason(), null);
  }

  void holdLifted(Actor by, Instant at) {
    LegalHold.mustBe("工单" + number, legalHold);
    legalHold = null;
    holdChanged = true;
    note(by, at, LegalHold.LIFTED, null, null);
  }

  // ---- closure

  /** The platform's own deadline holds for the answer on it as well. */
  void owesPlatformReply(Instant at, CallbackRule rule) {
    LimitClock clock =
        LimitClock.besides(
            Milestone.PLATFORM_REPLY,
            round,
            "PLATFORM",
            "平台时限",
            rule.platformReplyBy(),
            "",
            "shift-supervisor",
            rule.article(),
            rule.basis());
    clock.startUntil(at, Objects.requireNonNull(externalDueAt));
    clocks.add(clock);
  }

  /** The answer stands on the outside platform (YC-15). */
  void repliedToPlatform(Actor by, Instant at, String reply, @Nullable String article) {
    mustBe("回复平台", Status.CALLBACK);
    platformReply = reply;
    platformRepliedAt = at;
    meet(Milestone.PLATFORM_REPLY, at);
    note(by, at, "回复平台", reply, article);
  }

  /** After closure: what the work took is on the order (WX-1.4d). */
  void completionRecorded(
      Actor by,
      Instant at,
      @Nullable String measures,
      @Nullable String parts,
      @Nullable String cost,
      @Nullable String note) {
    mustBe("回填", Status.CLOSED);
    this.measures = measures == null ? this.measures : measures;
    this.parts = parts == null ? this.parts : parts;
    this.cost = cost == null ? this.cost : cost;
    meet(Milestone.RECORD, at);
    note(by, at, "回填处理结果", note, articleOf(Milestone.RECORD));
  }

  /** Why it is late, as whoever asked the department was told (WX-1.4c). */
  void delayInquired(
      Actor by,
      Instant at,
      String cause,
      @Nullable String responsible,
      String reason,
      @Nullable String article) {
    delayCause = cause;
    responsibleSide = responsible;
    note(
        by,
        at,
        "核实超期原因",
        (cause.equals("OWN") ? "本单位原因，责任方：" + responsible : "客观原因") + "；" + reason,
        article);
  }

  // ---- when the process has lost it

  /** Where it goes on, as the record stands: a step that was done is not asked for again. */
  Resumption resumption() {
    return switch (status) {
      case RECEIVED -> category == null ? Resumption.INTAKE : Resumption.CLASSIFICATION;
      case CHECKING, RETURNED -> Resumption.CHECK;
      case DISPATCHED -> Resumption.ACCEPTANCE;
      case ACCEPTED, IN_PROGRESS, UNDER_REVIEW -> Resumption.HANDLING;
      case CALLBACK -> isAsked() ? Resumption.CLOSING : Resumption.CALLBACK;
      default -> throw new hotline.Conflict("工单" + number + status.label() + "，无需恢复办理");
    };
  }

  /** The customer need not be asked any more in this round. */
  private boolean isAsked() {
    return satisfaction != null && !satisfaction.equals("DISSATISFIED");
  }

  /** It goes on where it stood; a reply whose review is lost is to be given again. */
  Resumption resumed(Actor by, Instant at, @Nullable String note) {
    Resumption from = resumption();
    if (status == Status.UNDER_REVIEW) {
      reportIsUndone(at);
      status = Status.IN_PROGRESS;
    } else if (from == Resumption.CALLBACK) {
      status = Status.UNDER_REVIEW;
    }
    openClock(Milestone.INSTRUCT)
        .ifPresent(
            clock -> instructionWantedFrom = String.join(",", Groups.of(this, clock.rule.who())));
    note(by, at, "恢复办理", "从“" + from.label() + "”继续" + (note == null ? "" : "：" + note), null);
    return from;
  }

  /** It is dispatched anew, whatever was done so far. */
  Resumption checkedAnew(Actor by, Instant at, @Nullable String note) {
    mustBeOpen("重新核对派单");
    if (category == null) {
      throw new Refused("outcome", "本工单还没有受理，不能重新派单；请选“从中断处继续”（outcome=RESUME）");
    }
    status = Status.CHECKING;
    note(by, at, "重新核对派单", note, null);
    return Resumption.CHECK;
  }

  /** Closed by a person, since nothing is left to do. */
  void closedByHand(Actor by, Instant at, String reason) {
    mustBeOpen("办结");
    note(by, at, "办结", reason, null);
    finish(at, Status.CLOSED);
  }

  void closed(Instant at) {
    mustBe("办结", Status.CALLBACK);
    begin("CLOSURE", at);
    note(Actor.SYSTEM, at, "办结", null, null);
    finish(at, Status.CLOSED);
  }

  private void finish(Instant at, Status end) {
    status = end;
    closedAt = at;
    clocks.stream()
        .filter(
            clock ->
                clock.isOpen()
                    && !(end == Status.CLOSED && clock.startsWith("CLOSURE") && clock.runs()))
        .forEach(clock -> clock.endWithout(at));
  }

  // ---- time limits

  /** A promise that begins now and is not one of the time-limits table. */
  public void promiseFrom(
      Instant at,
      Milestone milestone,
      String limit,
      String who,
      String escalateTo,
      String article,
      String basis) {
    LimitClock clock =
        LimitClock.besides(
            milestone, round, LimitClock.NOW, limit, who, "", escalateTo, article, basis);
    clock.start(at, calendar);
    clocks.add(clock);
  }

  /** The promise was kept at that moment, in time or not. */
  public void kept(Milestone milestone, Instant at) {
    meet(milestone, at);
  }

  /** The promise has lost its object. */
  public void lapsed(Milestone milestone, Instant at) {
    clocks.stream()
        .filter(clock -> clock.milestone == milestone && clock.isOpen())
        .forEach(clock -> clock.endWithout(at));
  }

  private void meet(Milestone milestone, Instant at) {
    clocks.stream()
        .filter(
            c -> c.milestone == milestone && c.round == round && c.isOpen() && c.startedAt != null)
        .forEach(clock -> keep(clock, at));
  }

  /** What is done late before the supervision has looked is a breach on the record all the same. */
  private void keep(LimitClock clock, Instant at) {
    boolean untold = clock.isLate(at);
    clock.meet(at);
    if (untold) {
      clock.escalatedAt = at;
      note(Actor.SYSTEM, at, "超期", clock.sentence(calendar.zone()), clock.rule.article());
    }
  }

  private void begin(String event, Instant at) {
    clocks.stream()
        .filter(clock -> clock.round == round && clock.startsWith(event) && clock.isOpen())
        .filter(clock -> clock.startedAt == null)
        .forEach(
            clock -> {
              clock.start(at, calendar);
              warnOfCalendar(clock);
            });
  }

  @Nullable String articleOf(Milestone milestone) {
    List<LimitClock> promised =
        clocks.stream().filter(c -> c.milestone == milestone && c.round == round).toList();
    return promised.stream()
        .filter(clock -> clock.voidAt == null)
        .findFirst()
        .or(() -> promised.stream().findFirst())
        .map(clock -> clock.rule.article())
        .orElse(null);
  }

  /** The next moment at which the supervision of time limits must look again; null when never. */
  @Nullable Instant nextAlertAt() {
    return clocks.stream()
        .map(LimitClock::nextAlertAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** What is to be told now: each warning and each breach exactly once for each promise. */
  List<LimitAlert> alertsDue(Instant now) {
    List<LimitAlert> alerts = new ArrayList<>();
    for (LimitClock clock : clocks) {
      if (clock.warningIsDue(now)) {
        clock.warnedAt = now;
        clock.changed = true;
        alerts.add(new LimitAlert(clock, false));
        note(Actor.SYSTEM, now, "时限提醒", clock.sentence(calendar.zone()), clock.rule.article());
      } else if (clock.breachIsDue(now)) {
        clock.escalatedAt = now;
        clock.breached = true;
        clock.changed = true;
        alerts.add(new LimitAlert(clock, true));
        note(Actor.SYSTEM, now, "超期", clock.sentence(calendar.zone()), clock.rule.article());
      }
    }
    return alerts;
  }

  /** A warning or a breach of one promise. */
  record LimitAlert(LimitClock clock, boolean breach) {}
}
