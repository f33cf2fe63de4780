package hotline.workorder.process;

import hotline.platform.CompletedForms;
import hotline.workorder.Commands;
import hotline.workorder.Facts;
import hotline.workorder.Intake;
import hotline.workorder.WorkOrders;
import java.util.Map;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One listener for each form of work-order and handling: a completed form becomes a command. */
@Configuration(proxyBeanMethods = false)
class Forms {
  private final CompletedForms forms;
  private final WorkOrders orders;
  private final Intake intake;

  Forms(CompletedForms forms, WorkOrders orders, Intake intake) {
    this.forms = forms;
    this.orders = orders;
    this.intake = intake;
  }

  @Bean
  TaskListener completeIntake() {
    return forms.as(
        Commands.CompleteIntake.class,
        (number, by, form, more) -> intake.completeIntake(number, by, form, facts(more)));
  }

  /** What a company's form asks beyond the named facts is kept under its own name. */
  private static Facts facts(Map<String, Object> more) {
    Facts facts = new Facts();
    more.forEach(facts::put);
    return facts;
  }

  /** Any step that a process designer adds to a diagram, without a command of its own. */
  @Bean
  TaskListener recordStep() {
    return forms.asStep(orders::recordStep);
  }

  @Bean
  TaskListener checkDispatch() {
    return forms.as(
        Commands.CheckDispatch.class,
        (number, by, form, more) -> orders.checkDispatch(number, by, form));
  }

  @Bean
  TaskListener instructEmergency() {
    return forms.as(
        Commands.InstructEmergency.class,
        (number, by, form, more) -> {
          orders.instructEmergency(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener recordGisDispatch() {
    return forms.as(
        Commands.RecordGisDispatch.class,
        (number, by, form, more) -> {
          orders.recordGisDispatch(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener notifyByPhone() {
    return forms.as(
        Commands.NotifyByPhone.class,
        (number, by, form, more) -> {
          orders.notifyByPhone(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener accept() {
    return forms.as(
        Commands.Accept.class, (number, by, form, more) -> orders.accept(number, by, form));
  }

  @Bean
  TaskListener contactCustomer() {
    return forms.as(
        Commands.ContactCustomer.class,
        (number, by, form, more) -> {
          orders.contactCustomer(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener reportArrival() {
    return forms.as(
        Commands.ReportArrival.class,
        (number, by, form, more) -> {
          orders.reportArrival(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener reportContainment() {
    return forms.as(
        Commands.ReportContainment.class,
        (number, by, form, more) -> {
          orders.reportContainment(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener reportWork() {
    return forms.as(
        Commands.ReportWork.class, (number, by, form, more) -> orders.reportWork(number, by, form));
  }

  @Bean
  TaskListener inquireDelay() {
    return forms.as(
        Commands.InquireDelay.class,
        (number, by, form, more) -> {
          orders.inquireDelay(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener replyToPlatform() {
    return forms.as(
        Commands.ReplyToPlatform.class,
        (number, by, form, more) -> {
          orders.replyToPlatform(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener recordCompletion() {
    return forms.as(
        Commands.RecordCompletion.class,
        (number, by, form, more) -> {
          orders.recordCompletion(number, by, form);
          return null;
        });
  }

  @Bean
  TaskListener reviewReply() {
    return forms.as(
        Commands.ReviewReply.class,
        (number, by, form, more) -> orders.reviewReply(number, by, form));
  }
}
