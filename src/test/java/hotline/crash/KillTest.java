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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("断电：杀死进程之后")
class KillTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ENOUGH = 60;

  @TempDir Path home;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private Process product;

  @AfterEach
  void stop() {
    if (product != null) {
      product.destroyForcibly();
    }
  }

  @Test
  @DisplayName("ALL-2 已确认的工单一张不丢，每张未办结的工单都有下一个经办人")
  void nothingAcknowledgedIsLost() throws Exception {
    int port = freePort();
    start(port);
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean killed = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      callers.submit(() -> callUntilKilled(port, acknowledged, killed));
    }
    for (int waited = 0; acknowledged.size() < ENOUGH && waited < 600; waited++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    product.destroyForcibly().waitFor();
    killed.set(true);
    callers.shutdown();
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);

    start(port);

    for (String number : acknowledged) {
      HttpResponse<String> answer = send(port, request(port, "/api/work-orders/" + number).GET());
      assertThat(answer.statusCode()).as(number).isEqualTo(200);
      JsonNode order = JSON.readTree(answer.body());
      assertThat(order.path("waitingFor")).as(number).isNotEmpty();
      assertThat(order.path("description").asText()).isEqualTo("断电前的来电 𠮷 😀");
    }
    String one = acknowledged.peek();
    JsonNode tasks =
        JSON.readTree(
            send(port, request(port, "/api/tasks?order=" + one, "yunfu-water.business").GET())
                .body());
    String task = tasks.path("items").path(0).path("id").asText();
    HttpResponse<String> accepted =
        send(
            port,
            request(port, "/api/tasks/" + task + "/complete", "yunfu-water.business")
                .POST(HttpRequest.BodyPublishers.ofString("{\"outcome\":\"ACCEPT\"}")));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
  }

  private void callUntilKilled(int port, Queue<String> acknowledged, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        String body =
            JSON.writeValueAsString(
                Map.of(
                    "company",
                    "yunfu-water",
                    "category",
                    "BILLING",
                    "description",
                    "断电前的来电 𠮷 😀",
                    "caller",
                    Map.of("phone", "13800000000")));
        HttpResponse<String> answer =
            send(
                port,
                request(port, "/api/work-orders")
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() == 201) {
          acknowledged.add(JSON.readTree(answer.body()).path("number").asText());
        }
      } catch (IOException e) {
        // the product was killed under this call: it was not acknowledged
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private HttpRequest.Builder request(int port, String path) {
    return request(port, path, "yunfu-water.agent");
  }

  private static HttpRequest.Builder request(int port, String path, String user) {
    String login =
        Base64.getEncoder()
            .encodeToString((user + ":Hotline-2026").getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Basic " + login)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(int port, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void start(int port) throws Exception {
    Path log = home.resolve("product.log");
    product =
        new ProcessBuilder(
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
                    "--hotline.demo.day=false"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    for (int waited = 0; waited < 240; waited++) {
      assertThat(product.isAlive()).as(Files.readString(log)).isTrue();
      try {
        if (send(port, request(port, "/actuator/health").GET()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not yet
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
    throw new AssertionError("not ready: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
