package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
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
    deployment =
        repository
            .createDeployment()
            .addString("processes/work-order.bpmn", model)
            .deploy()
            .getId();

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
}
