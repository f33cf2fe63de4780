package hotline.callback.process;

import hotline.callback.Callbacks;
import hotline.platform.ForModels;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The dates that the callback's timers ask for. */
@Component("callbackDueBy")
public class CallbackDueBy implements ForModels {
  private final Callbacks callbacks;

  CallbackDueBy(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** When the phone takes over from an SMS without an answer. */
  public Date smsAnswer(DelegateExecution execution) {
    return Date.from(callbacks.smsAnswerDueAt(execution.getProcessBusinessKey()));
  }

  /** When the customer is phoned again. */
  public Date nextAttempt(DelegateExecution execution) {
    return Date.from(callbacks.nextAttemptAt(execution.getProcessBusinessKey()));
  }
}
