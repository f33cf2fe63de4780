package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("燃气客服热线：受理、派单、办理、审核、回复（回访）")
class GasTest {
  private static final String APPOINTMENT = "按约定时间办理";
  private static final String REFUSE = "不予受理的说明理由并反馈";

  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order call(String category, String district, Object... details) {
    List<Object> all = new ArrayList<>(List.of("/caller/district", district));
    all.addAll(Arrays.asList(details));
    return desk.callOf("gas", category, all.toArray());
  }

  private Desk.Order call(String category) {
    return call(category, "east");
  }

  /** A repair that waits for its callback on Monday morning. */
  private Desk.Order repairReplied() {
    return call("REPAIR").handled().passedBy("east-repair-leader", "agent");
  }

  /** Whoever is asked by the unit, the centre only, on its own step. */
  private static String reviewer(String category) {
    return category.equals("COMPLAINT") ? "service-manager" : "agent";
  }

  /** Any order of district east until the unit has replied and its leader has passed the reply. */
  private Desk.Order passedByUnit(String category) {
    Desk.Order order = call(category);
    if (order.status().equals("CHECKING")) {
      order.checked();
    }
    order.accepted();
    switch (category) {
      case "REPAIR", "SERVICE_APPLICATION" -> order.contacted();
      case "ALARM" -> order.does(order.department(), "report-arrival", "situation", "已通风");
      default -> {}
    }
    return order.reported().passedBy(order.department() + "-leader");
  }

  // ---- from the call to its closure

