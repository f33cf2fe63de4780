package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.LogLines;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The engine's own lists, as the Tasklist asks for them: what is one's own comes without a join
 * over all rights, and nobody gets more by it.
 */
@Tag("mariadb")
@Scenario
@DisplayName("任务列表里的查询：自己的任务不逐条核对权限，别人的一条也问不出来")
class OwnTasksTest {
  private static final String ENGINEERING = "yunfu-water.engineering";
  private static final String BUSINESS = "yunfu-water.business";

  @Autowired Desk desk;
  @Autowired TaskService tasks;
  @Autowired IdentityService identity;

  private LogLines statements;
  private String ours;
  private String theirs;

  @BeforeEach
  void twoDepartments() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    ours = desk.call("LEAK").waiting("accept").path("id").asText();
    theirs = desk.call("BILLING").waiting("accept").path("id").asText();
    statements = new LogLines(TaskEntity.class);
  }

  @AfterEach
  void silent() {
    statements.close();
    identity.clearAuthentication();
  }

  private void is(String person) {
    identity.clearAuthentication();
    List<String> groups =
        identity.createGroupQuery().groupMember(person).list().stream().map(Group::getId).toList();
    List<String> companies =
        identity.createTenantQuery().userMember(person).list().stream().map(Tenant::getId).toList();
    identity.setAuthentication(person, groups, companies);
    statements.forget();
  }

  /** Those of the two tasks that it finds, listed and counted. */
  private Set<String> finds(UnaryOperator<TaskQuery> asking) {
    TaskQuery query = asking.apply(tasks.createTaskQuery());
    List<String> found = query.listPage(0, 1000).stream().map(Task::getId).toList();
    assertThat(query.count()).isEqualTo(found.size());
    Set<String> ofTheTwo = new HashSet<>(found);
    ofTheTwo.retainAll(List.of(ours, theirs));
    return ofTheTwo;
  }

  private boolean readsRights() {
    return statements.all().stream()
        .filter(line -> line.contains("Preparing") && line.contains("ACT_RU_TASK RES"))
        .anyMatch(line -> line.contains("ACT_RU_AUTHORIZATION"));
  }

  @Test
  @DisplayName("本组的、我的、打开的那一件：照样问得到，不连权限表")
  void own() {
    Map<String, UnaryOperator<TaskQuery>> questions = new LinkedHashMap<>();
    questions.put(
        "本组待办", query -> query.taskCandidateGroupIn(List.of(ENGINEERING)).taskUnassigned());
    questions.put(
        "本组已超期",
        query ->
            query.taskCandidateGroup(ENGINEERING).includeAssignedTasks().dueAfter(new Date(0)));
    questions.put("这一件", query -> query.taskId(ours));
    questions.forEach(
        (name, question) -> {
          is(ENGINEERING);
          assertThat(finds(question)).as(name).containsExactly(ours);
          assertThat(statements.all()).as(name).isNotEmpty();
          assertThat(readsRights()).as(name).isFalse();
        });
    identity.clearAuthentication();
    tasks.claim(ours, ENGINEERING);
    is(ENGINEERING);
    assertThat(finds(query -> query.taskAssignee(ENGINEERING))).containsExactly(ours);
    assertThat(readsRights()).isFalse();
  }

  @Test
  @DisplayName("别的部门的：怎样问都没有，也数不出来")
  void others() {
    List<UnaryOperator<TaskQuery>> questions = new ArrayList<>();
    questions.add(query -> query);
    questions.add(query -> query.taskId(theirs));
    questions.add(query -> query.taskIdIn(ours, theirs));
    questions.add(query -> query.taskCandidateGroup(BUSINESS));
    questions.add(query -> query.taskCandidateGroupIn(List.of(ENGINEERING, BUSINESS)));
    questions.add(query -> query.taskCandidateGroupLike("%"));
    questions.add(
        query -> query.taskCandidateGroupIn(List.of(ENGINEERING)).taskCandidateGroupLike("%"));
    questions.add(query -> query.taskCandidateUser(BUSINESS).includeAssignedTasks());
    questions.add(query -> query.taskAssignee(BUSINESS));
    questions.add(query -> query.taskAssigneeIn(ENGINEERING, BUSINESS));
    questions.add(
        query -> query.or().taskCandidateGroupIn(List.of(ENGINEERING)).taskUnassigned().endOr());
    questions.add(query -> query.or().taskAssignee(ENGINEERING).taskId(theirs).endOr());
    is(ENGINEERING);
    for (UnaryOperator<TaskQuery> question : questions) {
      assertThat(finds(question)).as("问第 %d 句", questions.indexOf(question)).doesNotContain(theirs);
    }
    assertThat(finds(query -> query)).containsExactly(ours);
    assertThat(readsRights()).isTrue();

    is(BUSINESS);
    assertThat(finds(query -> query)).containsExactly(theirs);
    assertThat(finds(query -> query.taskId(ours))).isEmpty();
  }

  @Test
  @DisplayName("派错给别的公司的人：他的列表里没有，打不开")
  void anotherCompany() {
    tasks.setAssignee(ours, "gas.agent");
    is("gas.agent");
    assertThat(finds(query -> query.taskAssignee("gas.agent"))).isEmpty();
    assertThat(finds(query -> query.taskId(ours))).isEmpty();
  }

  @Test
  @DisplayName("系统管理员：不在部门里，照样看得到")
  void administrators() {
    is("admin");
    assertThat(finds(query -> query)).containsExactlyInAnyOrder(ours, theirs);
    assertThat(finds(query -> query.taskId(ours))).containsExactly(ours);
  }
}
