package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@Scenario
@DisplayName("供水维修客服中心：核对派发、接单到场、超期核实、回填确认（维修）")
class RepairCentreTest {
  @Autowired Desk desk;
  @Autowired MockMvc mvc;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order call(String category, Object... details) {
    List<Object> all = new ArrayList<>(List.of("/caller/district", "east"));
    all.addAll(List.of(details));
    return desk.callOf("water-repair", category, all.toArray());
  }

  private static Desk.Order dispatched(Desk.Order order) {
    return order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH");
  }

  /** An urgent leak that the east crew has accepted. */
  private Desk.Order urgentLeakAccepted() {
    return dispatched(call("LEAK", "/facts/urgent", true)).accepted();
  }

  /** The same, the crew is there and the water stopped. */
  private Desk.Order urgentLeakContained() {
    return urgentLeakAccepted()
        .does("crew-east", "report-arrival", "situation", "已到场")
        .does("crew-east", "report-containment", "situation", "已止水");
  }

  private List<String> mails(String person) {
    desk.postGoesOut();
    return desk.mailsTo("water-repair." + person);
  }

  // ---- roles

  @Test
  @DisplayName("WX-1 第一部分：坐席、调度员、值班班长、客服主管、维修队及其负责人各司其职，别人的任务办不了")
  void everyRoleHasItsStep() {
    Desk.Order order =
        desk.callTypedInTasklist(
            "water-repair.agent", "callerPhone", "13900000000", "description", "楼道漏水");
    onlyFor(order, "complete-intake", "agent");
    order.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "LEAK",
        "callerPhone",
        "13900000000",
        "address",
        "东湖小区3栋2单元",
        "district",
        "east",
        "description",
        "楼道漏水",
        "urgent",
        true);
    onlyFor(order, "check-dispatch", "dispatcher", "shift-supervisor");
    dispatched(order);
    onlyFor(order, "accept", "crew-east", "crew-east-leader");
    order.accepted();
    onlyFor(order, "report-arrival", "crew-east");
    order.does("crew-east", "report-arrival", "situation", "已到场");
    order.does("crew-east", "report-containment", "situation", "已止水");
    order.does(
        "crew-east",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-17T09:00:00+08:00",
        "extensionReason",
        "材料短缺",
        "extensionCause",
        "OUTSIDE");
    onlyFor(order, "decide-extension", "crew-east-leader");
    assertThat(
            desk.get("/api/work-orders/" + order.number, "water-repair.service-manager").status())
        .isEqualTo(200);
  }

  /** Nobody else may complete it, whoever sees it in a list. */
  private void onlyFor(Desk.Order order, String task, String... people) {
    String id = order.waiting(task).path("id").asText();
    for (String each :
        List.of(
            "agent",
            "dispatcher",
            "shift-supervisor",
            "service-manager",
            "manager",
            "crew-east",
            "crew-east-leader",
            "crew-west")) {
      if (List.of(people).contains(each)) {
        assertThat(order.tasksSeenBy(each)).as(each).contains(task);
      } else {
        assertThat(desk.complete("water-repair." + each, id).status())
            .as(each + " " + task)
            .isIn(403, 404);
      }
    }
  }

  // ---- levels, check, dispatch

  @ParameterizedTest(name = "{0} {1}={2} → {3}")
  @DisplayName(
      "WX-1.3、WX-1.4a 第一部分（三）4、（四）1、C15：按《故障分级标准》定级，紧急级10分钟、一般级30分钟、咨询级1小时内派发，自受理起算——到点及时，晚一毫秒超期")
  @CsvSource({
    "NO_WATER,largeArea,true,URGENT,2026-11-16T09:10:00+08:00",
    "BURST,disturbsTraffic,true,URGENT,2026-11-16T09:10:00+08:00",
    "LEAK,urgent,true,URGENT,2026-11-16T09:10:00+08:00",
    "LEAK,urgent,false,NORMAL,2026-11-16T09:30:00+08:00",
    "PRESSURE,urgent,false,NORMAL,2026-11-16T09:30:00+08:00",
    "ADVICE,urgent,false,ADVICE,2026-11-16T10:00:00+08:00"
  })
  void levels(String category, String fact, boolean value, String level, String due) {
    Desk.Order inTime = call(category, "/facts/" + fact, value);
    Desk.Order late = call(category, "/facts/" + fact, value);
    assertThat(inTime.view().path("level").asText()).isEqualTo(level);
    assertThat(inTime.status()).isEqualTo("CHECKING");
    assertThat(inTime.limit("DISPATCH").path("dueAt").asText()).isEqualTo(due);
    assertThat(inTime.limit("DISPATCH").path("article").asText()).startsWith("WX-1.4a");
    desk.itIs(due);
    dispatched(inTime);
    desk.pass(Duration.ofMillis(1));
    dispatched(late);
    assertThat(inTime.isBreached("DISPATCH")).isFalse();
    assertThat(late.isBreached("DISPATCH")).isTrue();
    assertThat(late.breaches("派单")).isEqualTo(1);
  }

  @Test
  @DisplayName("WX-1.4a、C15：满5分钟还没核对派发的提醒调度员，紧急的并提醒值班班长，10分钟后上报班长")
  void checkWithinFiveMinutes() {
    Desk.Order urgent = call("LEAK", "/facts/urgent", true);
    Desk.Order normal = call("LEAK");
    desk.itIs("2026-11-16T09:04:59.999+08:00");
    assertThat(urgent.warnings("派单")).isZero();
    desk.itIs("2026-11-16T09:05:00+08:00");
    assertThat(urgent.warnings("派单")).isEqualTo(1);
    assertThat(normal.warnings("派单")).isEqualTo(1);
    assertThat(mails("dispatcher").toString())
        .contains(urgent.number + " 漏水 时限将到：派单", normal.number + " 漏水 时限将到：派单");
    assertThat(mails("shift-supervisor")).containsExactly("【热线工单】" + urgent.number + " 漏水 时限将到：派单");
    desk.itIs("2026-11-16T09:10:01+08:00");
    assertThat(mails("shift-supervisor")).contains("【热线工单】" + urgent.number + " 漏水 已超期：派单");
    assertThat(normal.breaches("派单")).isZero();
  }

  @ParameterizedTest
  @DisplayName("WX-1.2、WX-1.4a 第一部分（二）2、（四）1：派发前由调度员核对或值班班长复核，谁核对谁留痕")
  @ValueSource(strings = {"dispatcher", "shift-supervisor"})
  void checkedByEither(String checker) {
    Desk.Order order = call("LEAK");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by water-repair.dispatcher");
    order.does(checker, "check-dispatch", "outcome", "DISPATCH", "note", "地址到单元，已核对");
    assertThat(order.waitsFor()).containsExactly("accept by water-repair.crew-east");
    assertThat(order.line("核对派单")).startsWith("water-repair." + checker + " 核对派单");
    assertThat(order.note("核对派单")).isEqualTo("地址到单元，已核对");
    assertThat(mails("crew-east-leader")).hasSize(1);
  }

  @Test
  @DisplayName("WX-1.2 第一部分（二）2：复核更正地址、片区和紧急程度——重新定级、改派，时限随之改为紧急级")
  void correctedToUrgent() {
    Desk.Order order = call("LEAK");
    assertThat(order.due("DISPATCH")).isEqualTo("2026-11-16T01:30:00Z");
    desk.itIs("2026-11-16T09:08:00+08:00");
    order.does(
        "shift-supervisor",
        "check-dispatch",
        "outcome",
        "DISPATCH",
        "address",
        "西城花园5栋1单元",
        "district",
        "west",
        "urgent",
        true);
    JsonNode view = order.view();
    assertThat(view.path("level").asText()).isEqualTo("URGENT");
    assertThat(view.path("caller").path("address").asText()).isEqualTo("西城花园5栋1单元");
    assertThat(view.path("department").path("code").asText()).isEqualTo("crew-west");
    assertThat(order.note("更正登记内容")).isEqualTo("地点、已问情况");
    assertThat(order.line("更正登记内容")).startsWith("water-repair.shift-supervisor");
    assertThat(order.limit("DISPATCH").path("dueAt").asText())
        .isEqualTo("2026-11-16T09:10:00+08:00");
    assertThat(order.isBreached("DISPATCH")).isFalse();
    assertThat(order.limit("RESOLVE").path("limit").asText()).isEqualTo("4小时");
    assertThat(order.waitsFor()).containsExactly("accept by water-repair.crew-west");
    assertThat(view.path("timeLimits").toString())
        .doesNotContain("24小时", "30分钟\",\"dueAt\":\"2026-11-16T09:30");
  }

  @Test
  @DisplayName("WX-1.2：标注“紧急”的10分钟内调度——复核时才发现紧急而已过10分钟的，当即记为超期")
  void foundUrgentTooLate() {
    Desk.Order order = call("LEAK");
    desk.itIs("2026-11-16T09:12:00+08:00");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "urgent", true);
    assertThat(order.isBreached("DISPATCH")).isTrue();
    assertThat(order.breaches("派单")).isEqualTo(1);
  }

  @Test
  @DisplayName("WX-1.2：误标“紧急”的，复核更正后降为一般级，时限随之放宽")
  void wronglyMarkedUrgent() {
    Desk.Order order = call("LEAK", "/facts/urgent", true);
    assertThat(order.view().path("level").asText()).isEqualTo("URGENT");
    desk.itIs("2026-11-16T09:08:00+08:00");
    order.does("shift-supervisor", "check-dispatch", "outcome", "DISPATCH", "urgent", false);
    assertThat(order.view().path("level").asText()).isEqualTo("NORMAL");
    assertThat(order.limit("RESOLVE").path("limit").asText()).isEqualTo("24小时");
    assertThat(order.limit("ARRIVE").path("limit").asText()).isEqualTo("2小时");
    assertThat(order.limit("CONTAIN")).isNull();
  }

  // ---- the crew

  @Test
  @DisplayName("WX-1.4b 第一部分（四）2：接单15分钟自推送起算——核对用掉的时间不算，整15分钟及时，晚一毫秒超期；退回再派另算")
  void acceptedFromThePush() {
    Desk.Order inTime = call("LEAK", "/facts/urgent", true);
    Desk.Order late = call("LEAK", "/facts/urgent", true);
    assertThat(inTime.limit("ACCEPT").path("dueAt").isNull()).isTrue();
    desk.itIs("2026-11-16T09:09:00+08:00");
    dispatched(inTime);
    dispatched(late);
    assertThat(inTime.limit("ACCEPT").path("startedAt").asText())
        .isEqualTo("2026-11-16T09:09:00+08:00");
    assertThat(inTime.limit("ACCEPT").path("dueAt").asText())
        .isEqualTo("2026-11-16T09:24:00+08:00");
    assertThat(inTime.limit("ACCEPT").path("article").asText()).isEqualTo("WX-1.4b");
    desk.itIs("2026-11-16T09:24:00+08:00");
    inTime.does("crew-east-leader", "accept", "outcome", "ACCEPT", "worker", "王师傅");
    desk.pass(Duration.ofMillis(1));
    late.accepted();
    assertThat(inTime.isBreached("ACCEPT")).isFalse();
    assertThat(inTime.view().path("worker").asText()).isEqualTo("王师傅");
    assertThat(late.isBreached("ACCEPT")).isTrue();

    Desk.Order returned = dispatched(call("LEAK"));
    desk.pass(Duration.ofMinutes(5));
    returned.does("crew-east", "accept", "outcome", "RETURN", "reason", "属西片区");
    desk.pass(Duration.ofMinutes(5));
    returned.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "crew-west");
    assertThat(returned.due("ACCEPT")).isEqualTo(desk.now().plus(Duration.ofMinutes(15)));
  }

  @ParameterizedTest(name = "紧急={0}")
  @DisplayName("WX-1.4b 第一部分（四）2、C14：到场紧急级30分钟、一般级2小时，自接单起算——到点及时，晚一毫秒超期")
  @CsvSource({"true,PT30M", "false,PT2H"})
  void arrival(boolean urgent, Duration limit) {
    Desk.Order inTime = dispatched(call("LEAK", "/facts/urgent", urgent));
    Desk.Order late = dispatched(call("LEAK", "/facts/urgent", urgent));
    desk.pass(Duration.ofMinutes(10));
    inTime.accepted();
    late.accepted();
    assertThat(inTime.due("ARRIVE")).isEqualTo(desk.now().plus(limit));
    desk.itIs(inTime.due("ARRIVE"));
    inTime.does("crew-east", "report-arrival", "situation", "已到场");
    desk.pass(Duration.ofMillis(1));
    late.does("crew-east", "report-arrival", "situation", "已到场");
    assertThat(inTime.isBreached("ARRIVE")).isFalse();
    assertThat(late.isBreached("ARRIVE")).isTrue();
    assertThat(inTime.waitsFor())
        .containsExactly(
            (urgent ? "report-containment" : "report-work") + " by water-repair.crew-east");
  }

  @Test
  @DisplayName("WX-1.4b、WX-1.4c、C14：紧急级2小时内止水、4小时内办结，自接单起算；一般级24小时内修复——两个时限并列，到点及时，晚一毫秒超期")
  void containedInTwoHoursResolvedInFour() {
    Desk.Order inTime = urgentLeakAccepted();
    Desk.Order late = urgentLeakAccepted();
    Desk.Order normal = dispatched(call("LEAK")).accepted();
    assertThat(inTime.due("CONTAIN")).isEqualTo("2026-11-16T03:00:00Z");
    assertThat(inTime.due("RESOLVE")).isEqualTo("2026-11-16T05:00:00Z");
    assertThat(normal.due("RESOLVE")).isEqualTo("2026-11-17T01:00:00Z");
    for (Desk.Order each : List.of(inTime, late)) {
      each.does("crew-east", "report-arrival", "situation", "已到场");
    }
    desk.itIs("2026-11-16T11:00:00+08:00");
    inTime.does("crew-east", "report-containment", "situation", "已止水");
    desk.pass(Duration.ofMillis(1));
    late.does("crew-east", "report-containment", "situation", "已止水");
    desk.itIs("2026-11-16T13:00:00+08:00");
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    assertThat(inTime.isBreached("CONTAIN")).isFalse();
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(late.isBreached("CONTAIN")).isTrue();
    assertThat(late.isBreached("RESOLVE")).isTrue();
    assertThat(inTime.line("止水")).isEqualTo("water-repair.crew-east 止水 WX-1.4b");
    assertThat(inTime.line("回单")).startsWith("water-repair.crew-east 回单 WX-1.4c");
  }

  // ---- overdue

  @Test
  @DisplayName("WX-1.4c、WX-1.1 第一部分（四）3：超期先由调度员问维修队，客观原因的经维修队负责人签字延长，并告知用户致歉；客服主管得知超期")
  void outsideCause() {
    Desk.Order order = urgentLeakContained();
    desk.itIs("2026-11-16T13:00:00+08:00");
    assertThat(order.waitsFor()).containsExactly("report-work by water-repair.crew-east");
    desk.itIs("2026-11-16T13:00:01+08:00");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by water-repair.crew-east", "inquire-delay by water-repair.dispatcher");
    assertThat(mails("service-manager").toString()).contains(order.number + " 漏水 已超期：办结");
    assertThat(order.tries("dispatcher", "inquire-delay").field()).isEqualTo("cause");
    assertThat(order.tries("dispatcher", "inquire-delay", "cause", "OUTSIDE").field())
        .isEqualTo("reason");
    order.does("dispatcher", "inquire-delay", "cause", "OUTSIDE", "reason", "交通管制，材料运不进");
    assertThat(order.view().path("delayCause").asText()).isEqualTo("OUTSIDE");
    assertThat(order.line("核实超期原因")).isEqualTo("water-repair.dispatcher 核实超期原因 WX-1.4c DEFAULT");
    assertThat(mails("crew-east").toString()).contains("超期属客观原因，需延长的请申请延期");

    order.does(
        "crew-east",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-16T18:00:00+08:00",
        "extensionReason",
        "交通管制",
        "extensionCause",
        "OUTSIDE");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by water-repair.crew-east",
            "decide-extension by water-repair.crew-east-leader");
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-16T05:00:00Z");
    order.does("crew-east-leader", "decide-extension", "approved", true);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-16T18:00:00+08:00");
    assertThat(order.line("同意延期")).isEqualTo("water-repair.crew-east-leader 同意延期 WX-1.4c DEFAULT");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by water-repair.crew-east", "tell-customer by water-repair.dispatcher");
    assertThat(Desk.at(order.waiting("tell-customer"), "dueAt"))
        .isEqualTo(desk.now().plus(Duration.ofMinutes(30)));
    order.does("dispatcher", "tell-customer", "note", "已致电致歉，预计18时前修好");
    assertThat(order.line("告知客户延期并致歉")).startsWith("water-repair.dispatcher");
    assertThat(order.record())
        .containsSubsequence("超期", "核实超期原因", "申请延期", "同意延期", "时限延长", "告知客户延期并致歉");
    desk.itIs("2026-11-16T18:00:00+08:00");
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isTrue();
    assertThat(order.breaches("办结")).isEqualTo(1);
  }

  @Test
  @DisplayName("WX-1.4c 第一部分（四）3：人为拖延的立即报客服主管，记录责任方，不写责任方不收")
  void ownFault() {
    Desk.Order order = urgentLeakContained();
    desk.itIs("2026-11-16T13:00:01+08:00");
    Desk.Answer nobody =
        order.tries("dispatcher", "inquire-delay", "cause", "OWN", "reason", "无人值守");
    assertThat(nobody.status()).isEqualTo(422);
    assertThat(nobody.field()).isEqualTo("responsibleSide");
    assertThat(mails("service-manager").toString()).doesNotContain("超期属本单位原因");
    order.does(
        "dispatcher",
        "inquire-delay",
        "cause",
        "OWN",
        "responsibleSide",
        "东片区维修队 王师傅",
        "reason",
        "未按时到场");
    assertThat(order.view().path("delayCause").asText()).isEqualTo("OWN");
    assertThat(order.view().path("responsibleSide").asText()).isEqualTo("东片区维修队 王师傅");
    assertThat(order.line("核实超期原因")).isEqualTo("water-repair.dispatcher 核实超期原因 WX-1.4c");
    assertThat(order.note("核实超期原因")).contains("责任方：东片区维修队 王师傅", "未按时到场");
    assertThat(mails("service-manager")).contains("【热线工单】" + order.number + " 漏水 超期属本单位原因");
    assertThat(order.waitsFor()).containsExactly("report-work by water-repair.crew-east");
    desk.pass(Duration.ofDays(1));
    assertThat(order.breaches("办结")).isEqualTo(1);
    assertThat(order.waitsFor()).containsExactly("report-work by water-repair.crew-east");
  }

  @Test
  @DisplayName("WX-1.4c：以本单位原因申请延期的，记录而不准，报客服主管，时限不变，不送审批")
  void ownCauseIsNotExtended() {
    Desk.Order order = urgentLeakContained();
    desk.itIs("2026-11-16T12:00:00+08:00");
    order.does(
        "crew-east",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-16T18:00:00+08:00",
        "extensionReason",
        "人手不够",
        "extensionCause",
        "OWN");
    assertThat(order.waitsFor()).containsExactly("report-work by water-repair.crew-east");
    assertThat(order.due("RESOLVE")).isEqualTo("2026-11-16T05:00:00Z");
    assertThat(order.limit("RESOLVE").path("originalDueAt").isNull()).isTrue();
    assertThat(order.line("不予延期")).isEqualTo("系统 不予延期 WX-1.4c");
    assertThat(order.record()).contains("申请延期").doesNotContain("时限延长");
    assertThat(mails("service-manager"))
        .containsExactly("【热线工单】" + order.number + " 申请延期，属本单位原因，不予延期");
    assertThat(
            desk.tables()
                .sql("SELECT approved FROM extension_request WHERE order_number = :n")
                .param("n", order.number)
                .query(Boolean.class)
                .list())
        .containsExactly(false);
    desk.itIs("2026-11-16T13:00:01+08:00");
    assertThat(order.breaches("办结")).isEqualTo(1);
  }

  // ---- the end

  private Desk.Order closed() {
    return urgentLeakContained()
        .does("crew-east", "report-work", "outcome", "DONE", "result", "已更换接头，恢复供水")
        .satisfiedByPhone();
  }

  @Test
  @DisplayName("WX-1.4d 第一部分（四）4、C16：处理结果在闭环前必填；闭环后2小时内回填，整2小时及时，生成《工单完成确认单》，短信待发")
  void recordedAfterClosure() throws Exception {
    Desk.Order order = urgentLeakContained();
    assertThat(order.tries("crew-east", "report-work", "outcome", "DONE").field())
        .isEqualTo("result");
    order.does("crew-east", "report-work", "outcome", "DONE", "result", "已更换接头，恢复供水");
    desk.itIs("2026-11-16T15:00:00+08:00");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.waitsFor()).containsExactly("record-completion by water-repair.dispatcher");
    assertThat(order.limit("RECORD").path("startedAt").asText())
        .isEqualTo("2026-11-16T15:00:00+08:00");
    assertThat(order.limit("RECORD").path("dueAt").asText()).isEqualTo("2026-11-16T17:00:00+08:00");
    assertThat(order.notices("CLOSURE")).isEmpty();
    desk.itIs("2026-11-16T17:00:00+08:00");
    assertThat(order.warnings("回填")).isEqualTo(1);
    order.does(
        "dispatcher", "record-completion", "measures", "开挖更换接头", "parts", "DN20接头1个", "cost", 35.5);
    assertThat(order.isBreached("RECORD")).isFalse();
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.view().path("measures").asText()).isEqualTo("开挖更换接头");
    assertThat(order.view().path("cost").asText()).isEqualTo("35.5");
    assertThat(order.line("回填处理结果")).isEqualTo("water-repair.dispatcher 回填处理结果 WX-1.4d");

    assertThat(order.notices("CLOSURE")).containsExactly("SMS PENDING");
    String sms =
        desk.tables()
            .sql("SELECT body FROM notice WHERE order_number = :n AND purpose = 'CLOSURE'")
            .param("n", order.number)
            .query(String.class)
            .single();
    String link = sms.substring(sms.indexOf("/public/confirmations/"));
    MockHttpServletResponse page = ask(MockMvcRequestBuilders.get(URI.create(link)));
    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(new String(page.getContentAsByteArray(), StandardCharsets.UTF_8))
        .contains("工单完成确认单", order.number, "开挖更换接头", "DN20接头1个", "35.5");
    MockHttpServletResponse pdf =
        ask(
            MockMvcRequestBuilders.get("/api/work-orders/" + order.number + "/confirmation.pdf")
                .with(httpBasic("water-repair.dispatcher", "Hotline-2026")));
    assertThat(pdf.getStatus()).isEqualTo(200);
    assertThat(new String(pdf.getContentAsByteArray(), 0, 5, StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
  }

  private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request).andReturn().getResponse();
  }

  @Test
  @DisplayName("WX-1.4d：工单已闭环也照样监督回填——提醒调度员、超期报值班班长各一次，班长可代为回填")
  void recordedTooLate() {
    Desk.Order order = closed();
    Desk.Order late = closed();
    desk.pass(Duration.ofHours(2));
    desk.pass(Duration.ofMillis(1));
    late.does("dispatcher", "record-completion", "measures", "更换接头");
    assertThat(late.isBreached("RECORD")).isTrue();
    assertThat(late.breaches("回填")).isEqualTo(1);
    desk.pass(Duration.ofDays(1));
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.warnings("回填")).isEqualTo(1);
    assertThat(order.breaches("回填")).isEqualTo(1);
    assertThat(mails("dispatcher").stream().filter(m -> m.contains(order.number + " 漏水 时限将到：回填")))
        .hasSize(1);
    assertThat(
            mails("shift-supervisor").stream().filter(m -> m.contains(order.number + " 漏水 已超期：回填")))
        .hasSize(1);
    order.does("shift-supervisor", "record-completion", "measures", "更换接头");
    assertThat(order.notices("CLOSURE")).containsExactly("SMS PENDING");
    assertThat(order.line("回填处理结果")).startsWith("water-repair.shift-supervisor");
  }

  // ---- special orders

  @Test
  @DisplayName("WX-1.1 第一部分（一）2：同一用户就同一事项第二次投诉，报客服主管审核处理方案；第一次不报，他人投诉不算")
  void secondComplaint() {
    Desk.Order first = call("COMPLAINT", "/facts/departmentComplainedOf", "crew-east");
    assertThat(first.waitsFor()).containsExactly("check-dispatch by water-repair.shift-supervisor");
    Desk.Order neighbour =
        call(
            "COMPLAINT",
            "/facts/departmentComplainedOf",
            "crew-east",
            "/caller/phone",
            "13811112222");
    assertThat(neighbour.waitsFor())
        .containsExactly("check-dispatch by water-repair.shift-supervisor");
    assertThat(mails("service-manager")).isEmpty();

    desk.pass(Duration.ofDays(2));
    Desk.Order second = call("COMPLAINT", "/facts/departmentComplainedOf", "crew-east");
    assertThat(second.waitsFor())
        .containsExactlyInAnyOrder(
            "check-dispatch by water-repair.shift-supervisor",
            "instruct-emergency by water-repair.service-manager");
    assertThat(second.note("同一事项")).contains("第2次", first.number, neighbour.number);
    assertThat(Desk.at(second.waiting("instruct-emergency"), "dueAt"))
        .isEqualTo(desk.now().plus(Duration.ofHours(1)));
    assertThat(mails("service-manager").toString()).contains(second.number);
    second.does("service-manager", "instruct-emergency", "instruction", "由管网部会同东片区联合处理");
    assertThat(second.view().path("instruction").asText()).isEqualTo("由管网部会同东片区联合处理");
    assertThat(second.line("下达紧急处置意见")).startsWith("water-repair.service-manager 下达紧急处置意见 WX-1.1");
  }

  @Test
  @DisplayName("WX-1.1：核对时才更正为投诉的，同样报客服主管")
  void correctedToComplaint() {
    call("COMPLAINT", "/facts/departmentComplainedOf", "crew-east");
    Desk.Order order = call("OTHER");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by water-repair.dispatcher");
    order.does(
        "dispatcher",
        "check-dispatch",
        "outcome",
        "DISPATCH",
        "category",
        "COMPLAINT",
        "departmentComplainedOf",
        "crew-east");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "accept by water-repair.crew-east",
            "instruct-emergency by water-repair.service-manager");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("WX-1.1：重大投诉（涉诉、媒体曝光、5人以上联名）由客服主管处理，4人联名的不是")
  @CsvSource({
    "lawsuit,true,true",
    "mediaExposure,true,true",
    "jointComplainants,5,true",
    "jointComplainants,4,false"
  })
  void majorComplaint(String fact, String value, boolean major) {
    Object given = value.equals("true") ? (Object) true : Integer.valueOf(value);
    Desk.Order order = call("COMPLAINT", "/facts/" + fact, given);
    assertThat(order.waitsFor().contains("instruct-emergency by water-repair.service-manager"))
        .isEqualTo(major);
  }

  // ---- what the caller was told

  @Test
  @DisplayName("WX-2 第一部分（三）2、5、第二部分（一）2：追问开始时间、影响范围、室内还是公共管网；告知用户的流程和预计时间作为承诺记在工单上，维修队看得到")
  void promiseIsRecorded() {
    Desk.Order order =
        desk.callTypedInTasklist(
            "water-repair.agent", "callerPhone", "13900000000", "description", "整栋停水");
    order.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "NO_WATER",
        "callerPhone",
        "13900000000",
        "address",
        "东湖小区3栋2单元",
        "district",
        "east",
        "description",
        "整栋停水",
        "since",
        "今早7点",
        "extent",
        "整栋楼",
        "promised",
        "30分钟内安排维修人员联系您");
    JsonNode facts = order.view().path("facts");
    assertThat(facts.path("since").asText()).isEqualTo("今早7点");
    assertThat(facts.path("extent").asText()).isEqualTo("整栋楼");
    assertThat(facts.path("promised").asText()).isEqualTo("30分钟内安排维修人员联系您");
    assertThat(order.view().path("guidance").asText()).contains("处理流程和预计反馈时间", "停水从什么时候开始");
    dispatched(order);
    assertThat(
            desk.get("/api/work-orders/" + order.number, "water-repair.crew-east")
                .body()
                .path("facts")
                .path("promised")
                .asText())
        .isEqualTo("30分钟内安排维修人员联系您");
    Desk.Order leak = call("LEAK", "/facts/meterSide", "INDOOR", "/facts/promised", "2小时内上门");
    assertThat(leak.view().path("facts").path("promised").asText()).isEqualTo("2小时内上门");
    assertThat(leak.view().path("guidance").asText()).contains("室内管道还是小区公共管网");
  }

  @Test
  @DisplayName("WX-2 第二部分（一）3、WX-1.3：能当场解答的咨询当场答复即办结，不派单")
  void answeredOnTheCall() {
    Desk.Order order = call("ADVICE", "/answer", "可在公众号缴费");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.notices("DISPATCH")).isEmpty();
  }
}
