package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.organisation.Organisation;
import hotline.organisation.Person;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("乌达热力热线：后台审核、副部长接单、办结时限、延时、回访")
class HeatTest {
  @Autowired Desk desk;
  @Autowired Organisation organisation;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  /** A call from 新达, which 第一运营部 looks after. */
  private Desk.Order call(String category, Object... details) {
    List<Object> all = new ArrayList<>(List.of("/caller/district", "xinda"));
    all.addAll(Arrays.asList(details));
    return desk.callOf("wuda-heat", category, all.toArray());
  }

  private Desk.Order part(String category, String networkPart) {
    return call(category, "/facts/networkPart", networkPart);
  }

  /** The unit's head takes it for one of the workers. */
  private static Desk.Order assigned(Desk.Order order) {
    return order.does(
        order.department() + "-leader", "accept", "outcome", "ACCEPT", "worker", "王师傅");
  }

  private static Desk.Order arrived(Desk.Order order) {
    return order.does(
        order.department(), "report-arrival", "situation", "管道漏水", "safetyMeasures", "已设警示");
  }

  private static Object[] extension(String cause) {
    return new Object[] {
      "outcome",
      "EXTENSION",
      "extensionUntil",
      "2026-11-21T12:00:00+08:00",
      "extensionReason",
      "配件未到",
      "extensionCause",
      cause
    };
  }

  private List<String> mails(String person, String about) {
    return desk.mailsTo("wuda-heat", person).stream()
        .filter(subject -> subject.contains(about))
        .toList();
  }

  // ---- check, emergency, acceptance

  @ParameterizedTest(name = "{0}（{1}）")
  @DisplayName("RL-3.2 RL-8.1 C13 第三条第2项、第八条第1项：不能当即答复的经调度中心后台审核后转出，审核在内10分钟——到点及时，晚一毫秒超期")
  @CsvSource({"ADVICE,RL-8.1", "NOT_WARM,RL-3.2 DEFAULT", "COMPLAINT,RL-3.2 DEFAULT"})
  void check(String category, String article) {
    Object[] about = {"/facts/departmentComplainedOf", "operations-1"};
    Desk.Order inTime = call(category, about);
    Desk.Order late = call(category, about);
    Desk.Order never = call(category, about);
    assertThat(inTime.status()).isEqualTo("CHECKING");
    assertThat(inTime.waitsFor()).containsExactly("check-dispatch by wuda-heat.dispatcher");
    assertThat(inTime.promises("DISPATCH"))
        .containsExactly("10分钟 2026-11-16T09:10:00+08:00 " + article);
    assertThat(inTime.promises("ACCEPT")).containsExactly("10分钟 null RL-3.3");
    assertThat(inTime.tasksSeenBy("operations-1-leader")).isEmpty();
    desk.itIs("2026-11-16T09:10:00+08:00");
    inTime.checked();
    desk.pass(Duration.ofMillis(1));
    late.checked();
    desk.itIs("2026-11-16T09:10:01+08:00");
    assertThat(inTime.isBreached("DISPATCH")).isFalse();
    assertThat(late.isBreached("DISPATCH")).isTrue();
    assertThat(never.breaches("派单")).isEqualTo(1);
    desk.postGoesOut();
    for (String told : List.of("shift-supervisor", "dispatch-centre-leader")) {
      assertThat(mails(told, "已超期：派单"))
          .filteredOn(subject -> subject.contains(never.number))
          .hasSize(1);
    }
  }

