package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.Actor;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.management.ProcessDefinitionStatistics;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
    classes = IdentityTestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.MOCK)
@ActiveProfiles({"identity-test", "demo"})
@DisplayName("身份与权限：各公司、各角色只看到自己的（YF-3、YF-12、RQ-9、ALL-4）")
class IdentityTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String DISPATCHER = "yunfu-water.dispatcher";
  private static final String ENGINEERING = "yunfu-water.engineering";
  private static final String MANAGER = "yunfu-water.manager";
  private static final String DESIGNER = "yunfu-water.designer";
  private static final String GAS_ENGINEERING = "test-gas.engineering";
  private static final String GAS_MANAGER = "test-gas.manager";

  @Autowired private ProcessEngine engine;
  @Autowired private IdentitySetup setup;
  @Autowired private Organisation organisation;
  @Autowired private People people;
  @Autowired private JdbcClient jdbc;

  @BeforeEach
  void sharedModels() throws IOException {
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("identity/work-order.bpmn")
        .addClasspathResource("identity/handling.bpmn")
        .addClasspathResource("identity/accept-test.form")
        .addString("yunfu-water/routing.dmn", table("yunfu-water"))
        .addString("test-gas/routing.dmn", table("test-gas"))
        .deploy();
  }

  @AfterEach
  void clean() {
    ClockUtil.reset();
    engine.getIdentityService().clearAuthentication();
    engine
        .getRepositoryService()
        .createDeploymentQuery()
        .list()
        .forEach(d -> engine.getRepositoryService().deleteDeployment(d.getId(), true, true, true));
  }

  private static String table(String company) throws IOException {
    return new ClassPathResource("identity/routing.dmn")
        .getContentAsString(StandardCharsets.UTF_8)
        .replace("COMPANY", company);
  }

  /** As the web apps log a person in: with all groups, and with the tenants of these groups. */
  private <T> T as(String user, Callable<T> work) {
    List<String> groups = new ArrayList<>();
    engine
        .getIdentityService()
        .createGroupQuery()
        .groupMember(user)
        .list()
        .forEach(g -> groups.add(g.getId()));
    List<String> tenants = new ArrayList<>();
    engine
        .getIdentityService()
        .createTenantQuery()
        .userMember(user)
        .includingGroupsOfUser(true)
        .list()
        .forEach(t -> tenants.add(t.getId()));
    engine.getIdentityService().setAuthentication(user, groups, tenants);
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private ProcessInstance start(String company) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            "work-order", company + "-1", Map.of("company", company, "reference", "x"));
  }

  /** Started and checked: what waits now is the department's task in the called instance. */
  private Task accepting(String company) {
    ProcessInstance order = start(company);
    Task check =
        engine.getTaskService().createTaskQuery().processInstanceId(order.getId()).singleResult();
    as(
        company + ".dispatcher",
        () -> {
          engine.getTaskService().claim(check.getId(), company + ".dispatcher");
          engine.getTaskService().complete(check.getId());
          return null;
        });
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceBusinessKey(company + "-1")
        .taskDefinitionKey("Task_Accept")
        .singleResult();
  }

  private List<String> filtered(String user, String filter) {
    return as(
        user,
        () -> {
          Filter found =
              engine.getFilterService().createTaskFilterQuery().filterName(filter).singleResult();
          return engine.getFilterService().<Task>listPage(found.getId(), 0, 100).stream()
              .map(Task::getName)
              .toList();
        });
  }

  private Map<String, Integer> rows() {
    Map<String, Integer> rows = new TreeMap<>();
    for (String table :
        List.of(
            "act_ru_authorization",
            "act_ru_filter",
            "act_id_group",
            "act_id_user",
            "act_id_membership",
            "act_id_tenant",
            "act_id_tenant_member",
            "person",
            "duty")) {
      rows.put(table, jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single());
    }
    rows.put(
        "written again",
        jdbc.sql(
                "SELECT (SELECT SUM(rev_) FROM act_ru_authorization)"
                    + " + (SELECT SUM(rev_) FROM act_ru_filter)"
                    + " + (SELECT SUM(rev_) FROM act_id_group)"
                    + " + (SELECT SUM(rev_) FROM act_id_tenant)"
                    + " + (SELECT SUM(rev_) FROM act_id_user)")
            .query(Integer.class)
            .single());
    return rows;
  }

  @Test
  @DisplayName("再启动一次：什么都不重复，什么都不改写")
  void restart() {
    Map<String, Integer> before = rows();
    setup.start();
    assertThat(rows()).isEqualTo(before);
    assertThat(before.get("act_ru_filter")).isEqualTo(5);
    assertThat(before.get("act_id_tenant")).isEqualTo(2);
  }

  @Test
  @DisplayName("旧版本留下的过滤器、组名和缺的权限在启动时补正；管理员多给的权限不收回")
  void mended() {
    Filter filter =
        engine.getFilterService().createTaskFilterQuery().filterName("已超期").singleResult();
    filter.setQuery(engine.getTaskService().createTaskQuery().taskName("没有这样的任务"));
    engine.getFilterService().saveFilter(filter);
    jdbc.sql("UPDATE act_id_group SET name_ = '旧名' WHERE id_ = :id").param("id", AGENT).update();
    jdbc.sql("DELETE FROM act_ru_authorization WHERE group_id_ = :id AND resource_type_ = 8")
        .param("id", AGENT)
        .update();
    jdbc.sql(
            "UPDATE act_ru_authorization SET perms_ = perms_ + 64"
                + " WHERE group_id_ = :id AND resource_id_ = 'handling'")
        .param("id", MANAGER)
        .update();
    accepting("yunfu-water");
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-17T00:00:00Z")));
    assertThat(filtered(ENGINEERING, "已超期")).isEmpty();
    assertThatThrownBy(() -> as(AGENT, () -> start("yunfu-water")))
        .isInstanceOf(AuthorizationException.class);

    setup.start();

    assertThat(engine.getIdentityService().createGroupQuery().groupId(AGENT).singleResult())
        .extracting(org.camunda.bpm.engine.identity.Group::getName)
        .isEqualTo("坐席");
    assertThat(filtered(ENGINEERING, "已超期")).containsExactly("接单");
    as(AGENT, () -> start("yunfu-water"));
    assertThat(visibleTasks(MANAGER)).containsExactly("接单");
    jdbc.sql(
            "UPDATE act_ru_authorization SET perms_ = perms_ - 64"
                + " WHERE group_id_ = :id AND resource_id_ = 'handling'")
        .param("id", MANAGER)
        .update();
  }

  @Test
  @DisplayName("两个节点同时第一次启动：只建一套")
  void twoNodes() throws Exception {
    Map<String, Integer> before = rows();
    for (String table :
        List.of(
            "act_ru_authorization",
            "act_ru_filter",
            "act_id_membership",
            "act_id_tenant_member",
            "act_id_group",
            "act_id_tenant",
            "act_id_user",
            "duty",
            "person")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    try {
      CyclicBarrier together = new CyclicBarrier(2);
      Callable<Void> node =
          () -> {
            together.await();
            setup.start();
            return null;
          };
      for (Future<Void> started : nodes.invokeAll(List.of(node, node))) {
        started.get();
      }
    } finally {
      nodes.shutdown();
    }
    Map<String, Integer> after = rows();
    before.remove("written again");
    after.remove("written again");
    assertThat(after).isEqualTo(before);
  }

  @Test
  @DisplayName("RQ-9 部门人员只看到本组候选任务；别的部门、别的公司的同名部门看不到任务和流程")
  void departmentSeesItsOwn() {
    Task accept = accepting("yunfu-water");

    assertThat(visibleTasks(ENGINEERING)).containsExactly("接单");
    assertThat(visibleTasks("yunfu-water.technical")).isEmpty();
    assertThat(visibleTasks(DISPATCHER)).isEmpty();
    assertThat(visibleTasks(GAS_ENGINEERING)).isEmpty();
    assertThat(visibleInstances(ENGINEERING)).isEmpty();
    assertThat(visibleInstances(GAS_ENGINEERING)).isEmpty();
    assertThatThrownBy(
            () ->
                as(
                    GAS_ENGINEERING,
                    () -> {
                      engine.getTaskService().claim(accept.getId(), GAS_ENGINEERING);
                      return null;
                    }))
        .isInstanceOf(ProcessEngineException.class);
  }

  @Test
  @DisplayName("RQ-9 即使候选组写错成别的公司的组，租户也不让那家公司看到")
  void wrongCandidateGroup() {
    Task accept = accepting("yunfu-water");
    engine.getTaskService().addCandidateGroup(accept.getId(), GAS_ENGINEERING);
    assertThat(visibleTasks(GAS_ENGINEERING)).isEmpty();
    assertThatThrownBy(
            () ->
                as(
                    GAS_ENGINEERING,
                    () -> {
                      engine.getTaskService().claim(accept.getId(), GAS_ENGINEERING);
                      return null;
                    }))
        .isInstanceOf(ProcessEngineException.class)
        .hasMessageContaining("no authenticated tenant");
  }

  @Test
  @DisplayName("ALL-4 部门人员能领取、读变量和表单、办完；领取后不能转给别人")
  void departmentWorks() {
    Task accept = accepting("yunfu-water");
    as(
        ENGINEERING,
        () -> {
          assertThat(engine.getFormService().getDeployedTaskForm(accept.getId())).isNotNull();
          engine.getTaskService().claim(accept.getId(), ENGINEERING);
          assertThat(engine.getTaskService().getVariables(accept.getId()))
              .containsEntry("company", "yunfu-water");
          assertThat(engine.getFormService().getTaskFormVariables(accept.getId()))
              .containsKey("company");
          assertThatThrownBy(
                  () ->
                      engine
                          .getTaskService()
                          .setAssignee(accept.getId(), "yunfu-water.engineering-leader"))
              .isInstanceOf(AuthorizationException.class);
          engine.getFormService().submitTaskForm(accept.getId(), Map.of("outcome", "ACCEPT"));
          return null;
        });
    assertThat(filtered(ENGINEERING, "本组待办")).containsExactly("回单");
  }

  @Test
  @DisplayName("调用的流程与它的任务、定时器都带上公司；模型和表单是共用的，不带公司")
  void calledInstances() {
    Task accept = accepting("yunfu-water");
    assertThat(accept.getTenantId()).isEqualTo("yunfu-water");
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().list())
        .hasSize(2)
        .allSatisfy(i -> assertThat(i.getTenantId()).isEqualTo("yunfu-water"));
    assertThat(engine.getRepositoryService().createProcessDefinitionQuery().list())
        .allSatisfy(d -> assertThat(d.getTenantId()).isNull());
    Job timer = engine.getManagementService().createJobQuery().timers().singleResult();
    assertThat(timer.getTenantId()).isEqualTo("yunfu-water");
    engine.getManagementService().executeJob(timer.getId());
    assertThat(visibleTasks("yunfu-water.engineering-leader")).containsExactly("追问");
    assertThat(visibleTasks("test-gas.engineering-leader")).isEmpty();
  }

  @Test
  @DisplayName("坐席能发起工单，部门只能报告停供和管网异常；调度员、管理人员、别的流程都不能发起")
  void whoStarts() {
    ProcessInstance order =
        as(
            AGENT,
            () ->
                engine
                    .getRuntimeService()
                    .startProcessInstanceByKey(
                        "work-order", "a", Map.of("company", "yunfu-water")));
    assertThat(order.getTenantId()).isEqualTo("yunfu-water");
    assertThat(startable(AGENT)).containsExactly("work-order");
    assertThat(startable(ENGINEERING)).isEmpty();
    for (String other : List.of(ENGINEERING, DISPATCHER, MANAGER, DESIGNER)) {
      assertThatThrownBy(() -> as(other, () -> start("yunfu-water")))
          .as(other)
          .isInstanceOf(AuthorizationException.class);
    }
    assertThatThrownBy(
            () -> as(AGENT, () -> engine.getRuntimeService().startProcessInstanceByKey("handling")))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  @DisplayName("从任务列表发起而没有写公司：按发起人的公司；写别的公司、查不到公司都退回")
  void companyOfTheStarter() {
    ProcessInstance order =
        as(
            AGENT,
            () ->
                engine
                    .getRuntimeService()
                    .createProcessInstanceByKey("work-order")
                    .startAfterActivity("Call_Handled")
                    .executeWithVariablesInReturn());
    assertThat(order.getTenantId()).isEqualTo("yunfu-water");

    String definition =
        engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey("work-order")
            .latestVersion()
            .singleResult()
            .getId();
    assertThatThrownBy(
            () ->
                as(
                    AGENT,
                    () ->
                        engine
                            .getFormService()
                            .submitStartForm(definition, Map.of("company", "test-gas"))))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.field()).isEqualTo("company"));
    assertThat(
            as(
                    AGENT,
                    () ->
                        engine
                            .getFormService()
                            .submitStartForm(definition, Map.of("company", "yunfu-water")))
                .getTenantId())
        .isEqualTo("yunfu-water");
    assertThatThrownBy(() -> start("atlantis")).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> engine.getRuntimeService().startProcessInstanceByKey("work-order"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("请填写公司");
  }

  @Test
  @DisplayName("ALL-4 管理人员在 Cockpit 看到本公司在办的实例和统计，看不到别的公司的")
  void managersWatchTheirCompany() {
    accepting("yunfu-water");
    start("test-gas");

    assertThat(visibleInstances(MANAGER)).containsExactly("yunfu-water", "yunfu-water");
    assertThat(visibleInstances(GAS_MANAGER)).containsExactly("test-gas");
    assertThat(
            as(
                GAS_MANAGER,
                () ->
                    engine
                        .getManagementService()
                        .createProcessDefinitionStatisticsQuery()
                        .listPage(0, 100)))
        .extracting(ProcessDefinitionStatistics::getKey, ProcessDefinitionStatistics::getInstances)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("work-order", 1),
            org.assertj.core.groups.Tuple.tuple("handling", 0));
    assertThat(
            as(
                GAS_MANAGER,
                () ->
                    engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey("yunfu-water-1")
                        .count()))
        .isZero();
  }

  @Test
  @DisplayName("YF-12 管理人员看得到流程走到哪里，看不到变量和任务里的来电人资料")
  void managersSeeNoVariables() {
    accepting("yunfu-water");
    assertThat(
            as(
                MANAGER,
                () -> engine.getRuntimeService().createVariableInstanceQuery().listPage(0, 100)))
        .isEmpty();
    assertThat(visibleTasks(MANAGER)).isEmpty();
  }

  @Test
  @DisplayName("流程设计员读模型和本公司的决策表，看不到实例；管理人员也只看本公司的表")
  void designers() {
    start("yunfu-water");
    assertThat(visibleInstances(DESIGNER)).isEmpty();
    assertThat(
            as(
                DESIGNER,
                () ->
                    engine.getRepositoryService().createProcessDefinitionQuery().listPage(0, 100)))
        .hasSize(2);
    for (String reader : List.of(DESIGNER, MANAGER)) {
      assertThat(
              as(
                  reader,
                  () ->
                      engine
                          .getRepositoryService()
                          .createDecisionDefinitionQuery()
                          .listPage(0, 100)))
          .extracting(d -> d.getKey())
          .containsExactly("yunfu-water-routing");
    }
    assertThat(
            as(
                ENGINEERING,
                () ->
                    engine.getRepositoryService().createDecisionDefinitionQuery().listPage(0, 100)))
        .isEmpty();
  }

  @Test
  @DisplayName("过滤器按本人的组区分：待办、处理中、我的、已超期、一天内到期")
  void filters() {
    Task accept = accepting("yunfu-water");
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-16T00:00:00Z")));
    assertThat(
            as(
                ENGINEERING,
                () -> engine.getFilterService().createTaskFilterQuery().listPage(0, 100)))
        .extracting(Filter::getName)
        .containsExactlyInAnyOrder("我的任务", "本组待办", "本组处理中", "已超期", "一天内到期");
    assertThat(filtered(ENGINEERING, "本组待办")).containsExactly("接单");
    assertThat(filtered(ENGINEERING, "本组处理中")).isEmpty();
    assertThat(filtered(ENGINEERING, "已超期")).isEmpty();
    assertThat(filtered(ENGINEERING, "一天内到期")).containsExactly("接单");
    assertThat(filtered(GAS_ENGINEERING, "本组待办")).isEmpty();

    as(
        ENGINEERING,
        () -> {
          engine.getTaskService().claim(accept.getId(), ENGINEERING);
          return null;
        });
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-17T00:00:00Z")));
    assertThat(filtered(ENGINEERING, "本组待办")).isEmpty();
    assertThat(filtered(ENGINEERING, "本组处理中")).containsExactly("接单");
    assertThat(filtered(ENGINEERING, "我的任务")).containsExactly("接单");
    assertThat(filtered(ENGINEERING, "已超期")).containsExactly("接单");
    assertThat(filtered(ENGINEERING, "一天内到期")).isEmpty();
    assertThat(as(DESIGNER, () -> engine.getFilterService().createTaskFilterQuery().count()))
        .isZero();
  }

  @Test
  @DisplayName("演示人员：每个组一人，密码合规，中文姓名，值班在岗，安监技术部没有邮箱")
  void demoPeople() {
    User user = engine.getIdentityService().createUserQuery().userId(ENGINEERING).singleResult();
    assertThat(user.getFirstName() + " " + user.getLastName()).isEqualTo("工程公司 值班员");
    for (String id : List.of("admin", AGENT, ENGINEERING, GAS_MANAGER)) {
      assertThat(engine.getIdentityService().checkPassword(id, "Hotline-2026")).as(id).isTrue();
    }
    assertThat(
            engine.getIdentityService().checkPasswordAgainstPolicy("Hotline-2026", user).isValid())
        .isTrue();
    Instant now = Instant.parse("2026-11-16T00:00:00Z");
    assertThat(organisation.receivers("yunfu-water", "engineering", now))
        .extracting(Person::id, Person::displayName, Person::email)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                ENGINEERING, "工程公司 值班员", "yunfu-water.engineering@example.com"));
    assertThat(organisation.receivers("yunfu-water", "technical", now))
        .extracting(Person::email, Person::phone)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(null, "8002"));
    assertThat(organisation.leaders("yunfu-water", "engineering"))
        .extracting(Person::id)
        .containsExactly("yunfu-water.engineering-leader");
  }

  @Test
  @DisplayName("管理员不受公司限制，看到两家公司；没有登录的是系统自己")
  void administratorAndPeople() {
    start("yunfu-water");
    start("test-gas");
    assertThat(visibleInstances("admin")).containsExactlyInAnyOrder("yunfu-water", "test-gas");
    assertThat(as("admin", () -> start("test-gas")).getTenantId()).isEqualTo("test-gas");

    assertThat(people.actor(ENGINEERING).isIn(ENGINEERING)).isTrue();
    assertThat(people.actor(ENGINEERING).companies()).containsExactly("yunfu-water");
    assertThat(people.actor("nobody").groups()).isEmpty();
    assertThat(people.actor("admin").isAdministrator()).isTrue();
    assertThat(people.current()).isEqualTo(Actor.SYSTEM);
    assertThat(as(AGENT, people::current)).isEqualTo(people.actor(AGENT));
  }

  private List<String> visibleTasks(String user) {
    return as(
        user,
        () ->
            engine.getTaskService().createTaskQuery().listPage(0, 100).stream()
                .map(Task::getName)
                .toList());
  }

  private List<String> visibleInstances(String user) {
    return as(
        user,
        () ->
            engine.getRuntimeService().createProcessInstanceQuery().listPage(0, 100).stream()
                .map(ProcessInstance::getTenantId)
                .toList());
  }

  private List<String> startable(String user) {
    return as(
        user,
        () ->
            engine
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .latestVersion()
                .startableInTasklist()
                .startablePermissionCheck()
                .listPage(0, 100)
                .stream()
                .map(d -> d.getKey())
                .toList());
  }
}
