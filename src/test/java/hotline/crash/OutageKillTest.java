package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("断电：停水的各项职责办到一半")
class OutageKillTest {
  private static final String ENGINEERING = "yunfu-water.engineering";
  private static final List<String> PEOPLE =
      List.of(ENGINEERING, "yunfu-water.business", "yunfu-water.business", "yunfu-water.agent");

  /** A timer that was just taken when the power failed is free again after a minute. */
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

  @TempDir Path home;

  private final long seed = System.nanoTime();
  private final Random dice = new Random(seed);
  private final Instant start = Instant.now().plus(Duration.ofDays(3));
  private GreenMail mail;
  private OwnProcess product;

  /** "number duty" and who was told that it is done. */
  private final Map<String, String> done = new ConcurrentHashMap<>();

  /** "number duty contact" and how many calls were acknowledged. */
  private final Map<String, Integer> told = new ConcurrentHashMap<>();

  /** "number duty contact" of what the power failed under: done or not, both are right. */
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @AfterEach
  void stop() {
    if (product != null) {
      product.close();
    }
    if (mail != null) {
      mail.stop();
    }
  }

  @Test
  @DisplayName("ALL-2、ALL-3、YF-16d：在任意两项职责之间断电再启动，办过的都在，没办的都有人办，没有人被通知两遍而不注明重发")
  void betweenAnyTwoDuties() throws Exception {
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    mail.start();
    product =
        new OwnProcess(
            home,
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + mail.getSmtp().getPort(),
            "hotline.notice.mail.from=hotline@yunfu.example",
            "hotline.notice.claim=PT5S");
    product.start();
    List<String> numbers = List.of(report("key-1"), report("key-2"));
    for (String number : numbers) {
      approve(number);
    }
    workUntilThePowerFails(numbers);
    product.start();
    nothingIsLost(numbers);

    for (String number : numbers) {
      startsNow(number);
    }
    workUntilThePowerFails(numbers);
    product.start();
    nothingIsLost(numbers);

    for (String number : numbers) {
      restored(number);
    }
    assertThat(report("key-1")).as("reported once").isEqualTo(numbers.get(0));
    work(numbers, new AtomicBoolean());
    nothingIsLost(numbers);
    for (String number : numbers) {
      JsonNode outage = read(number);
      assertThat(outage.path("closedAt").isNull()).as(seen(outage)).isFalse();
      assertThat(outage.path("waitingFor")).as(seen(outage)).isEmpty();
    }
    everyNoticeHasLeft(numbers);
    product.kill();
    nobodyIsToldTwiceUnmarked();
    assertThat(surprises).isEmpty();
    System.out.println(
        "STATS acknowledged "
            + acknowledged
            + " done "
            + done.size()
            + " told "
            + told.size()
            + " unanswered "
            + unanswered
            + " mails "
            + mail.getReceivedMessages().length);
  }

  // ---- what people do

  private String report(String key) throws Exception {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("company", "yunfu-water");
    report.put("kind", "PLANNED");
    report.put("origin", "NETWORK");
    report.put("area", "世纪大道1号至120号");
    report.put("districts", List.of("yuncheng"));
    report.put("places", List.of("YC-E01", "YC-E02", "YC-E04", "YC-F01", "YC-P01", "YC-C01"));
    report.put("start", start.toString());
    report.put("end", start.plus(Duration.ofHours(10)).toString());
    report.put("affectedPopulation", 5001);
    report.put("keyCustomers", List.of("YC-K01", "YC-K02"));
    report.put("reason", "DN400主管接驳施工");
    HttpResponse<String> answer =
        product.post("/api/outages", ENGINEERING, report, "Idempotency-Key", key);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    return OwnProcess.JSON.readTree(answer.body()).path("number").asText();
  }

  private void approve(String number) throws Exception {
    JsonNode task = null;
    for (JsonNode waiting : read(number).path("waitingFor")) {
      if (waiting.path("duty").asText().equals("REGULATOR_APPROVAL")) {
        task = waiting;
      }
    }
    assertThat(task).isNotNull();
    completed(task, Map.of("outcome", "APPROVED", "reference", "云城管〔2026〕88号"));
    done.put(number + " REGULATOR_APPROVAL", ENGINEERING);
  }

  /** The works come forward: those who were told are told again, and the supply goes off. */
  private void startsNow(String number) throws Exception {
    Instant now = Instant.now();
    completed(
        following(number),
        Map.of(
            "outcome",
            "CHANGE",
            "start",
            now.plusSeconds(1).toString(),
            "end",
            now.plusSeconds(7200).toString(),
            "reason",
            "施工单位提前进场"));
  }

  private void restored(String number) throws Exception {
    Instant until = Instant.now().plus(LONG_ENOUGH);
    while (!read(number).path("status").asText().equals("RUNNING")) {
      assertThat(Instant.now()).as("begins: " + read(number)).isBefore(until);
      TimeUnit.MILLISECONDS.sleep(200);
    }
    completed(following(number), Map.of("outcome", "RESTORED"));
  }

