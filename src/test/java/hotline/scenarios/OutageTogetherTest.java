package hotline.scenarios;

import static hotline.scenarios.AtOnce.statuses;
import static hotline.scenarios.AtOnce.together;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@Tag("mariadb")
@DisplayName("停水：几个人同时动手，办成的都在，没办成的读到是谁办的")
class OutageTogetherTest {
  private static final Object[] DONE = {"outcome", "DONE", "note", "已办理"};

  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  /** What the person (without the company) does with the task that now waits. */
  private Supplier<Answer> act(Outage outage, String person, String key, Object... fields) {
    String id = outage.waiting(key).path("id").asText();
    return () -> desk.complete("yunfu-water." + person, id, fields);
  }

  private void consistent(Outage outage) {
    desk.everyOpenOrderHasANextActor();
    assertThat(outage.duties().keySet()).hasSameSizeAs(outage.view().path("duties"));
  }

  @RepeatedTest(3)
  @DisplayName("YF-16d 营业部和坐席同时办同一项职责：一人200，另一人409并读到办理人，只办一次")
  void sameDuty() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned());
    List<Answer> answers =
        together(
            List.of(
                act(outage, "business", "PUBLISH_WECHAT", DONE),
                act(outage, "agent", "PUBLISH_WECHAT", DONE)));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 409);
    boolean businessWon = answers.get(0).status() == 200;
    assertThat(answers.get(businessWon ? 1 : 0).detail())
        .contains("该任务已于 11月16日 09:00 由", businessWon ? "营业部" : "坐席", "办理");
    assertThat(outage.duty("PUBLISH_WECHAT").path("doneBy").asText())
        .isEqualTo(businessWon ? "yunfu-water.business" : "yunfu-water.agent");
    assertThat(outage.record()).containsOnlyOnce("履行职责");
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("ALL-2 同一次停水的五项职责五人同时办：五项都办成，各记各的办理人")
  void differentDuties() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned("affectedPopulation", 5001));
    Map<String, String> who =
        Map.of(
            "POST_SITE", "engineering",
            "POST_ROADS", "engineering",
            "PUBLISH_WECHAT", "business",
            "PUBLISH_WEBSITE", "agent",
            "NOTIFY_BUREAU", "agent");
    List<Supplier<Answer>> acts = new ArrayList<>();
    who.forEach((key, person) -> acts.add(act(outage, person, key, DONE)));
    List<Answer> answers = together(acts);
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200, 200, 200, 200);
    who.forEach(
        (key, person) -> {
          assertThat(outage.duty(key).path("status").asText()).as(key).isEqualTo("DONE");
          assertThat(outage.duty(key).path("doneBy").asText()).isEqualTo("yunfu-water." + person);
        });
    assertThat(outage.record()).filteredOn("履行职责"::equals).hasSize(5);
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("YF-16b 同时批准和不批准：只有一个算数，另一人读到是谁办的")
  void approvedAndRefused() throws Exception {
    Outage outage = outages.reported("engineering", outages.planned("affectedPopulation", 5001));
    List<Answer> answers =
        together(
            List.of(
                act(
                    outage,
                    "engineering",
                    "REGULATOR_APPROVAL",
                    "outcome",
                    "APPROVED",
                    "reference",
                    "云城管〔2026〕88号"),
                act(
                    outage,
                    "engineering",
                    "REGULATOR_APPROVAL",
                    "outcome",
                    "REFUSED",
                    "reason",
                    "中考期间")));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 409);
    boolean approved = answers.get(0).status() == 200;
    assertThat(outage.status()).isEqualTo(approved ? "ANNOUNCED" : "REFUSED");
    assertThat(outage.isPublic()).isEqualTo(approved);
    assertThat(answers.get(approved ? 1 : 0).detail()).contains("该任务已于");
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("YF-16d 职责办完的同时报告人延长停水：都办成；先办的要再告，后办的说的就是新时间")
  void doneWhileProlonged() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned());
    List<Answer> answers =
        together(
            List.of(
                act(outage, "business", "PUBLISH_WECHAT", DONE),
                act(outage, "agent", "PUBLISH_WEBSITE", DONE),
                act(
                    outage,
                    "engineering",
                    "follow-outage",
                    "outcome",
                    "CHANGE",
                    "end",
                    Desk.local(desk.now(), 1, "06:00"),
                    "reason",
                    "管材未到")));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200, 200);
    List<String> record = outage.record();
    for (String key : List.of("PUBLISH_WECHAT", "PUBLISH_WEBSITE")) {
      assertThat(outage.duty(key).path("status").asText()).isEqualTo("DONE");
    }
    long doneBefore =
        record.subList(0, record.indexOf("变更")).stream().filter("履行职责"::equals).count();
    assertThat(outage.duties("OPEN").stream().filter(key -> key.matches("PUBLISH.*-1")))
        .as(record.toString())
        .hasSize((int) doneBefore);
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("YF-16d 职责办完的同时报告人取消停水：已确认办完的再告取消，没办成的读到不用再办")
  void doneWhileCancelled() throws Exception {
    Outage outage = outages.reported("engineering", outages.planned());
    List<Answer> answers =
        together(
            List.of(
                act(outage, "business", "PUBLISH_WECHAT", DONE),
                act(
                    outage,
                    "engineering",
                    "follow-outage",
                    "outcome",
                    "CANCEL",
                    "reason",
                    "施工单位延误")));
    assertThat(answers.get(0).status()).as(answers.toString()).isIn(200, 409);
    assertThat(answers.get(1).status()).as(answers.toString()).isEqualTo(200);
    assertThat(outage.status()).isEqualTo("CANCELLED");
    if (answers.get(0).status() == 200) {
      assertThat(outage.duties())
          .containsEntry("PUBLISH_WECHAT", "DONE")
          .containsEntry("PUBLISH_WECHAT-1", "OPEN");
      outage.done("business", "PUBLISH_WECHAT-1");
    } else {
      assertThat(answers.get(0).detail()).isNotBlank();
      assertThat(outage.duties())
          .containsEntry("PUBLISH_WECHAT", "WAIVED")
          .doesNotContainKey("PUBLISH_WECHAT-1");
    }
    assertThat(outage.view().path("closedAt").isNull()).isFalse();
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("YF-16e 职责办完的同时人数更正到不再需要它：办成的留在记录上，没办成的免办")
  void doneWhileNoLongerOwed() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned("affectedPopulation", 5000));
    List<Answer> answers =
        together(
            List.of(
                act(outage, "business", "NOTIFY_PRODUCTION", DONE),
                act(
                    outage,
                    "engineering",
                    "follow-outage",
                    "outcome",
                    "CHANGE",
                    "affectedPopulation",
                    4999,
                    "reason",
                    "复核人数")));
    assertThat(answers.get(0).status()).as(answers.toString()).isIn(200, 409);
    assertThat(answers.get(1).status()).as(answers.toString()).isEqualTo(200);
    assertThat(outage.duties())
        .containsEntry("NOTIFY_PRODUCTION", answers.get(0).status() == 200 ? "DONE" : "WAIVED")
        .containsEntry("NOTIFY_EXECUTIVE", "WAIVED");
    consistent(outage);
  }

  @RepeatedTest(3)
  @DisplayName("ALL-2 最后一项职责与恢复同时报：都办成，公布恢复之后才办结")
  void lastDutyWhileRestored() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned());
    outage.done("engineering", "POST_SITE", "POST_ROADS");
    outage.done("business", "PUBLISH_WECHAT", "PUBLISH_WEBSITE");
    List<Answer> answers =
        together(
            List.of(
                act(outage, "business", "PHONE_AREA", "outcome", "WAIVE", "reason", "二十分钟即恢复"),
                act(outage, "engineering", "follow-outage", "outcome", "RESTORED")));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 200);
    assertThat(outage.duties("OPEN")).containsExactly("PUBLISH_RESTORED");
    assertThat(outage.view().path("closedAt").isNull()).isTrue();
    consistent(outage);
    outage.done("agent", "PUBLISH_RESTORED");
    assertThat(outage.record()).containsOnlyOnce("办结");
  }

  @RepeatedTest(3)
  @DisplayName("同一 Idempotency-Key 同时报20次：只有一次停水，二十个回答是同一个编号")
  void sameKey() throws Exception {
    Map<String, Object> report = outages.planned();
    List<Supplier<Answer>> acts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      acts.add(() -> desk.post("/api/outages", report, "yunfu-water.engineering", "key-20"));
    }
    List<Answer> answers = together(acts);
    assertThat(statuses(answers).subList(0, 19)).as(answers.toString()).containsOnly(200);
    assertThat(statuses(answers).get(19)).isEqualTo(201);
    assertThat(answers.stream().map(answer -> answer.body().path("number").asText()).distinct())
        .hasSize(1);
    assertThat(desk.tables().sql("SELECT COUNT(*) FROM outage").query(Integer.class).single())
        .isEqualTo(1);
    assertThat(desk.engine().getRuntimeService().createProcessInstanceQuery().count()).isEqualTo(1);
    desk.everyOpenOrderHasANextActor();
  }

  @RepeatedTest(3)
  @DisplayName("ALL-2 十个不同的停供同时报告：十个都在，编号不重，每项职责都有人办")
  void manyReports() throws Exception {
    Map<String, Object> report = outages.unplanned();
    List<Supplier<Answer>> acts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String key = "key-of-" + i;
      acts.add(() -> desk.post("/api/outages", report, "yunfu-water.engineering", key));
    }
    List<Answer> answers = together(acts);
    assertThat(statuses(answers)).as(answers.toString()).containsOnly(201);
    assertThat(answers.stream().map(answer -> answer.body().path("number").asText()).distinct())
        .hasSize(10);
    desk.everyOpenOrderHasANextActor();
  }

  @RepeatedTest(3)
  @DisplayName("YF-16d 两人同时在同一名单上各记一家：确认了的各有一次通话，没记成的读到是谁在办，再记即可")
  void twoContacts() throws Exception {
    Outage outage =
        outages.reported(
            "engineering", outages.unplanned("places", List.of("YC-E01", "YC-E02", "YC-P01")));
    List<Answer> answers =
        together(
            List.of(
                act(
                    outage,
                    "business",
                    "PHONE_AREA",
                    "outcome",
                    "RECORD",
                    "reachedContacts",
                    List.of("YC-E01")),
                act(
                    outage,
                    "agent",
                    "PHONE_AREA",
                    "outcome",
                    "RECORD",
                    "reachedContacts",
                    List.of("YC-E02"))));
    assertThat(statuses(answers)).as(answers.toString()).containsExactly(200, 409);
    boolean businessWon = answers.get(0).status() == 200;
    assertThat(answers.get(businessWon ? 1 : 0).detail()).contains(businessWon ? "营业部" : "坐席");
    assertThat(reached(outage, "YC-E01")).isEqualTo(businessWon ? "REACHED 1" : "OPEN 0");
    assertThat(reached(outage, "YC-E02")).isEqualTo(businessWon ? "OPEN 0" : "REACHED 1");
    assertThat(outage.waiting("PHONE_AREA").path("assignee").asText())
        .isEqualTo(businessWon ? "yunfu-water.business" : "yunfu-water.agent");
    consistent(outage);

    outage.does(
        businessWon ? "agent" : "business",
        "PHONE_AREA",
        "outcome",
        "RECORD",
        "reachedContacts",
        List.of(businessWon ? "YC-E02" : "YC-E01"));
    assertThat(reached(outage, "YC-E01")).isEqualTo("REACHED 1");
    assertThat(reached(outage, "YC-E02")).isEqualTo("REACHED 1");
  }

  private static String reached(Outage outage, String code) {
    for (JsonNode contact : outage.duty("PHONE_AREA").path("contacts")) {
      if (contact.path("code").asText().equals(code)) {
        return contact.path("status").asText() + " " + contact.path("attempts").asInt();
      }
    }
    throw new AssertionError(code);
  }

  @RepeatedTest(3)
  @DisplayName("ALL-3 超期那一刻职责正好办完：超期只记一次、只上报一次")
  void doneWhileItBecomesLate() throws Exception {
    Outage outage = outages.reported("engineering", outages.unplanned());
    desk.itIs(outage.due("PUBLISH_WECHAT"));
    Supplier<Answer> done = act(outage, "business", "PUBLISH_WECHAT", DONE);
    Job alert = nextAlert(outage);
    org.camunda.bpm.engine.impl.util.ClockUtil.setCurrentTime(alert.getDuedate());
    List<Answer> answers =
        together(
            List.of(
                done,
                () -> {
                  try {
                    desk.engine().getManagementService().executeJob(alert.getId());
                    return new Answer(200, null);
                  } catch (OptimisticLockingException e) {
                    // the job executor would try again
                    return new Answer(409, null);
                  }
                }));
    assertThat(answers.get(0).status()).as(answers.toString()).isEqualTo(200);
    desk.pass(Duration.ofMinutes(1));
    assertThat(outage.duty("PUBLISH_WECHAT").path("breached").asBoolean()).isTrue();
    List<String> late = new ArrayList<>();
    for (JsonNode event : outage.view().path("events")) {
      if (event.path("verb").asText().equals("超期")
          && event.path("note").asText().contains("在微信公众号发布停水信息")) {
        late.add(event.toString());
      }
    }
    assertThat(late).hasSize(1);
    consistent(outage);
  }

  private Job nextAlert(Outage outage) {
    return desk.engine().getManagementService().createJobQuery().timers().list().stream()
        .filter(
            job -> job.getDuedate().toInstant().equals(outage.due("PUBLISH_WECHAT").plusSeconds(1)))
        .findFirst()
        .orElseThrow();
  }
}
