package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.regulation.process.TableCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@Scenario
@Import(Desk.class)
@DisplayName("流程设计员不写程序")
class DesignerTest {
  private static final String CLOSE = "<bpmn:callActivity id=\"Call_Closing\"";
  private static final String INSPECT =
      """
      <bpmn:userTask id="Task_InspectSite" name="现场复核" camunda:formRef="inspect-site"
          camunda:formRefBinding="latest" camunda:candidateGroups="${company}.shift-supervisor"
          camunda:dueDate="${dueBy.milestone(execution, 'RESOLVE')}">
        <bpmn:extensionElements>
          <camunda:taskListener delegateExpression="${recordStep}" event="complete" id="Inspected" />
        </bpmn:extensionElements>
        <bpmn:incoming>Flow_Solved_Closing</bpmn:incoming>
        <bpmn:outgoing>Flow_InspectSite_Closing</bpmn:outgoing>
      </bpmn:userTask>
      <bpmn:sequenceFlow id="Flow_InspectSite_Closing" sourceRef="Task_InspectSite"
          targetRef="Call_Closing" />
      """;

  @Autowired Desk desk;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired ManagementService management;
  private String deployment;

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @AfterEach
  void undo() {
    repository.deleteDeployment(deployment, true);
  }

  @Test
  @DisplayName("ALL-1 在流程图里加一步“现场复核”：有人办、上记录，不用改程序")
  void stepWithoutJava() throws Exception {
    String model =
        Files.readString(Path.of("processes/work-order.bpmn"))
            .replace(
                "sourceRef=\"Gateway_Solved\" targetRef=\"Call_Closing\"",
                "sourceRef=\"Gateway_Solved\" targetRef=\"Task_InspectSite\"")
            .replace(
                "<bpmn:incoming>Flow_Solved_Closing</bpmn:incoming>",
                "<bpmn:incoming>Flow_InspectSite_Closing</bpmn:incoming>")
            .replace(CLOSE, INSPECT + CLOSE);
    deploys(model);

    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business");
    order.does("business", "accept", "outcome", "ACCEPT");
    order.does("business", "contact-customer", "note", "已致歉");
    order.does("business", "report-work", "outcome", "DONE", "result", "已整改");
    order.does(
        "agent", "callback-by-phone", "reached", true, "solved", true, "satisfaction", "SATISFIED");

    assertThat(order.waitsFor()).containsExactly("inspect-site by yunfu-water.shift-supervisor");
    assertThat(order.status()).isEqualTo("CALLBACK");
    order.does("shift-supervisor", "inspect-site", "finding", "路面已恢复 𠮷");

    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.record()).endsWith("现场复核", "办结");
    assertThat(order.view().path("events").toString()).contains("finding：路面已恢复 𠮷");
  }

  @Test
  @DisplayName("ALL-1 在流程图里给“接单”加一个自己的定时器：时限的提醒改期，它的时间不变")
  void ownTimer() throws Exception {
    String model =
        Files.readString(Path.of("processes/work-order.bpmn"))
            .replace(
                CLOSE,
                """
                <bpmn:boundaryEvent id="Event_OwnTimer" name="自己的定时器" cancelActivity="false"
                    attachedToRef="Task_Accept">
                  <bpmn:outgoing>Flow_OwnTimer_End</bpmn:outgoing>
                  <bpmn:timerEventDefinition id="Event_OwnTimer_Timer">
                    <bpmn:timeDate>2026-12-24T12:00:00+08:00</bpmn:timeDate>
                  </bpmn:timerEventDefinition>
                </bpmn:boundaryEvent>
                <bpmn:endEvent id="End_OwnTimer"><bpmn:incoming>Flow_OwnTimer_End</bpmn:incoming>
                </bpmn:endEvent>
                <bpmn:sequenceFlow id="Flow_OwnTimer_End" sourceRef="Event_OwnTimer"
                    targetRef="End_OwnTimer" />
                """
                    + CLOSE);
    deploys(model);
    Desk.Order order = desk.call("LEAK");
    Date firstAlert = timer(order, "StartEvent_FirstAlert");
    Date own = timer(order, "Event_OwnTimer");
    desk.pass(Duration.ofHours(1));

    assertThat(order.waitsFor()).contains("accept by yunfu-water.engineering");
    assertThat(timer(order, "Event_NextAlert")).isAfter(firstAlert);
    assertThat(timer(order, "Event_OwnTimer"))
        .isEqualTo(own)
        .isEqualTo(Date.from(Instant.parse("2026-12-24T04:00:00Z")));
  }

  private void deploys(String model) {
    deployment =
        repository
            .createDeployment()
            .addString("processes/work-order.bpmn", model)
            .deploy()
            .getId();
  }

  private Date timer(Desk.Order order, String activity) {
    String instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .processDefinitionKey("work-order")
            .singleResult()
            .getId();
    return management
        .createJobQuery()
        .processInstanceId(instance)
        .activityId(activity)
        .singleResult()
        .getDuedate();
  }

  /** A category of the company's own: rows in three tables, and one more question in the form. */
  private static final List<String> ROWS =
      List.of(
          row(
              "intake",
              "category=\"SECONDARY_SUPPLY\"|subcategory=\"\"",
              "label=\"二次供水\"|subcategoryLabel=\"\"|questions=\"landmark urgent tankYear\""
                  + "|guidance=\"请问小区名称、几楼没水？\"|gisAssets=\"\"|rank=3|answerNeeds=\"\""
                  + "|tellAtOnce=\"\"|article=\"YF-8a DEFAULT\"|basis=\"第八条；类别为默认值\""),
          row(
              "routing",
              "category=\"SECONDARY_SUPPLY\"",
              "department=\"production\"|alsoDepartment=\"\"|supervisor=\"\"|checkBy=\"\""
                  + "|customerResponsible=false|guidance=\"\"|needs=\"\"|article=\"YF-5 DEFAULT\""
                  + "|basis=\"第四条（一）；二次供水为默认值\""),
          row(
              "time-limits",
              "category=\"SECONDARY_SUPPLY\"",
              "milestone=\"RESOLVE\"|limit=\"6小时\"|start=\"INTAKE\"|who=\"\"|warnBefore=\"1小时\""
                  + "|warnTo=\"DEPARTMENT\"|escalateTo=\"shift-supervisor\"|inquireBy=\"\""
                  + "|officeClose=\"\"|article=\"YF-14 DEFAULT\"|basis=\"第十四条；6小时为默认值\""));

  private static String row(String table, String inputs, String outputs) {
    return table + "\n" + inputs + "\n" + outputs;
  }

  @Test
  @DisplayName("ALL-1 只改表：新增类别“二次供水”，受理、定责、时限、回访、清单都按表走，删去一行则检查指出缺口")
  void categoryWithoutJava(@TempDir Path folder) throws Exception {
    Path company = Files.createDirectories(folder.resolve("yunfu-water"));
    DeploymentBuilder changed = repository.createDeployment();
    try (Stream<Path> tables = Files.list(Path.of("processes/regulations/yunfu-water"))) {
      for (Path table : tables.toList()) {
        String xml = Files.readString(table);
        for (String row : ROWS) {
          String[] parts = row.split("\n");
          if (table.getFileName().toString().equals(parts[0] + ".dmn")) {
            xml = withRow(xml, parts[1], parts[2]);
          }
        }
        Files.writeString(company.resolve(table.getFileName()), xml);
        changed.addString("processes/regulations/yunfu-water/" + table.getFileName(), xml);
      }
    }
    String form =
        Files.readString(Path.of("forms/complete-intake.form"))
            .replaceFirst(
                "(?s)(\\{\\s*\"label\": \"附近标志\")",
                "{\"label\":\"水箱清洗年份\",\"type\":\"textfield\",\"id\":\"Field_tankYear\","
                    + "\"key\":\"tankYear\",\"layout\":{\"row\":\"Row_tank\",\"columns\":null}},$1");
    deployment = changed.addString("forms/complete-intake.form", form).deploy().getId();

    Desk.Order posted = desk.call("SECONDARY_SUPPLY");
    assertThat(posted.department()).isEqualTo("production");
    assertThat(posted.view().path("categoryName").asText()).isEqualTo("二次供水");
    assertThat(posted.limit("RESOLVE").path("limit").asText()).isEqualTo("6小时");
    assertThat(posted.due("RESOLVE")).isEqualTo("2026-11-16T07:00:00Z");

    Desk.Order typed =
        desk.callTypedInTasklist(
            "agent", "callerPhone", "13800000009", "description", "楼顶水箱没水", "address", "云城区");
    typed.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "SECONDARY_SUPPLY",
        "callerPhone",
        "13800000009",
        "description",
        "楼顶水箱没水",
        "tankYear",
        "2024");
    assertThat(typed.view().path("facts").path("tankYear").asText()).isEqualTo("2024");
    assertThat(typed.waitsFor()).containsExactly("accept by yunfu-water.production");

    desk.drawFellOnPlace(1);
    posted.handled();
    assertThat(posted.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    posted.satisfiedByPhone();
    assertThat(posted.status()).isEqualTo("CLOSED");
    assertThat(
            desk.get("/api/work-orders?company=yunfu-water", "yunfu-water.manager")
                .body()
                .path("items")
                .findValuesAsText("category"))
        .containsExactly("SECONDARY_SUPPLY", "SECONDARY_SUPPLY");

    assertThat(TableCheck.of(company).findings())
        .as("只缺表单字段：检查看的是本项目的表单")
        .allSatisfy(finding -> assertThat(finding.what()).contains("tankYear"));
    Path routing = company.resolve("routing.dmn");
    Files.writeString(
        routing,
        Files.readString(routing).replaceFirst("(?s)<rule id=\"Rule_Secondary\">.*?</rule>", ""));
    assertThat(TableCheck.of(company).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.file()).endsWith("yunfu-water/routing.dmn");
              assertThat(finding.what()).contains("没有对应的行").contains("二次供水（SECONDARY_SUPPLY）");
            });
  }

  /** As Modeler saves a row: a cell for each column, in the table's order. */
  private static String withRow(String xml, String inputs, String outputs) {
    String id = outputs.replaceFirst(".*article=\"(\\S+).*", "$1");
    StringBuilder row = new StringBuilder("<rule id=\"Rule_Secondary\"><description>");
    row.append(id).append(" 第八条，默认值</description>");
    cells(xml, "<inputExpression[^>]*>\\s*<text>(\\w+)", inputs)
        .forEach((column, text) -> row.append(cell("inputEntry", column, text)));
    cells(xml, "<output [^>]*name=\"(\\w+)\"", outputs)
        .forEach((column, text) -> row.append(cell("outputEntry", column, text)));
    return xml.replace("</decisionTable>", row + "</rule></decisionTable>");
  }

  private static Map<String, String> cells(String xml, String column, String given) {
    Map<String, String> cells = new LinkedHashMap<>();
    Pattern.compile(column).matcher(xml).results().forEach(name -> cells.put(name.group(1), ""));
    for (String pair : given.split("\\|")) {
      String[] sides = pair.split("=", 2);
      assertThat(cells.replace(sides[0], sides[1])).as(sides[0]).isNotNull();
    }
    return cells;
  }

  private static String cell(String kind, String column, String text) {
    return "<%1$s id=\"%1$s_Secondary_%2$s\"><text>%3$s</text></%1$s>"
        .formatted(kind, column, text);
  }
}
