package hotline.workorder;

import hotline.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that waits for somebody, and, once done, who did it.
 *
 * @param part what of its subject the step is about, when the subject has parts
 */
public record WorkTask(
    long id,
    String taskId,
    String orderNumber,
    String company,
    String task,
    String name,
    @Nullable String part,
    String group,
    @Nullable String alsoGroup,
    @Nullable String assignee,
    @Nullable Instant dueAt,
    @Nullable String article,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String closedBy) {

  /**
   * Whether the person may do it: one of its group, of the group it went to, or who has it and is
   * of its company.
   */
  boolean isFor(Actor actor) {
    return actor.isIn(group)
        || alsoGroup != null && actor.isIn(alsoGroup)
        || actor.id().equals(assignee) && actor.mayActFor(company);
  }

  /** Waits for an answer or a moment, not for a person's form. */
  boolean isAwaited() {
    return task.startsWith("await-");
  }
}
