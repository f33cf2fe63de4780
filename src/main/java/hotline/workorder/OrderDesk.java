package hotline.workorder;

import hotline.Actor;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import hotline.platform.Transactions;
import hotline.workorder.OrderSheet.Act;
import hotline.workorder.OrderSheet.Part;
import hotline.workorder.WorkOrderLists.Page;
import hotline.workorder.WorkOrderLists.Reading;
import hotline.workorder.WorkOrderLists.Words;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * The customer rings again: finds the order, says how far it is, and takes 催办, 补充 and 撤单. For
 * everybody else it is how an order is read that waits for somebody else or is closed.
 */
@Component
class OrderDesk {
  private static final int LINES = 20;

  private final WorkOrders orders;
  private final WorkOrderRows rows;
  private final WorkOrderLists lists;
  private final OpenOrders open;
  private final OrderTexts texts;
  private final ObjectProvider<ScreenPart> parts;
  private final Organisation organisation;
  private final Transactions transactions;

  OrderDesk(
      WorkOrders orders,
      WorkOrderRows rows,
      WorkOrderLists lists,
      OpenOrders open,
      OrderTexts texts,
      ObjectProvider<ScreenPart> parts,
      Organisation organisation,
      Transactions transactions) {
    this.orders = orders;
    this.rows = rows;
    this.lists = lists;
    this.open = open;
    this.texts = texts;
    this.parts = parts;
    this.organisation = organisation;
    this.transactions = transactions;
  }

  record Named(String code, String name) {}

  /** Whose orders the person may look up. */
  List<Named> companies(Actor actor) {
    return organisation.companies().stream()
        .filter(company -> actor.mayActFor(company.id()))
        .map(company -> new Named(company.id(), company.name()))
        .toList();
  }

  record Wanted(@Nullable String company, @Nullable String what, @Nullable String after) {}

  /** Newest first; by number, telephone, or words of the address or of what was said. */
  Page<OrderSheet.Line> find(Actor actor, Wanted wanted) {
    String company = Text.required("company", "公司", wanted.company(), 40);
    String what = Text.optional("what", "查找内容", wanted.what(), 200);
    Page<WorkOrderLists.Line> found = lists.find(actor, company, what, wanted.after(), LINES);
    return new Page<>(found.items().stream().map(this::line).toList(), found.next());
  }

  private OrderSheet.Line line(WorkOrderLists.Line line) {
    Company company = organisation.company(line.company());
    return new OrderSheet.Line(
        line.number(),
        OrderTexts.join(
            " · ",
            orders.categoryLabel(line.company(), line.category()),
            Status.valueOf(line.status()).label()),
        Moments.text(line.receivedAt().toInstant(), company.zone()),
        OrderTexts.join("  ", line.callerName(), line.callerPhone()),
        OrderTexts.join(
            "  ",
            line.district() == null ? null : company.districtName(line.district()),
            line.address()));
  }

  /** As much of the order as is for this person; 404 when none is. */
  OrderSheet sheet(String number, Actor actor) {
    Reading reading = lists.reading(open.look(number), actor);
    WorkOrder order = reading.order();
    // the number is told by one click, which is on the record
    Sight sight = reading.sight() == Sight.WHOLE ? Sight.MASKED : reading.sight();
    return new OrderSheet(
        number,
        texts.head(order),
        reading.mayCall(actor),
        parts(reading, lists.words(order, actor, sight), sight),
        acts(order, actor));
  }

