package hotline.workorder;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Moments as people read them, in their company's zone; midnight as 24:00 of the day it ends. */
public final class Moments {
  private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("M月d日 HH:mm");

  private Moments() {}

  public static String text(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    return local.toLocalTime().toSecondOfDay() == 0
        ? local.minusDays(1).format(DateTimeFormatter.ofPattern("M月d日")) + " 24:00"
        : local.format(FORM);
  }
}
