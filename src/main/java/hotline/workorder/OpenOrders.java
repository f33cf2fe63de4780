package hotline.workorder;

import hotline.platform.EngineTasks;
import hotline.platform.InHand;
import hotline.platform.LastWrites;
import hotline.workorder.process.WorkOrderProcess;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The orders that the running transaction has in hand: each is read once, held against others, and
 * written once before the commit, together with the timer and due dates that follow from it.
 */
@Component
class OpenOrders extends InHand<WorkOrder> {
  private final WorkOrderRows rows;
  private final WorkTasks tasks;
  private final WorkOrderProcess process;
  private final EngineTasks engine;

  OpenOrders(
      WorkOrderRows rows,
      WorkTasks tasks,
      WorkOrderProcess process,
      EngineTasks engine,
      LastWrites lastWrites) {
    super(rows::hold, rows::read, order -> order.number, order -> order.version, lastWrites);
    this.rows = rows;
    this.tasks = tasks;
    this.process = process;
    this.engine = engine;
  }

  @Override
  protected void write(WorkOrder order) {
    Instant nextAlert = order.nextAlertAt();
    RecordLog.onceCommitted(order.number, order.status.name(), order.newEvents);
    if (order.isNew()) {
      rows.insert(order);
    } else {
      rows.update(order);
    }
    if (order.status.isClosed() && nextAlert == null) {
      return;
    }
    if (order.instructionWantedFrom != null) {
      process.instructionNeeded(order.number, order.instructionWantedFrom);
      order.instructionWantedFrom = null;
    }
    if (!Objects.equals(nextAlert, order.storedNextAlertAt) && order.processInstanceId != null) {
      process.nextAlertIs(order.processInstanceId, nextAlert);
    }
    if (order.limitsMoved) {
      order.limitsMoved = false;
      for (WorkTask task : tasks.open(order.number)) {
        Milestone milestone = WorkTasks.serves(task.task());
        if (milestone != null) {
          order
              .openClock(milestone)
              .ifPresent(
                  clock -> {
                    tasks.moved(task.taskId(), clock.dueAt, clock.rule.article());
                    engine.dueIs(task.taskId(), clock.dueAt);
                  });
        }
      }
    }
  }
}
