package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.Actor;
import hotline.database.TestedDatabase;
import hotline.platform.TaskScreen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

@Scenario
@Tag("mariadb")
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("被投诉部门看不到投诉人（RQ-13、YF-12）")
class ComplainantTest {
  private static final List<String> PARTIES =
      List.of("yunfu-water.engineering", "yunfu-water.engineering-leader");

  /** What would say who complains: name, number (masked too), place, the words of both. */
  private static final List<String> TRACES =
      List.of(
          "欧阳", "建国", "13877776666", "138****", "翠竹", "A301", "13911112222", "0766-8123456", "幼儿园");

  /** The end of the number alone; not where it is part of an id or a moment. */
  private static final Pattern LAST_DIGITS =
      Pattern.compile("(?<![0-9A-Za-z.])6666(?![0-9A-Za-z])");

  /** Notices are counted: one of them bears the number of any complainant. */
  private static final Pattern COUNTED = Pattern.compile("\"id\":\"\\d+\"");

  /** In each line of the log; it may be any number. */
  private static final Pattern PROCESS = Pattern.compile(" \\d+ --- ");

  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired TaskScreen screen;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order complaint(Object... more) {
    List<Object> details =
        new ArrayList<>(
            List.of(
                "/caller/name",
                "欧阳建国",
                "/caller/phone",
                "13877776666",
                "/caller/address",
                "云城区翠竹路88号6栋A301室",
                "/facts/departmentComplainedOf",
                "engineering",
                "/facts/landmark",
                "翠竹幼儿园旁",
                "/description",
                "我是欧阳建国，住翠竹路88号6栋A301，请回电138 7777 6666 或 0766-8123456。" + "工程公司施工后路面不平，欧阳先生要求恢复。"));
    details.addAll(List.of(more));
    return desk.call("COMPLAINT", details.toArray());
  }

  private Map<String, Object> form(Desk.Order order, String task, String reader) {
    return screen.show(order.waiting(task).path("id").asText(), new Actor(reader, Set.of(reader)));
  }

