package hotline.extension.process;

import hotline.platform.Unrestricted;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of an extension: that its object is gone. */
@Component
public class ExtensionProcess {
  private final ObjectProvider<RuntimeService> runtime;
  private final Unrestricted unrestricted;

  ExtensionProcess(ObjectProvider<RuntimeService> runtime, Unrestricted unrestricted) {
    this.runtime = runtime;
    this.unrestricted = unrestricted;
  }

  public void lapsed(String number) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation("extension-lapsed")
                .processInstanceBusinessKey(number)
                // an earlier request may still wait for the customer to be told
                .correlateAll());
  }
}
