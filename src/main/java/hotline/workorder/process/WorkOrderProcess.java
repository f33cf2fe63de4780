package hotline.workorder.process;

import hotline.platform.EngineTasks;
import hotline.platform.Unrestricted;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the process is told: an order is there, the customer speaks again, a limit has moved. */
@Component
public class WorkOrderProcess {
  private final ObjectProvider<RuntimeService> runtime;
  private final EngineTasks engine;
  private final Unrestricted unrestricted;

  WorkOrderProcess(
      ObjectProvider<RuntimeService> runtime, EngineTasks engine, Unrestricted unrestricted) {
    this.runtime = runtime;
    this.engine = engine;
    this.unrestricted = unrestricted;
  }

  /** An order came from an outside system. */
  public String recorded(String number, String company) {
    return runtime
        .getObject()
        .startProcessInstanceByMessage(
            "work-order-recorded", number, Map.of("company", (Object) company))
        .getProcessInstanceId();
  }

  /** A call is registered as if an agent had typed it; answers the new order's number. */
  public String callReceived(
      String company,
      String phone,
      String name,
      String address,
      String district,
      String description) {
    return runtime
        .getObject()
        .startProcessInstanceByKey(
            "work-order",
            Map.of(
                "company",
                company,
                "callerPhone",
                phone,
                "callerName",
                name,
                "address",
                address,
                "district",
                district,
                "description",
                (Object) description))
        .getBusinessKey();
  }

  public void urged(String number) {
    tell("work-order-urged", number);
  }

  public void withdrawn(String number) {
    tell("work-order-withdrawn", number);
  }

  public void phoneCallNeeded(String number) {
    tell("phone-call-needed", number);
  }

  /** These groups are to say what is to be done; an order of an older diagram asks by itself. */
  public void instructionNeeded(String number, String instructBy) {
    ask("instruction-needed", number, "instructBy", instructBy);
  }

  /** These groups are to ask the department why it is late. */
  public void delayInquiryNeeded(String number, String inquireBy) {
    ask("delay-inquiry-needed", number, "inquireBy", inquireBy);
  }

  /** Where no instance awaits it, nobody is asked. */
  private void ask(String message, String number, String variable, String groups) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(number)
                .setVariable(variable, groups)
                .correlateAll());
  }

  /** The department knows: nobody need phone it. */
  public void departmentTold(String number) {
    tell("department-told", number);
  }

  /** Each of these messages is known to one kind of instance of the order only. */
  private void tell(String message, String number) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(number)
                .correlate());
  }

  /** The supervision of time limits must look again then; null when there is nothing to look at. */
  public void nextAlertIs(String processInstanceId, @Nullable Instant at) {
    engine.timersAre(processInstanceId, at);
  }
}