  @Test
  @DisplayName("RQ-14.4 RQ-11.7 RQ-14.0 第十四条（四）、第十一条（七）：一张报修工单的全程——派单、接单、联系、回单、单位审核、客服中心审核、回访、办结")
  void wholeRepair() {
    Desk.Order order = call("REPAIR");
    assertThat(order.status()).isEqualTo("DISPATCHED");
    assertThat(order.department()).isEqualTo("east-repair");
    assertThat(order.promises("DISPATCH")).containsExactly("5分钟 2026-11-16T09:05:00+08:00 RQ-14.4");
    assertThat(order.promises("ACCEPT"))
        .containsExactly("30分钟 2026-11-16T09:30:00+08:00 RQ-15.3 DEFAULT");
    assertThat(order.promises("CONTACT")).containsExactly("2小时 2026-11-16T11:00:00+08:00 RQ-14.4");
    assertThat(order.promises("RESOLVE"))
        .containsExactly("3个工作日 2026-11-19T17:30:00+08:00 RQ-14.4");
    assertThat(order.promises("CALLBACK")).containsExactly("1个工作日 null RQ-14.4");
    assertThat(order.waitsFor()).containsExactly("accept by gas.east-repair");
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "east-repair")).singleElement().asString().contains("请接单");

    order.does("east-repair", "accept", "outcome", "ACCEPT");
    order.does("east-repair", "contact-customer", "note", "灶具打不着火");
    desk.itIs("2026-11-17T16:00:00+08:00");
    order.does("east-repair", "report-work", "outcome", "DONE", "result", "已更换点火器");
    assertThat(order.status()).isEqualTo("UNDER_REVIEW");
    assertThat(order.waitsFor()).containsExactly("review-reply by gas.east-repair-leader");
    order.does("east-repair-leader", "review-reply", "outcome", "PASS");
    assertThat(order.waitsFor()).containsExactly("review-reply by gas.agent");
    order.does("agent", "review-reply", "outcome", "PASS");
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.promises("CALLBACK"))
        .containsExactly("1个工作日 2026-11-18T17:30:00+08:00 RQ-14.4");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by gas.agent");
    order.satisfiedByPhone();

    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.record())
        .containsExactly(
            "登记来电", "定级", "定责", "派单", "接单", "联系客户", "回单", "审核通过", "审核通过", "确定回访方式", "回访", "办结");
    assertThat(order.line("接单")).isEqualTo("gas.east-repair 接单 RQ-15.3 DEFAULT");
    assertThat(order.line("联系客户")).isEqualTo("gas.east-repair 联系客户 RQ-14.4");
    assertThat(order.line("回单")).isEqualTo("gas.east-repair 回单 RQ-14.4");
    assertThat(order.line("回访")).isEqualTo("gas.agent 回访 RQ-14.4");
    assertThat(order.view().path("timeLimits"))
        .allSatisfy(limit -> assertThat(limit.path("breached").asBoolean()).isFalse());
  }

  @ParameterizedTest(name = "{0} 应于 {1} 派单（{2}）")
  @DisplayName("RQ-14.2 RQ-14.3 RQ-14.4 RQ-14.5 RQ-14.6 RQ-14.7 第十四条：报警、报修、投诉5分钟，其余20分钟内派单")
  @CsvSource({
    "ALARM,2026-11-16T09:05:00+08:00,RQ-14.3 DEFAULT",
    "REPAIR,2026-11-16T09:05:00+08:00,RQ-14.4",
    "COMPLAINT,2026-11-16T09:05:00+08:00,RQ-14.6",
    "ADVICE,2026-11-16T09:20:00+08:00,RQ-14.2",
    "ENQUIRY,2026-11-16T09:20:00+08:00,RQ-14.1 DEFAULT",
    "SERVICE_APPLICATION,2026-11-16T09:20:00+08:00,RQ-14.5",
    "REPORT,2026-11-16T09:20:00+08:00,RQ-14.7",
    "OPINION,2026-11-16T09:20:00+08:00,RQ-14.7",
    "SUGGESTION,2026-11-16T09:20:00+08:00,RQ-14.7",
    "PRAISE,2026-11-16T09:20:00+08:00,RQ-14.7"
  })
  void dispatchLimits(String category, String due, String article) {
    Desk.Order order = call(category);
    JsonNode limit = order.limit("DISPATCH");
    assertThat(limit.path("dueAt").asText()).isEqualTo(due);
    assertThat(limit.path("article").asText()).isEqualTo(article);
    assertThat(limit.path("startedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
  }

  @ParameterizedTest(name = "{0}：{1}分钟")
  @DisplayName("RQ-14.4 RQ-14.5 RQ-14.6 第十四条：派单到点及时，晚一毫秒超期；无人派单的晚一秒上报值班班长")
  @CsvSource({"REPAIR,5", "SERVICE_APPLICATION,20", "COMPLAINT,5"})
  void dispatchBoundary(String category, int minutes) {
    Desk.Order inTime = desk.callOf("gas", category);
    Desk.Order late = desk.callOf("gas", category);
    Desk.Order never = desk.callOf("gas", category);
    assertThat(inTime.waitsFor()).containsExactly("check-dispatch by gas.dispatcher");
    desk.pass(Duration.ofMinutes(minutes));
    inTime.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "district", "west");
    desk.pass(Duration.ofMillis(1));
    late.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "district", "west");
    assertThat(never.breaches("派单")).isZero();
    desk.itIs(never.due("DISPATCH").plusSeconds(1));
    assertThat(inTime.isBreached("DISPATCH")).isFalse();
    assertThat(inTime.department()).startsWith("west-");
    assertThat(late.isBreached("DISPATCH")).isTrue();
    assertThat(never.breaches("派单")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "shift-supervisor"))
        .filteredOn(subject -> subject.contains(never.number) && subject.contains("已超期：派单"))
        .hasSize(1);
  }

  @Test
  @DisplayName("RQ-11.7 RQ-14.0 第十一条（七）、第九条（三）：先单位审核，再客服中心审核；任何一级退回都重办，不凭单位一句话办结")
  void twoReviews() {
    Desk.Order order = call("REPAIR").handled();
    assertThat(order.promises("REVIEW"))
        .containsExactly(
            "4小时 2026-11-16T13:00:00+08:00 RQ-11.7 RQ-15.1d DEFAULT",
            "1个工作日 2026-11-17T17:30:00+08:00 RQ-11.7 RQ-14.0 DEFAULT");
    assertThat(order.tries("agent", "review-reply", "outcome", "PASS").status()).isEqualTo(403);
    assertThat(order.tasksSeenBy("east-repair")).isEmpty();

    assertThat(order.tries("east-repair-leader", "review-reply", "outcome", "REWORK").field())
        .isEqualTo("reason");
    order.does("east-repair-leader", "review-reply", "outcome", "REWORK", "reason", "缺照片");
    assertThat(order.waitsFor()).containsExactly("report-work by gas.east-repair");
    assertThat(order.limit("RESOLVE").path("metAt").isNull()).isTrue();
    for (String reason : List.of("没有写原因", "仍没有写原因")) {
      order.reported().passedBy("east-repair-leader");
      order.does("agent", "review-reply", "outcome", "REWORK", "reason", reason);
    }
    assertThat(order.status()).isEqualTo("IN_PROGRESS");
    assertThat(order.line("审核退回重办")).isEqualTo("gas.agent 审核退回重办 RQ-11.7 RQ-15.1d DEFAULT");

    desk.pass(Duration.ofHours(1));
    order.reported();
    assertThat(order.waitsFor()).containsExactly("review-reply by gas.east-repair-leader");
    assertThat(order.limit("REVIEW").path("startedAt").asText())
        .isEqualTo("2026-11-16T10:00:00+08:00");
    order.passedBy("east-repair-leader", "agent");
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.view().path("closedAt").isNull()).isTrue();
  }

  @ParameterizedTest(name = "{0}（{1}）")
  @DisplayName("RQ-14.3 RQ-14.4 RQ-14.5 RQ-14.6 RQ-14.7 第十四条：接到回复后1个工作日内回访——到点及时，晚一毫秒超期")
  @CsvSource({
    "ALARM,RQ-14.3",
    "REPAIR,RQ-14.4",
    "SERVICE_APPLICATION,RQ-14.5",
    "COMPLAINT,RQ-14.6",
    "REPORT,RQ-14.7",
    "OPINION,RQ-14.7"
  })
  void callbackBoundary(String category, String article) {
    Desk.Order inTime = passedByUnit(category).passedBy(reviewer(category));
    Desk.Order late = passedByUnit(category).passedBy(reviewer(category));
    assertThat(inTime.promises("CALLBACK"))
        .containsExactly("1个工作日 2026-11-17T17:30:00+08:00 " + article);
    desk.itIs("2026-11-17T17:30:00+08:00");
    inTime.satisfiedByPhone();
    desk.pass(Duration.ofMillis(1));
    late.satisfiedByPhone();
    assertThat(inTime.isBreached("CALLBACK")).isFalse();
    assertThat(inTime.status()).isEqualTo("CLOSED");
    assertThat(late.isBreached("CALLBACK")).isTrue();
    assertThat(late.line("超期")).isEqualTo("系统 超期 " + article);
  }

  // ---- answered on the call

  @Test
  @DisplayName("RQ-14.0 RQ-14.4 第十四条首问负责：能当即答复的、指导客户自行解决的，首接坐席答复并办结，不派单")
  void firstContact() {
    Desk.Order order = call("REPAIR", "east", "/answer", "已指导客户更换灶具电池，恢复正常");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.line("答复")).isEqualTo("gas.agent 答复 RQ-6 RQ-14.4");
    assertThat(order.note("答复")).isEqualTo("已指导客户更换灶具电池，恢复正常");
    assertThat(order.record()).containsExactly("登记来电", "答复");
    assertThat(order.view().path("closedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
  }

  @ParameterizedTest(name = "{0} 须先勾选 {1}")
  @DisplayName("RQ-14.1 RQ-14.3 第十四条（一）、（三）：未核对客户档案不答复查询，未告知安全注意事项不答复报警")
  @CsvSource({"ENQUIRY,identityChecked,RQ-14.1", "ALARM,safetyAdvised,RQ-14.3"})
  void answerNeeds(String category, String check, String article) {
    Desk.Order order =
        desk.callTypedInTasklistOf(
            "gas", "agent", "callerPhone", "13800000000", "description", "请问我家的气费");
    assertThat(order.waitsFor()).containsExactly("complete-intake by gas.agent");
    Object[] fields = {
      "outcome",
      "ANSWER",
      "answer",
      "已答复",
      "category",
      category,
      "callerPhone",
      "13800000000",
      "description",
      "请问我家的气费"
    };
    Desk.Answer refused = order.tries("agent", "complete-intake", fields);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo(check);
    assertThat(order.status()).isEqualTo("RECEIVED");

    Object[] ticked = Arrays.copyOf(fields, fields.length + 2);
    ticked[fields.length] = check;
    ticked[fields.length + 1] = true;
    order.does("agent", "complete-intake", ticked);
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.view().path("facts").path(check).asText()).isEqualTo("true");
    assertThat(order.line("答复")).contains(article);
  }

  @Test
  @DisplayName("RQ-14.3 RQ-15.2e 第十四条（三）：报警先电话后补单——不等核对即派出，坐席电话交办并登记，事后补全")
  void alarm() {
    Desk.Order order = call("ALARM", "west", "/facts/safetyAdvised", true);
    assertThat(order.view().path("level").asText()).isEqualTo("EMERGENCY");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder("instruct-emergency by gas.agent", "accept by gas.west-repair");
    assertThat(Desk.at(order.waiting("instruct-emergency"), "dueAt"))
        .isEqualTo("2026-11-16T01:05:00Z");
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "shift-supervisor"))
        .singleElement()
        .asString()
        .contains("报警", "已登记");
    assertThat(order.line("已通知承办部门")).isEqualTo("系统 已通知承办部门 RQ-14.3 DEFAULT");
    desk.pass(Duration.ofMinutes(2));
    order.does("agent", "instruct-emergency", "instruction", "已电话通知值班员李师傅，先关阀疏散");
    assertThat(order.line("下达紧急处置意见")).isEqualTo("gas.agent 下达紧急处置意见 RQ-14.3 DEFAULT");
    order.accepted();
    assertThat(order.waitsFor()).containsExactly("report-arrival by gas.west-repair");
    assertThat(order.promises("ARRIVE"))
        .containsExactly("30分钟 2026-11-16T09:30:00+08:00 RQ-14.3 DEFAULT");
    order.does("west-repair", "report-arrival", "situation", "户内软管泄漏", "safetyMeasures", "已关阀");
    assertThat(order.note("到场")).contains("户内软管泄漏", "安全措施：已关阀");
    order.reported().passedBy("west-repair-leader", "agent").satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.6 RQ-14.6v 第十四条（六）：投诉先核实再派单；不是有效投诉的写明理由、答复客户并办结")
  void invalidComplaint() {
    Desk.Order order = call("COMPLAINT");
    assertThat(order.status()).isEqualTo("CHECKING");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by gas.dispatcher");
    assertThat(order.tasksSeenBy("east-service")).isEmpty();
    assertThat(order.tries("dispatcher", "check-dispatch", "outcome", "ANSWER").field())
        .isEqualTo("answer");
    order.does(
        "dispatcher", "check-dispatch", "outcome", "ANSWER", "answer", "非燃气业务，已说明理由并告知客户找物业");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.line("答复")).isEqualTo("gas.dispatcher 答复 RQ-9 RQ-14.6v DEFAULT");
    assertThat(order.note("答复")).isEqualTo("非燃气业务，已说明理由并告知客户找物业");
    assertThat(order.record()).doesNotContain("派单");
  }

  // ---- handling

  @ParameterizedTest(name = "{0} {1}：{2}")
  @DisplayName("RQ-14.2 RQ-14.4 RQ-14.5 RQ-14.7 第十四条：联系与办理时限自派单起算，工作日至下班17:30")
  @CsvSource({
    "ADVICE,RESOLVE,1个工作日 2026-11-17T17:30:00+08:00 RQ-14.2",
    "REPAIR,CONTACT,2小时 2026-11-16T11:00:00+08:00 RQ-14.4",
    "REPAIR,RESOLVE,3个工作日 2026-11-19T17:30:00+08:00 RQ-14.4",
    "SERVICE_APPLICATION,CONTACT,1个工作日 2026-11-17T17:30:00+08:00 RQ-14.5",
    "SERVICE_APPLICATION,RESOLVE,7个工作日 2026-11-25T17:30:00+08:00 RQ-14.5",
    "REPORT,RESOLVE,5个工作日 2026-11-23T17:30:00+08:00 RQ-14.7",
    "OPINION,RESOLVE,5个工作日 2026-11-23T17:30:00+08:00 RQ-14.7",
    "SUGGESTION,RESOLVE,5个工作日 2026-11-23T17:30:00+08:00 RQ-14.7"
  })
  void handlingLimits(String category, String milestone, String promise) {
    assertThat(call(category).promises(milestone)).containsExactly(promise);
  }

  @Test
  @DisplayName("RQ-14.5 第十四条（五）：不予受理的2个工作日内说明理由并反馈——到点及时，晚一毫秒超期；办成的不受此限")
  void refusalBoundary() {
    Desk.Order inTime = call("SERVICE_APPLICATION").accepted().contacted();
    Desk.Order late = call("SERVICE_APPLICATION").accepted().contacted();
    Desk.Order done = call("SERVICE_APPLICATION").accepted().contacted();
    Desk.Answer unexplained = inTime.tries("east-service", "report-work", "outcome", "REFUSED");
    assertThat(unexplained.field()).isEqualTo("result");
    assertThat(unexplained.detail()).contains("不予受理的理由");
    Object[] refusal = {"outcome", "REFUSED", "result", "该处尚未敷设管道"};
    desk.itIs("2026-11-18T17:30:00+08:00");
    assertThat(inTime.warnings(REFUSE)).isEqualTo(1);
    inTime.does("east-service", "report-work", refusal);
    desk.pass(Duration.ofMillis(1));
    late.does("east-service", "report-work", refusal);
    desk.itIs("2026-11-25T17:30:00+08:00");
    done.reported();
    assertThat(inTime.breaches(REFUSE)).isZero();
    assertThat(inTime.line("回单（不予受理）")).isEqualTo("gas.east-service 回单（不予受理） RQ-14.5");
    assertThat(inTime.waitsFor()).containsExactly("review-reply by gas.east-service-leader");
    assertThat(late.breaches(REFUSE)).isEqualTo(1);
    assertThat(done.breaches(REFUSE)).isZero();
    assertThat(done.isBreached("RESOLVE")).isFalse();
  }

  @Test
  @DisplayName("RQ-14.4 第十四条（四）：与客户约定的时间须遵守——到点提醒承办部门，晚到一秒即超期，按时到了办得久不算")
  void appointment() {
    String time = "2026-11-17T15:00:00+08:00";
    List<Desk.Order> agreed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Desk.Order order = call("REPAIR").accepted();
      agreed.add(order.does("east-repair", "contact-customer", "agreedTime", time, "note", "三点"));
    }
    Desk.Order early = agreed.get(0);
    Desk.Order onTime = agreed.get(1);
    Desk.Order late = agreed.get(2);
    Desk.Order untold = agreed.get(3);
    assertThat(early.view().path("agreedTime").asText()).isEqualTo(time);
    desk.itIs("2026-11-17T14:59:59+08:00");
    early.reported();
    desk.itIs("2026-11-17T17:00:00+08:00");
    Object[] done = {"outcome", "DONE", "result", "已修复", "arrivedAt", time};
    onTime.does("east-repair", "report-work", done);
    done[5] = "2026-11-17T15:00:01+08:00";
    late.does("east-repair", "report-work", done);
    untold.reported();

    assertThat(agreed.stream().map(order -> order.warnings(APPOINTMENT)))
        .containsExactly(0, 1, 1, 1);
    assertThat(agreed.stream().map(order -> order.breaches(APPOINTMENT)))
        .containsExactly(0, 0, 1, 0);
    assertThat(late.line("超期")).isEqualTo("系统 超期 RQ-14.4");
    assertThat(late.isBreached("RESOLVE")).isFalse();
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "east-repair"))
        .filteredOn(subject -> subject.contains("时限将到：" + APPOINTMENT))
        .hasSize(3);
  }

  @Test
  @DisplayName("RQ-14.6 C6 第十四条（六）：3级投诉3小时办理与2个工作日反馈两个时限并行，先到者在前")
  void complaintHasTwoClocks() {
    Desk.Order order = call("COMPLAINT").checked();
    assertThat(order.view().path("level").asText()).isEqualTo("LEVEL_3");
    assertThat(order.promises("RESOLVE"))
        .containsExactly("3小时 2026-11-16T12:00:00+08:00 RQ-14.6 RQ-14.6c");
    assertThat(order.promises("REPLY")).containsExactly("2个工作日 2026-11-18T17:30:00+08:00 RQ-14.6");
    order.accepted();
    assertThat(Desk.at(order.waiting("report-work"), "dueAt")).isEqualTo(order.due("RESOLVE"));
    desk.itIs("2026-11-16T12:00:01+08:00");
    assertThat(order.breaches("办结")).isEqualTo(1);
    desk.itIs("2026-11-18T17:30:00+08:00");
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isTrue();
    assertThat(order.isBreached("REPLY")).isFalse();
  }

  @Test
  @DisplayName("RQ-14.6 C6：1级投诉傍晚受理，48小时晚于第2个工作日下班，反馈时限排在前面")
  void theStricterClockIsFirst() {
    desk.itIs("2026-11-16T18:00:00+08:00");
    Desk.Order order = call("COMPLAINT", "east", "/facts/lawsuit", true);
    assertThat(order.due("REPLY")).isEqualTo("2026-11-18T09:30:00Z");
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-18T10:00:00Z");
    List<String> milestones = new ArrayList<>();
    order
        .view()
        .path("timeLimits")
        .forEach(limit -> milestones.add(limit.path("milestone").asText()));
    assertThat(milestones).containsSubsequence("REPLY", "RESOLVE");
  }

  // ---- answer instead of callback

  @ParameterizedTest(name = "{0}（{1}）")
  @DisplayName("RQ-14.9a RQ-14.2 RQ-14.7 C5 第十四条（九）：咨询、查询、建议由客服中心1个工作日内答复客户，不做满意度回访")
  @CsvSource({
    "ADVICE,RQ-14.2 RQ-11.7",
    "ENQUIRY,RQ-14.1 RQ-11.7 DEFAULT",
    "SUGGESTION,RQ-14.7 RQ-11.7"
  })
  void answeredNotAsked(String category, String article) {
    Desk.Order inTime = passedByUnit(category);
    Desk.Order late = passedByUnit(category);
    assertThat(inTime.promises("REVIEW").get(1))
        .isEqualTo("1个工作日 2026-11-17T17:30:00+08:00 " + article);
    desk.itIs("2026-11-17T17:30:00+08:00");
    inTime.does("agent", "review-reply", "outcome", "PASS", "reason", "已电话答复客户最终结果");
    desk.pass(Duration.ofMillis(1));
    late.passedBy("agent");
    assertThat(inTime.status()).isEqualTo("CLOSED");
    assertThat(inTime.line("答复客户")).startsWith("gas.agent 答复客户 RQ-14.9a");
    assertThat(inTime.note("答复客户")).isEqualTo("已电话答复客户最终结果");
    assertThat(inTime.view().path("callback").path("medium").asText()).isEqualTo("NONE");
    assertThat(inTime.view().path("callback").path("satisfaction").asText()).isEqualTo("NOT_ASKED");
    assertThat(inTime.record()).doesNotContain("超期");
    assertThat(late.line("超期")).isEqualTo("系统 超期 " + article);
  }

  @ParameterizedTest(name = "{0} 审核通过并答复 → {1}")
  @DisplayName("RQ-14.9b C5 第十四条（九）：答复客户也避开21:00至次日8:00，夜间答复须写明方式和理由")
  @CsvSource({
    "2026-11-16T20:59:59+08:00,200",
    "2026-11-16T21:00:00+08:00,422",
    "2026-11-17T07:59:59+08:00,422",
    "2026-11-17T08:00:00+08:00,200"
  })
  void answerAtNight(String at, int status) {
    Desk.Order order = passedByUnit("ADVICE");
    desk.itIs(at);
    Desk.Answer answer = order.tries("agent", "review-reply", "outcome", "PASS");
    assertThat(answer.status()).isEqualTo(status);
    if (status == 422) {
      assertThat(answer.field()).isEqualTo("reason");
      order.does("agent", "review-reply", "outcome", "PASS", "reason", "客户上夜班，要求此时答复");
    }
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @ParameterizedTest
  @DisplayName("RQ-14.9a 第十四条（九）：表扬、客户明确不需回访的，审核通过即办结，不回访")
  @ValueSource(strings = {"PRAISE", "REPAIR"})
  void notCalledBack(String category) {
    Desk.Order order =
        call(category, "east", "/caller/wantsCallback", category.equals("PRAISE")).accepted();
    if (category.equals("REPAIR")) {
      order.contacted();
    }
    order.reported().passedBy(order.department() + "-leader", "agent");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.line("确定回访方式")).isEqualTo("系统 确定回访方式 RQ-14.9a RQ-6 DEFAULT");
    assertThat(order.view().path("callback").path("satisfaction").asText()).isEqualTo("NOT_ASKED");
    assertThat(order.record()).doesNotContain("答复客户");
  }

  // ---- callback

  @ParameterizedTest(name = "{0} 回访 → {1}")
  @DisplayName("RQ-14.9b 第十四条（九）：21:00至次日8:00原则上不回访——21:00不可，8:00可；确需的写明理由并留痕")
  @CsvSource({
    "2026-11-16T20:59:59+08:00,200",
    "2026-11-16T21:00:00+08:00,422",
    "2026-11-17T00:00:00+08:00,422",
    "2026-11-17T07:59:59+08:00,422",
    "2026-11-17T08:00:00+08:00,200"
  })
  void callbackAtNight(String at, int status) {
    Desk.Order order = repairReplied();
    desk.itIs(at);
    Object[] satisfied = {"reached", true, "solved", true, "satisfaction", "SATISFIED"};
    Desk.Answer answer = order.tries("agent", "callback-by-phone", satisfied);
    assertThat(answer.status()).isEqualTo(status);
    if (status == 422) {
      assertThat(answer.field()).isEqualTo("nightReason");
      assertThat(order.status()).isEqualTo("CALLBACK");
      Object[] withReason = Arrays.copyOf(satisfied, 8);
      withReason[6] = "nightReason";
      withReason[7] = "客户刚来电催问结果";
      order.does("agent", "callback-by-phone", withReason);
      assertThat(order.note("静默时段致电")).isEqualTo("客户刚来电催问结果");
      assertThat(order.line("静默时段致电")).contains("RQ-14.9b");
    }
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.9a RQ-14.9b 第十四条（九）：客户约在夜里的写明要求，到时照约回访，无须另写理由")
  void agreedAtNight() {
    Desk.Order order = repairReplied();
    Object[] later = {"reached", true, "nextAttemptAt", "2026-11-16T21:30:00+08:00"};
    assertThat(order.tries("agent", "callback-by-phone", later).field()).isEqualTo("remarks");
    Object[] asked = Arrays.copyOf(later, 6);
    asked[4] = "remarks";
    asked[5] = "客户白天上班，要求晚上九点半再打";
    order.does("agent", "callback-by-phone", asked);
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText())
        .isEqualTo("2026-11-16T21:30:00+08:00");
    desk.itIs("2026-11-16T21:29:59+08:00");
    assertThat(order.waitsFor()).containsExactly("await-next-attempt by gas.agent");
    desk.itIs("2026-11-16T21:30:00+08:00");
    order.satisfiedByPhone();
    assertThat(order.note("静默时段致电")).isEqualTo("按与客户约定的时间");
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.9c RQ-14.9f 第十四条（九）：因客户原因不成功的不少于3次、间隔不小于2小时；我方原因不计；写明原因办结")
  void threeAttempts() {
    Desk.Order order = repairReplied();
    Object[] early = {"reached", false, "nextAttemptAt", "2026-11-16T10:59:59+08:00"};
    assertThat(order.tries("agent", "callback-by-phone", early).field()).isEqualTo("nextAttemptAt");
    for (String cause : List.of("NO_ANSWER", "OUR_SIDE", "POWERED_OFF")) {
      order.does("agent", "callback-by-phone", "reached", false, "unreachedCause", cause);
      assertThat(Desk.at(order.waiting("await-next-attempt"), "dueAt"))
          .isEqualTo(desk.now().plus(Duration.ofHours(2)));
      desk.pass(Duration.ofHours(2));
    }
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by gas.agent");
    order.does("agent", "callback-by-phone", "reached", false, "unreachedCause", "REFUSED_CALL");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.view().path("callback").path("satisfaction").asText())
        .isEqualTo("UNREACHABLE");
    assertThat(order.view().path("callback").path("attempts")).hasSize(4);
    assertThat(order.note("回访")).isEqualTo("多次联系不上客户：拨打3次未接通，最后一次客户拒接");
    assertThat(order.record()).containsSubsequence("电话回访未完成", "电话回访未完成", "电话回访未完成", "回访", "办结");
  }

  @ParameterizedTest(name = "{0} 未接通 → {1}")
  @DisplayName("RQ-14.9b RQ-14.9c：两小时后落在静默时段的，跨过午夜顺延到8:00")
  @CsvSource({
    "2026-11-16T18:59:59+08:00,2026-11-16T20:59:59+08:00",
    "2026-11-16T19:00:00+08:00,2026-11-17T08:00:00+08:00",
    "2026-11-17T08:00:00+08:00,2026-11-17T10:00:00+08:00"
  })
  void retryOverMidnight(String failedAt, String next) {
    Desk.Order order = repairReplied();
    desk.itIs(failedAt);
    order.does("agent", "callback-by-phone", "reached", false, "unreachedCause", "NO_ANSWER");
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText()).isEqualTo(next);
  }

  @Test
  @DisplayName("RQ-14.9d 第十四条（九）：回复与回访不符的退回责任单位核实重办，时限自再次派单起算，重办后再审核、再回访")
  void contradiction() {
    Desk.Order order = repairReplied();
    desk.itIs("2026-11-17T10:00:00+08:00");
    Object[] contradicts = {"reached", true, "contradictsReply", true};
    assertThat(order.tries("agent", "callback-by-phone", contradicts).field()).isEqualTo("remarks");
    Object[] described = Arrays.copyOf(contradicts, 6);
    described[4] = "remarks";
    described[5] = "客户说没有人来过";
    order.does("agent", "callback-by-phone", described);
    assertThat(order.status()).isEqualTo("DISPATCHED");
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    assertThat(order.waitsFor()).containsExactly("accept by gas.east-repair");
    assertThat(order.note("下达重办指令")).isEqualTo("回复与回访不符：客户说没有人来过");
    assertThat(order.line("下达重办指令")).contains("RQ-14.9d");
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-20T17:30:00+08:00");
    assertThat(order.limit("CONTACT").path("dueAt").asText())
        .isEqualTo("2026-11-17T12:00:00+08:00");
    order.accepted().contacted().reported().passedBy("east-repair-leader", "agent");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.9f 第十四条（九）：回访问是否解决、是否满意并记意见；不满意的跟进后重办或写明理由办结")
  void whatIsAsked() {
    Desk.Order order = repairReplied();
    assertThat(order.tries("agent", "callback-by-phone", "reached", true).field())
        .isEqualTo("solved");
    assertThat(order.tries("agent", "callback-by-phone", "reached", true, "solved", true).field())
        .isEqualTo("satisfaction");
    order.dissatisfiedByPhone();
    assertThat(order.waitsFor()).containsExactly("follow-up by gas.agent");
    assertThat(order.note("回访")).isEqualTo("不满意：仍有问题");
    order.reworkOrdered();
    assertThat(order.waitsFor()).containsExactly("accept by gas.east-repair");
    order.accepted().contacted().reported().passedBy("east-repair-leader", "agent");
    order.dissatisfiedByPhone();
    order.does("shift-supervisor", "follow-up", "outcome", "CLOSE", "reason", "已解释，客户接受");
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.9e 第十四条（九）：回访中的新诉求派发新工单并与原单相连，原诉求优先、照原流程走")
  void newDemand() {
    Desk.Order order = repairReplied();
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        false,
        "satisfaction",
        "DISSATISFIED",
        "newDemand",
        "还想改一下灶具位置");
    assertThat(order.waitsFor()).containsExactly("follow-up by gas.agent");
    Desk.Order fresh = desk.order(order.note("新诉求另立工单"));
    assertThat(fresh.number).startsWith("RQ").isNotEqualTo(order.number);
    assertThat(fresh.view().path("linked").get(0).asText()).isEqualTo(order.number);
    assertThat(fresh.waitsFor()).containsExactly("complete-intake by gas.agent");
    assertThat(fresh.view().path("description").asText()).isEqualTo("还想改一下灶具位置");
  }

  // ---- several demands, return, extension

  @Test
  @DisplayName("RQ-15.1 第十五条（一）：同一来电多个诉求属一个单位的并为一单，按最高等级派发")
  void severalDemandsOfOneUnit() {
    Desk.Order order =
        call(
            "REPAIR",
            "east",
            "/description",
            "灶具打不着火",
            "/demands",
            List.of(Map.of("category", "ALARM", "description", "厨房有燃气味")));
    JsonNode view = order.view();
    assertThat(view.path("category").asText()).isEqualTo("ALARM");
    assertThat(view.path("level").asText()).isEqualTo("EMERGENCY");
    assertThat(view.path("description").asText()).contains("灶具打不着火", "厨房有燃气味");
    assertThat(view.path("linked")).isEmpty();
    assertThat(order.department()).isEqualTo("east-repair");
    assertThat(order.note("多个诉求并为一单")).isEqualTo("报修、报警，按最高等级 报警");
  }

  @Test
  @DisplayName("RQ-15.1 第十五条（一）：同一来电多个诉求属不同单位的，按单位分别立单并相连，各走各的时限")
  void severalDemandsOfSeveralUnits() {
    Desk.Order order =
        call(
            "REPAIR",
            "east",
            "/demands",
            List.of(
                Map.of("category", "ADVICE", "description", "想问气价"),
                Map.of("category", "SERVICE_APPLICATION", "description", "想约安检")));
    assertThat(order.view().path("category").asText()).isEqualTo("REPAIR");
    assertThat(order.view().path("linked")).hasSize(1);
    Desk.Order other = desk.order(order.view().path("linked").get(0).asText());
    assertThat(other.department()).isEqualTo("east-service");
    assertThat(other.view().path("category").asText()).isEqualTo("SERVICE_APPLICATION");
    assertThat(other.view().path("description").asText()).contains("想问气价", "想约安检");
    assertThat(other.view().path("caller").path("phone").asText()).isEqualTo("13800000000");
    assertThat(other.view().path("linked").get(0).asText()).isEqualTo(order.number);
    assertThat(other.due("RESOLVE")).isEqualTo("2026-11-25T09:30:00Z");
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-19T09:30:00Z");
    assertThat(order.record()).contains("另一诉求另立工单");
  }

  @Test
  @DisplayName("RQ-15.3 第十五条（三）：不属本单位或信息错误的写明原因退回；调度员更正后改派，时限按更正后的类别重定")
  void returnedAndCorrected() {
    Desk.Order order = call("REPAIR");
    desk.pass(Duration.ofMinutes(10));
    assertThat(order.tries("east-repair", "accept", "outcome", "RETURN").field())
        .isEqualTo("reason");
    order.does("east-repair", "accept", "outcome", "RETURN", "reason", "地址在西区，且是申请移表");
    assertThat(order.status()).isEqualTo("RETURNED");
    assertThat(order.note("退回")).isEqualTo("地址在西区，且是申请移表");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by gas.dispatcher");
    assertThat(order.limit("DISPATCH").path("dueAt").asText())
        .isEqualTo("2026-11-16T09:15:00+08:00");
    order.does(
        "dispatcher",
        "check-dispatch",
        "outcome",
        "DISPATCH",
        "category",
        "SERVICE_APPLICATION",
        "subcategory",
        "ALTERATION",
        "district",
        "west",
        "note",
        "已与客户核实");
    assertThat(order.note("更正登记内容")).isEqualTo("类别、地点");
    assertThat(order.department()).isEqualTo("west-service");
    assertThat(order.waitsFor()).containsExactly("accept by gas.west-service");
    assertThat(order.promises("ACCEPT"))
        .containsExactly("2小时 2026-11-16T11:10:00+08:00 RQ-15.3 DEFAULT");
    assertThat(order.promises("RESOLVE"))
        .containsExactly("7个工作日 2026-11-25T17:30:00+08:00 RQ-14.5");
    assertThat(order.promises("CONTACT"))
        .containsExactly("1个工作日 2026-11-17T17:30:00+08:00 RQ-14.5");
    assertThat(order.answerTo("east-repair")).isEqualTo(404);
  }

  private static Object[] extensionUntil(String until) {
    return new Object[] {
      "outcome",
      "EXTENSION",
      "extensionUntil",
      until,
      "extensionReason",
      "等配件",
      "extensionCause",
      "OUTSIDE"
    };
  }

  @Test
  @DisplayName("RQ-15.2 第十五条（二）：不能按时的及时申请延期，由客服中心审批，批准后由坐席告知客户")
  void extension() {
    Desk.Order order = call("REPAIR").accepted().contacted();
    order.does("east-repair", "report-work", extensionUntil("2026-11-24T12:00:00+08:00"));
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by gas.east-repair", "decide-extension by gas.service-manager");
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-19T09:30:00Z");
    assertThat(order.tasksSeenBy("east-repair-leader")).isEmpty();
    order.does("service-manager", "decide-extension", "approved", true);
    assertThat(order.line("同意延期")).isEqualTo("gas.service-manager 同意延期 RQ-15.2 DEFAULT");
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-24T12:00:00+08:00");
    assertThat(order.limit("RESOLVE").path("originalDueAt").asText())
        .isEqualTo("2026-11-19T17:30:00+08:00");
    assertThat(order.waitsFor()).contains("tell-customer by gas.agent");
    order.does("agent", "tell-customer", "note", "已致歉说明，客户同意");
    assertThat(order.line("告知客户延期并致歉")).isEqualTo("gas.agent 告知客户延期并致歉 RQ-15.2 DEFAULT");
  }

  @Test
  @DisplayName("RQ-14.6c 第十四条（六）：投诉因客观因素延期的，由责任单位1小时内与客户沟通并留痕；反馈时限不因延期缩短")
  void complaintExtension() {
    Desk.Order order = call("COMPLAINT").checked().accepted();
    order.does("east-service", "report-work", extensionUntil("2026-11-16T18:00:00+08:00"));
    order.does("service-manager", "decide-extension", "approved", true);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-16T18:00:00+08:00");
    assertThat(order.limit("REPLY").path("dueAt").asText()).isEqualTo("2026-11-18T17:30:00+08:00");
    assertThat(order.waitsFor()).contains("tell-customer by gas.east-service");
    assertThat(Desk.at(order.waiting("tell-customer"), "dueAt"))
        .isEqualTo(desk.now().plus(Duration.ofHours(1)));
    assertThat(order.tries("east-service", "tell-customer").field()).isEqualTo("note");
    order.does("east-service", "tell-customer", "note", "已向客户说明等检测报告");
    assertThat(order.line("告知客户延期并致歉"))
        .isEqualTo("gas.east-service 告知客户延期并致歉 RQ-15.2 RQ-14.6c DEFAULT");
  }

  // ---- who sees what

  @Test
  @DisplayName("RQ-9 第九至十二条：事业部看到并督办所属单位的工单，看不到另一事业部的")
  void divisions() {
    Desk.Order east = call("REPAIR", "east");
    Desk.Order west = call("REPAIR", "west");
    for (String person : List.of("division-east", "division-east-leader", "east-repair")) {
      assertThat(east.answerTo(person)).as(person).isEqualTo(200);
      assertThat(west.answerTo(person)).as(person).isEqualTo(404);
      assertThat(
              desk.get("/api/work-orders?company=gas", "gas." + person)
                  .body()
                  .path("items")
                  .findValuesAsText("number"))
          .containsExactly(east.number);
    }
    assertThat(east.answerTo("east-service")).isEqualTo(404);
    for (String person : List.of("agent", "dispatcher", "service-manager")) {
      assertThat(east.answerTo(person)).as(person).isEqualTo(200);
      assertThat(west.answerTo(person)).as(person).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @DisplayName("RQ-13 第十三条（四）：被投诉、被举报的单位始终得不到工单，由其事业部承办，核对时改派给它的不收")
  @ValueSource(strings = {"COMPLAINT", "REPORT"})
  void complainedOfNeverSees(String category) {
    Desk.Order order = call(category, "east", "/facts/departmentComplainedOf", "east-repair");
    assertThat(order.department()).isEqualTo("division-east");
    Desk.Answer refused =
        order.tries(
            "dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "east-repair");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("department");
    order.checked();
    assertThat(order.waitsFor()).containsExactly("accept by gas.division-east");
    desk.postGoesOut();
    for (String person : List.of("east-repair", "east-repair-leader")) {
      assertThat(order.answerTo(person)).isEqualTo(404);
      assertThat(order.tasksSeenBy(person)).isEmpty();
      assertThat(desk.mailsTo("gas", person)).isEmpty();
    }
    assertThat(desk.get("/api/work-orders?company=gas", "gas.east-repair").body().path("items"))
        .isEmpty();
    order.accepted().reported().passedBy("division-east-leader", reviewer(category));
    order.dissatisfiedByPhone();
    Desk.Answer transfer =
        order.tries(
            "agent",
            "follow-up",
            "outcome",
            "REWORK",
            "instruction",
            "重新调查",
            "department",
            "east-repair");
    assertThat(transfer.status()).isEqualTo(422);
    assertThat(transfer.field()).isEqualTo("department");
    assertThat(order.answerTo("east-repair")).isEqualTo(404);
  }

  @Test
  @DisplayName("RQ-13 第十三条（四）：受理时不按规程派单，也不能派给被投诉的单位")
  void complainedOfIsNotChosenAtIntake() {
    Desk.Answer refused =
        desk.post(
            "/api/work-orders",
            Desk.body(
                "gas",
                "COMPLAINT",
                "/facts/departmentComplainedOf",
                "east-repair",
                "/department",
                "east-repair",
                "/departmentReason",
                "客户要求"),
            "gas.agent",
            "complained-of");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("department");
  }

  @Test
  @DisplayName("RQ-13 第十三条（四）：不宜公开的工单，无关人员看不到来电人、内容和处理情况")
  void confidential() {
    Desk.Order order =
        call(
            "REPORT",
            "east",
            "/facts/confidential",
            true,
            "/facts/departmentComplainedOf",
            "east-repair",
            "/description",
            "某师傅私收费用");
    order.checked().accepted();
    order.does("division-east", "report-work", "outcome", "DONE", "result", "已约谈当事人");
    for (String person : List.of("dispatcher", "shift-supervisor", "manager")) {
      assertThat(order.seenBy(person).body().toString())
          .as(person)
          .contains(order.number)
          .doesNotContain("13800000000", "张三", "世纪大道12号", "私收费用", "已约谈当事人");
      assertThat(desk.get("/api/work-orders?company=gas", "gas." + person).body().toString())
          .as(person)
          .contains(order.number)
          .doesNotContain("13800000000", "张三", "世纪大道12号", "私收费用");
    }
    assertThat(order.seenBy("service-manager").body().toString())
        .contains("13800000000", "私收费用", "已约谈当事人");
    assertThat(order.seenBy("division-east").body().toString())
        .contains("138****0000", "张三", "私收费用", "已约谈当事人")
        .doesNotContain("13800000000");
    assertThat(order.answerTo("east-repair")).isEqualTo(404);
  }

  // ---- 12345

  private Desk.Order from12345(String dueAt) {
    return call(
            "COMPLAINT",
            "east",
            "/channel",
            "PLATFORM",
            "/external/platform",
            "12345",
            "/external/number",
            "SZ-20261116-001",
            "/external/dueAt",
            dueAt)
        .checked();
  }

  @Test
  @DisplayName("RQ-6 RQ-14.6 第六条、第十四条（六）：12345督办任务，平台时限与分级时限并列，更严的在前；延期不改变平台时限")
  void platformDeadline() {
    Desk.Order order = from12345("2026-11-16T11:00:00+08:00");
    assertThat(order.promises("RESOLVE"))
        .containsExactly(
            "平台时限 2026-11-16T11:00:00+08:00 RQ-14.6 RQ-6",
            "3小时 2026-11-16T12:00:00+08:00 RQ-14.6 RQ-14.6c");
    assertThat(from12345("2026-11-20T18:00:00+08:00").promises("RESOLVE"))
        .containsExactly(
            "3小时 2026-11-16T12:00:00+08:00 RQ-14.6 RQ-14.6c",
            "平台时限 2026-11-20T18:00:00+08:00 RQ-14.6 RQ-6");
    order.accepted();
    assertThat(Desk.at(order.waiting("report-work"), "dueAt")).isEqualTo("2026-11-16T03:00:00Z");
    order.does("east-service", "report-work", extensionUntil("2026-11-17T12:00:00+08:00"));
    order.does("service-manager", "decide-extension", "approved", true);
    assertThat(order.promises("RESOLVE"))
        .containsExactly(
            "平台时限 2026-11-16T11:00:00+08:00 RQ-14.6 RQ-6",
            "3小时 2026-11-17T12:00:00+08:00 RQ-14.6 RQ-14.6c");
    desk.itIs("2026-11-16T11:00:00+08:00");
    assertThat(order.breaches("办结")).isZero();
    desk.pass(Duration.ofSeconds(1));
    assertThat(order.breaches("办结")).isEqualTo(1);
  }

  @Test
  @DisplayName("RQ-6 RQ-14.6 第六条：12345督办任务回访后由坐席回复平台，回复了才办结")
  void platformReply() {
    Desk.Order order = from12345("2026-11-18T18:00:00+08:00").accepted().reported();
    order.passedBy("east-service-leader", "service-manager").satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.waitsFor()).containsExactly("reply-to-platform by gas.agent");
    assertThat(order.waiting("reply-to-platform").path("dueAt").asText())
        .isEqualTo("2026-11-18T18:00:00+08:00");
    assertThat(order.tries("agent", "reply-to-platform").field()).isEqualTo("reply");
    order.does("agent", "reply-to-platform", "reply", "已整改并回访客户，客户满意");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.view().path("platformReply").asText()).isEqualTo("已整改并回访客户，客户满意");
    assertThat(order.line("回复平台")).contains("gas.agent", "RQ-6");
    assertThat(call("COMPLAINT").promises("RESOLVE")).hasSize(1);
  }
}
