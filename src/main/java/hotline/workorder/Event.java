package hotline.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of an order's record: who did what, when, by which article. Never changed. */
public record Event(
    Instant at, String by, String verb, @Nullable String note, @Nullable String article) {}
