package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("突发紧急（云浮）")
class EmergencyTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @ParameterizedTest
  @DisplayName("YF-10 第十条：突发紧急立即报营业部负责人，责任部门负责人同时知悉，意见留痕")
  @ValueSource(strings = {"BURST", "LEAK", "WATER_QUALITY"})
  void headInstructs(String category) {
    Desk.Order order = desk.call(category, "/facts/urgent", true);
    assertThat(order.view().path("level").asText()).isEqualTo("EMERGENCY");
    assertThat(order.waitsFor()).contains("instruct-emergency by yunfu-water.business-leader");
    desk.postGoesOut();
    assertThat(desk.mailsTo("business-leader").toString()).contains(order.number, "突发紧急，请指示");
    if (!category.equals("WATER_QUALITY")) {
      assertThat(desk.mailsTo("engineering-leader").toString()).contains(order.number, "突发紧急");
    }
    assertThat(order.tries("business-leader", "instruct-emergency").field())
        .isEqualTo("instruction");
    order.does("business-leader", "instruct-emergency", "instruction", "先关阀再抢修");
    assertThat(order.view().path("instruction").asText()).isEqualTo("先关阀再抢修");
    assertThat(order.line("下达紧急处置意见"))
        .isEqualTo("yunfu-water.business-leader 下达紧急处置意见 YF-10 DEFAULT");
    desk.pass(Duration.ofSeconds(1));
    desk.postGoesOut();
    if (!category.equals("WATER_QUALITY")) {
      assertThat(desk.mailsTo("engineering").toString()).contains("领导已下达处置意见");
    }
    desk.pass(Duration.ofHours(1));
    assertThat(order.breaches("下达处置意见")).isZero();
  }

  @Test
  @DisplayName("YF-10：5分钟整下达为及时；未下达的晚一秒上报值班班长，只一次，班长可代为登记")
  void instructionBoundary() {
    Desk.Order inTime = desk.call("BURST");
    Desk.Order late = desk.call("BURST");
    Desk.Order never = desk.call("BURST");
    Instant due = Desk.at(inTime.waiting("instruct-emergency"), "dueAt");
    assertThat(due).isEqualTo(desk.now().plus(Duration.ofMinutes(5)));
    desk.itIs(due);
    inTime.does("business-leader", "instruct-emergency", "instruction", "关阀");
    desk.pass(Duration.ofMillis(1));
    late.does("business-leader", "instruct-emergency", "instruction", "关阀");
    desk.itIs(due.plusSeconds(1));
    assertThat(inTime.breaches("下达处置意见")).isZero();
    assertThat(late.breaches("下达处置意见")).isEqualTo(1);
    assertThat(never.breaches("下达处置意见")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor").toString()).contains(never.number, "下达处置意见");
    desk.pass(Duration.ofHours(1));
    assertThat(never.breaches("下达处置意见")).isEqualTo(1);
    never.does("shift-supervisor", "instruct-emergency", "instruction", "经请示：关阀");
    assertThat(never.line("下达紧急处置意见")).startsWith("yunfu-water.shift-supervisor");
  }

  @Test
  @DisplayName("YF-10：重办一轮不再要求紧急意见；接单不等意见")
  void onlyInTheFirstRound() {
    desk.drawFellOnPlace(1);
    Desk.Order order = desk.call("BURST");
    order.handled();
    order.dissatisfiedByPhone().reworkOrdered();
    assertThat(order.waitsFor().stream().filter(t -> t.startsWith("instruct"))).hasSizeLessThan(2);
    assertThat(order.waitsFor()).contains("accept by yunfu-water.engineering");
  }

  @Test
  @DisplayName("YF-10：紧急而定不了责的，也立即报营业部负责人，不等调度员核对")
  void emergencyDoesNotWaitForTheCheck() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/urgent", true);
    assertThat(order.status()).isEqualTo("CHECKING");
    desk.postGoesOut();
    assertThat(desk.mailsTo("business-leader").toString()).contains("突发紧急，请指示");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    assertThat(order.waitsFor()).contains("instruct-emergency by yunfu-water.business-leader");
  }

  @Test
  @DisplayName("YF-10：核对时才更正为爆管的，同样立即报营业部负责人；已请示过的，再更正不重复请示")
  void foundOutByTheCheck() {
    Desk.Order order = desk.call("COMPLAINT");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "category", "BURST");
    assertThat(order.view().path("level").asText()).isEqualTo("EMERGENCY");
    assertThat(order.waitsFor())
        .contains(
            "accept by yunfu-water.engineering",
            "instruct-emergency by yunfu-water.business-leader");
    desk.postGoesOut();
    assertThat(desk.mailsTo("business-leader").toString()).contains("突发紧急，请指示");
    order.does("business-leader", "instruct-emergency", "instruction", "先关阀");
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "地址不清");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "address", "云城区世纪大道66号");
    assertThat(order.waitsFor().toString()).doesNotContain("instruct-emergency");
  }
}
