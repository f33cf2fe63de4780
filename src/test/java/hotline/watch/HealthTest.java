package hotline.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.Actor;
import hotline.scenarios.Desk;
import hotline.scenarios.OutageDesk;
import hotline.scenarios.Scenario;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@Scenario
@Tag("mariadb")
@DisplayName("健康检查和指标：值守的人看什么")
class HealthTest {
  @Autowired Desk desk;
  @Autowired MockMvc mvc;
  @Autowired Meters meters;
  @Autowired Watchdog watchdog;
  @Autowired OutageDesk outages;
  @Autowired IdentityService identity;
  @Autowired MeterRegistry registry;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    desk.drawFellOnPlace(1);
    meters.count();
  }

  private JsonNode health() {
    return desk.get("/actuator/health", "admin").body();
  }

  private double gauge(String name, String... tags) {
    meters.count();
    Gauge found = registry.find(name).tags(tags).gauge();
    return found == null ? 0 : found.value();
  }

  private double counter(String name, String... tags) {
    var found = registry.find(name).tags(tags).counter();
    return found == null ? 0 : found.count();
  }

  @Test
  @DisplayName("不登录只见 UP；坐席、别的公司也一样；管理员见各部分")
  void details() throws Exception {
    for (String path :
        List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness")) {
      var answer = mvc.perform(MockMvcRequestBuilders.get(URI.create(path))).andReturn();
      assertThat(answer.getResponse().getStatus()).as(path).isEqualTo(200);
      assertThat(answer.getResponse().getContentAsString())
          .contains("UP")
          .doesNotContain("components", "details");
    }
    assertThat(desk.get("/actuator/health", "yunfu-water.manager").body().has("components"))
        .isFalse();
    assertThat(health().path("components").fieldNames())
        .toIterable()
        .contains("product", "writing", "work", "disk")
        .doesNotContain("mail", "db");
  }

  @Test
  @DisplayName("就绪看能不能写、模型在不在；存活不看数据库")
  void groups() {
    JsonNode ready = desk.get("/actuator/health/readiness", "admin").body().path("components");
    assertThat(ready.fieldNames()).toIterable().contains("writing", "product", "readinessState");
    JsonNode live = desk.get("/actuator/health/liveness", "admin").body().path("components");
    assertThat(live.fieldNames()).toIterable().containsExactly("livenessState");
  }

  @Test
  @DisplayName("库写不进去：就绪和整体都是 503，存活仍是 200；写得进去又都是 200")
  void readinessFollowsTheWriteProbe() throws Exception {
    desk.tables().sql("ALTER TABLE write_probe RENAME TO write_probe_gone").update();
    try {
      desk.get("/actuator/health/readiness", "admin");
      assertThat(eventually("/actuator/health/readiness", 503)).isEqualTo(503);
      assertThat(desk.get("/actuator/health", "admin").status()).isEqualTo(503);
      assertThat(desk.get("/actuator/health/liveness", "admin").status()).isEqualTo(200);
      assertThat(gauge("hotline.database.writable")).isZero();
    } finally {
      desk.tables().sql("ALTER TABLE write_probe_gone RENAME TO write_probe").update();
    }
    assertThat(eventually("/actuator/health/readiness", 200)).isEqualTo(200);
    assertThat(gauge("hotline.database.writable")).isEqualTo(1);
  }

  private int eventually(String path, int status) throws InterruptedException {
    int last = 0;
    for (int waited = 0; waited < 100 && last != status; waited++) {
      last = desk.get(path, "admin").status();
      Thread.sleep(100);
    }
    return last;
  }

  @Test
  @DisplayName("流程作业迟了、通知迟了：部分告警，整体仍 UP，写明等了多久")
  void late() {
    Desk.Order order = desk.call("LEAK", "/facts/meterSide", "UPSTREAM", "/facts/asset", "PIPE");
    assertThat(health().path("components").path("work").path("status").asText()).isEqualTo("UP");
    ClockUtil.setCurrentTime(Date.from(order.due("ACCEPT").plus(Duration.ofHours(1))));
    meters.count();
    JsonNode work = health().path("components").path("work");
    assertThat(work.path("status").asText()).isEqualTo("WARNING");
    assertThat(work.path("details").fieldNames()).toIterable().contains("流程作业 已等待", "通知 EMAIL 已等待");
    assertThat(health().path("status").asText()).isEqualTo("UP");
    assertThat(gauge("hotline.jobs.due")).isPositive();
    assertThat(gauge("hotline.jobs.oldest.due.seconds")).isGreaterThan(3600);
    assertThat(gauge("hotline.notices.oldest.due.seconds", "channel", "email")).isGreaterThan(3600);
  }

  @Test
  @DisplayName("工单、任务、停供的数：按公司和部门；办结后归零；受理计数")
  void counted() {
    double before =
        counter("hotline.orders.received", "company", "yunfu-water", "channel", "PHONE");
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    String[] unit = {"company", "yunfu-water", "department", "engineering"};
    assertThat(gauge("hotline.orders.open", unit)).isEqualTo(1);
    assertThat(gauge("hotline.orders.overdue", unit)).isZero();
    assertThat(
            gauge(
                "hotline.tasks.unassigned",
                "company",
                "yunfu-water",
                "group",
                "yunfu-water.engineering"))
        .isEqualTo(1);
    assertThat(counter("hotline.orders.received", "company", "yunfu-water", "channel", "PHONE"))
        .isEqualTo(before + 1);
    Instant due = order.due("ACCEPT");
    desk.itIs(due.plusSeconds(60));
    assertThat(gauge("hotline.orders.overdue", unit)).isEqualTo(1);
    order.accepted().contacted().reported().satisfiedByPhone();
    assertThat(gauge("hotline.orders.open", unit)).isZero();
    assertThat(gauge("hotline.orders.overdue", unit)).isZero();
  }

  @Test
  @DisplayName("发出的通知按结果计数；无人负责的工单在数里也在健康检查里")
  void noticesAndLostOrders() {
    double sent = counter("hotline.notice.attempts", "channel", "email", "outcome", "sent");
    Desk.Order order = desk.call("LEAK", "/facts/meterSide", "UPSTREAM", "/facts/asset", "PIPE");
    assertThat(gauge("hotline.notices.waiting", "channel", "email", "status", "pending"))
        .isPositive();
    desk.postGoesOut();
    assertThat(counter("hotline.notice.attempts", "channel", "email", "outcome", "sent"))
        .isGreaterThan(sent);
    desk.engine()
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(order.number)
        .rootProcessInstances()
        .list()
        .forEach(
            each ->
                desk.engine().getRuntimeService().deleteProcessInstance(each.getId(), "broken"));
    ClockUtil.setCurrentTime(Date.from(desk.now().plusSeconds(300)));
    watchdog.look();
    assertThat(gauge("hotline.orders.without.actor")).isEqualTo(1);
    assertThat(health().path("components").path("work").path("details").path("无人负责的工单").asInt())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("指标是所有公司的：坐席和各公司管理人员都读不到")
  void prometheus() throws Exception {
    for (String person :
        List.of("yunfu-water.agent", "yunfu-water.manager", "gas.service-manager")) {
      assertThat(scrape(person).getStatus()).as(person).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("告警手册里写的每个指标，管理员和监控账号都抓得到")
  void everyMeterOfTheAlarms() throws Exception {
    desk.mailServerFails();
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    outages.reported("engineering", outages.unplanned());
    for (int attempt = 0; attempt < 6; attempt++) {
      ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofMinutes(30))));
      desk.postGoesOut();
    }
    desk.mailServerWorks();
    desk.tables()
        .sql("DELETE FROM work_task WHERE order_number = :n")
        .param("n", order.number)
        .update();
    watchdog.look();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(Duration.ofDays(2))));
    meters.count();
    Set<String> named = new TreeSet<>();
    Matcher meter =
        Pattern.compile("\\b(hotline|http_server)_[a-z_]+")
            .matcher(Files.readString(Path.of("docs/alarms.zh.md")));
    while (meter.find()) {
      named.add(meter.group());
    }
    assertThat(named).contains("hotline_database_writable").hasSizeGreaterThan(18);

    User monitoring = identity.newUser("prometheus");
    monitoring.setPassword("Hotline-2026");
    identity.saveUser(monitoring);
    identity.createMembership("prometheus", Actor.MONITORING);
    try {
      for (String person : List.of("admin", "prometheus")) {
        MockHttpServletResponse page = scrape(person);
        assertThat(page.getStatus()).as(person).isEqualTo(200);
        List<String> lines = page.getContentAsString().lines().toList();
        assertThat(named)
            .allSatisfy(
                name ->
                    assertThat(lines)
                        .as(name)
                        .anyMatch(line -> line.matches(name + "(_count)?[ {].*")));
        assertThat(lines)
            .as("受理变慢的告警按这一格算")
            .anyMatch(
                line ->
                    line.startsWith("http_server_requests_seconds_bucket{")
                        && line.contains("uri=\"/api/work-orders\"")
                        && line.contains("method=\"POST\"")
                        && line.contains("le=\"0.5\""));
      }
    } finally {
      identity.deleteUser("prometheus");
    }
  }

  private MockHttpServletResponse scrape(String person) throws Exception {
    return mvc.perform(
            MockMvcRequestBuilders.get("/actuator/prometheus")
                .with(httpBasic(person, "Hotline-2026")))
        .andReturn()
        .getResponse();
  }
}
