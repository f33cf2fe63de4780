package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.scenarios.Visitor.Seen;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebScenario
@DisplayName("任务列表里的“查单”：客户再来电，按编号、电话、地址、原话找到工单，催办、补充、撤单")
class LookUpTest {
  private static final String ORDERS = "/camunda/api/hotline/orders/";
  private static final String PHONE = "13800000000";

  @LocalServerPort int port;
  @Autowired Desk desk;

  private final Map<String, Visitor> seats = new LinkedHashMap<>();

  @BeforeEach
  void mondayMorning() {
    Visitor.comesTo(desk.engine());
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Visitor at(String login) {
    String user = login.contains(".") ? login : "yunfu-water." + login;
    return seats.computeIfAbsent(user, who -> new Visitor(port).loggedIn(who));
  }

  private static String json(Map<String, ?> body) {
    try {
      return new ObjectMapper().writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Seen search(String login, String what) {
    return at(login).post(ORDERS + "search", json(Map.of("company", "yunfu-water", "what", what)));
  }

  private List<String> found(String login, String what) {
    Seen seen = search(login, what);
    assertThat(seen.status()).as(seen.body()).isEqualTo(200);
    return seen.json().path("items").findValuesAsText("number");
  }

  private Seen sheet(String login, Desk.Order order) {
    return at(login).get(ORDERS + order.number);
  }

  private Seen act(String login, Desk.Order order, String act, String note) {
    return at(login).post(ORDERS + order.number + "/acts", json(Map.of("act", act, "note", note)));
  }

  private static String part(JsonNode sheet, String label) {
    for (JsonNode part : sheet.path("parts")) {
      if (part.path("label").asText().equals(label)) {
        return part.path("text").asText();
      }
    }
    return "";
  }

  private static List<String> acts(JsonNode sheet) {
    return sheet.path("acts").findValuesAsText("code");
  }

  @Test
  @DisplayName("编号（大小写、全角都行）、电话、地址的一部分、原话的一部分都找得到；什么都不填是最新的")
  void finds() {
    Desk.Order leak = desk.call("LEAK", "/description", "桥头水管漏水", "/caller/address", "云城区兴云路9号");
    Desk.Order bill = desk.call("BILLING", "/caller/phone", "0766-8811111");
    String wide = leak.number.toLowerCase(java.util.Locale.ROOT).replace('-', '－');
    assertThat(found("agent", leak.number)).containsExactly(leak.number);
    assertThat(found("agent", wide)).containsExactly(leak.number);
    assertThat(found("agent", "07668811111")).contains(bill.number).doesNotContain(leak.number);
    assertThat(found("agent", "兴云路9号")).contains(leak.number).doesNotContain(bill.number);
    assertThat(found("agent", "桥头水管")).contains(leak.number).doesNotContain(bill.number);
    assertThat(found("agent", "").subList(0, 2)).containsExactly(bill.number, leak.number);
    assertThat(found("agent", "没有说过的话")).isEmpty();
    assertThat(found("agent", "YF20200101-0001")).isEmpty();
    JsonNode line = search("agent", leak.number).json().path("items").get(0);
    assertThat(line.path("title").asText()).isEqualTo("报漏 · 已派单");
    assertThat(line.path("received").asText()).isEqualTo("11月16日 09:00");
    assertThat(line.path("customer").asText()).isEqualTo("张三  138****0000");
    assertThat(line.path("place").asText()).isEqualTo("云城区兴云路9号");
  }

  @Test
  @DisplayName("门牌不说区也找得到，同一栋的都在；没有这个门牌的，按地址里的字找")
  void atTheBuilding() {
    Desk.Order first = desk.call("LEAK", "/caller/address", "云城区育才路18号3栋");
    Desk.Order second = desk.call("BILLING", "/caller/address", "云城区 育才路１８号 601房");
    Desk.Order other = desk.call("LEAK", "/caller/address", "云城区育才路118号");
    for (String said : List.of("育才路18号", "云城区育才路18号", "育才路18号2栋")) {
      assertThat(found("agent", said)).as(said).contains(first.number, second.number);
      assertThat(found("agent", said)).as(said).doesNotContain(other.number);
    }
    assertThat(found("agent", "育才路")).contains(first.number, other.number);
    Desk.Answer searched =
        desk.post(
            "/api/work-orders/search",
            Map.of("company", "yunfu-water", "address", "育才路18号"),
            "yunfu-water.agent",
            null);
    assertThat(searched.body().path("items").findValuesAsText("number"))
        .containsExactly(second.number, first.number);
  }

  @Test
  @DisplayName("一页二十张，其余的接着往下翻")
  void pages() {
    for (int i = 0; i < 21; i++) {
      desk.call("BILLING");
    }
    JsonNode first = search("agent", PHONE).json();
    assertThat(first.path("items")).hasSize(20);
    JsonNode second =
        at("agent")
            .post(
                ORDERS + "search",
                json(
                    Map.of(
                        "company",
                        "yunfu-water",
                        "what",
                        PHONE,
                        "after",
                        first.path("next").asText())))
            .json();
    assertThat(second.path("items")).isNotEmpty();
    assertThat(second.path("items").findValuesAsText("number"))
        .doesNotContainAnyElementsOf(first.path("items").findValuesAsText("number"));
  }

  @Test
  @DisplayName("工单写明现在等谁办、各项时限和条文、经过；号码是掩码，点一次显示并记一笔")
  void reads() {
    Desk.Order leak = desk.call("LEAK", "/description", "漏水，或打139-1111-2222");
    JsonNode sheet = sheet("agent", leak).json();
    assertThat(sheet.path("title").asText()).startsWith(leak.number + " · 报漏");
    assertThat(part(sheet, "现在等谁办")).contains("接单：工程公司", "应于 11月16日 ");
    assertThat(part(sheet, "各项时限")).contains("第九条");
    assertThat(part(sheet, "客户")).isEqualTo("张三  138****0000");
    assertThat(part(sheet, "反映内容")).contains("139****2222");
    assertThat(part(sheet, "办理记录")).contains("09:00");
    assertThat(sheet.toString()).doesNotContain(PHONE, "139-1111-2222");
    Seen told = at("agent").post(ORDERS + leak.number + "/phone", "{}");
    assertThat(told.json().path("phone").asText()).isEqualTo(PHONE);
    assertThat(told.header("Cache-Control")).contains("no-store");
    assertThat(part(sheet("agent", leak).json(), "办理记录")).contains("查看号码");
  }

  @Test
  @DisplayName("催办、补充、撤单：记入办理记录，撤单后任务消失；办结的不能再办")
  void speaksAgain() {
    Desk.Order leak = desk.call("LEAK");
    assertThat(acts(sheet("agent", leak).json())).containsExactly("URGE", "SUPPLEMENT", "WITHDRAW");
    JsonNode urged = act("agent", leak, "URGE", "已经等了一天").json();
    assertThat(urged.path("title").asText()).contains("客户已催办1次");
    assertThat(part(urged, "办理记录")).contains("催办  已经等了一天");
    Seen empty = act("agent", leak, "SUPPLEMENT", " ");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.json().path("detail").asText()).contains("请填写补充内容");
    assertThat(part(act("dispatcher", leak, "SUPPLEMENT", "在桥头").json(), "办理记录")).contains("在桥头");
    JsonNode withdrawn = act("agent", leak, "WITHDRAW", "已自行修好").json();
    assertThat(withdrawn.path("title").asText()).contains("已撤单");
    assertThat(part(withdrawn, "现在等谁办")).startsWith("已撤单，11月16日");
    assertThat(acts(withdrawn)).isEmpty();
    assertThat(leak.view().path("waitingFor")).isEmpty();
    assertThat(act("agent", leak, "URGE", "").status()).isEqualTo(409);
    assertThat(act("agent", leak, "NONSENSE", "").status()).isEqualTo(422);
    assertThat(act("agent", leak, "", "").json().path("detail").asText()).contains("act");
  }

  @Test
  @DisplayName("办结的工单也看得到：回单、回访、结果；客服主管可以保全和解除")
  void closedOnes() {
    Desk.Order leak = desk.call("LEAK").handled();
    desk.smsReply(PHONE, "1");
    JsonNode sheet = sheet("service-manager", leak).json();
    assertThat(part(sheet, "现在等谁办")).startsWith("已办结，");
    assertThat(part(sheet, "承办部门的回单")).isNotEmpty();
    assertThat(part(sheet, "回访")).contains("短信");
    assertThat(part(sheet, "回访结果")).isEqualTo("满意");
    assertThat(acts(sheet)).containsExactly("HOLD");
    assertThat(act("service-manager", leak, "HOLD", "").status()).isEqualTo(422);
    JsonNode held = act("service-manager", leak, "HOLD", "客户起诉").json();
    assertThat(part(held, "保全")).contains("客户起诉");
    assertThat(acts(held)).containsExactly("LIFT");
    assertThat(act("agent", leak, "LIFT", "").status()).isEqualTo(403);
    assertThat(part(act("service-manager", leak, "LIFT", "").json(), "保全")).isEmpty();
  }

  @Test
  @DisplayName("YF-12：部门只找得到、读得到自己的，不能替客户催办；号码只在有待办任务时看得到")
  void departments() {
    Desk.Order leak = desk.call("LEAK");
    Desk.Order bill = desk.call("BILLING");
    assertThat(found("engineering", PHONE)).contains(leak.number).doesNotContain(bill.number);
    assertThat(found("engineering", bill.number)).isEmpty();
    JsonNode sheet = sheet("engineering", leak).json();
    assertThat(acts(sheet)).isEmpty();
    assertThat(sheet.path("phone").asBoolean()).isTrue();
    assertThat(sheet("engineering", bill).status()).isEqualTo(404);
    assertThat(act("engineering", leak, "URGE", "").status()).isEqualTo(403);
    assertThat(at("engineering").post(ORDERS + bill.number + "/phone", "{}").status())
        .isEqualTo(404);
    leak.handled();
    assertThat(sheet("engineering", leak).json().path("phone").asBoolean()).isFalse();
    assertThat(at("engineering").post(ORDERS + leak.number + "/phone", "{}").status())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("RQ-13：被投诉的部门读得到事由，读不到、也查不出是谁投诉的")
  void complainedOf() {
    Desk.Order complaint =
        desk.call(
            "COMPLAINT",
            "/facts/departmentComplainedOf",
            "business",
            "/description",
            "张三说抄表员态度差，请回13800000000",
            "/caller/address",
            "云城区兴云路9号");
    assertThat(found("business", PHONE)).doesNotContain(complaint.number);
    assertThat(found("business", "抄表员")).doesNotContain(complaint.number);
    Seen sheet = sheet("business", complaint);
    assertThat(sheet.status()).as(sheet.body()).isEqualTo(200);
    assertThat(part(sheet.json(), "客户")).contains("投诉的是贵部门");
    assertThat(sheet.body()).doesNotContain("张三", "00000000", "*0000", "兴云路");
    assertThat(sheet.json().path("phone").asBoolean()).isFalse();
    JsonNode line = search("business", complaint.number).json().path("items").get(0);
    assertThat(line.toString()).doesNotContain("张三", "00000000", "*0000", "兴云路");
  }

  @Test
  @DisplayName("管理人员只看进度：没有客户，没有原话，不能按电话查")
  void overseers() {
    Desk.Order leak = desk.call("LEAK", "/description", "张三家门口漏水");
    Seen sheet = sheet("manager", leak);
    assertThat(part(sheet.json(), "各项时限")).isNotEmpty();
    assertThat(part(sheet.json(), "办理记录")).isNotEmpty();
    assertThat(sheet.body()).doesNotContain("张三", "00000000", "*0000", "漏水");
    assertThat(found("manager", leak.number)).containsExactly(leak.number);
    assertThat(search("manager", PHONE).status()).isEqualTo(403);
    assertThat(search("manager", "漏水").status()).isEqualTo(403);
    assertThat(at("manager").post(ORDERS + leak.number + "/phone", "{}").status()).isEqualTo(403);
  }

  @Test
  @DisplayName("别的公司什么也没有；没有登录、没有令牌的不受理")
  void strangers() {
    Desk.Order leak = desk.call("LEAK");
    assertThat(search("gas.agent", leak.number).status()).isEqualTo(403);
    assertThat(sheet("gas.agent", leak).status()).isEqualTo(404);
    assertThat(act("gas.agent", leak, "WITHDRAW", "").status()).isEqualTo(404);
    assertThat(at("gas.agent").post(ORDERS + leak.number + "/phone", "{}").status()).isEqualTo(404);
    assertThat(at("gas.agent").get(ORDERS + "companies").json().findValuesAsText("code"))
        .containsExactly("gas");
    assertThat(new Visitor(port).get(ORDERS + leak.number).status()).isEqualTo(401);
    byte[] body = json(Map.of("act", "WITHDRAW")).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(
            at("agent")
                .send("POST", ORDERS + leak.number + "/acts", body, Map.of(), false)
                .status())
        .isEqualTo(403);
    assertThat(leak.status()).isEqualTo("DISPATCHED");
  }

  @Test
  @DisplayName("填得不对的：说清楚哪一项、怎么改")
  void badInput() {
    assertThat(at("agent").post(ORDERS + "search", "{}").json().path("detail").asText())
        .contains("公司");
    assertThat(search("agent", "长".repeat(201)).json().path("detail").asText()).contains("查找内容");
    assertThat(at("agent").post(ORDERS + "search", "[]").status()).isBetween(400, 422);
    assertThat(
            at("agent")
                .post(ORDERS + "search", json(Map.of("company", "yunfu-water", "after", "x")))
                .status())
        .isEqualTo(422);
    assertThat(at("agent").get(ORDERS + "YF20200101-0001").status()).isEqualTo(404);
  }
}
