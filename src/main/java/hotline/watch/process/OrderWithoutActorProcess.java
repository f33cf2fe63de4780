package hotline.watch.process;

import hotline.platform.Unrestricted;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of an order that nobody would act on. */
@Component
public class OrderWithoutActorProcess {
  /** As often as any failed step is tried. */
  private static final int RETRIES = 5;

  private final ObjectProvider<RuntimeService> runtime;
  private final ObjectProvider<ManagementService> management;
  private final Unrestricted unrestricted;

  OrderWithoutActorProcess(
      ObjectProvider<RuntimeService> runtime,
      ObjectProvider<ManagementService> management,
      Unrestricted unrestricted) {
    this.runtime = runtime;
    this.management = management;
    this.unrestricted = unrestricted;
  }

  /** These groups are to put it right. */
  public void actorMissing(String number, String company, String groups) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .startProcessInstanceByMessage(
                    "actor-missing",
                    number,
                    Map.of("company", company, "handler", (Object) groups)));
  }

  /** Somebody acts on it, or nobody need do so any more. */
  public void actorFound(String number) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation("actor-found")
                .processInstanceBusinessKey(number)
                .correlateAll());
  }

  /** Its failed steps are tried again. */
  public void retried(String number) {
    unrestricted.tell(
        () -> {
          for (ProcessInstance instance :
              runtime
                  .getObject()
                  .createProcessInstanceQuery()
                  .processInstanceBusinessKey(number)
                  .list()) {
            for (Job job :
                management
                    .getObject()
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .noRetriesLeft()
                    .list()) {
              management.getObject().setJobRetries(job.getId(), RETRIES);
            }
          }
        });
  }
}
