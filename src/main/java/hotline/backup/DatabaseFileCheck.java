package hotline.backup;

import hotline.platform.H2File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Before anything opens the H2 file: of one that was cut short H2 makes an empty database, or falls
 * back to an older state, without a word. So it is read first, unchanged, and compared with the
 * note of what was written last.
 */
@Component
class DatabaseFileCheck implements BeanFactoryPostProcessor, EnvironmentAware {
  private static final Logger log = LoggerFactory.getLogger(DatabaseFileCheck.class);

  /** H2's own empty database; with less it would begin anew. */
  private static final long EMPTY = 20_480;

  private static final int IN_USE = 90020;
  private static final int NO_TABLE = 42102;
  private static final int NO_TABLE_IN_EMPTY = 42104;
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\d+)");

  private static final String RESTORE =
      "不要删除这个文件，先把它所在的整个目录改名保存；再把最近的备份解压到新的空目录后启动，步骤见 docs/backup.zh.md。"
          + "没有备份的，请带着保存的目录联系开发方恢复。";

  private Environment environment = new org.springframework.core.env.StandardEnvironment();

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    H2File.of(environment.getProperty("spring.datasource.url")).ifPresent(this::check);
  }

  private void check(H2File file) {
    Path data = file.data();
    Map<String, Long> written = written(file.lastWrites());
    if (!Files.exists(data)) {
      if (!written.isEmpty()) {
        throw new DamagedDatabase(
            data,
            "不见了，旁边却有它最后写入的记录（" + file.lastWrites().getFileName() + "）",
            "请确认 hotline.home 没有写错、磁盘已挂载。" + RESTORE);
      }
      log.warn("没有找到数据库文件，按首次启动新建：{}（不是首次启动的，请立即停下，检查 hotline.home）", data);
      return;
    }
    try {
      if (Files.size(data) < EMPTY) {
        throw new DamagedDatabase(data, "只剩 " + Files.size(data) + " 字节，已损坏", RESTORE);
      }
      List<String> missing = missing(file, written);
      if (!missing.isEmpty()) {
        throw new DamagedDatabase(
            data,
            "不完整：最后写入的 " + String.join("、", missing) + " 不在其中或是旧的",
            RESTORE + "如果这是您有意恢复的较早的备份，请删除 " + file.lastWrites() + " 后再启动。");
      }
    } catch (IOException e) {
      throw new DamagedDatabase(data, "读不出来", "请检查文件和目录的权限、磁盘是否正常。" + RESTORE, e);
    } catch (SQLException e) {
      if (e.getErrorCode() != IN_USE) {
        throw new DamagedDatabase(data, "已损坏，打不开", RESTORE, e);
      }
    }
  }

  private static Map<String, Long> written(Path note) {
    Map<String, Long> written = new LinkedHashMap<>();
    try {
      if (Files.exists(note)) {
        for (String line :
            new String(Files.readAllBytes(note), StandardCharsets.UTF_8).split("\n")) {
          Matcher found = LINE.matcher(line);
          if (found.matches()) {
            written.put(found.group(1), Long.valueOf(found.group(2)));
          }
        }
      }
    } catch (IOException e) {
      log.warn("The note of the last writes cannot be read: {}", e.getClass().getName());
    }
    return written;
  }

  /** Those of the last writes that the database does not have. */
  private List<String> missing(H2File file, Map<String, Long> written) throws SQLException {
    List<String> missing = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                file.readOnly(),
                environment.getProperty("spring.datasource.username", ""),
                environment.getProperty("spring.datasource.password", ""));
        PreparedStatement look =
            connection.prepareStatement(
                "SELECT version FROM work_order WHERE number = ?"
                    + " UNION ALL SELECT revision FROM outage WHERE number = ?")) {
      for (Map.Entry<String, Long> one : written.entrySet()) {
        look.setString(1, one.getKey());
        look.setString(2, one.getKey());
        try (ResultSet row = look.executeQuery()) {
          if (!row.next() || row.getLong(1) < one.getValue()) {
            missing.add(one.getKey());
          }
        }
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_TABLE && e.getErrorCode() != NO_TABLE_IN_EMPTY) {
        throw e;
      }
      // a first start that was broken off, unless something had been written
      missing.addAll(written.keySet());
    }
    return missing;
  }
}
