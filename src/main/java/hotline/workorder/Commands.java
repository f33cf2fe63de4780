package hotline.workorder;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What people may tell an order: one record for each form, its fields named as on the form. */
public final class Commands {
  private Commands() {}

  /** 来电登记: what is typed while the caller speaks. */
  public record ReceiveCall(
      @Nullable String callerPhone,
      @Nullable String callerName,
      @Nullable String address,
      @Nullable String district,
      @Nullable String description,
      @Nullable String channel) {}

  /** 受理: category and the questions it asks; answered at once, or passed on. */
  public record CompleteIntake(
      @Nullable String outcome,
      @Nullable String answer,
      @Nullable String category,
      @Nullable String subcategory,
      @Nullable String callerName,
      @Nullable String callerPhone,
      @Nullable String address,
      @Nullable String district,
      @Nullable String description,
      @Nullable Boolean wantsCallback,
      @Nullable Boolean urgent,
      @Nullable Integer pipeDiameterMm,
      @Nullable String meterSide,
      @Nullable String landmark,
      @Nullable String asset,
      @Nullable Integer jointComplainants,
      @Nullable Boolean lawsuit,
      @Nullable Boolean mediaExposure,
      @Nullable Boolean disturbsTraffic,
      @Nullable Boolean largeArea,
      @Nullable String networkPart,
      @Nullable Boolean underWarranty,
      @Nullable String departmentComplainedOf) {}

  public record CheckDispatch(
      @Nullable String outcome,
      @Nullable String department,
      @Nullable String answer,
      @Nullable String note) {}

  public record InstructEmergency(@Nullable String instruction) {}

  public record RecordGisDispatch(@Nullable String gisReference) {}

  public record NotifyByPhone(
      @Nullable String reachedPerson, @Nullable OffsetDateTime at, @Nullable String note) {}

  public record Accept(
      @Nullable String outcome, @Nullable String reason, @Nullable String worker) {}

  public record ContactCustomer(
      @Nullable OffsetDateTime contactedAt,
      @Nullable OffsetDateTime agreedTime,
      @Nullable String note) {}

  public record ReportArrival(
      @Nullable OffsetDateTime at,
      @Nullable String situation,
      @Nullable OffsetDateTime expectedAt) {}

  public record ReportContainment(
      @Nullable OffsetDateTime at,
      @Nullable String situation,
      @Nullable OffsetDateTime expectedAt) {}

  public record ReportWork(
      @Nullable String outcome,
      @Nullable String result,
      @Nullable String measures,
      @Nullable String parts,
      @Nullable BigDecimal cost,
      @Nullable OffsetDateTime extensionUntil,
      @Nullable String extensionReason,
      @Nullable String extensionCause) {}

  public record ReviewReply(@Nullable String outcome, @Nullable String reason) {}
}
