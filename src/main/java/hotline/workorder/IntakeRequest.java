package hotline.workorder;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as an outside system posts it (contract, "Intake body").
 *
 * @param outage the number of a known outage that the call is about: answered with it at once
 */
public record IntakeRequest(
    @Nullable String company,
    @Nullable String channel,
    @Nullable String category,
    @Nullable String subcategory,
    @Nullable String answer,
    @Nullable String outage,
    @Nullable String description,
    @Nullable OffsetDateTime receivedAt,
    @Nullable Caller caller,
    @Nullable Facts facts,
    @Nullable External external,
    @Nullable String department,
    @Nullable String departmentReason,
    @Nullable List<Demand> demands) {

  /** A further demand of the same call (RQ-15.1). */
  public record Demand(
      @Nullable String category,
      @Nullable String subcategory,
      @Nullable String description,
      @Nullable Facts facts) {}

  public record Caller(
      @Nullable String name,
      @Nullable String phone,
      @Nullable String address,
      @Nullable String district,
      @Nullable Boolean wantsCallback) {}

  public record External(
      @Nullable String platform, @Nullable String number, @Nullable OffsetDateTime dueAt) {}
}
