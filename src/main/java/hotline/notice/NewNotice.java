package hotline.notice;

import org.jspecify.annotations.Nullable;

/**
 * A notice to be queued; the key is order + purpose + receiver + round (+ occasion) and makes it
 * one fact however often it is asked for.
 */
public record NewNotice(
    String key,
    String company,
    String orderNumber,
    int round,
    Purpose purpose,
    Channel channel,
    String receiverName,
    @Nullable String address,
    String subject,
    String text) {

  /** Without receiver, address and wording, which must not reach a log. */
  @Override
  public String toString() {
    return "NewNotice[" + orderNumber + " " + round + " " + purpose + " " + channel + "]";
  }
}
