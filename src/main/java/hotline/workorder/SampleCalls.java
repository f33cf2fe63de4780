package hotline.workorder;

import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.Actor;
import hotline.platform.Transactions;
import hotline.workorder.process.TaskCommands;
import hotline.workorder.process.WorkOrderProcess;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo day asks of work orders; the same commands that callers and people use. */
@Component
@Profile("demo")
public class SampleCalls {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Intake intake;
  private final WorkOrders orders;
  private final WorkTasks tasks;
  private final TaskCommands commands;
  private final WorkOrderProcess process;
  private final Transactions transactions;
  private final JdbcClient jdbc;

  SampleCalls(
      Intake intake,
      WorkOrders orders,
      WorkTasks tasks,
      TaskCommands commands,
      WorkOrderProcess process,
      Transactions transactions,
      JdbcClient jdbc) {
    this.intake = intake;
    this.orders = orders;
    this.tasks = tasks;
    this.commands = commands;
    this.process = process;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  public boolean any(String company) {
    return jdbc.sql("SELECT id FROM work_order WHERE company = :company LIMIT 1")
        .param("company", company)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  public String take(
      Actor by,
      String company,
      String category,
      String name,
      String phone,
      String address,
      String description,
      Map<String, Object> facts,
      @Nullable String answer) {
    IntakeRequest request =
        new IntakeRequest(
            company,
            "PHONE",
            category,
            null,
            answer,
            description,
            null,
            new IntakeRequest.Caller(name, phone, address, null, true),
            JSON.convertValue(facts, Facts.class),
            null,
            null,
            null,
            null);
    return transactions.as(by, () -> intake.start(by, request, null, null));
  }

  /** A call that an agent has begun to type. */
  public String received(
      String company, String phone, String name, String address, String description) {
    return process.callReceived(company, phone, name, address, "", description);
  }

  public void customerSays(String company, Actor by, String number, String type, String note) {
    transactions.as(
        by,
        () -> {
          switch (type) {
            case "URGE" -> orders.urge(number, by, note);
            case "WITHDRAW" -> orders.withdraw(number, by, note);
            default -> orders.supplement(number, by, note);
          }
          return number;
        });
  }

  /** The orders for which such a task is open. */
  public List<String> waitingFor(String company, String task) {
    return jdbc.sql(
            """
            SELECT order_number FROM work_task
            WHERE company = :company AND is_open = TRUE AND task = :task ORDER BY id
            """)
        .param("company", company)
        .param("task", task)
        .query(String.class)
        .list();
  }

  /** The person completes the order's open task of that name. */
  public void does(Actor by, String number, String task, Map<String, Object> fields) {
    transactions.as(
        by,
        () -> {
          commands.complete(openTask(number, task), fields);
          return number;
        });
  }

  private String openTask(String number, String task) {
    return tasks.open(number).stream()
        .filter(each -> each.task().equals(task))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no open " + task + " of " + number))
        .taskId();
  }
}
