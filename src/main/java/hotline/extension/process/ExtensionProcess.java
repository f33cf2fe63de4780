package hotline.extension.process;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of an extension: that its object is gone. */
@Component
public class ExtensionProcess {
  private final ObjectProvider<RuntimeService> runtime;

  ExtensionProcess(ObjectProvider<RuntimeService> runtime) {
    this.runtime = runtime;
  }

  public void lapsed(String number) {
    runtime
        .getObject()
        .createMessageCorrelation("extension-lapsed")
        .processInstanceBusinessKey(number)
        .correlate();
  }
}
