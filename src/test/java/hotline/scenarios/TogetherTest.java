package hotline.scenarios;

import static hotline.scenarios.AtOnce.statuses;
import static hotline.scenarios.AtOnce.together;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@Tag("mariadb")
@DisplayName("两个人同时动手：一人办成，另一人读到是谁办的")
class TogetherTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @RepeatedTest(6)
  @DisplayName("坐席与班长同时跟进：一人200，另一人409并读到办理人")
  void sameTask() throws Exception {
    Desk.Order order =
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business")
            .handled()
            .dissatisfiedByPhone();
    String id = order.waiting("follow-up").path("id").asText();
    List<Desk.Answer> answers =
        together(
            List.of(
                () ->
                    desk.complete(
                        "yunfu-water.agent", id, "outcome", "REWORK", "instruction", "请上门"),
                () ->
                    desk.complete(
                        "yunfu-water.shift-supervisor", id, "outcome", "CLOSE", "reason", "已说明")));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 409);
    Desk.Answer loser = answers.get(answers.get(0).status() == 409 ? 0 : 1);
    boolean agentWon = answers.get(0).status() == 200;
    assertThat(loser.detail()).contains("该任务已于 11月16日 09:00 由", agentWon ? "坐席" : "值班班长", "办理");
    assertThat(order.record().stream().filter(v -> v.equals("下达重办指令") || v.equals("跟进后办结")))
        .hasSize(1);
    desk.everyOpenOrderHasANextActor();
  }

  @RepeatedTest(6)
  @DisplayName("部门接单与客户撤单同时发生：先后皆可，工单始终说得清")
  void acceptedWhileWithdrawn() throws Exception {
    Desk.Order order = desk.call("LEAK");
    String id = order.waiting("accept").path("id").asText();
    List<Desk.Answer> answers =
        together(
            List.of(
                () -> desk.complete("yunfu-water.engineering", id, "outcome", "ACCEPT"),
                () -> order.customer("WITHDRAW", "不用了")));
    assertThat(answers.get(0).status()).as(answers.toString()).isIn(200, 409);
    assertThat(answers.get(1).status()).as(answers.toString()).isEqualTo(202);
    assertThat(order.status()).isEqualTo("WITHDRAWN");
    assertThat(order.waitsFor()).isEmpty();
    desk.everyOpenOrderHasANextActor();
  }

  @RepeatedTest(3)
  @DisplayName("同一张工单上三人同时办三件事（接单、GIS、紧急意见），三件都办成")
  void threeTasksOfOneOrder() throws Exception {
    Desk.Order order = desk.call("BURST");
    List<Desk.Answer> answers =
        together(
            List.of(
                () -> order.tries("engineering", "accept", "outcome", "ACCEPT"),
                () -> order.tries("dispatcher", "record-gis-dispatch", "gisReference", "G1"),
                () -> order.tries("business-leader", "instruct-emergency", "instruction", "关阀"),
                () -> order.customer("URGE", "快")));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200, 200, 202);
    assertThat(order.record()).contains("接单", "GIS派单", "下达紧急处置意见", "催办");
    assertThat(order.waitsFor()).containsExactly("contact-customer by yunfu-water.engineering");
  }

  @RepeatedTest(3)
  @DisplayName("同一条短信同时送达两次：都收下，只记一次")
  void sameSms() throws Exception {
    desk.drawFellOnPlace(20);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").handled();
    String id = UUID.randomUUID().toString();
    Supplier<Desk.Answer> sms =
        () ->
            desk.post(
                "/api/sms-replies",
                Map.of("from", "13800000000", "text", "2", "messageId", id),
                "yunfu-water.agent",
                null);
    List<Desk.Answer> answers = together(List.of(sms, sms, sms));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(202, 202, 202);
    assertThat(order.waitsFor()).containsExactly("follow-up by yunfu-water.agent");
    assertThat(order.record().stream().filter("短信回复"::equals)).hasSize(1);
  }

  @RepeatedTest(3)
  @DisplayName("同一 Idempotency-Key 同时来单：只立一张")
  void sameCall() throws Exception {
    String key = UUID.randomUUID().toString();
    Supplier<Desk.Answer> call =
        () ->
            desk.post(
                "/api/work-orders", Desk.body("yunfu-water", "LEAK"), "yunfu-water.agent", key);
    List<Desk.Answer> answers = together(List.of(call, call, call));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200, 201);
    assertThat(answers.stream().map(answer -> answer.body().path("number").asText()).distinct())
        .hasSize(1);
  }

  @RepeatedTest(2)
  @DisplayName("YF-21a：多张工单同时完成，各占一位，不重不漏")
  void drawnTogether() throws Exception {
    List<Desk.Order> orders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      orders.add(desk.call("LEAK", "/facts/asset", "METER").accepted().contacted());
    }
    List<Supplier<Desk.Answer>> reports = new ArrayList<>();
    for (Desk.Order order : orders) {
      reports.add(
          () -> order.tries("engineering", "report-work", "outcome", "DONE", "result", "好了"));
    }
    List<Desk.Answer> answers = together(reports);
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200, 200, 200);
    assertThat(
            desk.tables()
                .sql("SELECT place FROM callback_place ORDER BY place")
                .query(Integer.class)
                .list())
        .containsExactly(1, 2, 3, 4);
  }
}
