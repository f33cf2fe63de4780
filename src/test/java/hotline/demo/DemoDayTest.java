package hotline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import hotline.workorder.SampleCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:demo-day;MODE=MySQL;DB_CLOSE_DELAY=-1",
      "camunda.bpm.job-execution.enabled=false",
      "hotline.home=target/demo-day"
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
@DirtiesContext
@DisplayName("演示的一天")
class DemoDayTest {
  static {
    // an earlier test may have left the engine's clock standing, and the day is made at the start
    ClockUtil.reset();
  }

  private static final Map<String, Set<String>> WAITING =
      Map.of(
          "yunfu-water",
          Set.of(
              "accept",
              "check-dispatch",
              "complete-intake",
              "contact-customer",
              "decide-extension",
              "follow-outage",
              "follow-up",
              "instruct-emergency",
              "perform-duty",
              "record-gis-dispatch",
              "report-work"),
          "yinchuan-water",
          Set.of("accept", "callback-by-phone", "perform-duty", "reply-to-platform", "report-work"),
          "gas",
          Set.of("contact-customer", "report-arrival", "report-work", "review-reply"),
          "water-repair",
          Set.of(
              "accept",
              "check-dispatch",
              "inquire-delay",
              "instruct-emergency",
              "record-completion",
              "report-containment",
              "report-work",
              "tell-customer"),
          "wuda-heat",
          Set.of(
              "callback-by-phone",
              "check-dispatch",
              "decide-extension",
              "follow-outage",
              "perform-duty",
              "report-arrival",
              "report-work"));

  @Autowired JdbcClient jdbc;
  @Autowired SampleCalls calls;
  @Autowired MockMvc mvc;

  @Test
  @DisplayName("ALL-2：五家公司都有各种状态的工单，每张未办结的工单、每次未办结的停供都有人该办下一步")
  void everyOpenOrderHasItsNextActor() {
    Map<String, Set<String>> waiting = new TreeMap<>();
    jdbc.sql("SELECT DISTINCT company, task FROM work_task WHERE is_open = TRUE")
        .query()
        .listOfRows()
        .forEach(
            row ->
                waiting
                    .computeIfAbsent((String) row.get("company"), company -> new TreeSet<>())
                    .add((String) row.get("task")));
    assertThat(waiting.keySet()).isEqualTo(WAITING.keySet());
    assertThat(WAITING).allSatisfy((of, tasks) -> assertThat(waiting.get(of)).containsAll(tasks));
    assertThat(WAITING.keySet()).allMatch(calls::any);
    List<String> forgotten =
        jdbc.sql(
                """
                SELECT number FROM (SELECT number, closed_at FROM work_order
                  UNION ALL SELECT number, closed_at FROM outage) subjects
                WHERE closed_at IS NULL
                  AND number NOT IN (SELECT order_number FROM work_task WHERE is_open = TRUE)
                """)
            .query(String.class)
            .list();
    assertThat(forgotten).isEmpty();
    assertThat(
            jdbc.sql(
                    "SELECT DISTINCT level FROM work_order WHERE company = 'gas' AND level IS NOT NULL")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("EMERGENCY", "LEVEL_2", "LEVEL_3", "NORMAL");
  }

  @Test
  @DisplayName("ALL-2 YF-16d 停供有待实施、进行中和已恢复的，每次都有待办的职责，来电已关联，公众页面看得到")
  void outagesAreUnderWay() throws Exception {
    Map<String, Set<String>> open = new TreeMap<>();
    jdbc.sql(
            """
            SELECT o.company, o.kind, o.status, d.action FROM outage o JOIN work_task t
              ON t.order_number = o.number AND t.task = 'perform-duty' AND t.is_open = TRUE
            JOIN outage_duty d ON d.outage_number = o.number AND d.duty_key = t.part
            WHERE o.published_at IS NOT NULL AND d.status = 'OPEN'
            """)
        .query()
        .listOfRows()
        .forEach(
            row ->
                open.computeIfAbsent(
                        row.get("company") + " " + row.get("kind") + " " + row.get("status"),
                        outage -> new TreeSet<>())
                    .add((String) row.get("action")));
    assertThat(open)
        .isEqualTo(
            Map.of(
                "yunfu-water PLANNED ANNOUNCED",
                Set.of("PHONE_AREA", "POST_ROADS", "PUBLISH_FORUM"),
                "yunfu-water UNPLANNED RUNNING",
                Set.of("PHONE_AREA", "POST_ROADS"),
                "yinchuan-water UNPLANNED RESTORED",
                Set.of("TELL_CALLERS"),
                "wuda-heat PLANNED ANNOUNCED",
                Set.of("PHONE_KEY_CUSTOMERS")));
    assertThat(jdbc.sql("SELECT number FROM outage").query(String.class).list())
        // besides these a burst that was found to affect the supply, still a draft
        .hasSize(5);
    assertThat(
            jdbc.sql("SELECT company FROM outage_call ORDER BY company").query(String.class).list())
        .containsExactly("yinchuan-water", "yunfu-water", "yunfu-water");
    mvc.perform(get("/public/outages").accept(MediaType.APPLICATION_JSON))
        .andExpect(jsonPath("$.items[?(@.company == 'yunfu-water')]", hasSize(2)))
        .andExpect(jsonPath("$.items[*].status", hasItems("ANNOUNCED", "RUNNING", "RESTORED")))
        .andExpect(jsonPath("$.items[*].effectName", hasItems("停水", "停热")));
  }
}
