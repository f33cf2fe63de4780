package hotline.notice;

import java.time.Instant;

/** A notice left the building; listeners join the transaction that records it. */
public record NoticeSent(
    long id,
    String company,
    String orderNumber,
    int round,
    Purpose purpose,
    Channel channel,
    Instant at) {}
