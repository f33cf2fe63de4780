package hotline.outage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One outage in a list; its duties are counted, not named. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record OutageLine(
    String number,
    String company,
    String status,
    String effect,
    String kind,
    String origin,
    String area,
    List<String> districts,
    OffsetDateTime start,
    OffsetDateTime end,
    @Nullable Integer affectedPopulation,
    String reason,
    @Nullable OffsetDateTime publishedAt,
    @Nullable OffsetDateTime restoredAt,
    @Nullable OffsetDateTime closedAt,
    int openDuties,
    int overdueDuties) {}
