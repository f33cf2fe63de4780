package hotline.platform;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What changes at the engine's open tasks and timers when a promise moves or is broken. */
@Component
public class EngineTasks {
  /** A timer must have a date: with nothing to wait for it stands beyond any life. */
  public static final Date NEVER =
      Date.from(LocalDateTime.of(2099, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));

  private final ObjectProvider<TaskService> tasks;
  private final Unrestricted unrestricted;

  EngineTasks(ObjectProvider<TaskService> tasks, Unrestricted unrestricted) {
    this.tasks = tasks;
    this.unrestricted = unrestricted;
  }

  /** The date as a timer takes it. */
  public static Date orNever(@Nullable Instant at) {
    return at == null ? NEVER : Date.from(at);
  }

  public void dueIs(String taskId, @Nullable Instant at) {
    unrestricted.tell(
        () -> {
          Task task = tasks.getObject().createTaskQuery().taskId(taskId).singleResult();
          if (task != null) {
            task.setDueDate(at == null ? null : Date.from(at));
            tasks.getObject().saveTask(task);
          }
        });
  }

  /** Once late, this group may do the task as well. */
  public void alsoFor(String taskId, String group) {
    unrestricted.tell(() -> tasks.getObject().addCandidateGroup(taskId, group));
  }
}
