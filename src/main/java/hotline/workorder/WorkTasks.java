package hotline.workorder;

import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who must act next, for every order (ALL-2), and who has acted. */
@Component
public class WorkTasks {
  /** Which promise a step serves; its due time moves with it. */
  private static final Map<String, Milestone> SERVES =
      Map.ofEntries(
          Map.entry("complete-intake", Milestone.DISPATCH),
          Map.entry("check-dispatch", Milestone.DISPATCH),
          Map.entry("notify-by-phone", Milestone.NOTIFY),
          Map.entry("record-gis-dispatch", Milestone.NOTIFY),
          Map.entry("instruct-emergency", Milestone.INSTRUCT),
          Map.entry("decide-extension", Milestone.DECIDE),
          Map.entry("accept", Milestone.ACCEPT),
          Map.entry("contact-customer", Milestone.CONTACT),
          Map.entry("report-arrival", Milestone.ARRIVE),
          Map.entry("report-containment", Milestone.CONTAIN),
          Map.entry("report-work", Milestone.RESOLVE),
          Map.entry("review-reply", Milestone.REVIEW),
          Map.entry("callback-by-phone", Milestone.CALLBACK),
          Map.entry("follow-up", Milestone.CALLBACK),
          Map.entry("record-settlement", Milestone.RECORD),
          Map.entry("record-completion", Milestone.RECORD),
          Map.entry("reply-to-platform", Milestone.PLATFORM_REPLY),
          Map.entry("tell-customer", Milestone.INFORM));

  private final JdbcClient jdbc;

  WorkTasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static @Nullable Milestone serves(String task) {
    return SERVES.get(task);
  }

  public void opened(
      String taskId,
      String orderNumber,
      String company,
      String task,
      String name,
      @Nullable String part,
      String group,
      @Nullable String alsoGroup,
      @Nullable Instant dueAt,
      @Nullable String article,
      Instant at) {
    jdbc.sql(
            """
            INSERT INTO work_task (task_id, order_number, company, task, name, part, group_id,
              also_group_id, due_at, article, opened_at, is_open)
            VALUES (:task_id, :order, :company, :task, :name, :part, :group, :also, :due, :article,
              :at, TRUE)
            """)
        .param("task_id", taskId)
        .param("order", orderNumber)
        .param("company", company)
        .param("task", task)
        .param("name", name)
        .param("part", part)
        .param("group", group)
        .param("also", alsoGroup)
        .param("due", Sql.utcOrNull(dueAt))
        .param("article", article)
        .param("at", Sql.utc(at))
        .update();
  }

  public void assigned(String taskId, @Nullable String assignee) {
    jdbc.sql("UPDATE work_task SET assignee = :assignee WHERE task_id = :id AND is_open = TRUE")
        .param("assignee", assignee)
        .param("id", taskId)
        .update();
  }

  public void closed(String taskId, Instant at, @Nullable String by) {
    jdbc.sql(
            """
            UPDATE work_task SET is_open = FALSE, closed_at = :at, closed_by = :by
            WHERE task_id = :id AND is_open = TRUE
            """)
        .param("at", Sql.utc(at))
        .param("by", by)
        .param("id", taskId)
        .update();
  }

  /** Waiting steps without a form, such as an SMS answer that is awaited. */
  public void closeAwaited(String orderNumber, Instant at) {
    jdbc.sql(
            """
            UPDATE work_task SET is_open = FALSE, closed_at = :at
            WHERE order_number = :order AND is_open = TRUE AND task LIKE 'await-%'
            """)
        .param("at", Sql.utc(at))
        .param("order", orderNumber)
        .update();
  }

  /** Nobody need do any of them: the process that asked is gone. */
  public void closeAll(String orderNumber, Instant at) {
    jdbc.sql(
            """
            UPDATE work_task SET is_open = FALSE, closed_at = :at
            WHERE order_number = :order AND is_open = TRUE AND task <> 'recover-order'
            """)
        .param("at", Sql.utc(at))
        .param("order", orderNumber)
        .update();
  }

