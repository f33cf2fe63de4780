package hotline.notice;

import java.time.Instant;

/**
 * A notice will not be tried again, so a person must phone; listeners join the transaction that
 * records it.
 */
public record NoticeFailed(
    long id,
    String company,
    String orderNumber,
    int round,
    Purpose purpose,
    Channel channel,
    Instant at,
    String receiverName) {

  /** Without the receiver, who must not reach a log. */
  @Override
  public String toString() {
    return "NoticeFailed[" + id + " " + orderNumber + " " + purpose + " " + channel + "]";
  }
}
