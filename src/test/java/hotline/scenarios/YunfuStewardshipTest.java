package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("工程节点、立即反映、多部门协调（云浮）")
class YunfuStewardshipTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-5d 第五条：工程公司逐个录入管道工程节点的完成情况，何时、何人、哪个节点都留痕，调度员得知，时限照走")
  void nodesOfPipeWorks() {
    Desk.Order order = desk.call("SERVICE_APPLICATION").accepted().contacted();
    Instant due = order.due("RESOLVE");
    List<String> nodes = List.of("测量放线完成", "管沟开挖完成", "管道敷设完成", "试压合格");
    for (String node : nodes) {
      desk.pass(Duration.ofHours(5));
      assertThat(order.tries("engineering", "report-work", "outcome", "PROGRESS").field())
          .isEqualTo("result");
      order.does("engineering", "report-work", "outcome", "PROGRESS", "result", node);
      assertThat(order.note("报告进度")).isEqualTo(node);
      assertThat(order.moment("报告进度")).isEqualTo(desk.now());
      assertThat(order.line("报告进度")).startsWith("yunfu-water.engineering 报告进度");
      assertThat(order.waitsFor()).containsExactly("report-work by yunfu-water.engineering");
    }
    assertThat(order.record().stream().filter("报告进度"::equals)).hasSize(nodes.size());
    assertThat(order.due("RESOLVE")).isEqualTo(due);
    desk.postGoesOut();
    assertThat(desk.mailsTo("dispatcher").stream().filter(mail -> mail.contains("承办部门报告进度")))
        .hasSize(nodes.size());
    order.reported();
    assertThat(order.waitsFor()).containsExactly("record-settlement by yunfu-water.engineering");
  }

  @ParameterizedTest
  @DisplayName("YF-A9 附录（九）：投诉、举报、文明服务一经登记立即告知值班班长，外部来单和 Tasklist 受理都一样，并留痕")
  @ValueSource(strings = {"COMPLAINT", "REPORT", "SERVICE_MANNER"})
  void shiftSupervisorIsToldAtOnce(String category) {
    Desk.Order posted = desk.call(category, "/facts/departmentComplainedOf", "business");
    Desk.Order typed =
        desk.callTypedInTasklist("agent", "callerPhone", "13900000000", "description", "态度恶劣");
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor")).hasSize(1);
    assertThat(desk.mailsTo("shift-supervisor").get(0)).contains(posted.number, "已登记，请知悉");
    assertThat(posted.notices("ESCALATION")).contains("EMAIL SENT");
    typed.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        category,
        "callerPhone",
        "13900000000",
        "description",
        "态度恶劣",
        "departmentComplainedOf",
        "business");
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor")).hasSize(2);
    assertThat(desk.mailsTo("shift-supervisor").get(1)).contains(typed.number, "已登记，请知悉");
  }

  @Test
  @DisplayName("YF-A9 附录（九）：回访中用户对处理不满意的，立即告知值班班长；满意的不告知")
  void dissatisfiedCustomerIsToldOnAtOnce() {
    Desk.Order satisfied = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business");
    Desk.Order dissatisfied = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business");
    satisfied.handled().satisfiedByPhone();
    dissatisfied.handled();
    desk.pass(Duration.ofMinutes(1));
    dissatisfied.dissatisfiedByPhone();
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor"))
        .filteredOn(mail -> mail.contains("不满意"))
        .containsExactly("【热线工单】" + dissatisfied.number + " 投诉 客户不满意，请跟进");
  }

  @Test
  @DisplayName("YF-A9：报漏、建议等不必惊动值班班长")
  void othersAreNotTold() {
    desk.call("LEAK");
    desk.call("SUGGESTION");
    desk.postGoesOut();
    assertThat(desk.mailsTo("shift-supervisor")).isEmpty();
  }

  @Test
  @DisplayName("YF-22 第七条、第二十二条：责任部门解决不了、需多部门配合的，营业部跟进时转行政人事部协调，新的一轮归它，前后留痕")
  void coordinatedByAdministration() {
    Desk.Order order =
        desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering").handled();
    order.dissatisfiedByPhone();
    assertThat(order.waitsFor()).containsExactly("follow-up by yunfu-water.agent");
    Desk.Answer unknown =
        order.tries(
            "agent", "follow-up", "outcome", "REWORK", "instruction", "请协调", "department", "财务部");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.field()).isEqualTo("department");
    order.does(
        "shift-supervisor",
        "follow-up",
        "outcome",
        "REWORK",
        "instruction",
        "请协调工程公司和生产部",
        "department",
        "行政人事部");
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    assertThat(order.department()).isEqualTo("administration");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.administration");
    assertThat(order.note("转派")).isEqualTo("行政人事部");
    assertThat(order.line("转派")).startsWith("yunfu-water.shift-supervisor 转派 YF-21b");
    assertThat(order.note("下达重办指令")).isEqualTo("请协调工程公司和生产部");
    desk.pass(Duration.ofSeconds(1));
    desk.postGoesOut();
    assertThat(desk.mailsTo("administration").toString()).contains(order.number, "请接单");
    order.handled().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.line("回单")).startsWith("yunfu-water.administration 回单");
  }

  @Test
  @DisplayName("YF-22 第七条：投诉由行政人事部监督——派单时即得知，超期另报")
  void administrationSupervisesComplaints() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    desk.postGoesOut();
    assertThat(desk.mailsTo("administration").toString()).contains(order.number, "请监督");
    assertThat(desk.get("/api/work-orders/" + order.number, "yunfu-water.administration").status())
        .isEqualTo(200);
    desk.itIs(order.due("ACCEPT").plusSeconds(1));
    desk.postGoesOut();
    assertThat(desk.mailsTo("administration").toString()).contains("已超期：接单");
  }
}
