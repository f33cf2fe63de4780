package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("办理与延期（云浮）")
class HandlingTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private static final Object[] TWO_DAYS_MORE = {
    "outcome",
    "EXTENSION",
    "extensionUntil",
    "2026-11-20T12:00:00+08:00",
    "extensionReason",
    "等待占道许可",
    "extensionCause",
    "OUTSIDE"
  };

  /** A leak that 工程公司 has accepted and whose customer was called; due on Wednesday 09:00. */
  private Desk.Order inWork() {
    return desk.call("LEAK", "/facts/asset", "METER").accepted().contacted();
  }

  @Test
  @DisplayName("YF-9a 第九条：联系用户——4小时整及时，晚一毫秒超期；约定时间留在工单上")
  void contactBoundary() {
    Desk.Order inTime = desk.call("LEAK").accepted();
    Desk.Order late = desk.call("LEAK").accepted();
    desk.itIs(inTime.due("CONTACT"));
    inTime.does(
        "engineering",
        "contact-customer",
        "agreedTime",
        "2026-11-16T15:00:00+08:00",
        "note",
        "下午上门");
    desk.pass(Duration.ofMillis(1));
    late.contacted();
    assertThat(inTime.due("CONTACT")).isEqualTo("2026-11-16T05:00:00Z");
    assertThat(inTime.isBreached("CONTACT")).isFalse();
    assertThat(late.isBreached("CONTACT")).isTrue();
    assertThat(inTime.view().path("agreedTime").asText()).isEqualTo("2026-11-16T15:00:00+08:00");
    assertThat(inTime.line("联系客户")).isEqualTo("yunfu-water.engineering 联系客户 YF-9a DEFAULT");
    assertThat(inTime.status()).isEqualTo("IN_PROGRESS");
  }

  @Test
  @DisplayName("YF-9a：联系时间不能早于客户来电，也不能晚于现在")
  void contactNeitherBeforeTheCallNorLater() {
    Desk.Order order = desk.call("LEAK").accepted();
    desk.pass(Duration.ofHours(5));
    Desk.Answer early =
        order.tries("engineering", "contact-customer", "contactedAt", "2026-11-16T08:59:59+08:00");
    assertThat(early.status()).isEqualTo(422);
    assertThat(early.field()).isEqualTo("contactedAt");
    Desk.Answer ahead =
        order.tries("engineering", "contact-customer", "contactedAt", "2026-11-16T14:05:01+08:00");
    assertThat(ahead.status()).isEqualTo(422);
    order.does("engineering", "contact-customer", "contactedAt", "2026-11-16T09:00:00+08:00");
    assertThat(order.limit("CONTACT").path("metAt").asText())
        .isEqualTo("2026-11-16T09:00:00+08:00");
  }

  @ParameterizedTest(name = "{0} 应于 {1}")
  @DisplayName("YF-14 第十四条：办理时限按类别取自时限表——到点及时，晚一毫秒超期")
  @CsvSource({
    "BURST,2026-11-17T09:00:00+08:00",
    "LEAK,2026-11-18T09:00:00+08:00",
    "PRESSURE,2026-11-19T00:00:00+08:00",
    "AFTER_METER_REPAIR,2026-11-20T00:00:00+08:00",
    "ADVICE,2026-11-19T17:30:00+08:00",
    "BILLING,2026-11-23T17:30:00+08:00",
    "SUGGESTION,2026-11-30T17:30:00+08:00"
  })
  void resolveBoundary(String category, String due) {
    Desk.Order inTime = desk.call(category).accepted().contacted();
    Desk.Order late = desk.call(category).accepted().contacted();
    assertThat(inTime.limit("RESOLVE").path("dueAt").asText()).isEqualTo(due);
    desk.itIs(due);
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(inTime.warnings("办结")).isEqualTo(1);
    assertThat(late.isBreached("RESOLVE")).isTrue();
    assertThat(late.breaches("办结")).isEqualTo(1);
    assertThat(inTime.line("回单")).startsWith("yunfu-water.engineering 回单 YF-14".substring(0, 12));
  }

  @Test
  @DisplayName("YF-9a：回单须写处理结果；措施、部件、费用留在工单上")
  void workReport() {
    Desk.Order order = inWork();
    Desk.Answer refused = order.tries("engineering", "report-work", "outcome", "DONE");
    assertThat(refused.field()).isEqualTo("result");
    order.does(
        "engineering",
        "report-work",
        "outcome",
        "DONE",
        "result",
        "已更换水表接头",
        "measures",
        "更换接头",
        "parts",
        "DN20接头1个",
        "cost",
        35.5);
    JsonNode view = order.view();
    assertThat(view.path("result").asText()).isEqualTo("已更换水表接头");
    assertThat(view.path("parts").asText()).isEqualTo("DN20接头1个");
    assertThat(view.path("cost").asText()).isEqualTo("35.5");
    assertThat(view.path("status").asText()).isEqualTo("CALLBACK");
  }

  @Test
  @DisplayName("YF-9d 第九条：延期申请由责任部门负责人审批，同意后新时限生效，原时限留痕")
  void extensionApproved() {
    Desk.Order order = inWork();
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by yunfu-water.engineering",
            "decide-extension by yunfu-water.engineering-leader");
    assertThat(order.limit("RESOLVE").path("originalDueAt").isNull()).isTrue();
    assertThat(order.tries("dispatcher", "decide-extension", "approved", true).status())
        .isEqualTo(403);
    assertThat(order.tasksSeenBy("engineering")).doesNotContain("decide-extension");

    order.does("engineering-leader", "decide-extension", "approved", true);
    JsonNode limit = order.limit("RESOLVE");
    assertThat(limit.path("dueAt").asText()).isEqualTo("2026-11-20T12:00:00+08:00");
    assertThat(limit.path("originalDueAt").asText()).isEqualTo("2026-11-18T09:00:00+08:00");
    assertThat(Desk.at(order.waiting("report-work"), "dueAt")).isEqualTo(order.due("RESOLVE"));
    assertThat(order.line("同意延期")).isEqualTo("yunfu-water.engineering-leader 同意延期 YF-9d DEFAULT");
    assertThat(order.record()).containsSubsequence("申请延期", "同意延期", "时限延长");

    desk.itIs("2026-11-20T12:00:00+08:00");
    assertThat(order.breaches("办结")).isZero();
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isFalse();
  }

  @Test
  @DisplayName("YF-9d：延长后的时限晚一毫秒仍为超期")
  void extendedLimitBoundary() {
    Desk.Order order = inWork();
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    order.does("engineering-leader", "decide-extension", "approved", true);
    desk.itIs("2026-11-20T12:00:00.001+08:00");
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isTrue();
    assertThat(order.breaches("办结")).isEqualTo(1);
  }

  @Test
  @DisplayName("YF-9d：不同意须写理由，原时限不变，申请与决定都留痕，可再次申请")
  void extensionRejected() {
    Desk.Order order = inWork();
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    Desk.Answer again = order.tries("engineering", "report-work", TWO_DAYS_MORE);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.detail()).contains("上一次延期申请还在审批");
    Desk.Answer refused = order.tries("engineering-leader", "decide-extension", "approved", false);
    assertThat(refused.field()).isEqualTo("reason");

    order.does("engineering-leader", "decide-extension", "approved", false, "reason", "应加派人手");
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-18T09:00:00+08:00");
    assertThat(order.limit("RESOLVE").path("originalDueAt").isNull()).isTrue();
    assertThat(order.record()).containsSubsequence("申请延期", "不同意延期").doesNotContain("时限延长");
    assertThat(order.waitsFor()).containsExactly("report-work by yunfu-water.engineering");
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    order.does("engineering-leader", "decide-extension", "approved", true);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-20T12:00:00+08:00");
  }

  @Test
  @DisplayName("YF-9d：审批未决即完工，申请失效，负责人不再需要审批")
  void extensionLapsed() {
    Desk.Order order = inWork();
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    order.reported();
    assertThat(order.record()).contains("延期申请失效");
    assertThat(order.tasksSeenBy("engineering-leader")).isEmpty();
    desk.pass(Duration.ofHours(5));
    assertThat(order.breaches("审批延期")).isZero();
  }

  @Test
  @DisplayName("YF-9d：延期须晚于原时限和现在，须写原因")
  void extensionRefused() {
    Desk.Order order = inWork();
    assertThat(order.tries("engineering", "report-work", "outcome", "EXTENSION").field())
        .isEqualTo("extensionUntil");
    assertThat(
            order
                .tries(
                    "engineering",
                    "report-work",
                    "outcome",
                    "EXTENSION",
                    "extensionUntil",
                    "2026-11-18T09:00:00+08:00",
                    "extensionReason",
                    "等待")
                .field())
        .isEqualTo("extensionUntil");
    assertThat(
            order
                .tries(
                    "engineering",
                    "report-work",
                    "outcome",
                    "EXTENSION",
                    "extensionUntil",
                    "2026-11-18T09:00:01+08:00")
                .field())
        .isEqualTo("extensionReason");
    assertThat(order.waitsFor()).containsExactly("report-work by yunfu-water.engineering");
  }

  @Test
  @DisplayName("YF-9d：延期4小时内未决定，到点不报，晚一秒上报一次；晚决定仍算数")
  void decisionBoundary() {
    Desk.Order order = inWork();
    order.does("engineering", "report-work", TWO_DAYS_MORE);
    Instant due = Desk.at(order.waiting("decide-extension"), "dueAt");
    assertThat(due).isEqualTo(desk.now().plus(Duration.ofHours(4)));
    desk.itIs(due);
    assertThat(order.breaches("审批延期")).isZero();
    desk.pass(Duration.ofSeconds(1));
    assertThat(order.breaches("审批延期")).isEqualTo(1);
    desk.pass(Duration.ofHours(20));
    assertThat(order.breaches("审批延期")).isEqualTo(1);
    order.does("engineering-leader", "decide-extension", "approved", true);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-20T12:00:00+08:00");
  }
}
