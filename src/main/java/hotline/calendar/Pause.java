package hotline.calendar;

import java.time.Instant;

/**
 * A time during which work on an order stood still for a recorded reason; it is known once the work
 * goes on again.
 */
public record Pause(Instant from, Instant to) {

  /** Refuses an end before the beginning; a pause of no length is allowed and changes nothing. */
  public Pause {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("暂停的结束时间不得早于开始时间，请核对");
    }
  }

  /**
   * Whether a limit cannot end at this moment: after the pause began, and not after its last
   * moment.
   */
  boolean covers(Instant moment) {
    return moment.isAfter(from) && !moment.isAfter(to);
  }
}
