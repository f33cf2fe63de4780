package hotline.workorder.process;

import hotline.Actor;
import hotline.Conflict;
import hotline.Refused;
import hotline.platform.CompletedForms;
import hotline.platform.FormFields;
import hotline.platform.People;
import hotline.platform.Unrestricted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Claims and completes tasks for callers that are not the Tasklist. */
@Component
public class TaskCommands {
  private final ObjectProvider<TaskService> tasks;

  private final ObjectProvider<IdentityService> identity;
  private final People people;
  private final FormFields fields;
  private final Unrestricted unrestricted;

  TaskCommands(
      ObjectProvider<TaskService> tasks,
      ObjectProvider<IdentityService> identity,
      People people,
      FormFields fields,
      Unrestricted unrestricted) {
    this.tasks = tasks;
    this.identity = identity;
    this.people = people;
    this.fields = fields;
    this.unrestricted = unrestricted;
  }

  public void claim(String taskId, String person) {
    Task task = tasks.getObject().createTaskQuery().taskId(taskId).singleResult();
    if (task != null && task.getAssignee() != null && !task.getAssignee().equals(person)) {
      throw new Conflict("该任务已由 " + task.getAssignee() + " 认领");
    }
    permitted(() -> tasks.getObject().claim(taskId, person));
  }

  /**
   * Completes the task, which must be the caller's to do, with what the form would send; flow
   * variables cannot be forged.
   */
  public void complete(String taskId, Map<String, Object> given) {
    Map<String, Object> typed = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          boolean list = fields.isList(name);
          if (value instanceof Map || value instanceof Iterable && !list) {
            throw new Refused(name, "字段 " + name + " 应为文字、数字或是否，不能是列表或对象");
          }
          if (!CompletedForms.isFlow(name) && value != null) {
            typed.put(name, list ? CompletedForms.written(name, value) : value);
          }
        });
    unrestricted.tell(() -> tasks.getObject().complete(taskId, typed));
  }

  /** The engine checks the caller's right to the task, as it does in Tasklist. */
  private void permitted(Runnable command) {
    Actor actor = people.current();
    identity
        .getObject()
        .setAuthentication(
            actor.id(), new ArrayList<>(actor.groups()), new ArrayList<>(actor.companies()));
    try {
      command.run();
    } catch (AuthorizationException e) {
      throw new AccessDeniedException("task", e);
    } finally {
      identity.getObject().clearAuthentication();
    }
  }
}
