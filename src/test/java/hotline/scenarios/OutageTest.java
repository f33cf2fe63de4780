package hotline.scenarios;

import static hotline.scenarios.Desk.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Outages of 云浮 from their report to their end. */
@Scenario
@Tag("mariadb")
@DisplayName("停水：从报告到办结")
class OutageTest {
  private static final String[] APPROVED = {"outcome", "APPROVED", "reference", "云城管〔2026〕88号"};

  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private static Instant moment(String text) {
    return java.time.OffsetDateTime.parse(text).toInstant();
  }

  @Nested
  @DisplayName("先批准，后通知")
  class ApprovalFirst {
    @Test
    @DisplayName("YF-16b 超过5000人的管网计划停水：批准前只能报批，批准后才张贴、发布和通知，办到恢复为止")
    void approvedBeforeAnybodyIsTold() {
      Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5001));
      assertThat(outage.status()).isEqualTo("APPROVAL");
      assertThat(outage.duties("OPEN")).containsExactly("REGULATOR_APPROVAL");
      assertThat(outage.duties("WAITING"))
          .contains(
              "POST_SITE",
              "PUBLISH_WECHAT",
              "PUBLISH_WEBSITE",
              "PHONE_AREA",
              "NOTIFY_PRODUCTION",
              "NOTIFY_EXECUTIVE",
              "PUBLISH_FORUM",
              "TELL_DISPATCH_CENTRE");
      assertThat(outage.isPublic()).isFalse();
      assertThat(outage.waitsFor())
          .containsExactlyInAnyOrder(
              "obtain-approval by yunfu-water.engineering",
              "follow-outage by yunfu-water.engineering");

      outage.does("engineering", "REGULATOR_APPROVAL", (Object[]) APPROVED);

      assertThat(outage.status()).isEqualTo("ANNOUNCED");
      assertThat(outage.duties("WAITING")).isEmpty();
      assertThat(outage.isPublic()).isTrue();
      assertThat(outage.record()).contains("报告计划停供", "批准");

