package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@Tag("mariadb")
@DisplayName("每个时限各提醒一次、各上报一次，不重不漏（燃气）")
class EveryPromiseOnceTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order order;

  private void at(String moment) {
    desk.itIs(moment + "+08:00");
    desk.postGoesOut();
  }

  private void returnedBy(String unit) {
    order.does(unit, "accept", "outcome", "RETURN", "reason", "不属本单位");
  }

  private void dispatchedTo(String unit) {
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", unit);
  }

  /** Warnings and breaches of this step on the record so far. */
  private void told(String step, int warnings, int breaches) {
    assertThat(order.warnings(step)).as("提醒 " + step).isEqualTo(warnings);
    assertThat(order.breaches(step)).as("超期 " + step).isEqualTo(breaches);
  }

  private void mailed(String person, String occasion, int times) {
    assertThat(desk.mailsTo("gas." + person))
        .as(person + " " + occasion)
        .filteredOn(("【热线工单】" + order.number + " 报修 " + occasion)::equals)
        .hasSize(times);
  }

  @Test
  @DisplayName(
      "RQ-14.4、RQ-15.2、RQ-15.3、RQ-14.9d、ALL-3：退回三次、提醒后延期、审核退回、回访重办——每个时限的提醒和超期在记录和通知上都恰好一次")
  void throughAllRounds() {
    order = desk.callOf("gas", "REPAIR", "/caller/district", "east");
    at("2026-11-16T09:25:00");
    told("接单", 1, 0);
    returnedBy("east-repair");
    at("2026-11-16T09:31:00");
    told("派单", 1, 1);
    dispatchedTo("west-repair");
    at("2026-11-16T10:05:00");
    told("接单", 2, 1);
    returnedBy("west-repair");
    at("2026-11-16T10:11:00");
    told("派单", 2, 2);
    dispatchedTo("east-service");
    at("2026-11-16T10:15:00");
    returnedBy("east-service");
    at("2026-11-16T10:19:00");
    told("派单", 3, 2);
    dispatchedTo("east-repair");
    at("2026-11-16T10:55:00");
    told("接单", 3, 2);
    told("联系客户", 1, 0);
    order.accepted().contacted();

    at("2026-11-18T17:29:59");
    told("办结", 0, 0);
    at("2026-11-18T18:00:00");
    told("办结", 1, 0);
    order.does(
        "east-repair",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-20T17:00:00+08:00",
        "extensionReason",
        "等待配件",
        "extensionCause",
        "OUTSIDE");
    at("2026-11-18T18:30:00");
    order.does("service-manager", "decide-extension", "approved", true);
    order.does("agent", "tell-customer", "note", "已致歉");
    at("2026-11-19T16:59:59");
    told("办结", 1, 0);
    at("2026-11-20T17:00:00");
    told("办结", 2, 0);
    at("2026-11-20T18:00:00");
    told("办结", 2, 1);
    order.reported();

    at("2026-11-20T21:30:00");
    told("审核", 1, 0);
    order.does("east-repair-leader", "review-reply", "outcome", "REWORK", "reason", "没有附照片");
    at("2026-11-21T09:00:00");
    told("办结", 2, 1);
    order.reported();
    at("2026-11-21T14:00:00");
    told("审核", 2, 1);
    order.does("east-repair-leader", "review-reply", "outcome", "PASS");
    at("2026-11-23T17:30:00");
    told("审核", 3, 1);
    order.does("agent", "review-reply", "outcome", "PASS");

    at("2026-11-24T18:00:00");
    told("回访", 1, 1);
    order.dissatisfiedByPhone().reworkOrdered();
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    at("2026-12-10T09:00:00");

    told("派单", 3, 2);
    told("接单", 4, 3);
    told("联系客户", 2, 1);
    told("办结", 3, 2);
    told("审核", 3, 1);
    told("回访", 1, 1);
    told("审批延期", 0, 0);
    told("告知客户", 0, 0);
    assertThat(order.record().stream().filter("时限提醒"::equals)).hasSize(16);
    assertThat(order.record().stream().filter("超期"::equals)).hasSize(10);

    mailed("dispatcher", "时限将到：派单", 3);
    mailed("east-repair", "时限将到：接单", 3);
    mailed("west-repair", "时限将到：接单", 1);
    mailed("east-service", "时限将到：接单", 0);
    mailed("east-repair", "时限将到：联系客户", 2);
    mailed("east-repair", "时限将到：办结", 3);
    mailed("east-repair-leader", "时限将到：审核", 2);
    mailed("agent", "时限将到：审核", 1);
    mailed("agent", "时限将到：回访", 1);
    mailed("shift-supervisor", "已超期：派单", 2);
    mailed("shift-supervisor", "已超期：接单", 3);
    mailed("west-repair-leader", "已超期：接单", 1);
    mailed("east-repair-leader", "已超期：接单", 2);
    mailed("east-repair-leader", "已超期：联系客户", 1);
    mailed("east-repair-leader", "已超期：办结", 2);
    for (String late : List.of("联系客户", "审核", "回访")) {
      mailed("shift-supervisor", "已超期：" + late, 1);
    }
    mailed("shift-supervisor", "已超期：办结", 2);
    assertThat(
            desk.tables()
                .sql(
                    """
                    SELECT COUNT(*) FROM notice WHERE order_number = :n
                      AND (subject LIKE '%时限将到%' OR subject LIKE '%已超期%') AND status <> 'SENT'
                    """)
                .param("n", order.number)
                .query(Integer.class)
                .single())
        .as("notices that did not go out")
        .isZero();
  }
}
