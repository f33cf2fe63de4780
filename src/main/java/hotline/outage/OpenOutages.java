package hotline.outage;

import hotline.outage.process.OutageProcess;
import hotline.platform.EngineTasks;
import hotline.platform.InHand;
import hotline.platform.LastWrites;
import hotline.workorder.RecordLog;
import hotline.workorder.WorkTask;
import hotline.workorder.WorkTasks;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The outages that the running transaction has in hand: each is read once, held against others and
 * written once before the commit; what follows for the process is told right after.
 */
@Component
class OpenOutages extends InHand<Outage> {
  private final OutageRows rows;
  private final WorkTasks tasks;
  private final OutageProcess process;
  private final EngineTasks engine;

  OpenOutages(
      OutageRows rows,
      WorkTasks tasks,
      OutageProcess process,
      EngineTasks engine,
      LastWrites lastWrites) {
    super(rows::hold, rows::read, outage -> outage.number, outage -> outage.revision, lastWrites);
    this.rows = rows;
    this.tasks = tasks;
    this.process = process;
    this.engine = engine;
  }

  @Override
  protected void write(Outage outage) {
    RecordLog.onceCommitted(outage.number, outage.status.name(), outage.newEvents);
    if (outage.isNew()) {
      rows.insert(outage);
    } else {
      rows.update(outage);
    }
    if (outage.refusedNow) {
      outage.refusedNow = false;
      process.refused(outage.number);
    }
    for (Duty duty : outage.dropped) {
      process.dutyDropped(outage.number, duty.key);
    }
    outage.dropped.clear();
    for (Duty duty : outage.opened) {
      process.dutyOpened(
          outage.number, duty.key, String.join(",", duty.groups), duty.rule.approval());
    }
    outage.opened.clear();
    if (outage.settledNow) {
      outage.settledNow = false;
      process.settled(outage.number);
    }
    if (outage.processInstanceId == null || outage.closedAt != null) {
      return;
    }
    if (!Objects.equals(outage.nextAlertAt(), outage.storedNextAlertAt)) {
      process.nextAlertIs(outage.processInstanceId, outage.nextAlertAt());
    }
    if (outage.datesMoved) {
      outage.datesMoved = false;
      for (WorkTask task : tasks.open(outage.number)) {
        outage
            .duty(task.part())
            .ifPresent(
                duty -> {
                  tasks.moved(task.taskId(), duty.dueAt, duty.rule.article());
                  engine.dueIs(task.taskId(), duty.dueAt);
                });
      }
    }
  }
}
