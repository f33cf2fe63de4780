package hotline.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hotline.database.TestedDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

@Tag("mariadb")
@DisplayName("写探针：真的写一行并提交")
class WriteProbeTest {
  private static final Duration NOW = Duration.ofMillis(1);

  /** The writes that wait for a row. */
  private static final String BLOCKED =
      TestedDatabase.isMariaDb()
          ? "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"
          : "SELECT COUNT(*) FROM information_schema.sessions WHERE session_state = 'BLOCKED'";

  private DriverManagerDataSource database;
  private Connection other;
  private WriteProbe probe;

  @BeforeEach
  void database() throws Exception {
    database = TestedDatabase.with();
    database.setUrl(
        database.getUrl()
            + (TestedDatabase.isMariaDb()
                ? "&sessionVariables=innodb_lock_wait_timeout=60"
                : ";LOCK_TIMEOUT=60000"));
    other = database.getConnection();
    run("CREATE TABLE write_probe (node VARCHAR(40) PRIMARY KEY, written_at DATETIME(3) NOT NULL)");
  }

  @AfterEach
  void close() throws Exception {
    probe.destroy();
    other.close();
  }

  private WriteProbe probe(Duration holds) {
    return probe(holds, Duration.ofSeconds(30));
  }

  private WriteProbe probe(Duration holds, Duration longestWrite) {
    probe =
        new WriteProbe(
            database,
            new DataSourceTransactionManager(database),
            Clock.systemUTC(),
            new WatchSettings(
                true,
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                100,
                Duration.ofSeconds(30),
                holds,
                longestWrite,
                Duration.ofMinutes(2),
                Duration.ofMinutes(10),
                DataSize.ofGigabytes(1)));
    return probe;
  }

  private void run(String statement) throws Exception {
    try (Statement sql = other.createStatement()) {
      sql.execute(statement);
    }
  }

  private int count(String query) throws Exception {
    try (Statement sql = other.createStatement();
        var rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  @DisplayName("能写为 UP，一个节点只有一行")
  void writes() throws Exception {
    WriteProbe each = probe(NOW);
    for (int i = 0; i < 3; i++) {
      assertThat(each.health().getStatus()).isEqualTo(Status.UP);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(count("SELECT COUNT(*) FROM write_probe")).isEqualTo(1);
  }

  @Test
  @DisplayName("不能写为 DOWN，说明原因而不带内容；能写了又是 UP")
  void cannotWrite() throws Exception {
    WriteProbe each = probe(NOW);
    run("ALTER TABLE write_probe RENAME COLUMN written_at TO gone");
    Health down = each.health();
    assertThat(down.getStatus()).isEqualTo(Status.DOWN);
    assertThat(down.getDetails().get("原因").toString()).startsWith("数据库不能写入：");
    assertThat(each.isWritable()).isFalse();
    run("ALTER TABLE write_probe RENAME COLUMN gone TO written_at");
    TimeUnit.MILLISECONDS.sleep(5);
    assertThat(each.health().getStatus()).isEqualTo(Status.UP);
    assertThat(each.isWritable()).isTrue();
  }

  @Test
  @DisplayName("几秒内只写一次，其余看上次的结果")
  void cached() throws Exception {
    WriteProbe each = probe(Duration.ofMinutes(1));
    assertThat(each.health().getStatus()).isEqualTo(Status.UP);
    run("DROP TABLE write_probe");
    assertThat(each.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  @DisplayName("数据库没有应答：到时即答 DOWN，二十个检查不会堆成二十个写入；应答后又是 UP")
  void neverPilesUp() throws Exception {
    WriteProbe each = probe(NOW, Duration.ofSeconds(1));
    comesUp(each);
    other.setAutoCommit(false);
    run("UPDATE write_probe SET written_at = '2026-11-26 00:00:00'");
    TimeUnit.MILLISECONDS.sleep(5);
    ExecutorService callers = Executors.newFixedThreadPool(20);
    long begun = System.nanoTime();
    List<Future<Health>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(callers.submit(each::health));
    }
    int most = 0;
    while (!answers.stream().allMatch(Future::isDone)) {
      most = Math.max(most, count(BLOCKED));
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(most).isLessThanOrEqualTo(1);
    for (Future<Health> answer : answers) {
      assertThat(answer.get().getStatus()).isEqualTo(Status.DOWN);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    callers.shutdown();
    other.rollback();
    other.setAutoCommit(true);
    comesUp(each);
  }

  /** A first write may take longer than the second that it is given. */
  private static void comesUp(WriteProbe probe) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> probe.health().getStatus().equals(Status.UP));
  }
}
