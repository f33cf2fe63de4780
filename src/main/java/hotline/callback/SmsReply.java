package hotline.callback;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** An inbound SMS as the provider hands it over (contract, {@code POST /api/sms-replies}). */
public record SmsReply(
    @Nullable String from,
    @Nullable String text,
    @Nullable OffsetDateTime receivedAt,
    @Nullable String messageId) {}
