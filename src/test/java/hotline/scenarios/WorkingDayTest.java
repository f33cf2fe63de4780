package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("工作日时限跨节假日、调休、月末和年末（燃气）")
class WorkingDayTest {
  @Autowired Desk desk;

  private Desk.Order call(String category) {
    return desk.callOf("gas", category, "/caller/district", "east");
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @DisplayName("RQ-14.2 RQ-14.4 RQ-14.5 RQ-14.7：N个工作日不含当日，调休上班日计入，法定节假日不计，至17:30——到点及时，晚一毫秒超期")
  @CsvSource({
    // a Saturday at work follows the Friday
    "2026-02-13T16:00:00+08:00,ADVICE,2026-02-14T17:30:00+08:00",
    "2026-02-14T09:00:00+08:00,ADVICE,2026-02-24T17:30:00+08:00",
    "2026-02-27T09:00:00+08:00,ADVICE,2026-02-28T17:30:00+08:00",
    // the National Day week; Saturday 10 October is at work
    "2026-09-30T09:00:00+08:00,REPAIR,2026-10-10T17:30:00+08:00",
    "2026-09-30T23:59:59+08:00,ADVICE,2026-10-08T17:30:00+08:00",
    "2026-10-10T09:00:00+08:00,REPAIR,2026-10-14T17:30:00+08:00",
    // from a holiday or a weekend
    "2026-10-01T00:00:00+08:00,ADVICE,2026-10-08T17:30:00+08:00",
    "2026-10-04T12:00:00+08:00,REPAIR,2026-10-10T17:30:00+08:00",
    "2026-11-14T10:00:00+08:00,ADVICE,2026-11-16T17:30:00+08:00",
    // over the end of a month
    "2026-11-30T17:30:00+08:00,ADVICE,2026-12-01T17:30:00+08:00",
    "2026-01-29T18:00:00+08:00,REPAIR,2026-02-03T17:30:00+08:00",
    "2026-04-30T09:00:00+08:00,SUGGESTION,2026-05-11T17:30:00+08:00"
  })
  void workingDays(String receivedAt, String category, String due) {
    desk.startAt(receivedAt);
    Desk.Order inTime = call(category).accepted();
    Desk.Order late = call(category).accepted();
    assertThat(inTime.limit("RESOLVE").path("dueAt").asText()).isEqualTo(due);
    assertThat(inTime.view().path("calendarWarning").isNull()).isTrue();
    if (category.equals("REPAIR")) {
      inTime.contacted();
      late.contacted();
    }
    desk.itIs(due);
    inTime.reported();
    desk.pass(Duration.ofMillis(1));
    late.reported();
    assertThat(inTime.isBreached("RESOLVE")).isFalse();
    assertThat(late.isBreached("RESOLVE")).isTrue();
  }

  @Test
  @DisplayName("RQ-14.2：跨入放假安排尚未公布的年份，暂按周一至周五计算，并在工单上说明")
  void yearNotPublished() {
    desk.startAt("2026-12-31T09:00:00+08:00");
    Desk.Order order = call("ADVICE");
    assertThat(order.limit("RESOLVE").path("dueAt").asText())
        .isEqualTo("2027-01-01T17:30:00+08:00");
    assertThat(order.view().path("calendarWarning").asText())
        .isEqualTo("2027年的法定节假日尚未公布，暂按周一至周五计算");
  }

  @Test
  @DisplayName("RQ-14.6 C6：钟点时限不因节假日停走——除夕受理的3级投诉仍为3小时，反馈结果的2个工作日跳过假期")
  void hoursDoNotRest() {
    desk.startAt("2026-02-16T22:30:00+08:00");
    Desk.Order order = call("COMPLAINT").checked();
    assertThat(order.promises("RESOLVE"))
        .containsExactly("3小时 2026-02-17T01:30:00+08:00 RQ-14.6 RQ-14.6c");
    assertThat(order.promises("REPLY")).containsExactly("2个工作日 2026-02-25T17:30:00+08:00 RQ-14.6");
  }

  @Test
  @DisplayName("RQ-14.4 RQ-14.9b：回访1个工作日自节前审核通过起算，到节后首个工作日；夜间打不通的跨过午夜和月末顺延到8:00")
  void callbackOverTheHoliday() {
    desk.startAt("2026-09-30T16:00:00+08:00");
    Desk.Order order = call("REPAIR").handled().passedBy("east-repair-leader", "agent");
    assertThat(order.promises("CALLBACK"))
        .containsExactly("1个工作日 2026-10-08T17:30:00+08:00 RQ-14.4");
    desk.itIs("2026-09-30T20:30:00+08:00");
    order.does("agent", "callback-by-phone", "reached", false, "unreachedCause", "NO_ANSWER");
    assertThat(order.waiting("await-next-attempt").path("dueAt").asText())
        .isEqualTo("2026-10-01T08:00:00+08:00");
    desk.itIs("2026-10-01T07:59:59+08:00");
    assertThat(order.waitsFor()).containsExactly("await-next-attempt by gas.agent");
    desk.itIs("2026-10-01T08:00:00+08:00");
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
  }
}
