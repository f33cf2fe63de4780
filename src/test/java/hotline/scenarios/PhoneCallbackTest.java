package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("电话回访（云浮）")
class PhoneCallbackTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order complaintDone() {
    return desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering").handled();
  }

  @Test
  @DisplayName("YF-21b 第二十一条（二）：投诉100%电话回访，重办后也是")
  void complaintsByPhone() {
    desk.drawFellOnPlace(20);
    for (int i = 0; i < 5; i++) {
      Desk.Order order = complaintDone();
      assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
      assertThat(order.line("确定回访方式")).startsWith("系统 确定回访方式 YF-21b");
    }
    Desk.Order again = complaintDone().dissatisfiedByPhone().reworkOrdered().handled();
    assertThat(again.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    assertThat(
            desk.tables().sql("SELECT COUNT(*) FROM callback_place").query(Integer.class).single())
        .isZero();
  }

  @Test
  @DisplayName("YF-21e 第二十一条（五）：服务质量、态度、工程质量、时限、满意程度与意见逐项留痕")
  void whatIsAsked() {
    Desk.Order order = complaintDone();
    assertThat(order.tries("agent", "callback-by-phone").field()).isEqualTo("reached");
    assertThat(order.tries("agent", "callback-by-phone", "reached", true).field())
        .isEqualTo("solved");
    assertThat(order.tries("agent", "callback-by-phone", "reached", true, "solved", true).field())
        .isEqualTo("satisfaction");
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        true,
        "satisfaction",
        "SATISFIED",
        "serviceQuality",
        "满意",
        "serviceManner",
        "满意",
        "workQuality",
        "满意",
        "timeliness",
        "不满意",
        "remarks",
        "希望再快一些");
    JsonNode attempt = order.view().path("callback").path("attempts").get(0);
    assertThat(attempt.path("answers").asText()).contains("服务质量：满意", "工程时限：不满意");
    assertThat(attempt.path("remarks").asText()).isEqualTo("希望再快一些");
    assertThat(attempt.path("by").asText()).isEqualTo("yunfu-water.agent");
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("YF-21c：客户说满意但问题没有解决，仍转人工跟进")
  void satisfiedButUnsolved() {
    Desk.Order order = complaintDone();
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        false,
        "satisfaction",
        "SATISFIED");
    assertThat(order.waitsFor()).containsExactly("follow-up by yunfu-water.agent");
  }

  @Test
  @DisplayName("RQ-14.9c 默认：打不通，间隔2小时共3次，第3次仍不通即以联系不上办结，逐次留痕")
  void threeAttemptsTwoHoursApart() {
    Desk.Order order = complaintDone();
    order.does("agent", "callback-by-phone", "reached", false, "remarks", "无人接听");
    assertThat(order.waitsFor()).containsExactly("await-next-attempt by yunfu-water.agent");
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText())
        .isEqualTo("2026-11-16T11:00:00+08:00");
    desk.itIs("2026-11-16T10:59:59.999+08:00");
    assertThat(order.waitsFor()).containsExactly("await-next-attempt by yunfu-water.agent");
    desk.itIs("2026-11-16T11:00:00+08:00");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    order.does("agent", "callback-by-phone", "reached", false);
    desk.pass(Duration.ofHours(2));
    order.does("agent", "callback-by-phone", "reached", false);
    assertThat(order.status()).isEqualTo("CLOSED");
    JsonNode callback = order.view().path("callback");
    assertThat(callback.path("satisfaction").asText()).isEqualTo("UNREACHABLE");
    assertThat(callback.path("attempts")).hasSize(3);
    assertThat(order.record()).containsSubsequence("电话回访未完成", "电话回访未完成", "回访", "办结");
  }

  @Test
  @DisplayName("RQ-14.9c：下次拨打早于2小时的不收，整2小时的收")
  void intervalBoundary() {
    Desk.Order order = complaintDone();
    Desk.Answer tooEarly =
        order.tries(
            "agent",
            "callback-by-phone",
            "reached",
            false,
            "nextAttemptAt",
            "2026-11-16T10:59:59+08:00");
    assertThat(tooEarly.status()).isEqualTo(422);
    assertThat(tooEarly.field()).isEqualTo("nextAttemptAt");
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        false,
        "nextAttemptAt",
        "2026-11-16T11:00:00+08:00");
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText())
        .isEqualTo("2026-11-16T11:00:00+08:00");
  }

  @ParameterizedTest(name = "{0} 未接通 → {1}")
  @DisplayName("RQ-14.9b 默认：21:00至08:00不拨打——20:59可，21:00顺延到次日08:00")
  @CsvSource({
    "2026-11-16T18:59:00+08:00,2026-11-16T20:59:00+08:00",
    "2026-11-16T18:59:59.999+08:00,2026-11-16T20:59:59.999+08:00",
    "2026-11-16T19:00:00+08:00,2026-11-17T08:00:00+08:00",
    "2026-11-17T05:59:59+08:00,2026-11-17T08:00:00+08:00",
    "2026-11-17T06:00:00+08:00,2026-11-17T08:00:00+08:00",
    "2026-11-17T06:00:01+08:00,2026-11-17T08:00:01+08:00"
  })
  void quietHours(String failedAt, String next) {
    Desk.Order order = complaintDone();
    desk.itIs(failedAt);
    order.does("agent", "callback-by-phone", "reached", false);
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText()).isEqualTo(next);
  }

  @Test
  @DisplayName("回访约定时间：客户约何时就何时，夜里也可以，不计入打不通的次数")
  void agreedTime() {
    Desk.Order order = complaintDone();
    Desk.Answer past =
        order.tries(
            "agent",
            "callback-by-phone",
            "reached",
            true,
            "nextAttemptAt",
            "2026-11-16T09:00:00+08:00");
    assertThat(past.field()).isEqualTo("nextAttemptAt");
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "nextAttemptAt",
        "2026-11-16T21:30:00+08:00");
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText())
        .isEqualTo("2026-11-16T21:30:00+08:00");
    desk.itIs("2026-11-16T21:30:00+08:00");
    order.does("agent", "callback-by-phone", "reached", false);
    desk.itIs("2026-11-17T08:00:00+08:00");
    order.does("agent", "callback-by-phone", "reached", false);
    desk.pass(Duration.ofHours(2));
    assertThat(order.status()).isEqualTo("CALLBACK");
    order.does("agent", "callback-by-phone", "reached", false);
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("YF-21a 第二十二条：电话回访在完成后3日内——到点及时，晚一毫秒超期，晚一秒上报班长")
  void callbackBoundary() {
    Desk.Order inTime = complaintDone();
    Desk.Order late = complaintDone();
    Desk.Order never = complaintDone();
    assertThat(inTime.limit("CALLBACK").path("dueAt").asText())
        .isEqualTo("2026-11-20T00:00:00+08:00");
    desk.itIs(inTime.due("CALLBACK"));
    inTime.satisfiedByPhone();
    desk.pass(Duration.ofMillis(1));
    late.satisfiedByPhone();
    desk.itIs(never.due("CALLBACK").plusSeconds(1));
    assertThat(inTime.isBreached("CALLBACK")).isFalse();
    assertThat(late.isBreached("CALLBACK")).isTrue();
    assertThat(late.breaches("回访")).isEqualTo(1);
    assertThat(never.breaches("回访")).isEqualTo(1);
    never.does(
        "shift-supervisor",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        true,
        "satisfaction",
        "SATISFIED");
    assertThat(never.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("YF-20 第二十二条（二）：工程类结算后电话回访，结算日期不能晚于今天，3日自结算登记起算")
  void worksAfterSettlement() {
    desk.drawFellOnPlace(1);
    for (String category : List.of("SERVICE_APPLICATION", "METER_MOVE", "AFTER_METER_REPAIR")) {
      Desk.Order order = desk.call(category).handled();
      assertThat(order.waitsFor()).containsExactly("record-settlement by yunfu-water.engineering");
      assertThat(order.limit("CALLBACK").path("dueAt").isNull()).isTrue();
      desk.pass(Duration.ofHours(26));
      assertThat(
              order
                  .tries(
                      "engineering",
                      "record-settlement",
                      "settledOn",
                      desk.now().plus(Duration.ofDays(1)).toString().substring(0, 10))
                  .field())
          .isEqualTo("settledOn");
      assertThat(order.tries("engineering", "record-settlement").field()).isEqualTo("settledOn");
      order.does("engineering", "record-settlement", "settledOn", "2026-11-16");
      assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
      assertThat(order.limit("CALLBACK").path("dueAt").isNull()).isFalse();
      assertThat(order.line("登记结算日期")).isEqualTo("yunfu-water.engineering 登记结算日期 YF-21d DEFAULT");
      order.satisfiedByPhone();
      assertThat(order.status()).isEqualTo("CLOSED");
    }
    assertThat(
            desk.tables().sql("SELECT COUNT(*) FROM callback_place").query(Integer.class).single())
        .isZero();
  }

  @Test
  @DisplayName("YF-20、YF-21c：工程类回访不满意而重办，已结算的不再要求登记结算，上门后直接电话回访")
  void worksReworkedAreNotSettledTwice() {
    Desk.Order order = desk.call("METER_MOVE").handled();
    order.does("engineering", "record-settlement", "settledOn", "2026-11-16");
    order.dissatisfiedByPhone().reworkOrdered().handled();
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    assertThat(order.limit("CALLBACK").path("dueAt").isNull()).isFalse();
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @ParameterizedTest
  @DisplayName("YF-21a：座机不能收短信，改为电话回访并留痕")
  @ValueSource(strings = {"0766-8833123", "88331234"})
  void landline(String phone) {
    desk.drawFellOnPlace(20);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER", "/caller/phone", phone).handled();
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    assertThat(order.note("确定回访方式")).isEqualTo("号码不能接收短信，改为电话回访");
  }

  @ParameterizedTest
  @DisplayName("RQ-14.9e：回访中的新诉求另立工单并与原单相连，原单照走")
  @ValueSource(booleans = {true, false})
  void newDemand(boolean satisfied) {
    Desk.Order order = complaintDone();
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        satisfied,
        "satisfaction",
        satisfied ? "SATISFIED" : "DISSATISFIED",
        "newDemand",
        "另外楼下井盖松动");
    assertThat(order.view().path("linked")).hasSize(1);
    Desk.Order fresh = desk.order(order.view().path("linked").get(0).asText());
    assertThat(fresh.view().path("linked").get(0).asText()).isEqualTo(order.number);
    assertThat(fresh.status()).isEqualTo("RECEIVED");
    assertThat(fresh.waitsFor()).containsExactly("complete-intake by yunfu-water.agent");
    assertThat(fresh.view().path("description").asText()).isEqualTo("另外楼下井盖松动");
    assertThat(fresh.view().path("caller").path("phone").asText()).isEqualTo("13800000000");
    assertThat(order.note("新诉求另立工单")).isEqualTo(fresh.number);
    assertThat(order.status()).isEqualTo(satisfied ? "CLOSED" : "CALLBACK");
  }

  @Test
  @DisplayName("回访逾期后由班长代打，班长也能登记新诉求")
  void newDemandTakenByTheSupervisor() {
    Desk.Order order = complaintDone();
    desk.itIs(order.due("CALLBACK").plusSeconds(1));
    order.does(
        "shift-supervisor",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        true,
        "satisfaction",
        "SATISFIED",
        "newDemand",
        "另有一处漏水");
    assertThat(order.view().path("linked")).hasSize(1);
  }
}
