package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("短信回访（云浮）")
class SmsCallbackTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  /** A leak that is done; the draw says SMS. */
  private Desk.Order asked() {
    desk.drawFellOnPlace(20);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").handled();
    assertThat(order.view().path("callback").path("medium").asText()).isEqualTo("SMS");
    return order;
  }

  @Test
  @DisplayName("YF-21a 第二十一条：回访短信进发件箱，工单写明由谁、何时接手（坐席，24小时后）")
  void whoTakesOverIsShown() {
    Desk.Order order = asked();
    assertThat(order.notices("CALLBACK")).containsExactly("SMS PENDING");
    assertThat(order.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    assertThat(order.waiting("await-sms-reply").path("dueAt").asText())
        .isEqualTo("2026-11-17T09:00:00+08:00");
    assertThat(order.tasksSeenBy("agent")).containsExactly("await-sms-reply");
    Desk.Answer notByHand =
        desk.complete("yunfu-water.agent", order.waiting("await-sms-reply").path("id").asText());
    assertThat(notByHand.status()).as(notByHand.body().toString()).isEqualTo(422);
    assertThat(notByHand.detail()).contains("等待客户短信回复");
    assertThat(order.due("CALLBACK")).isEqualTo("2026-11-19T16:00:00Z");
  }

  @ParameterizedTest
  @DisplayName("YF-21a：客户回复满意，即办结")
  @ValueSource(strings = {"1", "１", "满意", "很满意！", " 满意。 ", "好"})
  void satisfied(String text) {
    Desk.Order order = asked();
    assertThat(desk.smsReply("13800000000", text).status()).isEqualTo(202);
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.view().path("callback").path("satisfaction").asText()).isEqualTo("SATISFIED");
    assertThat(order.line("回访")).startsWith("客户 回访 YF-21a");
    assertThat(order.waitsFor()).isEmpty();
  }

  @ParameterizedTest
  @DisplayName("YF-21c 第二十一条（三）：不满意或看不明白的回复自动转人工")
  @ValueSource(strings = {"2", "不满意", "没有不满意", "水还是漏", "？", "", "不错", "回复了1又回复2", "${1+1}", "👍"})
  void goesToAPerson(String text) {
    Desk.Order order = asked();
    assertThat(desk.smsReply("+86 138-0000-0000", text).status()).isEqualTo(202);
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.waitsFor()).containsExactly("follow-up by yunfu-water.agent");
    assertThat(order.tasksSeenBy("shift-supervisor")).containsExactly("follow-up");
    assertThat(order.line("短信回复")).isEqualTo("客户 短信回复 YF-21a YF-21c YF-21e DEFAULT");
    assertThat(order.view().path("callback").path("attempts").get(1).path("remarks").asText())
        .isEqualTo(text.strip());
  }

  @Test
  @DisplayName("YF-21c：下达重办指令，部门上门，第二轮电话回访，直至解决")
  void reworkUntilSolved() {
    Desk.Order order = asked();
    desk.smsReply("13800000000", "2");
    assertThat(order.tries("agent", "follow-up", "outcome", "REWORK").field())
        .isEqualTo("instruction");
    order.does("shift-supervisor", "follow-up", "outcome", "REWORK", "instruction", "今日上门");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    assertThat(order.view().path("instruction").asText()).isEqualTo("今日上门");
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    order.accepted().contacted();
    assertThat(order.waitsFor()).containsExactly("report-arrival by yunfu-water.engineering");
    order.does("engineering", "report-arrival", "situation", "已上门");
    order.reported();
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    order.dissatisfiedByPhone().reworkOrdered();
    assertThat(order.view().path("round").asInt()).isEqualTo(3);
    order.handled().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.record().stream().filter("下达重办指令"::equals)).hasSize(2);
  }

  @Test
  @DisplayName("YF-21c：上门时限1个工作日——到点及时，晚一毫秒超期")
  void visitBoundary() {
    Desk.Order order = asked();
    desk.smsReply("13800000000", "2");
    order.reworkOrdered().accepted().contacted();
    assertThat(order.limit("ARRIVE").path("dueAt").asText()).isEqualTo("2026-11-17T17:30:00+08:00");
    desk.itIs(order.due("ARRIVE"));
    assertThat(order.breaches("到场")).isZero();
    desk.pass(Duration.ofMillis(1));
    order.does("engineering", "report-arrival", "situation", "已上门");
    assertThat(order.isBreached("ARRIVE")).isTrue();
    assertThat(order.breaches("到场")).isEqualTo(1);
  }

  @Test
  @DisplayName("YF-21c：不再重办须写原因才可办结")
  void closedWithAReason() {
    Desk.Order order = asked();
    desk.smsReply("13800000000", "不满意");
    assertThat(order.tries("agent", "follow-up", "outcome", "CLOSE").field()).isEqualTo("reason");
    order.does("agent", "follow-up", "outcome", "CLOSE", "reason", "客户认可解释");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.note("跟进后办结")).isEqualTo("客户认可解释");
    assertThat(order.view().path("callback").path("satisfaction").asText())
        .isEqualTo("DISSATISFIED");
  }

  @Test
  @DisplayName("YF-21a：24小时整转电话；差一毫秒时回复仍算短信回复")
  void noAnswer() {
    Desk.Order silent = asked();
    Desk.Order answering =
        desk.call("LEAK", "/facts/asset", "METER", "/caller/phone", "13800000001").handled();
    desk.itIs("2026-11-17T08:59:59.999+08:00");
    assertThat(silent.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    desk.smsReply("13800000001", "1");
    assertThat(answering.status()).isEqualTo("CLOSED");
    desk.itIs("2026-11-17T09:00:00+08:00");
    assertThat(silent.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    assertThat(silent.isBreached("CALLBACK")).isFalse();

    assertThat(desk.smsReply("13800000000", "1").status()).isEqualTo(202);
    assertThat(silent.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    silent.satisfiedByPhone();
    assertThat(silent.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("YF-21c：逾期才到的短信仍归该单，拨打电话的坐席看得到，流程不变")
  void lateAnswerIsSeen() {
    Desk.Order order = asked();
    desk.pass(Duration.ofHours(25));
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");

    assertThat(desk.smsReply("13800000000", "水又漏了").status()).isEqualTo(202);

    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    assertThat(order.record()).endsWith("短信回复（已转人工）");
    assertThat(order.view().path("callback").path("attempts").toString()).contains("水又漏了");
  }

  @Test
  @DisplayName("同一短信编号重复送达，只记一次；陌生号码只记录")
  void onlyOnce() {
    Desk.Order order = asked();
    String id = UUID.randomUUID().toString();
    assertThat(desk.smsReply("13911112222", "2").status()).isEqualTo(202);
    assertThat(order.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    assertThat(desk.smsReply("13800000000", "2", id).status()).isEqualTo(202);
    order.reworkOrdered();
    int lines = order.record().size();
    assertThat(desk.smsReply("13800000000", "2", id).status()).isEqualTo(202);
    assertThat(order.record()).hasSize(lines);
    assertThat(desk.tables().sql("SELECT COUNT(*) FROM sms_reply").query(Integer.class).single())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("同一号码有两张待回访工单：回复归最近问的一张，另一张仍等待")
  void newestQuestionTakesTheAnswer() {
    Desk.Order first = asked();
    desk.pass(Duration.ofMinutes(5));
    Desk.Order second = desk.call("LEAK", "/facts/asset", "METER").handled();
    desk.smsReply("13800000000", "1");
    assertThat(second.status()).isEqualTo("CLOSED");
    assertThat(first.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    desk.smsReply("13800000000", "2");
    assertThat(first.waitsFor()).containsExactly("follow-up by yunfu-water.agent");
  }
}
