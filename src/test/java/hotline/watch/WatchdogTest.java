package hotline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.Actor;
import hotline.outage.Outages;
import hotline.platform.TaskScreen;
import hotline.platform.Transactions;
import hotline.scenarios.AtOnce;
import hotline.scenarios.Desk;
import hotline.scenarios.OutageDesk;
import hotline.scenarios.Scenario;
import hotline.watch.process.OrderWithoutActorProcess;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Scenario
@Tag("mariadb")
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("ALL-2 值守：无人负责的工单")
class WatchdogTest {
  private static final String TASK = "recover-order";

  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired Watchdog watchdog;
  @Autowired TaskScreen screen;
  @Autowired LostOrders lost;
  @Autowired OpenCases cases;
  @Autowired WorkOrders orders;
  @Autowired Outages allOutages;
  @Autowired WorkTasks tasks;
  @Autowired OrderWithoutActorProcess process;
  @Autowired Transactions transactions;
  @Autowired WatchSettings settings;
  @Autowired Clock clock;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    desk.drawFellOnPlace(1);
  }

  // ---- how an order comes to be lost

  private Desk.Order lost(Desk.Order order) {
    for (ProcessInstance each :
        desk.engine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .rootProcessInstances()
            .list()) {
      desk.engine().getRuntimeService().deleteProcessInstance(each.getId(), "broken by the test");
    }
    return order;
  }

  /** Its supervision has failed for good. */
  private Desk.Order failed(Desk.Order order) {
    supervisionTriedAgain(order, 0);
    return order;
  }

  private void supervisionTriedAgain(Desk.Order order, int times) {
    Job supervision =
        desk.engine()
            .getManagementService()
            .createJobQuery()
            .processInstanceId(instance(order))
            .timers()
            .singleResult();
    desk.engine().getManagementService().setJobRetries(supervision.getId(), times);
  }

  private void minutesPass() {
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofMinutes(5))));
  }

  private Desk.Order found(Desk.Order order) {
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    assertThat(order.waitsFor()).containsExactly(TASK + " by yunfu-water.service-manager");
    desk.everyOpenOrderHasANextActor();
    return order;
  }

  private static final Actor SUPERVISING =
      new Actor("yunfu-water.service-manager", Set.of("yunfu-water.service-manager"));

  private Desk.Order complaint() {
    return desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
  }

  private Desk.Order leak() {
    return desk.call("LEAK", "/facts/meterSide", "UPSTREAM", "/facts/asset", "PIPE");
  }

  private Map<String, Object> form(Desk.Order order) {
    return screen.show(order.waiting(TASK).path("id").asText(), SUPERVISING);
  }

  // ---- what happens then

  @Test
  @DisplayName("健全的工单：不打扰任何人，无论办到哪一步")
  void soundOrders() {
    Desk.Order waiting = leak();
    Desk.Order inCallback = complaint().accepted().contacted().reported();
    desk.callTypedInTasklist(
        "agent", "callerPhone", "13800000000", "address", "世纪大道1号", "description", "漏水");
    minutesPass();

    assertThat(watchdog.look()).isZero();
    assertThat(waiting.waitsFor()).noneMatch(task -> task.startsWith(TASK));
    assertThat(inCallback.waitsFor()).noneMatch(task -> task.startsWith(TASK));
  }

  @Test
  @DisplayName("流程实例没了：客服主管和调度员得到任务，看到缺什么、怎么办；日志有编号没有个人信息")
  void instanceIsGone(CapturedOutput log) {
    Desk.Order order = found(lost(leak()));

    assertThat(form(order).get("missing").toString()).contains("流程实例已不存在");
    assertThat(form(order).get("proposal").toString()).contains("接单");
    assertThat(form(order).get("due").toString()).contains("09:35", "规程没有规定");
    assertThat(order.tasksSeenBy("dispatcher")).contains(TASK);
    assertThat(order.tasksSeenBy("engineering")).doesNotContain(TASK);
    assertThat(order.record()).contains("发现无人负责");
    assertThat(log.getOut().lines().filter(line -> line.contains("无人负责：")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("ERROR", order.number)
                    .doesNotContain("张三", "13800000000", "世纪大道"));
    minutesPass();
    assertThat(watchdog.look()).as("同一张只有一个任务").isZero();
  }

  @Test
  @DisplayName("从接单处继续，一直到办结")
  void goesOnAtAcceptance() {
    Desk.Order order = found(lost(complaint()));

    order.does("service-manager", TASK, "outcome", "RESUME", "reason", "请接着办理");

    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    assertThat(order.line("恢复办理")).startsWith("yunfu-water.service-manager");
    assertThat(order.note("恢复办理")).isEqualTo("从“接单”继续：请接着办理");
    order.handled().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    minutesPass();
    assertThat(watchdog.look()).isZero();
    assertThat(cases()).isZero();
  }

  @Test
  @DisplayName("GIS编号还没登记的，接单和登记都重新生成")
  void gisIsAskedAgain() {
    Desk.Order order = found(lost(leak()));
    order.does("dispatcher", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "accept by yunfu-water.engineering", "record-gis-dispatch by yunfu-water.dispatcher");
  }

  @Test
  @DisplayName("办理中的从办理处继续，时限仍受监督；部门退回的照样回到调度员")
  void goesOnAtHandling() {
    Desk.Order order = found(lost(complaint().accepted()));
    order.does("service-manager", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor()).containsExactly("contact-customer by yunfu-water.engineering");
    order.contacted();
    desk.itIs(order.due("RESOLVE").plusSeconds(60));
    assertThat(order.isBreached("RESOLVE")).isTrue();
    order.reported().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");

    Desk.Order returned = found(lost(complaint()));
    returned.does("service-manager", TASK, "outcome", "RESUME");
    returned.does("engineering", "accept", "outcome", "RETURN", "reason", "非本部门职责");
    assertThat(returned.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
  }

  @Test
  @DisplayName("回访中断的重新回访；已满意的直接办结")
  void goesOnAtCallback() {
    Desk.Order order = found(lost(complaint().accepted().contacted().reported()));
    order.does("service-manager", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor()).containsExactly("callback-by-phone by yunfu-water.agent");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("等短信回复的不算无人负责；定时器没了才算，重新提问后客户照样能答复")
  void awaitedSms() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    desk.drawFellOnPlace(20);
    Desk.Order order = desk.call("LEAK", "/facts/asset", "METER").handled();
    assertThat(order.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    minutesPass();
    assertThat(watchdog.look()).isZero();

    lost(order);
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    order.does("service-manager", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor()).containsExactly("await-sms-reply by yunfu-water.agent");
    desk.smsReply("13800000000", "满意");
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("刚受理一半的回到受理；不能重新派单")
  void goesOnAtIntake() {
    Desk.Order order =
        desk.callTypedInTasklist(
            "agent", "callerPhone", "13800000000", "address", "世纪大道1号", "description", "漏水");
    found(lost(order));
    Desk.Answer refused = order.tries("service-manager", TASK, "outcome", "REDISPATCH");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.detail()).contains("还没有受理");
    order.does("service-manager", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor()).containsExactly("complete-intake by yunfu-water.agent");
  }

  @Test
  @DisplayName("重新核对派单：调度员另派部门，办到办结")
  void checkedAnew() {
    Desk.Order order = found(lost(complaint().accepted()));
    order.does("service-manager", TASK, "outcome", "REDISPATCH", "reason", "原部门撤并");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
    order.does(
        "dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "administration");
    order.handled().satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  @Test
  @DisplayName("重新核对派单、办结的，原派单通知不再发出")
  void noMailOfADispatchThatIsVoid() {
    Desk.Order again = found(lost(complaint()));
    assertThat(again.notices("DISPATCH")).containsExactly("EMAIL PENDING");
    again.does("service-manager", TASK, "outcome", "REDISPATCH");
    assertThat(again.notices("DISPATCH")).isEmpty();

    Desk.Order closed = found(lost(complaint()));
    closed.does("service-manager", TASK, "outcome", "CLOSE", "reason", "客户来电说已解决");
    assertThat(closed.notices("DISPATCH")).isEmpty();
  }

  @Test
  @DisplayName("办结须有理由，写在记录上")
  void closedByHand() {
    Desk.Order order = found(lost(complaint()));
    assertThat(order.tries("service-manager", TASK, "outcome", "CLOSE").field())
        .isEqualTo("reason");
    order.does("service-manager", TASK, "outcome", "CLOSE", "reason", "客户来电说已解决𠮷😀");
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.line("办结")).startsWith("yunfu-water.service-manager");
    assertThat(order.note("办结")).isEqualTo("客户来电说已解决𠮷😀");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(cases()).isZero();
  }

  @Test
  @DisplayName("任务行没了，流程里还有任务：也找得到，恢复后只有一个接单任务")
  void taskRowIsGone() {
    Desk.Order order = complaint();
    desk.tables()
        .sql("DELETE FROM work_task WHERE order_number = :n")
        .param("n", order.number)
        .update();
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    assertThat(form(order).get("missing").toString()).contains("没有人的待办任务");
    order.does("service-manager", TASK, "outcome", "RESUME");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
  }

  @Test
  @DisplayName("失败的步骤：重新执行后照常监督，任务只生成一次")
  void failedJob() {
    Desk.Order order = failed(complaint());
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    assertThat(form(order).get("missing").toString()).contains("执行失败");
    assertThat(order.waitsFor())
        .containsExactly(
            "accept by yunfu-water.engineering", TASK + " by yunfu-water.service-manager");

    order.does("dispatcher", TASK, "outcome", "RESUME");

    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    desk.itIs(order.due("ACCEPT").plusSeconds(60));
    assertThat(order.isBreached("ACCEPT")).isTrue();
  }

  @Test
  @DisplayName("自行好了的：任务自动结束")
  void soundAgain() {
    Desk.Order order = failed(complaint());
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    supervisionTriedAgain(order, 3);
    assertThat(watchdog.look()).isZero();
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    assertThat(cases()).isZero();
  }

  @Test
  @DisplayName("客户催办、撤单，流程没了也照样受理；撤单后任务结束")
  void customerSpeaks() {
    Desk.Order order = found(lost(complaint()));
    assertThat(order.customer("URGE", "快一点").status()).isEqualTo(202);
    order.withdrawn();
    assertThat(cases()).isZero();
    minutesPass();
    assertThat(watchdog.look()).isZero();
  }

  @Test
  @DisplayName("刚有动静的不算，过了静默时间才算")
  void grace() {
    lost(complaint());
    assertThat(watchdog.look()).isZero();
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
  }

  @Test
  @DisplayName("两个节点同时值守：一张工单一个任务")
  void twoNodes() throws Exception {
    List<Desk.Order> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(complaint());
    }
    orders.forEach(this::lost);
    minutesPass();
    CountDownLatch together = new CountDownLatch(1);
    Callable<Integer> node =
        () -> {
          together.await();
          return watchdog.look();
        };
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    List<Future<Integer>> rounds = List.of(nodes.submit(node), nodes.submit(node));
    together.countDown();
    assertThat(rounds.get(0).get() + rounds.get(1).get()).isEqualTo(5);
    nodes.shutdown();
    assertThat(
            desk.tables()
                .sql("SELECT COUNT(*) FROM work_task WHERE task = 'recover-order' AND is_open")
                .query(Integer.class)
                .single())
        .isEqualTo(5);
  }

  @Test
  @DisplayName("一轮有最多件数：其余的下一轮轮到，已在处理的不占位")
  void theRestFollows() {
    for (int i = 0; i < 3; i++) {
      failed(complaint());
    }
    minutesPass();
    Watchdog one = node(lost, 1);
    assertThat(List.of(one.look(), one.look(), one.look(), one.look())).containsExactly(1, 1, 1, 0);
    assertThat(cases()).isEqualTo(3);
  }

  @Test
  @DisplayName("值守核对的同时有人处理完了：不再生成任务")
  void recoveredMeanwhile() {
    Desk.Order order = failed(complaint());
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    AtomicBoolean done = new AtomicBoolean();
    LostOrders before =
        new LostOrders(desk.tables()) {
          @Override
          Optional<Suspect> lackOf(String number) {
            Optional<Suspect> lack = super.lackOf(number);
            if (!done.getAndSet(true)) {
              order.does("dispatcher", TASK, "outcome", "RESUME");
            }
            return lack;
          }
        };
    node(before, 100).look();
    assertThat(done).isTrue();
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.engineering");
    assertThat(cases()).isZero();
  }

  @Test
  @DisplayName("处理任务也没了：两个节点同时发现，只重新生成一个")
  void askedAgainOnce() throws Exception {
    Desk.Order order = lost(found(lost(complaint())));
    assertThat(order.waitsFor()).isEmpty();
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    List<Future<Integer>> rounds =
        transactions.as(
            Actor.SYSTEM,
            () -> {
              orders.change(order.number, held -> {});
              List<Future<Integer>> begun =
                  List.of(nodes.submit(watchdog::look), nodes.submit(watchdog::look));
              begun.forEach(AtOnce::endedOrWaits);
              return begun;
            });
    for (Future<Integer> round : rounds) {
      assertThat(round.get()).isZero();
    }
    nodes.shutdown();
    assertThat(order.waitsFor()).containsExactly(TASK + " by yunfu-water.service-manager");
  }

  @Test
  @DisplayName("一件核对不了：其余的照样值守")
  void oneThatCannotBeSettled() {
    desk.tables()
        .sql(
            """
            INSERT INTO order_without_actor (number, company, lack, found_at)
            VALUES ('YF20200101-0001', 'yunfu-water', 'NO_STEP', '2020-01-01 00:00:00')
            """)
        .update();
    found(lost(complaint()));
  }

  /** Another node with settings of its own. */
  private Watchdog node(LostOrders lost, int mostTasks) {
    return new Watchdog(
        lost,
        cases,
        orders,
        allOutages,
        tasks,
        process,
        transactions,
        new WatchSettings(
            true,
            settings.grace(),
            settings.actWithin(),
            mostTasks,
            settings.figures(),
            settings.writeProbe(),
            settings.writeTimeout(),
            settings.jobsLate(),
            settings.noticesLate(),
            settings.freeSpace()),
        clock,
        new SimpleMeterRegistry());
  }

  @Test
  @DisplayName("停供的流程没了：继续后又有人跟进，各项职责可以办理")
  void outage() {
    String number = outages.reported("engineering", outages.unplanned()).number;
    List<String> before = waiting(number);
    for (ProcessInstance each :
        desk.engine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(number)
            .rootProcessInstances()
            .list()) {
      desk.engine().getRuntimeService().deleteProcessInstance(each.getId(), "broken by the test");
    }
    minutesPass();
    assertThat(watchdog.look()).isEqualTo(1);
    JsonNode task =
        desk.get("/api/tasks?order=" + number, "yunfu-water.service-manager")
            .body()
            .path("items")
            .path(0);
    assertThat(task.path("name").asText()).isEqualTo("处理无人负责的停供");
    assertThat(screen.show(task.path("id").asText(), SUPERVISING).get("missing").toString())
        .contains("流程实例已不存在");
    Desk.Answer refused =
        desk.complete(
            "yunfu-water.service-manager",
            task.path("id").asText(),
            "outcome",
            "CLOSE",
            "reason",
            "无");
    assertThat(refused.status()).isEqualTo(422);
    Desk.Answer done =
        desk.complete("yunfu-water.service-manager", task.path("id").asText(), "outcome", "RESUME");
    assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
    desk.everyOpenOrderHasANextActor();
    assertThat(waiting(number)).containsExactlyInAnyOrderElementsOf(before);
  }

  private List<String> waiting(String number) {
    return desk.tables()
        .sql(
            "SELECT CONCAT(task, ' ', COALESCE(part, '')) FROM work_task WHERE order_number = :n AND is_open")
        .param("n", number)
        .query(String.class)
        .list();
  }

  private String instance(Desk.Order order) {
    return desk.engine()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(order.number)
        .processDefinitionKey("work-order")
        .singleResult()
        .getId();
  }

  private int cases() {
    return desk.tables()
        .sql("SELECT COUNT(*) FROM order_without_actor")
        .query(Integer.class)
        .single();
  }
}
