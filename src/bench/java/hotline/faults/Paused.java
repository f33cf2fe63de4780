package hotline.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of two nodes stands still for a while, and wakes as if nothing had been. */
final class Paused {
  /** By when a dead node's work is taken over. */
  private static final long TAKEN_OVER_SECONDS = 120;

  private Paused() {}

  static void run(Stage stage) throws Exception {
    Database maria = stage.maria();
    Node one = stage.node("one", maria).start();
    Node other = stage.node("other", maria).start();
    for (int seconds :
        Stream.of(System.getProperty("pauses", "10,70,300").split(",", -1))
            .mapToInt(Integer::parseInt)
            .toArray()) {
      long oldest = 0;
      Waiting waiting = new Waiting();
      int before;
      int meanwhile;
      try (Load load = new Load(stage.ledger, 8, one, other)) {
        TimeUnit.SECONDS.sleep(10);
        stage.result.hold(pausedWithinATransaction(one, maria), "it was never caught at work");
        before = stage.ledger.calls.size();
        Instant until = Instant.now().plusSeconds(seconds);
        while (Instant.now().isBefore(until)) {
          TimeUnit.SECONDS.sleep(1);
          oldest = Math.max(oldest, waiting.look(maria));
        }
        meanwhile = stage.ledger.calls.size() - before;
        one.wake();
        TimeUnit.SECONDS.sleep(10);
      }
      stage.result.figure(seconds + " s: calls taken meanwhile", meanwhile);
      stage.result.figure(seconds + " s: work left waiting at most s", oldest);
      stage.result.hold(meanwhile > 0, "no call was taken while one node stood still");
      stage.result.hold(
          oldest <= TAKEN_OVER_SECONDS,
          "work of the node that stood still for " + seconds + " s was left for " + oldest + " s");
    }
    // the engine's jobs wait for a row that the stopped node holds, and say so; a node that stood
    // still for long finds its connections gone when it wakes, and says that as well
    stage.check(maria, "Lock wait timeout exceeded", "数据库不能写入：SocketException");
  }

  /** At the worst moment: it holds rows that the other node wants, and its connections live on. */
  private static boolean pausedWithinATransaction(Node node, Database database) throws Exception {
    for (int tries = 0; tries < 100; tries++) {
      node.pause();
      // what the other node has in hand ends meanwhile
      long held = 1;
      for (int looks = 0; held > 0 && looks < 8; looks++) {
        TimeUnit.MILLISECONDS.sleep(250);
        held = Math.min(held, idleInTransaction(database));
      }
      if (held > 0) {
        return true;
      }
      node.wake();
      TimeUnit.MILLISECONDS.sleep(150);
    }
    return false;
  }

  /** Transactions that hold rows, and whose connection has nothing to do for two seconds. */
  private static long idleInTransaction(Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      return Checker.number(
          connection,
          """
          SELECT COUNT(*) FROM information_schema.INNODB_TRX t
          JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id
          WHERE t.trx_rows_modified > 0 AND p.COMMAND = 'Sleep'
          """);
    }
  }

  /** What was due when it was first looked at, and since when it has been seen waiting. */
  private static final class Waiting {
    private Map<String, Instant> since = new HashMap<>();

    /** For how many seconds the longest waiting timer or notice has been left. */
    long look(Database database) throws SQLException {
      Map<String, Instant> now = new HashMap<>();
      try (Connection connection = database.connect()) {
        Checker.rows(
            connection,
            """
            SELECT CONCAT('timer ', ID_) FROM ACT_RU_JOB WHERE RETRIES_ > 0 AND DUEDATE_ < '%s'
            UNION ALL
            SELECT CONCAT('notice ', id, ' ', attempts) FROM notice
            WHERE status IN ('PENDING', 'UNKNOWN') AND channel = 'EMAIL'
              AND next_attempt_at <= UTC_TIMESTAMP()
            """
                .formatted(new Timestamp(System.currentTimeMillis())),
            row -> now.put(row.getString(1), since.getOrDefault(row.getString(1), Instant.now())));
      }
      since = now;
      return now.values().stream()
          .mapToLong(first -> Duration.between(first, Instant.now()).toSeconds())
          .max()
          .orElse(0);
    }
  }
}
