package hotline.callback.process;

import hotline.platform.Unrestricted;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of a callback: the customer has answered. */
@Component
public class CallbackProcess {
  private final ObjectProvider<RuntimeService> runtime;
  private final Unrestricted unrestricted;

  CallbackProcess(ObjectProvider<RuntimeService> runtime, Unrestricted unrestricted) {
    this.runtime = runtime;
    this.unrestricted = unrestricted;
  }

  public void smsReplied(String number, String outcome) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation("sms-replied")
                .processInstanceBusinessKey(number)
                .setVariable("outcome", outcome)
                .correlateAll());
  }
}
