package hotline.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Beijing time as the regulations speak of it, for the tests of this package. */
final class Times {
  static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final LocalTime CLOSE = LocalTime.of(17, 30);
  static final WorkCalendar CALENDAR = new WorkCalendar(Holidays.shipped(), SHANGHAI, CLOSE);

  private Times() {}

  /** Such as "2026-09-30 10:00" or "2026-09-30 10:00:00.001". */
  static Instant at(String localTime) {
    return LocalDateTime.parse(localTime.replace(' ', 'T')).atZone(SHANGHAI).toInstant();
  }

  static TimeLimit limit(String text) {
    return TimeLimit.parse(text);
  }
}
