package hotline.organisation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hotline.AfterCommit;
import hotline.Refused;
import hotline.calendar.HolidayYear;
import hotline.calendar.Holidays;
import hotline.calendar.WorkCalendar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Each company's working days: the shipped statutory years, any further year that stands as a file
 * in the data folder, and above them what the administrator has handed in, for all nodes.
 */
@Component
public class Calendars {
  private static final Logger log = LoggerFactory.getLogger(Calendars.class);
  private static final int NEAR = 60;

  /** What another node has taken is seen at the latest after this. */
  private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(10);

  private final Organisation organisation;
  private final Clock clock;
  private final JdbcClient jdbc;
  private final Holidays fromFiles;
  private final Cache<Boolean, Holidays> current =
      Caffeine.newBuilder().expireAfterWrite(READ_AGAIN_AFTER).build();

  Calendars(
      Organisation organisation,
      Clock clock,
      JdbcClient jdbc,
      @Value("${hotline.holidays}") Path folder) {
    this.organisation = organisation;
    this.clock = clock;
    this.jdbc = jdbc;
    this.fromFiles = read(folder);
  }

  /** The company's calendar; an unknown company is refused. */
  public WorkCalendar of(String company) {
    Company known = organisation.company(company);
    return new WorkCalendar(holidays(), known.zone(), known.officeClose());
  }

  /**
   * Takes the statutory days of one year, as published; binds whatever is counted from now on, on
   * the other nodes ten seconds later.
   *
   * @throws Refused when the text is no such file, naming what to mend; nothing is kept then
   */
  @Transactional
  public HolidayYear take(byte[] json) {
    HolidayYear year = parse(json, "节假日文件");
    jdbc.sql(
            """
            INSERT INTO holiday_year (of_year, content) VALUES (:year, :content)
            ON DUPLICATE KEY UPDATE content = :content
            """)
        .param("year", year.year())
        .param("content", new String(json, StandardCharsets.UTF_8))
        .update();
    AfterCommit.then(current::invalidateAll);
    return year;
  }

  private Holidays holidays() {
    Holidays known = current.getIfPresent(true);
    if (known != null) {
      return known;
    }
    Holidays all = fromFiles;
    for (String content :
        jdbc.sql("SELECT content FROM holiday_year ORDER BY of_year").query(String.class).list()) {
      all = all.with(parse(content.getBytes(StandardCharsets.UTF_8), "节假日"));
    }
    current.put(true, all);
    return all;
  }

  /** What the administrator must know: the statutory days of a year that is near are not loaded. */
  public Optional<String> warning() {
    int soon = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(NEAR).getYear();
    return holidays().knows(soon)
        ? Optional.empty()
        : Optional.of(soon + "年的法定节假日尚未装入，工作日暂按周一至周五计算；请把节假日文件放入数据目录或通过接口装入");
  }

  @Scheduled(fixedRate = 1, timeUnit = TimeUnit.DAYS)
  void remind() {
    warning().ifPresent(log::warn);
  }

  private static Holidays read(Path folder) {
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
