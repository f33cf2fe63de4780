package hotline.workorder.process;

import hotline.platform.EngineTasks;
import hotline.platform.Unrestricted;
import hotline.workorder.Resumption;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
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

  /**
   * The order goes on in a new instance, at the step that its record stands at.
   *
   * @param gis whether the number of the GIS is still to be noted beside it
   */
  public String resumed(
      String number,
      String company,
      String responsible,
      String checkers,
      String acceptBy,
      Resumption from,
      boolean gis) {
    return unrestricted.ask(
        () -> {
          ProcessInstantiationBuilder instance =
              runtime
                  .getObject()
                  .createProcessInstanceByKey("work-order")
                  .businessKey(number)
                  .setVariable("company", company)
                  .setVariable("responsible", responsible)
                  .setVariable("checkers", checkers)
                  .setVariable("acceptBy", acceptBy)
                  .startBeforeActivity(activity(from));
          if (gis) {
            instance.startBeforeActivity("Task_RecordGisDispatch");
          }
          return instance.execute().getId();
        });
  }

  private static String activity(Resumption from) {
    return switch (from) {
      case INTAKE -> "Task_CompleteIntake";
      case CLASSIFICATION -> "Task_ClassifyWorkOrder";
      case CHECK -> "Task_CheckDispatch";
      case ACCEPTANCE -> "Task_Accept";
      case HANDLING -> "Call_Handling";
      case CALLBACK -> "Call_Callback";
      case CLOSING -> "Call_Closing";
    };
  }

  /** Whatever is left of the order's instance is over. */
  public void ended(String number) {
    unrestricted.tell(
        () -> {
          for (ProcessInstance instance :
              runtime
                  .getObject()
                  .createProcessInstanceQuery()
                  .processInstanceBusinessKey(number)
                  .processDefinitionKey("work-order")
                  .list()) {
            runtime
                .getObject()
                .deleteProcessInstance(instance.getId(), "taken up anew", false, true, true);
          }
        });
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

  /**
   * Each of these messages is known to one kind of instance of the order only. Where the process
   * has lost the order nobody hears it: it is on the record, and the watchdog finds the order.
   */
  private void tell(String message, String number) {
    unrestricted.tell(
        () ->
            runtime
                .getObject()
                .createMessageCorrelation(message)
                .processInstanceBusinessKey(number)
                .correlateAll());
  }

  /** The supervision of time limits must look again then; null when there is nothing to look at. */
  public void nextAlertIs(String processInstanceId, @Nullable Instant at) {
    engine.nextAlertIs(processInstanceId, at);
  }
}
