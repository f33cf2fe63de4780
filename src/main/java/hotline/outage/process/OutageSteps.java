package hotline.outage.process;

import hotline.outage.NetworkAnomalies;
import hotline.outage.OutageCommands.DetermineRange;
import hotline.outage.OutageCommands.FollowOutage;
import hotline.outage.OutageCommands.NoteAnomaly;
import hotline.outage.OutageCommands.ObtainApproval;
import hotline.outage.OutageCommands.PerformDuty;
import hotline.outage.OutageCommands.ReportAnomaly;
import hotline.outage.OutageCommands.ReportOutage;
import hotline.outage.Outages;
import hotline.platform.CompletedForms;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of planned-outage, unplanned-outage and network-anomaly, each one call. */
@Configuration(proxyBeanMethods = false)
class OutageSteps {
  private final Outages outages;
  private final NetworkAnomalies anomalies;
  private final CompletedForms forms;

  OutageSteps(Outages outages, NetworkAnomalies anomalies, CompletedForms forms) {
    this.outages = outages;
    this.anomalies = anomalies;
    this.forms = forms;
  }

  @Bean
  JavaDelegate recordOutage() {
    return execution -> {
      ReportOutage report =
          forms.started(ReportOutage.class, execution, outages.zoneOf(forms.actor()));
      Outages.Begun begun =
          outages.report(forms.actor(), kind(execution), report, execution.getProcessInstanceId());
      execution.setProcessBusinessKey(begun.number());
      execution.setVariable("company", begun.company());
      execution.setVariable("reporter", begun.reporter());
    };
  }

  /** planned-outage reports PLANNED ones. */
  private static String kind(DelegateExecution execution) {
    String key = execution.getProcessDefinitionId().split(":", 2)[0];
    return key.substring(0, key.indexOf('-')).toUpperCase(Locale.ROOT);
  }

  @Bean
  JavaDelegate planDuties() {
    return execution -> outages.planDuties(execution.getProcessBusinessKey());
  }

  @Bean
  JavaDelegate beginOutage() {
    return execution -> outages.begin(execution.getProcessBusinessKey());
  }

  @Bean
  JavaDelegate superviseDuties() {
    return execution -> outages.supervise(execution.getProcessBusinessKey());
  }

  @Bean
  TaskListener determineRange() {
    return forms.as(
        DetermineRange.class, (number, by, form, more) -> outages.determineRange(number, by, form));
  }

  @Bean
  TaskListener obtainApproval() {
    return task ->
        forms
            .as(
                ObtainApproval.class,
                (number, by, form, more) -> {
                  outages.obtainApproval(number, duty(task), by, form);
                  return null;
                })
            .notify(task);
  }

  @Bean
  TaskListener performDuty() {
    return task ->
        forms
            .as(
                PerformDuty.class,
                (number, by, form, more) -> {
                  String outcome = outages.performDuty(number, duty(task), by, form);
                  // whoever goes down a list keeps it
                  task.setVariable("keeper", outcome.equals("CONTINUE") ? by.id() : null);
                  return outcome;
                })
            .notify(task);
  }

  private static String duty(DelegateTask task) {
    return String.valueOf(task.getVariable("duty"));
  }

  @Bean
  TaskListener followOutage() {
    return forms.as(
        FollowOutage.class, (number, by, form, more) -> outages.followOutage(number, by, form));
  }

  @Bean
  JavaDelegate recordAnomaly() {
    return execution -> {
      ReportAnomaly report =
          forms.started(ReportAnomaly.class, execution, outages.zoneOf(forms.actor()));
      NetworkAnomalies.Begun begun = anomalies.report(forms.actor(), report);
      execution.setProcessBusinessKey(begun.number());
      execution.setVariable("company", begun.company());
      execution.setVariable("dutyBy", String.join(",", begun.notedBy()));
    };
  }

  @Bean
  JavaDelegate escalateAnomaly() {
    return execution -> anomalies.escalate(execution.getProcessBusinessKey());
  }

  @Bean
  TaskListener noteAnomaly() {
    return forms.as(
        NoteAnomaly.class,
        (number, by, form, more) -> {
          anomalies.noted(number, by, form);
          return null;
        });
  }
}
