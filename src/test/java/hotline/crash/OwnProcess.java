package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The product in a process of its own, on an H2 file: killed, and started again on what is left.
 */
final class OwnProcess implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Path home;
  private final int port;
  private final List<String> settings;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Process product;

  /** Nothing runs yet; the settings are named as in application.yaml. */
  OwnProcess(Path home, String... settings) throws IOException {
    this.home = home;
    this.settings = List.of(settings);
    try (ServerSocket socket = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
    }
  }

  void start() throws Exception {
    Path log = launch();
    assertThat(isReady()).as(Files.readString(log)).isTrue();
  }

  /** It ends by itself, with an error: what it said; empty when it runs instead. */
  Optional<String> refusal() throws Exception {
    Path log = launch();
    if (isReady()) {
      return Optional.empty();
    }
    assertThat(product.exitValue()).isNotZero();
    return Optional.of(Files.readString(log));
  }

  /** Whether it answers at last; not when it ends before. */
  private boolean isReady() throws Exception {
    for (int waited = 0; waited < 600 && product.isAlive(); waited++) {
      try {
        if (get("/actuator/health", "yunfu-water.agent").statusCode() == 200) {
          return true;
        }
      } catch (IOException e) {
        // not yet
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return false;
  }

  private Path launch() throws IOException {
    Path log = home.resolve("product.log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "hotline.Hotline",
                "--server.port=" + port,
                "--spring.profiles.active=demo",
                "--hotline.home=" + home,
                "--hotline.demo.day=false"));
    settings.forEach(setting -> command.add("--" + setting));
    product =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return log;
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

  /** Posts it with headers in pairs. */
  HttpResponse<String> post(String path, String user, Object body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path, user)
            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
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
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    if (product != null) {
      product.destroyForcibly();
    }
  }
}
