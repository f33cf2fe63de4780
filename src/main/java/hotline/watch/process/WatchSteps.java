package hotline.watch.process;

import hotline.platform.CompletedForms;
import hotline.watch.RecoverOrder;
import hotline.watch.Recovery;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The step of order-without-actor. */
@Configuration(proxyBeanMethods = false)
class WatchSteps {
  @Bean
  TaskListener recoverOrder(CompletedForms forms, Recovery recovery) {
    return forms.as(
        RecoverOrder.class,
        (number, by, form, more) -> {
          recovery.recover(number, by, form);
          return null;
        });
  }
}
