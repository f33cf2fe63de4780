package hotline.calendar;

import java.time.Instant;

/**
 * One stretch of time on the way from the start of a limit to its due time, and why it counts or
 * does not.
 *
 * @param counted whether it uses up the limit
 * @param reason a Chinese sentence for the person who asks, such as "10月1日 国庆节，不计"
 */
public record Step(Instant from, Instant to, boolean counted, String reason) {}
