package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.database.MariaServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The commands are those of docs/backup.zh.md, with this server's address put in. */
@DisplayName("备份与恢复（MariaDB）：照 backup.zh.md 的命令导出、导入到另一个库，接着办")
class DatabaseBackupTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String CLERK = "yunfu-water.business";
  private static final String WORDS = "备份前的来电 𠮷 😀";
  private static final int BEFORE = 25;

  @TempDir Path folder;

  private final MariaServer server = MariaServer.start();
  private final JdbcClient jdbc = tables(server.database());

  private JdbcClient tables(String database) {
    return JdbcClient.create(
        new DriverManagerDataSource(server.url(database), server.user(), server.password()));
  }

  private static JsonNode does(OwnProcess product, String number, Map<String, Object> fields)
      throws Exception {
    String task =
        product.read("/api/tasks?order=" + number, CLERK).path("items").path(0).path("id").asText();
    HttpResponse<String> answer = product.post("/api/tasks/" + task + "/complete", CLERK, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return OwnProcess.JSON.readTree(answer.body());
  }

  // ---- what the page says

  private static String page() throws Exception {
    return Files.readString(Path.of("docs/backup.zh.md"));
  }

  private static String onThePage(String pattern) throws Exception {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page());
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  /** The page's account for backups, with no right beyond those that the page names. */
  private void backupAccount() throws Exception {
    String rights = onThePage("账号只需要 `([A-Z, ]+)` 权限");
    assertThat(rights).contains("SELECT", "PROCESS").doesNotContain("ALL");
    jdbc.sql("CREATE USER 'saver'@'%' IDENTIFIED BY '" + server.password() + "'").update();
    jdbc.sql("GRANT " + rights + " ON *.* TO 'saver'@'%'").update();
  }

  private Path dump(String name) throws Exception {
    Path file = folder.resolve(name + ".sql.gz");
    run(
        onThePage("(mariadb-dump .*?\\| gzip) >")
            .replace("-u 账号", "-u saver")
            .concat(" > " + file));
    return file;
  }

  private void restore(Path file, String database) throws Exception {
    String made = onThePage("(CREATE DATABASE hotline2 [^;]+;)");
    jdbc.sql(made.replace("hotline2", database)).update();
    run(
        onThePage("3\\. 导入：`([^`]+)`")
            .replaceAll("gunzip -c \\S+", "gunzip -c " + file)
            .replace("-u 账号", "-u " + server.user())
            .replace("hotline2", database));
  }

  /** The server has no certificate, and the password is not typed. */
  private void run(String command) throws Exception {
    String here =
        command
            .replace("mariadb-dump ", "mariadb-dump --no-defaults --skip-ssl ")
            .replace("| mariadb ", "| mariadb --no-defaults --skip-ssl ")
            .replace("-h 主机", "-h " + server.host() + " -P " + server.port())
            .replace(" -p ", " ");
    assertThat(here).doesNotContain("主机", "账号");
    ProcessBuilder shell = new ProcessBuilder("bash", "-o", "pipefail", "-c", here);
    shell.environment().merge("PATH", server.programs() + ":", (old, own) -> own + old);
    shell.environment().put("MYSQL_PWD", server.password());
    Path said = folder.resolve("said");
    Process process = shell.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(here).isTrue();
    assertThat(process.exitValue()).as(here + "\n" + Files.readString(said)).isZero();
  }

  /** Rows and checksum of each table. */
  private Map<String, String> contents(String database) {
    JdbcClient tables = tables(database);
    Map<String, String> contents = new TreeMap<>();
    for (String table : tables.sql("SHOW TABLES").query(String.class).list()) {
      contents.put(
          table,
          tables.sql("SELECT COUNT(*) FROM `" + table + "`").query(String.class).single()
              + " "
              + tables
                  .sql("CHECKSUM TABLE `" + table + "` EXTENDED")
                  .query((row, i) -> row.getString(2))
                  .single());
    }
    return contents;
  }

  @Test
  @DisplayName("边受理边导出，之后断电：导入新库，导出前的工单都在，能继续办理和受理；停着导出的，每张表一行不差")
  void restoredElsewhere() throws Exception {
    backupAccount();
    List<String> before = new ArrayList<>();
    Path hot;
    try (server;
        OwnProcess product = OwnProcess.onDatabase(home("one"), server, server.database())) {
      product.start();
      for (int i = 0; i < BEFORE; i++) {
        before.add(product.taken(WORDS));
      }
      does(product, before.get(0), Map.of("outcome", "ACCEPT"));
      AtomicBoolean enough = new AtomicBoolean();
      List<Throwable> failures = new ArrayList<>();
      Thread calls =
          new Thread(
              () -> {
                while (!enough.get()) {
                  try {
                    product.taken(WORDS);
                  } catch (Exception | AssertionError e) {
                    failures.add(e);
                    return;
                  }
                }
              });
      calls.start();
      hot = dump("hot");
      enough.set(true);
      calls.join();
      assertThat(failures).isEmpty();
      product.kill();

      restore(dump("cold"), "hotline3");
      assertThat(contents("hotline3"))
          .containsKeys("work_order", "ACT_RU_TASK", "flyway_schema_history")
          .isEqualTo(contents(server.database()));

      restore(hot, "hotline2");
      goesOn(before);
    }
  }

  private Path home(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }

  private void goesOn(List<String> before) throws Exception {
    JdbcClient restored = tables("hotline2");
    assertThat(
            restored
                .sql(
                    """
                    SELECT COUNT(*) FROM work_order o WHERE NOT EXISTS
                      (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND is_open = TRUE)
                      OR NOT EXISTS
                      (SELECT 1 FROM ACT_RU_EXECUTION e WHERE e.BUSINESS_KEY_ = o.number)
                    """)
                .query(Integer.class)
                .single())
        .as("只导出了一半的工单")
        .isZero();
    try (OwnProcess product = OwnProcess.onDatabase(home("two"), server, "hotline2")) {
      product.start();
      for (String number : before) {
        JsonNode order = product.read("/api/work-orders/" + number, AGENT);
        assertThat(order.path("waitingFor")).as(number).isNotEmpty();
        assertThat(order.path("description").asText()).isEqualTo(WORDS);
      }
      assertThat(product.read("/api/work-orders/" + before.get(0), AGENT).path("status").asText())
          .isEqualTo("ACCEPTED");
      does(product, before.get(0), Map.of("note", "已联系"));
      JsonNode reported =
          does(product, before.get(0), Map.of("outcome", "DONE", "result", "已复核水表"));
      assertThat(reported.path("status").asText()).isEqualTo("CALLBACK");
      does(product, before.get(1), Map.of("outcome", "ACCEPT"));
      assertThat(before).doesNotContain(product.taken(WORDS));
    }
  }
}
