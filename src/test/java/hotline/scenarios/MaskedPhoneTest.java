package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.Actor;
import hotline.platform.TaskScreen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("来电号码只显示掩码，要打电话的人一点即见全号，并记入办理记录（YF-12、RQ-13）")
class MaskedPhoneTest {
  private static final String PHONE = "13800000000";

  @Autowired Desk desk;
  @Autowired TaskScreen screen;

  private Desk.Order order;

  @BeforeEach
  void leak() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    order = desk.call("LEAK", "/description", "门口漏水，或打139-1111-2222找物业");
  }

  private Desk.Answer reveal(String person, String body) {
    return desk.post(
        "/api/work-orders/" + order.number + "/phone",
        body,
        person.contains(".") ? person : "yunfu-water." + person,
        null);
  }

  private List<JsonNode> shown() {
    return order.view().path("events").findParents("verb").stream()
        .filter(event -> event.path("verb").asText().equals("查看号码"))
        .toList();
  }

  @Test
  @DisplayName("列表和检索对谁都只显示掩码，描述里的号码也是")
  void lists() {
    for (String person :
        List.of("agent", "dispatcher", "shift-supervisor", "service-manager", "engineering")) {
      String list =
          desk.get("/api/work-orders?company=yunfu-water", "yunfu-water." + person)
              .body()
              .toString();
      assertThat(list)
          .as(person)
          .contains("138****0000", "139****2222")
          .doesNotContain(PHONE, "139-1111-2222");
      String found =
          desk.post(
                  "/api/work-orders/search",
                  Map.of("company", "yunfu-water", "phone", PHONE),
                  "yunfu-water." + person,
                  null)
              .body()
              .toString();
      assertThat(found)
          .as(person)
          .contains(order.number, "138****0000")
          .doesNotContain(PHONE, "139-1111-2222");
    }
  }

  @Test
  @DisplayName("工单：呼叫中心看全号（接口的约定），承办部门看掩码")
  void view() {
    for (String person : List.of("agent", "dispatcher", "shift-supervisor", "service-manager")) {
      assertThat(order.seenBy(person).body().path("caller").path("phone").asText())
          .as(person)
          .isEqualTo(PHONE);
    }
    for (String person : List.of("engineering", "engineering-leader")) {
      JsonNode seen = order.seenBy(person).body();
      assertThat(seen.path("caller").path("phone").asText()).isEqualTo("138****0000");
      assertThat(seen.toString()).doesNotContain(PHONE, "139-1111-2222");
    }
  }

  @Test
  @DisplayName("每张表单都只显示掩码，受理来电（要填写号码）除外")
  void forms() {
    order.customer("SUPPLEMENT", "再打13933334444");
    order.accepted();
    Map<String, Object> contact =
        screen.show(
            order.waiting("contact-customer").path("id").asText(),
            new Actor("yunfu-water.engineering", Set.of("yunfu-water.engineering")));
    assertThat(contact.get("customer")).isEqualTo("张三  138****0000");
    assertThat(contact.toString()).doesNotContain(PHONE, "139-1111-2222", "13933334444");
    order.contacted().reported();
    order.customer("SUPPLEMENT", "再打13933334444");
    desk.smsReply(PHONE, "2");
    String task = order.view().path("waitingFor").get(0).path("id").asText();
    Map<String, Object> next =
        screen.show(task, new Actor("yunfu-water.agent", Set.of("yunfu-water.agent")));
    assertThat(next.get("customer")).isEqualTo("张三  138****0000");
    assertThat(next.toString()).doesNotContain(PHONE, "13933334444");
  }

  @Test
  @DisplayName("有待办任务的部门查看全号：立即得到，连同文字里的其他号码；记录写明谁、何时、为哪一步、依据")
  void department() {
    Desk.Answer answer = reveal("engineering", "");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().path("phone").asText()).isEqualTo(PHONE);
    assertThat(answer.body().path("others").toString()).isEqualTo("[\"13911112222\"]");
    assertThat(shown()).hasSize(1);
    JsonNode line = shown().get(0);
    assertThat(line.path("by").asText()).isEqualTo("yunfu-water.engineering");
    assertThat(line.path("note").asText()).isEqualTo("用于“接单”");
    assertThat(line.path("article").asText()).startsWith("YF-9");
    assertThat(line.toString()).doesNotContain(PHONE);
    assertThat(reveal("engineering", "{\"reason\":\"约上门时间\"}").status()).isEqualTo(200);
    assertThat(shown()).hasSize(2);
    assertThat(shown().get(1).path("note").asText()).isEqualTo("约上门时间");
  }

  @Test
  @DisplayName("没有待办任务的、别的部门、管理人员、设计员、别的公司：看不到全号，也不留记录")
  void others() {
    assertThat(reveal("business", "{}").status()).isEqualTo(404);
    assertThat(reveal("manager", "{}").status()).isEqualTo(403);
    assertThat(reveal("designer", "{}").status()).isEqualTo(403);
    assertThat(reveal("gas.agent", "{}").status()).isEqualTo(404);
    order.handled();
    assertThat(reveal("engineering", "{}").status()).isEqualTo(403);
    assertThat(shown()).isEmpty();
    assertThat(reveal("agent", "{\"reason\":\"回访\"}").status()).isEqualTo(200);
    assertThat(shown()).hasSize(1);
  }

  @Test
  @DisplayName("原因太长、不是文字：说清楚怎么改")
  void badReason() {
    assertThat(reveal("agent", "{\"reason\":\"" + "长".repeat(201) + "\"}").status()).isEqualTo(422);
    assertThat(reveal("agent", "{\"reason\":7}").status()).isEqualTo(422);
    assertThat(shown()).isEmpty();
  }

  @Test
  @DisplayName("办结的工单：呼叫中心仍可查看，照样记录")
  void closed() {
    order.withdrawn();
    assertThat(reveal("agent", "{}").status()).isEqualTo(200);
    assertThat(shown()).hasSize(1);
  }
}
