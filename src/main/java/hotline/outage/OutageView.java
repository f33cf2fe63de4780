package hotline.outage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An outage as outside systems and colleagues read it; times in the company's zone. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record OutageView(
    String number,
    String company,
    String status,
    String effect,
    String kind,
    String origin,
    String area,
    List<String> districts,
    List<String> places,
    OffsetDateTime start,
    OffsetDateTime end,
    @Nullable Integer affectedPopulation,
    PopulationView population,
    List<Valve> valves,
    boolean mainRoad,
    List<String> keyCustomers,
    String reason,
    @Nullable String measures,
    String reporter,
    OffsetDateTime reportedAt,
    String reportedBy,
    @Nullable OffsetDateTime publishedAt,
    @Nullable OffsetDateTime changedAt,
    @Nullable String changeNote,
    @Nullable OffsetDateTime restoredAt,
    @Nullable OffsetDateTime closedAt,
    @Nullable OffsetDateTime anonymisedAt,
    @Nullable HoldView legalHold,
    int calls,
    List<String> warnings,
    List<DutyView> duties,
    List<WaitingView> waitingFor,
    List<NoticeView> notices,
    List<EventView> events) {

  /** Held back from removal: since when, by whom and why. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record HoldView(OffsetDateTime at, String by, @Nullable String reason) {}

  /** What the directory proposed, and where the number comes from: DIRECTORY, CORRECTED, TYPED. */
  record PopulationView(@Nullable Integer proposed, @Nullable String source) {}

  /** {@code by} is the department or role that owns the duty, {@code group} its group. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record DutyView(
      String key,
      String action,
      String label,
      String by,
      String group,
      String channel,
      @Nullable OffsetDateTime dueAt,
      String article,
      String basis,
      String status,
      @Nullable OffsetDateTime openedAt,
      @Nullable OffsetDateTime doneAt,
      @Nullable String doneBy,
      @Nullable String note,
      boolean breached,
      List<String> waitsFor,
      List<ContactView> contacts) {}

  record ContactView(String code, String name, String status, int attempts) {}

  record WaitingView(
      String id,
      String task,
      String name,
      @Nullable String duty,
      String group,
      @Nullable String assignee,
      @Nullable OffsetDateTime dueAt) {}

  record NoticeView(String channel, String purpose, String status, OffsetDateTime at) {}

  record EventView(
      OffsetDateTime at, String by, String verb, @Nullable String note, @Nullable String article) {}
}