      desk.pass(Duration.ofHours(24));
      assertThat(outage.status()).isEqualTo("RUNNING");
      outage.allDone();
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED", "note", "已恢复");
      assertThat(outage.status()).isEqualTo("RESTORED");
      assertThat(outage.duties("OPEN")).containsExactly("PUBLISH_RESTORED");
      outage.allDone();
      assertThat(outage.view().path("closedAt").isNull()).isFalse();
      assertThat(outage.view().path("waitingFor")).isEmpty();
    }

    @Test
    @DisplayName("YF-16b 未获批准：停水不进行、不公开、不再通知任何人，随即办结")
    void refused() {
      Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5001));
      outage.does("engineering", "REGULATOR_APPROVAL", "outcome", "REFUSED", "reason", "中考期间不得停水");
      assertThat(outage.status()).isEqualTo("REFUSED");
      assertThat(outage.isPublic()).isFalse();
      assertThat(outage.duties("OPEN")).isEmpty();
      assertThat(outage.duties("WAITING")).isEmpty();
      assertThat(outage.duties("WAIVED")).contains("PUBLISH_WECHAT", "PHONE_AREA");
      assertThat(outage.view().path("waitingFor")).isEmpty();
      assertThat(outage.record()).contains("未获批准").endsWith("办结");
      desk.pass(Duration.ofDays(3));
      assertThat(outage.status()).isEqualTo("REFUSED");
    }

    @Test
    @DisplayName("YF-16b 报批要写明批准文号，未批准要写明原因，缺了不收，任务还在")
    void approvalSaysWhat() {
      Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5001));
      Answer without = outage.tries("engineering", "REGULATOR_APPROVAL", "outcome", "APPROVED");
      assertThat(without.status()).isEqualTo(422);
      assertThat(without.field()).isEqualTo("reference");
      assertThat(outage.tries("engineering", "REGULATOR_APPROVAL", "outcome", "REFUSED").field())
          .isEqualTo("reason");
      assertThat(outage.tries("engineering", "REGULATOR_APPROVAL").field()).isEqualTo("outcome");
      assertThat(outage.duties("OPEN")).containsExactly("REGULATOR_APPROVAL");
    }

    @Test
    @DisplayName("YF-17b 水厂计划停水：生产部的调度计划、公司领导审批、再通知呼叫中心；手续同时办，停水前办完")
    void plant() {
      Outage outage =
          outages.reported(
              "production",
              outages.planned(
                  "origin",
                  "PLANT",
                  "start",
                  local(desk.now(), 5, "08:00"),
                  "end",
                  local(desk.now(), 5, "20:00")));
      assertThat(outage.duties("OPEN")).containsExactly("DISPATCH_PLAN");
      assertThat(outage.duty("DISPATCH_PLAN").path("by").asText()).isEqualTo("production");
      outage.done("production", "DISPATCH_PLAN");
      assertThat(outage.duties("OPEN")).containsExactly("LEADER_APPROVAL");
      assertThat(outage.duty("LEADER_APPROVAL").path("by").asText()).isEqualTo("executive-leader");
      assertThat(outage.isPublic()).isFalse();
      outage.does("executive-leader", "LEADER_APPROVAL", (Object[]) APPROVED);
      assertThat(outage.isPublic()).isTrue();
      assertThat(outage.duties("OPEN"))
          .contains("BUREAU_FORMALITIES", "PUBLISH_FORUM", "PUBLISH_NEWSPAPER", "REPORT_UPWARD")
          .contains("PUBLISH_WECHAT", "PUBLISH_WEBSITE", "PHONE_AREA");
      assertThat(outage.due("BUREAU_FORMALITIES"))
          .isEqualTo(moment(outage.view().path("start").asText()));
    }

    @Test
    @DisplayName("YF-17b 公司领导不同意：水厂停水不进行，呼叫中心无须发布")
    void plantRefused() {
      Outage outage =
          outages.reported(
              "production",
              outages.planned(
                  "origin",
                  "PLANT",
                  "start",
                  local(desk.now(), 5, "08:00"),
                  "end",
                  local(desk.now(), 5, "20:00")));
      outage.done("production", "DISPATCH_PLAN");
      outage.does("executive-leader", "LEADER_APPROVAL", "outcome", "REFUSED", "reason", "改到夜间");
      assertThat(outage.status()).isEqualTo("REFUSED");
      assertThat(outage.duties())
          .containsEntry("DISPATCH_PLAN", "DONE")
          .containsEntry("PUBLISH_WECHAT", "WAIVED");
      assertThat(outage.isPublic()).isFalse();
    }
  }

  @Nested
  @DisplayName("谁来报告，何时公开")
  class Reporting {
    @Test
    @DisplayName("YF-16a 管网由工程公司、厂站由生产部报告，别人报告不收")
    void reporters() {
      assertThat(outages.tries("production", outages.planned()).status()).isEqualTo(403);
      assertThat(outages.tries("agent", outages.planned()).status()).isEqualTo(403);
      assertThat(outages.tries("engineering", outages.planned("origin", "PLANT")).status())
          .isEqualTo(403);
      assertThat(outages.tries("engineering-leader", outages.planned()).status()).isEqualTo(201);
      assertThat(outages.tries("production", outages.planned("origin", "BOOSTER_STATION")).status())
          .isEqualTo(201);
    }

    @Test
    @DisplayName("YF-16d 计划停水一可通知就公开，突发停水立即公开，营业部和坐席都能办")
    void publishedAtOnce() {
      Outage planned = outages.reported("engineering", outages.planned());
      assertThat(planned.isPublic()).isTrue();
      Outage unplanned = outages.reported("engineering", outages.unplanned());
      assertThat(unplanned.isPublic()).isTrue();
      assertThat(unplanned.status()).isEqualTo("RUNNING");
      unplanned.done("agent", "PUBLISH_WECHAT").done("business", "PUBLISH_WEBSITE");
      assertThat(unplanned.duty("PUBLISH_WECHAT").path("doneBy").asText())
          .isEqualTo("yunfu-water.agent");
      assertThat(unplanned.tries("technical", "PHONE_AREA", "outcome", "DONE").status())
          .isEqualTo(403);
    }

    @Test
    @DisplayName("YF-1 减压供水与停水一样报告、一样有各项职责")
    void reducedPressure() {
      Outage shutoff = outages.reported("engineering", outages.planned());
      Outage reduced =
          outages.reported("engineering", outages.planned("effect", "REDUCED_PRESSURE"));
      assertThat(reduced.duties().keySet()).isEqualTo(shutoff.duties().keySet());
      assertThat(reduced.view().path("effect").asText()).isEqualTo("REDUCED_PRESSURE");
    }

    @Test
    @DisplayName("YF-16a 报告里的阀门、主干道路、重要用户、原因都在停水记录上，本公司人人可查，别家公司查不到")
    void whatWasReported() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "mainRoad",
                  true,
                  "keyCustomers",
                  List.of("云浮市第一人民医院（演示）", "名录外的豆制品厂"),
                  "valves",
                  List.of(Desk.map("number", "F-102", "diameterMm", 300, "place", "世纪大道路口"))));
      JsonNode view = outage.view();
      assertThat(view.path("valves").path(0).path("diameterMm").asInt()).isEqualTo(300);
      assertThat(view.path("mainRoad").asBoolean()).isTrue();
      assertThat(view.path("keyCustomers").path(1).asText()).isEqualTo("名录外的豆制品厂");
      assertThat(view.path("reason").asText()).isEqualTo("DN400主管接驳施工");
      for (String person : List.of("agent", "technical", "manager", "executive", "designer")) {
        assertThat(desk.get("/api/outages/" + outage.number, "yunfu-water." + person).status())
            .as(person)
            .isEqualTo(200);
      }
      assertThat(desk.get("/api/outages/" + outage.number, "gas.agent").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("同一 Idempotency-Key 只报一次；换了内容不收")
    void oncePerKey() {
      var report = outages.planned();
      Answer first = desk.post("/api/outages", report, "yunfu-water.engineering", "key-1");
      Answer again = desk.post("/api/outages", report, "yunfu-water.engineering", "key-1");
      assertThat(first.status()).isEqualTo(201);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.body().path("number")).isEqualTo(first.body().path("number"));
      report.put("reason", "另一原因");
      assertThat(desk.post("/api/outages", report, "yunfu-water.engineering", "key-1").status())
          .isEqualTo(409);
    }

    @Test
    @DisplayName("YF-16a 在任务列表里报告：先登记，再核定范围，名录合计作建议，提前量不足要先知悉")
    void inTasklist() {
      Outage outage =
          outages.typed(
              "engineering",
              "planned-outage",
              "origin",
              "NETWORK",
              "area",
              "世纪花园、金山豪庭一带",
              "start",
              local(desk.now(), 1, "06:00"),
              "end",
              local(desk.now(), 1, "18:00"),
              "reason",
              "阀门更换");
      assertThat(outage.status()).isEqualTo("DRAFT");
      assertThat(outage.isPublic()).isFalse();
      Object[] range = {
        "outcome",
        "REPORT",
        "area",
        "世纪花园、金山豪庭一带",
        "affectedDistricts",
        List.of("yuncheng"),
        "affectedPlaces",
        List.of("YC-E01", "YC-E02", "YC-E03"),
        "affectedPopulation",
        5000,
        "keyCustomers",
        List.of("YC-K01"),
        "otherKeyCustomers",
        "名录外的豆制品厂",
        "mainRoad",
        false,
        "valves",
        "F-102 DN300 世纪大道路口\nF-103",
        "start",
        local(desk.now(), 1, "06:00"),
        "end",
        local(desk.now(), 1, "18:00"),
        "reason",
        "阀门更换"
      };
      Answer warned = outage.triesTask("engineering", "determine-range", range);
      assertThat(warned.status()).isEqualTo(422);
      assertThat(warned.field()).isEqualTo("confirmed");
      assertThat(warned.detail()).contains("电话通知重要用户", "24小时", "YF-17a", "第三条（三）");
      assertThat(outage.status()).isEqualTo("DRAFT");

      Object[] confirmed = java.util.Arrays.copyOf(range, range.length + 2);
      confirmed[range.length] = "confirmed";
      confirmed[range.length + 1] = true;
      outage.doesTask("engineering", "determine-range", confirmed);

      JsonNode view = outage.view();
      assertThat(view.path("status").asText()).isEqualTo("ANNOUNCED");
      assertThat(view.path("population").path("proposed").asInt()).isEqualTo(5000);
      assertThat(view.path("population").path("source").asText()).isEqualTo("DIRECTORY");
      assertThat(view.path("valves")).hasSize(2);
      assertThat(view.path("keyCustomers")).hasSize(2);
      assertThat(outage.record()).contains("登记停供", "报告计划停供", "提前量不足");
      assertThat(outage.due("PHONE_KEY_CUSTOMERS"))
          .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
      assertThat(outage.duty("PHONE_AREA").path("contacts")).hasSize(3);
      assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("contacts")).hasSize(2);
    }

    @Test
    @DisplayName("YF-16a 报错了可以撤销：什么也不公开，没有人再有任务")
    void withdrawn() {
      Outage outage = outages.begunUnplanned();
      outage.doesTask("engineering", "determine-range", "outcome", "WITHDRAW");
      assertThat(outage.status()).isEqualTo("CANCELLED");
      assertThat(outage.isPublic()).isFalse();
      assertThat(outage.duties()).isEmpty();
    }

    @Test
    @DisplayName("YF-16a 更正后的人数与名录不同时，两个数和来源都在记录上")
    void correctedPopulation() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned("places", List.of("YC-E01", "YC-E02"), "affectedPopulation", 5001));
      assertThat(outage.view().path("population").path("proposed").asInt()).isEqualTo(4999);
      assertThat(outage.view().path("population").path("source").asText()).isEqualTo("CORRECTED");
      assertThat(outage.duties()).containsKey("REGULATOR_APPROVAL");
    }
  }

  @Nested
  @DisplayName("提前24小时，不足的立即")
  class KeyCustomers {
    @Test
    @DisplayName("YF-17a C1 重要用户：恰在开始前24小时到期，这一刻办到算及时，晚一秒算超期")
    void exactly24Hours() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "places",
                  List.of("YC-E01"),
                  "keyCustomers",
                  List.of("YC-K01"),
                  "start",
                  local(desk.now(), 2, "08:00"),
                  "end",
                  local(desk.now(), 2, "18:00")));
      Instant due = moment(local(desk.now(), 1, "08:00"));
      assertThat(outage.due("PHONE_KEY_CUSTOMERS")).isEqualTo(due);
      assertThat(outage.view().path("warnings")).isEmpty();
      desk.itIs(due);
      outage.does(
          "agent", "PHONE_KEY_CUSTOMERS", "outcome", "DONE", "reachedContacts", List.of("YC-K01"));
      assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("breached").asBoolean()).isFalse();

      Outage late =
          outages.reported(
              "engineering",
              outages.planned(
                  "keyCustomers", List.of("YC-K01"),
                  "start", local(desk.now(), 2, "08:00"),
                  "end", local(desk.now(), 2, "18:00")));
      desk.itIs(late.due("PHONE_KEY_CUSTOMERS").plusSeconds(1));
      assertThat(late.duty("PHONE_KEY_CUSTOMERS").path("breached").asBoolean()).isTrue();
      assertThat(late.record()).contains("时限提醒", "超期");
    }

    @Test
    @DisplayName("YF-17a 报告时已不足24小时：立即办，报告人当场看到会违反哪一条")
    void atOnceWhenFewerAreLeft() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned("keyCustomers", List.of("YC-K01"), "places", List.of("YC-E01")));
      assertThat(outage.due("PHONE_KEY_CUSTOMERS"))
          .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
      assertThat(outage.view().path("warnings")).hasSize(1);
      assertThat(outage.view().path("warnings").path(0).asText())
          .contains("电话通知重要用户", "24小时", "YF-17a");
    }

    @Test
    @DisplayName("YF-3c 突发停水的重要用户立即通知，依第三条（三），不依17a")
    void unplannedAtOnce() {
      Outage outage =
          outages.reported("engineering", outages.unplanned("keyCustomers", List.of("YC-K01")));
      assertThat(outage.due("PHONE_KEY_CUSTOMERS"))
          .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
      assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("article").asText())
          .contains("YF-3c")
          .doesNotContain("YF-17a");
    }

    @Test
    @DisplayName("YF-17a 改期到24小时以内：未办的立即到期，已通知过的再通知一次，哪条赶不上写在记录上")
    void movedNearer() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "keyCustomers", List.of("YC-K01", "YC-K02"),
                  "start", local(desk.now(), 3, "08:00"),
                  "end", local(desk.now(), 3, "18:00")));
      outage.does(
          "agent",
          "PHONE_KEY_CUSTOMERS",
          "outcome",
          "RECORD",
          "reachedContacts",
          List.of("YC-K01"));
      outage.done("business", "PUBLISH_WECHAT");

      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "start",
          local(desk.now(), 0, "20:00"),
          "end",
          local(desk.now(), 0, "23:00"),
          "reason",
          "施工单位提前进场");

      assertThat(outage.due("PHONE_KEY_CUSTOMERS"))
          .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
      assertThat(outage.view().path("warnings").path(0).asText()).contains("24小时");
      assertThat(outage.record()).contains("变更", "提前量不足");
      for (JsonNode contact : outage.duty("PHONE_KEY_CUSTOMERS").path("contacts")) {
        assertThat(contact.path("status").asText()).isEqualTo("OPEN");
      }
      assertThat(outage.duties())
          .containsEntry("PUBLISH_WECHAT", "DONE")
          .containsEntry("PUBLISH_WECHAT-1", "OPEN")
          .doesNotContainKey("PUBLISH_WEBSITE-1");
      assertThat(outage.duty("PUBLISH_WECHAT-1").path("label").asText()).startsWith("变更再告：");
      desk.itIs(local(desk.now(), 0, "20:00"));
      assertThat(outage.status()).isEqualTo("RUNNING");
    }
  }

  @Nested
  @DisplayName("变更、取消、恢复")
  class Changes {
    @Test
    @DisplayName("YF-16d 延长：停水中改预计恢复时间，已通知过的逐一再告，公开页随即更新")
    void prolonged() {
      Outage outage = outages.reported("engineering", outages.unplanned());
      outage.done("business", "PUBLISH_WECHAT", "PHONE_AREA");
      String until = local(desk.now(), 1, "06:00");
      outage.doesTask(
          "engineering", "follow-outage", "outcome", "CHANGE", "end", until, "reason", "管材未到");
      assertThat(outage.duties("OPEN")).contains("PUBLISH_WECHAT-1", "PHONE_AREA-1");
      assertThat(outage.publicly().path(0).path("end").asText()).isEqualTo(until);
      assertThat(outage.publicly().path(0).path("changeNote").asText()).contains("管材未到");
      Answer started =
          outage.triesTask(
              "engineering",
              "follow-outage",
              "outcome",
              "CHANGE",
              "start",
              local(desk.now(), 1, "01:00"),
              "reason",
              "x");
      assertThat(started.field()).isEqualTo("start");
    }

    @Test
    @DisplayName("YF-16b 人数更正到5001：补报批、红豆网和张贴，未获批准则取消并再告")
    void correctedBeyondTheThreshold() {
      Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5000));
      assertThat(outage.duties()).doesNotContainKeys("REGULATOR_APPROVAL", "PUBLISH_FORUM");
      outage.done("business", "PUBLISH_WECHAT");
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "affectedPopulation",
          5001,
          "reason",
          "复核人数");
      assertThat(outage.duties())
          .containsEntry("REGULATOR_APPROVAL", "OPEN")
          .containsEntry("PUBLISH_FORUM", "WAITING");
      outage.does("engineering", "REGULATOR_APPROVAL", "outcome", "REFUSED", "reason", "改期再报");
      assertThat(outage.status()).isEqualTo("REFUSED");
      assertThat(outage.duties("OPEN")).containsExactly("PUBLISH_WECHAT-2");
      outage.allDone();
      assertThat(outage.view().path("closedAt").isNull()).isFalse();
    }

    @Test
    @DisplayName("YF-16d 取消：还没通知的不用通知，已通知的再告取消，办完才办结")
    void cancelled() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "keyCustomers", List.of("YC-K01", "YC-K02"), "places", List.of("YC-E01")));
      outage.done("business", "PUBLISH_WECHAT");
      outage.does(
          "agent",
          "PHONE_KEY_CUSTOMERS",
          "outcome",
          "RECORD",
          "reachedContacts",
          List.of("YC-K02"));
      outage.doesTask("engineering", "follow-outage", "outcome", "CANCEL", "reason", "施工单位延误");
      assertThat(outage.status()).isEqualTo("CANCELLED");
      assertThat(outage.duties("OPEN"))
          .containsExactly("PHONE_KEY_CUSTOMERS-1", "PUBLISH_WECHAT-1");
      assertThat(outage.duty("PHONE_KEY_CUSTOMERS-1").path("contacts")).hasSize(1);
      assertThat(outage.duties())
          .containsEntry("PHONE_AREA", "WAIVED")
          .containsEntry("PUBLISH_WEBSITE", "WAIVED");
      assertThat(outage.publicly().path(0).path("status").asText()).isEqualTo("CANCELLED");
      outage.allDone();
      assertThat(outage.record()).endsWith("办结");
    }

    @Test
    @DisplayName("停水开始后不能取消，开始前不能报恢复，没有改动的变更不收")
    void refusals() {
      Outage planned = outages.reported("engineering", outages.planned());
      assertThat(planned.triesTask("engineering", "follow-outage", "outcome", "RESTORED").detail())
          .contains("还没有开始");
      assertThat(
              planned
                  .triesTask("engineering", "follow-outage", "outcome", "CHANGE", "reason", "无")
                  .detail())
          .contains("没有改动");
      Outage running = outages.reported("engineering", outages.unplanned());
      assertThat(
              running
                  .triesTask("engineering", "follow-outage", "outcome", "CANCEL", "reason", "无")
                  .detail())
          .contains("已经开始");
    }

    @Test
    @DisplayName("ALL-2 恢复后职责没办完不办结；免办要写理由")
    void closedOnlyWhenAllIsDone() {
      Outage outage = outages.reported("engineering", outages.unplanned());
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
      assertThat(outage.view().path("closedAt").isNull()).isTrue();
      assertThat(outage.tries("business", "PHONE_AREA", "outcome", "WAIVE").field())
          .isEqualTo("reason");
      outage.does("business", "PHONE_AREA", "outcome", "WAIVE", "reason", "二十分钟即恢复，未及通知");
      assertThat(outage.duty("PHONE_AREA").path("status").asText()).isEqualTo("WAIVED");
      outage.allDone();
      assertThat(outage.view().path("closedAt").isNull()).isFalse();
    }

    @Test
    @DisplayName("ALL-2 过了预计恢复时间没有消息：报告部门和值班班长得到提醒，只一次；延长后重新计")
    void overrun() {
      Outage outage = outages.reported("engineering", outages.unplanned());
      desk.itIs(moment(outage.view().path("end").asText()).plusSeconds(1));
      desk.postGoesOut();
      assertThat(desk.mailsTo("engineering")).anyMatch(subject -> subject.contains("已过预计恢复时间"));
      assertThat(desk.mailsTo("shift-supervisor"))
          .filteredOn(subject -> subject.contains("已过预计恢复时间"))
          .hasSize(1);
      desk.pass(Duration.ofHours(5));
      assertThat(outage.record()).containsOnlyOnce("超过预计恢复时间");
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "end",
          desk.now().plus(Duration.ofHours(2)).toString(),
          "reason",
          "还要两小时");
      desk.pass(Duration.ofHours(3));
      assertThat(outage.record()).filteredOn("超过预计恢复时间"::equals).hasSize(2);
    }
  }

  @Nested
  @DisplayName("一家一家地电话通知")
  class Contacts {
    private Outage outage;

    @BeforeEach
    void reported() {
      outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "places", List.of("YC-E01", "YC-E02", "YC-P01"), "affectedPopulation", 4999));
    }

    @Test
    @DisplayName("YF-16d 名单上一家一行：分次记录，打不通的再打，全部通知到才算办完，谁、何时、和谁说的都在")
    void lineByLine() {
      outage.does(
          "agent",
          "PHONE_AREA",
          "outcome",
          "RECORD",
          "reachedContacts",
          List.of("YC-E01"),
          "unreachedContacts",
          List.of("YC-E02"),
          "reachedPerson",
          "黄主任");
      assertThat(contact("YC-E01")).isEqualTo("REACHED 1");
      assertThat(contact("YC-E02")).isEqualTo("OPEN 1");
      assertThat(contact("YC-P01")).isEqualTo("OPEN 0");
      assertThat(waiting("PHONE_AREA").path("assignee").asText()).isEqualTo("yunfu-water.agent");
      desk.pass(Duration.ofMinutes(10));
      outage.does(
          "agent", "PHONE_AREA", "outcome", "DONE", "reachedContacts", List.of("YC-E02", "YC-P01"));
      assertThat(contact("YC-E02")).isEqualTo("REACHED 2");
      assertThat(outage.duty("PHONE_AREA").path("status").asText()).isEqualTo("DONE");
      assertThat(
              desk.tables()
                  .sql("SELECT code, attempted_by, reached FROM outage_contact_attempt ORDER BY id")
                  .query(
                      (row, i) ->
                          row.getString("code")
                              + " "
                              + row.getString("attempted_by")
                              + " "
                              + row.getBoolean("reached"))
                  .list())
          .containsExactly(
              "YC-E01 yunfu-water.agent true",
              "YC-E02 yunfu-water.agent false",
              "YC-E02 yunfu-water.agent true",
              "YC-P01 yunfu-water.agent true");
    }

    @Test
    @DisplayName("YF-16d 还有未通知到的不能算办完，说得出是哪几家；联系不上的写明理由")
    void notYetAll() {
      Answer early =
          outage.tries(
              "agent", "PHONE_AREA", "outcome", "DONE", "reachedContacts", List.of("YC-E01"));
      assertThat(early.status()).isEqualTo(422);
      assertThat(early.field()).isEqualTo("reason");
      assertThat(early.detail()).contains("还有 2 家", "金山豪庭");
      assertThat(contact("YC-E01")).isEqualTo("OPEN 0");
      outage.does(
          "agent",
          "PHONE_AREA",
          "outcome",
          "DONE",
          "reachedContacts",
          List.of("YC-E01"),
          "reason",
          "物业电话停机，已上门张贴");
      assertThat(contact("YC-P01")).isEqualTo("GIVEN_UP 0");
      assertThat(outage.duty("PHONE_AREA").path("note").asText()).contains("未通知到 2 家");
    }

    @Test
    @DisplayName("名单以外的、已通知到的、两边都选的不收，说得出是哪一家")
    void wrongChoices() {
      assertThat(
              outage
                  .tries(
                      "agent",
                      "PHONE_AREA",
                      "outcome",
                      "RECORD",
                      "reachedContacts",
                      List.of("XX-1"))
                  .detail())
          .contains("XX-1");
      assertThat(
              outage
                  .tries(
                      "agent",
                      "PHONE_AREA",
                      "outcome",
                      "RECORD",
                      "reachedContacts",
                      List.of("YC-E01"),
                      "unreachedContacts",
                      List.of("YC-E01"))
                  .detail())
          .contains("世纪花园");
      outage.does("agent", "PHONE_AREA", "outcome", "RECORD", "reachedContacts", List.of("YC-E01"));
      assertThat(
              outage
                  .tries(
                      "agent",
                      "PHONE_AREA",
                      "outcome",
                      "RECORD",
                      "reachedContacts",
                      List.of("YC-E01"))
                  .detail())
          .contains("已通知");
      assertThat(outage.tries("agent", "PHONE_AREA", "outcome", "RECORD").field())
          .isEqualTo("reachedContacts");
      assertThat(
              outage
                  .tries("agent", "PHONE_AREA", "outcome", "RECORD", "reachedContacts", "YC-E02")
                  .status())
          .isEqualTo(422);
    }

    @Test
    @DisplayName("没有名单的职责要写通知了谁、怎样通知")
    void whoAndHow() {
      assertThat(outage.tries("business", "PUBLISH_WECHAT", "outcome", "DONE").field())
          .isEqualTo("note");
      outage.does(
          "business",
          "PUBLISH_WECHAT",
          "outcome",
          "DONE",
          "note",
          "公众号文章0213",
          "doneAt",
          local(desk.now(), 0, "09:00"));
      assertThat(outage.duty("PUBLISH_WECHAT").path("note").asText()).contains("公众号文章0213");
    }

    private String contact(String code) {
      for (JsonNode each : outage.duty("PHONE_AREA").path("contacts")) {
        if (each.path("code").asText().equals(code)) {
          return each.path("status").asText() + " " + each.path("attempts").asInt();
        }
      }
      throw new AssertionError(code);
    }

    private JsonNode waiting(String duty) {
      for (JsonNode each : outage.view().path("waitingFor")) {
        if (each.path("duty").asText().equals(duty)) {
          return each;
        }
      }
      throw new AssertionError(duty);
    }
  }

  @Nested
  @DisplayName("时限监督和通知")
  class Supervision {
    @Test
    @DisplayName("YF-16d 职责一可办就通知负责的部门；临近提醒、超期上报，各一次；只有一个部门负责的，超期后负责人也能代办")
    void toldWarnedEscalated() {
      Outage outage = outages.reported("engineering", outages.unplanned());
      desk.postGoesOut();
      assertThat(desk.mailsTo("business"))
          .anyMatch(subject -> subject.contains("请办理：在微信公众号发布停水信息"));
      assertThat(desk.mailsTo("engineering"))
          .anyMatch(subject -> subject.contains("请办理：在施工现场张贴停水通知"));
      desk.pass(Duration.ofMinutes(20));
      desk.postGoesOut();
      assertThat(desk.mailsTo("business"))
          .filteredOn(subject -> subject.contains("时限将到：在微信公众号发布停水信息"))
          .hasSize(1);
      desk.pass(Duration.ofMinutes(11));
      desk.postGoesOut();
      assertThat(desk.mailsTo("business-leader"))
          .filteredOn(subject -> subject.contains("已超期：在微信公众号发布停水信息"))
          .hasSize(1);
      outage.done("agent", "PUBLISH_WECHAT");
      assertThat(outage.duty("PUBLISH_WECHAT").path("breached").asBoolean()).isTrue();
      desk.pass(Duration.ofMinutes(30));
      outage.done("engineering-leader", "POST_SITE");
      assertThat(outage.duty("POST_SITE").path("doneBy").asText())
          .isEqualTo("yunfu-water.engineering-leader");
    }
  }

  @Nested
  @DisplayName("来电遇到已知停水")
  class KnownAtIntake {
    private Outage outage;

    @BeforeEach
    void running() {
      outage =
          outages.reported(
              "engineering", outages.unplanned("places", List.of("YC-E01"), "measures", "已安排送水车"));
    }

    private Desk.Order call(String phone) {
      return desk.callTypedInTasklist(
          "agent",
          "callerPhone",
          phone,
          "address",
          "云城区世纪大道中12号世纪花园3栋501",
          "district",
          "yuncheng",
          "description",
          "家里没水");
    }

    @Test
    @DisplayName("YF-11 按公告当场答复：关联、计数、不派单，答复写明预计恢复时间和措施")
    void answeredAtOnce() {
      Desk.Order order = call("13800009001");
      order.does(
          "agent",
          "complete-intake",
          "outcome",
          "ANSWER",
          "category",
          "NO_WATER",
          "callerPhone",
          "13800009001",
          "address",
          "世纪花园3栋501",
          "district",
          "yuncheng",
          "description",
          "家里没水",
          "outage",
          outage.number);
      assertThat(order.status()).isEqualTo("ANSWERED");
      assertThat(order.view().path("answer").asText()).contains("已公告停水", "预计", "恢复供水", "已安排送水车");
      assertThat(order.view().path("outage").asText()).isEqualTo(outage.number);
      assertThat(order.notices("DISPATCH")).isEmpty();
      assertThat(outage.view().path("calls").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("YF-11 外部系统带上停供编号立单：同样答复、关联、计数")
    void answeredThroughTheApi() {
      Desk.Order order = desk.call("NO_WATER", "/outage", outage.number);
      assertThat(order.status()).isEqualTo("ANSWERED");
      assertThat(outage.view().path("calls").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("选了公告又要派单、公告编号不对、别家公司的停供：不收，说明怎么改")
    void wrongOutage() {
      Desk.Order order = call("13800009002");
      Object[] form = {
        "outcome", "DISPATCH",
        "category", "NO_WATER",
        "callerPhone", "13800009002",
        "description", "家里没水",
        "outage", outage.number
      };
      Answer dispatch = order.tries("agent", "complete-intake", form);
      assertThat(dispatch.field()).isEqualTo("outage");
      form[1] = "ANSWER";
      form[9] = "YF20260101-T999";
      assertThat(order.tries("agent", "complete-intake", form).detail()).contains("没有编号为");
      Answer others =
          desk.post(
              "/api/work-orders",
              Desk.body("gas", "ALARM", "/outage", outage.number),
              "gas.agent",
              "other-company");
      assertThat(others.status()).isEqualTo(422);
      assertThat(others.field()).isEqualTo("outage");
    }

    @Test
    @DisplayName("YF-16d 恢复后来过电话的客户各得一次告知：手机发一条短信，固定电话由坐席打")
    void callersAreToldOnce() {
      desk.call("NO_WATER", "/outage", outage.number, "/caller/phone", "13800009003");
      desk.call("NO_WATER", "/outage", outage.number, "/caller/phone", "13800009003");
      desk.call("NO_WATER", "/outage", outage.number, "/caller/phone", "0766-8812345");
      desk.call(
          "NO_WATER",
          "/outage",
          outage.number,
          "/caller/phone",
          "13800009004",
          "/caller/wantsCallback",
          false);
      assertThat(outage.view().path("calls").asInt()).isEqualTo(4);
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
      assertThat(
              desk.tables()
                  .sql("SELECT address FROM notice WHERE order_number = :n AND channel = 'SMS'")
                  .param("n", outage.number)
                  .query(String.class)
                  .list())
          .containsExactly("13800009003");
      assertThat(outage.duties("OPEN")).contains("TELL_CALLERS");
      JsonNode contacts = outage.duty("TELL_CALLERS").path("contacts");
      assertThat(contacts).hasSize(1);
      assertThat(contacts.toString()).doesNotContain("8812345");
      outage.does(
          "agent",
          "TELL_CALLERS",
          "outcome",
          "DONE",
          "reachedContacts",
          List.of(contacts.path(0).path("code").asText()));
    }

    @Test
    @DisplayName("恢复后仍没水的来电：不能再按公告答复，正常派单")
    void stillNoWater() {
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
      Answer refused =
          desk.post(
              "/api/work-orders",
              Desk.body("yunfu-water", "NO_WATER", "/outage", outage.number),
              "yunfu-water.agent",
              "still");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.detail()).contains("恢复供水", "仍未恢复的请立单派出");
      Desk.Order order = desk.call("NO_WATER");
      assertThat(order.status()).isNotEqualTo("ANSWERED");
    }
  }

  @Nested
  @DisplayName("报批中的变更，和来得太晚的批复")
  class Consent {
    private Outage outage;

    private void reported(int people) {
      outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "affectedPopulation",
                  people,
                  "start",
                  local(desk.now(), 3, "08:00"),
                  "end",
                  local(desk.now(), 3, "18:00")));
    }

    private void changed(Object... fields) {
      List<Object> all = new java.util.ArrayList<>(List.of("outcome", "CHANGE", "reason", "复核后变更"));
      all.addAll(List.of(fields));
      outage.doesTask("engineering", "follow-outage", all.toArray());
    }

    @Test
    @DisplayName("YF-16b 等批准时可以改期、可以取消，不必冒称未获批准")
    void changedOrCancelledWhilePending() {
      reported(5001);
      changed("end", local(desk.now(), 3, "20:00"));
      assertThat(outage.status()).isEqualTo("APPROVAL");
      assertThat(outage.duties("OPEN")).containsExactly("REGULATOR_APPROVAL");
      outage.doesTask("engineering", "follow-outage", "outcome", "CANCEL", "reason", "不施工了");
      assertThat(outage.status()).isEqualTo("CANCELLED");
      assertThat(outage.isPublic()).isFalse();
      assertThat(outage.view().path("waitingFor")).isEmpty();
      assertThat(outage.record()).doesNotContain("未获批准").endsWith("办结");
    }

    @Test
    @DisplayName("YF-16b 等批准时人数更正到5000：不再须批准，报批任务撤下，随即可以通知")
    void correctedBelowTheThreshold() {
      reported(5001);
      changed("affectedPopulation", 5000);
      assertThat(outage.status()).isEqualTo("ANNOUNCED");
      assertThat(outage.duties())
          .containsEntry("REGULATOR_APPROVAL", "WAIVED")
          .containsEntry("PUBLISH_FORUM", "WAIVED")
          .containsEntry("PUBLISH_WECHAT", "OPEN");
      assertThat(outage.isPublic()).isTrue();
      changed("affectedPopulation", 5001);
      assertThat(outage.status()).isEqualTo("APPROVAL");
      assertThat(outage.duties())
          .containsEntry("REGULATOR_APPROVAL-2", "OPEN")
          .containsEntry("PUBLISH_WECHAT", "WAITING");
      outage.does("engineering", "REGULATOR_APPROVAL-2", (Object[]) APPROVED);
      assertThat(outage.duties()).containsEntry("PUBLISH_WECHAT", "OPEN");
    }

    @Test
    @DisplayName("YF-16b 停水开始时还没批准：不算开始；过了预计恢复时间的批准不收，先变更")
    void startedWithoutConsent() {
      reported(5001);
      desk.itIs(local(desk.now(), 3, "09:00"));
      assertThat(outage.status()).isEqualTo("APPROVAL");
      desk.itIs(local(desk.now(), 0, "19:00"));
      Answer late = outage.tries("engineering", "REGULATOR_APPROVAL", (Object[]) APPROVED);
      assertThat(late.status()).isEqualTo(409);
      assertThat(late.detail()).contains("先在“跟进停供”里变更时间或取消");
      changed("end", local(desk.now(), 1, "18:00"), "start", local(desk.now(), 1, "08:00"));
      outage.does("engineering", "REGULATOR_APPROVAL", (Object[]) APPROVED);
      assertThat(outage.status()).isEqualTo("ANNOUNCED");
    }

    @Test
    @DisplayName("YF-16b 停水进行中才来的不批准：记录在案，停水照常跟到恢复，不冒称取消")
    void refusedWhileRunning() {
      reported(5000);
      desk.itIs(local(desk.now(), 3, "08:00"));
      assertThat(outage.status()).isEqualTo("RUNNING");
      changed("affectedPopulation", 6000);
      assertThat(outage.status()).isEqualTo("RUNNING");
      outage.does("engineering", "REGULATOR_APPROVAL", "outcome", "REFUSED", "reason", "应先报批");
      assertThat(outage.status()).isEqualTo("RUNNING");
      assertThat(outage.publicly().path(0).path("status").asText()).isEqualTo("RUNNING");
      assertThat(outage.record()).contains("未获批准");
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
      outage.allDone();
      assertThat(outage.view().path("closedAt").isNull()).isFalse();
    }

    @Test
    @DisplayName("YF-16b 恢复之后才来的批复，同意不同意都收得下，办得结")
    void decidedAfterRestoration() {
      reported(5000);
      desk.itIs(local(desk.now(), 3, "08:00"));
      changed("affectedPopulation", 6000);
      outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
      outage.does("engineering", "REGULATOR_APPROVAL", "outcome", "REFUSED", "reason", "应先报批");
      outage.allDone();
      assertThat(outage.record()).endsWith("办结");
    }

    @Test
    @DisplayName("ALL-3 补录的时间只是办理时间：登记、公开、起算都按录入的时刻，也不能早于可以办的时候")
    void statedTimeMovesNothing() {
      reported(5001);
      desk.pass(Duration.ofHours(6));
      Instant entered = desk.now();
      outage.does(
          "engineering",
          "REGULATOR_APPROVAL",
          "outcome",
          "APPROVED",
          "reference",
          "88号",
          "doneAt",
          local(entered, 0, "09:30"));
      assertThat(Desk.at(outage.duty("REGULATOR_APPROVAL"), "doneAt"))
          .isEqualTo(moment(local(entered, 0, "09:30")));
      assertThat(Desk.at(outage.view(), "publishedAt")).isEqualTo(entered);
      assertThat(outage.due("PUBLISH_WECHAT")).isEqualTo(entered.plus(Duration.ofMinutes(30)));
      JsonNode events = outage.view().path("events");
      assertThat(Desk.at(events.path(events.size() - 1), "at")).isEqualTo(entered);
      assertThat(events.path(events.size() - 1).path("note").asText()).contains("11月16日 09:30 办理");
      desk.pass(Duration.ofMinutes(1));
      assertThat(outage.record()).doesNotContain("超期");
      assertThat(
              outage
                  .tries(
                      "business",
                      "PUBLISH_WECHAT",
                      "outcome",
                      "DONE",
                      "note",
                      "好",
                      "doneAt",
                      local(entered, 0, "10:00"))
                  .field())
          .isEqualTo("doneAt");
    }
  }

  @Nested
  @DisplayName("该知道的都知道")
  class Everybody {
    @Test
    @DisplayName("YF-16d 通知过的，变更后即使不再必须也要再告；免办过的、只通知到一部分的也一样")
    void toldAgainWhoeverWasTold() {
      Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5000));
      outage.done("business", "NOTIFY_PRODUCTION", "PUBLISH_WECHAT");
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "affectedPopulation",
          4000,
          "reason",
          "复核");
      assertThat(outage.duties())
          .containsEntry("NOTIFY_PRODUCTION-1", "OPEN")
          .containsEntry("NOTIFY_EXECUTIVE", "WAIVED")
          .doesNotContainKey("NOTIFY_EXECUTIVE-1");
      outage.does("business", "NOTIFY_PRODUCTION-1", "outcome", "WAIVE", "reason", "生产部已知悉");
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "end",
          local(desk.now(), 1, "20:00"),
          "reason",
          "延长");
      assertThat(outage.duties()).containsEntry("NOTIFY_PRODUCTION-2", "OPEN");
    }

    @Test
    @DisplayName("YF-16d 既选整个区域又选别处小区：整个区域的单位和选中的小区都在通知名单上")
    void districtAndPlace() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned(
                  "districts", List.of("yuncheng", "xinxing"), "places", List.of("YC-E01")));
      assertThat(contacts(outage, "PHONE_AREA")).containsExactly("XX-E01", "XX-P01", "YC-E01");
    }

    @Test
    @DisplayName("YF-17a 范围内名录上的重要用户没有列入：报告人当场看到；选在范围里的算重要用户")
    void keyCustomersOfTheRange() {
      Outage whole =
          outages.reported(
              "engineering",
              outages.planned(
                  "start", local(desk.now(), 3, "08:00"), "end", local(desk.now(), 3, "18:00")));
      assertThat(whole.view().path("warnings").toString()).contains("云浮市第一人民医院", "没有列入，请核对是否受影响");
      Outage chosen =
          outages.reported("engineering", outages.planned("places", List.of("YC-E01", "YC-K01")));
      assertThat(contacts(chosen, "PHONE_KEY_CUSTOMERS")).containsExactly("YC-K01");
      assertThat(chosen.duties()).containsKey("NOTIFY_EXECUTIVE");
    }

    @Test
    @DisplayName("YF-16d 变更范围：新增的小区和重要用户进入名单，已通知过的再告新的范围")
    void rangeGrows() {
      Outage outage = outages.reported("engineering", outages.planned("places", List.of("YC-E01")));
      outage.does(
          "business", "PHONE_AREA", "outcome", "DONE", "reachedContacts", List.of("YC-E01"));
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "affectedPlaces",
          List.of("YC-E01", "YC-E02"),
          "keyCustomers",
          List.of("YC-K02"),
          "reason",
          "扩大范围");
      assertThat(contacts(outage, "PHONE_AREA-1")).containsExactly("YC-E01", "YC-E02");
      assertThat(contacts(outage, "PHONE_KEY_CUSTOMERS")).containsExactly("YC-K02");
      assertThat(outage.view().path("keyCustomers").path(0).asText()).isEqualTo("YC-K02");
    }

    @Test
    @DisplayName("YF-17a 同一重要用户按代码和名称各写一次：名单上只有一行")
    void namedTwice() {
      Outage outage =
          outages.reported(
              "engineering",
              outages.planned("keyCustomers", List.of("YC-K01", "云浮市第一人民医院（演示）", "豆制品厂")));
      assertThat(contacts(outage, "PHONE_KEY_CUSTOMERS")).hasSize(2);
    }

    @Test
    @DisplayName("很长的范围和原因也能变更")
    void longChange() {
      Outage outage = outages.reported("engineering", outages.planned());
      outage.doesTask(
          "engineering",
          "follow-outage",
          "outcome",
          "CHANGE",
          "area",
          "路".repeat(1990),
          "reason",
          "因".repeat(1000));
      assertThat(outage.view().path("area").asText()).hasSize(1990);
    }

    private static List<String> contacts(Outage outage, String duty) {
      List<String> codes = new java.util.ArrayList<>();
      outage.duty(duty).path("contacts").forEach(each -> codes.add(each.path("code").asText()));
      return codes.stream().sorted().toList();
    }
  }

  @Nested
  @DisplayName("几个人同时办")
  class Together {
    @Test
    @DisplayName("ALL-3 前一项职责的结果不会算作后一项的：没有选结果的不收")
    void outcomeIsOnesOwn() {
      Outage outage = outages.reported("engineering", outages.planned());
      outage.done("agent", "PUBLISH_WECHAT");
      assertThat(outage.tries("business", "PUBLISH_WEBSITE", "note", "好").field())
          .isEqualTo("outcome");
      assertThat(outage.duties()).containsEntry("PUBLISH_WEBSITE", "OPEN");
    }

    @Test
    @DisplayName("YF-16d 两个部门在任务列表里同一刻各办一项，两项都办成")
    void inTasklistAtTheSameMoment() throws Exception {
      for (int round = 0; round < 5; round++) {
        Outage outage = outages.reported("engineering", outages.unplanned());
        String site = outage.taskOf("POST_SITE");
        String page = outage.taskOf("PUBLISH_WECHAT");
        var gate = new java.util.concurrent.CyclicBarrier(2);
        var pool = java.util.concurrent.Executors.newFixedThreadPool(2);
        var first = pool.submit(() -> submit(gate, "engineering", site));
        var second = pool.submit(() -> submit(gate, "business", page));
        first.get();
        second.get();
        pool.shutdown();
        assertThat(outage.duties())
            .containsEntry("POST_SITE", "DONE")
            .containsEntry("PUBLISH_WECHAT", "DONE");
        desk.everyOpenOrderHasANextActor();
      }
    }

    private Void submit(java.util.concurrent.CyclicBarrier gate, String person, String task)
        throws Exception {
      gate.await();
      desk.inTasklist(
          person,
          () -> {
            desk.engine()
                .getFormService()
                .submitTaskForm(task, Desk.map("outcome", "DONE", "note", "已办"));
            return task;
          });
      return null;
    }
  }

  @Test
  @DisplayName("YF-16a 登记后半小时没有核定范围：提醒报告部门，上报负责人和值班班长，一次")
  void draftIsSupervised() {
    Outage outage = outages.begunUnplanned();
    desk.pass(Duration.ofHours(3));
    desk.postGoesOut();
    assertThat(outage.record()).containsOnlyOnce("超期");
    assertThat(desk.mailsTo("engineering-leader"))
        .filteredOn(subject -> subject.contains("还没有核定范围"))
        .hasSize(1);
  }

  @Test
  @DisplayName("YF-16d 超期后改期、再按时办完：不再记一次超期")
  void noFalseBreach() {
    Outage outage =
        outages.reported("engineering", outages.planned("keyCustomers", List.of("YC-K01")));
    desk.pass(Duration.ofMinutes(31));
    assertThat(outage.duty("PHONE_KEY_CUSTOMERS").path("breached").asBoolean()).isTrue();
    outage.doesTask(
        "engineering",
        "follow-outage",
        "outcome",
        "CHANGE",
        "start",
        local(desk.now(), 5, "08:00"),
        "end",
        local(desk.now(), 5, "18:00"),
        "reason",
        "改期");
    outage.does(
        "agent", "PHONE_KEY_CUSTOMERS", "outcome", "DONE", "reachedContacts", List.of("YC-K01"));
    assertThat(outage.record()).endsWith("履行职责");
  }

  @Test
  @DisplayName("RQ-14.3 紧急来电不能按停供公告办结：燃气报警仍须派单")
  void alarmsAreNeverAnsweredWithAnOutage() {
    var report = outages.unplanned("districts", List.of("east"));
    report.put("company", "gas");
    Outage outage = outages.reportedBy("gas.east-repair", report);
    Answer alarm =
        desk.post(
            "/api/work-orders",
            Desk.body("gas", "ALARM", "/outage", outage.number),
            "gas.agent",
            "alarm");
    assertThat(alarm.status()).isEqualTo(422);
    assertThat(alarm.detail()).contains("紧急情况不能按停供公告答复");
  }

  @Test
  @DisplayName("YF-19 供水调度中心报告管网异常，坐席得到任务并知悉")
  void anomaliesComeBack() {
    String number = anomaly("dispatch-centre");
    JsonNode task =
        desk.get("/api/tasks?order=" + number, "yunfu-water.agent").body().path("items").path(0);
    assertThat(task.path("task").asText()).isEqualTo("note-anomaly");
    assertThat(task.path("article").asText()).contains("YF-19");
    assertThat(task.path("dueAt").isNull()).isFalse();
    Answer noted = desk.complete("yunfu-water.agent", task.path("id").asText(), "note", "已告知当班坐席");
    assertThat(noted.status()).as(noted.body().toString()).isEqualTo(200);
    assertThat(noted.body().path("notedBy").asText()).isEqualTo("yunfu-water.agent");
    desk.postGoesOut();
    assertThat(desk.mailsTo("agent")).anyMatch(subject -> subject.contains("管网异常"));
  }

  @Test
  @DisplayName("YF-19 管网异常只由供水调度中心报告；坐席逾时未知悉的上报值班班长一次")
  void anomalyNotNoted() {
    assertThatThrownBy(() -> anomaly("technical")).hasStackTraceContaining("管网异常由供水调度中心报告");
    anomaly("dispatch-centre");
    desk.pass(Duration.ofHours(2));
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor"))
        .filteredOn(subject -> subject.contains("逾时未知悉"))
        .hasSize(1);
  }

  private String anomaly(String person) {
    return desk.inTasklist(
        person,
        () ->
            desk.engine()
                .getFormService()
                .submitStartForm(
                    desk.engine()
                        .getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("network-anomaly")
                        .latestVersion()
                        .singleResult()
                        .getId(),
                    Desk.map("place", "星岩四路DN600", "situation", "压力骤降至0.12MPa"))
                .getBusinessKey());
  }

  @Test
  @DisplayName("停供列表：新的在前，翻页不漏不重，只列尚未结束的")
  void lists() {
    Outage first = outages.reported("engineering", outages.planned());
    Outage second = outages.reported("engineering", outages.unplanned());
    JsonNode page = desk.get("/api/outages?company=yunfu-water&size=1", "yunfu-water.agent").body();
    assertThat(page.path("items").path(0).path("number").asText()).isEqualTo(second.number);
    assertThat(page.path("items").path(0).path("openDuties").asInt())
        .isEqualTo(second.duties("OPEN").size());
    JsonNode next =
        desk.get(
                "/api/outages?company=yunfu-water&size=1&after=" + page.path("next").asText(),
                "yunfu-water.agent")
            .body();
    assertThat(next.path("items").path(0).path("number").asText()).isEqualTo(first.number);
    assertThat(next.path("next").isNull()).isTrue();
    first.doesTask("engineering", "follow-outage", "outcome", "CANCEL", "reason", "延误");
    assertThat(
            desk.get("/api/outages?company=yunfu-water&current=true", "yunfu-water.agent")
                .body()
                .path("items"))
        .hasSize(1);
    assertThat(desk.get("/api/outages?company=yunfu-water", "gas.agent").status()).isEqualTo(403);
  }
}