  private List<Part> parts(Reading reading, Words words, Sight sight) {
    WorkOrder order = reading.order();
    ZoneId zone = order.calendar.zone();
    boolean withCaller = sight == Sight.MASKED;
    Map<String, @Nullable String> said = new LinkedHashMap<>();
    said.put("现在等谁办", waiting(order, reading.waiting(), zone));
    said.put(
        "承办部门",
        order.department == null
            ? null
            : organisation.groupName(order.company + "." + order.department));
    said.put("各项时限", OrderTexts.limits(order));
    said.put(
        "客户",
        switch (sight) {
          case WITHOUT_COMPLAINANT -> OrderTexts.COMPLAINED_OF;
          case PROGRESS -> null;
          case MASKED, WHOLE -> OrderTexts.customer(order);
        });
    said.put("地点", texts.place(order, withCaller));
    said.put("反映内容", words.of(order.description));
    said.put("已问情况", words.of(OrderTexts.asked(order)));
    said.put("领导意见或重办指令", words.of(order.instruction));
    said.put("承办部门的回单", words.of(OrderTexts.reply(order)));
    said.put("答复口径", words.of(order.guidance));
    said.put("答复内容", words.of(order.answer));
    Map<String, Object> more = new LinkedHashMap<>();
    parts.orderedStream().forEach(part -> part.show("", order, more));
    said.put("回访", words.of(String.valueOf(more.getOrDefault("attempts", ""))));
    said.put("回访结果", order.satisfaction == null ? null : Levels.satisfaction(order.satisfaction));
    said.put("停供公告", order.outageNumber);
    said.put(
        "来自平台",
        withCaller ? OrderTexts.join(" ", order.externalPlatform, order.externalNumber) : null);
    said.put(
        "关联工单",
        order.linked
            ? rows.linked(order.number).stream()
                .filter(words::knowOf)
                .collect(Collectors.joining("、"))
            : null);
    said.put(
        "保全",
        order.legalHold == null
            ? null
            : OrderTexts.join(
                "  ",
                Moments.text(order.legalHold.at(), zone),
                organisation.personName(order.legalHold.by()),
                words.of(order.legalHold.reason())));
    said.put("办理记录", texts.record(order, words::of));
    return said.entrySet().stream()
        .filter(part -> part.getValue() != null && !part.getValue().isBlank())
        .map(part -> new Part(part.getKey(), Objects.requireNonNull(part.getValue())))
        .toList();
  }

  private String waiting(WorkOrder order, List<WorkTask> waiting, ZoneId zone) {
    if (order.status.isClosed()) {
      return order.status.label()
          + (order.closedAt == null ? "" : "，" + Moments.text(order.closedAt, zone));
    }
    return waiting.stream()
        .map(
            task ->
                task.name()
                    + "："
                    + organisation.groupName(task.group())
                    + (task.assignee() == null
                        ? ""
                        : "，" + organisation.personName(task.assignee()) + " 已认领")
                    + (task.dueAt() == null
                        ? ""
                        : "，应于 " + Moments.text(task.dueAt(), zone) + " 前"))
        .collect(Collectors.joining("\n"));
  }

  private List<Act> acts(WorkOrder order, Actor actor) {
    List<Act> acts = new ArrayList<>();
    if (WorkOrderLists.isOfCentre(actor, order.company) && !order.status.isClosed()) {
      acts.add(new Act("URGE", "催办", "客户怎么说", false));
      acts.add(new Act("SUPPLEMENT", "补充", "补充的内容（必填）", true));
      acts.add(new Act("WITHDRAW", "撤单", "撤单原因", false));
    }
    if (Role.anyOf(Role.ANSWERING, actor, order.company)) {
      acts.add(
          order.legalHold == null
              ? new Act("HOLD", "保全", "保全原因（必填）", true)
              : new Act("LIFT", "解除保全", "", false));
    }
    return acts;
  }

  record Done(@Nullable String act, @Nullable String note) {}

  /** Does one of the sheet's acts and answers the sheet after it. */
  OrderSheet act(String number, Actor actor, Done done) {
    Function<String, OrderSheet> afterwards = changed -> sheet(changed, actor);
    String act = Text.required("act", "办理", done.act(), 20);
    return switch (act) {
      case "HOLD" -> holdBack(number, actor, done.note(), afterwards);
      case "LIFT" -> liftHold(number, actor, afterwards);
      default -> customerSays(number, actor, act, done.note(), afterwards);
    };
  }

  /** 催办, 补充 or 撤单, which the centre takes from the customer. */
  <A> A customerSays(
      String number, Actor actor, String type, @Nullable String note, Function<String, A> answer) {
    orders.mustBeVisible(number, actor);
    if (!WorkOrderLists.isOfCentre(actor, rows.companyOf(number).orElseThrow())) {
      throw new AccessDeniedException("events");
    }
    return done(number, actor, () -> orders.customerSays(number, actor, type, note), answer);
  }

  <A> A holdBack(String number, Actor actor, @Nullable String why, Function<String, A> answer) {
    mustAnswerForIt(actor, number);
    return done(number, actor, () -> orders.holdBack(number, actor, why), answer);
  }

  <A> A liftHold(String number, Actor actor, Function<String, A> answer) {
    mustAnswerForIt(actor, number);
    return done(number, actor, () -> orders.liftHold(number, actor), answer);
  }

  private <A> A done(String number, Actor actor, Runnable act, Function<String, A> answer) {
    return transactions.as(
        actor,
        () -> {
          act.run();
          return number;
        },
        answer);
  }

  private void mustAnswerForIt(Actor actor, String number) {
    orders.mustBeVisible(number, actor);
    if (!Role.anyOf(Role.ANSWERING, actor, rows.companyOf(number).orElseThrow())) {
      throw new AccessDeniedException("legal-hold");
    }
  }
}
