package hotline.scenarios;

import static hotline.scenarios.Desk.local;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.scenarios.OutageDesk.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The same diagrams run the outages of the other four companies. */
@Scenario
@DisplayName("停供：乌达、银川、燃气、维修中心")
class OutageElsewhereTest {
  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Map<String, Object> heat(String kind, Object... changes) {
    Map<String, Object> report =
        kind.equals("PLANNED") ? outages.planned(changes) : outages.unplanned(changes);
    report.put("company", "wuda-heat");
    report.put("districts", List.of("xinda"));
    return report;
  }

  @Test
  @DisplayName("RL-4b C10 乌达计划检修：提前48小时书面通知调度中心，恰好48小时算及时；通知后调度中心才统一口径并公开")
  void writtenNoticeOfPlannedWork() {
    Outage outage =
        outages.reportedBy(
            "wuda-heat.operations-1",
            heat(
                "PLANNED",
                "start",
                local(desk.now(), 4, "08:00"),
                "end",
                local(desk.now(), 4, "20:00")));
    assertThat(outage.due("WRITTEN_NOTICE"))
        .isEqualTo(OffsetDateTime.parse(local(desk.now(), 2, "08:00")).toInstant());
    assertThat(outage.duty("WRITTEN_NOTICE").path("by").asText()).isEqualTo("operations-1");
    assertThat(outage.duty("WRITTEN_NOTICE").path("article").asText()).contains("RL-4b");
    assertThat(outage.duties()).containsEntry("BRIEF_SEATS", "WAITING");
    assertThat(outage.isPublic()).isFalse();
    desk.itIs(outage.due("WRITTEN_NOTICE"));
    outage.done("operations-1", "WRITTEN_NOTICE");
    assertThat(outage.duty("WRITTEN_NOTICE").path("breached").asBoolean()).isFalse();
    assertThat(outage.duties()).containsEntry("BRIEF_SEATS", "OPEN");
    assertThat(outage.isPublic()).isTrue();
  }

  @Test
  @DisplayName("RL-4b C10 乌达故障停热：书面通知立即办，坐席口径立即统一，公开页立即可见")
  void faultAtOnce() {
    Outage outage = outages.reportedBy("wuda-heat.network-operations", heat("UNPLANNED"));
    assertThat(outage.due("WRITTEN_NOTICE")).isBefore(desk.now().plus(Duration.ofHours(1)));
    assertThat(outage.duties()).containsEntry("BRIEF_SEATS", "OPEN");
    assertThat(outage.isPublic()).isTrue();
    assertThat(outage.publicly().path(0).path("effectName").asText()).isEqualTo("停热");
  }

