package hotline.workorder.process;

import hotline.platform.EngineTasks;
import hotline.platform.ForModels;
import hotline.workorder.Milestone;
import hotline.workorder.WorkOrders;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The dates that a diagram asks for: all come from promises stored with the order. */
@Component("dueBy")
public class DueBy implements ForModels {
  private final WorkOrders orders;

  DueBy(WorkOrders orders) {
    this.orders = orders;
  }

  /** When the order's open promise of this milestone is due; null when no table gave one. */
  public @Nullable Date milestone(DelegateExecution execution, String milestone) {
    return date(orders.dueAt(execution.getProcessBusinessKey(), Milestone.valueOf(milestone)));
  }

  /** The next warning or breach of any promise of the order; far away when there is none. */
  public Date nextAlert(DelegateExecution execution) {
    String number = execution.getProcessBusinessKey();
    Date next = number == null ? null : date(orders.nextAlertAt(number));
    return next == null ? EngineTasks.NEVER : next;
  }

  private static @Nullable Date date(@Nullable Instant at) {
    return at == null ? null : Date.from(at);
  }
}
