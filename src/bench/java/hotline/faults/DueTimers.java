package hotline.faults;

import hotline.faults.Ledger.Call;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Ten thousand limits are over at one moment: each is told of, once. */
final class DueTimers {
  private static final int TIMERS = Integer.getInteger("timers", 10_000);
  private static final int CLIENTS = 8;

  private DueTimers() {}

  static void run(Stage stage) throws Exception {
    Database maria = stage.maria();
    Node taking =
        stage
            .node(
                "taking",
                maria,
                "camunda.bpm.job-execution.enabled=false",
                "hotline.notice.worker=false")
            .start();
    Instant begun = Instant.now();
    take(stage, taking);
    stage.result.figure("orders taken in s", Duration.between(begun, Instant.now()).toSeconds());
    taking.stop();
    long due = due(maria);
    stage.result.figure("timers due", due);
    stage.result.hold(due >= TIMERS, "only " + due + " timers are due");
    List<Node> nodes = List.of(stage.node("one", maria), stage.node("other", maria));
    nodes.get(0).launch();
    nodes.get(1).launch();
    nodes.get(0).ready();
    Instant first = Instant.now();
    Instant until = first.plus(Duration.ofMinutes(20));
    while (due(maria) > 0 && Instant.now().isBefore(until)) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
    long drained = Duration.between(first, Instant.now()).toSeconds();
    stage.result.figure("drained in s", drained);
    stage.result.figure("timers a second", drained == 0 ? due : due / drained);
    nodes.get(1).ready();
    while (Checker.due(maria) > 0 && Instant.now().isBefore(until)) {
      TimeUnit.SECONDS.sleep(1);
    }
    stage.result.figure("notices out after s", Duration.between(first, Instant.now()).toSeconds());
    try (Connection connection = maria.connect()) {
      long told =
          Checker.number(
              connection,
              """
              SELECT COUNT(*) FROM (SELECT order_number FROM work_order_event e
                WHERE verb = '超期' AND note LIKE '%联系客户%' GROUP BY order_number
                HAVING COUNT(*) = 1) once
              """);
      stage.result.figure("told once", told);
      stage.result.hold(
          told == TIMERS, told + " of " + TIMERS + " breaches were told exactly once");
    }
    stage.check(maria);
  }

  private static long due(Database database) throws Exception {
    try (Connection connection = database.connect()) {
      return Checker.number(
          connection,
          "SELECT COUNT(*) FROM ACT_RU_JOB WHERE RETRIES_ > 0 AND DUEDATE_ < ?",
          new java.sql.Timestamp(System.currentTimeMillis()));
    }
  }

  /** Five hours ago they called, and within four the department owed them a call. */
  private static void take(Stage stage, Node node) throws Exception {
    AtomicInteger left = new AtomicInteger(TIMERS);
    ExecutorService people = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> shifts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      shifts.add(
          people.submit(
              () -> {
                for (int n = left.decrementAndGet(); n >= 0; n = left.decrementAndGet()) {
                  Call call =
                      new Call("due-" + n, Load.PHONES + "%04d".formatted(n % 10_000), Load.WORDS);
                  Node.Answer answer =
                      node.post(
                          "/api/work-orders",
                          Load.AGENT,
                          Load.body(call, "BILLING", Instant.now().minus(Duration.ofHours(5))),
                          "Idempotency-Key",
                          call.key());
                  stage.ledger.answered(answer, "a call");
                  if (answer.status() != 201) {
                    throw new IllegalStateException(answer.status() + " " + answer.text());
                  }
                  stage.ledger.calls.put(answer.body().path("number").asText(), call);
                }
                return null;
              }));
    }
    people.shutdown();
    for (Future<?> shift : shifts) {
      shift.get();
    }
  }
}
