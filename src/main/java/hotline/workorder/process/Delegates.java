package hotline.workorder.process;

import hotline.platform.CompletedForms;
import hotline.workorder.Classification;
import hotline.workorder.Commands.ReceiveCall;
import hotline.workorder.Intake;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import java.util.List;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service steps of work-order and handling: each is one call to the orders. */
@Configuration(proxyBeanMethods = false)
class Delegates {
  private final WorkOrders orders;
  private final Intake intake;
  private final Classification classification;

  Delegates(WorkOrders orders, Intake intake, Classification classification) {
    this.orders = orders;
    this.intake = intake;
    this.classification = classification;
  }

  private static JavaDelegate step(Consumer<String> step) {
    return execution -> step.accept(execution.getProcessBusinessKey());
  }

  /** The engine writes a variable anew even where its value is the same. */
  private static void put(DelegateExecution execution, String name, Object value) {
    if (!value.equals(execution.getVariable(name))) {
      execution.setVariable(name, value);
    }
  }

  /** Instances of older diagrams branch by it at once; it is not stored. */
  private static void forOlder(DelegateExecution execution, String name, Object value) {
    if (!execution.hasVariable(name)) {
      execution.setVariable(name, Variables.untypedValue(value, true));
    }
  }

  @Bean
  JavaDelegate receiveCall(CompletedForms forms) {
    return execution -> {
      ReceiveCall call = forms.started(ReceiveCall.class, execution, orders.zoneOf(forms.actor()));
      WorkOrder order = intake.receiveCall(forms.actor(), call, execution.getProcessInstanceId());
      execution.setProcessBusinessKey(order.number());
      execution.setVariable("company", order.company());
    };
  }

  @Bean
  JavaDelegate classifyWorkOrder() {
    return execution -> {
      Classification.Responsibility found =
          classification.classify(execution.getProcessBusinessKey());
      execution.setVariable("customerResponsible", found.customerResponsible());
      execution.setVariable("checkNeeded", found.checkNeeded());
      execution.setVariable("responsible", found.department());
      forOlder(execution, "checkBy", found.checkBy());
      execution.setVariable("checkers", String.join(",", found.checkers()));
      forOlder(execution, "instructionNeeded", found.instructionNeeded());
      forOlder(execution, "instructBy", found.instructBy());
    };
  }

  @Bean
  JavaDelegate dispatchWorkOrder() {
    return execution -> {
      WorkOrders.Dispatch dispatch = orders.dispatch(execution.getProcessBusinessKey());
      execution.setVariable("responsible", dispatch.department());
      execution.setVariable("acceptBy", String.join(",", dispatch.acceptBy()));
      execution.setVariable("gisDispatchNeeded", dispatch.gisDispatchNeeded());
    };
  }

  @Bean
  JavaDelegate planHandling() {
    return execution -> {
      WorkOrders.HandlingStep next = orders.nextHandlingStep(execution.getProcessBusinessKey());
      execution.setVariable("outcome", next.outcome());
      put(execution, "handler", String.join(",", next.handler()));
      put(execution, "workers", String.join(",", next.workers()));
    };
  }

  @Bean
  JavaDelegate planReview() {
    return execution -> {
      String reviewer = orders.nextReviewer(execution.getProcessBusinessKey()).orElse("");
      execution.setVariable("outcome", reviewer.isEmpty() ? "NONE" : "REVIEW");
      execution.setVariable("reviewer", reviewer);
    };
  }

  @Bean
  JavaDelegate superviseTimeLimits() {
    return step(orders::supervise);
  }

  @Bean
  JavaDelegate remindDepartment() {
    return step(orders::remindDepartment);
  }

  @Bean
  JavaDelegate standDown() {
    return step(orders::standDown);
  }

  @Bean
  JavaDelegate planClosing() {
    return execution -> {
      List<String> by = orders.platformReplyBy(execution.getProcessBusinessKey());
      execution.setVariable("platformReplyNeeded", !by.isEmpty());
      execution.setVariable("platformReplyBy", String.join(",", by));
    };
  }

  @Bean
  JavaDelegate closeWorkOrder() {
    return execution -> {
      List<String> by = orders.close(execution.getProcessBusinessKey());
      execution.setVariable("recordNeeded", !by.isEmpty());
      execution.setVariable("recordBy", String.join(",", by));
    };
  }
}
