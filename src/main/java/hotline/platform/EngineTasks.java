package hotline.platform;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What changes at the engine's open tasks and timers when a promise moves or is broken. */
@Component
public class EngineTasks {
  /** A timer must have a date: with nothing to wait for it stands beyond any life. */
  public static final Date NEVER =
      Date.from(LocalDateTime.of(2099, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));

  /** Where the diagrams wait for the next warning or breach. */
  private static final List<String> ALERTS = List.of("StartEvent_FirstAlert", "Event_NextAlert");

  private final ObjectProvider<TaskService> tasks;
  private final Unrestricted unrestricted;
  private final JdbcClient jdbc;

  EngineTasks(ObjectProvider<TaskService> tasks, Unrestricted unrestricted, JdbcClient jdbc) {
    this.tasks = tasks;
    this.jdbc = jdbc;
    this.unrestricted = unrestricted;
  }

  /** The date as a timer takes it. */
  public static Date orNever(@Nullable Instant at) {
    return at == null ? NEVER : Date.from(at);
  }

  /**
   * The supervision's timers wait for another moment, in one statement; whatever else a designer
   * lets the instance wait for keeps its own.
   */
  public void nextAlertIs(String processInstanceId, @Nullable Instant at) {
    jdbc.sql(
            """
            UPDATE ACT_RU_JOB SET DUEDATE_ = :at, REV_ = REV_ + 1
            WHERE PROCESS_INSTANCE_ID_ = :instance AND TYPE_ = 'timer' AND EXISTS (
              SELECT 1 FROM ACT_RU_JOBDEF d
              WHERE d.ID_ = ACT_RU_JOB.JOB_DEF_ID_ AND d.ACT_ID_ IN (:alerts))
            """)
        .param("at", new Timestamp(orNever(at).getTime()))
        .param("instance", processInstanceId)
        .param("alerts", ALERTS)
        .update();
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
