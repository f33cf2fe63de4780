package hotline.extension.process;

import hotline.extension.DecideExtension;
import hotline.extension.Extensions;
import hotline.platform.CompletedForms;
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
    return execution ->
        execution.setVariable("decideBy", extensions.decideBy(execution.getProcessBusinessKey()));
  }

  @Bean
  JavaDelegate moveTimeLimit() {
    return execution -> extensions.moveTimeLimit(execution.getProcessBusinessKey());
  }

  @Bean
  JavaDelegate keepTimeLimit() {
    return execution -> extensions.keepTimeLimit(execution.getProcessBusinessKey());
  }
}
