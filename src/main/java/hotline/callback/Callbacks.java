package hotline.callback;

import hotline.Actor;
import hotline.Refused;
import hotline.Sql;
import hotline.calendar.TimeLimit;
import hotline.calendar.WorkCalendar;
import hotline.callback.process.CallbackProcess;
import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import hotline.regulation.CallbackRule;
import hotline.workorder.CallbackAttempt;
import hotline.workorder.Groups;
import hotline.workorder.Intake;
import hotline.workorder.Moments;
import hotline.workorder.ReplyPassed;
import hotline.workorder.Text;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrderTakenUp;
import hotline.workorder.WorkOrderWithdrawn;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTasks;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Asks the customer whether it is solved: by SMS or phone as the company's table and the draw say,
 * until there is an answer, or enough attempts (YF-20 to YF-22).
 */
@Component
public class Callbacks {
  /** Whoever must know when the customer's SMS answer or the next attempt is due. */
  public static final String AWAIT_SMS_REPLY = "await-sms-reply";

  public static final String AWAIT_NEXT_ATTEMPT = "await-next-attempt";
  private static final Map<String, String> MEDIA =
      Map.of(
          "PHONE", "电话回访",
          "SMS", "短信回访",
          "SETTLED", "结算后电话回访",
          "ANSWER", "审核时已答复客户，不做满意度回访",
          "NONE", "免回访");
  private static final Actor CUSTOMER = new Actor("客户", Set.of());
  private static final Set<String> MARKS = Set.of("SATISFIED", "DISSATISFIED");

  /**
   * Why a call did not reach the customer; our own line's fault is not the customer's (RQ-14.9f).
   */
  static final Map<String, String> UNREACHED =
      Map.of(
          "NO_ANSWER", "无人接听",
          "POWERED_OFF", "关机或停机",
          "REFUSED_CALL", "客户拒接",
          "WRONG_NUMBER", "号码有误",
          "OUR_SIDE", "我方线路或系统原因");

  private static final Map<String, String> RATINGS =
      Map.of("GOOD", "满意", "FAIR", "一般", "POOR", "不满意");

  private final WorkOrders orders;
  private final Intake intake;
  private final WorkTasks tasks;
  private final CallbackDraw draw;
  private final Notices notices;
  private final Organisation organisation;
  private final CallbackProcess process;
  private final JdbcClient jdbc;
  private final Clock clock;