  /** The task may also be done by this group, since it is late. */
  public void alsoFor(String taskId, String group) {
    jdbc.sql(
            """
            UPDATE work_task SET also_group_id = :group
            WHERE task_id = :id AND is_open = TRUE AND also_group_id IS NULL
            """)
        .param("group", group)
        .param("id", taskId)
        .update();
  }

  public void moved(String taskId, @Nullable Instant dueAt, @Nullable String article) {
    jdbc.sql("UPDATE work_task SET due_at = :due, article = :article WHERE task_id = :id")
        .param("due", Sql.utcOrNull(dueAt))
        .param("article", article)
        .param("id", taskId)
        .update();
  }

  public List<WorkTask> open(String orderNumber) {
    return jdbc.sql(
            "SELECT * FROM work_task WHERE order_number = :order AND is_open = TRUE ORDER BY id")
        .param("order", orderNumber)
        .query((row, i) -> task(row))
        .list();
  }

  /** Whether this person has led the order: instructed, decided or reviewed. */
  boolean hasLed(String orderNumber, String person) {
    return jdbc.sql(
            """
            SELECT id FROM work_task
            WHERE order_number = :order AND is_open = FALSE AND closed_by = :person
              AND task IN ('instruct-emergency', 'decide-extension', 'review-reply')
            LIMIT 1
            """)
        .param("order", orderNumber)
        .param("person", person)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  List<WorkTask> waiting(String task) {
    return jdbc.sql("SELECT * FROM work_task WHERE task = :task AND is_open = TRUE ORDER BY id")
        .param("task", task)
        .query((row, i) -> task(row))
        .list();
  }

  public Optional<WorkTask> find(String taskId) {
    return jdbc.sql("SELECT * FROM work_task WHERE task_id = :id")
        .param("id", taskId)
        .query((row, i) -> task(row))
        .optional();
  }

  /**
   * Open tasks of these groups (or assigned to this person, in a company that is the person's),
   * oldest first.
   *
   * @param after the last id of the page before, 0 for the first page
   */
  List<WorkTask> waitingFor(
      Collection<String> groups,
      String person,
      Collection<String> companies,
      @Nullable String company,
      @Nullable String orderNumber,
      long after,
      int size) {
    String narrow =
        " AND is_open = TRUE AND id > :after" + (company == null ? "" : " AND company = :company");
    String tail = narrow + " ORDER BY id LIMIT :size";
    String sql =
        orderNumber == null
            ? "SELECT * FROM ("
                + "(SELECT * FROM work_task WHERE group_id IN (:groups)"
                + tail
                + ") UNION (SELECT * FROM work_task WHERE also_group_id IN (:groups)"
                + tail
                + ") UNION (SELECT * FROM work_task WHERE assignee = :person"
                + " AND company IN (:companies)"
                + tail
                + ")) t ORDER BY id LIMIT :size"
            : "SELECT * FROM work_task WHERE order_number = :order AND (group_id IN (:groups)"
                + " OR also_group_id IN (:groups)"
                + " OR assignee = :person AND company IN (:companies))"
                + tail;
    return jdbc.sql(sql)
        .param("groups", groups.isEmpty() ? List.of("") : groups)
        .param("person", person)
        .param("companies", companies.isEmpty() ? List.of("") : companies)
        .param("company", company)
        .param("order", orderNumber)
        .param("after", after)
        .param("size", size)
        .query((row, i) -> task(row))
        .list();
  }

  private static WorkTask task(ResultSet row) throws SQLException {
    return new WorkTask(
        row.getLong("id"),
        row.getString("task_id"),
        row.getString("order_number"),
        row.getString("company"),
        row.getString("task"),
        row.getString("name"),
        row.getString("part"),
        row.getString("group_id"),
        row.getString("also_group_id"),
        row.getString("assignee"),
        Sql.atOrNull(row, "due_at"),
        row.getString("article"),
        Sql.at(row, "opened_at"),
        Sql.atOrNull(row, "closed_at"),
        row.getString("closed_by"));
  }
}
