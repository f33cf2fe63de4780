package hotline.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.Hotline;
import hotline.ManyCandidates;
import hotline.organisation.Organisation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** The whole product on a port of its own, with the demo people; mostly without any order yet. */
final class Product implements AutoCloseable {
  static final String PASSWORD = "Hotline-2026";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServletWebServerApplicationContext context;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Product(ServletWebServerApplicationContext context) {
    this.context = context;
  }

  static Product start() throws IOException {
    return start(false);
  }

  /** With or without a day of sample calls and outages. */
  static Product start(boolean sampleDay) throws IOException {
    // an earlier test may have left the engine's clock standing
    ClockUtil.reset();
    Path home = Path.of("target", "browser").toAbsolutePath();
    FileSystemUtils.deleteRecursively(home);
    return new Product(
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                Hotline.class,
                "--server.port=0",
                "--spring.profiles.active=demo",
                "--hotline.home=" + home,
                "--hotline.demo.day=" + sampleDay,
                // no mail server here: the dispatcher is asked to phone soon
                "--hotline.notice.retry=PT1S"));
  }

  String url(String path) {
    return "http://localhost:" + context.getWebServer().getPort() + path;
  }

  JsonNode order(String number) {
    return get("/api/work-orders/" + number, companyOf(number) + ".agent");
  }

  JsonNode outage(String number) {
    return get("/api/outages/" + number, companyOf(number) + ".agent");
  }

  private String companyOf(String number) {
    return context.getBean(Organisation.class).companies().stream()
        .filter(company -> number.startsWith(company.numberPrefix()))
        .map(company -> company.id())
        .findFirst()
        .orElseThrow();
  }

  /** The text that the SMS provider is to send to the customer at the end. */
  String closingSms(String number) {
    return context
        .getBean(JdbcClient.class)
        .sql("SELECT body FROM notice WHERE order_number = :number AND purpose = 'CLOSURE'")
        .param("number", number)
        .query(String.class)
        .single();
  }

  List<String> record(String number) {
    return texts(order(number).path("events"), "verb");
  }

  /** Which tasks of the order wait for groups that this person may see. */
  List<String> tasks(String number, String person) {
    return texts(get("/api/tasks?order=" + number, person).path("items"), "task");
  }

  String call(
      String company,
      String category,
      String district,
      String description,
      Map<String, Object> facts) {
    return send(
            "/api/work-orders",
            Map.of(
                "company",
                company,
                "category",
                category,
                "description",
                description,
                "caller",
                Map.of(
                    "name",
                    "李建国",
                    "phone",
                    "13800001001",
                    "address",
                    "世纪大道12号3栋",
                    "district",
                    district),
                "facts",
                facts),
            company + ".agent")
        .path("number")
        .asText();
  }

  /** The customer wants it no more, and told somebody else. */
  void withdraw(String number) {
    send(
        "/api/work-orders/" + number + "/events",
        Map.of("type", "WITHDRAW", "note", "不用了"),
        companyOf(number) + ".agent");
  }

  void makeListsLong(String group) {
    ManyCandidates.add(context.getBean(JdbcClient.class), group);
  }

  void makeListsShort() {
    ManyCandidates.remove(context.getBean(JdbcClient.class));
  }

  /** Somebody else does the task, on a form that we do not look at. */
  void does(String person, String number, String task, Map<String, Object> fields) {
    JsonNode open = get("/api/tasks?order=" + number, person).path("items");
    String id =
        StreamSupport.stream(open.spliterator(), false)
            .filter(each -> each.path("task").asText().equals(task))
            .findFirst()
            .orElseThrow(() -> new AssertionError("没有 " + task + "：" + open))
            .path("id")
            .asText();
    send("/api/tasks/" + id + "/complete", fields, person);
  }

  private static List<String> texts(JsonNode all, String name) {
    return StreamSupport.stream(all.spliterator(), false)
        .map(each -> each.path(name).asText())
        .toList();
  }

  private JsonNode get(String path, String person) {
    return send(request(path, person).GET());
  }

  private JsonNode send(String path, Map<String, Object> body, String person) {
    try {
      return send(
          request(path, person)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpRequest.Builder request(String path, String person) {
    String login =
        Base64.getEncoder()
            .encodeToString((person + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(url(path)))
        .timeout(Duration.ofMillis(Chromium.PATIENCE))
        .header("Authorization", "Basic " + login);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