  @Test
  @DisplayName("RL-4c 抢修停热期间的来电：坐席看到公告，告知预计恢复供热时间和应急措施，不派单")
  void seatTellsWhatWasAnnounced() {
    Outage outage =
        outages.reportedBy(
            "wuda-heat.network-operations", heat("UNPLANNED", "measures", "已启用备用热源"));
    Desk.Order order =
        desk.callOf("wuda-heat", "NOT_WARM", "/caller/district", "xinda", "/outage", outage.number);
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.view().path("answer").asText()).contains("停热", "预计", "恢复供热", "已启用备用热源");
  }

  @Test
  @DisplayName("RL-8.3 现场报告影响供热：即转为停热事件，由到场部门核定范围；没有预计时间不收")
  void affectedSupplyBecomesAnOutage() {
    Desk.Order order =
        desk.callOf(
            "wuda-heat",
            "REPAIR",
            "/caller/district",
            "xinda",
            "/facts/networkPart",
            "PRIMARY_MAIN",
            "/description",
            "管道漏水");
    while (!order.waitsFor().toString().contains("accept")) {
      order.checked();
    }
    String unit = order.department();
    order.does(unit + "-leader", "accept", "outcome", "ACCEPT", "worker", "王师傅");
    assertThat(
            order.tries(unit, "report-arrival", "situation", "主管破裂", "affectsSupply", true).field())
        .isEqualTo("expectedAt");
    order.does(
        unit,
        "report-arrival",
        "situation",
        "主管破裂",
        "affectsSupply",
        true,
        "expectedAt",
        local(desk.now(), 1, "06:00"));
    String number = order.note("转为停供事件");
    Outage outage = outages.outage("wuda-heat", number);
    assertThat(outage.status()).isEqualTo("DRAFT");
    assertThat(outage.record()).contains("登记停供", "来自工单");
    assertThat(outage.view().path("end").asText()).isEqualTo(local(desk.now(), 1, "06:00"));
    outage.doesTask(
        unit,
        "determine-range",
        "outcome",
        "REPORT",
        "area",
        "新达片区",
        "affectedDistricts",
        List.of("xinda"),
        "affectedPopulation",
        1200,
        "start",
        outage.view().path("start").asText(),
        "end",
        outage.view().path("end").asText(),
        "reason",
        "一次网抢修");
    assertThat(outage.isPublic()).isTrue();
    assertThat(outage.duties()).containsKey("WRITTEN_NOTICE");
  }

  @Test
  @DisplayName("YC-24 银川：影响一个单元以上的停水立即发布到96666微信工作平台，由坐席办")
  void publishedOnTheWorkPlatformAtOnce() {
    Map<String, Object> report =
        outages.unplanned("districts", List.of("xingqing"), "affectedPopulation", 40);
    report.put("company", "yinchuan-water");
    Outage outage = outages.reportedBy("yinchuan-water.network-xingqing", report);
    assertThat(outage.duty("PUBLISH_WECHAT").path("by").asText()).isEqualTo("agent");
    assertThat(outage.duty("PUBLISH_WECHAT").path("article").asText()).contains("YC-24");
    assertThat(outage.due("PUBLISH_WECHAT")).isBefore(desk.now().plus(Duration.ofMinutes(31)));
    assertThat(outage.isPublic()).isTrue();
  }

  @ParameterizedTest(name = "ALL-1 {0}：从报告到办结，用同一张图")
  @CsvSource({
    "yinchuan-water, network-xingqing, xingqing, PLANNED",
    "yinchuan-water, water-production, xingqing, UNPLANNED",
    "gas, east-repair, east, PLANNED",
    "gas, division-west, west, UNPLANNED",
    "water-repair, network, east, PLANNED",
    "water-repair, crew-south, south, UNPLANNED",
    "wuda-heat, operations-2, binhai, PLANNED",
    "wuda-heat, network-engineering, binhai, UNPLANNED"
  })
  void fromReportToClosure(String company, String reporter, String district, String kind) {
    boolean works = reporter.equals("water-production");
    Map<String, Object> report =
        kind.equals("PLANNED")
            ? outages.planned(
                "start", local(desk.now(), 5, "08:00"), "end", local(desk.now(), 5, "18:00"))
            : outages.unplanned();
    report.put("company", company);
    report.put("districts", List.of(district));
    report.put("keyCustomers", List.of("区中心医院"));
    if (works) {
      report.put("origin", "PLANT");
    }
    Outage outage = outages.reportedBy(company + "." + reporter, report);
    outage.allDone();
    assertThat(outage.isPublic()).isTrue();
    Instant start = Desk.at(outage.view(), "start");
    if (start.isAfter(desk.now())) {
      desk.itIs(start);
    }
    assertThat(outage.status()).isEqualTo("RUNNING");
    outage.doesTask(reporter, "follow-outage", "outcome", "RESTORED", "note", "已恢复");
    assertThat(outage.duties("OPEN")).isNotEmpty();
    outage.allDone();
    assertThat(outage.view().path("closedAt").isNull()).isFalse();
    assertThat(outage.record()).endsWith("办结");
  }
}
