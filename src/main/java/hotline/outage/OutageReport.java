package hotline.outage;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An outage as an outside system reports it (contract, "Outages"; YF-16a). */
record OutageReport(
    @Nullable String company,
    @Nullable String effect,
    @Nullable String kind,
    @Nullable String origin,
    @Nullable String area,
    @Nullable List<String> districts,
    @Nullable List<String> places,
    @Nullable OffsetDateTime start,
    @Nullable OffsetDateTime end,
    @Nullable Integer affectedPopulation,
    @Nullable List<ValveReport> valves,
    @Nullable Boolean mainRoad,
    @Nullable List<String> keyCustomers,
    @Nullable String reason,
    @Nullable String measures) {

  record ValveReport(
      @Nullable String number, @Nullable Integer diameterMm, @Nullable String place) {}
}
