package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import hotline.LogLines;
import hotline.ManyCandidates;
import hotline.scenarios.Desk;
import hotline.scenarios.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("mariadb")
@Scenario
@DisplayName("任务列表很长的时候：一页一页按次序读，和引擎排出来的一样")
class LongListsTest {
  private static final String ENGINEERING = "yunfu-water.engineering";
  private static final String LEADER = "yunfu-water.engineering-leader";
  private static final String BY_INDEX = "USE INDEX (HOTLINE_IDX_TASK_URGENT)";

  /** As the lists of Tasklist ask. */
  private final Map<String, UnaryOperator<TaskQuery>> lists = new LinkedHashMap<>();

  @Autowired Desk desk;
  @Autowired TaskService tasks;
  @Autowired IdentityService identity;
  @Autowired RuntimeService runtime;
  @Autowired JdbcClient jdbc;

  private LogLines statements;

  @BeforeEach
  void callsOfOneDay() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    Instant noon = Instant.parse("2026-11-16T12:00:00Z");
    lists.put("本组待办", query -> query.includeAssignedTasks().taskUnassigned());
    lists.put("本组处理中", query -> query.includeAssignedTasks().taskAssigned());
    lists.put("已超期", query -> query.includeAssignedTasks().dueBefore(Date.from(noon)));
    lists.put(
        "一天内到期",
        query ->
            query
                .includeAssignedTasks()
                .dueAfter(Date.from(noon.minus(Duration.ofHours(10))))
                .dueBefore(Date.from(noon.plus(Duration.ofDays(1)))));
    lists.put("只写了组", query -> query);
    // as a browser asks for a page; the numbers beside the lists are asked for without
    new LinkedHashMap<>(lists)
        .forEach(
            (name, list) ->
                lists.put(name + "，网页", query -> list.apply(query).active().processInstanceIdIn()));
    for (String category :
        List.of("LEAK", "BILLING", "BURST", "LEAK", "BILLING", "LEAK", "BURST")) {
      Desk.Order order =
          category.equals("BURST")
              ? desk.call(category, "/facts/asset", "PIPE")
              : desk.call(category);
      if (category.equals("LEAK")) {
        String task = order.waiting("accept").path("id").asText();
        if (tasks.createTaskQuery().taskAssignee(ENGINEERING).count() == 0) {
          tasks.claim(task, ENGINEERING);
        }
      }
      desk.pass(Duration.ofMinutes(7));
    }
    statements = new LogLines(JdbcTemplate.class);
  }

  @AfterEach
  void quiet() {
    statements.close();
    theListIsShort();
  }

  private void theListIsShort() {
    identity.clearAuthentication();
    ManyCandidates.remove(jdbc);
  }

  private void theListIsLong() {
    ManyCandidates.add(jdbc, ENGINEERING);
  }

  private void is(String person, List<String> groups, String company) {
    identity.setAuthentication(person, groups, List.of(company));
    statements.forget();
  }

  private TaskQuery ofGroups(String... groups) {
    return tasks.createTaskQuery().taskCandidateGroupIn(List.of(groups));
  }

  private static TaskQuery sorted(TaskQuery query) {
    return query.orderByTaskPriority().desc().orderByDueDate().asc();
  }

  private static List<String> shown(List<Task> tasks) {
    return tasks.stream().map(task -> task.getPriority() + " " + task.getDueDate()).toList();
  }

  private boolean wasReadByIndex() {
    return statements.all().stream().anyMatch(line -> line.contains(BY_INDEX));
  }

  @Test
  @DisplayName("每张列表、每一页：与引擎自己排的一件不差、次序相同；数也相同")
  void samePages() {
    lists.forEach(
        (name, list) -> {
          TaskQuery query = sorted(list.apply(ofGroups(ENGINEERING, LEADER)));
          is(ENGINEERING, List.of(ENGINEERING, LEADER), "yunfu-water");
          List<Task> all = query.listPage(0, 1000);
          long count = query.count();
          assertThat(wasReadByIndex()).isFalse();
          assertThat(count).as(name).isEqualTo(all.size()).isPositive();

          identity.clearAuthentication();
          theListIsLong();
          is(ENGINEERING, List.of(ENGINEERING, LEADER), "yunfu-water");
          for (int from = 0; from <= all.size(); from += 2) {
            assertThat(shown(query.listPage(from, 2)))
                .as(name + " " + from)
                .isEqualTo(shown(all.subList(from, Math.min(from + 2, all.size()))));
          }
          assertThat(query.listPage(0, 1000))
              .extracting(Task::getId)
              .containsExactlyInAnyOrderElementsOf(all.stream().map(Task::getId).toList());
          assertThat(wasReadByIndex()).as(name).isTrue();
          assertThat(query.count()).as(name).isEqualTo(count);
          theListIsShort();
        });
  }

  @Test
  @DisplayName("别的条件、别的次序、别人的组：照旧由引擎来答")
  void otherQuestions() {
    theListIsLong();
    is(ENGINEERING, List.of(ENGINEERING), "yunfu-water");
    List<TaskQuery> questions =
        List.of(
            sorted(ofGroups(ENGINEERING).taskNameLike("接单%")),
            sorted(ofGroups(ENGINEERING).processVariableValueEquals("company", "yunfu-water")),
            ofGroups(ENGINEERING).orderByTaskPriority().desc(),
            ofGroups(ENGINEERING).orderByDueDate().asc().orderByTaskPriority().desc(),
            sorted(ofGroups(ENGINEERING, LEADER)),
            sorted(
                tasks
                    .createTaskQuery()
                    .or()
                    .taskCandidateGroup(ENGINEERING)
                    .taskName("接单")
                    .endOr()));
    for (TaskQuery question : questions) {
      question.listPage(0, 15);
      assertThat(wasReadByIndex()).as("第 %d 问", questions.indexOf(question)).isFalse();
    }
    assertThat(sorted(ofGroups(ENGINEERING, LEADER)).listPage(0, 15))
        .hasSameSizeAs(sorted(ofGroups(ENGINEERING)).listPage(0, 15))
        .isNotEmpty();
    assertThat(wasReadByIndex()).isTrue();
  }

  @Test
  @DisplayName("列表很长，也只有本公司的：组的名字写错给了别家的人，一件也没有")
  void anotherCompany() {
    theListIsLong();
    is(ENGINEERING, List.of(ENGINEERING), "yunfu-water");
    assertThat(ofGroups(ENGINEERING).count()).isPositive();
    assertThat(statements.all()).as("remembered").anyMatch(line -> line.contains("AS links"));
    is("gas.agent", List.of(ENGINEERING), "gas");
    assertThat(sorted(ofGroups(ENGINEERING)).listPage(0, 15)).isEmpty();
    assertThat(wasReadByIndex()).isTrue();
    assertThat(ofGroups(ENGINEERING).count()).isZero();
  }

  @Test
  @DisplayName("停着的任务（管理人员在 Cockpit 里挂起）不在网页要的列表里，也不在它的数里；不问是否停着的，照样在")
  void suspended() {
    String task = ofGroups(ENGINEERING).listPage(0, 1).get(0).getProcessInstanceId();
    theListIsLong();
    is(ENGINEERING, List.of(ENGINEERING), "yunfu-water");
    int before = ofGroups(ENGINEERING).listPage(0, 1000).size();
    identity.clearAuthentication();
    runtime.suspendProcessInstanceById(task);
    try {
      is(ENGINEERING, List.of(ENGINEERING), "yunfu-water");
      List<Task> page = sorted(ofGroups(ENGINEERING).active()).listPage(0, 1000);
      assertThat(wasReadByIndex()).isTrue();
      assertThat(page).extracting(Task::getProcessInstanceId).isNotEmpty().doesNotContain(task);
      assertThat(page.size()).isLessThan(before);
      assertThat(ofGroups(ENGINEERING).active().count()).isEqualTo(page.size());
      assertThat(sorted(ofGroups(ENGINEERING)).listPage(0, 1000)).hasSize(before);
      assertThat(ofGroups(ENGINEERING).count()).isEqualTo(before);
    } finally {
      identity.clearAuthentication();
      runtime.activateProcessInstanceById(task);
    }
  }

  @Test
  @DisplayName("刚认领的马上不在待办里")
  void claimedAtOnce() {
    theListIsLong();
    is(ENGINEERING, List.of(ENGINEERING), "yunfu-water");
    TaskQuery query = sorted(ofGroups(ENGINEERING).taskUnassigned());
    Task first = query.listPage(0, 1).get(0);
    tasks.claim(first.getId(), ENGINEERING);
    assertThat(query.listPage(0, 1000)).extracting(Task::getId).doesNotContain(first.getId());
    assertThat(wasReadByIndex()).isTrue();
  }

  @Test
  @DisplayName("很长的列表的数记十秒，到时一人重数，别人先看旧数；短的、问法不同的、别家公司问的，各数各的")
  void remembered() {
    AtomicLong now = new AtomicLong();
    LongLists lists = new LongLists(1, 100, 2, now::get);
    AtomicLong truth = new AtomicLong(7);
    TaskQueryImpl unassigned = asked(ofGroups(ENGINEERING).taskUnassigned(), "yunfu-water");
    TaskQueryImpl active = asked(ofGroups(ENGINEERING).taskUnassigned().active(), "yunfu-water");
    TaskQueryImpl elsewhere = asked(ofGroups(ENGINEERING).taskUnassigned(), "gas");
    assertThat(lists.count(unassigned, jdbc, truth::get)).isEqualTo(7);
    truth.set(8);
    now.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(lists.count(unassigned, jdbc, truth::get)).isEqualTo(7);
    assertThat(lists.count(active, jdbc, truth::get)).isEqualTo(8);
    assertThat(lists.count(elsewhere, jdbc, truth::get)).isEqualTo(8);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(
            lists.count(
                unassigned,
                jdbc,
                () -> {
                  assertThat(lists.count(unassigned, jdbc, truth::get))
                      .as("meanwhile")
                      .isEqualTo(7);
                  return truth.get();
                }))
        .isEqualTo(8);
    assertThat(lists.count(unassigned, jdbc, () -> 0L)).isEqualTo(8);
    now.addAndGet(Duration.ofSeconds(11).toNanos());
    assertThatThrownBy(
            () ->
                lists.count(
                    unassigned,
                    jdbc,
                    () -> {
                      throw new IllegalStateException("the database is gone");
                    }))
        .hasMessage("the database is gone");
    truth.set(9);
    assertThat(lists.count(unassigned, jdbc, truth::get)).as("counted by the next").isEqualTo(9);

    TaskQueryImpl overdue =
        asked(ofGroups(ENGINEERING).dueBefore(Date.from(desk.now())), "yunfu-water");
    assertThat(lists.count(overdue, jdbc, truth::get)).isEqualTo(9);
    desk.pass(Duration.ofMinutes(3));
    TaskQueryImpl later =
        asked(ofGroups(ENGINEERING).dueBefore(Date.from(desk.now())), "yunfu-water");
    assertThat(lists.count(later, jdbc, () -> 0L)).as("the same question").isEqualTo(9);
    assertThat(new LongLists(1_000_000, 100, 2, now::get).count(unassigned, jdbc, truth::get))
        .isEqualTo(9);
  }

  /** As somebody of that company asks, whom the engine has looked at. */
  private static TaskQueryImpl asked(TaskQuery query, String company) {
    ((TaskQueryImpl) query).getTenantCheck().setAuthTenantIds(List.of(company));
    return (TaskQueryImpl) query;
  }

  @Test
  @DisplayName("自己的太稀：看过限定的件数还不满一页，就交给引擎")
  void tooFarApart() {
    assertThat(page(lists(1, 100, 2), 0, 2)).hasValueSatisfying(ids -> assertThat(ids).hasSize(2));
    assertThat(page(lists(1, 100, 1), 0, 2)).hasValueSatisfying(ids -> assertThat(ids).hasSize(2));
    assertThat(page(lists(1, 2, 1), 0, 2)).isEmpty();
    assertThat(page(lists(1, 1, 1), 0, 2)).isEmpty();
    assertThat(page(lists(1, 100, 2), 0, Integer.MAX_VALUE)).isEmpty();
    assertThat(page(lists(1, 100, 2), Integer.MAX_VALUE, 2)).isEmpty();
    assertThat(page(lists(1_000_000, 100, 2), 0, 2)).isEmpty();
  }

  private static LongLists lists(int many, int lookedThrough, int atOnce) {
    return new LongLists(many, lookedThrough, atOnce, Ticker.systemTicker());
  }

  /** Of a group with one task in several. */
  private Optional<List<String>> page(LongLists lists, int from, int most) {
    TaskQueryImpl query = (TaskQueryImpl) sorted(ofGroups("yunfu-water.business").taskUnassigned());
    query.getTenantCheck().setTenantCheckEnabled(false);
    query.setFirstResult(from);
    query.setMaxResults(most);
    return lists.page(query, jdbc);
  }
}
