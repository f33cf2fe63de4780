package hotline.workorder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hotline.Actor;
import hotline.platform.Transactions;
import hotline.workorder.Commands.ReceiveCall;
import hotline.workorder.process.TaskCommands;
import hotline.workorder.process.WorkOrderProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the demo day asks of work orders; the same commands that callers and people use. */
@Component
@Profile("demo")
public class SampleCalls {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

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

  /** A call as an outside system would post it, without its company. */
  public String take(Actor by, String company, Map<String, Object> call) {
    Map<String, Object> whole = new LinkedHashMap<>(call);
    whole.put("company", company);
    IntakeRequest request = JSON.convertValue(whole, IntakeRequest.class);
    return transactions.as(by, () -> intake.start(by, request, null, null));
  }

  /** A call that an agent has begun to type. */
  public String received(Actor by, String company, Map<String, Object> typed) {
    ReceiveCall call = JSON.convertValue(typed, ReceiveCall.class);
    return transactions.as(
        by,
        () ->
            process.callReceived(
                company,
                Text.orEmpty(call.callerPhone()),
                Text.orEmpty(call.callerName()),
                Text.orEmpty(call.address()),
                Text.orEmpty(call.district()),
                Text.orEmpty(call.description())));
  }

  public void customerSays(Actor by, String number, String type, String note) {
    transactions.as(
        by,
        () -> {
          orders.customerSays(number, by, type, note);
          return number;
        });
  }

  /** What of that name waits for somebody, in all companies. */
  public List<WorkTask> waiting(String task) {
    return tasks.waiting(task);
  }

  /** The person completes the open task of that name, of an outage that of the duty named. */
  public void does(Actor by, String number, String task, Map<String, Object> fields) {
    transactions.as(
        by,
        () -> {
          commands.complete(openTask(number, task, fields.get("duty")), fields);
          return number;
        });
  }

  private String openTask(String number, String task, @Nullable Object part) {
    return tasks.open(number).stream()
        .filter(each -> each.task().equals(task) && Objects.equals(each.part(), part))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no open " + task + " of " + number))
        .taskId();
  }
}
