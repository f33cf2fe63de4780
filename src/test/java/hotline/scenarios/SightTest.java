package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("谁看得见什么（云浮）")
class SightTest {
  private static final String STRANGER = "gas.agent";

  @Autowired Desk desk;
  @Autowired IdentityService identity;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    if (identity.createUserQuery().userId(STRANGER).count() == 0) {
      User stranger = identity.newUser(STRANGER);
      stranger.setFirstName("别家");
      stranger.setLastName("坐席");
      stranger.setPassword("Hotline-2026");
      identity.saveUser(stranger);
      identity.saveGroup(identity.newGroup(STRANGER));
      identity.createMembership(STRANGER, STRANGER);
    }
  }

  private int sees(Desk.Order order, String user) {
    return desk.get("/api/work-orders/" + order.number, user).status();
  }

  private List<String> list(String user) {
    JsonNode items = desk.get("/api/work-orders?company=yunfu-water", user).body().path("items");
    return items.findValuesAsText("number");
  }

  @Test
  @DisplayName("YF-12：部门只看到自己的工单与任务，呼叫中心看到全部")
  void departmentsSeeTheirOwn() {
    Desk.Order leak = desk.call("LEAK");
    Desk.Order bill = desk.call("BILLING");
    assertThat(sees(leak, "yunfu-water.engineering")).isEqualTo(200);
    assertThat(sees(leak, "yunfu-water.engineering-leader")).isEqualTo(200);
    assertThat(sees(leak, "yunfu-water.business")).isEqualTo(404);
    assertThat(sees(bill, "yunfu-water.engineering")).isEqualTo(404);
    for (String role : List.of("agent", "dispatcher", "shift-supervisor", "service-manager")) {
      assertThat(sees(leak, "yunfu-water." + role)).isEqualTo(200);
      assertThat(list("yunfu-water." + role)).contains(leak.number, bill.number);
    }
    assertThat(list("yunfu-water.engineering")).containsExactly(leak.number);
    assertThat(list("yunfu-water.business")).containsExactly(bill.number);
    assertThat(leak.tasksSeenBy("engineering")).containsExactly("accept");
    assertThat(leak.tasksSeenBy("business")).isEmpty();
    assertThat(
            desk.get("/api/tasks?group=yunfu-water.engineering", "yunfu-water.business")
                .body()
                .path("items"))
        .isEmpty();
    String id = leak.waiting("accept").path("id").asText();
    assertThat(desk.complete("yunfu-water.business", id, "outcome", "ACCEPT").status())
        .isEqualTo(403);
    assertThat(desk.complete("yunfu-water.agent", id, "outcome", "ACCEPT").status()).isEqualTo(403);
    assertThat(leak.status()).isEqualTo("DISPATCHED");
  }

  @Test
  @DisplayName("YF-12：改派后，原部门不再看到工单")
  void returnedOrderIsGone() {
    Desk.Order order = desk.call("LEAK");
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "属生产部");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "production");
    assertThat(sees(order, "yunfu-water.engineering")).isEqualTo(404);
    assertThat(list("yunfu-water.engineering")).isEmpty();
    assertThat(sees(order, "yunfu-water.production")).isEqualTo(200);
  }

  @Test
  @DisplayName("YF-22 第七条：行政人事部看到它所监督的投诉")
  void supervisingDepartmentSees() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    assertThat(sees(order, "yunfu-water.administration")).isEqualTo(200);
    assertThat(sees(desk.call("LEAK"), "yunfu-water.administration")).isEqualTo(404);
    assertThat(list("yunfu-water.administration")).containsExactly(order.number);
  }

  @Test
  @DisplayName("YF-12：管理者看进度，看不到客户是谁")
  void managersSeeNoCaller() {
    Desk.Order order = desk.call("LEAK");
    order.customer("SUPPLEMENT", "请打我另一个电话13911112222");
    String view =
        desk.get("/api/work-orders/" + order.number, "yunfu-water.manager").body().toString();
    assertThat(view)
        .contains(order.number)
        .doesNotContain("13800000000", "张三", "世纪大道12号", "13911112222");
    assertThat(
            desk.get("/api/work-orders?company=yunfu-water", "yunfu-water.manager")
                .body()
                .toString())
        .contains(order.number)
        .doesNotContain("13800000000", "张三", "世纪大道12号");
  }

  @Test
  @DisplayName("别家公司的人什么也看不到，什么也做不了")
  void strangersSeeNothing() {
    Desk.Order order = desk.call("LEAK");
    assertThat(sees(order, STRANGER)).isEqualTo(404);
    assertThat(desk.get("/api/work-orders?company=yunfu-water", STRANGER).status()).isEqualTo(403);
    assertThat(
            desk.post(
                    "/api/work-orders/search",
                    Map.of("company", "yunfu-water", "phone", "13800000000"),
                    STRANGER,
                    null)
                .status())
        .isEqualTo(403);
    assertThat(desk.get("/api/tasks", STRANGER).body().path("items")).isEmpty();
    assertThat(desk.get("/api/tasks?order=" + order.number, STRANGER).body().path("items"))
        .isEmpty();
    assertThat(desk.get("/api/tasks?company=yunfu-water", STRANGER).status()).isEqualTo(403);
    String id = order.waiting("accept").path("id").asText();
    assertThat(desk.complete(STRANGER, id, "outcome", "ACCEPT").status()).isEqualTo(404);
    assertThat(
            desk.post("/api/work-orders", Desk.body("yunfu-water", "LEAK"), STRANGER, "key-1")
                .status())
        .isEqualTo(403);
    assertThat(
            desk.post(
                    "/api/work-orders/" + order.number + "/events",
                    Map.of("type", "WITHDRAW"),
                    STRANGER,
                    null)
                .status())
        .isEqualTo(404);
    assertThat(
            desk.post(
                    "/api/sms-replies",
                    Map.of("from", "13800000000", "text", "2", "messageId", "m-1"),
                    STRANGER,
                    null)
                .status())
        .isEqualTo(202);
    assertThat(order.status()).isEqualTo("DISPATCHED");
  }
}
