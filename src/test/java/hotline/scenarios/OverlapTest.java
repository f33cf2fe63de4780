package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Scenario
@Import(Desk.class)
@DisplayName("几件事交叠：两次延期、当场答复另有诉求、补类别、超期未接单")
class OverlapTest {
  @Autowired Desk desk;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private static Object[] extension(String until) {
    return new Object[] {
      "outcome",
      "EXTENSION",
      "extensionUntil",
      until,
      "extensionReason",
      "等待管件",
      "extensionCause",
      "OUTSIDE"
    };
  }

  @Test
  @DisplayName("RQ-15.2 第十五条（二）：头一次延期还没告知客户又申请第二次，照样能回单，两件事都了结")
  void twoExtensions() {
    Desk.Order order = desk.callOf("gas", "REPAIR", "/caller/district", "east");
    order.accepted().contacted();
    order.does("east-repair", "report-work", extension("2026-11-25T17:30:00+08:00"));
    order.does("service-manager", "decide-extension", "approved", true);
    order.does("east-repair", "report-work", extension("2026-11-27T17:30:00+08:00"));
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "tell-customer by gas.agent",
            "report-work by gas.east-repair",
            "decide-extension by gas.service-manager");

    order.reported();

    assertThat(order.waitsFor()).containsExactly("review-reply by gas.east-repair-leader");
    assertThat(order.record()).contains("延期申请失效");
  }

  @Test
  @DisplayName("RQ-15.2 第十五条（二）：到期那一刻还可申请延期，过一秒不再受理")
  void lateExtension() {
    List<Integer> answers = new ArrayList<>();
    for (String moment : List.of("2026-11-19T17:30:00+08:00", "2026-11-19T17:30:01+08:00")) {
      desk.startAt("2026-11-16T09:00:00+08:00");
      Desk.Order order = desk.callOf("gas", "REPAIR", "/caller/district", "east");
      order.accepted().contacted();
      desk.itIs(moment);
      Desk.Answer answer =
          order.tries("east-repair", "report-work", extension("2026-11-25T17:30:00+08:00"));
      answers.add(answer.status());
      if (answer.status() == 422) {
        assertThat(answer.detail()).contains("已超过办理时限，不能再申请延期（第十五条（二）");
      }
    }
    assertThat(answers).containsExactly(200, 422);
  }

  @Test
  @DisplayName("RQ-15.1 第十五条（一）：当场答复了一件，同一来电的另一件单独立单，不随答复一起办结")
  void answeredWithAnotherDemand() {
    Desk.Order first =
        desk.callTypedInTasklist(
            "agent", "callerPhone", "13800000009", "description", "怎样缴费", "address", "云城区");
    first.does(
        "agent",
        "complete-intake",
        "outcome",
        "ANSWER",
        "answer",
        "营业厅或公众号均可",
        "category",
        "ENQUIRY",
        "callerPhone",
        "13800000009",
        "description",
        "怎样缴费",
        "furtherDemand",
        "投诉抄表员态度差",
        "furtherCategory",
        "COMPLAINT");
    assertThat(first.status()).isEqualTo("ANSWERED");
    Desk.Order second = desk.order(first.view().path("linked").path(0).asText());
    assertThat(second.view().path("category").asText()).isEqualTo("COMPLAINT");
    assertThat(second.view().path("description").asText()).isEqualTo("投诉抄表员态度差");
    assertThat(second.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor"))
        .as("YF-A9：投诉一登记班长就知道")
        .anySatisfy(subject -> assertThat(subject).contains(second.number).contains("已登记"));
  }

  @Test
  @DisplayName("RL-8.1 第八条第1项：先登记后补类别，派单时限只有一个，超期只记一次")
  void oneDispatchLimit() {
    Desk.Order order =
        desk.callTypedInTasklistOf(
            "wuda-heat", "agent", "callerPhone", "13800000009", "description", "问收费");
    order.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "ADVICE",
        "callerPhone",
        "13800000009",
        "description",
        "问收费");
    desk.pass(Duration.ofMinutes(30));
    List<String> dispatch = new ArrayList<>();
    for (JsonNode limit : order.view().path("timeLimits")) {
      if (limit.path("milestone").asText().equals("DISPATCH")) {
        dispatch.add(limit.path("article").asText());
      }
    }
    assertThat(dispatch).containsExactly("RL-8.1");
    assertThat(order.breaches("派单")).isEqualTo(1);
    assertThat(order.line("超期")).isEqualTo("系统 超期 RL-8.1");
  }

  @Test
  @DisplayName("RL-3.2 第三条第2项：超期时还没人接单也要核实原因；单位随后回单，核实照做")
  void inquiryOutlivesTheWork() {
    Desk.Order order = desk.callOf("wuda-heat", "MANHOLE", "/facts/networkPart", "WELL");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH");
    desk.pass(Duration.ofHours(5));
    assertThat(order.waitsFor()).contains("inquire-delay by wuda-heat.agent");

    order.does("network-operations-leader", "accept", "outcome", "ACCEPT", "worker", "张师傅");
    order.does("network-operations", "report-arrival", "situation", "井盖缺失");
    order.does("network-operations", "report-work", "outcome", "DONE", "result", "已补盖");
    order.does(
        "agent", "inquire-delay", "cause", "OWN", "responsibleSide", "管网运行部", "reason", "当班人员漏看");
    assertThat(order.view().path("responsibleSide").asText()).isEqualTo("管网运行部");
    assertThat(order.waitsFor()).containsExactly("review-reply by wuda-heat.dispatcher");
  }

  @Test
  @DisplayName("RQ-13 第十三条（四）：按电话查找，不宜公开的工单查不出来，经办和主管查得到")
  void confidentialIsNotFound() {
    Desk.Order order =
        desk.callOf(
            "gas",
            "REPORT",
            "/caller/phone",
            "13811112222",
            "/facts/confidential",
            true,
            "/facts/departmentComplainedOf",
            "east-repair");
    Map<String, Object> search = Desk.map("company", "gas", "phone", "13811112222");
    assertThat(found(search, "gas.dispatcher")).isEmpty();
    assertThat(found(search, "gas.service-manager")).containsExactly(order.number);
  }

  private List<String> found(Map<String, Object> search, String user) {
    return desk.post("/api/work-orders/search", search, user, null)
        .body()
        .path("items")
        .findValuesAsText("number");
  }
}
