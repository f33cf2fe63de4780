package hotline.callback.process;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of a callback: the customer has answered. */
@Component
public class CallbackProcess {
  private final ObjectProvider<RuntimeService> runtime;

  CallbackProcess(ObjectProvider<RuntimeService> runtime) {
    this.runtime = runtime;
  }

  public void smsReplied(String number, String outcome) {
    runtime
        .getObject()
        .createMessageCorrelation("sms-replied")
        .processInstanceBusinessKey(number)
        .setVariable("outcome", outcome)
        .correlate();
  }
}
