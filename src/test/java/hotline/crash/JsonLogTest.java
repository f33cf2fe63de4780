package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("JSON 日志")
class JsonLogTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String CLERK = "yunfu-water.business";

  @TempDir Path home;
  private OwnProcess product;

  @AfterEach
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private JsonNode does(String person, String number, Map<String, Object> fields) throws Exception {
    String task =
        product
            .read("/api/tasks?order=" + number, person)
            .path("items")
            .path(0)
            .path("id")
            .asText();
    HttpResponse<String> answer = product.post("/api/tasks/" + task + "/complete", person, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return OwnProcess.JSON.readTree(answer.body());
  }

  @Test
  @DisplayName("一张工单从受理到办结：每行都是 JSON，带编号和经办人；没有来电人的姓名、电话、地址和内容")
  void oneOrder() throws Exception {
    product =
        new OwnProcess(
            home,
            "logging.structured.format.console=logstash",
            "logging.level.hotline.record=INFO");
    product.start();
    HttpResponse<String> taken =
        product.post(
            "/api/work-orders",
            AGENT,
            Map.of(
                "company", "yunfu-water",
                "category", "BILLING",
                "description", "水费突然翻倍请查表\n{\"level\":\"FORGED\"}",
                "caller", Map.of("name", "欧阳小明", "phone", "0766-8812345", "address", "云城区翡翠路9号")),
            "Idempotency-Key",
            "json-log-1");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
    String number = OwnProcess.JSON.readTree(taken.body()).path("number").asText();
    does(CLERK, number, Map.of("outcome", "ACCEPT"));
    while (!does(CLERK, number, Map.of("outcome", "DONE", "result", "已复核水表，读数无误", "note", "已联系"))
        .path("status")
        .asText()
        .equals("CALLBACK")) {
      // contact, then the report
    }
    JsonNode order =
        does(
            AGENT,
            number,
            Map.of(
                "reached", true, "solved", true, "satisfaction", "SATISFIED", "remarks", "很好谢谢"));
    assertThat(order.path("status").asText()).isEqualTo("CLOSED");

    // what is refused, unknown or forged leaves no line of its own either
    product.get("/api/work-orders/" + number, "nobody\n{\"level\":\"FORGED\"}");
    product.get("/api/work-orders/%0A%7B%22level%22%3A%22FORGED%22%7D", AGENT);
    product.post("/api/work-orders", AGENT, Map.of("company", "a\n{\"level\":\"FORGED\"}"));

    List<JsonNode> lines = new ArrayList<>();
    String log = Files.readString(home.resolve("product.log"));
    for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
      lines.add(OwnProcess.JSON.readTree(line));
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.path("@timestamp").asText()).isNotEmpty();
              assertThat(line.path("level").asText()).isIn("INFO", "WARN", "ERROR");
            });
    List<JsonNode> ofOrder =
        lines.stream().filter(line -> line.path("order").asText().equals(number)).toList();
    assertThat(ofOrder)
        .extracting(line -> line.path("message").asText())
        .anySatisfy(text -> assertThat(text).contains("登记来电", AGENT))
        .anySatisfy(text -> assertThat(text).contains("接单", CLERK))
        .anySatisfy(text -> assertThat(text).contains("CLOSED", "办结"));
    assertThat(ofOrder)
        .filteredOn(line -> line.path("message").asText().contains("接单（"))
        .anySatisfy(
            line -> {
              assertThat(line.path("user").asText()).isEqualTo(CLERK);
              assertThat(line.path("task").asText()).isNotEmpty();
              assertThat(line.path("request").asText()).hasSize(8);
            });
    assertThat(log)
        .doesNotContain(
            "欧阳小明",
            "66-8812345",
            "668812345",
            "翡翠路",
            "水费突然翻倍",
            "读数无误",
            "很好谢谢",
            "FORGED",
            "Hotline-2026")
        .doesNotContainPattern("(?<![0-9.])(0?766[- ]?)?8812345(?![0-9])");
  }
}
