package hotline.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * China's statutory holidays and make-up workdays of the years whose notices are loaded; in any
 * other year Monday to Friday are worked.
 */
public final class Holidays {
  private static final int FIRST_SHIPPED = 2024;
  private static final int LAST_SHIPPED = 2026;

  private final TreeMap<Integer, HolidayYear> years = new TreeMap<>();
  private final Map<LocalDate, HolidayYear.Day> days = new HashMap<>();

  private Holidays(Collection<HolidayYear> loaded) {
    loaded.forEach(year -> years.put(year.year(), year));
    // in order of the years: a later notice may also rule days of the December before it
    years.values().forEach(year -> year.days().forEach(day -> days.put(day.date(), day)));
  }

  /** The years that come with the product: 2024 to 2026, from the State Council's notices. */
  public static Holidays shipped() {
    TreeMap<Integer, HolidayYear> shipped = new TreeMap<>();
    for (int year = FIRST_SHIPPED; year <= LAST_SHIPPED; year++) {
      String name = "/holidays/%d.json".formatted(year);
      try (InputStream json = Holidays.class.getResourceAsStream(name)) {
        if (json == null) {
          throw new IllegalStateException("程序包内缺少节假日文件 " + name);
        }
        shipped.put(year, read(json, name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Holidays(shipped.values());
  }

  /** These holidays and one more year; a year already loaded is replaced as a whole. */
  public Holidays with(HolidayYear year) {
    TreeMap<Integer, HolidayYear> more = new TreeMap<>(years);
    more.put(year.year(), year);
    return new Holidays(more.values());
  }

  /**
   * Reads one year's file, {@code {"year", "papers", "days": [{"name", "date", "isOffDay"}]}} in
   * UTF-8; further fields are ignored.
   *
   * @param sourceName the file's name, for the refusal
   * @throws IllegalArgumentException if anything in it is missing or wrong, with a Chinese sentence
   *     that names the field and what to do
   */
  public static HolidayYear read(InputStream json, String sourceName) {
    try {
      return HolidayFile.read(json.readAllBytes(), sourceName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #read(InputStream, String)}, from characters. */
  public static HolidayYear read(Reader json, String sourceName) {
    try {
      StringWriter text = new StringWriter();
      json.transferTo(text);
      return HolidayFile.read(text.toString(), sourceName);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether offices work on this day: a make-up weekend day does, a weekday in a holiday does not.
   */
  public boolean isWorkingDay(LocalDate date) {
    HolidayYear.Day named = days.get(date);
    return named == null ? !isWeekend(date) : !named.isOffDay();
  }

  /** The holiday that a notice names for this day, be it off or worked in exchange. */
  public Optional<String> nameOf(LocalDate date) {
    return Optional.ofNullable(days.get(date)).map(HolidayYear.Day::name);
  }

  /** Whether the notice of this year is loaded. */
  public boolean knows(int year) {
    return years.containsKey(year);
  }

  /** Whether no notice of this or a later year is loaded. */
  boolean endBefore(int year) {
    return years.isEmpty() || year > years.lastKey();
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