  Callbacks(
      WorkOrders orders,
      Intake intake,
      WorkTasks tasks,
      CallbackDraw draw,
      Notices notices,
      Organisation organisation,
      CallbackProcess process,
      JdbcClient jdbc,
      Clock clock) {
    this.orders = orders;
    this.intake = intake;
    this.tasks = tasks;
    this.draw = draw;
    this.notices = notices;
    this.organisation = organisation;
    this.process = process;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How the customer is asked, and who follows up a dissatisfied answer. */
  public record Plan(String outcome, List<String> followUpBy) {}

  /** Finds the medium: by the table, and where it says so by the draw (YF-21a, YF-21b, YF-20). */
  public Plan plan(String number) {
    Instant now = clock.instant();
    List<Plan> plan = new ArrayList<>();
    orders.change(
        number,
        order -> {
          CallbackRule rule = rule(order);
          String medium = rule.medium();
          if (medium.equals("SETTLED") && order.isSettled()) {
            medium = "PHONE";
          }
          String note = MEDIA.getOrDefault(medium, medium);
          if (medium.equals("DRAW")) {
            boolean phone =
                draw.isDrawnForPhone(order.company(), number, order.round(), rule.drawBlock(), now);
            medium = phone ? "PHONE" : "SMS";
            note = phone ? "抽中电话回访" : "短信回访";
          }
          if (medium.equals("WEEKLY_DRAW")) {
            CallbackDraw.Place place =
                draw.takeWeekly(
                    order.company(),
                    number,
                    order.round(),
                    rule.drawBlock(),
                    now,
                    order.calendar().zone());
            medium = place.phone() ? "PHONE" : "NONE";
            note = place.why();
          }
          if (medium.equals("ANSWER")) {
            medium = "NONE";
          }
          if (medium.equals("SMS") && !order.isFromMobile()) {
            medium = "PHONE";
            note = "号码不能接收短信，改为电话回访";
          }
          order.callbackBegins(
              Actor.SYSTEM, now, medium.equals("SETTLED") ? "PHONE" : medium, note, rule.article());
          if (medium.equals("NONE")) {
            order.calledBack(Actor.SYSTEM, now, "NOT_ASKED", null);
          }
          plan.add(new Plan(medium, Groups.of(order, rule.followUpBy())));
        });
    return plan.get(0);
  }

  /** What the screen says in the quiet hours; "" at other times. */
  String quiet(WorkOrder order, Instant now) {
    CallbackRule rule = rule(order);
    return isQuiet(order, rule, now)
        ? "现在是静默时段（"
            + quietHours(rule)
            + "，"
            + rule.basis()
            + "），"
            + (rule.nightReason() ? "除约定时间外致电须写理由" : "请尽量避免致电")
        : "";
  }

  CallbackRule rule(WorkOrder order) {
    return orders
        .callbackRule(order)
        .orElse(
            new CallbackRule(
                "PHONE",
                0,
                "",
                1,
                "当日",
                "",
                "",
                false,
                "",
                "agent",
                "",
                "DEFAULT",
                "回访表无对应行，按电话回访"));
  }

  // ---- by SMS

  /** The question goes into the outbox; who takes over without an answer, and when, is shown. */
  public void askBySms(String number) {
    Instant now = clock.instant();
    orders.change(
        number,
        order -> {
          CallbackRule rule = rule(order);
          Instant sendAt = outsideQuietHours(order, rule, now);
          Instant dueAt =
              outsideQuietHours(
                  order,
                  rule,
                  order.calendar().deadline(sendAt, TimeLimit.parse(rule.smsWait())).dueAt());
          forgetQuestion(number);
          jdbc.sql(
                  """
                  INSERT INTO sms_question
                    (order_number, company, phone_digits, round, asked_at, due_at)
                  VALUES (:order, :company, :phone, :round, :at, :due)
                  """)
              .param("order", number)
              .param("company", order.company())
              .param("phone", order.phoneDigits())
              .param("round", order.round())
              .param("at", Sql.utc(now))
              .param("due", Sql.utc(dueAt))
              .update();
          String company = organisation.company(order.company()).name();
          notices.queue(
              new NewNotice(
                  number + "|CALLBACK|" + order.round(),
                  order.company(),
                  number,
                  order.round(),
                  Purpose.CALLBACK,
                  Channel.SMS,
                  "客户",
                  order.phoneDigits(),
                  "回访",
                  "【" + company + "】您反映的问题（工单" + number + "）已处理完毕。满意请回复1，不满意请回复2，也可写明意见。"),
              sendAt);
          orders.record(
              new CallbackAttempt(
                  number,
                  order.round(),
                  "SMS",
                  now,
                  Actor.SYSTEM.id(),
                  false,
                  null,
                  null,
                  null,
                  null,
                  null,
                  dueAt));
          await(order, AWAIT_SMS_REPLY, "等待客户短信回复", dueAt, now, rule.article());
        });
  }

  private void await(
      WorkOrder order, String task, String name, Instant dueAt, Instant now, String article) {
    tasks.opened(
        task + "|" + order.number() + "|" + now.toEpochMilli(),
        order.number(),
        order.company(),
        task,
        name,
        null,
        order.company() + ".agent",
        null,
        dueAt,
        article,
        now);
  }

  /** When the phone takes over from an unanswered SMS. */
  public Instant smsAnswerDueAt(String number) {
    return jdbc.sql("SELECT due_at FROM sms_question WHERE order_number = :order")
        .param("order", number)
        .query((row, i) -> Sql.at(row, "due_at"))
        .single();
  }

  /**
   * An inbound SMS: recorded once for each message id; the newest open question of that phone takes
   * it as its answer (YF-21c).
   */
  public void smsReplied(Actor by, SmsReply reply) {
    Instant now = clock.instant();
    String messageId = Text.required("messageId", "短信编号", reply.messageId(), 120);
    String phone = orders.senderDigits("from", reply.from());
    String text = Text.optional("text", "短信内容", reply.text(), 1000);
    Instant received = Moments.given("receivedAt", "接收时间", reply.receivedAt());
    Instant at = received == null ? now : received;
    if (isKnown(messageId)) {
      return;
    }
    Set<String> companies =
        organisation.ids().stream()
            .filter(company -> Role.anyOf(Role.CENTRE, by, company))
            .collect(Collectors.toCollection(TreeSet::new));
    if (companies.isEmpty()) {
      // a department could call its own customer satisfied
      throw new AccessDeniedException("sms-replies");
    }
    String number =
        jdbc.sql(
                """
                SELECT order_number FROM sms_question
                WHERE phone_digits = :phone AND company IN (:companies)
                ORDER BY asked_at DESC LIMIT 1
                """)
            .param("phone", phone)
            .param("companies", companies.isEmpty() ? List.of("") : companies)
            .query(String.class)
            .optional()
            .orElse(null);
    String late = number == null ? orders.inCallback(phone, companies).orElse(null) : null;
    String meaning = meaning(text);
    jdbc.sql(
            """
            INSERT INTO sms_reply
              (message_id, company, phone_digits, reply, received_at, order_number, satisfaction)
            VALUES (:id, :company, :phone, :text, :at, :order, :meaning)
            """)
        .param("id", messageId)
        .param("company", String.join(" ", companies))
        .param("phone", phone)
        .param("text", text)
        .param("at", Sql.utc(at))
        .param("order", number == null ? late : number)
        .param("meaning", meaning)
        .update();
    if (number != null) {
      answered(number, text, meaning, now);
    } else if (late != null) {
      orders.change(late, order -> keep(order, text, meaning, now));
    }
  }

  /** After the time for an SMS answer a person goes on; they see what the customer still wrote. */
  private void keep(WorkOrder order, String text, @Nullable String meaning, Instant now) {
    orders.record(bySms(order, text, meaning, now));
    order.note(CUSTOMER, now, "短信回复（已转人工）", text, rule(order).article());
  }

  private static CallbackAttempt bySms(
      WorkOrder order, String text, @Nullable String meaning, Instant now) {
    return new CallbackAttempt(
        order.number(),
        order.round(),
        "SMS",
        now,
        CUSTOMER.id(),
        true,
        null,
        "SATISFIED".equals(meaning) ? Boolean.TRUE : null,
        meaning,
        null,
        text,
        null);
  }

  boolean isKnown(@Nullable String messageId) {
    return jdbc.sql("SELECT COUNT(*) FROM sms_reply WHERE message_id = :id")
            .param("id", Text.required("messageId", "短信编号", messageId, 120))
            .query(Integer.class)
            .single()
        > 0;
  }

  private void answered(String number, String text, @Nullable String meaning, Instant now) {
    forgetQuestion(number);
    orders.change(
        number,
        order -> {
          orders.record(bySms(order, text, meaning, now));
          tasks.closeAwaited(number, now);
          if ("SATISFIED".equals(meaning)) {
            order.calledBack(CUSTOMER, now, "SATISFIED", text);
          } else {
            CallbackRule rule = rule(order);
            order.answeredBySms(CUSTOMER, now, meaning, text, rule.article());
            orders.dissatisfied(order, rule.followUpBy());
          }
        });
    process.smsReplied(number, "SATISFIED".equals(meaning) ? "SATISFIED" : "DISSATISFIED");
  }

  /** Of an order that was taken back nothing is asked any more; a late SMS changes nothing. */
  @EventListener
  void withdrawn(WorkOrderWithdrawn withdrawn) {
    forgetQuestion(withdrawn.orderNumber());
    tasks.closeAwaited(withdrawn.orderNumber(), withdrawn.at());
  }

  /** The callback of an order that is taken up anew begins anew as well. */
  @EventListener
  void takenUp(WorkOrderTakenUp order) {
    forgetQuestion(order.orderNumber());
  }

  /** No answer in time: the phone takes over. */
  public void forgetQuestion(String number) {
    jdbc.sql("DELETE FROM sms_question WHERE order_number = :order")
        .param("order", number)
        .update();
  }

  /** 满意, 不满意, or null where a person must read it. */
  static @Nullable String meaning(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .replaceAll("[\\s。.!！,，~～、]+", "")
            .toLowerCase(Locale.ROOT);
    if (plain.matches("2|不满意|不|否|差|很不满意|非常不满意") || plain.contains("不满意")) {
      return "DISSATISFIED";
    }
    if (plain.matches("1|满意|很满意|非常满意|满意谢谢|好|是")) {
      return "SATISFIED";
    }
    return null;
  }

  // ---- by phone

  /**
   * One attempt by phone: satisfied, dissatisfied, not reached, or asked to call at another time.
   */
  public String byPhone(String number, Actor by, CallbackByPhone form) {
    Instant now = clock.instant();
    if (form.reached() == null) {
      throw new Refused("reached", "请选择是否接通（reached）");
    }
    boolean reached = form.reached();
    String remarks = Text.optional("remarks", "意见和建议", form.remarks(), 2000);
    String demand = Text.optional("newDemand", "新诉求", form.newDemand(), 4000);
    String answers = answers(form);
    Instant next = Moments.given("nextAttemptAt", "下次回访时间", form.nextAttemptAt());
    boolean contradicts = reached && Boolean.TRUE.equals(form.contradictsReply());
    boolean later = reached && next != null && form.satisfaction() == null && !contradicts;
    String cause =
        reached
            ? ""
            : Text.oneOf("unreachedCause", "未接通原因", form.unreachedCause(), UNREACHED.keySet());
    String unreached = reached ? null : cause.isEmpty() ? "NO_ANSWER" : cause;
    String satisfaction = null;
    if (contradicts && remarks.isEmpty()) {
      throw new Refused("remarks", "回复与回访不符的，请在意见和建议（remarks）中写明客户说的实际情况");
    }
    if (reached && !later && !contradicts) {
      if (form.solved() == null) {
        throw new Refused("solved", "请选择问题是否已解决（solved）");
      }
      satisfaction = Text.oneOf("satisfaction", "客户是否满意", form.satisfaction(), MARKS);
      if (satisfaction.isEmpty()) {
        throw new Refused("satisfaction", "请选择客户是否满意（satisfaction）：SATISFIED 满意、DISSATISFIED 不满意");
      }
    }
    String mark = satisfaction;
    List<String> outcome = new ArrayList<>();
    orders.change(
        number,
        order -> {
          CallbackRule rule = rule(order);
          mayCallNow(order, rule, by, form, now);
          int round = order.round();
          Instant nextAt = null;
          if (contradicts) {
            order.calledBack(by, now, "DISSATISFIED", remarks);
            order.reworkOrdered(by, now, "回复与回访不符：" + remarks, rule.article());
            outcome.add("REWORK");
          } else if (reached && !later) {
            boolean satisfied = Boolean.TRUE.equals(form.solved()) && "SATISFIED".equals(mark);
            order.calledBack(by, now, satisfied ? "SATISFIED" : "DISSATISFIED", remarks);
            outcome.add(satisfied ? "SATISFIED" : "DISSATISFIED");
            if (!satisfied) {
              orders.dissatisfied(order, rule.followUpBy());
            }
          } else {
            nextAt =
                later ? agreed(order, rule, next, remarks, now) : retryAt(order, rule, next, now);
            long failures =
                orders.callbackAttempts(number).stream()
                        .filter(a -> a.round() == order.round())
                        .filter(a -> a.medium().equals("PHONE") && !a.reached())
                        .filter(a -> !"OUR_SIDE".equals(a.unreachedCause()))
                        .count()
                    + ("OUR_SIDE".equals(unreached) ? 0 : 1);
            if (!reached && failures >= rule.attempts()) {
              nextAt = null;
              order.calledBack(
                  by,
                  now,
                  "UNREACHABLE",
                  "拨打"
                      + failures
                      + "次未接通，最后一次"
                      + UNREACHED.get(unreached)
                      + (remarks.isEmpty() ? "" : "；" + remarks));
              outcome.add("UNREACHABLE");
            } else {
              order.note(
                  by,
                  now,
                  "电话回访未完成",
                  (unreached == null ? "" : UNREACHED.get(unreached) + " ") + remarks,
                  rule.article());
              await(
                  order,
                  AWAIT_NEXT_ATTEMPT,
                  "等待下次拨打",
                  Objects.requireNonNull(nextAt),
                  now,
                  rule.article());
              outcome.add("RETRY");
            }
          }
          orders.record(
              new CallbackAttempt(
                  number,
                  round,
                  "PHONE",
                  now,
                  by.id(),
                  reached,
                  unreached,
                  form.solved(),
                  mark,
                  answers,
                  remarks.isEmpty() ? null : remarks,
                  nextAt));
        });
    if (!demand.isEmpty()) {
      intake.takeNewDemand(number, by, demand);
    }
    return outcome.get(0);
  }

  /** As agreed; in the quiet hours only with its reason (RQ-14.9b). */
  private static Instant agreed(
      WorkOrder order, CallbackRule rule, @Nullable Instant next, String remarks, Instant now) {
    if (next == null || !next.isAfter(now)) {
      throw new Refused("nextAttemptAt", "约定的下次回访时间（nextAttemptAt）必须晚于现在");
    }
    if (rule.nightReason() && remarks.isEmpty() && isQuiet(order, rule, next)) {
      throw new Refused(
          "remarks",
          quietHours(rule) + "原则上不得回访（" + rule.basis() + "），约定在此时段的请在意见和建议（remarks）中写明客户的要求");
    }
    return next;
  }

  /**
   * In principle nobody is called in the quiet hours; an agreed time or a reason overrides that.
   */
  private void mayCallNow(
      WorkOrder order, CallbackRule rule, Actor by, CallbackByPhone form, Instant now) {
    if (!rule.nightReason() || !isQuiet(order, rule, now)) {
      return;
    }
    String reason = Text.optional("nightReason", "静默时段致电理由", form.nightReason(), 500);
    boolean agreed =
        orders.callbackAttempts(order.number()).stream()
            .anyMatch(
                a ->
                    a.reached()
                        && a.round() == order.round()
                        && a.nextAttemptAt() != null
                        && !a.nextAttemptAt().isAfter(now));
    if (reason.isEmpty() && !agreed) {
      throw new Refused(
          "nightReason",
          quietHours(rule)
              + "原则上不得回访（"
              + rule.basis()
              + "），请在"
              + rule.quietTo()
              + "后致电，或填写静默时段致电理由（nightReason）");
    }
    order.note(by, now, "静默时段致电", reason.isEmpty() ? "按与客户约定的时间" : reason, rule.article());
  }

  private static String quietHours(CallbackRule rule) {
    return rule.quietFrom() + "至次日" + rule.quietTo();
  }

  private static boolean isQuiet(WorkOrder order, CallbackRule rule, Instant at) {
    return !outsideQuietHours(order, rule, at).equals(at);
  }

  /** That moment, or the end of the quiet hours in which it lies. */
  private static Instant outsideQuietHours(WorkOrder order, CallbackRule rule, Instant at) {
    return rule.quietFrom().isEmpty()
        ? at
        : order
            .calendar()
            .nextAllowed(at, LocalTime.parse(rule.quietFrom()), LocalTime.parse(rule.quietTo()));
  }

  /** Not before the interval has passed, and not in the quiet hours. */
  private static Instant retryAt(
      WorkOrder order, CallbackRule rule, @Nullable Instant wanted, Instant now) {
    WorkCalendar calendar = order.calendar();
    Instant earliest = calendar.deadline(now, TimeLimit.parse(rule.interval())).dueAt();
    Instant at = wanted == null ? earliest : wanted;
    if (at.isBefore(earliest)) {
      throw new Refused(
          "nextAttemptAt",
          "两次拨打间隔不小于" + rule.interval() + "（" + rule.basis() + "），下次拨打时间（nextAttemptAt）请推后");
    }
    return outsideQuietHours(order, rule, at);
  }

  private static @Nullable String answers(CallbackByPhone form) {
    List<String> answers = new ArrayList<>();
    add(answers, "serviceQuality", "服务质量", form.serviceQuality());
    add(answers, "serviceManner", "服务态度", form.serviceManner());
    add(answers, "workQuality", "工程质量", form.workQuality());
    add(answers, "timeliness", "工程时限", form.timeliness());
    String rating = Text.oneOf("workerRating", "对接工人员的评价", form.workerRating(), RATINGS.keySet());
    if (!rating.isEmpty()) {
      answers.add("对接工人员的评价：" + RATINGS.get(rating));
    }
    return answers.isEmpty() ? null : String.join("；", answers);
  }

  private static void add(
      List<String> answers, String field, String asked, @Nullable String answer) {
    String text = Text.optional(field, asked, answer, 200);
    if (!text.isEmpty()) {
      answers.add(asked + "：" + text);
    }
  }

  /** When the customer is phoned again: the time that the last attempt left. */
  public Instant nextAttemptAt(String number) {
    return orders.callbackAttempts(number).stream()
        .map(CallbackAttempt::nextAttemptAt)
        .filter(Objects::nonNull)
        .reduce((first, second) -> second)
        .orElseGet(clock::instant);
  }

  public void nextAttemptBegins(String number) {
    tasks.closeAwaited(number, clock.instant());
  }

  // ---- afterwards

  /** A dissatisfied answer leads to a new round, or is closed with its reason (YF-21c). */
  public String followUp(String number, Actor by, FollowUp form) {
    Instant now = clock.instant();
    String outcome = Text.oneOf("outcome", "处理结果", form.outcome(), Set.of("REWORK", "CLOSE"));
    String instruction = Text.optional("instruction", "重办指令", form.instruction(), 2000);
    String reason = Text.optional("reason", "办结原因", form.reason(), 1000);
    switch (outcome) {
      case "REWORK" -> {
        if (instruction.isEmpty()) {
          throw new Refused("instruction", "请填写给承办部门的重办指令（instruction）");
        }
        orders.change(
            number,
            order -> {
              order.reworkOrdered(by, now, instruction, rule(order).article());
              transfer(order, by, form.department(), now);
            });
      }
      case "CLOSE" -> {
        if (reason.isEmpty()) {
          throw new Refused("reason", "不再重办须填写办结原因（reason）");
        }
        orders.change(number, order -> order.followedUp(by, now, reason, rule(order).article()));
      }
      default -> throw new Refused("outcome", "请选择处理结果（outcome）：REWORK 退回重办、CLOSE 办结");
    }
    return outcome;
  }

  /** A new round may go to another department, such as the one that coordinates (YF-22). */
  private void transfer(WorkOrder order, Actor by, @Nullable String department, Instant now) {
    if (department != null && !department.isBlank()) {
      String code = orders.department(order, department);
      order.transferred(
          by,
          now,
          code,
          organisation.groupName(order.company() + "." + code),
          rule(order).article());
    }
  }

  /** Where the table says so, the centre has answered the customer with its own review (C5). */
  @EventListener
  void passed(ReplyPassed passed) {
    WorkOrder order = passed.order();
    CallbackRule rule = rule(order);
    if (rule.medium().equals("ANSWER")) {
      mayAnswerNow(order, rule, passed);
      order.customerAnswered(
          passed.by(),
          passed.at(),
          passed.remark().isEmpty() ? "已将处理结果答复客户" : passed.remark(),
          rule.article());
    }
  }

  /** An answer by telephone is a call as well (RQ-14.9b). */
  private static void mayAnswerNow(WorkOrder order, CallbackRule rule, ReplyPassed passed) {
    if (rule.nightReason() && passed.remark().isEmpty() && isQuiet(order, rule, passed.at())) {
      throw new Refused(
          "reason",
          quietHours(rule)
              + "原则上不得致电客户（"
              + rule.basis()
              + "），请在"
              + rule.quietTo()
              + "后答复并通过，或在审核意见（reason）中写明答复方式和理由");
    }
  }

  public void recordSettlement(String number, Actor by, RecordSettlement form) {
    LocalDate on = form.settledOn();
    Instant now = clock.instant();
    if (on == null) {
      throw new Refused("settledOn", "请填写结算日期（settledOn）");
    }
    orders.change(
        number,
        order -> {
          LocalDate today = now.atZone(order.calendar().zone()).toLocalDate();
          if (on.isAfter(today)) {
            throw new Refused("settledOn", "结算日期（settledOn）不能晚于今天");
          }
          if (on.isBefore(today.minusYears(10))) {
            throw new Refused("settledOn", "结算日期（settledOn）早于十年前，请核对年份");
          }
          order.settled(by, now, on);
        });
  }
}
