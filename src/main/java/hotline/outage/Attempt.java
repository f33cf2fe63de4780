package hotline.outage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call to a contact, and what came of it. */
record Attempt(
    String code,
    Instant at,
    String by,
    boolean reached,
    @Nullable String spokeWith,
    @Nullable String note) {}
