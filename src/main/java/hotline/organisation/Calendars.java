package hotline.organisation;

import hotline.Refused;
import hotline.calendar.HolidayYear;
import hotline.calendar.Holidays;
import hotline.calendar.WorkCalendar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Each company's working days: the shipped statutory years, and any further year that stands as a
 * file in the data folder or was handed in by the administrator.
 */
@Component
public class Calendars {
  private final Organisation organisation;
  private final Path folder;
  private volatile Holidays holidays;

  Calendars(Organisation organisation, @Value("${hotline.holidays}") Path folder) {
    this.organisation = organisation;
    this.folder = folder;
    this.holidays = read();
  }

  /** The company's calendar; an unknown company is refused. */
  public WorkCalendar of(String company) {
    Company known = organisation.company(company);
    return new WorkCalendar(holidays, known.zone(), known.officeClose());
  }

  /**
   * Takes the statutory days of one year, as published; binds whatever is counted from now on.
   *
   * @throws Refused when the text is no such file, naming what to mend; nothing is kept then
   */
  public synchronized HolidayYear take(byte[] json) {
    HolidayYear year = parse(json, "节假日文件");
    try {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, "year", ".part");
      Files.write(part, json);
      Files.move(
          part,
          folder.resolve(year.year() + ".json"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the holiday file cannot be written", e);
    }
    holidays = holidays.with(year);
    return year;
  }

  private Holidays read() {
    Holidays all = Holidays.shipped();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> files =
          found.filter(file -> file.getFileName().toString().endsWith(".json")).sorted().toList();
      for (Path file : files) {
        all = all.with(parse(Files.readAllBytes(file), file.getFileName().toString()));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("the holiday files cannot be read", e);
    }
  }

  private static HolidayYear parse(byte[] json, String name) {
    try (InputStream in = new ByteArrayInputStream(json)) {
      return Holidays.read(in, name);
    } catch (IllegalArgumentException e) {
      throw new Refused(null, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
