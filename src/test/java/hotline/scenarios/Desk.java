package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.notice.Post;
import hotline.outage.PublicOutages;
import hotline.workorder.Moments;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * The desk of a scenario: calls come in, people do their tasks through the same API that outside
 * systems use, and time passes only when the scenario says so. After each step it is made sure that
 * every open order has somebody who must act next (ALL-2).
 */
@TestComponent
public class Desk {
  private static final String PASSWORD = "Hotline-2026";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int MOST_ALERTS_AT_ONCE = 20_000;

  private final MockMvc mvc;
  private final ProcessEngine engine;
  private final JdbcClient jdbc;
  private final ApplicationContext context;
  private final ObjectMapper json = new ObjectMapper();

  Desk(MockMvc mvc, ProcessEngine engine, JdbcClient jdbc, ApplicationContext context) {
    this.mvc = mvc;
    this.engine = engine;
    this.jdbc = jdbc;
    this.context = context;
  }

  // ---- time

  /** A new day at an empty desk: no order, no notice, no timer of an earlier scenario is left. */
  public void startAt(String moment) {
    for (ProcessInstance each :
        engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list()) {
      engine
          .getRuntimeService()
          .deleteProcessInstance(each.getId(), "next scenario", true, true, true);
    }
    for (String table :
        List.of(
            "order_without_actor",
            "confirmation",
            "network_anomaly",
            "outage_call",
            "outage_event",
            "outage_contact_attempt",
            "outage_contact",
            "outage_duty",
            "outage",
            "notice_attempt",
            "notice",
            "callback_place",
            "callback_block",
            "callback_attempt",
            "sms_question",
            "sms_reply",
            "extension_request",
            "work_task",
            "time_limit",
            "work_order_event",
            "work_order_link",
            "work_order")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    context.getBean(PublicOutages.class).changed();
    Mailbox.open();
    ClockUtil.setCurrentTime(Date.from(OffsetDateTime.parse(moment).toInstant()));
    // which of the first twenty is phoned must not be left to chance
    drawFellOnPlace(20);
  }

  /** It is now this moment; whatever is due by then has happened, in its order. */
  public void itIs(String moment) {
    passUntil(OffsetDateTime.parse(moment).toInstant());
  }

  public void itIs(Instant moment) {
    passUntil(moment);
  }

  public void pass(Duration time) {
    passUntil(now().plus(time));
  }

  public Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  private void passUntil(Instant until) {
    if (until.isBefore(now())) {
      throw new AssertionError("time does not go back: it is " + now() + ", not " + until);
    }
    int alerts = 0;
    for (Job next = nextDue(until); next != null; next = nextDue(until)) {
      if (next.getDuedate().toInstant().isAfter(now())) {
        ClockUtil.setCurrentTime(next.getDuedate());
      }
      engine.getManagementService().executeJob(next.getId());
      assertThat(++alerts).as("timers ask for ever").isLessThan(MOST_ALERTS_AT_ONCE);
    }
    ClockUtil.setCurrentTime(Date.from(until));
    everyOpenOrderHasANextActor();
  }

  private Job nextDue(Instant until) {
    return engine
        .getManagementService()
        .createJobQuery()
        .duedateLowerThan(Date.from(until.plusMillis(1)))
        .timers()
        .withRetriesLeft()
        .listPage(0, 1000)
        .stream()
        .min(Comparator.comparing(Job::getDuedate))
        .orElse(null);
  }

  /**
   * ALL-2: no open order without somebody, no closed one with (but what it took is written back
   * after closure, WX-1.4d), and what is shown can be done.
   */
  public void everyOpenOrderHasANextActor() {
    assertThat(
            jdbc.sql(
                    """
                    SELECT number FROM work_order o WHERE closed_at IS NULL AND NOT EXISTS
                      (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND is_open = TRUE)
                    """)
                .query(String.class)
                .list())
        .as("ALL-2 未办结而无人负责的工单")
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT DISTINCT o.number FROM work_order o JOIN work_task t
                      ON t.order_number = o.number AND t.is_open = TRUE
                    WHERE o.closed_at IS NOT NULL AND t.task <> 'record-completion'
                    """)
                .query(String.class)
                .list())
        .as("ALL-2 已办结而仍有任务的工单")
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT number FROM outage o
                    WHERE process_instance_id IS NOT NULL AND (closed_at IS NULL) <> (EXISTS
                      (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND is_open = TRUE))
                    """)
                .query(String.class)
                .list())
        .as("ALL-2 未办结而无人负责、已办结而仍有任务的停供")
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(d.outage_number, ' ', d.duty_key) FROM outage_duty d
                    WHERE (d.status = 'OPEN') <> (EXISTS
                      (SELECT 1 FROM work_task t WHERE t.order_number = d.outage_number
                        AND t.part = d.duty_key AND t.is_open = TRUE))
                    """)
                .query(String.class)
                .list())
        .as("待办而没有任务、有任务而不待办的停供职责")
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(order_number, ' ', task) FROM work_task
                    WHERE is_open = TRUE AND task NOT LIKE 'await-%'
                      AND task_id NOT IN (SELECT id_ FROM ACT_RU_TASK)
                    """)
                .query(String.class)
                .list())
        .as("ALL-2 流程中已不存在的任务")
        .isEmpty();
    assertThat(
            jdbc.sql(
                    "SELECT name_ FROM ACT_RU_TASK WHERE id_ NOT IN (SELECT task_id FROM work_task WHERE is_open = TRUE)")
                .query(String.class)
                .list())
        .as("ALL-2 工单上看不到的任务")
        .isEmpty();
  }

  // ---- the post

  /** The outbox is worked through once. */
  public void postGoesOut() {
    Post.send(context);
    everyOpenOrderHasANextActor();
  }

  public void mailServerFails() {
    Mailbox.close();
  }

  public void mailServerWorks() {
    Mailbox.open();
  }

  /** Subjects of the person's mails; without a company it is one of 云浮. */
  public List<String> mailsTo(String person) {
    return Mailbox.subjectsFor(user(person) + "@example.com");
  }

  private static String user(String person) {
    return person.contains(".") ? person : "yunfu-water." + person;
  }

  /** Subjects of what the person of that company got. */
  public List<String> mailsTo(String company, String person) {
    return mailsTo(company + "." + person);
  }

  // ---- the draw

  /** The draw of the first block has fallen on this place (YF-21a). */
  public void drawFellOnPlace(int place) {
    nothingDrawn();
    jdbc.sql(
            """
            INSERT INTO callback_block
              (company, block_number, block_size, phone_place, places_taken, drawn_at)
            VALUES ('yunfu-water', 1, 20, :place, 0, :at)
            """)
        .param("place", place)
        .param("at", hotline.Sql.utc(now()))
        .update();
  }

  /** The product draws by itself. */
  public void nothingDrawn() {
    jdbc.sql(
            """
            DELETE FROM callback_block
            WHERE company = 'yunfu-water' AND block_number = 1 AND places_taken = 0
            """)
        .update();
  }

  public ProcessEngine engine() {
    return engine;
  }

  public JdbcClient tables() {
    return jdbc;
  }

  // ---- people

  /** A call of 云浮; {@code details} are pairs of JSON pointers such as "/facts/asset" and values. */
  public Order call(String category, Object... details) {
    return callOf("yunfu-water", category, details);
  }

  public Order callOf(String company, String category, Object... details) {
    Answer answer =
        post(
            "/api/work-orders",
            body(company, category, details),
            company + ".agent",
            UUID.randomUUID().toString());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    everyOpenOrderHasANextActor();
    return new Order(answer.body().path("number").asText());
  }

  /** An agent types a call into Tasklist's start form. */
  public Order callTypedInTasklist(String agent, Object... fields) {
    String number =
        inTasklist(
            agent,
            () ->
                engine
                    .getFormService()
                    .submitStartForm(
                        engine
                            .getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey("work-order")
                            .latestVersion()
                            .singleResult()
                            .getId(),
                        map(fields))
                    .getBusinessKey());
    everyOpenOrderHasANextActor();
    return new Order(number);
  }

  public Order callTypedInTasklistOf(String company, String agent, Object... fields) {
    return callTypedInTasklist(company + "." + agent, fields);
  }

  /** What Tasklist does in the name of the person who is logged in there. */
  public <T> T inTasklist(String person, Supplier<T> click) {
    String user = user(person);
    String company = user.substring(0, user.indexOf('.'));
    engine.getIdentityService().setAuthentication(user, List.of(user), List.of(company));
    try {
      return click.get();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  public static Map<String, Object> body(String company, String category, Object... details) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("company", company);
    body.put("category", category);
    body.put("description", "门口水管漏水");
    body.put(
        "caller",
        new LinkedHashMap<>(Map.of("name", "张三", "phone", "13800000000", "address", "云城区世纪大道12号")));
    body.put("facts", new LinkedHashMap<String, Object>());
    for (int i = 0; i < details.length; i += 2) {
      put(body, ((String) details[i]).substring(1).split("/"), 0, details[i + 1]);
    }
    return body;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> into, String[] path, int at, Object value) {
    if (at == path.length - 1) {
      into.put(path[at], value);
    } else {
      put(
          (Map<String, Object>)
              into.computeIfAbsent(path[at], name -> new LinkedHashMap<String, Object>()),
          path,
          at + 1,
          value);
    }
  }

  /** "task by group" for everything that an order or an outage waits for. */
  static List<String> waitsFor(JsonNode view) {
    List<String> waiting = new ArrayList<>();
    view.path("waitingFor")
        .forEach(
            task -> waiting.add(task.path("task").asText() + " by " + task.path("group").asText()));
    return waiting;
  }

  /** One order as the scenario follows it. */
  public final class Order {
    public final String number;

    private Order(String number) {
      this.number = number;
    }

    public JsonNode view() {
      return get("/api/work-orders/" + number, company() + ".agent").body();
    }

    private String company() {
      return switch (number.replaceAll("\\d.*", "")) {
        case "YC" -> "yinchuan-water";
        case "RQ" -> "gas";
        case "WX" -> "water-repair";
        case "RL" -> "wuda-heat";
        default -> "yunfu-water";
      };
    }

    public String status() {
      return view().path("status").asText();
    }

    /** "task by group" for everything that waits, in the order in which it was opened. */
    public List<String> waitsFor() {
      return Desk.waitsFor(view());
    }

    /** What the order shows of a task that waits. */
    public JsonNode waiting(String task) {
      for (JsonNode each : view().path("waitingFor")) {
        if (each.path("task").asText().equals(task)) {
          return each;
        }
      }
      throw new AssertionError(number + " does not wait for " + task + " but " + waitsFor());
    }

    /** The person (without the company) completes the task; field names and values follow. */
    public Answer tries(String person, String task, Object... fields) {
      String user = company() + "." + person;
      JsonNode tasks = tasksOf(user);
      for (JsonNode each : tasks) {
        if (each.path("task").asText().equals(task)) {
          return complete(user, each.path("id").asText(), fields);
        }
      }
      throw new AssertionError(
          user + " sees no task " + task + " of " + number + " but " + tasks + "; " + waitsFor());
    }

    private JsonNode tasksOf(String user) {
      return get("/api/tasks?order=" + number, user).body().path("items");
    }

    /** How the API answers the person (without the company) who wants to read this order. */
    public int answerTo(String person) {
      return seenBy(person).status();
    }

    public Answer seenBy(String person) {
      return get("/api/work-orders/" + number, company() + "." + person);
    }

    /** The tasks of this order in the list of the person (without the company). */
    public List<String> tasksSeenBy(String person) {
      List<String> seen = new ArrayList<>();
      tasksOf(company() + "." + person).forEach(task -> seen.add(task.path("task").asText()));
      return seen;
    }

    public Order does(String person, String task, Object... fields) {
      Answer answer = tries(person, task, fields);
      assertThat(answer.status()).as(task + " " + answer.body()).isEqualTo(200);
      everyOpenOrderHasANextActor();
      limitsAreSorted(answer.body());
      return this;
    }

    public void limitsAreSorted() {
      limitsAreSorted(view());
    }

    /** Every step leaves the limits sorted by due time, those not yet running last. */
    private void limitsAreSorted(JsonNode view) {
      List<Instant> due = new ArrayList<>();
      view.path("timeLimits")
          .forEach(limit -> due.add(Objects.requireNonNullElse(at(limit, "dueAt"), Instant.MAX)));
      assertThat(due).isSorted();
    }

    // ---- whole stretches of the way

    public Order accepted() {
      return does(department(), "accept", "outcome", "ACCEPT");
    }

    public Order contacted() {
      return does(department(), "contact-customer", "note", "已联系");
    }

    public Order reported() {
      return does(department(), "report-work", "outcome", "DONE", "result", "已修复");
    }

    /** Accepted, contacted, in a later round visited, and reported. */
    public Order handled() {
      String department = department();
      does(department, "accept", "outcome", "ACCEPT");
      does(department, "contact-customer", "note", "已联系");
      if (view().path("round").asInt() > 1) {
        does(department, "report-arrival", "situation", "已上门");
      }
      return does(department, "report-work", "outcome", "DONE", "result", "已修复");
    }

    /** The check before dispatch finds nothing to correct. */
    public Order checked() {
      return does("dispatcher", "check-dispatch", "outcome", "DISPATCH");
    }

    /** These people pass the reply, one after another. */
    public Order passedBy(String... reviewers) {
      for (String reviewer : reviewers) {
        does(reviewer, "review-reply", "outcome", "PASS");
      }
      return this;
    }

    public Order dissatisfiedByPhone() {
      return does(
          "agent",
          "callback-by-phone",
          "reached",
          true,
          "solved",
          false,
          "satisfaction",
          "DISSATISFIED",
          "remarks",
          "仍有问题");
    }

    public Order satisfiedByPhone() {
      return does(
          "agent",
          "callback-by-phone",
          "reached",
          true,
          "solved",
          true,
          "satisfaction",
          "SATISFIED");
    }

    public Order reworkOrdered() {
      return does("agent", "follow-up", "outcome", "REWORK", "instruction", "请上门处理");
    }

    public String department() {
      return view().path("department").path("code").asText();
    }

    // ---- the customer

    public Answer customer(String type, String note) {
      Answer answer =
          post(
              "/api/work-orders/" + number + "/events",
              map("type", type, "note", note),
              company() + ".agent",
              null);
      everyOpenOrderHasANextActor();
      return answer;
    }

    public Order withdrawn() {
      Answer answer = customer("WITHDRAW", "不用了");
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
      assertThat(answer.body().path("status").asText()).isEqualTo("WITHDRAWN");
      assertThat(answer.body().path("waitingFor")).isEmpty();
      return this;
    }

    // ---- limits

    /** The newest promise of the milestone that is not void. */
    public JsonNode limit(String milestone) {
      JsonNode found = null;
      for (JsonNode limit : view().path("timeLimits")) {
        if (limit.path("milestone").asText().equals(milestone)
            && (found == null
                || limit.path("round").asInt() >= found.path("round").asInt()
                    && limit.path("metAt").isNull())) {
          found = limit;
        }
      }
      return found;
    }

    /** "limit due article" of every promise of the milestone, as they are shown. */
    public List<String> promises(String milestone) {
      List<String> promises = new ArrayList<>();
      for (JsonNode limit : view().path("timeLimits")) {
        if (limit.path("milestone").asText().equals(milestone)) {
          promises.add(
              limit.path("limit").asText()
                  + " "
                  + limit.path("dueAt").asText()
                  + " "
                  + limit.path("article").asText());
        }
      }
      return promises;
    }

    public Instant due(String milestone) {
      return Objects.requireNonNull(at(limit(milestone), "dueAt"), milestone + " has no due time");
    }

    public boolean isBreached(String milestone) {
      return limit(milestone).path("breached").asBoolean();
    }

    /** Warnings of this milestone (its Chinese name) on the record. */
    public int warnings(String milestone) {
      return alerts("时限提醒", milestone);
    }

    /** Breaches of this milestone (its Chinese name) on the record. */
    public int breaches(String milestone) {
      return alerts("超期", milestone);
    }

    private int alerts(String verb, String milestone) {
      int count = 0;
      for (JsonNode event : view().path("events")) {
        if (event.path("verb").asText().equals(verb)
            && event.path("note").asText().contains("前" + milestone + "（")) {
          count++;
        }
      }
      return count;
    }

    // ---- the record

    /** The verbs of the record. */
    public List<String> record() {
      List<String> verbs = new ArrayList<>();
      view().path("events").forEach(event -> verbs.add(event.path("verb").asText()));
      return verbs;
    }

    /** "who verb article" of the newest line with this verb. */
    public String line(String verb) {
      JsonNode found = newest(verb);
      return found.path("by").asText() + " " + verb + " " + found.path("article").asText();
    }

    public String note(String verb) {
      return newest(verb).path("note").asText();
    }

    public Instant moment(String verb) {
      return at(newest(verb), "at");
    }

    private JsonNode newest(String verb) {
      JsonNode found = null;
      for (JsonNode event : view().path("events")) {
        if (event.path("verb").asText().equals(verb)) {
          found = event;
        }
      }
      assertThat(found).as(number + " " + verb + " in " + record()).isNotNull();
      return found;
    }

    public List<String> notices(String purpose) {
      List<String> notices = new ArrayList<>();
      view()
          .path("notices")
          .forEach(
              notice -> {
                if (notice.path("purpose").asText().equals(purpose)) {
                  notices.add(
                      notice.path("channel").asText() + " " + notice.path("status").asText());
                }
              });
      return notices;
    }
  }

  public Order order(String number) {
    return new Order(number);
  }

  /** A moment of the view as an instant; null when it is not set. */
  public static Instant at(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() || value.isMissingNode()
        ? null
        : OffsetDateTime.parse(value.asText()).toInstant();
  }

  /** A moment as people read it: 11月16日 15:20. */
  public static String read(Instant at) {
    return Moments.text(at, ZONE);
  }

  public Answer smsReply(String from, String text) {
    return smsReply(from, text, UUID.randomUUID().toString());
  }

  public Answer smsReply(String from, String text, String messageId) {
    Answer answer =
        post(
            "/api/sms-replies",
            map("from", from, "text", text, "messageId", messageId),
            "yunfu-water.agent",
            null);
    everyOpenOrderHasANextActor();
    return answer;
  }

  // ---- the API

  /** Status and body of an answer. */
  public record Answer(int status, JsonNode body) {
    public String detail() {
      return body.path("detail").asText();
    }

    public String field() {
      return body.path("field").asText();
    }
  }

  /** The user (with the company) completes a task by its id. */
  public Answer complete(String user, String taskId, Object... fields) {
    return post(
        "/api/tasks/" + URLEncoder.encode(taskId, StandardCharsets.UTF_8) + "/complete",
        map(fields),
        user,
        null);
  }

  public Answer get(String path, String user) {
    return send(MockMvcRequestBuilders.get(URI.create(path)), user);
  }

  public Answer delete(String path, String user) {
    return send(MockMvcRequestBuilders.delete(URI.create(path)), user);
  }

  public Answer post(String path, Object body, String user, String idempotencyKey) {
    return send("POST", path, body, user, idempotencyKey);
  }

  public Answer put(String path, Object body, String user) {
    return send("PUT", path, body, user, null);
  }

  private Answer send(String method, String path, Object body, String user, String idempotencyKey) {
    try {
      MockHttpServletRequestBuilder request =
          MockMvcRequestBuilders.request(HttpMethod.valueOf(method), URI.create(path))
              .contentType(MediaType.APPLICATION_JSON)
              .content(body instanceof String text ? text : json.writeValueAsString(body));
      if (idempotencyKey != null) {
        request.header("Idempotency-Key", idempotencyKey);
      }
      return send(request, user);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** What anybody reads there as JSON, without a login. */
  public JsonNode publicly(String path) {
    try {
      return json.readTree(
          mvc.perform(
                  MockMvcRequestBuilders.get(URI.create(path)).accept(MediaType.APPLICATION_JSON))
              .andReturn()
              .getResponse()
              .getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** So many days later at that time of day in Shanghai: 2026-11-17T08:00:00+08:00. */
  static String local(Instant from, int days, String time) {
    return from.atZone(ZONE).toLocalDate().plusDays(days) + "T" + time + ":00+08:00";
  }

  private Answer send(MockHttpServletRequestBuilder request, String user) {
    try {
      MockHttpServletResponse response =
          mvc.perform(request.with(httpBasic(user, PASSWORD))).andReturn().getResponse();
      String body = response.getContentAsString(StandardCharsets.UTF_8);
      return new Answer(
          response.getStatus(), body.isEmpty() ? json.nullNode() : json.readTree(body));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
