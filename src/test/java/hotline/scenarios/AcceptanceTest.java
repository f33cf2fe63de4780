package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("接单与退回（云浮）")
class AcceptanceTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-9c 第九条：投诉自反映起1小时内接单——整1小时及时，晚一毫秒超期")
  void complaintWithinTheHour() {
    Desk.Order inTime = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    Desk.Order late = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    assertThat(inTime.limit("ACCEPT").path("limit").asText()).isEqualTo("1小时");
    assertThat(inTime.limit("ACCEPT").path("article").asText()).isEqualTo("YF-9c");
    desk.itIs("2026-11-16T10:00:00+08:00");
    inTime.accepted();
    desk.pass(Duration.ofMillis(1));
    late.accepted();
    assertThat(inTime.isBreached("ACCEPT")).isFalse();
    assertThat(inTime.line("接单")).isEqualTo("yunfu-water.engineering 接单 YF-9c");
    assertThat(late.isBreached("ACCEPT")).isTrue();
    assertThat(late.breaches("接单")).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("YF-9a 第九条：接单时限——到点及时，晚一毫秒超期；到点后一秒上报一次")
  @CsvSource({"LEAK,PT2H", "BURST,PT10M", "REPORT,PT2H"})
  void acceptBoundary(String category, Duration limit) {
    Desk.Order inTime = desk.call(category, "/facts/departmentComplainedOf", "engineering");
    Desk.Order late = desk.call(category, "/facts/departmentComplainedOf", "engineering");
    Desk.Order never = desk.call(category, "/facts/departmentComplainedOf", "engineering");
    assertThat(inTime.due("ACCEPT")).isEqualTo(desk.now().plus(limit));
    desk.itIs(inTime.due("ACCEPT"));
    assertThat(never.breaches("接单")).isZero();
    assertThat(never.warnings("接单")).isEqualTo(1);
    inTime.accepted();
    desk.pass(Duration.ofMillis(1));
    late.accepted();
    desk.itIs(never.due("ACCEPT").plusSeconds(1));
    assertThat(inTime.isBreached("ACCEPT")).isFalse();
    assertThat(late.isBreached("ACCEPT")).isTrue();
    assertThat(never.breaches("接单")).isEqualTo(1);
    desk.pass(Duration.ofDays(1));
    assertThat(never.breaches("接单")).isEqualTo(1);
    assertThat(late.breaches("接单")).isEqualTo(1);
    assertThat(inTime.breaches("接单")).isZero();
  }

  @Test
  @DisplayName("YF-9c：超过1小时，部门负责人收到上报并可代为接单；此前不能")
  void leaderMayAcceptOnceLate() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    desk.itIs(order.due("ACCEPT"));
    assertThat(order.tasksSeenBy("engineering-leader")).doesNotContain("accept");
    desk.pass(Duration.ofSeconds(1));
    desk.postGoesOut();
    assertThat(desk.mailsTo("engineering-leader").toString()).contains("已超期：接单");
    assertThat(desk.mailsTo("administration").toString()).contains("已超期：接单");
    order.does("engineering-leader", "accept", "outcome", "ACCEPT");
    assertThat(order.line("接单")).startsWith("yunfu-water.engineering-leader");
    assertThat(order.isBreached("ACCEPT")).isTrue();
  }

  @Test
  @DisplayName("YF-9a：退回须写明原因，调度员改派其他部门")
  void returnedAndSentOn() {
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER");
    Desk.Answer refused = order.tries("engineering", "accept", "outcome", "RETURN");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("reason");

    order.does("engineering", "accept", "outcome", "RETURN", "reason", "厂外加压站，属生产部");
    assertThat(order.status()).isEqualTo("RETURNED");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
    assertThat(order.note("退回")).isEqualTo("厂外加压站，属生产部");
    assertThat(order.due("DISPATCH")).isEqualTo(desk.now().plus(Duration.ofMinutes(5)));
    desk.pass(Duration.ofMinutes(2));
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "production");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.production");
    assertThat(order.due("ACCEPT")).isEqualTo(desk.now().plus(Duration.ofHours(2)));
    order.does("production", "accept", "outcome", "ACCEPT");
    assertThat(order.view().path("department").path("name").asText()).isEqualTo("生产部");
  }

  @Test
  @DisplayName("YF-9c：投诉被退回改派，仍以客户反映时起算1小时")
  void complaintKeepsItsHour() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    desk.itIs("2026-11-16T09:50:00+08:00");
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "投诉的是营业厅");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    assertThat(order.limit("ACCEPT").path("dueAt").asText()).isEqualTo("2026-11-16T10:00:00+08:00");
    desk.itIs("2026-11-16T10:00:00.001+08:00");
    order.accepted();
    assertThat(order.isBreached("ACCEPT")).isTrue();
  }

  @Test
  @DisplayName("退回后改派同一部门、同一时刻，也会再次通知")
  void sentBackToTheSameDepartment() {
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER");
    desk.postGoesOut();
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "地址不详");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "engineering");
    desk.pass(Duration.ofSeconds(1));
    desk.postGoesOut();
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
  }

  @ParameterizedTest
  @DisplayName("接单结果只能是接单或退回，别的读到一句话")
  @ValueSource(strings = {"", "DONE", "${1+1}"})
  void otherOutcomes(String outcome) {
    Desk.Order order = desk.call("LEAK");
    Desk.Answer answer = order.tries("engineering", "accept", "outcome", outcome);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo("outcome");
    assertThat(order.waitsFor()).contains("accept by yunfu-water.engineering");
  }
}
