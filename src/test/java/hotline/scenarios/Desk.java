package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.notice.Post;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/**
 * The desk of a scenario: calls come in, people do their tasks through the same API that outside
 * systems use, and time passes only when the scenario says so.
 */
@TestComponent
public class Desk {
  private static final String PASSWORD = "Hotline-2026";

  private final MockMvc mvc;
  private final ManagementService management;
  private final ApplicationContext context;
  private final ObjectMapper json = new ObjectMapper();

  Desk(MockMvc mvc, ManagementService management, ApplicationContext context) {
    this.mvc = mvc;
    this.management = management;
    this.context = context;
  }

  // ---- time

  /** It is now this moment; whatever is due by then has happened, in its order. */
  public void itIs(String moment) {
    Instant until = OffsetDateTime.parse(moment).toInstant();
    passUntil(until);
  }

  public void startAt(String moment) {
    ClockUtil.setCurrentTime(Date.from(OffsetDateTime.parse(moment).toInstant()));
  }

  public void pass(Duration time) {
    passUntil(now().plus(time));
  }

  public Instant now() {
    return ClockUtil.getCurrentTime().toInstant();
  }

  private void passUntil(Instant until) {
    for (Job next = nextDue(until); next != null; next = nextDue(until)) {
      if (next.getDuedate().toInstant().isAfter(now())) {
        ClockUtil.setCurrentTime(next.getDuedate());
      }
      management.executeJob(next.getId());
    }
    ClockUtil.setCurrentTime(Date.from(until));
    for (Job next = nextDue(until); next != null; next = nextDue(until)) {
      management.executeJob(next.getId());
    }
  }

  private Job nextDue(Instant until) {
    return management
        .createJobQuery()
        .duedateLowerThan(Date.from(until.plusMillis(1)))
        .timers()
        .withRetriesLeft()
        .listPage(0, 1000)
        .stream()
        .min(Comparator.comparing(Job::getDuedate))
        .orElse(null);
  }

  /** The outbox is worked through once. */
  public void postGoesOut() {
    Post.send(context);
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
    return new Order(answer.body().path("number").asText());
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
      List<String> waiting = new ArrayList<>();
      view()
          .path("waitingFor")
          .forEach(
              task ->
                  waiting.add(task.path("task").asText() + " by " + task.path("group").asText()));
      return waiting;
    }

    /** The person (without the company) completes the task; field names and values follow. */
    public Answer tries(String person, String task, Object... fields) {
      String user = company() + "." + person;
      JsonNode tasks = get("/api/tasks?order=" + number, user).body().path("items");
      for (JsonNode each : tasks) {
        if (each.path("task").asText().equals(task)) {
          return post(
              "/api/tasks/" + each.path("id").asText() + "/complete", map(fields), user, null);
        }
      }
      throw new AssertionError(
          user + " sees no task " + task + " of " + number + " but " + tasks + "; " + waitsFor());
    }

    public Order does(String person, String task, Object... fields) {
      Answer answer = tries(person, task, fields);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      return this;
    }

    public Answer customer(String type, String note) {
      return post(
          "/api/work-orders/" + number + "/events",
          map("type", type, "note", note),
          company() + ".agent",
          null);
    }

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

    /** The verbs of the record. */
    public List<String> record() {
      List<String> verbs = new ArrayList<>();
      view().path("events").forEach(event -> verbs.add(event.path("verb").asText()));
      return verbs;
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

  public Answer smsReply(String from, String text) {
    return post(
        "/api/sms-replies",
        map("from", from, "text", text, "messageId", UUID.randomUUID().toString()),
        "yunfu-water.agent",
        null);
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

  public Answer get(String path, String user) {
    return send(MockMvcRequestBuilders.get(path), user);
  }

  public Answer post(String path, Object body, String user, String idempotencyKey) {
    try {
      MockHttpServletRequestBuilder request =
          MockMvcRequestBuilders.post(path)
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

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