  /** The order's own lines of a list. */
  private static List<JsonNode> lines(Desk.Answer list, Desk.Order order) {
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode line : list.body().path("items")) {
      if (line.path("number").asText().equals(order.number)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static void saysNothing(String what, String said) {
    assertThat(COUNTED.matcher(said).replaceAll(""))
        .as(what)
        .doesNotContain(TRACES.toArray(new String[0]))
        .doesNotContainPattern(LAST_DIGITS);
  }

  /** Whatever the person can ask of the order says nothing of the complainant. */
  private void readsNothing(Desk.Order order) {
    for (String party : PARTIES) {
      String view = desk.get("/api/work-orders/" + order.number, party).body().toString();
      saysNothing(party, view);
      saysNothing(
          party, lines(desk.get("/api/work-orders?company=yunfu-water", party), order).toString());
      saysNothing(party, desk.get("/api/tasks", party).body().toString());
      for (Map<String, String> asked :
          List.of(
              Map.of("phone", "13877776666"),
              Map.of("address", "翠竹"),
              Map.of("text", "欧阳"),
              Map.of("text", "路面不平"))) {
        Map<String, String> search = new java.util.HashMap<>(asked);
        search.put("company", "yunfu-water");
        Desk.Answer found = desk.post("/api/work-orders/search", search, party, null);
        assertThat(found.status()).isEqualTo(200);
        assertThat(lines(found, order)).as("不能用检索试出投诉人：" + asked).isEmpty();
      }
      assertThat(
              desk.post("/api/work-orders/" + order.number + "/phone", "{}", party, null).status())
          .isEqualTo(403);
      assertThat(desk.get("/api/work-orders/" + order.number + "/confirmation.pdf", party).status())
          .isEqualTo(404);
    }
    order
        .view()
        .path("waitingFor")
        .forEach(
            task -> {
              if (task.path("group").asText().startsWith(PARTIES.get(0))) {
                for (String party : PARTIES) {
                  Map<String, Object> shown = form(order, task.path("task").asText(), party);
                  saysNothing(task.path("task").asText(), shown.toString());
                  assertThat(String.valueOf(shown.get("customer"))).contains("不提供", "呼叫中心");
                }
              }
            });
  }

  @Test
  @DisplayName("从派单到办结，再到不满意重办：工单、列表、检索、任务、表单、全号都不透露；内容可读")
  void throughTheWholeWay(CapturedOutput log) {
    Desk.Order order = complaint();
    assertThat(order.department()).isEqualTo("engineering");
    readsNothing(order);
    String view = desk.get("/api/work-orders/" + order.number, PARTIES.get(0)).body().toString();
    assertThat(view).contains("施工后路面不平", "（姓名略）", "（号码略）", "（地址略）");

    order.customer("SUPPLEMENT", "欧阳建国补充：请打13911112222，翠竹路88号等");
    order.customer("URGE", "欧阳先生催办");
    order.accepted();
    readsNothing(order);
    order.does("engineering", "contact-customer", "note", "已请呼叫中心转告");
    readsNothing(order);
    order.does(
        "engineering",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-30T17:00:00+08:00",
        "extensionReason",
        "雨天");
    readsNothing(order);
    order.does("engineering", "report-work", "outcome", "DONE", "result", "已恢复路面");
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        false,
        "satisfaction",
        "DISSATISFIED",
        "remarks",
        "欧阳建国说翠竹路88号门口仍不平");
    order.does("agent", "follow-up", "outcome", "REWORK", "instruction", "请到翠竹路88号欧阳先生门口复查");
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    readsNothing(order);

    assertThat(desk.get("/api/work-orders/" + order.number, "yunfu-water.agent").body().toString())
        .contains("欧阳建国", "13877776666");
    saysNothing("邮件", Mailbox.everything());
    saysNothing(
        "通知",
        jdbc.sql("SELECT CONCAT_WS(' ', subject, body) FROM notice WHERE channel <> 'SMS'")
            .query(String.class)
            .list()
            .toString());
    saysNothing("日志", PROCESS.matcher(log.getAll()).replaceAll(" --- "));
  }

  @Test
  @DisplayName("引擎的表里（任务、变量、历史、授权、评论）没有投诉人的任何资料")
  void engineKeepsNothing() {
    Desk.Order order =
        desk.callTypedInTasklist(
            "agent",
            "callerPhone",
            "13877776666",
            "callerName",
            "欧阳建国",
            "address",
            "云城区翠竹路88号6栋A301室",
            "description",
            "欧阳建国投诉工程公司");
    order.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "COMPLAINT",
        "callerPhone",
        "13877776666",
        "callerName",
        "欧阳建国",
        "address",
        "云城区翠竹路88号6栋A301室",
        "description",
        "欧阳建国投诉工程公司",
        "departmentComplainedOf",
        "engineering");
    order.accepted();
    readsNothing(order);
    for (TestedDatabase.Column column : TestedDatabase.columns(jdbc)) {
      if (!column.isOurs()) {
        assertThat(String.join("\n", column.texts(jdbc)))
            .as(column.toString())
            .doesNotContain("13877776666", "欧阳建国", "翠竹路");
      }
    }
  }

