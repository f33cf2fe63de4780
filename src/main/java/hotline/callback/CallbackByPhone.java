package hotline.callback;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** 电话回访: whether the customer was reached, whether it is solved, and what they said (YF-21e). */
public record CallbackByPhone(
    @Nullable Boolean reached,
    @Nullable String unreachedCause,
    @Nullable Boolean solved,
    @Nullable String satisfaction,
    @Nullable String serviceQuality,
    @Nullable String serviceManner,
    @Nullable String workQuality,
    @Nullable String timeliness,
    @Nullable String workerRating,
    @Nullable Boolean contradictsReply,
    @Nullable String remarks,
    @Nullable OffsetDateTime nextAttemptAt,
    @Nullable String nightReason,
    @Nullable String newDemand) {}
