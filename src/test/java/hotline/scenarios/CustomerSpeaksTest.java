package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("客户再次来电：催办、补充、撤单（云浮）")
class CustomerSpeaksTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  /** An order in each state in which a customer may speak again. */
  private Map<String, Desk.Order> everyState() {
    desk.drawFellOnPlace(2);
    Map<String, Desk.Order> orders = new java.util.LinkedHashMap<>();
    orders.put(
        "受理中",
        desk.callTypedInTasklist("agent", "callerPhone", "13900000000", "description", "漏水"));
    orders.put("待核对", desk.call("COMPLAINT"));
    orders.put("已派单", desk.call("LEAK"));
    orders.put("须电话通知", desk.call("WATER_QUALITY"));
    orders.put("紧急", desk.call("BURST"));
    Desk.Order returned = desk.call("LEAK");
    returned.does("engineering", "accept", "outcome", "RETURN", "reason", "不属本部门");
    orders.put("已退回", returned);
    orders.put("已接单", desk.call("LEAK").accepted());
    orders.put("办理中", desk.call("LEAK").accepted().contacted());
    Desk.Order extension = desk.call("LEAK").accepted().contacted();
    extension.does(
        "engineering",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-20T12:00:00+08:00",
        "extensionReason",
        "等待材料");
    orders.put("延期待批", extension);
    orders.put("等短信回复", desk.call("LEAK", "/caller/phone", "13800000001").handled());
    orders.put(
        "待电话回访", desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business").handled());
    Desk.Order again =
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business").handled();
    again.does("agent", "callback-by-phone", "reached", false);
    orders.put("等下次拨打", again);
    orders.put(
        "待跟进",
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business")
            .handled()
            .dissatisfiedByPhone());
    orders.put(
        "重办",
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business")
            .handled()
            .dissatisfiedByPhone()
            .reworkOrdered());
    orders.put("待登记结算", desk.call("METER_MOVE").handled());
    desk.postGoesOut();
    return orders;
  }

  @Test
  @DisplayName("YF-A8：任何状态都可催办，记入工单并提醒，任务不变")
  void urgedInEveryState() {
    everyState()
        .forEach(
            (state, order) -> {
              List<String> before = order.waitsFor();
              Desk.Answer answer = order.customer("URGE", "怎么还没来");
              assertThat(answer.status()).as(state + answer.body()).isEqualTo(202);
              assertThat(answer.body().path("urged").asInt()).isEqualTo(1);
              assertThat(order.waitsFor()).as(state).isEqualTo(before);
              assertThat(order.line("催办")).as(state).startsWith("yunfu-water.agent 催办 YF-");
              if (!state.equals("须电话通知")) {
                assertThat(order.notices("WARNING")).as(state).isNotEmpty();
              }
            });
  }

  @Test
  @DisplayName("任何状态都可补充，须写内容")
  void supplementedInEveryState() {
    everyState()
        .forEach(
            (state, order) -> {
              List<String> before = order.waitsFor();
              assertThat(order.customer("SUPPLEMENT", " ").field()).isEqualTo("note");
              Desk.Answer answer = order.customer("SUPPLEMENT", "水流变大了");
              assertThat(answer.status()).as(state + answer.body()).isEqualTo(202);
              assertThat(order.note("补充")).isEqualTo("水流变大了");
              assertThat(order.waitsFor()).as(state).isEqualTo(before);
            });
  }

  @Test
  @DisplayName("ALL-2：任何状态都可撤单，撤后无人再需办理，任何人再说话都读到已撤单")
  void withdrawnInEveryState() {
    Map<String, Desk.Order> orders = everyState();
    orders.forEach(
        (state, order) -> {
          order.withdrawn();
          assertThat(order.record()).as(state).contains("撤单");
          for (String type : List.of("URGE", "SUPPLEMENT", "WITHDRAW")) {
            Desk.Answer late = order.customer(type, "还在吗");
            assertThat(late.status()).as(state).isEqualTo(409);
            assertThat(late.detail()).contains("已撤单");
          }
        });
    assertThat(orders.get("延期待批").record()).contains("延期申请失效");
    desk.pass(Duration.ofDays(30));
    orders.forEach((state, order) -> assertThat(order.status()).isEqualTo("WITHDRAWN"));
  }

  @Test
  @DisplayName("撤单后，已派的部门收到停止办理的通知，未发的派单通知不再发")
  void departmentStandsDown() {
    Desk.Order told = desk.call("LEAK");
    desk.postGoesOut();
    Desk.Order untold = desk.call("LEAK");
    told.withdrawn();
    untold.withdrawn();
    desk.postGoesOut();
    assertThat(desk.mailsTo("engineering").toString())
        .contains(told.number + " 报漏 客户已撤单")
        .doesNotContain(untold.number + " 报漏 请接单");
  }

  @Test
  @DisplayName("YF-21c：已撤单的客户又回短信，照样收下，什么也不改变")
  void smsOfAWithdrawnOrder() {
    desk.drawFellOnPlace(20);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").handled();
    assertThat(order.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    order.withdrawn();
    Desk.Answer answer = desk.smsReply("13800000000", "1");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    assertThat(order.status()).isEqualTo("WITHDRAWN");
    assertThat(order.record()).doesNotContain("回访", "短信回复");
  }

  @Test
  @DisplayName("类型只能是催办、补充、撤单；没有的工单404；部门不能代客户撤单")
  void refused() {
    Desk.Order order = desk.call("LEAK");
    assertThat(order.customer("CLOSE", "").field()).isEqualTo("type");
    assertThat(
            desk.post(
                    "/api/work-orders/YF000/events",
                    Map.of("type", "URGE"),
                    "yunfu-water.agent",
                    null)
                .status())
        .isEqualTo(404);
    assertThat(
            desk.post(
                    "/api/work-orders/" + order.number + "/events",
                    Map.of("type", "WITHDRAW"),
                    "yunfu-water.engineering",
                    null)
                .status())
        .isEqualTo(403);
  }
}
