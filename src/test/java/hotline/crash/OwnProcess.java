package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.FreePort;
import hotline.database.MariaServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The product in a process of its own, on an H2 file or on a database server: killed, stopped, and
 * started again on what is left.
 */
final class OwnProcess implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGENT = "yunfu-water.agent";

  private final Path home;
  private final String profiles;
  private final int port;
  private final List<String> settings;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Process product;

  /** Nothing runs yet; the settings are named as in application.yaml. */
  OwnProcess(Path home, String... settings) throws IOException {
    this(home, "demo", List.of(settings));
  }

  /** A node on that server's database, beside any other. */
  OwnProcess(Path home, MariaServer server, String... settings) throws IOException {
    this(home, "demo,mysql", on(server, server.database(), settings));
  }

  /** A node on a database beside the server's first. */
  static OwnProcess onDatabase(Path home, MariaServer server, String database) throws IOException {
    return new OwnProcess(home, "demo,mysql", on(server, database));
  }

  private static List<String> on(MariaServer server, String database, String... settings) {
    return Stream.concat(server.settings(database).stream(), Stream.of(settings)).toList();
  }

  private OwnProcess(Path home, String profiles, List<String> settings) {
    this.home = home;
    this.profiles = profiles;
    this.settings = settings;
    this.port = FreePort.any();
  }

  void start() throws Exception {
    launch();
    awaitReady();
  }

  /** It ends by itself, with an error: what it said; empty when it runs instead. */
  Optional<String> refusal() throws Exception {
    launch();
    for (int waited = 0; waited < 1200 && product.isAlive(); waited++) {
      if (answers()) {
        return Optional.empty();
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    assertThat(product.waitFor(1, TimeUnit.SECONDS)).as("neither ready nor ended").isTrue();
    assertThat(product.exitValue()).isNotZero();
    return Optional.of(Files.readString(log()));
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/actuator/health", AGENT).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  void launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "hotline.Hotline",
                "--server.port=" + port,
                "--spring.profiles.active=" + profiles,
                "--hotline.home=" + home,
                "--hotline.demo.day=false"));
    settings.forEach(setting -> command.add("--" + setting));
    product =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
  }

  void awaitReady() throws Exception {
    for (int waited = 0; waited < 1200; waited++) {
      assertThat(product.isAlive()).as(Files.readString(log())).isTrue();
      if (answers()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new AssertionError("not ready: " + Files.readString(log()));
  }

  Path log() {
    return home.resolve("product.log");
  }

  /** It does nothing and forgets nothing, as a machine that swaps. */
  void halt() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + product.pid()).start().waitFor())
        .isZero();
  }

  /** Asks it to end, as an operator does, and does not wait. */
  void terminate() {
    product.destroy();
  }

  boolean isAlive() {
    return product.isAlive();
  }

  boolean endsWithin(Duration time) throws InterruptedException {
    return product.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No warning, no goodbye: as when the power fails. */
  void kill() throws InterruptedException {
    product.destroyForcibly().waitFor();
  }

  HttpResponse<String> get(String path, String user) throws IOException, InterruptedException {
    return send(request(path, user).GET());
  }

  /** What the user reads there. */
  JsonNode read(String path, String user) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path, user);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** A call about a bill, in these words. */
  HttpResponse<String> call(String words) throws IOException, InterruptedException {
    return post(
        "/api/work-orders",
        AGENT,
        Map.of(
            "company",
            "yunfu-water",
            "category",
            "BILLING",
            "description",
            words,
            "caller",
            Map.of("phone", "13800000000")),
        "Idempotency-Key",
        UUID.randomUUID().toString());
  }

  /** The number of the order that such a call became. */
  String taken(String words) throws IOException, InterruptedException {
    HttpResponse<String> answer = call(words);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body()).path("number").asText();
  }

  /** Posts it with headers in pairs. */
  HttpResponse<String> post(String path, String user, Object body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, user, JSON.writeValueAsString(body), headers);
  }

  HttpResponse<String> send(String method, String path, String user, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path, user).method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path, String user) {
    String login =
        Base64.getEncoder()
            .encodeToString((user + ":Hotline-2026").getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Basic " + login)
        .setHeader("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    if (product == null) {
      return;
    }
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
