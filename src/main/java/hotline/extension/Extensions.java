package hotline.extension;

import hotline.Actor;
import hotline.Refused;
import hotline.Sql;
import hotline.extension.process.ExtensionProcess;
import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import hotline.regulation.ExtensionRule;
import hotline.regulation.Regulation;
import hotline.workorder.ExtensionRequested;
import hotline.workorder.Groups;
import hotline.workorder.Milestone;
import hotline.workorder.Moments;
import hotline.workorder.Text;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrderTakenUp;
import hotline.workorder.WorkOrderWithdrawn;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkReported;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Requests for more time: asked in time, decided by whom the company's table names, and both the
 * request and its decision stay on the record (YF-9d).
 */
@Component
public class Extensions {
  private static final String GRANTED = " AND approved = TRUE";

  private final JdbcClient jdbc;
  private final WorkOrders orders;
  private final Regulation regulation;
  private final Organisation organisation;
  private final Notices notices;
  private final ExtensionProcess process;
  private final Clock clock;

  Extensions(
      JdbcClient jdbc,
      WorkOrders orders,
      Regulation regulation,
      Organisation organisation,
      Notices notices,
      ExtensionProcess process,
      Clock clock) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.regulation = regulation;
    this.organisation = organisation;
    this.notices = notices;
    this.process = process;
    this.clock = clock;
  }

  /** A request that waits for its decision. */
  public record Request(
      long id,
      Instant until,
      String reason,
      @Nullable String cause,
      String requestedBy,
      String decideBy,
      String article,
      @Nullable Boolean approved) {}

  @EventListener
  void requested(ExtensionRequested asked) {
    WorkOrder order = asked.order();
    ExtensionRule rule =
        regulation
            .extension(order.company(), order.category(), order.level(), asked.cause())
            .orElseThrow(() -> new Refused("延期表没有本类工单的规定，不能申请延期；请联系流程设计员"));
    if (!rule.allowed() && rule.tellAlso().isEmpty()) {
      throw new Refused("按规定（" + rule.basis() + "）本类工单不得延期");
    }
    if (rule.allowed() && asked.isLate() && !rule.whenLate()) {
      throw new Refused("已超过办理时限，不能再申请延期（" + rule.basis() + "），请尽快办理并回单");
    }
    if (waiting(order.number()).isPresent()) {
      throw new Refused("上一次延期申请还在审批，请等待决定");
    }
    if (!rule.allowed()) {
      asked.isNotAllowed();
      record(asked, rule, "", false);
      order.note(Actor.SYSTEM, asked.at(), "不予延期", rule.basis(), rule.article());
      tellAll(order, rule.tellAlso(), "申请延期，属本单位原因，不予延期", asked.at());
      return;
    }
    if (rule.decideBy().isEmpty()) {
      record(asked, rule, "", true);
      tellAll(order, rule.tellAlso(), "说明情况，延期至 " + text(order, asked.until()), asked.at());
      return;
    }
    if (!rule.decideWithin().isEmpty()) {
      order.promiseFrom(
          asked.at(),
          Milestone.DECIDE,
          rule.decideWithin(),
          rule.decideBy(),
          rule.escalateTo(),
          rule.article(),
          rule.basis());
    }
    String decideBy = Groups.of(order, rule.decideBy()).get(0);
    record(asked, rule, decideBy, null);
    tell(order, decideBy, "申请延期至 " + text(order, asked.until()) + "，请审批", asked.at());
  }

  /** The request as it was made; decided at once where nobody has to approve (YC-13d). */
  private void record(
      ExtensionRequested asked, ExtensionRule rule, String decideBy, @Nullable Boolean approved) {
    jdbc.sql(
            """
            INSERT INTO extension_request (order_number, requested_at, requested_by, until_at,
              reason, cause, decide_by, article, decided_at, approved)
            VALUES (:order, :at, :by, :until, :reason, :cause, :decide_by, :article, :decided,
              :approved)
            """)
        .param("order", asked.order().number())
        .param("at", Sql.utc(asked.at()))
        .param("by", asked.by().id())
        .param("until", Sql.utc(asked.until()))
        .param("reason", asked.reason())
        .param("cause", asked.cause())
        .param("decide_by", decideBy)
        .param("article", rule.article())
        .param("decided", approved == null ? null : Sql.utc(asked.at()))
        .param("approved", approved)
        .update();
  }

  /** Once the work is reported, an undecided request has lost its object. */
  @EventListener
  void reported(WorkReported reported) {
    if (lapse(reported.orderNumber(), reported.at(), "已完工")) {
      process.lapsed(reported.orderNumber());
    }
  }

  /** The same when the customer takes the matter back; the process has ended by itself. */
  @EventListener
  void withdrawn(WorkOrderWithdrawn withdrawn) {
    lapse(withdrawn.orderNumber(), withdrawn.at(), "客户已撤单");
  }

  /** Nobody is asked any more whose process was lost; the department may ask again. */
  @EventListener
  void takenUp(WorkOrderTakenUp order) {
    lapse(order.orderNumber(), order.at(), "流程中断后重新办理");
  }

  private boolean lapse(String number, Instant at, String why) {
    Optional<Request> undecided = waiting(number);
    undecided.ifPresent(
        request -> {
          jdbc.sql("UPDATE extension_request SET lapsed_at = :at WHERE id = :id")
              .param("at", Sql.utc(at))
              .param("id", request.id())
              .update();
          orders.change(
              number,
              order -> {
                order.lapsed(Milestone.DECIDE, at);
                order.note(Actor.SYSTEM, at, "延期申请失效", why, request.article());
              });
        });
    return undecided.isPresent();
  }

  /** The decision, by the leader or centre that the table names; a refusal needs its reason. */
  public String decide(String number, Actor by, DecideExtension form) {
    Request request = waiting(number).orElseThrow(() -> new Refused("没有待审批的延期申请"));
    if (form.approved() == null) {
      throw new Refused("approved", "请选择是否同意延期（approved）");
    }
    boolean approved = form.approved();
    String reason = Text.optional("reason", "理由", form.reason(), 1000);
    if (!approved && reason.isEmpty()) {
      throw new Refused("reason", "不同意延期须填写理由（reason）");
    }
    Instant now = clock.instant();
    jdbc.sql(
            """
            UPDATE extension_request SET decided_at = :at, decided_by = :by, approved = :approved,
              decision_reason = :reason
            WHERE id = :id
            """)
        .param("at", Sql.utc(now))
        .param("by", by.id())
        .param("approved", approved)
        .param("reason", reason)
        .param("id", request.id())
        .update();
    orders.change(
        number,
        order -> {
          order.kept(Milestone.DECIDE, now);
          order.note(by, now, approved ? "同意延期" : "不同意延期", reason, request.article());
        });
    return approved ? "APPROVED" : "REJECTED";
  }

  /**
   * An approved request moves the limit at once; whoever asked is told. Answers who must tell the
   * customer, if the table says so.
   */
  public List<String> moveTimeLimit(String number) {
    Request request = granted(number);
    Instant now = clock.instant();
    List<String> tellBy = new ArrayList<>();
    orders.change(
        number,
        order -> {
          order.extended(Actor.SYSTEM, now, request.until(), request.article());
          tell(order, department(order), "延期已同意，时限延长至 " + text(order, request.until()), now);
          rule(order, request).ifPresent(rule -> tellBy.addAll(owesTheCustomer(order, rule, now)));
        });
    return tellBy;
  }

  private Optional<ExtensionRule> rule(WorkOrder order, Request request) {
    return regulation.extension(
        order.company(),
        order.category(),
        order.level(),
        request.cause() == null ? "OUTSIDE" : request.cause());
  }

  /** The customer is told, with an apology (WX-1.4c, RQ-14.6c, RL-3.4). */
  private static List<String> owesTheCustomer(WorkOrder order, ExtensionRule rule, Instant now) {
    if (rule.tellCustomerBy().isEmpty()) {
      return List.of();
    }
    if (!rule.tellCustomerWithin().isEmpty()) {
      order.promiseFrom(
          now,
          Milestone.INFORM,
          rule.tellCustomerWithin(),
          rule.tellCustomerBy(),
          "shift-supervisor",
          rule.article(),
          rule.basis());
    }
    return Groups.of(order, rule.tellCustomerBy());
  }

  /** The customer knows of the extension. */
  public void tellCustomer(String number, Actor by, TellCustomer form) {
    Request request = granted(number);
    Instant now = clock.instant();
    String how = Text.required("note", "告知情况", form.note(), 1000);
    jdbc.sql("UPDATE extension_request SET told_at = :at WHERE id = :id")
        .param("at", Sql.utc(now))
        .param("id", request.id())
        .update();
    orders.change(
        number,
        order -> {
          order.kept(Milestone.INFORM, now);
          order.note(by, now, "告知客户延期并致歉", how, request.article());
        });
  }

  /** A rejected request leaves the old due time; whoever asked is told. */
  public void keepTimeLimit(String number) {
    Instant now = clock.instant();
    orders.change(number, order -> tell(order, department(order), "延期未获同意，原时限不变", now));
  }

  /** Who decides; empty where the request counts without a decision. */
  public Optional<String> decideBy(String number) {
    return waiting(number).map(Request::decideBy);
  }

  /** The request that is still undecided, if there is one. */
  public Optional<Request> waiting(String number) {
    return query(number, " AND decided_at IS NULL AND lapsed_at IS NULL");
  }

  /** The request that a task is about: the one to decide, or the one that was granted. */
  Optional<Request> shownAt(String task, String number) {
    return task.equals("tell-customer") ? query(number, GRANTED) : waiting(number);
  }

  private Request granted(String number) {
    return query(number, GRANTED).orElseThrow();
  }

  private Optional<Request> query(String number, String narrow) {
    return jdbc.sql(
            "SELECT * FROM extension_request WHERE order_number = :order"
                + narrow
                + " ORDER BY id DESC LIMIT 1")
        .param("order", number)
        .query((row, i) -> request(row))
        .optional();
  }

  private static Request request(ResultSet row) throws SQLException {
    return new Request(
        row.getLong("id"),
        Sql.at(row, "until_at"),
        row.getString("reason"),
        row.getString("cause"),
        row.getString("requested_by"),
        row.getString("decide_by"),
        row.getString("article"),
        row.getObject("approved", Boolean.class));
  }

  private static String department(WorkOrder order) {
    return Groups.of(order, "DEPARTMENT").get(0);
  }

  private static String text(WorkOrder order, Instant at) {
    return Moments.text(at, order.calendar().zone());
  }

  private void tellAll(WorkOrder order, String words, String what, Instant now) {
    Groups.of(order, words).forEach(group -> tell(order, group, what, now));
  }

  private void tell(WorkOrder order, String group, String what, Instant now) {
    for (Person person : organisation.members(group, now)) {
      if (person.email() != null) {
        notices.queue(
            new NewNotice(
                order.number() + "|EXTENSION|" + person.id() + "|" + now.toEpochMilli(),
                order.company(),
                order.number(),
                order.round(),
                Purpose.EXTENSION,
                Channel.EMAIL,
                person.displayName(),
                person.email(),
                "【热线工单】" + order.number() + " " + what,
                "工单编号：" + order.number() + "\n" + what + "\n请登录热线工单系统办理。\n"));
      }
    }
  }
}
