package hotline.watch.process;

import hotline.platform.ForModels;
import hotline.watch.Recovery;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The date that order-without-actor asks for. */
@Component("watchDueBy")
public class WatchDueBy implements ForModels {
  private final Recovery recovery;

  WatchDueBy(Recovery recovery) {
    this.recovery = recovery;
  }

  /** By when the order is to have somebody again. */
  public Date recovery(DelegateExecution execution) {
    return Date.from(recovery.dueAt(execution.getProcessBusinessKey()));
  }
}
