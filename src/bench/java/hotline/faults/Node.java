package hotline.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The product's own jar in a process of its own, that can be killed, stopped and woken. */
final class Node implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Path JAR = Path.of("target", "hotline.jar");
  private static final Duration READY = Duration.ofMinutes(10);

  final String name;
  final Path log;
  private final List<String> before;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private Process process;

  /** How long a caller waits for an answer. */
  Duration patience = Duration.ofSeconds(30);

  /** Nothing runs yet; the words before are put before the command. */
  Node(String name, Path folder, Map<String, String> settings, String... before)
      throws IOException {
    this.name = name;
    this.before = List.of(before);
    Files.createDirectories(folder);
    this.log = folder.resolve(name + ".log");
    this.port = FreePort.any();
    this.settings.put("server.port", String.valueOf(port));
    this.settings.put("hotline.home", folder.resolve("home").toAbsolutePath().toString());
    this.settings.put("hotline.demo.day", "false");
    this.settings.putAll(settings);
  }

  Node start() throws Exception {
    launch();
    ready();
    return this;
  }

  void launch() throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            // it is started often and never runs for long
            "-XX:TieredStopAtLevel=1",
            "-Duser.timezone=Asia/Shanghai",
            "-jar",
            JAR.toAbsolutePath().toString()));
    settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    // however the run ends
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> itself(started).destroyForcibly()));
  }

  void ready() throws Exception {
    Instant until = Instant.now().plus(READY);
    while (status("/actuator/health") != 200) {
      if (!process.isAlive() || Instant.now().isAfter(until)) {
        throw new IllegalStateException(name + " is not ready, see " + log);
      }
      TimeUnit.MILLISECONDS.sleep(300);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** No warning, no goodbye: as when the power fails. */
  void kill() throws InterruptedException {
    itself(process).destroyForcibly();
    process.waitFor();
  }

  /** The words before the command may have started it as a child, as faketime does. */
  private static ProcessHandle itself(Process process) {
    return process.children().findFirst().orElse(process.toHandle());
  }

  /** As a supervisor stops it; answers whether it went by itself. */
  boolean stop() throws InterruptedException {
    itself(process).destroy();
    boolean gone = process.waitFor(60, TimeUnit.SECONDS);
    if (!gone) {
      kill();
    }
    return gone;
  }

  void pause() throws Exception {
    signal("STOP");
  }

  void wake() throws Exception {
    signal("CONT");
  }

  private void signal(String signal) throws Exception {
    int done =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(itself(process).pid()))
            .start()
            .waitFor();
    if (done != 0) {
      throw new IllegalStateException("kill -" + signal + " answered " + done);
    }
  }

  /** What the address answers; 0 when there is no answer within some seconds. */
  int status(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                  .timeout(Duration.ofSeconds(8))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  record Answer(int status, String text) {
    JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new IllegalStateException(status + " without JSON: " + text, e);
      }
    }
  }

  Answer get(String path, String user) throws IOException, InterruptedException {
    return send(request(path, user).GET());
  }

  /** Posts it with headers in pairs. */
  Answer post(String path, String user, Object body, String... headers)
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
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(patience)
        .header("Authorization", "Basic " + login)
        .header("Content-Type", "application/json");
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      kill();
    }
  }
}
