package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
@DisplayName("燃气投诉等级：按记录统计，不问坐席")
class ComplaintLevelTest {
  private static final String NOW = "2026-11-16T09:00:00+08:00";

  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt(NOW);
  }

  /** A complaint of this customer about the matter at the usual address. */
  private Desk.Order complaint(int customer, Object... details) {
    List<Object> all = new ArrayList<>();
    all.addAll(List.of("/caller/phone", "1390000000" + customer, "/caller/district", "east"));
    all.addAll(Arrays.asList(details));
    return desk.callOf("gas", "COMPLAINT", all.toArray());
  }

  private static String level(Desk.Order order) {
    return order.view().path("level").asText();
  }

  @Test
  @DisplayName("RQ-14.6L C7 第十四条（六）：一个月内4名不同投诉人为3级，第5名起为2级；在办的同一投诉一并升级，列明依据，时限重定")
  void fiveComplainants() {
    Desk.Order withdrawn = complaint(9).withdrawn();
    List<Desk.Order> four = new ArrayList<>();
    for (int customer = 1; customer <= 4; customer++) {
      four.add(complaint(customer));
    }
    Desk.Order checked = four.get(0).checked().accepted();
    assertThat(four).extracting(ComplaintLevelTest::level).containsOnly("LEVEL_3");
    desk.pass(Duration.ofMinutes(2));

    Desk.Order fifth = complaint(5);
    assertThat(level(fifth)).isEqualTo("LEVEL_2");
    assertThat(fifth.note("同一事项"))
        .contains("第1次反映", "30日内共有5名不同客户反映")
        .contains(four.stream().map(order -> order.number).toList())
        .doesNotContain(withdrawn.number);
    assertThat(fifth.line("定级")).isEqualTo("系统 定级 RQ-14.6L");
    for (Desk.Order order : four) {
      assertThat(level(order)).isEqualTo("LEVEL_2");
      assertThat(order.line("升级")).isEqualTo("系统 升级 RQ-14.6L");
      assertThat(order.note("升级"))
          .startsWith("轻度（3级） → 一般（2级）：由 " + fifth.number + " 触发")
          .contains("30日内共有5名不同客户反映", four.get(0).number);
      assertThat(order.promises("RESOLVE"))
          .containsExactly("24小时 2026-11-17T09:00:00+08:00 RQ-14.6 RQ-14.6c");
    }
    assertThat(Desk.at(checked.waiting("report-work"), "dueAt")).isEqualTo("2026-11-17T01:00:00Z");
    assertThat(checked.department()).isEqualTo("east-service");
    assertThat(level(withdrawn)).isEqualTo("LEVEL_3");
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "east-service"))
        .filteredOn(subject -> subject.contains(checked.number) && subject.contains("已升级"))
        .hasSize(1);
  }

  @ParameterizedTest(name = "首次 {0} → {1}")
  @DisplayName("RQ-14.6L C7：一个月按30日滚动——第5名投诉时，首次恰在30日前的计入，早一秒的不计")
  @CsvSource({"2026-10-17T09:00:00+08:00,LEVEL_2", "2026-10-17T08:59:59+08:00,LEVEL_3"})
  void monthBoundary(String firstAt, String expected) {
    Desk.Order first = complaint(1, "/receivedAt", firstAt);
    for (int customer = 2; customer <= 4; customer++) {
      complaint(customer, "/receivedAt", "2026-11-0" + customer + "T10:00:00+08:00");
    }
    assertThat(level(complaint(5))).isEqualTo(expected);
    assertThat(level(first)).isEqualTo(expected);
  }

  @Test
  @DisplayName("RQ-14.6L C7 第十四条（六）：同一客户就同一事项第4次为3级，第5次为1级，不限期间，办结的也计，撤回的不计")
  void sameCustomerFiveTimes() {
    Desk.Order yearAgo = complaint(1, "/receivedAt", "2025-11-03T10:00:00+08:00");
    yearAgo.does("dispatcher", "check-dispatch", "outcome", "ANSWER", "answer", "已说明");
    complaint(1).withdrawn();
    List<Desk.Order> running = new ArrayList<>();
    for (int time = 2; time <= 4; time++) {
      running.add(complaint(1));
      assertThat(level(running.get(running.size() - 1))).isEqualTo("LEVEL_3");
    }
    Desk.Order fifth = complaint(1);
    assertThat(level(fifth)).isEqualTo("LEVEL_1");
    assertThat(fifth.note("同一事项")).contains("该客户就同一事项第5次反映", yearAgo.number);
    assertThat(running).extracting(ComplaintLevelTest::level).containsOnly("LEVEL_1");
    assertThat(level(yearAgo)).isEqualTo("LEVEL_3");
    assertThat(level(complaint(2))).isEqualTo("LEVEL_3");
  }

  @ParameterizedTest(name = "{0} 人联名 → {1}")
  @DisplayName("RQ-14.6L 第十四条（六）：4人联名为3级，5人以上（含5人）的集体投诉为2级")
  @CsvSource({"4,LEVEL_3", "5,LEVEL_2", "6,LEVEL_2"})
  void joint(int people, String expected) {
    assertThat(level(complaint(1, "/facts/jointComplainants", people))).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("RQ-14.6L RQ-15.2e RQ-11.2 第十四条（六）：已诉讼、已经或可能被曝光的为1级——不等核对即派事业部，客服主管30分钟内电话交办")
  @ValueSource(strings = {"lawsuit", "mediaExposure"})
  void levelOne(String fact) {
    Desk.Order order = complaint(1, "/facts/" + fact, true);
    assertThat(level(order)).isEqualTo("LEVEL_1");
    assertThat(order.status()).isEqualTo("DISPATCHED");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "instruct-emergency by gas.service-manager", "accept by gas.division-east");
    assertThat(Desk.at(order.waiting("instruct-emergency"), "dueAt"))
        .isEqualTo("2026-11-16T01:30:00Z");
    assertThat(order.promises("NOTIFY"))
        .containsExactly("10分钟 2026-11-16T09:10:00+08:00 RQ-15.2e DEFAULT");
    assertThat(order.promises("RESOLVE"))
        .containsExactly("48小时 2026-11-18T09:00:00+08:00 RQ-14.6 RQ-14.6c");
    order.does("service-manager", "instruct-emergency", "instruction", "请事业部领导当面致歉");
    assertThat(order.line("下达紧急处置意见"))
        .isEqualTo("gas.service-manager 下达紧急处置意见 RQ-14.6L RQ-15.2e DEFAULT");

    order.accepted();
    order.does("division-east", "report-work", "outcome", "PROGRESS", "result", "已约客户面谈");
    assertThat(order.line("报告进度")).isEqualTo("gas.division-east 报告进度 RQ-14.6 RQ-14.6c");
    desk.postGoesOut();
    assertThat(desk.mailsTo("gas", "customer-centre"))
        .filteredOn(subject -> subject.contains("报告进度"))
        .hasSize(1);
    order.reported();
    assertThat(order.waitsFor()).containsExactly("review-reply by gas.division-east-leader");
    order.passedBy("division-east-leader");
    assertThat(order.line("审核通过"))
        .isEqualTo("gas.division-east-leader 审核通过 RQ-11.2 RQ-11.7 DEFAULT");
    assertThat(order.waitsFor()).containsExactly("review-reply by gas.service-manager");
  }

  @Test
  @DisplayName("RQ-14.6L RQ-11.2 RQ-11.7：单位已在办的投诉升为1级——48小时自派单起算，客服主管交办，事业部牵头并先于客服中心审核")
  void runningComplaintBecomesLevelOne() {
    Desk.Order running = complaint(1).checked().accepted();
    assertThat(running.department()).isEqualTo("east-service");
    desk.pass(Duration.ofHours(1));
    for (int time = 2; time <= 4; time++) {
      complaint(1);
    }
    assertThat(level(running)).isEqualTo("LEVEL_3");
    Desk.Order fifth = complaint(1);

    assertThat(level(running)).isEqualTo("LEVEL_1");
    assertThat(running.note("升级")).contains(fifth.number, "第5次反映");
    assertThat(running.promises("RESOLVE"))
        .containsExactly("48小时 2026-11-18T09:00:00+08:00 RQ-14.6 RQ-14.6c");
    assertThat(running.waitsFor())
        .containsExactlyInAnyOrder(
            "report-work by gas.east-service", "instruct-emergency by gas.service-manager");
    assertThat(running.department()).isEqualTo("division-east");
    running.does("service-manager", "instruct-emergency", "instruction", "请事业部牵头");
    running.does("east-service", "report-work", "outcome", "DONE", "result", "已整改");
    assertThat(running.waitsFor()).containsExactly("review-reply by gas.division-east-leader");
    running.passedBy("division-east-leader");
    assertThat(running.waitsFor()).containsExactly("review-reply by gas.service-manager");
    running.passedBy("service-manager").satisfiedByPhone();
    assertThat(running.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("RQ-14.6L RQ-11.7：单位审核后才升为1级的，只差客服中心审核，不重来也不漏审")
  void raisedBetweenTheReviews() {
    Desk.Order running = complaint(1).checked().accepted().reported();
    running.passedBy("east-service-leader");
    for (int time = 2; time <= 5; time++) {
      complaint(1);
    }
    assertThat(level(running)).isEqualTo("LEVEL_1");
    running.does("service-manager", "instruct-emergency", "instruction", "请核实");
    assertThat(running.waitsFor()).containsExactly("review-reply by gas.service-manager");
    running.does("service-manager", "review-reply", "outcome", "REWORK", "reason", "未见整改");
    running.does("east-service", "report-work", "outcome", "DONE", "result", "已整改");
    running.passedBy("division-east-leader", "service-manager");
    assertThat(running.status()).isEqualTo("CALLBACK");
  }

  @Test
  @DisplayName("RQ-14.6L C7：等级只升不降——别人的投诉凑成2级，1级的仍为1级；更正地址后人数不足的也不降")
  void neverLowered() {
    Desk.Order lawsuit = complaint(1, "/facts/lawsuit", true);
    for (int customer = 2; customer <= 4; customer++) {
      complaint(customer);
    }
    Desk.Order fifth = complaint(5);
    assertThat(level(fifth)).isEqualTo("LEVEL_2");
    assertThat(level(lawsuit)).isEqualTo("LEVEL_1");
    assertThat(lawsuit.record()).doesNotContain("升级");
    fifth.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "address", "云城区兴云路88号");
    assertThat(level(fifth)).isEqualTo("LEVEL_2");
    assertThat(fifth.promises("RESOLVE"))
        .containsExactly("24小时 2026-11-17T09:00:00+08:00 RQ-14.6 RQ-14.6c");
  }

  @Test
  @DisplayName("RQ-14.6L RQ-15.2e RQ-11.2 C7：核对时可按客户重要程度人工上调并写明理由，不得下调；调为1级即由客服主管交办、事业部承办")
  void raisedByHand() {
    Desk.Order order = complaint(1, "/facts/jointComplainants", 5);
    Object[] lower = {"outcome", "DISPATCH", "level", "LEVEL_3", "note", "客户已谅解"};
    assertThat(order.tries("dispatcher", "check-dispatch", lower).field()).isEqualTo("level");
    Object[] bare = {"outcome", "DISPATCH", "level", "LEVEL_1"};
    assertThat(order.tries("dispatcher", "check-dispatch", bare).field()).isEqualTo("note");
    Object[] why = Arrays.copyOf(bare, 6);
    why[4] = "note";
    why[5] = "医院用气，影响重大";
    order.does("dispatcher", "check-dispatch", why);
    assertThat(level(order)).isEqualTo("LEVEL_1");
    assertThat(order.note("升级")).isEqualTo("一般（2级） → 重大（1级）：医院用气，影响重大");
    assertThat(order.line("升级")).startsWith("gas.dispatcher 升级 RQ-14.6L");
    assertThat(order.promises("RESOLVE"))
        .containsExactly("48小时 2026-11-18T09:00:00+08:00 RQ-14.6 RQ-14.6c");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "instruct-emergency by gas.service-manager", "accept by gas.division-east");
  }

  @Test
  @DisplayName("RQ-14.6L：等核对的投诉升为1级，核对后派给事业部")
  void raisedWhileItIsChecked() {
    Desk.Order waiting = complaint(1);
    assertThat(waiting.department()).isEqualTo("east-service");
    for (int time = 2; time <= 5; time++) {
      complaint(1);
    }
    assertThat(level(waiting)).isEqualTo("LEVEL_1");
    waiting.checked();
    assertThat(waiting.waitsFor())
        .containsExactlyInAnyOrder(
            "instruct-emergency by gas.service-manager", "accept by gas.division-east");
  }

  @Test
  @DisplayName("RQ-14.6L：同一楼栋、内容相近的算同一事项；同一楼栋内容不同的、不同楼栋的不算")
  void sameMatter() {
    String[] similar = {"楼下调压箱噪音很大影响休息", "调压箱噪音太大，影响休息", "调压箱噪音大影响休息", "楼下调压箱噪音很大，影响老人休息"};
    for (int customer = 1; customer <= 4; customer++) {
      complaint(
          customer,
          "/caller/address",
          "云城区世纪大道12号" + customer + "单元",
          "/description",
          similar[customer - 1]);
    }
    Desk.Order other = complaint(6, "/caller/address", "云城区世纪大道12号6单元", "/description", "抄表员不按时上门");
    Desk.Order elsewhere =
        complaint(7, "/caller/address", "云城区世纪大道14号7单元", "/description", similar[0]);
    assertThat(level(other)).isEqualTo("LEVEL_3");
    assertThat(other.record()).doesNotContain("同一事项");
    assertThat(level(elsewhere)).isEqualTo("LEVEL_3");
    Desk.Order fifth = complaint(5, "/caller/address", "云城区世纪大道12号5单元", "/description", similar[0]);
    assertThat(level(fifth)).isEqualTo("LEVEL_2");
    assertThat(fifth.note("同一事项")).doesNotContain(other.number, elsewhere.number);
    assertThat(level(other)).isEqualTo("LEVEL_3");
  }

  @Test
  @DisplayName("RQ-14.6L RQ-6：平台编号相同的算同一事项，地址不同也计")
  void sameOutsideNumber() {
    for (int customer = 1; customer <= 4; customer++) {
      complaint(
          customer,
          "/caller/address",
          "云城区兴云路" + customer + "号",
          "/external/platform",
          "12345",
          "/external/number",
          "SZ-1");
    }
    Desk.Order fifth = complaint(5, "/caller/address", "云城区兴云路5号", "/external/number", "SZ-1");
    assertThat(level(fifth)).isEqualTo("LEVEL_2");
  }
}
