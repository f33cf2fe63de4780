package hotline.workorder;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
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
 * that do nothing, full history, and what callers say in ten variables. With {@code tables} its
 * steps also ask the company's decision tables where the product's do, each once, as a project must
 * that lets the regulation decide; without, the answers stand in the steps.
 */
final class BareEngine implements AutoCloseable {
  private static final String COMPANY = "yunfu-water";
  private static final Date FAR_AWAY =
      Date.from(LocalDateTime.of(2099, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));

  private final ProcessEngine engine;

  BareEngine(HikariDataSource database, boolean tables) throws Exception {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName(tables ? "bare-with-tables" : "bare");
    configuration.setDataSource(database);
    configuration.setDatabaseType("mysql");
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("full");
    configuration.setJobExecutorActivate(false);
    configuration.setBeans(new Steps(tables));
    engine = configuration.buildProcessEngine();
    DeploymentBuilder models = engine.getRepositoryService().createDeployment();
    add(models, Path.of("processes"), ".bpmn");
    if (tables) {
      add(models, Path.of("processes/regulations/" + COMPANY), ".dmn");
    }
    models.deploy();
  }

  private static void add(DeploymentBuilder models, Path folder, String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(kind)).toList()) {
        models.addString(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  void start(String key) {
    engine
        .getRuntimeService()
        .startProcessInstanceByMessage(
            "work-order-recorded",
            key,
            Map.of(
                "company", COMPANY,
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

    private final boolean tables;

    private Steps(boolean tables) {
      this.tables = tables;
    }

    @Override
    public Object get(Object name) {
      return DATES.contains(String.valueOf(name))
          ? new Dates()
          : new Step(String.valueOf(name), tables);
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

  private record Step(String name, boolean tables) implements JavaDelegate, TaskListener {
    private static final String DEPARTMENT = "business";

    /** What the tables ask besides what the ten variables say, as it is for a bill. */
    private static final Map<String, Object> UNSAID =
        Map.ofEntries(
            Map.entry("subcategory", ""),
            Map.entry("asset", ""),
            Map.entry("meterSide", ""),
            Map.entry("networkPart", ""),
            Map.entry("departmentComplainedOf", ""),
            Map.entry("level", "NORMAL"),
            Map.entry("rework", false),
            Map.entry("underWarranty", false),
            Map.entry("urgent", false),
            Map.entry("largeArea", false),
            Map.entry("disturbsTraffic", false),
            Map.entry("lawsuit", false),
            Map.entry("mediaExposure", false),
            Map.entry("jointComplainants", 1),
            Map.entry("customerRepeats", 1),
            Map.entry("complainantsInMonth", 1));

    @Override
    public void execute(DelegateExecution step) {
      switch (name) {
        case "classifyWorkOrder" -> {
          ask(step, "intake");
          ask(step, "grading");
          step.setVariable("customerResponsible", false);
          step.setVariable("checkNeeded", false);
          step.setVariable("responsible", ask(step, "routing"));
        }
        case "dispatchWorkOrder" -> {
          ask(step, "time-limits");
          step.setVariable("acceptBy", COMPANY + "." + DEPARTMENT);
          step.setVariable("gisDispatchNeeded", false);
        }
        case "planHandling" -> {
          step.setVariable("outcome", step.hasVariable("handler") ? "WORK" : "CONTACT");
          step.setVariable("handler", COMPANY + "." + DEPARTMENT);
          step.setVariable("workers", COMPANY + "." + DEPARTMENT);
        }
        case "planReview" -> step.setVariable("outcome", "NONE");
        case "planCallback" -> {
          ask(step, "callback-policy");
          step.setVariable("outcome", "PHONE");
          step.setVariable("stopAwaiting", false);
        }
        case "planClosing" -> step.setVariable("platformReplyNeeded", false);
        case "closeWorkOrder" -> step.setVariable("recordNeeded", false);
        default -> {}
      }
    }

    /** The department that the table names, if it names any. */
    private String ask(DelegateExecution step, String table) {
      if (!tables) {
        return DEPARTMENT;
      }
      Map<String, Object> question = new HashMap<>(UNSAID);
      question.putAll(step.getVariables());
      DmnDecisionResult rows =
          step.getProcessEngineServices()
              .getDecisionService()
              .evaluateDecisionByKey(COMPANY + "-" + table)
              .variables(question)
              .evaluate();
      if (rows.isEmpty()) {
        throw new IllegalStateException("no row of the table " + table + " hits");
      }
      return String.valueOf(rows.get(0).get("department"));
    }

    @Override
    public void notify(DelegateTask task) {
      // what was typed is in the variables already
    }
  }
}
