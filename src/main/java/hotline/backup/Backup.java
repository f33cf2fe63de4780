package hotline.backup;

import hotline.Conflict;
import hotline.platform.H2File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A copy of the H2 database while the product goes on: written under the data folder, opened once
 * for trial, and only then given its name.
 */
@Component
class Backup {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'hotline-'yyyyMMdd-HHmmss'.zip'")
          .withZone(ZoneId.of("Asia/Shanghai"));
  private static final String DATA = "hotline.mv.db";

  private final JdbcTemplate jdbc;
  private final Environment environment;
  private final Path folder;
  private final Clock clock;
  private final ReentrantLock one = new ReentrantLock();

  Backup(
      JdbcTemplate jdbc,
      Environment environment,
      @Value("${hotline.home}") Path home,
      Clock clock) {
    this.jdbc = jdbc;
    this.environment = environment;
    this.folder = home.resolve("backup");
    this.clock = clock;
  }

  /** The file, how large it is, and how many orders the trial found in it. */
  record Written(String file, long bytes, long orders, Instant at) {}

  Written write() {
    H2File database =
        H2File.of(environment.getProperty("spring.datasource.url"))
            .orElseThrow(
                () ->
                    new Conflict(
                        "数据在 MySQL/MariaDB 中，请用 mariadb-dump 或 mysqldump 备份，命令见 docs/backup.zh.md"));
    if (!one.tryLock()) {
      throw new Conflict("另一次备份正在进行，请等它结束");
    }
    try {
      return write(database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      one.unlock();
    }
  }

  private Written write(H2File database) throws IOException {
    Instant now = clock.instant();
    Files.createDirectories(folder);
    mustHaveRoom(database);
    long before = orders(jdbc);
    Path part = folder.resolve(NAME.format(now) + ".part");
    Path trial = Files.createTempDirectory(folder, "trial");
    try {
      jdbc.execute("BACKUP TO '" + part.toString().replace("'", "''") + "'");
      long orders = tried(part, trial);
      if (orders < before) {
        throw new IOException("the backup holds " + orders + " orders of " + before);
      }
      Path file = folder.resolve(NAME.format(now));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return new Written("backup/" + file.getFileName(), Files.size(file), orders, now);
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(trial.resolve(DATA));
      Files.deleteIfExists(trial);
    }
  }

  /** The copy and its trial are there beside the database for a moment. */
  private void mustHaveRoom(H2File database) throws IOException {
    long wanted = 2 * Files.size(database.data());
    if (folder.toFile().getUsableSpace() < wanted) {
      throw new Conflict("磁盘空间不足，备份需要 " + (wanted / 1_000_000 + 1) + " MB，请清理后重试");
    }
  }

  private static long orders(JdbcTemplate jdbc) {
    Long orders = jdbc.queryForObject("SELECT COUNT(*) FROM work_order", Long.class);
    return orders == null ? 0 : orders;
  }

  /** Restored beside, opened and counted: a backup that was never opened is none. */
  private long tried(Path zip, Path trial) throws IOException {
    Path copy = trial.resolve(DATA);
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.getName().endsWith(".mv.db")) {
          Files.copy(entries, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    H2File restored = new H2File(trial.resolve("hotline").toAbsolutePath());
    try (Connection connection =
            DriverManager.getConnection(
                restored.readOnly(),
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM work_order")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IOException("the backup cannot be opened", e);
    }
  }
}
