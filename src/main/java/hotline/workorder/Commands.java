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
      @Nullable String outage,
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
      @Nullable String departmentComplainedOf,
      @Nullable String since,
      @Nullable String extent,
      @Nullable String promised,
      @Nullable Boolean confidential,
      @Nullable Boolean identityChecked,
      @Nullable Boolean safetyAdvised,
      @Nullable String department,
      @Nullable String departmentReason,
      @Nullable String furtherCategory,
      @Nullable String furtherDemand) {}

  /** 核对派单: who acts, and what of the record had to be corrected. */
  public record CheckDispatch(
      @Nullable String outcome,
      @Nullable String department,
      @Nullable String answer,
      @Nullable String note,
      @Nullable String level,
      @Nullable String category,
      @Nullable String subcategory,
      @Nullable String address,
      @Nullable String district,
      @Nullable Boolean urgent,
      @Nullable String meterSide,
      @Nullable String asset,
      @Nullable String networkPart,
      @Nullable Boolean underWarranty,
      @Nullable String departmentComplainedOf) {}

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
      @Nullable String safetyMeasures,
      @Nullable Boolean affectsSupply,
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
      @Nullable String extensionCause,
      @Nullable OffsetDateTime arrivedAt,
      @Nullable String writtenBy) {}

  /** 核实超期原因: what the department said when it was asked (WX-1.4c). */
  public record InquireDelay(
      @Nullable String cause,
      @Nullable String responsibleSide,
      @Nullable String reason,
      @Nullable OffsetDateTime expectedAt) {}

  /** 回复平台: the answer as it stands on the outside platform (YC-15). */
  public record ReplyToPlatform(@Nullable String reply, @Nullable OffsetDateTime at) {}

  /** 回填处理结果: what the work took (WX-1.4d). */
  public record RecordCompletion(
      @Nullable String measures,
      @Nullable String parts,
      @Nullable BigDecimal cost,
      @Nullable String note) {}

  public record ReviewReply(@Nullable String outcome, @Nullable String reason) {}
}
