package hotline.outage;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people may tell an outage: one record for each form, its fields named as on the form. */
public final class OutageCommands {
  private OutageCommands() {}

  /** 报告停供: what is known first; the range follows (YF-16a). */
  public record ReportOutage(
      @Nullable String effect,
      @Nullable String origin,
      @Nullable String area,
      @Nullable OffsetDateTime start,
      @Nullable OffsetDateTime end,
      @Nullable String reason) {}

  /** 核定停供范围: the report, whole, as it binds. */
  public record DetermineRange(
      @Nullable String outcome,
      @Nullable String effect,
      @Nullable String area,
      @Nullable List<String> affectedDistricts,
      @Nullable List<String> affectedPlaces,
      @Nullable Integer affectedPopulation,
      @Nullable List<String> keyCustomers,
      @Nullable String otherKeyCustomers,
      @Nullable Boolean mainRoad,
      @Nullable String valves,
      @Nullable OffsetDateTime start,
      @Nullable OffsetDateTime end,
      @Nullable String reason,
      @Nullable String measures,
      @Nullable Boolean confirmed) {}

  /** 取得批准: what the one who decides has said. */
  public record ObtainApproval(
      @Nullable String outcome,
      @Nullable String reference,
      @Nullable OffsetDateTime doneAt,
      @Nullable String reason) {}

  /** 履行职责: who was told, when, how; for a list of contacts line by line. */
  public record PerformDuty(
      @Nullable String outcome,
      @Nullable OffsetDateTime doneAt,
      @Nullable List<String> reachedContacts,
      @Nullable List<String> unreachedContacts,
      @Nullable String reachedPerson,
      @Nullable String note,
      @Nullable String reason) {}

  /** 跟进停供: other times, no outage at all, or supply is back. */
  public record FollowOutage(
      @Nullable String outcome,
      @Nullable OffsetDateTime start,
      @Nullable OffsetDateTime end,
      @Nullable String area,
      @Nullable List<String> affectedDistricts,
      @Nullable List<String> affectedPlaces,
      @Nullable List<String> keyCustomers,
      @Nullable Integer affectedPopulation,
      @Nullable String reason,
      @Nullable OffsetDateTime restoredAt,
      @Nullable String note) {}

  /** 报告管网异常: what the dispatch centre sees in the network (YF-19). */
  public record ReportAnomaly(
      @Nullable String place, @Nullable String situation, @Nullable OffsetDateTime expectedAt) {}

  /** 知悉管网异常: what the agents do about it. */
  public record NoteAnomaly(@Nullable String note) {}
}