  @Test
  @DisplayName("RL-6 第六条第2项：紧急情况不等后台审核即派出，热线员直接电话通知并登记指令，随后反馈")
  void emergencyIsNotHeldUp() {
    Desk.Order order = part("EMERGENCY", "SECONDARY");
    assertThat(order.status()).isEqualTo("DISPATCHED");
    assertThat(order.record()).doesNotContain("核对派单");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "instruct-emergency by wuda-heat.agent", "accept by wuda-heat.operations-1-leader");
    assertThat(Desk.at(order.waiting("instruct-emergency"), "dueAt"))
        .isEqualTo("2026-11-16T01:05:00Z");
    assertThat(order.promises("NOTIFY"))
        .containsExactly("5分钟 2026-11-16T09:05:00+08:00 RL-6 DEFAULT");
    desk.postGoesOut();
    assertThat(order.line("已通知承办部门")).isEqualTo("系统 已通知承办部门 RL-6 DEFAULT");
    order.does("agent", "instruct-emergency", "instruction", "已电话通知抢修组长，立即关阀");
    assertThat(order.line("下达紧急处置意见")).isEqualTo("wuda-heat.agent 下达紧急处置意见 RL-6 RL-7 DEFAULT");
    assertThat(mails("operations-1", "请接单")).hasSize(1);
  }

  @Test
  @DisplayName("RL-6 RL-3.2：后台审核改为抢险的，同样由热线员电话通知责任人并登记指令")
  void correctedToAnEmergency() {
    Desk.Order order = part("REPAIR", "SECONDARY");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "category", "EMERGENCY");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "instruct-emergency by wuda-heat.agent", "accept by wuda-heat.operations-1-leader");
    assertThat(order.promises("NOTIFY"))
        .containsExactly("5分钟 2026-11-16T09:05:00+08:00 RL-6 DEFAULT");
  }

  @Test
  @DisplayName("RL-3.3 第三条第3项：副部长自转办起10分钟内接单并转给接工人员——到点及时，晚一秒超期上报")
  void deputyHeadAccepts() {
    Desk.Order inTime = call("NOT_WARM");
    Desk.Order late = call("NOT_WARM");
    desk.itIs("2026-11-16T09:08:00+08:00");
    inTime.checked();
    late.checked();
    assertThat(inTime.promises("ACCEPT")).containsExactly("10分钟 2026-11-16T09:18:00+08:00 RL-3.3");
    assertThat(inTime.waitsFor()).containsExactly("accept by wuda-heat.operations-1-leader");
    assertThat(inTime.tasksSeenBy("operations-1")).isEmpty();
    desk.itIs("2026-11-16T09:18:00+08:00");
    assigned(inTime);
    desk.pass(Duration.ofSeconds(1));
    assertThat(inTime.isBreached("ACCEPT")).isFalse();
    assertThat(inTime.view().path("worker").asText()).isEqualTo("王师傅");
    assertThat(inTime.note("接单")).isEqualTo("承办人：王师傅");
    assertThat(inTime.line("接单")).isEqualTo("wuda-heat.operations-1-leader 接单 RL-3.3");
    assertThat(inTime.waitsFor()).containsExactly("contact-customer by wuda-heat.operations-1");
    assertThat(late.breaches("接单")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(mails("dispatch-centre-leader", "已超期：接单")).hasSize(1);
    late.does("operations-1-leader", "accept", "outcome", "ACCEPT");
    assertThat(late.view().path("worker").asText()).isEqualTo("第一运营部 负责人");
  }

  @Test
  @DisplayName("RL-3.3 RL-3.2：退回后改派，新部门的10分钟自再次转办起算")
  void secondPush() {
    Desk.Order order = call("NOT_WARM").checked();
    desk.pass(Duration.ofMinutes(6));
    order.does("operations-1-leader", "accept", "outcome", "RETURN", "reason", "属第二运营部");
    desk.pass(Duration.ofMinutes(2));
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "district", "bayinsai");
    assertThat(order.waitsFor()).containsExactly("accept by wuda-heat.operations-2-leader");
    assertThat(order.promises("ACCEPT")).containsExactly("10分钟 2026-11-16T09:18:00+08:00 RL-3.3");
  }

  // ---- handling, feedback, review, callback

  @Test
  @DisplayName("RL-3.4 第三条第4项：接单后及时联系反映人；客观原因无法解决的，写明解释情况才能回单")
  void explained() {
    Desk.Order order = assigned(call("OTHER").checked());
    assertThat(order.promises("CONTACT"))
        .containsExactly("4小时 2026-11-16T13:00:00+08:00 RL-3.4 DEFAULT");
    order.contacted();
    Desk.Answer bare = order.tries("operations-1", "report-work", "outcome", "REFUSED");
    assertThat(bare.status()).isEqualTo(422);
    assertThat(bare.field()).isEqualTo("result");
    order.does("operations-1", "report-work", "outcome", "REFUSED", "result", "管网未覆盖，已向用户解释并取得谅解");
    assertThat(order.view().path("result").asText()).isEqualTo("管网未覆盖，已向用户解释并取得谅解");
    assertThat(order.waitsFor()).containsExactly("review-reply by wuda-heat.dispatcher");
  }

  @Test
  @DisplayName("RL-3.5 第三条第5项：未接入系统的单位由责任人书面回复，调度中心代为登记")
  void unitOutsideTheSystem() {
    Desk.Order order = call("COMPLAINT", "/facts/departmentComplainedOf", "outside-unit").checked();
    assertThat(order.waitsFor()).containsExactly("accept by wuda-heat.outside-unit-leader");
    order.does("dispatcher", "accept", "outcome", "ACCEPT", "worker", "李主任");
    order.does("dispatcher", "contact-customer", "note", "李主任已联系");
    order.does(
        "dispatcher", "report-work", "outcome", "DONE", "result", "已恢复路面", "writtenBy", "李主任");
    assertThat(order.view().path("worker").asText()).isEqualTo("李主任");
    assertThat(order.view().path("result").asText()).isEqualTo("已恢复路面（书面回复人：李主任）");
    assertThat(order.line("回单")).isEqualTo("wuda-heat.dispatcher 回单 RL-7 DEFAULT");

    Desk.Order own = call("NOT_WARM").checked();
    assertThat(own.tries("dispatcher", "accept", "outcome", "ACCEPT").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("RL-3.6 第三条第6项：调度中心一级审核，内容不详实、分类不准的写明原因退回重办，重办后再审")
  void firstLevelReview() {
    Desk.Order order = assigned(call("NOT_WARM").checked()).contacted().reported();
    assertThat(order.status()).isEqualTo("UNDER_REVIEW");
    assertThat(order.promises("REVIEW"))
        .containsExactly("24小时 2026-11-17T09:00:00+08:00 RL-3.6 RL-3.5 DEFAULT");
    assertThat(order.tries("dispatcher", "review-reply", "outcome", "REWORK").field())
        .isEqualTo("reason");
    order.does("dispatcher", "review-reply", "outcome", "REWORK", "reason", "未写室温");
    assertThat(order.line("审核退回重办")).isEqualTo("wuda-heat.dispatcher 审核退回重办 RL-3.6 RL-3.5 DEFAULT");
    assertThat(order.waitsFor()).containsExactly("report-work by wuda-heat.operations-1");
    assertThat(order.limit("RESOLVE").path("metAt").isNull()).isTrue();
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-19T01:00:00Z");
    order.reported().passedBy("dispatcher");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by wuda-heat.agent");
  }

  @Test
  @DisplayName("RL-3.7 C23 第三条第7项：自审核通过的回单起7个工作日内回访（跨中秋、国庆和调休），并请客户评价接工人员")
  void callbackOverTheHoliday() {
    desk.startAt("2026-09-23T09:00:00+08:00");
    Desk.Order inTime = assigned(call("NOT_WARM").checked()).contacted().reported();
    Desk.Order late = assigned(call("NOT_WARM").checked()).contacted().reported();
    inTime.does("dispatcher", "review-reply", "outcome", "REWORK", "reason", "未写室温");
    desk.itIs("2026-09-24T16:00:00+08:00");
    inTime.reported().passedBy("dispatcher");
    late.passedBy("dispatcher");
    assertThat(inTime.promises("CALLBACK"))
        .containsExactly("7个工作日 2026-10-12T17:30:00+08:00 RL-3.7");
    desk.itIs("2026-10-12T17:30:00+08:00");
    inTime.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        true,
        "satisfaction",
        "SATISFIED",
        "workerRating",
        "GOOD",
        "remarks",
        "王师傅很耐心");
    desk.pass(Duration.ofMillis(1));
    late.satisfiedByPhone();
    assertThat(inTime.status()).isEqualTo("CLOSED");
    assertThat(inTime.isBreached("CALLBACK")).isFalse();
    assertThat(inTime.view().path("callback").path("attempts").get(0).path("answers").asText())
        .isEqualTo("对接工人员的评价：满意");
    assertThat(late.line("超期")).isEqualTo("系统 超期 RL-3.7");
  }

  // ---- routing, void emergency, duty

  @ParameterizedTest(name = "{0} {1} 质保 {2} {3} → {4}")
  @DisplayName("RL-4 第四条：按管理责任划分派单")
  @CsvSource({
    "EMERGENCY,PRIMARY_MAIN,false,xinda,network-operations",
    "EMERGENCY,PRIMARY_MAIN,true,xinda,network-engineering",
    "EMERGENCY,PRIMARY_BRANCH,true,xinda,network-operations",
    "EMERGENCY,WELL,false,binhai,network-operations",
    "EMERGENCY,SECONDARY,false,binhai,operations-1",
    "EMERGENCY,HEAT_STATION,false,liangjiagou,operations-2",
    "EMERGENCY,INDOOR,false,wulannaoer,operations-3",
    "REPAIR,PRIMARY_MAIN,true,xinda,network-engineering",
    "REPAIR,PRIMARY_BRANCH,false,suhaitu,network-operations",
    "REPAIR,INDOOR,false,bayinsai,operations-2",
    "MANHOLE,WELL,false,xinda,network-operations",
    "NOT_WARM,INDOOR,false,sandaokan,operations-3"
  })
  void routing(String category, String part, boolean warranty, String district, String expected) {
    Desk.Order order =
        call(
            category,
            "/facts/networkPart",
            part,
            "/facts/underWarranty",
            warranty,
            "/caller/district",
            district);
    if (order.status().equals("CHECKING")) {
      order.checked();
    }
    assertThat(order.department()).isEqualTo(expected);
    assertThat(order.waitsFor()).contains("accept by wuda-heat." + expected + "-leader");
    assertThat(order.line("定责")).startsWith("系统 定责 RL-4");
  }

  @Test
  @DisplayName("RL-4 第四条：抢险的部位和区域都不明，由调度员问明后派出")
  void unknownPlace() {
    Desk.Order order = desk.callOf("wuda-heat", "EMERGENCY");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "check-dispatch by wuda-heat.dispatcher", "instruct-emergency by wuda-heat.agent");
    assertThat(order.view().path("missing").asText()).contains("networkPart", "district");
    order.does(
        "dispatcher",
        "check-dispatch",
        "outcome",
        "DISPATCH",
        "networkPart",
        "PRIMARY_MAIN",
        "note",
        "已问明");
    assertThat(order.department()).isEqualTo("network-operations");
    assertThat(order.promises("RESOLVE")).containsExactly("24小时 null RL-8.3 RL-7");
  }

  @Test
  @DisplayName("RL-4 第四条第1项：现场勘查属无效报险的，第一时间通知派单部门，仍经审核和回访")
  void voidEmergency() {
    Desk.Order inTime = arrived(assigned(part("EMERGENCY", "WELL")));
    Desk.Order late = arrived(assigned(part("EMERGENCY", "WELL")));
    for (Desk.Order order : List.of(inTime, late)) {
      order.does("agent", "instruct-emergency", "instruction", "已电话通知");
    }
    Object[] none = {"outcome", "VOID", "result", "井盖完好，系雨水蒸汽"};
    assertThat(inTime.tries("network-operations", "report-work", "outcome", "VOID").field())
        .isEqualTo("result");
    desk.pass(Duration.ofHours(1));
    inTime.does("network-operations", "report-work", none);
    desk.pass(Duration.ofMillis(1));
    late.does("network-operations", "report-work", none);
    assertThat(inTime.line("回单（无效报险）"))
        .isEqualTo("wuda-heat.network-operations 回单（无效报险） RL-4 DEFAULT");
    assertThat(inTime.record()).doesNotContain("超期");
    assertThat(late.line("超期")).isEqualTo("系统 超期 RL-4 DEFAULT");
    desk.postGoesOut();
    assertThat(mails("dispatcher", "无效报险")).hasSize(2);
    inTime.passedBy("dispatcher").satisfiedByPhone();
    assertThat(inTime.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RL-5 第五条、第八条第3项（7）：按值班表通知当班人员，交班后通知接班的人")
  void dutyRoster() {
    String day = "wuda-heat.operations-1";
    String night = "wuda-heat.operations-1-night";
    Instant evening = OffsetDateTime.parse("2026-11-16T18:00:00+08:00").toInstant();
    organisation.save(
        new Person(
            night, "wuda-heat", "夜班抢修", "operations-1", false, night + "@example.com", null, true));
    organisation.putOnDuty("wuda-heat", "operations-1", night, evening, null);
    organisation.relieve("wuda-heat", "operations-1", day, evening);
    try {
      desk.itIs("2026-11-16T17:59:59+08:00");
      Desk.Order before = part("EMERGENCY", "SECONDARY");
      desk.itIs("2026-11-16T18:00:00+08:00");
      Desk.Order after = part("EMERGENCY", "SECONDARY");
      desk.postGoesOut();
      assertThat(mails("operations-1", "请接单")).singleElement().asString().contains(before.number);
      assertThat(mails("operations-1-night", "请接单"))
          .singleElement()
          .asString()
          .contains(after.number);
      assertThat(mails("operations-1-leader", "请接单")).hasSize(2);
    } finally {
      desk.tables().sql("DELETE FROM duty WHERE person_id = :p").param("p", night).update();
      desk.tables().sql("DELETE FROM person WHERE id = :p").param("p", night).update();
      desk.tables()
          .sql("UPDATE duty SET until_at = NULL WHERE person_id = :p")
          .param("p", day)
          .update();
    }
  }

  // ---- grades and limits

  @ParameterizedTest(name = "{0} {1} → {2}，{3}")
  @DisplayName("RL-7 C12 第七条：特级4小时、一级24小时、二级48小时、三级72小时——到点及时，晚一毫秒超期，晚一秒上报并由热线员询问")
  @CsvSource({
    "MANHOLE,WELL,SPECIAL,2026-11-16T13:00:00+08:00",
    "REPAIR,INDOOR,FIRST,2026-11-17T09:00:00+08:00",
    "REPAIR,WELL,FIRST,2026-11-17T09:00:00+08:00",
    "REPAIR,SECONDARY,FIRST,2026-11-17T09:00:00+08:00",
    "COMPLAINT,,SECOND,2026-11-18T09:00:00+08:00",
    "NOT_WARM,,THIRD,2026-11-19T09:00:00+08:00",
    "ADVICE,,THIRD,2026-11-19T09:00:00+08:00"
  })
  void grades(String category, String part, String grade, String due) {
    List<Desk.Order> orders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Desk.Order order =
          call(
              category,
              "/facts/networkPart",
              part,
              "/facts/departmentComplainedOf",
              "operations-1");
      assigned(order.checked());
      while (!order.waitsFor().get(0).startsWith("report-work")) {
        if (order.waitsFor().get(0).startsWith("contact-customer")) {
          order.contacted();
        } else {
          arrived(order);
        }
      }
      orders.add(order);
    }
    Desk.Order inTime = orders.get(0);
    Desk.Order late = orders.get(1);
    Desk.Order never = orders.get(2);
    assertThat(inTime.view().path("level").asText()).isEqualTo(grade);
    assertThat(inTime.limit("RESOLVE").path("dueAt").asText()).isEqualTo(due);
    desk.itIs(due);
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    desk.itIs(never.due("RESOLVE").plusSeconds(1));
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(late.isBreached("RESOLVE")).isTrue();
    assertThat(never.breaches("办结")).isEqualTo(1);
    assertThat(never.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by wuda-heat." + never.department(), "inquire-delay by wuda-heat.agent");
    assertThat(inTime.waitsFor()).containsExactly("review-reply by wuda-heat.dispatcher");
  }

  @ParameterizedTest(name = "{0} 接单 → {1} 前联系")
  @DisplayName("RL-8.2 第八条第2项：不热，接单后当日24:00前与反映人联系，需上门的约定时间")
  @CsvSource({
    "2026-11-16T09:05:00+08:00,2026-11-17T00:00:00+08:00",
    "2026-11-16T23:59:59+08:00,2026-11-17T00:00:00+08:00",
    "2026-11-17T00:00:00+08:00,2026-11-18T00:00:00+08:00"
  })
  void contactTheSameDay(String acceptedAt, String due) {
    Desk.Order inTime = call("NOT_WARM").checked();
    Desk.Order late = call("NOT_WARM").checked();
    desk.itIs(acceptedAt);
    assigned(inTime);
    assigned(late);
    assertThat(inTime.promises("CONTACT")).containsExactly("当日 " + due + " RL-8.2");
    desk.itIs(due);
    inTime.does(
        "operations-1",
        "contact-customer",
        "agreedTime",
        "2026-11-18T10:00:00+08:00",
        "note",
        "上门");
    desk.pass(Duration.ofMillis(1));
    late.contacted();
    assertThat(inTime.isBreached("CONTACT")).isFalse();
    assertThat(inTime.view().path("agreedTime").asText()).isEqualTo("2026-11-18T10:00:00+08:00");
    assertThat(late.isBreached("CONTACT")).isTrue();
  }

  @Test
  @DisplayName("RL-8.2 C9 第八条第2项：延时申请24小时内答复，到点不报，晚一秒上报；仍由调度中心负责人决定，批准即时生效并告知客户")
  void extension() {
    Desk.Order order = assigned(call("NOT_WARM").checked()).contacted();
    desk.pass(Duration.ofHours(1));
    order.does("operations-1", "report-work", extension("OUTSIDE"));
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by wuda-heat.operations-1",
            "decide-extension by wuda-heat.dispatch-centre-leader");
    assertThat(order.waiting("decide-extension").path("dueAt").asText())
        .isEqualTo("2026-11-17T10:00:00+08:00");
    desk.itIs("2026-11-17T10:00:00+08:00");
    assertThat(order.breaches("审批延期")).isZero();
    desk.pass(Duration.ofSeconds(1));
    assertThat(order.breaches("审批延期")).isEqualTo(1);
    assertThat(order.line("超期")).isEqualTo("系统 超期 RL-8.2 RL-3.4 DEFAULT");
    desk.postGoesOut();
    for (String told : List.of("shift-supervisor", "manager")) {
      assertThat(mails(told, "已超期：审批延期")).hasSize(1);
    }
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-19T09:00:00+08:00");
    assertThat(order.tries("shift-supervisor", "decide-extension", "approved", true).status())
        .isEqualTo(403);

    order.does("dispatch-centre-leader", "decide-extension", "approved", true);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-21T12:00:00+08:00");
    assertThat(order.line("时限延长")).isEqualTo("系统 时限延长 RL-8.2 RL-3.4 DEFAULT");
    assertThat(order.waitsFor()).contains("tell-customer by wuda-heat.operations-1");
    order.does("operations-1", "tell-customer", "note", "已解释配件周五到");
    assertThat(order.line("告知客户延期并致歉"))
        .isEqualTo("wuda-heat.operations-1 告知客户延期并致歉 RL-8.2 RL-3.4 DEFAULT");
  }

  @Test
  @DisplayName("RL-8.2 第八条第2项：延时只限客观原因，本部门原因的记录在案、不予延时，并告知调度中心负责人")
  void noExtensionForOwnFault() {
    Desk.Order order = assigned(call("NOT_WARM").checked()).contacted();
    order.does("operations-1", "report-work", extension("OWN"));
    assertThat(order.record()).containsSubsequence("申请延期", "不予延期");
    assertThat(order.line("不予延期")).isEqualTo("系统 不予延期 RL-8.2 DEFAULT");
    assertThat(order.waitsFor()).containsExactly("report-work by wuda-heat.operations-1");
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-19T09:00:00+08:00");
    desk.postGoesOut();
    assertThat(mails("dispatch-centre-leader", "不予延期")).hasSize(1);
  }

  // ---- repairs on site

  @ParameterizedTest
  @DisplayName("RL-8.3 第八条第3项（1）：接到报险、报修30分钟内到场并采取安全措施，反馈现场情况、是否影响供热、预计时限")
  @ValueSource(strings = {"INDOOR", "WELL"})
  void arrival(String networkPart) {
    Desk.Order inTime = assigned(part("REPAIR", networkPart).checked());
    Desk.Order late = assigned(part("REPAIR", networkPart).checked());
    assertThat(inTime.promises("ARRIVE"))
        .containsExactly("30分钟 2026-11-16T09:30:00+08:00 RL-8.3 RL-3.4");
    desk.itIs("2026-11-16T09:30:00+08:00");
    inTime.does(
        inTime.department(),
        "report-arrival",
        "situation",
        "阀门处漏水",
        "safetyMeasures",
        "已设置警示标识",
        "affectsSupply",
        true,
        "expectedAt",
        "2026-11-16T15:00:00+08:00");
    desk.pass(Duration.ofMillis(1));
    arrived(late);
    assertThat(inTime.isBreached("ARRIVE")).isFalse();
    assertThat(late.isBreached("ARRIVE")).isTrue();
    assertThat(inTime.note("到场")).contains("阀门处漏水", "11月16日 15:00", "安全措施：已设置警示标识", "影响供应");
    assertThat(inTime.line("到场"))
        .isEqualTo("wuda-heat." + inTime.department() + " 到场 RL-8.3 RL-3.4");
    desk.postGoesOut();
    assertThat(mails("dispatcher", "影响供应")).singleElement().asString().contains(inTime.number);
  }

  @ParameterizedTest
  @DisplayName("RL-8.3 C11 第八条第3项（3）：换热站、二次网接单后30分钟内联系管理部门；到场满30分钟只提醒、不上报；24小时恢复")
  @ValueSource(strings = {"HEAT_STATION", "SECONDARY"})
  void heatStation(String networkPart) {
    Desk.Order order = part("REPAIR", networkPart).checked();
    desk.pass(Duration.ofMinutes(5));
    assigned(order);
    assertThat(order.promises("CONTACT"))
        .containsExactly("30分钟 2026-11-16T09:35:00+08:00 RL-8.3 RL-3.4");
    assertThat(order.waitsFor()).containsExactly("contact-customer by wuda-heat.operations-1");
    desk.itIs("2026-11-16T09:29:59+08:00");
    assertThat(order.warnings("到场")).isZero();
    desk.itIs("2026-11-16T09:30:00+08:00");
    assertThat(order.warnings("到场")).isEqualTo(1);
    desk.itIs("2026-11-16T09:35:01+08:00");
    assertThat(order.breaches("联系客户")).isEqualTo(1);
    desk.itIs("2026-11-17T09:00:01+08:00");
    desk.postGoesOut();
    assertThat(mails("operations-1", "时限将到：到场")).hasSize(1);
    assertThat(mails("operations-1-leader", "到场")).isEmpty();
    assertThat(mails("operations-1-leader", "已超期：联系客户")).hasSize(1);
    assertThat(mails("operations-1-leader", "已超期：办结")).hasSize(1);
  }

  @ParameterizedTest
  @DisplayName("RL-8.3 第八条第3项（4）：一次主（支）网接单后30分钟到场；抢修方案确定起24小时修复——到点及时，晚一毫秒超期")
  @ValueSource(strings = {"PRIMARY_MAIN", "PRIMARY_BRANCH"})
  void primaryNetwork(String networkPart) {
    Desk.Order inTime = part("REPAIR", networkPart).checked();
    Desk.Order late = part("REPAIR", networkPart).checked();
    assertThat(inTime.promises("ARRIVE")).containsExactly("30分钟 null RL-8.3 RL-3.4");
    desk.itIs("2026-11-16T09:08:00+08:00");
    assigned(inTime);
    assigned(late);
    assertThat(inTime.promises("ARRIVE"))
        .containsExactly("30分钟 2026-11-16T09:38:00+08:00 RL-8.3 RL-3.4");
    arrived(inTime);
    arrived(late);
    assertThat(inTime.promises("RESOLVE")).containsExactly("24小时 null RL-8.3 RL-7");
    assertThat(inTime.promises("REPLY"))
        .containsExactly("72小时 2026-11-19T09:00:00+08:00 RL-3.5 RL-7 DEFAULT");
    desk.itIs("2026-11-16T14:00:00+08:00");
    assertThat(inTime.tries("network-operations", "report-work", "outcome", "PLAN").field())
        .isEqualTo("result");
    Object[] plan = {"outcome", "PLAN", "result", "更换DN600管段12米"};
    inTime.does("network-operations", "report-work", plan);
    late.does("network-operations", "report-work", plan);
    assertThat(inTime.line("抢修方案确定")).isEqualTo("wuda-heat.network-operations 抢修方案确定 RL-8.3 RL-7");
    assertThat(inTime.promises("RESOLVE"))
        .containsExactly("24小时 2026-11-17T14:00:00+08:00 RL-8.3 RL-7");
    assertThat(Desk.at(inTime.waiting("report-work"), "dueAt")).isEqualTo("2026-11-17T06:00:00Z");
    desk.pass(Duration.ofHours(3));
    inTime.does("network-operations", "report-work", plan);
    assertThat(inTime.due("RESOLVE")).isEqualTo("2026-11-17T06:00:00Z");
    desk.itIs("2026-11-17T14:00:00+08:00");
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(late.isBreached("RESOLVE")).isTrue();
  }

  @Test
  @DisplayName("RL-3.5 RL-8.3：抢修方案迟迟不定的不得无期限，72小时未反馈即超期上报")
  void noPlanIsNoExcuse() {
    Desk.Order order = arrived(assigned(part("REPAIR", "PRIMARY_MAIN").checked()));
    desk.itIs("2026-11-19T09:00:00+08:00");
    assertThat(order.breaches("反馈结果")).isZero();
    desk.pass(Duration.ofSeconds(1));
    assertThat(order.breaches("反馈结果")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(mails("network-operations-leader", "已超期：反馈结果")).hasSize(1);
  }
}
