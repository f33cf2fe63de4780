package hotline.callback.process;

import hotline.callback.CallbackByPhone;
import hotline.callback.Callbacks;
import hotline.callback.FollowUp;
import hotline.callback.RecordSettlement;
import hotline.platform.CompletedForms;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of callback, each one call to the callbacks. */
@Configuration(proxyBeanMethods = false)
class CallbackSteps {
  private final Callbacks callbacks;
  private final CompletedForms forms;

  CallbackSteps(Callbacks callbacks, CompletedForms forms) {
    this.callbacks = callbacks;
    this.forms = forms;
  }

  @Bean
  JavaDelegate planCallback() {
    return execution -> {
      Callbacks.Plan plan = callbacks.plan(execution.getProcessBusinessKey());
      execution.setVariable("outcome", plan.outcome());
      execution.setVariable("followUpBy", String.join(",", plan.followUpBy()));
    };
  }

  @Bean
  JavaDelegate askBySms() {
    return execution -> callbacks.askBySms(execution.getProcessBusinessKey());
  }

  /** The waiting is over, since the phone takes over or the time for the next attempt has come. */
  @Bean
  ExecutionListener stopAwaiting() {
    return execution -> {
      callbacks.forgetQuestion(execution.getProcessBusinessKey());
      callbacks.nextAttemptBegins(execution.getProcessBusinessKey());
    };
  }

  @Bean
  TaskListener callbackByPhone() {
    return forms.as(
        CallbackByPhone.class, (number, by, form, more) -> callbacks.byPhone(number, by, form));
  }

  @Bean
  TaskListener followUp() {
    return forms.as(
        FollowUp.class, (number, by, form, more) -> callbacks.followUp(number, by, form));
  }

  @Bean
  TaskListener recordSettlement() {
    return forms.as(
        RecordSettlement.class,
        (number, by, form, more) -> {
          callbacks.recordSettlement(number, by, form);
          return null;
        });
  }
}
