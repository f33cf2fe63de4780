package hotline.workorder;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.task.Task;

/**
 * What a project gets that takes the shipped engine as it is: the product's own diagrams with steps
 * that do nothing, full history, and what callers say in ten variables.
 */
final class BareEngine implements AutoCloseable {
  private static final Date FAR_AWAY =
      Date.from(LocalDateTime.of(2099, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));

  private final ProcessEngine engine;

  BareEngine(HikariDataSource database) throws Exception {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("bare");
    configuration.setDataSource(database);
    configuration.setDatabaseType("mysql");
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("full");
    configuration.setJobExecutorActivate(false);
    configuration.setBeans(new Steps());
    engine = configuration.buildProcessEngine();
    DeploymentBuilder models = engine.getRepositoryService().createDeployment();
    try (Stream<Path> diagrams = Files.list(Path.of("processes"))) {
      for (Path diagram : diagrams.filter(file -> file.toString().endsWith(".bpmn")).toList()) {
        models.addString(diagram.getFileName().toString(), Files.readString(diagram));
      }
    }
    models.deploy();
  }

  void start(String key) {
    engine
        .getRuntimeService()
        .startProcessInstanceByMessage(
            "work-order-recorded",
            key,
            Map.of(
                "company", "yunfu-water",
                "channel", "PHONE",
                "category", "BILLING",
                "description", BesideBareEngine.SAID,
                "callerName", "张三",
                "callerPhone", "0766-8812345",
                "address", "云城区世纪大道66号",
                "district", "云城区",
                "wantsCallback", true,
                "receivedAt", new Date()));
  }

  void complete(String key, String step, Map<String, Object> fields) {
    Task task =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceBusinessKey(key)
            .taskDefinitionKey(step)
            .singleResult();
    engine.getTaskService().complete(task.getId(), fields);
  }

  long unfinished() {
    return engine.getRuntimeService().createProcessInstanceQuery().count();
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Any name that a diagram calls: a step that only says which way to go. */
  private static final class Steps extends AbstractMap<Object, Object> {
    private static final List<String> DATES = List.of("dueBy", "callbackDueBy", "outageDueBy");

    /** What the diagram asks of its variables, which are no beans. */
    private static final Set<String> VARIABLES =
        Set.of(
            "company",
            "outcome",
            "responsible",
            "checkers",
            "checkNeeded",
            "customerResponsible",
            "acceptBy",
            "gisDispatchNeeded",
            "handler",
            "workers",
            "reviewer",
            "instructBy",
            "inquireBy",
            "followUpBy",
            "platformReplyNeeded",
            "platformReplyBy",
            "recordNeeded",
            "recordBy");

    @Override
    public Object get(Object name) {
      return DATES.contains(String.valueOf(name)) ? new Dates() : new Step(String.valueOf(name));
    }

    @Override
    public boolean containsKey(Object name) {
      return !VARIABLES.contains(String.valueOf(name));
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return Set.of();
    }
  }

  /** Every date lies far away. */
  public static final class Dates {
    public Date milestone(DelegateExecution execution, String milestone) {
      return FAR_AWAY;
    }

    public Date nextAlert(DelegateExecution execution) {
      return FAR_AWAY;
    }

    public Date smsAnswer(DelegateExecution execution) {
      return FAR_AWAY;
    }

    public Date nextAttempt(DelegateExecution execution) {
      return FAR_AWAY;
    }
  }

  private record Step(String name) implements JavaDelegate, TaskListener {
    private static final String DEPARTMENT = "yunfu-water.business";

    @Override
    public void execute(DelegateExecution step) {
      switch (name) {
        case "classifyWorkOrder" -> {
          step.setVariable("customerResponsible", false);
          step.setVariable("checkNeeded", false);
          step.setVariable("responsible", "business");
        }
        case "dispatchWorkOrder" -> {
          step.setVariable("acceptBy", DEPARTMENT);
          step.setVariable("gisDispatchNeeded", false);
        }
        case "planHandling" -> {
          step.setVariable("outcome", step.hasVariable("handler") ? "WORK" : "CONTACT");
          step.setVariable("handler", DEPARTMENT);
          step.setVariable("workers", DEPARTMENT);
        }
        case "planReview" -> step.setVariable("outcome", "NONE");
        case "planCallback" -> {
          step.setVariable("outcome", "PHONE");
          step.setVariable("stopAwaiting", false);
        }
        case "planClosing" -> step.setVariable("platformReplyNeeded", false);
        case "closeWorkOrder" -> step.setVariable("recordNeeded", false);
        default -> {}
      }
    }

    @Override
    public void notify(DelegateTask task) {
      // what was typed is in the variables already
    }
  }
}
