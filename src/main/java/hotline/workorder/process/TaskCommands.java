package hotline.workorder.process;

import hotline.Conflict;
import hotline.platform.CompletedForms;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Claims and completes tasks for callers that are not the Tasklist. */
@Component
public class TaskCommands {
  private final ObjectProvider<TaskService> tasks;

  TaskCommands(ObjectProvider<TaskService> tasks) {
    this.tasks = tasks;
  }

  public void claim(String taskId, String person) {
    Task task = tasks.getObject().createTaskQuery().taskId(taskId).singleResult();
    if (task != null && task.getAssignee() != null && !task.getAssignee().equals(person)) {
      throw new Conflict("该任务已由 " + task.getAssignee() + " 认领");
    }
    tasks.getObject().claim(taskId, person);
  }

  /** Completes the task with what the form would send; flow variables cannot be forged. */
  public void complete(String taskId, Map<String, Object> fields) {
    Map<String, Object> typed = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          if (!CompletedForms.FLOW.contains(name) && value != null) {
            typed.put(
                name, value instanceof Map || value instanceof Iterable ? value.toString() : value);
          }
        });
    tasks.getObject().complete(taskId, typed);
  }
}