  private JsonNode following(String number) throws Exception {
    JsonNode outage = read(number);
    for (JsonNode task : outage.path("waitingFor")) {
      if (task.path("task").asText().equals("follow-outage")) {
        return task;
      }
    }
    throw new AssertionError("nobody follows " + seen(outage));
  }

  private void completed(JsonNode task, Map<String, ?> form) throws Exception {
    HttpResponse<String> answer =
        product.post("/api/tasks/" + task.path("id").asText() + "/complete", ENGINEERING, form);
    assertThat(answer.statusCode()).as(task + " " + answer.body()).isEqualTo(200);
  }

  private void workUntilThePowerFails(List<String> numbers) throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    int enough = acknowledged.get() + 4 + dice.nextInt(6);
    ExecutorService people = Executors.newFixedThreadPool(PEOPLE.size());
    List<Future<?>> shifts = new ArrayList<>();
    for (String person : PEOPLE) {
      Random habits = new Random(dice.nextLong());
      shifts.add(people.submit(() -> work(person, numbers, habits, killed)));
    }
    Instant until = Instant.now().plus(LONG_ENOUGH);
    while (acknowledged.get() < enough && Instant.now().isBefore(until)) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    TimeUnit.MILLISECONDS.sleep(dice.nextInt(120));
    killed.set(true);
    product.kill();
    people.shutdown();
    for (Future<?> shift : shifts) {
      shift.get(60, TimeUnit.SECONDS);
    }
    assertThat(acknowledged.get())
        .as("done before the power failed")
        .isGreaterThanOrEqualTo(enough);
  }

  /** Everybody, one after another, until nothing is left. */
  private void work(List<String> numbers, AtomicBoolean killed) {
    for (boolean more = true; more; ) {
      more = false;
      for (String person : Set.copyOf(PEOPLE)) {
        more |= work(person, numbers, dice, killed);
      }
    }
  }

  /** The person does what may be done, in any order; true when something was. */
  private boolean work(String person, List<String> numbers, Random habits, AtomicBoolean killed) {
    boolean any = false;
    try {
      while (!killed.get()) {
        List<Runnable> acts = new ArrayList<>();
        for (String number : numbers) {
          JsonNode outage =
              OwnProcess.JSON.readTree(product.get("/api/outages/" + number, person).body());
          for (JsonNode task : outage.path("waitingFor")) {
            if (task.path("task").asText().equals("perform-duty") && mayDo(person, task)) {
              acts.add(() -> perform(person, outage, task, habits));
            }
          }
        }
        if (acts.isEmpty()) {
          return any;
        }
        acts.get(habits.nextInt(acts.size())).run();
        any = true;
      }
    } catch (IOException e) {
      if (!killed.get()) {
        surprises.add(e.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return any;
  }

  /** The table names 营业部 and 坐席 together; only what is on site is for 工程公司. */
  private static boolean mayDo(String person, JsonNode task) {
    return person.equals(ENGINEERING) == task.path("group").asText().equals(ENGINEERING);
  }

  private void perform(String person, JsonNode outage, JsonNode task, Random habits) {
    String name = outage.path("number").asText() + " " + task.path("duty").asText();
    List<String> left = new ArrayList<>();
    duty(outage, task.path("duty").asText())
        .path("contacts")
        .forEach(
            contact -> {
              if (contact.path("status").asText().equals("OPEN")) {
                left.add(contact.path("code").asText());
              }
            });
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("note", "已办理");
    String contact = left.isEmpty() ? "" : left.get(habits.nextInt(left.size()));
    if (contact.isEmpty()) {
      form.put("outcome", "DONE");
    } else {
      form.put("outcome", "RECORD");
      form.put("reachedContacts", List.of(contact));
    }
    String act = name + " " + contact + " by " + person;
    unanswered.add(act);
    try {
      HttpResponse<String> answer =
          product.post("/api/tasks/" + task.path("id").asText() + "/complete", person, form);
      if (answer.statusCode() == 200) {
        JsonNode now = duty(OwnProcess.JSON.readTree(answer.body()), task.path("duty").asText());
        if (!contact.isEmpty()) {
          told.merge(name + " " + contact, 1, Integer::sum);
        }
        if (left.size() < 2) {
          assertThat(now.path("status").asText()).as(answer.body()).isEqualTo("DONE");
          done.put(name, now.path("doneBy").asText());
        }
        acknowledged.incrementAndGet();
      } else if (answer.statusCode() != 409) {
        // 409: somebody was quicker
        surprises.add(act + ": " + answer.statusCode() + " " + answer.body());
      }
      unanswered.remove(act);
    } catch (IOException e) {
      // the power failed under it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- what must hold

  private JsonNode read(String number) throws Exception {
    return product.read("/api/outages/" + number, ENGINEERING);
  }

  private static JsonNode duty(JsonNode outage, String key) {
    for (JsonNode duty : outage.path("duties")) {
      if (duty.path("key").asText().equals(key)) {
        return duty;
      }
    }
    throw new AssertionError("no duty " + key + " in " + outage);
  }

  private String seen(JsonNode outage) {
    return "seed " + seed + ", unanswered " + unanswered + ": " + outage;
  }

  private void nothingIsLost(List<String> numbers) throws Exception {
    for (String number : numbers) {
      JsonNode outage = read(number);
      Map<String, Integer> tasks = new HashMap<>();
      outage
          .path("waitingFor")
          .forEach(task -> tasks.merge(task.path("duty").asText(), 1, Integer::sum));
      Set<String> keys = new HashSet<>();
      int performed = 0;
      for (JsonNode duty : outage.path("duties")) {
        String key = duty.path("key").asText();
        String name = number + " " + key;
        String status = duty.path("status").asText();
        assertThat(keys.add(key)).as("once " + name + " " + seen(outage)).isTrue();
        assertThat(tasks.getOrDefault(key, 0))
            .as("tasks of " + name + " " + seen(outage))
            .isEqualTo(status.equals("OPEN") ? 1 : 0);
        if (done.containsKey(name)) {
          assertThat(status).as(name + " " + seen(outage)).isEqualTo("DONE");
          assertThat(duty.path("doneBy").asText())
              .as(name + " " + seen(outage))
              .isEqualTo(done.get(name));
        } else if (status.equals("DONE")) {
          assertThat(unanswered)
              .as("nobody has done " + name + " " + seen(outage))
              .anyMatch(act -> act.startsWith(name + " "));
        } else {
          assertThat(status).as(name + " " + seen(outage)).isIn("OPEN", "WAITING");
        }
        performed += status.equals("DONE") && !key.equals("REGULATOR_APPROVAL") ? 1 : 0;
        contactsAreAsTold(duty, name, seen(outage));
      }
      assertThat(done.keySet().stream().filter(name -> name.startsWith(number + " ")))
          .as(seen(outage))
          .allMatch(name -> keys.contains(name.substring(number.length() + 1)));
      assertThat(lines(outage, "履行职责")).as(seen(outage)).isEqualTo(performed);
    }
  }

  private void contactsAreAsTold(JsonNode duty, String name, String seen) {
    for (JsonNode contact : duty.path("contacts")) {
      String call = name + " " + contact.path("code").asText();
      int attempts = contact.path("attempts").asInt();
      int acknowledgedCalls = told.getOrDefault(call, 0);
      long perhaps = unanswered.stream().filter(act -> act.startsWith(call + " by ")).count();
      assertThat(attempts)
          .as("calls to " + call + " " + seen)
          .isBetween(acknowledgedCalls, acknowledgedCalls + (int) perhaps);
      if (contact.path("status").asText().equals("REACHED")) {
        assertThat(attempts).as(call + " " + seen).isPositive();
      }
    }
  }

  private static int lines(JsonNode outage, String verb) {
    int lines = 0;
    for (JsonNode event : outage.path("events")) {
      lines += event.path("verb").asText().equals(verb) ? 1 : 0;
    }
    return lines;
  }

  /** What was being sent when the power failed is sent again once its claim has run out. */
  private void everyNoticeHasLeft(List<String> numbers) throws Exception {
    Instant until = Instant.now().plus(LONG_ENOUGH);
    for (String number : numbers) {
      List<JsonNode> left = notSent(number);
      while (!left.isEmpty()) {
        assertThat(Instant.now()).as("notices leave: " + left).isBefore(until);
        TimeUnit.MILLISECONDS.sleep(300);
        left = notSent(number);
      }
    }
  }

  private List<JsonNode> notSent(String number) throws Exception {
    List<JsonNode> left = new ArrayList<>();
    read(number)
        .path("notices")
        .forEach(
            notice -> {
              if (!notice.path("status").asText().equals("SENT")) {
                left.add(notice);
              }
            });
    return left;
  }

  private void nobodyIsToldTwiceUnmarked() throws Exception {
    String file = "jdbc:h2:file:" + home.resolve("db/hotline") + ";MODE=MySQL;IFEXISTS=TRUE";
    int queued = 0;
    try (Connection database = DriverManager.getConnection(file, "sa", "");
        Statement statement = database.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT order_number, purpose, address, subject, COUNT(*) FROM notice
                GROUP BY order_number, purpose, address, subject
                """)) {
      while (rows.next()) {
        queued++;
        assertThat(rows.getInt(5))
            .as(rows.getString(2) + " " + rows.getString(3) + " " + rows.getString(4))
            .isEqualTo(1);
      }
    }
    Map<String, List<String>> mails = new HashMap<>();
    for (MimeMessage each : mail.getReceivedMessages()) {
      mails
          .computeIfAbsent(each.getMessageID(), id -> new ArrayList<>())
          .add(each.getAllRecipients()[0] + " " + each.getSubject());
    }
    assertThat(mails).as("mails for " + queued + " notices").hasSize(queued);
    mails.forEach(
        (id, subjects) ->
            assertThat(subjects.subList(1, subjects.size()))
                .as(subjects.toString())
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(subject -> subject.contains(" 【重发】")));
  }
}
