package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@Tag("mariadb")
@DisplayName("一张工单的一生（云浮）")
class LifecycleTest {
  @Autowired Desk desk;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-9a 来电、派单、接单、联系、回单、回访、办结")
  void fromCallToClosure() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    assertThat(order.limit("ACCEPT").path("dueAt").asText()).startsWith("2026-11-16T10:00:00");

    order.does("engineering", "accept", "outcome", "ACCEPT", "worker", "李四");
    order.does("engineering", "contact-customer", "note", "已约上门");
    order.does("engineering", "report-work", "outcome", "DONE", "result", "已当面致歉");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    order.does(
        "agent", "callback-by-phone", "reached", true, "solved", true, "satisfaction", "SATISFIED");

    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.record()).endsWith("回访", "办结");
  }
}
