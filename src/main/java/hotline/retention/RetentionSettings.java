package hotline.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long after closure a record is kept and its caller is known, and at what time of night what
 * is older is removed.
 *
 * @param orders the record, ours and the engine's
 * @param callers what in it tells of a person
 * @param batch how many orders one transaction removes
 */
@ConfigurationProperties("hotline.retention")
record RetentionSettings(
    @DefaultValue("P1825D") Duration orders,
    @DefaultValue("P1095D") Duration callers,
    @DefaultValue("02:00") LocalTime from,
    @DefaultValue("05:00") LocalTime until,
    @DefaultValue("Asia/Shanghai") ZoneId zone,
    @DefaultValue("500") int batch) {

  /** Complaints are counted over 30 days, and the link to a confirmation is good for 90. */
  private static final Duration SHORTEST = Duration.ofDays(90);

  RetentionSettings {
    if (callers.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("hotline.retention.callers 个人信息的保存期限不能短于 90 天（P90D）");
    }
    if (orders.compareTo(callers) < 0) {
      throw new IllegalArgumentException(
          "hotline.retention.orders 工单的保存期限不能短于个人信息的保存期限（hotline.retention.callers）");
    }
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "hotline.retention.from 应早于 hotline.retention.until，例如 02:00 和 05:00");
    }
    if (batch < 1 || batch > 1000) {
      throw new IllegalArgumentException("hotline.retention.batch 应为 1 到 1000");
    }
  }

  boolean isTime(Instant now) {
    LocalTime time = now.atZone(zone).toLocalTime();
    return !time.isBefore(from) && time.isBefore(until);
  }

  /** The end of the night's work that begins or runs then. */
  Instant end(Instant now) {
    ZonedDateTime local = now.atZone(zone);
    return local.with(until).toInstant();
  }
}
