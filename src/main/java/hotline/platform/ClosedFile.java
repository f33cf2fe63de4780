package hotline.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * H2 closes its file when it cannot write, as on a full disk. Once there is space again the pool
 * opens it anew; where it stays closed, since the process itself holds the lock, the process ends
 * for whoever watches over it to start it again. Whatever was acknowledged is in the file.
 */
@Component
class ClosedFile {
  private static final Logger log = LoggerFactory.getLogger(ClosedFile.class);

  /** The database has been closed; its file is in use, and nobody but this process uses it. */
  private static final Set<Integer> FOR_GOOD = Set.of(90098, 90020);

  private static final int ENDED = 1;

  /** With a look every five seconds, five minutes: a full disk may be freed within them. */
  private static final int PATIENCE = 60;

  private final DataSource database;
  private final boolean isFile;
  private final Runnable end;
  private int closed;

  @Autowired
  ClosedFile(DataSource database, @Value("${spring.datasource.url}") String url) {
    // nothing could be recorded any more that an orderly stop would wait for
    this(database, url, () -> Runtime.getRuntime().halt(ENDED));
  }

  ClosedFile(DataSource database, String url, Runnable end) {
    this.database = database;
    this.isFile = H2File.of(url).isPresent();
    this.end = end;
  }

  @Scheduled(fixedDelay = 5000, initialDelay = 5000)
  void look() {
    if (!isFile) {
      return;
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
      closed = 0;
    } catch (SQLException e) {
      closed = isClosedForGood(e) ? closed + 1 : 0;
      if (closed == PATIENCE) {
        log.error("数据库文件写不进去，已被 H2 关闭（多半是磁盘满）：本进程就此结束，腾出空间后重新启动即可，已确认的工单都在");
        end.run();
      }
    }
  }

  private static boolean isClosedForGood(SQLException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql && FOR_GOOD.contains(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
  }
}
