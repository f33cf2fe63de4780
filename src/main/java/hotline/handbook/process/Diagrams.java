package hotline.handbook.process;

import hotline.handbook.Step;
import hotline.platform.Unrestricted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The tasks of the newest deployed diagrams. */
@Component
public class Diagrams {
  private static final Pattern MILESTONE =
      Pattern.compile("dueBy\\.milestone\\(execution, '([A-Z]+)'\\)");

  private final ObjectProvider<RepositoryService> repository;
  private final Unrestricted unrestricted;

  Diagrams(ObjectProvider<RepositoryService> repository, Unrestricted unrestricted) {
    this.repository = repository;
    this.unrestricted = unrestricted;
  }

  /** All tasks, diagram by diagram, with the milestones that their due dates ask for. */
  public List<Step> steps() {
    return unrestricted.ask(this::read);
  }

  private List<Step> read() {
    List<Step> steps = new ArrayList<>();
    RepositoryService models = repository.getObject();
    for (ProcessDefinition diagram :
        models
            .createProcessDefinitionQuery()
            .withoutTenantId()
            .latestVersion()
            .orderByProcessDefinitionKey()
            .desc()
            .list()) {
      for (Task task :
          models.getBpmnModelInstance(diagram.getId()).getModelElementsByType(Task.class)) {
        steps.add(
            new Step(
                task.getId(),
                name(diagram.getName()),
                name(task.getName()),
                task instanceof UserTask person ? milestones(person) : Set.of()));
      }
    }
    return steps;
  }

  private static String name(@Nullable String drawn) {
    return drawn == null ? "" : drawn.replaceAll("\\s+", "");
  }

  private static Set<String> milestones(UserTask task) {
    String due = task.getCamundaDueDate();
    return due == null
        ? Set.of()
        : MILESTONE.matcher(due).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }
}
