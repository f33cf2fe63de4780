package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("通知：5分钟内告知承办部门（云浮）")
class NotificationTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-8c 第八条：邮件通知值班人，时间记入工单；邮件不含客户信息")
  void mailToWhoeverIsOnDuty() {
    Desk.Order order = desk.call("LEAK");
    assertThat(order.notices("DISPATCH")).containsExactly("EMAIL PENDING");
    desk.pass(Duration.ofSeconds(2));
    desk.postGoesOut();

    assertThat(order.notices("DISPATCH")).containsExactly("EMAIL SENT");
    assertThat(desk.mailsTo("engineering"))
        .singleElement()
        .asString()
        .contains(order.number, "请接单");
    assertThat(Mailbox.everything()).doesNotContain("13800000000", "张三", "世纪大道");
    assertThat(order.line("已通知承办部门")).isEqualTo("系统 已通知承办部门 YF-8c");
    assertThat(order.limit("NOTIFY").path("metAt").asText()).isEqualTo("2026-11-16T09:00:02+08:00");
    desk.pass(Duration.ofHours(1));
    assertThat(order.isBreached("NOTIFY")).isFalse();
    assertThat(order.warnings("通知承办部门")).isZero();
    assertThat(order.waitsFor()).doesNotContain("notify-by-phone by yunfu-water.dispatcher");
  }

  @Test
  @DisplayName("YF-8c：5分钟整送达为及时，晚一毫秒为超期")
  void mailBoundary() {
    Desk.Order order = desk.call("LEAK");
    desk.itIs(order.due("NOTIFY"));
    desk.postGoesOut();
    assertThat(order.isBreached("NOTIFY")).isFalse();
    assertThat(order.limit("NOTIFY").path("metAt").isNull()).isFalse();

    Desk.Order late = desk.call("LEAK");
    desk.itIs(late.due("NOTIFY").plusMillis(1));
    desk.postGoesOut();
    assertThat(late.isBreached("NOTIFY")).isTrue();
    assertThat(late.breaches("通知承办部门")).isEqualTo(1);
    desk.pass(Duration.ofHours(1));
    assertThat(late.breaches("通知承办部门")).isEqualTo(1);
  }

  @Test
  @DisplayName("YF-8c：没有邮箱的部门（安监技术部）由调度员电话通知，接听人与时间留痕")
  void phoneListForADepartmentWithoutMail() {
    Desk.Order order = desk.call("WATER_QUALITY");
    assertThat(order.notices("DISPATCH")).containsExactly("PHONE PENDING");
    desk.pass(Duration.ofSeconds(2));
    desk.postGoesOut();
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "accept by yunfu-water.technical", "notify-by-phone by yunfu-water.dispatcher");
    assertThat(Desk.at(order.waiting("notify-by-phone"), "dueAt")).isEqualTo(order.due("NOTIFY"));
    assertThat(order.tries("dispatcher", "notify-by-phone").field()).isEqualTo("reachedPerson");

    desk.itIs(order.due("NOTIFY"));
    order.does("dispatcher", "notify-by-phone", "reachedPerson", "陈工", "note", "8002分机");
    assertThat(order.isBreached("NOTIFY")).isFalse();
    assertThat(order.line("已通知承办部门")).isEqualTo("yunfu-water.dispatcher 已通知承办部门 YF-8c");
    assertThat(order.note("已通知承办部门")).contains("陈工");
    assertThat(order.notices("DISPATCH")).containsExactly("PHONE DONE_BY_PERSON");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.technical");
  }

  @Test
  @DisplayName("YF-8c：电话晚一毫秒打通即为超期，永久留痕")
  void phonedTooLate() {
    Desk.Order order = desk.call("WATER_QUALITY");
    desk.postGoesOut();
    desk.itIs(order.due("NOTIFY").plusMillis(1));
    order.does("dispatcher", "notify-by-phone", "reachedPerson", "陈工");
    assertThat(order.isBreached("NOTIFY")).isTrue();
    order.handled();
    assertThat(order.isBreached("NOTIFY")).isTrue();
    assertThat(order.breaches("通知承办部门")).isEqualTo(1);
  }

  @Test
  @DisplayName("YF-8c：邮件发不出时，到提醒时刻（差2分钟）调度员得到电话通知任务，只一件")
  void mailFails() {
    desk.mailServerFails();
    Desk.Order order = desk.call("LEAK");
    desk.postGoesOut();
    assertThat(order.notices("DISPATCH")).containsExactly("EMAIL PENDING");
    Instant warning = order.due("NOTIFY").minus(Duration.ofMinutes(2));
    desk.itIs(warning.minusMillis(1));
    assertThat(order.tasksSeenBy("dispatcher")).doesNotContain("notify-by-phone");
    desk.itIs(warning);
    assertThat(order.waitsFor()).contains("notify-by-phone by yunfu-water.dispatcher");
    assertThat(order.warnings("通知承办部门")).isEqualTo(1);

    desk.itIs(order.due("NOTIFY").plusSeconds(1));
    assertThat(order.breaches("通知承办部门")).isEqualTo(1);
    assertThat(order.waitsFor().stream().filter(t -> t.startsWith("notify-by-phone"))).hasSize(1);
    order.does("shift-supervisor", "notify-by-phone", "reachedPerson", "值班员");
    assertThat(order.isBreached("NOTIFY")).isTrue();
    assertThat(order.waitsFor()).doesNotContain("notify-by-phone by yunfu-water.dispatcher");

    desk.mailServerWorks();
    desk.pass(Duration.ofHours(2));
    desk.postGoesOut();
    assertThat(order.record().stream().filter("已通知承办部门"::equals)).hasSize(1);
  }

  @Test
  @DisplayName("YF-8c：邮件最后一次重试也失败，调度员得到电话通知任务")
  void mailFailsForGood() {
    desk.mailServerFails();
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    for (int minute = 0; minute < 60; minute++) {
      desk.postGoesOut();
      desk.pass(Duration.ofMinutes(1));
    }
    assertThat(order.notices("DISPATCH")).contains("EMAIL FAILED");
    assertThat(order.waitsFor().stream().filter(t -> t.startsWith("notify-by-phone"))).hasSize(1);
    order.does("dispatcher", "notify-by-phone", "reachedPerson", "值班员");
    assertThat(order.notices("DISPATCH")).doesNotContain("EMAIL FAILED");
  }

  @Test
  @DisplayName("YF-8c：退回后改派：电话告知了新部门，原部门没收到的邮件不算补告")
  void toldAnotherDepartment() {
    desk.mailServerFails();
    Desk.Order order = desk.call("LEAK");
    for (int minute = 0; minute < 60; minute++) {
      desk.postGoesOut();
      desk.pass(Duration.ofMinutes(1));
    }
    assertThat(order.notices("DISPATCH")).containsExactly("EMAIL FAILED");
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "厂外加压站，属安监技术部");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "technical");
    desk.postGoesOut();
    order.does("dispatcher", "notify-by-phone", "reachedPerson", "陈工");
    assertThat(order.notices("DISPATCH"))
        .containsExactlyInAnyOrder("EMAIL FAILED", "PHONE DONE_BY_PERSON");
  }

  @Test
  @DisplayName("YF-8c：只告知了监督部门（行政人事部），不算通知了承办部门")
  void tellingTheSupervisorIsNotTellingTheDepartment() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "technical");
    desk.pass(Duration.ofSeconds(2));
    desk.postGoesOut();
    assertThat(desk.mailsTo("administration")).singleElement().asString().contains("请监督");
    assertThat(order.record()).doesNotContain("已通知承办部门");
    assertThat(order.limit("NOTIFY").path("metAt").isNull()).isTrue();
    assertThat(order.waitsFor()).contains("notify-by-phone by yunfu-water.dispatcher");
  }

  @Test
  @DisplayName("YF-8c：部门已接单，便不再要调度员打电话")
  void acceptedMeansTold() {
    Desk.Order order = desk.call("WATER_QUALITY");
    desk.postGoesOut();
    assertThat(order.waitsFor()).contains("notify-by-phone by yunfu-water.dispatcher");
    order.accepted();
    assertThat(order.limit("NOTIFY").path("metAt").isNull()).isFalse();
    assertThat(order.waitsFor()).containsExactly("contact-customer by yunfu-water.technical");
  }

  @Test
  @DisplayName("YF-9b 第九条：改派后通知新部门，新部门另有5分钟")
  void secondDispatchIsToldAnew() {
    Desk.Order order = desk.call("LEAK");
    desk.postGoesOut();
    desk.pass(Duration.ofMinutes(10));
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "厂外加压站");
    desk.pass(Duration.ofMinutes(1));
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "production");
    assertThat(order.due("NOTIFY")).isEqualTo(desk.now().plus(Duration.ofMinutes(5)));
    desk.pass(Duration.ofSeconds(2));
    desk.postGoesOut();
    assertThat(desk.mailsTo("production")).hasSize(1);
    assertThat(order.record().stream().filter("已通知承办部门"::equals)).hasSize(2);
  }

  @Test
  @DisplayName("YF-8c：发给原部门而没有应答的邮件，退回后不再重发，也不算通知了新部门")
  void staleMailIsNoWordToTheNewDepartment() {
    Desk.Order order = desk.call("LEAK");
    noAnswerYet(order);
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "属水质问题");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "technical");
    desk.postGoesOut();
    desk.pass(Duration.ofMinutes(2));
    desk.postGoesOut();

    assertThat(desk.mailsTo("engineering")).isEmpty();
    assertThat(order.waitsFor()).contains("notify-by-phone by yunfu-water.dispatcher");
    assertThat(order.limit("NOTIFY").path("metAt").isNull()).isTrue();
  }

  @Test
  @DisplayName("撤单后，没有应答的派单邮件不再重发")
  void withdrawnIsNotSentAgain() {
    Desk.Order order = desk.call("LEAK");
    noAnswerYet(order);
    order.withdrawn();
    desk.pass(Duration.ofMinutes(2));
    desk.postGoesOut();

    assertThat(desk.mailsTo("engineering")).singleElement().asString().contains("客户已撤单");
  }

  /** The mail of the dispatch was handed over, and the server's answer was lost. */
  private void noAnswerYet(Desk.Order order) {
    assertThat(
            desk.tables()
                .sql(
                    """
                    UPDATE notice SET status = 'UNKNOWN', attempts = 1
                    WHERE order_number = :n AND purpose = 'DISPATCH'
                    """)
                .param("n", order.number)
                .update())
        .isEqualTo(1);
  }
}
