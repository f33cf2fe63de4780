package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
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
  private static final int ENOUGH = 60;
  private static final String AGENT = "yunfu-water.agent";

  @TempDir Path home;
  private OwnProcess product;

  @AfterEach
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  @Test
  @DisplayName("ALL-2 已确认的工单一张不丢，每张未办结的工单都有下一个经办人")
  void nothingAcknowledgedIsLost() throws Exception {
    product = new OwnProcess(home);
    product.start();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    AtomicBoolean killed = new AtomicBoolean();
    ExecutorService callers = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      callers.submit(() -> callUntilKilled(acknowledged, killed));
    }
    for (int waited = 0; acknowledged.size() < ENOUGH && waited < 3000; waited++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    product.kill();
    killed.set(true);
    callers.shutdown();
    assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);

    product.start();

    for (String number : acknowledged) {
      JsonNode order = product.read("/api/work-orders/" + number, AGENT);
      assertThat(order.path("waitingFor")).as(number).isNotEmpty();
      assertThat(order.path("description").asText()).isEqualTo("断电前的来电 𠮷 😀");
    }
    String task =
        product
            .read("/api/tasks?order=" + acknowledged.peek(), "yunfu-water.business")
            .path("items")
            .path(0)
            .path("id")
            .asText();
    HttpResponse<String> accepted =
        product.post(
            "/api/tasks/" + task + "/complete",
            "yunfu-water.business",
            Map.of("outcome", "ACCEPT"));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
  }

  private void callUntilKilled(Queue<String> acknowledged, AtomicBoolean killed) {
    while (!killed.get()) {
      try {
        HttpResponse<String> answer = product.call("断电前的来电 𠮷 😀");
        if (answer.statusCode() == 201) {
          acknowledged.add(OwnProcess.JSON.readTree(answer.body()).path("number").asText());
        }
      } catch (IOException e) {
        // the product was killed under this call: it was not acknowledged
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
