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
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Each company's working days: the shipped statutory years, and any further year that stands as a
 * file in the data folder or was handed in by the administrator.
 */
@Component
public class Calendars {
  private static final Logger log = LoggerFactory.getLogger(Calendars.class);
  private static final int NEAR = 60;

  private final Organisation organisation;
  private final Clock clock;
  private final Path folder;
  private volatile Holidays holidays;

  Calendars(Organisation organisation, Clock clock, @Value("${hotline.holidays}") Path folder) {
    this.organisation = organisation;
    this.clock = clock;
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

  /** What the administrator must know: the statutory days of a year that is near are not loaded. */
  public Optional<String> warning() {
    int soon = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(NEAR).getYear();
    return holidays.knows(soon)
        ? Optional.empty()
        : Optional.of(soon + "年的法定节假日尚未装入，工作日暂按周一至周五计算；请把节假日文件放入数据目录或通过接口装入");
  }

  @Scheduled(fixedRate = 1, timeUnit = TimeUnit.DAYS)
  void remind() {
    warning().ifPresent(log::warn);
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
