package hotline.faults;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.faults.Ledger.Act;
import hotline.faults.Ledger.Call;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * People at work: they take calls, accept, contact, report, call back and urge; what got no answer
 * is said again, as a phone system or a person would.
 */
final class Load implements AutoCloseable {
  static final String COMPANY = "yunfu-water";
  static final String AGENT = COMPANY + ".agent";

  /** These never occur in a log: who called, from where, by which number, and what was typed. */
  static final String CALLER = "欧阳明月";

  static final String STREET = "演练大道";
  static final String WORDS = "演练暗语𠮷😀";
  static final String PHONES = "1390766";

  /** The same for each repetition of a call, else its content would be another. */
  private static final Instant RECEIVED = Instant.now().minusSeconds(60);

  private static final List<String> CATEGORIES =
      List.of("LEAK", "LEAK", "BILLING", "PRESSURE", "BURST", "ENQUIRY", "METERING");

  private final List<Node> nodes;
  private final Ledger ledger;
  private final ExecutorService people;
  private final Random dice = new Random();
  private final AtomicInteger phones = new AtomicInteger();
  private final int first = dice.nextInt(5000);
  private volatile boolean over;
  private volatile int between;

  Load(Ledger ledger, int clients, Node... nodes) {
    this.ledger = ledger;
    this.nodes = List.of(nodes);
    this.people = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      Node mine = nodes[i % nodes.length];
      people.submit(() -> work(mine));
    }
  }

  private void work(Node node) {
    while (!over) {
      try {
        step(node);
        pause(between);
      } catch (IOException e) {
        ledger.noAnswer();
        pause(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        ledger.wrong.add("a client broke off: " + e);
        return;
      }
    }
  }

  /** How long each person waits after each step, in milliseconds. */
  void slower(int millis) {
    between = millis;
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step(Node node) throws IOException, InterruptedException {
    int what = dice.nextInt(100);
    Call before = ledger.unanswered.poll();
    if (before != null) {
      take(node, before);
    } else if (what < 25) {
      take(node, call());
    } else if (what < 33 && !ledger.calls.isEmpty()) {
      urge(node, any(List.copyOf(ledger.calls.keySet())));
    } else {
      act(node);
    }
  }

  private <T> T any(List<T> of) {
    return of.get(dice.nextInt(of.size()));
  }

  Call call() {
    String phone = "%s%04d".formatted(PHONES, (first + phones.incrementAndGet()) % 10_000);
    return new Call(UUID.randomUUID().toString(), phone, WORDS + UUID.randomUUID());
  }

  static Map<String, Object> body(Call call, String category, Instant receivedAt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("company", COMPANY);
    body.put("category", category);
    body.put("description", call.text());
    body.put("receivedAt", receivedAt.toString());
    body.put(
        "caller",
        Map.of("name", CALLER, "phone", call.phone(), "address", STREET + call.phone() + "号"));
    body.put("facts", Map.of("meterSide", "UPSTREAM", "asset", "PIPE"));
    return body;
  }

  /** Some calls are written down late: their limits have run, and are told of under the load. */
  private void take(Node node, Call call) throws IOException, InterruptedException {
    int dice = Math.floorMod(call.key().hashCode(), 1000);
    Instant received = RECEIVED.minusSeconds(3600L * (dice % 4));
    String category = CATEGORIES.get(dice % CATEGORIES.size());
    Node.Answer answer;
    try {
      answer =
          node.post(
              "/api/work-orders",
              AGENT,
              body(call, category, received),
              "Idempotency-Key",
              call.key());
    } catch (IOException e) {
      ledger.unanswered.add(call);
      throw e;
    }
    ledger.answered(answer, "a call");
    if (answer.status() == 201 || answer.status() == 200) {
      String number = answer.body().path("number").asText();
      Call other = ledger.calls.put(number, call);
      if (other != null && !other.key().equals(call.key())) {
        ledger.wrong.add(number + " was given to two calls");
      }
    } else {
      ledger.unanswered.add(call);
      pause(200);
    }
  }

  private void urge(Node node, String number) throws IOException, InterruptedException {
    Ledger.Times times = ledger.urged(number);
    times.unanswered.incrementAndGet();
    Node.Answer answer =
        node.post(
            "/api/work-orders/" + number + "/events", AGENT, Map.of("type", "URGE", "note", WORDS));
    ledger.answered(answer, "an urge");
    if (answer.status() < 500) {
      times.unanswered.decrementAndGet();
    }
    if (answer.status() == 202) {
      times.acknowledged.incrementAndGet();
    }
  }

  private void act(Node node) throws IOException, InterruptedException {
    Node.Answer list = node.get("/api/tasks?company=" + COMPANY + "&size=100", AGENT);
    ledger.answered(list, "the tasks");
    if (list.status() != 200) {
      pause(200);
      return;
    }
    List<JsonNode> tasks = new ArrayList<>();
    list.body().path("items").forEach(tasks::add);
    if (tasks.isEmpty()) {
      return;
    }
    JsonNode task = any(tasks);
    String name = task.path("task").asText();
    if (name.equals("await-sms-reply")) {
      Call call = ledger.calls.get(task.path("order").asText());
      if (call != null) {
        reply(node, call);
      }
      return;
    }
    String id = task.path("id").asText();
    String person = task.path("group").asText();
    ledger.doubtfulTasks.add(id);
    Node.Answer answer = node.post("/api/tasks/" + id + "/complete", person, form(name));
    ledger.answered(answer, name);
    if (answer.status() == 200) {
      Act other = ledger.acts.put(id, new Act(task.path("order").asText(), name, person));
      if (other != null) {
        ledger.wrong.add("two people were told that they did " + name + " of " + other.order());
      }
    } else if (answer.status() == 422) {
      ledger.wrong.add("refused " + name + ": " + answer.text());
    }
  }

  private void reply(Node node, Call call) throws IOException, InterruptedException {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("from", call.phone());
    reply.put("text", dice.nextInt(4) == 0 ? "2" : "1");
    reply.put("messageId", "m-" + call.key());
    ledger.answered(node.post("/api/sms-replies", AGENT, reply), "an SMS");
  }

  static Map<String, Object> form(String task) {
    Map<String, Object> form = new LinkedHashMap<>();
    switch (task) {
      case "accept" -> form.put("outcome", "ACCEPT");
      case "check-dispatch" -> form.put("outcome", "DISPATCH");
      case "record-gis-dispatch" -> form.put("gisReference", "GIS-1");
      case "instruct-emergency" -> form.put("instruction", WORDS);
      case "notify-by-phone" -> form.put("reachedPerson", CALLER);
      case "report-work" -> {
        form.put("outcome", "DONE");
        form.put("result", WORDS);
      }
      case "callback-by-phone" -> {
        form.put("reached", true);
        form.put("solved", true);
        form.put("satisfaction", "SATISFIED");
        form.put("remarks", WORDS);
        form.put("nightReason", WORDS);
      }
      case "follow-up" -> {
        form.put("outcome", "CLOSE");
        form.put("reason", WORDS);
      }
      case "report-arrival", "report-containment" -> form.put("situation", WORDS);
      default -> form.put("note", WORDS);
    }
    return form;
  }

  /** Lets everybody finish what they are at. */
  @Override
  public void close() throws InterruptedException {
    over = true;
    people.shutdown();
    if (!people.awaitTermination(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("clients hang");
    }
  }
}
