package hotline.workorder;

import hotline.Actor;
import hotline.NotFound;
import hotline.organisation.Organisation;
import hotline.workorder.Completion.Step;
import hotline.workorder.WorkOrderView.CallerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads of an order what its 《工单完成确认单》 needs (WX-1.4d). */
@Component
public class Completions {
  private static final List<Milestone> SHOWN =
      List.of(Milestone.ARRIVE, Milestone.CONTAIN, Milestone.RESOLVE, Milestone.REPLY);

  private final WorkOrders orders;
  private final WorkOrderLists lists;
  private final Organisation organisation;

  Completions(WorkOrders orders, WorkOrderLists lists, Organisation organisation) {
    this.orders = orders;
    this.lists = lists;
    this.organisation = organisation;
  }

  /** For those only who may read the order together with its caller; 404 for everybody else. */
  public Completion of(String number, Actor reader) {
    CallerView caller = lists.view(number, reader).caller();
    if (caller == null || caller.phone() == null) {
      throw new NotFound("没有这个工单，或您无权查看其客户");
    }
    return of(number);
  }

  public Completion of(String number) {
    WorkOrder order = orders.look(number);
    return new Completion(
        order.number,
        order.company,
        order.status,
        orders.label(order),
        order.receivedAt,
        order.closedAt,
        order.anonymisedAt != null,
        order.phoneDigits,
        order.address,
        order.department == null
            ? null
            : organisation.groupName(order.company + "." + order.department),
        order.result == null ? order.answer : order.result,
        order.measures,
        order.parts,
        order.cost,
        steps(order),
        satisfaction(order.satisfaction));
  }

  /** Of several limits on one step of one round the first that was due counts. */
  private static List<Step> steps(WorkOrder order) {
    List<Step> steps = new ArrayList<>();
    for (int round = 1; round <= order.round; round++) {
      for (Milestone milestone : SHOWN) {
        Instant doneAt = null;
        Instant dueAt = null;
        boolean late = false;
        for (LimitClock clock : order.clocks) {
          if (clock.milestone == milestone
              && clock.round == round
              && clock.metAt != null
              && clock.dueAt != null) {
            doneAt = doneAt == null || clock.metAt.isAfter(doneAt) ? clock.metAt : doneAt;
            dueAt = dueAt == null || clock.dueAt.isBefore(dueAt) ? clock.dueAt : dueAt;
            late |= clock.breached;
          }
        }
        if (doneAt != null && dueAt != null) {
          steps.add(new Step(milestone, round, doneAt, dueAt, late));
        }
      }
    }
    steps.sort(Comparator.comparing(Step::round).thenComparing(Step::doneAt));
    return List.copyOf(steps);
  }

  private static @Nullable String satisfaction(@Nullable String answer) {
    return answer == null || answer.equals("NOT_ASKED") ? null : Levels.satisfaction(answer);
  }
}
