package hotline.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What must hold for the steps of any deadline. */
final class Steps {
  private Steps() {}

  static void assertContiguous(Deadline deadline, Instant from) {
    Instant at = from;
    for (Step step : deadline.steps()) {
      assertThat(step.from()).isEqualTo(at);
      assertThat(step.to()).isAfter(at);
      assertThat(step.reason()).isNotBlank();
      at = step.to();
    }
    assertThat(deadline.dueAt()).isEqualTo(at);
  }

  /** As many counted days as the limit has, or as much counted time. */
  static void assertUseUp(List<Step> steps, TimeLimit limit) {
    List<Step> counted = steps.stream().filter(Step::counted).toList();
    Duration time =
        counted.stream()
            .map(step -> Duration.between(step.from(), step.to()))
            .reduce(Duration.ZERO, Duration::plus);
    switch (limit.unit()) {
      case MINUTES -> assertThat(time).isEqualTo(Duration.ofMinutes(limit.amount()));
      case HOURS -> assertThat(time).isEqualTo(Duration.ofHours(limit.amount()));
      case DAYS, WORKING_DAYS -> assertThat(counted).hasSize(limit.amount());
      case SAME_DAY -> assertThat(counted).hasSize(1);
    }
  }
}
