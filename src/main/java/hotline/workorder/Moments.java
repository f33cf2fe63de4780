package hotline.workorder;

import hotline.Refused;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moments as people read them, in their company's zone; midnight as 24:00 of the day it ends. */
public final class Moments {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日");
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("M月d日 HH:mm");

  /** By how much a moment that others report may lie ahead of our own clock. */
  public static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private Moments() {}

  /** The moment, if it was given, to the millisecond; a year that can only be a slip is refused. */
  public static @Nullable Instant given(
      String field, String label, @Nullable OffsetDateTime typed) {
    return typed == null ? null : checked(field, label, typed.toInstant());
  }

  /**
   * The moment to the millisecond, as the record keeps it; refused outside the years 2000 to 2099.
   */
  public static Instant checked(String field, String label, Instant at) {
    if (at.isBefore(EARLIEST) || !at.isBefore(LATEST)) {
      throw new Refused(field, label + "（" + field + "）应在2000年至2099年之间，请核对年份");
    }
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  /** As views give it: in the company's zone, with its offset. */
  public static OffsetDateTime local(Instant at, ZoneId zone) {
    return at.atZone(zone).toOffsetDateTime();
  }

  public static @Nullable OffsetDateTime localOrNull(@Nullable Instant at, ZoneId zone) {
    return at == null ? null : local(at, zone);
  }

  public static String text(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    return local.toLocalTime().toSecondOfDay() == 0
        ? local.minusDays(1).format(DAY) + " 24:00"
        : local.format(FORM);
  }

  /** When something begins: a midnight is 00:00 of the day that it opens. */
  public static String start(Instant at, ZoneId zone) {
    return at.atZone(zone).format(FORM);
  }

  /** 11月27日 08:00 至 18:00 */
  public static String span(Instant from, Instant to, ZoneId zone) {
    String day = from.atZone(zone).format(DAY) + " ";
    String end = text(to, zone);
    return start(from, zone) + " 至 " + (end.startsWith(day) ? end.substring(day.length()) : end);
  }
}
