package hotline.faults;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.faults.Ledger.Act;
import hotline.faults.Ledger.Call;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many do the same thing at the same moment, at two nodes. */
final class AtOnce {
  private static final int ROUNDS = 10;
  private static final int SAME_CALLS = 50;
  private static final int PEOPLE = 20;

  private AtOnce() {}

  /** The same call fifty times: one order, and everybody is given its number. */
  static void sameKey(Stage stage) throws Exception {
    Database maria = stage.maria();
    List<Node> nodes = twoNodes(stage, maria);
    int created = 0;
    int repeated = 0;
    int later = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Call call = new Call("same-" + round, Load.PHONES + "%04d".formatted(round), Load.WORDS);
      Map<String, Object> body = Load.body(call, "LEAK", Instant.now());
      List<Callable<Node.Answer>> calls = new ArrayList<>();
      for (int i = 0; i < SAME_CALLS; i++) {
        Node node = nodes.get(i % 2);
        calls.add(
            () -> {
              Node.Answer answer = null;
              for (int tries = 0; answer == null || answer.status() == 503 && tries < 5; tries++) {
                answer =
                    node.post("/api/work-orders", Load.AGENT, body, "Idempotency-Key", call.key());
                stage.ledger.answered(answer, "the same call");
              }
              return answer;
            });
      }
      Set<String> numbers = new HashSet<>();
      Set<String> contents = new HashSet<>();
      for (Node.Answer answer : together(calls)) {
        created += answer.status() == 201 ? 1 : 0;
        repeated += answer.status() == 200 ? 1 : 0;
        later += answer.status() == 200 || answer.status() == 201 ? 0 : 1;
        stage.result.hold(
            answer.status() == 200 || answer.status() == 201,
            "the same call was answered " + answer.status() + " " + answer.text());
        numbers.add(answer.body().path("number").asText());
        contents.add(lasting(answer.body()));
      }
      stage.result.hold(numbers.size() == 1, "one key gave " + numbers);
      stage.result.hold(contents.size() == 1, "one key gave different orders " + contents);
      stage.ledger.calls.put(numbers.iterator().next(), call);
    }
    stage.result.figure("rounds", ROUNDS);
    stage.result.figure("calls at once", SAME_CALLS);
    stage.result.figure("201", created);
    stage.result.figure("200", repeated);
    stage.result.figure("others", later);
    stage.result.hold(created == ROUNDS, created + " orders were created for " + ROUNDS + " keys");
    stage.check(maria);
  }

  /** Started and warm: this is about meeting, not about the first call of a day. */
  private static List<Node> twoNodes(Stage stage, Database database) throws Exception {
    List<Node> nodes = List.of(stage.node("one", database), stage.node("other", database));
    for (Node node : nodes) {
      node.patience = Duration.ofMinutes(2);
      node.start();
      Call call = new Call("warm-" + node.name, Load.PHONES + "9999", Load.WORDS);
      Node.Answer answer =
          node.post(
              "/api/work-orders",
              Load.AGENT,
              Load.body(call, "BILLING", Instant.now()),
              "Idempotency-Key",
              call.key());
      stage.ledger.answered(answer, "a call");
      stage.ledger.calls.put(answer.body().path("number").asText(), call);
    }
    return nodes;
  }

  /** Of an order what does not change while its mails leave. */
  private static String lasting(JsonNode order) {
    return order.path("number").asText()
        + order.path("description")
        + order.path("department")
        + order.path("receivedAt")
        + order.path("caller");
  }

  /** Twenty people press the button: one did it, the others read who. */
  static void sameTask(Stage stage) throws Exception {
    Database maria = stage.maria();
    List<Node> nodes = twoNodes(stage, maria);
    String group = Load.COMPANY + ".business";
    colleagues(maria, group);
    int done = 0;
    int told = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Call call = new Call("task-" + round, Load.PHONES + "%04d".formatted(round), Load.WORDS);
      Node.Answer taken =
          nodes
              .get(0)
              .post(
                  "/api/work-orders",
                  Load.AGENT,
                  Load.body(call, "BILLING", Instant.now()),
                  "Idempotency-Key",
                  call.key());
      String number = taken.body().path("number").asText();
      stage.ledger.calls.put(number, call);
      for (String name : List.of("accept", "contact-customer", "report-work")) {
        String id = task(nodes.get(0), number, name);
        List<Callable<Node.Answer>> presses = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
          Node node = nodes.get(i % 2);
          String person = group + "-" + i;
          presses.add(() -> node.post("/api/tasks/" + id + "/complete", person, Load.form(name)));
        }
        List<Node.Answer> answers = together(presses);
        int successes = 0;
        for (int i = 0; i < PEOPLE; i++) {
          Node.Answer answer = answers.get(i);
          stage.ledger.answered(answer, name);
          if (answer.status() == 200) {
            successes++;
            stage.ledger.acts.put(id, new Act(number, name, group + "-" + i));
          } else {
            told++;
            stage.result.hold(
                answer.status() == 409 && answer.text().contains("办理"),
                "at " + name + " somebody reads " + answer.status() + " " + answer.text());
          }
        }
        done += successes;
        stage.result.hold(successes == 1, successes + " people were told that they did " + name);
      }
    }
    stage.result.figure("tasks", ROUNDS * 3);
    stage.result.figure("people at once", PEOPLE);
    stage.result.figure("200", done);
    stage.result.figure("told who did it", told);
    stage.check(maria);
  }

  private static String task(Node node, String number, String name) throws Exception {
    for (JsonNode task :
        node.get("/api/work-orders/" + number, Load.AGENT).body().path("waitingFor")) {
      if (task.path("task").asText().equals(name)) {
        return task.path("id").asText();
      }
    }
    throw new IllegalStateException(number + " does not wait for " + name);
  }

  /** Twenty logins of one department, with the password that they all have in the demo. */
  private static void colleagues(Database database, String group) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < PEOPLE; i++) {
        String person = group + "-" + i;
        statement.execute(
            """
            INSERT INTO ACT_ID_USER (ID_, REV_, FIRST_, LAST_, PWD_, SALT_)
            SELECT '%s', 1, FIRST_, LAST_, PWD_, SALT_ FROM ACT_ID_USER WHERE ID_ = '%s'
            """
                .formatted(person, group));
        statement.execute(
            "INSERT INTO ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) VALUES ('%s', '%s')"
                .formatted(person, group));
        statement.execute(
            "INSERT INTO ACT_ID_TENANT_MEMBER (ID_, TENANT_ID_, USER_ID_, GROUP_ID_) VALUES ('m-%d', '%s', '%s', NULL)"
                .formatted(i, Load.COMPANY, person));
      }
    }
  }

  private static List<Node.Answer> together(List<Callable<Node.Answer>> calls) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(calls.size());
    try {
      CyclicBarrier now = new CyclicBarrier(calls.size());
      List<Future<Node.Answer>> answers = new ArrayList<>();
      for (Callable<Node.Answer> call : calls) {
        answers.add(
            people.submit(
                () -> {
                  now.await();
                  return call.call();
                }));
      }
      List<Node.Answer> all = new ArrayList<>();
      for (Future<Node.Answer> answer : answers) {
        all.add(answer.get());
      }
      return all;
    } finally {
      people.shutdown();
    }
  }
}
