package hotline.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One try to ask the customer, by SMS or phone, and what came of it (YF-21e). */
public record CallbackAttempt(
    String orderNumber,
    int round,
    String medium,
    Instant at,
    String by,
    boolean reached,
    @Nullable String unreachedCause,
    @Nullable Boolean solved,
    @Nullable String satisfaction,
    @Nullable String answers,
    @Nullable String remarks,
    @Nullable Instant nextAttemptAt) {}
