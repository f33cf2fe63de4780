package hotline.scenarios;

import static hotline.scenarios.Desk.local;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What cannot be meant is refused in a Chinese sentence that names the field; nothing is stored.
 */
@Scenario
@Tag("mariadb")
@DisplayName("停供报告：各种不正常的输入")
class OutageBadInputTest {
  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("end", "end", "2026-11-17T07:59:00+08:00", "必须晚于开始时间"),
        Arguments.of("end", "end", null, "请填写预计恢复时间"),
        Arguments.of("start", "start", null, "请填写开始时间"),
        Arguments.of("start", "start", "2026-11-15T08:00:00+08:00", "须晚于现在"),
        Arguments.of("start", "start", "1999-11-15T08:00:00+08:00", "2000年至2099年"),
        Arguments.of("start", "start", "明天早上", "start"),
        Arguments.of("affectedPopulation", "affectedPopulation", -1, "应为 0 到"),
        Arguments.of("affectedPopulation", "affectedPopulation", null, "请填写影响人数"),
        Arguments.of("affectedPopulation", "affectedPopulation", 2_000_000_000, "应为 0 到"),
        Arguments.of("affectedPopulation", "affectedPopulation", "五千", "affectedPopulation"),
        Arguments.of("affectedPopulation", "affectedPopulation", 5000.5, "affectedPopulation"),
        Arguments.of("districts", "districts", List.of("yuncheng", "atlantis"), "没有区域 atlantis"),
        Arguments.of("districts", "districts", Arrays.asList("yuncheng", null), "请填写区域"),
        Arguments.of("places", "places", List.of("没有这个"), "名录里没有"),
        Arguments.of("area", "area", " ", "请填写停供范围"),
        Arguments.of("area", "area", "路".repeat(2001), "最多2000个字"),
        Arguments.of("kind", "kind", "SOMETIMES", "只能是"),
        Arguments.of("kind", "kind", null, "请填写类型"),
        Arguments.of("origin", "origin", "MOON", "只能是"),
        Arguments.of("effect", "effect", "HALF", "只能是"),
        Arguments.of("valves.0.number", "valves", List.of(Map.of("place", "路口")), "请填写阀门编号"),
        Arguments.of(
            "valves.0.diameterMm",
            "valves",
            List.of(Map.of("number", "F-1", "diameterMm", 0)),
            "1 到 5000"),
        Arguments.of("valves", "valves", Collections.nCopies(61, Map.of("number", "F-1")), "最多60个"),
        Arguments.of("keyCustomers", "keyCustomers", Arrays.asList("医院", null), "请填写重要用户"),
        Arguments.of("reason", "reason", "因".repeat(1001), "最多1000个字"),
        Arguments.of("company", "company", null, "请填写公司"));
  }

  @ParameterizedTest(name = "{0} = {2}：{3}")
  @MethodSource("wrong")
  @DisplayName("YF-16a 报告里不正常的值：说得出是哪一项、怎么改，什么也不留")
  void refused(String field, String name, Object value, String sentence) {
    Answer answer = outages.tries("engineering", outages.planned(name, value));
    assertThat(answer.status()).as(answer.body().toString()).isIn(400, 422);
    assertThat(answer.field()).isEqualTo(field);
    assertThat(answer.detail()).contains(sentence).containsPattern("\\p{IsHan}");
    assertThat(desk.tables().sql("SELECT COUNT(*) FROM outage").query(Integer.class).single())
        .isZero();
    assertThat(desk.engine().getRuntimeService().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  @DisplayName("YF-16a 没有填人数时，拒绝的话里带上名录合计的人数")
  void proposalInTheRefusal() {
    Answer answer =
        outages.tries(
            "engineering",
            outages.planned("affectedPopulation", null, "places", List.of("YC-E01", "YC-E02")));
    assertThat(answer.detail()).contains("按所选范围的名录合计约 4999 人");
  }

  @Test
  @DisplayName("罕见字、表情和标记原样保存，不当作标记显示；查不到的公司 403，查不到的编号 404")
  void rareCharacters() {
    String rare = "𠮷祥路<b>1号</b>😀 {{x}} ${runtimeService}";
    Outage outage =
        outages.reported(
            "engineering",
            outages.planned("area", rare, "reason", rare, "keyCustomers", List.of(rare)));
    assertThat(outage.view().path("area").asText()).isEqualTo(rare);
    assertThat(outage.view().path("keyCustomers").path(0).asText()).isEqualTo(rare);
    assertThat(outage.publicly().path(0).path("area").asText()).isEqualTo(rare);
    var report = outages.planned();
    report.put("company", "atlantis");
    assertThat(desk.post("/api/outages", report, "yunfu-water.engineering", null).status())
        .isEqualTo(403);
    assertThat(desk.get("/api/outages/YF20260101-T999", "yunfu-water.agent").status())
        .isEqualTo(404);
    assertThat(desk.get("/api/outages?company=yunfu-water&size=0", "yunfu-water.agent").field())
        .isEqualTo("size");
  }

  @Test
  @DisplayName("YF-16d 办理职责时不正常的值：任务还在，什么也不留")
  void dutiesKeepTheirTask() {
    Outage outage = outages.reported("engineering", outages.planned("places", List.of("YC-E01")));
    for (Object[] fields :
        List.of(
            new Object[] {"outcome", "MAYBE"},
            new Object[] {"outcome", "DONE", "note", "x".repeat(1001)},
            new Object[] {"outcome", "DONE", "note", "好", "doneAt", local(desk.now(), 1, "08:00")},
            new Object[] {"outcome", "DONE", "note", "好", "doneAt", "昨天"},
            new Object[] {"outcome", "DONE", "reachedPerson", "李\u0000四"},
            new Object[] {"outcome", "RECORD", "note", "好"})) {
      Answer answer = outage.tries("business", "PUBLISH_WECHAT", fields);
      assertThat(answer.status()).as(Arrays.toString(fields)).isEqualTo(422);
      assertThat(answer.detail()).containsPattern("\\p{IsHan}");
    }
    for (Object list :
        List.of(
            "YC-E01",
            List.of(1, 2),
            List.of(List.of("YC-E01")),
            Map.of("code", "YC-E01"),
            Collections.nCopies(501, "YC-E01"),
            List.of("码".repeat(101)))) {
      Answer answer =
          outage.tries("business", "PHONE_AREA", "outcome", "RECORD", "reachedContacts", list);
      assertThat(answer.status()).as(String.valueOf(list)).isEqualTo(422);
    }
    assertThat(outage.duties())
        .containsEntry("PUBLISH_WECHAT", "OPEN")
        .containsEntry("PHONE_AREA", "OPEN");
    assertThat(
            desk.tables()
                .sql("SELECT COUNT(*) FROM outage_contact_attempt")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("YF-16a 关闭阀门一行一个：写错的行说得出第几行")
  void valvesLineByLine() {
    Outage outage = outages.begunUnplanned();
    List<Object> form =
        new ArrayList<>(
            List.of(
                "outcome", "REPORT",
                "area", "世纪大道",
                "affectedPopulation", 10,
                "reason", "抢修",
                "start", local(desk.now(), 0, "08:30"),
                "end", local(desk.now(), 0, "18:00"),
                "valves", "F-1 DN300 路口\nF-2 DN99999 路口"));
    Answer wide = outage.triesTask("engineering", "determine-range", form.toArray());
    assertThat(wide.field()).isEqualTo("valves");
    assertThat(wide.detail()).contains("1 到 5000 毫米");
    form.set(form.size() - 1, "F-1 DN300 路口\n\nF-2，300，学校门口\nF-3");
    outage.doesTask("engineering", "determine-range", form.toArray());
    assertThat(outage.view().path("valves")).hasSize(3);
    assertThat(outage.view().path("valves").path(1).path("diameterMm").asInt()).isEqualTo(300);
    assertThat(outage.view().path("valves").path(2).path("place").isNull()).isTrue();
  }

  @Test
  @DisplayName("ALL-3 什么个人信息也不留在引擎里：办完的职责、名单和来电不在流程变量和历史里")
  void nothingPersonalStaysInTheEngine() {
    Outage outage =
        outages.reported("engineering", outages.planned("places", List.of("YC-E01", "YC-E02")));
    outage.does(
        "business",
        "PHONE_AREA",
        "outcome",
        "RECORD",
        "reachedContacts",
        List.of("YC-E01"),
        "reachedPerson",
        "秘密记号7731");
    for (String table :
        List.of("ACT_RU_VARIABLE", "ACT_HI_VARINST", "ACT_HI_DETAIL", "ACT_GE_BYTEARRAY")) {
      String column = table.equals("ACT_GE_BYTEARRAY") ? "NAME_" : "TEXT_";
      assertThat(
              desk.tables()
                  .sql(
                      "SELECT COUNT(*) FROM "
                          + table
                          + " WHERE "
                          + column
                          + " LIKE '%7731%' OR "
                          + column
                          + " LIKE '%YC-E01%'")
                  .query(Integer.class)
                  .single())
          .as(table)
          .isZero();
    }
    assertThat(
            desk.tables()
                .sql("SELECT DISTINCT NAME_ FROM ACT_RU_VARIABLE ORDER BY NAME_")
                .query(String.class)
                .list())
        .isSubsetOf(
            "approvalNeeded",
            "company",
            "duty",
            "dutyBy",
            "isApproval",
            "keeper",
            "outcome",
            "reporter");
  }
}