  @Test
  @DisplayName("退回改派：被投诉部门再也看不到；接手的部门看得到投诉人（号码掩码）；监督部门也是")
  void transferred() {
    Desk.Order order = complaint();
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "应回避");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    assertThat(order.answerTo("engineering")).isEqualTo(404);
    assertThat(order.answerTo("engineering-leader")).isEqualTo(404);
    for (String other : List.of("business", "administration")) {
      String view = order.seenBy(other).body().toString();
      assertThat(view).as(other).contains("欧阳建国", "翠竹路88号6栋A301室", "138****6666");
      assertThat(view).as(other).doesNotContain("13877776666", "138 7777 6666", "8123456");
    }
  }

  @Test
  @DisplayName("同一来电又报漏水：两张工单，修理的看得到住址，却不知道投诉是同一人；以往工单里也没有那张投诉")
  void linkedOrders() {
    Desk.Order order =
        complaint("/demands", List.of(Map.of("category", "LEAK", "description", "水表前漏水")));
    assertThat(order.view().path("linked")).hasSize(1);
    Desk.Order leak = desk.order(order.view().path("linked").get(0).asText());
    if (leak.waitsFor().stream().anyMatch(task -> task.startsWith("check-dispatch"))) {
      leak.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "engineering");
    }
    assertThat(leak.department()).isEqualTo("engineering");
    readsNothing(order);
    for (String party : PARTIES) {
      String complaint = desk.get("/api/work-orders/" + order.number, party).body().toString();
      assertThat(complaint).doesNotContain(leak.number);
      String repair = desk.get("/api/work-orders/" + leak.number, party).body().toString();
      assertThat(repair).contains("欧阳建国", "翠竹路88号6栋A301室").doesNotContain(order.number);
      Map<String, Object> form = form(leak, "accept", party);
      assertThat(form.toString()).contains("翠竹路88号6栋A301室").doesNotContain(order.number);
    }
    Map<String, Object> centre = form(leak, "accept", "yunfu-water.business");
    assertThat(String.valueOf(centre.get("earlier"))).contains(order.number);
  }

  @Test
  @DisplayName("停供恢复后要电话告知的来电客户：欠着的电话看得到全号，名单里只是掩码；被投诉部门都看不到")
  void callList() {
    OutageDesk.Outage outage = outages.reported("engineering", outages.unplanned());
    desk.call(
        "NO_WATER",
        "/outage",
        outage.number,
        "/caller/name",
        "欧阳建国",
        "/caller/phone",
        "0766-8123456",
        "/facts/departmentComplainedOf",
        "engineering");
    outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED");
    String task = outage.taskOf("TELL_CALLERS");
    Map<String, Object> agents =
        screen.show(task, new Actor("yunfu-water.agent", Set.of("yunfu-water.agent")));
    assertThat(String.valueOf(agents.get("contactsLeft"))).contains("欧阳建国 0766-8123456");
    assertThat(String.valueOf(agents.get("contacts")))
        .contains("欧阳建国 *******456")
        .doesNotContain("8123456");
    Map<String, Object> partys =
        screen.show(task, new Actor(PARTIES.get(0), Set.of(PARTIES.get(0))));
    assertThat(partys.toString()).contains("请由呼叫中心电话告知").doesNotContain("欧阳", "*456", "8123456");
  }

  @Test
  @DisplayName("RQ-13 燃气：投诉事业部，事业部和它下面的单位都看不到投诉人；下级被投诉时，查处的事业部看得到")
  void unitsBelow() {
    Desk.Order division =
        desk.callOf(
            "gas",
            "COMPLAINT",
            "/caller/district",
            "east",
            "/caller/name",
            "欧阳建国",
            "/facts/departmentComplainedOf",
            "division-east",
            "/description",
            "欧阳先生投诉事业部");
    for (String party : List.of("division-east", "division-east-leader", "east-repair")) {
      Desk.Answer answer = division.seenBy(party);
      assertThat(answer.status()).as(party).isIn(200, 404);
      assertThat(answer.body().toString()).as(party).doesNotContain("欧阳", "13800000000", "世纪大道");
    }
    Desk.Order unit =
        desk.callOf(
            "gas",
            "REPORT",
            "/caller/district",
            "east",
            "/caller/name",
            "欧阳建国",
            "/facts/departmentComplainedOf",
            "east-repair");
    unit.checked();
    assertThat(unit.answerTo("east-repair")).isEqualTo(404);
    assertThat(unit.seenBy("division-east").body().toString()).contains("欧阳建国");
  }
}
