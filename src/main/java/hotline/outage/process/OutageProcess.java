package hotline.outage.process;

import hotline.platform.EngineTasks;
import hotline.platform.Unrestricted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told of an outage: it was reported, a duty is open, all is done. */
@Component
public class OutageProcess {
  private final ObjectProvider<RuntimeService> runtime;
  private final EngineTasks engine;
  private final Unrestricted unrestricted;

  OutageProcess(
      ObjectProvider<RuntimeService> runtime, EngineTasks engine, Unrestricted unrestricted) {
    this.runtime = runtime;
    this.engine = engine;
    this.unrestricted = unrestricted;
  }

  /** A planned outage was reported by an outside system. */
  public String plannedOutageReported(String number, String company, String reporter) {
    return reported("planned-outage-reported", number, company, reporter);
  }

  /** An unplanned one. */
  public String unplannedOutageReported(String number, String company, String reporter) {
    return reported("unplanned-outage-reported", number, company, reporter);
  }

  /** A report is begun as if the person had typed it; answers the outage's number. */
  public String begun(
      String company, String origin, String area, String start, String end, String reason) {
    return runtime
        .getObject()
        .startProcessInstanceByKey(
            "unplanned-outage",
            Map.of(
                "company",
                company,
                "origin",
                origin,
                "area",
                area,
                "start",
                start,
                "end",
                end,
                "reason",
                (Object) reason))
        .getBusinessKey();
  }

  private String reported(String message, String number, String company, String reporter) {
    return runtime
        .getObject()
        .startProcessInstanceByMessage(
            message, number, Map.of("company", company, "reporter", (Object) reporter))
        .getProcessInstanceId();
  }

  /** The outage goes on in a new instance: its range, its end, or only its duties are left. */
  public String resumed(
      String number,
      String company,
      String reporter,
      boolean planned,
      boolean isDraft,
      boolean isOver) {
    return unrestricted.ask(
        () ->
            runtime
                .getObject()
                .createProcessInstanceByKey(planned ? "planned-outage" : "unplanned-outage")
                .businessKey(number)
                .setVariable("company", company)
                .setVariable("reporter", reporter)
                .startBeforeActivity(
                    isDraft
                        ? "Task_DetermineRange"
                        : isOver ? "Event_OutageSettled" : "Task_FollowOutage")
                .execute()
                .getId());
  }

  /** Whatever is left of the outage's instance is over. */
  public void ended(String number) {
    unrestricted.tell(
        () -> {
          for (ProcessInstance instance :
              runtime
                  .getObject()
                  .createProcessInstanceQuery()
                  .processInstanceBusinessKey(number)
                  .processDefinitionKeyIn("planned-outage", "unplanned-outage")
                  .list()) {
            runtime
                .getObject()
                .deleteProcessInstance(instance.getId(), "taken up anew", false, true, true);
          }
        });
  }

  /** It does not take place: nobody follows it any more. */
  public void refused(String number) {
    unrestricted.tell(() -> message("outage-refused", number).correlate());
  }

  /** The duty can be done now, by these groups. */
  public void dutyOpened(String number, String duty, String groups, boolean approval) {
    Map<String, Object> branch = new HashMap<>();
    branch.put("duty", duty);
    branch.put("dutyBy", groups);
    branch.put("isApproval", approval);
    // of this branch alone, or people at two duties would meet at one row
    branch.put("keeper", null);
    branch.put("outcome", null);
    unrestricted.tell(
        () ->
            message("outage-duty-opened", number).setVariablesToTriggeredScope(branch).correlate());
  }

  /** The duty has lost its object: nobody need do it any more. */
  public void dutyDropped(String number, String duty) {
    unrestricted.tell(
        () ->
            message("outage-duty-dropped", number)
                .localVariableEquals("duty", duty)
                .correlateAll());
  }

  /** It is over, and every duty is done or waived. */
  public void settled(String number) {
    unrestricted.tell(() -> message("outage-settled", number).correlate());
  }

  private MessageCorrelationBuilder message(String name, String number) {
    return runtime.getObject().createMessageCorrelation(name).processInstanceBusinessKey(number);
  }

  /** The supervision must look again then; null when there is nothing to look at. */
  public void nextAlertIs(String processInstanceId, @Nullable Instant at) {
    engine.nextAlertIs(processInstanceId, at);
  }
}
