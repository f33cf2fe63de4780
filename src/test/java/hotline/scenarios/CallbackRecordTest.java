package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@Scenario
@DisplayName("《工单处理回访记录表》（银川附件2）")
class CallbackRecordTest {
  private static final String TABLE = "/api/callback-records";

  @Autowired Desk desk;
  @Autowired MockMvc mvc;
  @TempDir Path folder;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  private Desk.Order visited(Object... details) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "/caller/district",
                "xingqing",
                "/facts/meterSide",
                "UPSTREAM",
                "/caller/address",
                "兴庆区解放街1号",
                "/description",
                "路边漏水"));
    all.addAll(List.of(details));
    Desk.Order order = desk.callOf("yinchuan-water", "LEAK", all.toArray());
    return order
        .does("network-xingqing", "accept", "outcome", "ACCEPT", "worker", "马师傅")
        .does("network-xingqing", "report-work", "outcome", "DONE", "result", "已更换接头");
  }

  private static String query(String company, String week) {
    return "?company=" + company + "&week=" + week;
  }

  private JsonNode table(String week) {
    Desk.Answer answer = desk.get(TABLE + query("yinchuan-water", week), "yinchuan-water.agent");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  private MockHttpServletResponse sheet(String person) throws Exception {
    return mvc.perform(
            MockMvcRequestBuilders.get(
                    URI.create(TABLE + ".xlsx" + query("yinchuan-water", "2026-11-18")))
                .with(httpBasic(person, "Hotline-2026")))
        .andReturn()
        .getResponse();
  }

  @Test
  @DisplayName("YC-14 第十四条、附件2：一周的表——参加抽取、应访、已访的张数可证，十项内容取自工单和回访记录")
  void weekOfTheTable() {
    Desk.Order first = visited();
    desk.pass(Duration.ofHours(1));
    visited("/caller/phone", "13811112222");
    assertThat(table("2026-11-16").path("eligible").asInt()).isEqualTo(2);
    JsonNode waiting = table("2026-11-16");
    assertThat(waiting.path("required").asInt()).isEqualTo(1);
    assertThat(waiting.path("phoned").asInt()).isZero();
    assertThat(waiting.path("items")).isEmpty();

    desk.itIs("2026-11-17T10:00:00+08:00");
    first.satisfiedByPhone();
    for (String day : List.of("2026-11-16", "2026-11-18", "2026-11-22")) {
      JsonNode table = table(day);
      assertThat(table.path("week").asText()).isEqualTo("2026-11-16");
      assertThat(table.path("phoned").asInt()).isEqualTo(1);
      assertThat(table.path("items")).hasSize(1);
    }
    JsonNode line = table("2026-11-16").path("items").get(0);
    assertThat(line.path("number").asInt()).isEqualTo(1);
    assertThat(line.path("order").asText()).isEqualTo(first.number);
    assertThat(line.path("receivedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
    assertThat(line.path("calledBackOn").asText()).isEqualTo("2026-11-17");
    assertThat(line.path("callerName").asText()).isEqualTo("张三");
    assertThat(line.path("callerPhone").asText()).isEqualTo("13800000000");
    assertThat(line.path("address").asText()).isEqualTo("兴庆区解放街1号");
    assertThat(line.path("description").asText()).isEqualTo("路边漏水");
    assertThat(line.path("handledBy").asText()).isEqualTo("兴庆区管网维护中心 马师傅");
    assertThat(line.path("completion").asText()).isEqualTo("已解决。已更换接头");
    assertThat(line.path("satisfaction").asText()).isEqualTo("满意");
    assertThat(table("2026-11-15").path("items")).isEmpty();
    assertThat(table("2026-11-15").path("required").asInt()).isZero();
    assertThat(table("2026-11-23").path("eligible").asInt()).isZero();
  }

  @Test
  @DisplayName("YC-14、C22：周一零点分周；下周才打通的记在抽中的那一周，未接通也算已访并写明，取最后一次")
  void callsBelongToTheWeekOfTheDraw() {
    desk.itIs("2026-11-22T23:59:59.999+08:00");
    Desk.Order sunday = visited();
    desk.itIs("2026-11-23T00:00:00+08:00");
    Desk.Order monday = visited();
    desk.itIs("2026-11-23T09:00:00+08:00");
    sunday.does("agent", "callback-by-phone", "reached", false, "unreachedCause", "POWERED_OFF");
    JsonNode before = table("2026-11-22");
    assertThat(before.path("eligible").asInt()).isEqualTo(1);
    assertThat(before.path("phoned").asInt()).isEqualTo(1);
    assertThat(before.path("items").get(0).path("satisfaction").asText()).isEqualTo("未接通：关机或停机");
    assertThat(table("2026-11-23").path("phoned").asInt()).isZero();
    desk.itIs("2026-11-23T11:00:00+08:00");
    sunday.dissatisfiedByPhone();
    monday.satisfiedByPhone();
    JsonNode line = table("2026-11-22").path("items").get(0);
    assertThat(table("2026-11-22").path("items")).hasSize(1);
    assertThat(line.path("calledBackOn").asText()).isEqualTo("2026-11-23");
    assertThat(line.path("completion").asText()).isEqualTo("未解决。已更换接头");
    assertThat(line.path("satisfaction").asText()).isEqualTo("不满意（仍有问题）");
    assertThat(table("2026-11-23").path("items").get(0).path("order").asText())
        .isEqualTo(monday.number);
  }

  @Test
  @DisplayName("YC-14、YC-15：投诉和重办后的电话回访也入表，各写当时的部门和结果，但不计入抽取的张数")
  void callsWithoutADraw() {
    Desk.Order order = visited();
    order.dissatisfiedByPhone();
    desk.pass(Duration.ofMinutes(1));
    order.does(
        "agent",
        "follow-up",
        "outcome",
        "REWORK",
        "instruction",
        "请重修",
        "department",
        "network-jinfeng");
    order.accepted();
    desk.pass(Duration.ofMinutes(1));
    order.does("network-jinfeng", "report-work", "outcome", "DONE", "result", "已换新管");
    desk.pass(Duration.ofMinutes(1));
    order.satisfiedByPhone();
    Desk.Order complaint = desk.callOf("yinchuan-water", "COMPLAINT").accepted().reported();
    desk.pass(Duration.ofMinutes(1));
    complaint.satisfiedByPhone();

    JsonNode table = table("2026-11-16");
    assertThat(table.path("eligible").asInt()).isEqualTo(1);
    assertThat(table.path("phoned").asInt()).isEqualTo(1);
    List<String> lines = new ArrayList<>();
    table
        .path("items")
        .forEach(
            line ->
                lines.add(
                    line.path("number").asText()
                        + " "
                        + line.path("order").asText()
                        + " "
                        + line.path("handledBy").asText()
                        + " "
                        + line.path("completion").asText()
                        + " "
                        + line.path("satisfaction").asText()));
    assertThat(lines)
        .containsExactly(
            "1 " + order.number + " 兴庆区管网维护中心 未解决。已更换接头 不满意（仍有问题）",
            "2 " + order.number + " 金凤区管网维护中心 已解决。已换新管 满意",
            "3 " + complaint.number + " 客户服务中心 已解决。已修复 满意");
  }

  @Test
  @DisplayName("YC-14：回访与回复不符、直接退回重办的，仍算抽中的那一单已访")
  void sentBackByTheCallback() {
    Desk.Order order = visited();
    order.does(
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "contradictsReply",
        true,
        "remarks",
        "没有人来过");
    assertThat(order.view().path("round").asInt()).isEqualTo(2);
    JsonNode table = table("2026-11-16");
    assertThat(table.path("phoned").asInt()).isEqualTo(1);
    assertThat(table.path("items")).hasSize(1);
    assertThat(order.view().path("callback").path("attempts").get(0).path("round").asInt())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("YC-14：21单须访2单，不足整块也向上取整")
  void roundedUp() {
    for (int i = 0; i < 21; i++) {
      visited();
    }
    assertThat(table("2026-11-16").path("eligible").asInt()).isEqualTo(21);
    assertThat(table("2026-11-16").path("required").asInt()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} → {1}")
  @DisplayName("YC-14：中心的坐席、调度员、值班班长、客服主管可看本公司的表，其他人和别家公司的不能")
  @CsvSource({
    "yinchuan-water.agent,200",
    "yinchuan-water.dispatcher,200",
    "yinchuan-water.shift-supervisor,200",
    "yinchuan-water.service-manager,200",
    "admin,200",
    "yinchuan-water.manager,403",
    "yinchuan-water.designer,403",
    "yinchuan-water.network-xingqing,403",
    "yinchuan-water.network-xingqing-leader,403",
    "yunfu-water.agent,403"
  })
  void whoMayRead(String person, int status) throws Exception {
    assertThat(desk.get(TABLE + query("yinchuan-water", "2026-11-16"), person).status())
        .isEqualTo(status);
    assertThat(sheet(person).getStatus()).isEqualTo(status);
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @DisplayName("YC-14：公司或日期写错的，说明错在哪里")
  @CsvSource({
    "nobody,2026-11-16,403",
    "yinchuan-water,2026-13-01,422",
    "yinchuan-water,1026-11-16,422"
  })
  void wrongQuestions(String company, String week, int status) {
    Desk.Answer answer = desk.get(TABLE + query(company, week), "yinchuan-water.agent");
    assertThat(answer.status()).isEqualTo(status);
    if (status == 422) {
      assertThat(answer.field()).isEqualTo("week");
      assertThat(answer.detail()).contains("week");
    }
    assertThat(desk.get(TABLE + "?company=yinchuan-water", "yinchuan-water.agent").field())
        .isEqualTo("week");
  }

  @Test
  @DisplayName("RQ-13、YC-14：不宜公开的工单，坐席在表上看不到客户和内容，客服主管看得到")
  void confidentialOrders() {
    visited("/facts/confidential", true).satisfiedByPhone();
    JsonNode hidden = table("2026-11-16").path("items").get(0);
    for (String field :
        List.of("callerName", "callerPhone", "address", "description", "completion")) {
      assertThat(hidden.path(field).asText()).isEqualTo("（仅办理人员可见）");
    }
    assertThat(hidden.path("satisfaction").asText()).isEqualTo("满意");
    assertThat(
            desk.get(
                    TABLE + query("yinchuan-water", "2026-11-16"), "yinchuan-water.service-manager")
                .body()
                .path("items")
                .get(0)
                .path("callerPhone")
                .asText())
        .isEqualTo("13800000000");
  }

  // ---- the spreadsheet

  @Test
  @DisplayName("YC-14 附件2：Excel 与表一致——表名、十列栏目逐字同附件2，生僻字、表情、算式样的文字原样")
  void spreadsheet() throws Exception {
    visited("/caller/name", "=1+1", "/description", "𠮷祥小区漏水😀\n第二行 <b>&\"").satisfiedByPhone();
    MockHttpServletResponse answer = sheet("yinchuan-water.dispatcher");
    assertThat(answer.getContentType())
        .startsWith("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assertThat(
            URLDecoder.decode(
                String.valueOf(answer.getHeader("Content-Disposition")), StandardCharsets.UTF_8))
        .contains("工单处理回访记录表2026-11-16.xlsx");
    Map<String, String> cells = cells(answer.getContentAsByteArray());
    assertThat(cells.get("A1")).isEqualTo("客户服务部供水热线\"96666\"工单处理回访记录表");
    assertThat(cells.get("A2")).isEqualTo("2026年11月16日至2026年11月22日：参加抽取的工单1张，应电话回访不少于1张，已电话回访1张");
    String[] columns = "序号 受理时间 回访日期 来电人 用户电话 用户地址 反映内容 处理部门及人员 处理完成情况 是否满意".split(" ");
    String[] values = {
      "1",
      "2026-11-16 09:00",
      "2026-11-16",
      "=1+1",
      "13800000000",
      "兴庆区解放街1号",
      "𠮷祥小区漏水😀\n第二行 <b>&\"",
      "兴庆区管网维护中心 马师傅",
      "已解决。已更换接头",
      "满意"
    };
    for (int i = 0; i < 10; i++) {
      char column = (char) ('A' + i);
      assertThat(cells.get(column + "3")).isEqualTo(columns[i]);
      assertThat(cells.get(column + "4")).isEqualTo(values[i]);
    }
    assertThat(cells).doesNotContainKeys("K3", "A5");
  }

  @Test
  @DisplayName("YC-14：没有回访的一周也有表，只有栏目")
  void emptyWeek() throws Exception {
    Map<String, String> cells = cells(sheet("yinchuan-water.agent").getContentAsByteArray());
    assertThat(cells.get("J3")).isEqualTo("是否满意");
    assertThat(cells).doesNotContainKey("A4");
  }

  /** What a spreadsheet program reads: the text of every cell, by its name. */
  private Map<String, String> cells(byte[] xlsx) throws Exception {
    Path file = Files.write(folder.resolve("table.xlsx"), xlsx);
    Map<String, Document> parts = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(".xml")) {
          parts.put(
              entry.getName(),
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(zip.getInputStream(entry)));
        }
      }
    }
    NodeList shared = parts.get("xl/sharedStrings.xml").getElementsByTagName("si");
    NodeList found = parts.get("xl/worksheets/sheet1.xml").getElementsByTagName("c");
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element cell = (Element) found.item(i);
      if (cell.getElementsByTagName("v").getLength() > 0) {
        assertThat(cell.getElementsByTagName("f").getLength()).as("no formulas").isZero();
        String text = cell.getElementsByTagName("v").item(0).getTextContent();
        cells.put(
            cell.getAttribute("r"),
            cell.getAttribute("t").equals("s")
                ? shared.item(Integer.parseInt(text)).getTextContent()
                : text);
      }
    }
    return cells;
  }
}
