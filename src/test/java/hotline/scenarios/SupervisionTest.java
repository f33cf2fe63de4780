package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("时限监督：提醒与上报各一次（云浮）")
class SupervisionTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("时限监督：退回三次，每次派单各自提醒、超期一次，投诉的1小时只提醒、超期一次")
  void returnedThreeTimes() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    String[] departments = {"business", "production", "engineering"};
    for (String next : departments) {
      desk.pass(Duration.ofMinutes(1));
      order.does(order.department(), "accept", "outcome", "RETURN", "reason", "不属本部门");
      desk.itIs(order.due("DISPATCH").plusSeconds(1));
      order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", next);
    }
    assertThat(order.warnings("派单")).isEqualTo(3);
    assertThat(order.breaches("派单")).isEqualTo(3);
    desk.pass(Duration.ofHours(3));
    assertThat(order.warnings("接单")).isEqualTo(1);
    assertThat(order.breaches("接单")).isEqualTo(1);
    assertThat(order.warnings("派单")).isEqualTo(3);
    assertThat(order.breaches("派单")).isEqualTo(3);
    assertThat(order.warnings("通知承办部门")).isEqualTo(1);
    assertThat(order.breaches("通知承办部门")).isEqualTo(1);
  }

  @Test
  @DisplayName("时限监督：提醒后获准延期，新时限再提醒、再超期各一次，重办一轮另计")
  void extendedAfterTheWarningThenReworked() {
    desk.drawFellOnPlace(1);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").accepted().contacted();
    desk.itIs("2026-11-18T01:00:00+08:00");
    assertThat(order.warnings("办结")).isEqualTo(1);
    order.does(
        "engineering",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-19T09:00:00+08:00",
        "extensionReason",
        "等待材料",
        "extensionCause",
        "OWN");
    order.does("engineering-leader", "decide-extension", "approved", true);
    desk.itIs("2026-11-19T00:59:59+08:00");
    assertThat(order.warnings("办结")).isEqualTo(1);
    desk.itIs("2026-11-19T01:00:00+08:00");
    assertThat(order.warnings("办结")).isEqualTo(2);
    desk.itIs("2026-11-19T09:00:00+08:00");
    assertThat(order.breaches("办结")).isZero();
    desk.itIs("2026-11-19T09:00:01+08:00");
    assertThat(order.breaches("办结")).isEqualTo(1);
    desk.itIs("2026-11-19T12:00:00+08:00");
    order.reported().dissatisfiedByPhone().reworkOrdered();
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-21T04:00:00Z");
    order.accepted().contacted();
    order.does("engineering", "report-arrival", "situation", "到场");
    desk.itIs("2026-11-25T12:00:00+08:00");
    assertThat(order.warnings("办结")).isEqualTo(3);
    assertThat(order.breaches("办结")).isEqualTo(2);
    assertThat(order.view().path("timeLimits").toString())
        .contains("\"originalDueAt\":\"2026-11-18");
  }

  @Test
  @DisplayName("时限监督：已超期后获准延期，超期永久留痕，新时限内完成不再添超期")
  void extendedAfterTheBreach() {
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").accepted().contacted();
    desk.itIs("2026-11-18T10:00:00+08:00");
    assertThat(order.breaches("办结")).isEqualTo(1);
    order.does(
        "engineering",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-19T09:00:00+08:00",
        "extensionReason",
        "等待材料");
    order.does("engineering-leader", "decide-extension", "approved", true);
    desk.itIs("2026-11-19T09:00:00+08:00");
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isTrue();
    assertThat(order.breaches("办结")).isEqualTo(1);
  }

  @Test
  @DisplayName("时限监督：提醒发给该提醒的人，超期上报部门负责人和值班班长")
  void whoIsTold() {
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER");
    desk.postGoesOut();
    desk.itIs(order.due("ACCEPT").minus(Duration.ofMinutes(30)));
    desk.postGoesOut();
    assertThat(desk.mailsTo("engineering").toString()).contains("时限将到：接单");
    desk.itIs(order.due("ACCEPT").plusSeconds(1));
    desk.postGoesOut();
    assertThat(desk.mailsTo("engineering-leader")).hasSize(1);
    assertThat(desk.mailsTo("shift-supervisor")).hasSize(1);
    assertThat(desk.mailsTo("engineering").toString()).doesNotContain("已超期");
    desk.pass(Duration.ofDays(10));
    desk.postGoesOut();
    assertThat(
            desk.mailsTo("shift-supervisor").stream().filter(subject -> subject.contains("已超期：接单")))
        .hasSize(1);
  }

  @Test
  @DisplayName("时限监督：办结、撤单后不再提醒，也不再上报")
  void silentOnceClosed() {
    Desk.Order order = desk.call("LEAK");
    order.withdrawn();
    int lines = order.record().size();
    desk.pass(Duration.ofDays(30));
    assertThat(order.record()).hasSize(lines);
  }
}
