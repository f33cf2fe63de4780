package hotline.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order as outside systems read it (contract, "View"); times in the company's zone. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record WorkOrderView(
    String number,
    String company,
    String status,
    String channel,
    @Nullable String category,
    @Nullable String categoryName,
    @Nullable String subcategory,
    @Nullable String level,
    @Nullable Named department,
    String description,
    OffsetDateTime receivedAt,
    OffsetDateTime recordedAt,
    @Nullable CallerView caller,
    Facts facts,
    @Nullable ExternalView external,
    @Nullable String outage,
    @Nullable String gisReference,
    @Nullable String guidance,
    @Nullable String answer,
    @Nullable String missing,
    @Nullable String instruction,
    @Nullable String worker,
    @Nullable OffsetDateTime agreedTime,
    @Nullable String result,
    @Nullable String measures,
    @Nullable String parts,
    @Nullable String cost,
    @Nullable String delayCause,
    @Nullable String responsibleSide,
    @Nullable String platformReply,
    int round,
    int urged,
    @Nullable String calendarWarning,
    @Nullable OffsetDateTime closedAt,
    @Nullable OffsetDateTime anonymisedAt,
    @Nullable HoldView legalHold,
    List<LimitView> timeLimits,
    CallbackView callback,
    List<WaitingView> waitingFor,
    List<NoticeView> notices,
    List<String> linked,
    List<EventView> events) {

  /** Held back from removal: since when, by whom and why. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record HoldView(OffsetDateTime at, String by, @Nullable String reason) {}

  record Named(String code, String name) {}

  record CallerView(
      @Nullable String name,
      @Nullable String phone,
      @Nullable String address,
      @Nullable String district,
      boolean wantsCallback) {}

  record ExternalView(
      @Nullable String platform, @Nullable String number, @Nullable OffsetDateTime dueAt) {}

  record LimitView(
      String milestone,
      String name,
      int round,
      @Nullable OffsetDateTime startedAt,
      String limit,
      @Nullable OffsetDateTime dueAt,
      String article,
      String basis,
      @Nullable OffsetDateTime metAt,
      boolean breached,
      @Nullable OffsetDateTime originalDueAt) {}

  record CallbackView(
      @Nullable String medium,
      @Nullable OffsetDateTime dueAt,
      List<AttemptView> attempts,
      @Nullable String satisfaction) {}

  record AttemptView(
      OffsetDateTime at,
      String by,
      String medium,
      int round,
      boolean reached,
      @Nullable Boolean solved,
      @Nullable String satisfaction,
      @Nullable String answers,
      @Nullable String remarks,
      @Nullable OffsetDateTime nextAttemptAt) {}

  record WaitingView(
      String id,
      String task,
      String name,
      String group,
      @Nullable String assignee,
      @Nullable OffsetDateTime dueAt) {}

  record NoticeView(
      String id, String channel, String purpose, String status, int attempts, OffsetDateTime at) {}

  record EventView(
      OffsetDateTime at, String by, String verb, @Nullable String note, @Nullable String article) {}
}
