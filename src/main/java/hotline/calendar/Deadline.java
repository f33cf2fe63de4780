package hotline.calendar;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When something promised is due, and the count that leads there.
 *
 * @param dueAt what is done exactly then is in time (民法典 第1259条)
 * @param steps without gap or overlap from the start to {@code dueAt}
 * @param warning a Chinese sentence if the count went through a year whose statutory holidays are
 *     not loaded
 */
public record Deadline(Instant dueAt, List<Step> steps, @Nullable String warning) {
  public Deadline {
    steps = List.copyOf(steps);
  }
}
