package hotline.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step that waits for somebody, and, once done, who did it. */
public record WorkTask(
    long id,
    String taskId,
    String orderNumber,
    String company,
    String task,
    String name,
    String group,
    @Nullable String alsoGroup,
    @Nullable String assignee,
    @Nullable Instant dueAt,
    @Nullable String article,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable String closedBy) {}
