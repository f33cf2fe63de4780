package hotline.outage.process;

import hotline.outage.NetworkAnomalies;
import hotline.outage.Outages;
import hotline.platform.EngineTasks;
import hotline.platform.ForModels;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The dates that the outages' diagrams ask for. */
@Component("outageDueBy")
public class OutageDueBy implements ForModels {
  private final Outages outages;
  private final NetworkAnomalies anomalies;

  OutageDueBy(Outages outages, NetworkAnomalies anomalies) {
    this.outages = outages;
    this.anomalies = anomalies;
  }

  /** By when the duty of this branch is to be done; null when the table gives no moment. */
  public @Nullable Date duty(DelegateExecution execution) {
    Instant due =
        outages.dutyDueAt(
            execution.getProcessBusinessKey(), String.valueOf(execution.getVariable("duty")));
    return due == null ? null : Date.from(due);
  }

  /** By when the seats are to have noted an anomaly of the network. */
  public Date anomaly(DelegateExecution execution) {
    return Date.from(anomalies.dueAt(execution.getProcessBusinessKey()));
  }

  /** The moment after that, when somebody else is told of it. */
  public Date escalation(DelegateExecution execution) {
    return Date.from(anomalies.dueAt(execution.getProcessBusinessKey()).plusSeconds(1));
  }

  /** By when what was begun is to be reported. */
  public Date report(DelegateExecution execution) {
    return Date.from(outages.reportDueAt(execution.getProcessBusinessKey()));
  }

  /** When the supply goes off. */
  public Date start(DelegateExecution execution) {
    return Date.from(outages.startAt(execution.getProcessBusinessKey()));
  }

  /** When the supply is expected back. */
  public Date end(DelegateExecution execution) {
    return Date.from(outages.endAt(execution.getProcessBusinessKey()));
  }

  /** The next warning or breach; far away when there is none. */
  public Date nextAlert(DelegateExecution execution) {
    String number = execution.getProcessBusinessKey();
    Instant next = number == null ? null : outages.nextAlertAt(number);
    return EngineTasks.orNever(next);
  }
}
