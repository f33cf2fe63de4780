package hotline.extension.process;

import hotline.extension.DecideExtension;
import hotline.extension.Extensions;
import hotline.extension.TellCustomer;
import hotline.platform.CompletedForms;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of extension-approval, each one call to the extensions. */
@Configuration(proxyBeanMethods = false)
class ExtensionSteps {
  private final Extensions extensions;

  ExtensionSteps(Extensions extensions) {
    this.extensions = extensions;
  }

  @Bean
  TaskListener decideExtension(CompletedForms forms) {
    return forms.as(
        DecideExtension.class, (number, by, form, more) -> extensions.decide(number, by, form));
  }

  /** Who decides is known before the task is made. */
  @Bean
  ExecutionListener chooseDecider() {
    return execution -> {
      Optional<String> decideBy = extensions.decideBy(execution.getProcessBusinessKey());
      execution.setVariable("approvalNeeded", decideBy.isPresent());
      execution.setVariable("decideBy", decideBy.orElse(""));
    };
  }

  @Bean
  JavaDelegate moveTimeLimit() {
    return execution -> {
      List<String> tellBy = extensions.moveTimeLimit(execution.getProcessBusinessKey());
      execution.setVariable("customerToTell", !tellBy.isEmpty());
      execution.setVariable("tellCustomerBy", String.join(",", tellBy));
    };
  }

  @Bean
  TaskListener tellCustomer(CompletedForms forms) {
    return forms.as(
        TellCustomer.class,
        (number, by, form, more) -> {
          extensions.tellCustomer(number, by, form);
          return null;
        });
  }

  @Bean
  JavaDelegate keepTimeLimit() {
    return execution -> extensions.keepTimeLimit(execution.getProcessBusinessKey());
  }
}
