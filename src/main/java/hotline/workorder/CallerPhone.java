package hotline.workorder;

import hotline.Actor;
import hotline.NotFound;
import hotline.organisation.Organisation;
import hotline.platform.Transactions;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Tells whoever must call the customer the number that is masked everywhere else, and keeps on the
 * record whom it was told and for what (YF-12, RQ-13).
 */
@Component
class CallerPhone {
  private static final String SHOWN = "查看号码";

  private final WorkOrders orders;
  private final OpenOrders open;
  private final WorkOrderRows rows;
  private final WorkOrderLists lists;
  private final WorkTasks tasks;
  private final TaskSubjects subjects;
  private final Organisation organisation;
  private final Transactions transactions;
  private final Clock clock;

  CallerPhone(
      WorkOrders orders,
      OpenOrders open,
      WorkOrderRows rows,
      WorkOrderLists lists,
      WorkTasks tasks,
      TaskSubjects subjects,
      Organisation organisation,
      Transactions transactions,
      Clock clock) {
    this.orders = orders;
    this.open = open;
    this.rows = rows;
    this.lists = lists;
    this.tasks = tasks;
    this.subjects = subjects;
    this.organisation = organisation;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param others further numbers that stand in the order's texts, masked there as well
   */
  record Told(String order, String phone, List<String> others) {}

  Told tell(String number, Actor actor, @Nullable String reason) {
    orders.mustBeVisible(number, actor);
    return transactions.as(
        actor,
        () -> {
          WorkOrder order = open.hold(number);
          if (!lists.reading(order, actor).mayCall(actor)) {
            throw new AccessDeniedException("phone");
          }
          WorkTask need =
              tasks.open(number).stream()
                  .filter(task -> task.isFor(actor))
                  .findFirst()
                  .orElse(null);
          String given = Text.optional("reason", "原因", reason, 200);
          order.note(
              actor,
              clock.instant(),
              SHOWN,
              !given.isEmpty() ? given : need == null ? null : "用于“" + need.name() + "”",
              need == null ? null : need.article());
          return new Told(number, order.callerPhone, others(order));
        });
  }

  /** The same for somebody who sits before the task's form. */
  Told tellAtTask(String taskId, Actor actor) {
    WorkTask task =
        tasks
            .find(taskId)
            .filter(found -> actor.mayActFor(found.company()))
            .filter(found -> subjects.of(found.orderNumber()).isEmpty())
            .orElseThrow(() -> new NotFound("没有这个任务，或它不属于您的公司"));
    return tell(task.orderNumber(), actor, "用于“" + task.name() + "”");
  }

  private List<String> others(WorkOrder order) {
    String hotline = organisation.company(order.company).hotline();
    Set<String> others = new LinkedHashSet<>(Discretion.numbers(order.description, hotline));
    rows.events(order.number).stream()
        .map(Event::note)
        .filter(Objects::nonNull)
        .forEach(note -> others.addAll(Discretion.numbers(note, hotline)));
    others.removeIf(
        other -> other.endsWith(order.phoneDigits) || order.phoneDigits.endsWith(other));
    return List.copyOf(others);
  }
}
