package hotline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

@DisplayName("写探针：真的写一行并提交")
class WriteProbeTest {
  private static final Duration NOW = Duration.ofMillis(1);

  @TempDir Path folder;
  private String url;
  private Connection other;
  private WriteProbe probe;

  @BeforeEach
  void database() throws Exception {
    url = "jdbc:h2:file:" + folder.resolve("probe") + ";MODE=MySQL;LOCK_TIMEOUT=60000";
    other = DriverManager.getConnection(url);
    try (Statement sql = other.createStatement()) {
      sql.execute(
          "CREATE TABLE write_probe (node VARCHAR(40) PRIMARY KEY, written_at DATETIME(3))");
    }
  }

  @AfterEach
  void close() throws Exception {
    probe.destroy();
    other.close();
  }

  private WriteProbe probe(Duration holds) {
    DriverManagerDataSource source = new DriverManagerDataSource(url);
    probe =
        new WriteProbe(
            source,
            new DataSourceTransactionManager(source),
            Clock.systemUTC(),
            new WatchSettings(
                true,
                Duration.ofMinutes(2),
                Duration.ofMinutes(30),
                100,
                Duration.ofSeconds(30),
                holds,
                Duration.ofSeconds(1),
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

  private int rows() throws Exception {
    try (Statement sql = other.createStatement();
        var rows = sql.executeQuery("SELECT COUNT(*) FROM write_probe")) {
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
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  @DisplayName("不能写为 DOWN，说明原因而不带内容；能写了又是 UP")
  void cannotWrite() throws Exception {
    WriteProbe each = probe(NOW);
    run("ALTER TABLE write_probe ALTER COLUMN written_at VARCHAR(1)");
    Health down = each.health();
    assertThat(down.getStatus()).isEqualTo(Status.DOWN);
    assertThat(down.getDetails().get("原因").toString()).startsWith("数据库不能写入：");
    assertThat(each.isWritable()).isFalse();
    run("ALTER TABLE write_probe ALTER COLUMN written_at DATETIME(3)");
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
    WriteProbe each = probe(NOW);
    assertThat(each.health().getStatus()).isEqualTo(Status.UP);
    other.setAutoCommit(false);
    run("UPDATE write_probe SET written_at = NULL");
    TimeUnit.MILLISECONDS.sleep(5);
    ExecutorService callers = Executors.newFixedThreadPool(20);
    long begun = System.nanoTime();
    List<Future<Health>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(callers.submit(each::health));
    }
    for (Future<Health> answer : answers) {
      assertThat(answer.get().getStatus()).isEqualTo(Status.DOWN);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    try (Statement sql = other.createStatement();
        var sessions =
            sql.executeQuery(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_STATE = 'BLOCKED'")) {
      sessions.next();
      assertThat(sessions.getInt(1)).isLessThanOrEqualTo(1);
    }
    callers.shutdown();
    other.rollback();
    other.setAutoCommit(true);
    for (int waited = 0; waited < 100 && !each.health().getStatus().equals(Status.UP); waited++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(each.health().getStatus()).isEqualTo(Status.UP);
  }
}
