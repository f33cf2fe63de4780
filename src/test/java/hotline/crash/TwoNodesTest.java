package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hotline.FreePort;
import hotline.database.MariaServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Two nodes in processes of their own on one MariaDB server, with a real mail server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("两个节点，一个数据库")
class TwoNodesTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final int ORDERS = 150;
  private static final int ORDERS_OF_THE_DEAD = 40;

  /** For what takes as long as the machine is slow, and is no promise. */
  private static final Duration PATIENCE = Duration.ofMinutes(7);

  /** What a dead node had in hand is taken over by then. */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(120);

  private final MariaServer server = MariaServer.start();
  private final JdbcClient jdbc =
      JdbcClient.create(
          new DriverManagerDataSource(server.url(), server.user(), server.password()));
  private final int mailPort = FreePort.any();
  private GreenMail post = postOffice();
  private OwnProcess one;
  private OwnProcess two;

  private GreenMail postOffice() {
    GreenMail opened = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", "smtp"));
    opened.start();
    return opened;
  }

  @BeforeAll
  void bothStartAtTheSameMoment() throws Exception {
    Path home = Path.of("target", "two-nodes").toAbsolutePath();
    FileSystemUtils.deleteRecursively(home);
    one = node(home.resolve("one"));
    two = node(home.resolve("two"));
    one.launch();
    two.launch();
    one.awaitReady();
    two.awaitReady();
  }

  private OwnProcess node(Path home) throws IOException {
    return new OwnProcess(
        Files.createDirectories(home),
        server,
        "spring.mail.host=127.0.0.1",
        "spring.mail.port=" + mailPort,
        "hotline.notice.mail.from=hotline@yunfu.example",
        "hotline.notice.retry=" + "PT5S,".repeat(30) + "PT5S",
        "hotline.stop.notice=PT10S");
  }

  @AfterAll
  void end() {
    one.close();
    two.close();
    post.stop();
    server.close();
  }

  @Test
  @Order(1)
  @DisplayName("同时在空库上启动：表、模型、管理员、演示人员、列表都只建一次，两边都没有报错")
  void madeOnce() throws IOException {
    assertThat(count("SELECT COUNT(*) FROM flyway_schema_history WHERE success = FALSE")).isZero();
    assertThat(
            count(
                "SELECT COUNT(*) - COUNT(DISTINCT version) FROM flyway_schema_history"
                    + " WHERE version IS NOT NULL"))
        .isZero();
    assertThat(count("SELECT COUNT(*) FROM ACT_RE_DEPLOYMENT")).isEqualTo(3);
    for (String models : List.of("ACT_RE_PROCDEF", "ACT_RE_DECISION_DEF", "ACT_RE_CAMFORMDEF")) {
      assertThat(count("SELECT MAX(VERSION_) FROM " + models)).as(models).isEqualTo(1);
    }
    assertThat(count("SELECT COUNT(*) FROM ACT_RU_FILTER")).isEqualTo(5);
    assertThat(count("SELECT COUNT(DISTINCT NAME_) FROM ACT_RU_FILTER")).isEqualTo(5);
    assertThat(count("SELECT COUNT(*) FROM ACT_ID_USER"))
        .as("每人一次，另有系统管理员")
        .isEqualTo(count("SELECT COUNT(*) FROM person") + 1);
    assertThat(count("SELECT COUNT(*) - COUNT(DISTINCT company, department, person_id) FROM duty"))
        .isZero();
    assertThat(count("SELECT COUNT(*) FROM place"))
        .isEqualTo(count("SELECT COUNT(DISTINCT company, code) FROM place"))
        .isPositive();
    for (OwnProcess node : List.of(one, two)) {
      assertThat(lines(node))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line.path("level").asText()).isIn("INFO", "WARN"));
    }
  }

  /** What a node has said up to now: in profile mysql each line is one JSON object. */
  private static List<JsonNode> lines(OwnProcess node) throws IOException {
    String log = Files.readString(node.log());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
      lines.add(OwnProcess.JSON.readTree(line));
    }
    return lines;
  }

  @Test
  @Order(2)
  @DisplayName("同一幂等键同时发到两个节点，只有一张工单、一个流程实例；日志不另设就每行一个 JSON，登记只记一次")
  void oneOrderForOneKey() throws Exception {
    for (int round = 0; round < 15; round++) {
      String key = UUID.randomUUID().toString();
      Map<String, Object> body = call("同一次来电" + round, null);
      List<HttpResponse<String>> answers =
          together(
              () -> post(one, body, key),
              () -> post(two, body, key),
              () -> post(one, body, key),
              () -> post(two, body, key));

      assertThat(answers)
          .extracting(HttpResponse::statusCode)
          .as(answers.get(0).body() + answers.get(1).body())
          .containsOnlyOnce(201)
          .containsOnly(200, 201);
      assertThat(answers.stream().map(TwoNodesTest::number).distinct()).hasSize(1);
      String number = number(answers.get(0));
      assertThat(
              jdbc.sql("SELECT COUNT(*) FROM ACT_RU_EXECUTION WHERE BUSINESS_KEY_ = :number")
                  .param("number", number)
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
      assertThat(
              jdbc.sql("SELECT COUNT(*) FROM work_order WHERE description = :text")
                  .param("text", body.get("description"))
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
      assertThat(
              Stream.concat(lines(one).stream(), lines(two).stream())
                  .filter(line -> line.path("order").asText().equals(number))
                  .filter(line -> line.path("message").asText().contains("登记来电")))
          .as("hotline.record")
          .singleElement()
          .satisfies(line -> assertThat(line.path("user").asText()).isEqualTo(AGENT));
    }
  }

  @Test
  @Order(3)
  @DisplayName("在一个节点改的，另一个节点在说明的时间内看到：名录立即，停供公告2秒，节假日10秒")
  void seenByTheOther() throws Exception {
    HttpResponse<String> entered =
        one.send(
            "PUT",
            "/api/directory/N1?company=yunfu-water",
            "yunfu-water.service-manager",
            "{\"name\": \"两节点小区𠮷\", \"kind\": \"小区\", \"district\": \"云城区\", \"population\": 12}");
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
    assertThat(two.get("/api/directory/file?company=yunfu-water", "yunfu-water.manager").body())
        .contains("两节点小区𠮷");

    two.get("/public/outages", AGENT);
    Instant now = Instant.now();
    HttpResponse<String> reported =
        one.post(
            "/api/outages",
            "yunfu-water.engineering",
            Map.of(
                "company", "yunfu-water",
                "kind", "UNPLANNED",
                "origin", "NETWORK",
                "area", "两节点路1号至9号",
                "districts", List.of("yuncheng"),
                "start", now.toString(),
                "end", now.plusSeconds(6 * 3600).toString(),
                "affectedPopulation", 100,
                "reason", "主管爆裂"));
    assertThat(reported.statusCode()).as(reported.body()).isEqualTo(201);
    assertThat(
            within(
                Duration.ofSeconds(2),
                () -> two.get("/public/outages", AGENT).body().contains("两节点路1号至9号")))
        .isTrue();

    String deadline =
        "/api/deadlines?company=yunfu-water&from=2031-03-03T09:00:00%2B08:00&limit=1%E4%B8%AA%E5%B7%A5%E4%BD%9C%E6%97%A5";
    String before = two.read(deadline, AGENT).path("dueAt").asText();
    HttpResponse<String> taken =
        one.send(
            "PUT",
            "/api/holidays",
            "admin",
            """
            {"year": 2031, "papers": [],
             "days": [{"name": "测试假期", "date": "2031-03-04", "isOffDay": true}]}
            """);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertThat(one.read(deadline, AGENT).path("dueAt").asText()).isNotEqualTo(before);
    assertThat(
            within(
                Duration.ofSeconds(10),
                () -> !two.read(deadline, AGENT).path("dueAt").asText().equals(before)))
        .isTrue();
  }

  @Test
  @Order(4)
  @DisplayName("ALL-4 两个节点都在发：每条通知一封邮件；同时到期的时限各提醒、上报一次")
  void sentOnceAndFiredOnce() throws Exception {
    // the contact of a normal order is due four hours after the call, the warning an hour before
    Instant due = Instant.now().plusSeconds(100);
    Queue<String> numbers = taken(List.of(one, two), due.minus(Duration.ofHours(4)), ORDERS);
    assertThat(numbers).hasSize(ORDERS);
    assertThat(Instant.now()).as("全部工单在到期之前受理").isBefore(due);

    assertThat(within(PATIENCE, () -> supervised(due) == ORDERS && unsent() == 0))
        .as("超期 %d，未发 %d", supervised(due), unsent())
        .isTrue();

    everythingOnce();
  }

  @Test
  @Order(5)
  @DisplayName("一个节点被杀：它锁住的到期任务、它正在发的通知，另一个节点在120秒内接手")
  void takenOver() throws Exception {
    Instant due = Instant.now().plusSeconds(80);
    post.stop();
    List<Map<String, Object>> locked;
    List<Map<String, Object>> claimed;
    Instant killed;
    try (ServerSocket silent = new ServerSocket(mailPort, 50, InetAddress.getByName("127.0.0.1"))) {
      two.halt();
      assertThat(taken(List.of(one), due.minus(Duration.ofHours(4)), ORDERS_OF_THE_DEAD))
          .hasSize(ORDERS_OF_THE_DEAD);
      assertThat(within(PATIENCE, this::isStoppedWithHandsFull))
          .as("节点一手里有任务和通知：%s", silent)
          .isTrue();
      one.kill();
      killed = Instant.now();
      locked = lockedJobs();
      claimed = claimedNotices();
      two.goOn();
    }
    post = postOffice();

    TimeUnit.SECONDS.sleep(15);
    assertThat(lockedJobs()).as("死去的节点锁住的任务还锁着").containsAnyElementsOf(locked);
    assertThat(claimedNotices()).as("死去的节点领走的通知还在它名下").containsAnyElementsOf(claimed);

    assertThat(
            within(
                TAKEN_OVER.minus(Duration.between(killed, Instant.now())),
                () ->
                    Collections.disjoint(lockedJobs(), locked)
                        && Collections.disjoint(claimedNotices(), claimed)))
        .as("120秒后没有人还在等死去的节点")
        .isTrue();
    System.out.printf(
        "a dead node's %d jobs and %d notices were in other hands after %d s%n",
        locked.size(), claimed.size(), Duration.between(killed, Instant.now()).toSeconds());
    assertThat(within(PATIENCE, () -> supervised(due) == ORDERS_OF_THE_DEAD && unsent() == 0))
        .as("超期 %d，未发 %d", supervised(due), unsent())
        .isTrue();
    everyOpenOrderHasANextActor();
  }

  /** It goes on until it has ten jobs and a notice in hand; then it is stopped, and keeps them. */
  private boolean isStoppedWithHandsFull() throws Exception {
    one.halt();
    if (lockedJobs().size() >= 10 && !claimedNotices().isEmpty()) {
      return true;
    }
    one.goOn();
    TimeUnit.MILLISECONDS.sleep(50);
    return false;
  }

  @Test
  @Order(6)
  @DisplayName("正常停止：先报未就绪，在办的请求都有回答，10秒后不再服务，40秒内退出，没有丢失的工单")
  void stopsGently() throws Exception {
    if (!one.isAlive()) {
      one.start();
    }
    AtomicBoolean refusing = new AtomicBoolean();
    Queue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();
    Queue<Exception> unanswered = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newFixedThreadPool(6);
    for (int i = 0; i < 6; i++) {
      callers.submit(
          () -> {
            while (!refusing.get()) {
              try {
                answers.add(post(one, call("停机时的来电", null), UUID.randomUUID().toString()));
              } catch (IOException e) {
                unanswered.add(e);
              }
            }
            return null;
          });
    }
    assertThat(within(PATIENCE, () -> answers.size() >= 20)).isTrue();

    Instant told = Instant.now();
    one.terminate();
    assertThat(within(Duration.ofSeconds(9), () -> isUnready(one))).as("还在服务时先报未就绪").isTrue();
    refusing.set(true);
    callers.shutdown();
    assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(one.endsWithin(PATIENCE)).isTrue();
    Duration took = Duration.between(told, Instant.now());

    assertThat(unanswered).isEmpty();
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
    assertThat(took).isLessThan(Duration.ofSeconds(40));
    System.out.printf("stopped after %d ms, %d calls answered%n", took.toMillis(), answers.size());
    for (HttpResponse<String> answer : answers) {
      assertThat(two.read("/api/work-orders/" + number(answer), AGENT).path("waitingFor"))
          .isNotEmpty();
    }
  }

  // ---- what the callers do

  private static Map<String, Object> call(String text, Instant receivedAt) {
    Map<String, Object> caller = Map.of("phone", "0766-8812345");
    return receivedAt == null
        ? Map.of(
            "company", "yunfu-water", "category", "BILLING", "description", text, "caller", caller)
        : Map.of(
            "company",
            "yunfu-water",
            "category",
            "BILLING",
            "description",
            text,
            "receivedAt",
            receivedAt.toString(),
            "caller",
            caller);
  }

  private static HttpResponse<String> post(OwnProcess node, Map<String, Object> body, String key)
      throws IOException, InterruptedException {
    return node.post("/api/work-orders", AGENT, body, "Idempotency-Key", key);
  }

  private static boolean isUnready(OwnProcess node) throws InterruptedException {
    try {
      return node.get("/actuator/health", AGENT).statusCode() == 503;
    } catch (IOException e) {
      return false;
    }
  }

  private static String number(HttpResponse<String> answer) {
    try {
      JsonNode order = OwnProcess.JSON.readTree(answer.body());
      return order.path("number").asText();
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private Queue<String> taken(List<OwnProcess> nodes, Instant receivedAt, int orders)
      throws Exception {
    Queue<String> numbers = new ConcurrentLinkedQueue<>();
    ExecutorService callers = Executors.newFixedThreadPool(6);
    for (int i = 0; i < orders; i++) {
      OwnProcess node = nodes.get(i % nodes.size());
      callers.submit(
          () -> {
            HttpResponse<String> answer =
                post(node, call("同时到期", receivedAt), UUID.randomUUID().toString());
            if (answer.statusCode() == 201) {
              numbers.add(number(answer));
            }
            return null;
          });
    }
    callers.shutdown();
    callers.awaitTermination(120, TimeUnit.SECONDS);
    return numbers;
  }

  @SafeVarargs
  private static <T> List<T> together(Callable<T>... acts) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(acts.length);
    CyclicBarrier start = new CyclicBarrier(acts.length);
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> act : acts) {
      running.add(
          people.submit(
              () -> {
                start.await();
                return act.call();
              }));
    }
    people.shutdown();
    List<T> answers = new ArrayList<>();
    for (Future<T> each : running) {
      answers.add(each.get());
    }
    return answers;
  }

  private static boolean within(Duration time, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    do {
      if (condition.call()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    } while (System.nanoTime() < end);
    return condition.call();
  }

  // ---- what the record says

  private long count(String sql) {
    return jdbc.sql(sql).query(Long.class).single();
  }

  /** Orders of that due moment whose breach is on the record; late ones are not warned any more. */
  private long supervised(Instant due) {
    return jdbc.sql(
            """
            SELECT COUNT(*) FROM time_limit
            WHERE milestone = 'CONTACT' AND breached = TRUE AND escalated_at IS NOT NULL
              AND due_at = :due
            """)
        .param("due", hotline.Sql.utc(due.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)))
        .query(Long.class)
        .single();
  }

  private long unsent() {
    return count(
        "SELECT COUNT(*) FROM notice WHERE channel = 'EMAIL' AND status IN ('PENDING', 'UNKNOWN')");
  }

  private List<Map<String, Object>> lockedJobs() {
    return jdbc.sql("SELECT ID_, LOCK_OWNER_ FROM ACT_RU_JOB WHERE LOCK_OWNER_ IS NOT NULL")
        .query()
        .listOfRows();
  }

  private List<Map<String, Object>> claimedNotices() {
    return jdbc.sql("SELECT id, claimed_by FROM notice WHERE claimed_by IS NOT NULL")
        .query()
        .listOfRows();
  }

  private void everythingOnce() throws Exception {
    List<String> sent =
        jdbc.sql("SELECT address, subject FROM notice WHERE status = 'SENT' AND channel = 'EMAIL'")
            .query((row, i) -> row.getString(1) + " " + row.getString(2))
            .list();
    List<String> got = new ArrayList<>();
    for (var mail : post.getReceivedMessages()) {
      got.add(mail.getAllRecipients()[0] + " " + mail.getSubject());
    }
    assertThat(got).hasSizeGreaterThan(3 * ORDERS).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(
            jdbc.sql(
                    """
                    SELECT order_number, note FROM work_order_event WHERE verb = '超期'
                    GROUP BY order_number, note HAVING COUNT(*) > 1
                    """)
                .query()
                .listOfRows())
        .isEmpty();
    assertThat(count("SELECT COUNT(*) FROM notice_attempt WHERE outcome <> 'SENT'")).isZero();
    everyOpenOrderHasANextActor();
  }

  private void everyOpenOrderHasANextActor() {
    assertThat(
            count(
                """
                SELECT COUNT(*) FROM work_order o WHERE closed_at IS NULL AND NOT EXISTS
                  (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND is_open = TRUE)
                """))
        .as("ALL-2 未办结而无人负责的工单")
        .isZero();
  }
}
