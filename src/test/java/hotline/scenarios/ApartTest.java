package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@Scenario
@DisplayName("五家公司互相看不见")
class ApartTest {
  @Autowired Desk desk;
  @Autowired MockMvc mvc;

  private final Map<String, Desk.Order> orders = new LinkedHashMap<>();

  @BeforeEach
  void oneOrderOfEach() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    orders.put("yunfu-water", desk.call("LEAK"));
    orders.put(
        "yinchuan-water",
        desk.callOf("yinchuan-water", "IC_CARD_METER", "/caller/district", "xingqing"));
    orders.put("gas", desk.callOf("gas", "REPAIR", "/caller/district", "east"));
    orders.put("water-repair", desk.callOf("water-repair", "LEAK", "/caller/district", "east"));
    orders.put("wuda-heat", desk.callOf("wuda-heat", "NOT_WARM", "/caller/district", "xinda"));
    for (String checked : List.of("water-repair", "wuda-heat")) {
      orders.get(checked).does("dispatcher", "check-dispatch", "outcome", "DISPATCH");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "yunfu-water, engineering",
    "yinchuan-water, ic-card-centre",
    "gas, east-repair",
    "water-repair, crew-east",
    "wuda-heat, operations-1"
  })
  @DisplayName("YF-12 RQ-9 RQ-13：部门与各岗位只看到、只办得了本公司的工单、任务、检索和规程手册")
  void nothingOfAnotherCompany(String company, String department) {
    Desk.Order own = orders.get(company);
    for (String person :
        List.of(
            department,
            department + "-leader",
            "agent",
            "dispatcher",
            "shift-supervisor",
            "service-manager",
            "manager",
            "designer")) {
      String user = company + "." + person;
      orders.forEach(
          (other, order) -> {
            if (!other.equals(company)) {
              seesNothing(user, other, order);
            }
          });
      assertThat(texts(desk.get("/api/tasks", user).body(), "order"))
          .as(user)
          .allMatch(own.number::equals);
    }
    String user = company + "." + department;
    assertThat(desk.get("/api/work-orders/" + own.number, user).status()).isEqualTo(200);
    assertThat(texts(desk.get("/api/work-orders?company=" + company, user).body(), "number"))
        .containsExactly(own.number);
    assertThat(
            texts(
                desk.post("/api/work-orders/search", search(company), company + ".agent", null)
                    .body(),
                "number"))
        .containsExactly(own.number);
    assertThat(handbook(company, company + ".manager")).isEqualTo(200);
  }

  private void seesNothing(String user, String other, Desk.Order order) {
    String number = order.number;
    assertThat(desk.get("/api/work-orders/" + number, user).status()).as(user).isEqualTo(404);
    assertThat(desk.get("/api/work-orders/" + number + "/confirmation.pdf", user).status())
        .as(user)
        .isEqualTo(404);
    assertThat(desk.get("/api/work-orders?company=" + other, user).status())
        .as(user)
        .isEqualTo(403);
    assertThat(desk.post("/api/work-orders/search", search(other), user, null).status())
        .as(user)
        .isEqualTo(403);
    assertThat(desk.get("/api/tasks?company=" + other, user).status()).as(user).isEqualTo(403);
    assertThat(texts(desk.get("/api/tasks?order=" + number, user).body(), "id")).as(user).isEmpty();
    assertThat(handbook(other, user)).as(user).isEqualTo(404);
    order
        .view()
        .path("waitingFor")
        .forEach(
            task ->
                assertThat(
                        desk.complete(user, task.path("id").asText(), "outcome", "ACCEPT").status())
                    .as(user)
                    .isEqualTo(404));
    assertThat(
            desk.post(
                    "/api/work-orders/" + number + "/events",
                    Map.of("type", "WITHDRAW", "note", "撤单"),
                    user,
                    null)
                .status())
        .as(user)
        .isEqualTo(404);
    assertThat(order.status()).isEqualTo("DISPATCHED");
  }

  private int handbook(String company, String user) {
    try {
      return mvc.perform(
              MockMvcRequestBuilders.get("/api/handbook/" + company)
                  .with(httpBasic(user, "Hotline-2026")))
          .andReturn()
          .getResponse()
          .getStatus();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> search(String company) {
    return Map.of("company", company, "phone", "13800000000");
  }

  private static List<String> texts(JsonNode page, String name) {
    return page.path("items").findValuesAsText(name);
  }
}
