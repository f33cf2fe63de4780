package hotline.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the record of an order or an outage: who did what, when, by which article. Never
 * changed.
 */
public record Event(
    Instant at, String by, String verb, @Nullable String note, @Nullable String article) {}
