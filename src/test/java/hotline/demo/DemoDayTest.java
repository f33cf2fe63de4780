package hotline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.workorder.SampleCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:demo-day;MODE=MySQL;DB_CLOSE_DELAY=-1",
      "camunda.bpm.job-execution.enabled=false",
      "hotline.home=target/demo-day"
    })
@ActiveProfiles("demo")
@DirtiesContext
@DisplayName("演示的一天")
class DemoDayTest {
  private static final Map<String, Set<String>> WAITING =
      Map.of(
          "yunfu-water",
          Set.of(
              "accept",
              "check-dispatch",
              "complete-intake",
              "contact-customer",
              "decide-extension",
              "follow-up",
              "instruct-emergency",
              "record-gis-dispatch",
              "report-work"),
          "yinchuan-water",
          Set.of("accept", "callback-by-phone", "reply-to-platform", "report-work"),
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
              "report-arrival",
              "report-work"));

  @Autowired JdbcClient jdbc;
  @Autowired SampleCalls calls;

  @Test
  @DisplayName("ALL-2：五家公司都有各种状态的工单，每张未办结的都有人该办下一步")
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
                "SELECT number FROM work_order WHERE closed_at IS NULL AND number NOT IN"
                    + " (SELECT order_number FROM work_task WHERE is_open = TRUE)")
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
}
