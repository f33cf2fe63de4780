package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("热线96666：派单、到场、反馈、延期、分类表与平台工单（银川）")
class YinchuanTest {
  private static final Object[] UNTIL_THURSDAY = {
    "outcome",
    "EXTENSION",
    "extensionUntil",
    "2026-11-19T12:00:00+08:00",
    "extensionReason",
    "等待路政批复",
    "extensionCause",
    "OUTSIDE"
  };

  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order call(String category, Object... details) {
    return desk.callOf("yinchuan-water", category, details);
  }

  private Desk.Order leak(Object... more) {
    List<Object> details =
        new ArrayList<>(List.of("/caller/district", "xingqing", "/facts/meterSide", "UPSTREAM"));
    details.addAll(List.of(more));
    return call("LEAK", details.toArray());
  }

  private static List<String> steps(Desk.Order order, String milestone) {
    List<String> found = new ArrayList<>();
    for (JsonNode limit : order.view().path("timeLimits")) {
      if (limit.path("milestone").asText().equals(milestone)) {
        found.add(
            limit.path("limit").asText()
                + " "
                + limit.path("dueAt").asText()
                + " "
                + limit.path("article").asText());
      }
    }
    return found;
  }

  // ---- a whole order

  @Test
  @DisplayName("YC-13a、YC-13d、YC-14、YC-A1：一张漏水工单的全程——受理即派辖区管网维修，当日回复，本周首单电话回访后办结")
  void wholeOrder() {
    Desk.Order order = leak();
    assertThat(order.number).startsWith("YC20261116");
    assertThat(order.department()).isEqualTo("network-xingqing");
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.network-xingqing");
    assertThat(order.limit("DISPATCH").path("metAt").asText())
        .isEqualTo("2026-11-16T09:00:00+08:00");
    desk.postGoesOut();
    assertThat(desk.mailsTo("yinchuan-water.network-xingqing"))
        .containsExactly("【热线工单】" + order.number + " 漏水 请接单");

    desk.pass(Duration.ofMinutes(20));
    order.accepted();
    assertThat(steps(order, "RESOLVE")).containsExactly("当日 2026-11-17T00:00:00+08:00 YC-13d");
    assertThat(order.waitsFor()).containsExactly("report-work by yinchuan-water.network-xingqing");
    desk.pass(Duration.ofHours(3));
    order.reported();
    assertThat(order.note("确定回访方式")).isEqualTo("本周首单，电话回访");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yinchuan-water.agent");
    assertThat(order.limit("CALLBACK").path("dueAt").asText())
        .isEqualTo("2026-11-24T00:00:00+08:00");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.record())
        .containsExactly("登记来电", "定级", "定责", "派单", "接单", "回单", "确定回访方式", "回访", "办结");
    assertThat(order.line("定责")).isEqualTo("系统 定责 YC-A1");
    assertThat(order.line("回单")).isEqualTo("yinchuan-water.network-xingqing 回单 YC-13d");
    assertThat(order.line("回访")).isEqualTo("yinchuan-water.agent 回访 YC-14 DEFAULT");
  }

  // ---- dispatch

  @Test
  @DisplayName("YC-13a 第十三条：受理员三分钟内下达指令——在 Tasklist 受理，整3分钟及时，晚一毫秒超期")
  void seatDispatchesWithinThreeMinutes() {
    Desk.Order inTime = typed();
    Desk.Order late = typed();
    assertThat(steps(inTime, "DISPATCH")).containsExactly("3分钟 2026-11-16T09:03:00+08:00 YC-13a");
    desk.itIs("2026-11-16T09:03:00+08:00");
    assertThat(inTime.warnings("派单")).isEqualTo(1);
    dispatchedBySeat(inTime);
    desk.pass(Duration.ofMillis(1));
    dispatchedBySeat(late);
    assertThat(inTime.department()).isEqualTo("network-jinfeng");
    assertThat(inTime.isBreached("DISPATCH")).isFalse();
    assertThat(inTime.breaches("派单")).isZero();
    assertThat(late.isBreached("DISPATCH")).isTrue();
    assertThat(late.breaches("派单")).isEqualTo(1);
    assertThat(late.line("超期")).isEqualTo("系统 超期 YC-13a");
  }

  private Desk.Order typed() {
    return desk.callTypedInTasklist(
        "yinchuan-water.agent", "callerPhone", "13900000000", "description", "路边漏水");
  }

  private static Object[] leakInJinfeng() {
    return new Object[] {
      "outcome",
      "DISPATCH",
      "category",
      "LEAK",
      "callerPhone",
      "13900000000",
      "address",
      "金凤区正源街8号",
      "district",
      "jinfeng",
      "description",
      "路边漏水",
      "meterSide",
      "UPSTREAM"
    };
  }

  private static void dispatchedBySeat(Desk.Order order) {
    order.does("agent", "complete-intake", leakInJinfeng());
  }

  @Test
  @DisplayName("YC-13a：没问明表前表后的交调度员补充；满2分钟提醒受理员和调度员，过3分钟上报值班班长，各一次")
  void dispatcherIsWarned() {
    Desk.Order order = call("LEAK", "/caller/district", "xingqing");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yinchuan-water.dispatcher");
    assertThat(order.view().path("missing").asText()).isEqualTo("meterSide");
    desk.itIs("2026-11-16T09:01:59.999+08:00");
    assertThat(order.warnings("派单")).isZero();
    desk.itIs("2026-11-16T09:02:00+08:00");
    desk.itIs("2026-11-16T09:03:01+08:00");
    desk.postGoesOut();
    for (String warned : List.of("agent", "dispatcher")) {
      assertThat(desk.mailsTo("yinchuan-water." + warned))
          .containsExactly("【热线工单】" + order.number + " 漏水 时限将到：派单");
    }
    assertThat(desk.mailsTo("yinchuan-water.shift-supervisor"))
        .containsExactly("【热线工单】" + order.number + " 漏水 已超期：派单");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "meterSide", "METER_BODY");
    assertThat(order.department()).isEqualTo("ic-card-centre");
    assertThat(order.breaches("派单")).isEqualTo(1);
  }

  // ---- on site

  @ParameterizedTest(name = "{0} {1}")
  @DisplayName("YC-13b 第十三条：需紧急处理的漏水30分钟内到场并止水——整30分钟及时，晚一毫秒超期，再晚一秒上报")
  @CsvSource({
    "LEAK,,true,network-xingqing",
    "BURST,,false,network-xingqing",
    "IC_CARD_METER,BODY_LEAK,true,ic-card-centre"
  })
  void urgentLeakIsStopped(String category, String subcategory, boolean urgent, String department) {
    Desk.Order inTime = urgent(category, subcategory, urgent);
    Desk.Order late = urgent(category, subcategory, urgent);
    Desk.Order never = urgent(category, subcategory, urgent);
    assertThat(inTime.view().path("level").asText()).isEqualTo("EMERGENCY");
    assertThat(inTime.department()).isEqualTo(department);
    assertThat(steps(inTime, "ARRIVE")).containsExactly("30分钟 2026-11-16T09:30:00+08:00 YC-13b");
    assertThat(steps(inTime, "CONTAIN")).containsExactly("30分钟 2026-11-16T09:30:00+08:00 YC-13b");
    for (Desk.Order each : List.of(inTime, late, never)) {
      each.accepted();
      assertThat(each.waitsFor()).containsExactly("report-arrival by yinchuan-water." + department);
    }
    desk.itIs("2026-11-16T09:29:00+08:00");
    inTime.does(department, "report-arrival", "situation", "已到场");
    late.does(department, "report-arrival", "situation", "已到场");
    assertThat(late.waitsFor())
        .containsExactly("report-containment by yinchuan-water." + department);
    desk.itIs("2026-11-16T09:30:00+08:00");
    inTime.does(department, "report-containment", "situation", "已关阀");
    desk.pass(Duration.ofMillis(1));
    late.does(department, "report-containment", "situation", "已关阀");
    desk.itIs("2026-11-16T09:30:01+08:00");
    assertThat(inTime.isBreached("CONTAIN")).isFalse();
    assertThat(inTime.line("止水")).isEqualTo("yinchuan-water." + department + " 止水 YC-13b");
    assertThat(late.isBreached("ARRIVE")).isFalse();
    assertThat(late.isBreached("CONTAIN")).isTrue();
    assertThat(never.breaches("到场")).isEqualTo(1);
    assertThat(never.breaches("止水")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(desk.mailsTo("yinchuan-water." + department + "-leader").toString())
        .contains(never.number + " " + label(category) + " 已超期：止水")
        .doesNotContain(inTime.number + " " + label(category) + " 已超期");
    assertThat(inTime.waitsFor()).containsExactly("report-work by yinchuan-water." + department);
  }

  private Desk.Order urgent(String category, String subcategory, boolean urgent) {
    List<Object> details = new ArrayList<>(List.of("/caller/district", "xingqing"));
    if (subcategory != null) {
      details.addAll(List.of("/subcategory", subcategory));
    }
    if (category.equals("LEAK")) {
      details.addAll(List.of("/facts/meterSide", "UPSTREAM"));
    }
    if (urgent) {
      details.addAll(List.of("/facts/urgent", true));
    }
    return call(category, details.toArray());
  }

  private static String label(String category) {
    return switch (category) {
      case "BURST" -> "爆管";
      case "IC_CARD_METER" -> "IC卡表故障";
      default -> "漏水";
    };
  }

  @ParameterizedTest(name = "{0}/{1} 紧急={2}")
  @DisplayName("YC-13c 第十三条：卡表故障3小时内到用户家中——不分缓急，整3小时及时，晚一毫秒超期")
  @CsvSource({
    "IC_CARD_METER,NO_DISPLAY,false",
    "IC_CARD_METER,NO_DISPLAY,true",
    "METER_FAULT,IC_FROZEN,false"
  })
  void cardMeterWithinThreeHours(String category, String subcategory, boolean urgent) {
    Object[] details = {"/subcategory", subcategory, "/facts/urgent", urgent};
    Desk.Order inTime = call(category, details).accepted();
    Desk.Order late = call(category, details).accepted();
    assertThat(inTime.department()).isEqualTo("ic-card-centre");
    assertThat(inTime.due("ARRIVE")).isEqualTo("2026-11-16T04:00:00Z");
    assertThat(inTime.limit("ARRIVE").path("article").asText()).isEqualTo("YC-13c");
    desk.itIs("2026-11-16T12:00:00+08:00");
    inTime.does("ic-card-centre", "report-arrival", "situation", "已到用户家");
    desk.pass(Duration.ofMillis(1));
    late.does("ic-card-centre", "report-arrival", "situation", "已到用户家");
    assertThat(inTime.isBreached("ARRIVE")).isFalse();
    assertThat(late.isBreached("ARRIVE")).isTrue();
    assertThat(inTime.waitsFor()).containsExactly("report-work by yinchuan-water.ic-card-centre");
  }

  // ---- the same day

  @ParameterizedTest(name = "{0} 接单 → {1}")
  @DisplayName("YC-13d 第十三条：当日回复结果——接单之日24:00整及时，晚一毫秒超期")
  @CsvSource({
    "2026-11-16T09:00:00+08:00,2026-11-17T00:00:00+08:00",
    "2026-11-16T23:59:59.999+08:00,2026-11-17T00:00:00+08:00",
    "2026-11-17T00:00:00+08:00,2026-11-18T00:00:00+08:00"
  })
  void sameDay(String acceptedAt, String due) {
    Desk.Order inTime = leak();
    Desk.Order late = leak();
    assertThat(inTime.limit("RESOLVE").path("dueAt").isNull()).isTrue();
    desk.itIs(acceptedAt);
    inTime.accepted();
    late.accepted();
    assertThat(inTime.limit("RESOLVE").path("dueAt").asText()).isEqualTo(due);
    desk.itIs(due);
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(late.isBreached("RESOLVE")).isTrue();
    assertThat(late.breaches("办结")).isEqualTo(1);
  }

  @Test
  @DisplayName("YC-13d：需要延期的说明情况即生效，不需审批；受理员得知并在1小时内告知客户；完成后仍要回复结果")
  void extensionCountsAtOnce() {
    Desk.Order order = leak().accepted();
    desk.itIs("2026-11-16T16:00:00+08:00");
    Desk.Answer unexplained =
        order.tries(
            "network-xingqing",
            "report-work",
            "outcome",
            "EXTENSION",
            "extensionUntil",
            "2026-11-19T12:00:00+08:00");
    assertThat(unexplained.status()).isEqualTo(422);
    assertThat(unexplained.field()).isEqualTo("extensionReason");
    assertThat(steps(order, "RESOLVE")).containsExactly("当日 2026-11-17T00:00:00+08:00 YC-13d");

    order.does("network-xingqing", "report-work", UNTIL_THURSDAY);
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2026-11-19T12:00:00+08:00");
    assertThat(order.limit("RESOLVE").path("originalDueAt").asText())
        .isEqualTo("2026-11-17T00:00:00+08:00");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by yinchuan-water.network-xingqing",
            "tell-customer by yinchuan-water.agent");
    assertThat(order.record()).contains("申请延期", "时限延长").doesNotContain("同意延期");
    assertThat(order.note("申请延期")).contains("11月19日 12:00", "等待路政批复");
    assertThat(order.line("时限延长")).isEqualTo("系统 时限延长 YC-13d DEFAULT");
    assertThat(order.waiting("tell-customer").path("dueAt").asText())
        .isEqualTo("2026-11-16T17:00:00+08:00");
    desk.postGoesOut();
    assertThat(desk.mailsTo("yinchuan-water.agent").toString())
        .contains(order.number + " 说明情况，延期至 11月19日 12:00");

    assertThat(order.tries("agent", "tell-customer").field()).isEqualTo("note");
    order.does("agent", "tell-customer", "note", "已电话说明并致歉，客户同意");
    assertThat(order.line("告知客户延期并致歉")).isEqualTo("yinchuan-water.agent 告知客户延期并致歉 YC-13d DEFAULT");
    assertThat(order.breaches("告知客户")).isZero();
    desk.itIs("2026-11-19T12:00:00+08:00");
    assertThat(order.breaches("办结")).isZero();
    order.reported();
    assertThat(order.isBreached("RESOLVE")).isFalse();
    assertThat(order.record()).containsSubsequence("时限延长", "回单", "确定回访方式");
  }

  @Test
  @DisplayName("YC-13d：延期后1小时内没有告知客户的，上报值班班长一次，仍须告知")
  void customerNotTold() {
    Desk.Order order = leak().accepted();
    order.does("network-xingqing", "report-work", UNTIL_THURSDAY);
    desk.itIs("2026-11-16T10:00:00+08:00");
    assertThat(order.breaches("告知客户")).isZero();
    desk.itIs("2026-11-16T10:00:01+08:00");
    desk.itIs("2026-11-16T12:00:00+08:00");
    assertThat(order.breaches("告知客户")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(desk.mailsTo("yinchuan-water.shift-supervisor"))
        .containsExactly("【热线工单】" + order.number + " 漏水 已超期：告知客户");
    order.does("agent", "tell-customer", "note", "已致歉");
    assertThat(order.waitsFor()).containsExactly("report-work by yinchuan-water.network-xingqing");
  }

  // ---- annex 1

  @ParameterizedTest(name = "{0}/{1} {2} {3} → {4}")
  @DisplayName("YC-A1 附件1、C18：十类投诉事由按类别、内容、片区督办，受理员看到预判")
  @CsvSource({
    "IC_CARD_METER,NO_DISPLAY,xingqing,,ic-card-centre,IC卡表故障/无显,插卡时表有无反应",
    "IC_CARD_METER,REPLACE_BODY,helan,,ic-card-centre,IC卡表故障/更换表体,要求更换的原因",
    "NO_WATER,IC_METER,jinfeng,,ic-card-centre,停水/IC卡表用户停水,是否买水",
    "NO_WATER,HOUSEHOLD,xixia,,marketing-xixia,停水/一户一表用户停水,是否欠费",
    "NO_WATER,UNKNOWN_CAUSE,xixia,,network-xixia,停水/停水原因不明,已排除",
    "WATER_QUALITY,YELLOW,xingqing,,water-quality,水质/水质发黄,停水后来水引起",
    "WATER_QUALITY,BLUE,jinfeng,,network-jinfeng,水质/水质发蓝,洁厕灵",
    "WATER_QUALITY,WHITE,lingwu,,branch-lingwu,水质/水质发白,矿物质",
    "BILLING,HIGH_BILL,jinfeng,,marketing-jinfeng,水费/水费高,读数",
    "BILLING,ARREARS_STOP,yongning,,branch-yongning,水费/欠费停水,缴清欠费",
    "LEAK,IC_METER,xingqing,METER_BODY,ic-card-centre,漏水/IC卡表表体漏水,表体漏还是表接头漏",
    "LEAK,HOUSEHOLD,hedong,UPSTREAM,branch-hedong,漏水/一户一表用户漏水,表前漏还是表后漏",
    "MANHOLE,COVER_LOST,xixia,,network-xixia,上水井问题/井盖丢失,有无警示",
    "METER_FAULT,IC_SCALDED,jinfeng,,ic-card-centre,水表/IC卡表烫坏,关闭表前阀门",
    "METER_FAULT,MECHANICAL_FROZEN,jinfeng,,marketing-jinfeng,水表/机械表冻坏,关闭表前阀门",
    "ASSISTED_SHUTOFF,CUSTODY,xingqing,,network-xingqing,协助停水/保管,停水保管的原因"
  })
  void annex(
      String category,
      String subcategory,
      String district,
      String meterSide,
      String department,
      String name,
      String guidance) {
    List<Object> details =
        new ArrayList<>(List.of("/subcategory", subcategory, "/caller/district", district));
    if (meterSide != null) {
      details.addAll(List.of("/facts/meterSide", meterSide));
    }
    Desk.Order order = call(category, details.toArray());
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water." + department);
    assertThat(order.view().path("categoryName").asText()).isEqualTo(name);
    assertThat(order.view().path("guidance").asText()).contains(guidance);
    assertThat(order.line("定责")).isEqualTo("系统 定责 YC-A1");
  }

  @Test
  @DisplayName("YC-A1 附件1序号10：其他先列辖区部门，由调度员情况分析后派单")
  void other() {
    Desk.Order order = call("OTHER", "/caller/district", "helan");
    assertThat(order.department()).isEqualTo("branch-helan");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yinchuan-water.dispatcher");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH");
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.branch-helan");
  }

  @ParameterizedTest(name = "{0} → {1}")
  @DisplayName("YC-A1 附件1序号6：表接头用户自修，表后和建筑物内由用户负责——答复后不派单")
  @CsvSource({"JOINT,用户自修", "DOWNSTREAM,由用户负责", "INDOOR,由用户负责"})
  void customersOwnLeak(String meterSide, String told) {
    Desk.Order order = call("LEAK", "/caller/district", "xingqing", "/facts/meterSide", meterSide);
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.view().path("department").isNull()).isTrue();
    assertThat(order.view().path("guidance").asText()).contains(told);
    assertThat(order.note("答复")).contains(told);
    assertThat(order.line("答复")).isEqualTo("系统 答复 YC-A1");
    assertThat(order.notices("DISPATCH")).isEmpty();
  }

  @Test
  @DisplayName("YC-A1 附件1序号5：水压由制水公司和辖区管网维护两个部门督办——两张相连的工单，各有时限，各自办结")
  void pressureGoesToTwoDepartments() {
    Desk.Order order = call("PRESSURE", "/caller/district", "jinfeng");
    assertThat(order.department()).isEqualTo("water-production");
    assertThat(order.view().path("linked")).hasSize(1);
    Desk.Order other = desk.order(order.view().path("linked").get(0).asText());
    assertThat(other.department()).isEqualTo("network-jinfeng");
    assertThat(other.view().path("linked").get(0).asText()).isEqualTo(order.number);
    assertThat(other.view().path("linked")).hasSize(1);
    assertThat(order.line("同办部门另立工单")).isEqualTo("系统 同办部门另立工单 YC-A1");
    assertThat(order.note("同办部门另立工单")).isEqualTo("金凤区管网维护中心 " + other.number);
    assertThat(other.view().path("description")).isEqualTo(order.view().path("description"));
    assertThat(other.view().path("caller")).isEqualTo(order.view().path("caller"));
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.water-production");
    assertThat(other.waitsFor()).containsExactly("accept by yinchuan-water.network-jinfeng");
    assertThat(other.due("ACCEPT")).isEqualTo(order.due("ACCEPT"));

    order.accepted().reported().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(other.waitsFor()).containsExactly("accept by yinchuan-water.network-jinfeng");
    other.accepted().reported();
    assertThat(desk.tables().sql("SELECT COUNT(*) FROM work_order").query(Integer.class).single())
        .isEqualTo(2);
  }

  @Test
  @DisplayName("YC-A1：附件1可参照——受理员注明理由可另派，不注明的不收；另派的水压只立一单")
  void deviationNeedsAReason() {
    Desk.Answer refused =
        desk.post(
            "/api/work-orders",
            Desk.body(
                "yinchuan-water",
                "PRESSURE",
                "/caller/district",
                "jinfeng",
                "/department",
                "network-xixia"),
            "yinchuan-water.agent",
            UUID.randomUUID().toString());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("departmentReason");
    assertThat(refused.detail()).contains("不按规程派单的理由（departmentReason）");

    Desk.Order order =
        call(
            "PRESSURE",
            "/caller/district",
            "jinfeng",
            "/department",
            "西夏区管网维护中心",
            "/departmentReason",
            "该小区由西夏管网供水");
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.network-xixia");
    assertThat(order.line("改派部门")).isEqualTo("yinchuan-water.agent 改派部门 YC-A1");
    assertThat(order.note("改派部门")).isEqualTo("该小区由西夏管网供水");
    assertThat(order.view().path("linked")).isEmpty();
  }

  @Test
  @DisplayName("YC-A1：在 Tasklist 受理时另派，同样须注明理由")
  void deviationInTasklist() {
    Desk.Order order = typed();
    List<Object> fields = new ArrayList<>(List.of(leakInJinfeng()));
    fields.addAll(List.of("department", "network-xixia"));
    Desk.Answer refused = order.tries("agent", "complete-intake", fields.toArray());
    assertThat(refused.field()).isEqualTo("departmentReason");
    assertThat(order.waitsFor()).containsExactly("complete-intake by yinchuan-water.agent");
    fields.addAll(List.of("departmentReason", "两区交界，西夏离得近"));
    order.does("agent", "complete-intake", fields.toArray());
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.network-xixia");
  }

  // ---- orders of outside platforms

  private Desk.Order complaintFrom(String platform, String dueAt) {
    return call(
        "COMPLAINT",
        "/channel",
        "PLATFORM",
        "/facts/departmentComplainedOf",
        "marketing-xingqing",
        "/external/platform",
        platform,
        "/external/number",
        "NX-2026-8899",
        "/external/dueAt",
        dueAt);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("YC-15 第十五条至第十七条：平台工单记下编号和时限，与公司时限并列都看得到，先到者为准")
  @CsvSource({
    "12345,2026-11-18T12:00:00+08:00,true",
    "国资委政民互动,2026-11-18T12:00:00+08:00,true",
    "数字化城市管理,2026-12-01T12:00:00+08:00,false"
  })
  void stricterOfBothCounts(String platform, String dueAt, boolean platformFirst) {
    Desk.Order order = complaintFrom(platform, dueAt);
    JsonNode external = order.view().path("external");
    assertThat(external.path("platform").asText()).isEqualTo(platform);
    assertThat(external.path("number").asText()).isEqualTo("NX-2026-8899");
    assertThat(external.path("dueAt").asText()).isEqualTo(dueAt);
    String theirs = "平台时限 " + dueAt + " YC-15";
    String ours = "5个工作日 2026-11-23T17:30:00+08:00 YC-13d DEFAULT";
    assertThat(steps(order, "RESOLVE"))
        .containsExactly(platformFirst ? theirs : ours, platformFirst ? ours : theirs);
    order.accepted();
    assertThat(order.waiting("report-work").path("dueAt").asText())
        .isEqualTo(platformFirst ? dueAt : "2026-11-23T17:30:00+08:00");
  }

  @Test
  @DisplayName("YC-15：公司内的延期不改变平台时限；平台时限到点及时，过后超期上报")
  void extensionLeavesThePlatformsTime() {
    Desk.Order order = complaintFrom("12345", "2026-11-18T12:00:00+08:00").accepted();
    order.does(
        "marketing-xingqing",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-25T12:00:00+08:00",
        "extensionReason",
        "须多方核实");
    assertThat(steps(order, "RESOLVE"))
        .containsExactly(
            "平台时限 2026-11-18T12:00:00+08:00 YC-15",
            "5个工作日 2026-11-25T12:00:00+08:00 YC-13d DEFAULT");
    assertThat(order.waiting("report-work").path("dueAt").asText())
        .isEqualTo("2026-11-18T12:00:00+08:00");
    desk.itIs("2026-11-18T12:00:00+08:00");
    assertThat(order.warnings("办结")).isEqualTo(1);
    assertThat(order.breaches("办结")).isZero();
    desk.itIs("2026-11-18T12:00:01+08:00");
    assertThat(order.breaches("办结")).isEqualTo(1);
    assertThat(order.line("超期")).isEqualTo("系统 超期 YC-15");
  }

  @Test
  @DisplayName("YC-15 第十五条：12345投诉先回访用户，再在平台回复结果，回复之后才办结")
  void answeredOnThePlatform() {
    Desk.Order order = complaintFrom("12345", "2026-11-18T12:00:00+08:00").accepted().reported();
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yinchuan-water.agent");
    assertThat(order.limit("CALLBACK").path("dueAt").asText())
        .isEqualTo("2026-11-18T00:00:00+08:00");
    assertThat(order.limit("CALLBACK").path("article").asText()).isEqualTo("YC-15 DEFAULT");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CALLBACK");
    assertThat(order.waitsFor()).containsExactly("reply-to-platform by yinchuan-water.agent");
    assertThat(order.waiting("reply-to-platform").path("dueAt").asText())
        .isEqualTo("2026-11-18T12:00:00+08:00");
    Desk.Answer empty = order.tries("agent", "reply-to-platform");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.field()).isEqualTo("reply");
    order.does("agent", "reply-to-platform", "reply", "已更正账单，用户满意");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.view().path("platformReply").asText()).isEqualTo("已更正账单，用户满意");
    assertThat(order.line("回复平台")).isEqualTo("yinchuan-water.agent 回复平台 YC-15 DEFAULT");
    assertThat(order.record()).containsSubsequence("回访", "回复平台", "办结");
    assertThat(order.breaches("回复平台")).isZero();
  }

  @Test
  @DisplayName("YC-15：回访不满意重办后，满意了才在平台回复，只回复一次")
  void reworkBeforeTheAnswer() {
    Desk.Order order = complaintFrom("12345", "2026-11-30T12:00:00+08:00").accepted().reported();
    order.dissatisfiedByPhone().reworkOrdered();
    assertThat(order.waitsFor()).containsExactly("accept by yinchuan-water.marketing-xingqing");
    order.accepted().reported().satisfiedByPhone();
    order.does("agent", "reply-to-platform", "reply", "已解决");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.record().stream().filter("回复平台"::equals)).hasSize(1);
  }

  @Test
  @DisplayName("YC-15：没有按平台时限回复平台的，超期一次，报值班班长")
  void platformReplyIsLate() {
    Desk.Order order = complaintFrom("12345", "2026-11-18T12:00:00+08:00").accepted().reported();
    order.satisfiedByPhone();
    desk.itIs("2026-11-18T12:00:00+08:00");
    assertThat(order.breaches("回复平台")).isZero();
    desk.itIs("2026-11-18T12:00:01+08:00");
    desk.itIs("2026-11-19T12:00:00+08:00");
    assertThat(order.breaches("回复平台")).isEqualTo(1);
    desk.postGoesOut();
    assertThat(desk.mailsTo("yinchuan-water.shift-supervisor"))
        .containsExactly("【热线工单】" + order.number + " 投诉 已超期：回复平台");
  }

  @ParameterizedTest
  @DisplayName("YC-15：其他平台、不必回访的工单也在平台回复（默认值）；不是平台来的不用")
  @ValueSource(booleans = {true, false})
  void withoutCallback(boolean fromPlatform) {
    List<Object> details = new ArrayList<>();
    if (fromPlatform) {
      details.addAll(List.of("/external/platform", "数字化城市管理", "/external/number", "S-1"));
    }
    Desk.Order order = call("SUGGESTION", details.toArray()).accepted().reported();
    assertThat(order.note("确定回访方式")).isEqualTo("免回访");
    if (fromPlatform) {
      assertThat(order.waitsFor()).containsExactly("reply-to-platform by yinchuan-water.agent");
      order.does("agent", "reply-to-platform", "reply", "已采纳");
    }
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.record().contains("回复平台")).isEqualTo(fromPlatform);
  }
}
