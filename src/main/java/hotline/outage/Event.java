package hotline.outage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One act on an outage: who, when, what, by which article (ALL-3). */
record Event(Instant at, String by, String verb, @Nullable String note, @Nullable String article) {}
