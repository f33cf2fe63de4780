package hotline.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

@DisplayName("H2 数据库文件：残缺的不启动，也不动它")
class DatabaseFileCheckTest {
  private static final int ORDERS = 400;

  @TempDir Path home;
  private Path data;
  private Path note;

  @BeforeEach
  void paths() {
    in(home);
  }

  private void in(Path folder) {
    home = folder;
    data = home.resolve("hotline.mv.db");
    note = home.resolve("hotline.last-writes");
  }

  private String url() {
    return "jdbc:h2:file:" + home.resolve("hotline") + ";MODE=MySQL;WRITE_DELAY=0";
  }

  private void check() {
    DatabaseFileCheck check = new DatabaseFileCheck();
    check.setEnvironment(
        new MockEnvironment()
            .withProperty("spring.datasource.url", url())
            .withProperty("spring.datasource.username", "sa"));
    check.postProcessBeanFactory(new DefaultListableBeanFactory());
  }

  /** Order after order, each committed; the file as it is then, or after a clean end. */
  private void filled(boolean killed) throws SQLException, IOException {
    Path asKilled = home.resolve("as-killed");
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE work_order (number VARCHAR(32), version INT, text CLOB)");
      statement.execute("CREATE TABLE outage (number VARCHAR(32), revision INT)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO work_order VALUES (?, 3, ?)")) {
        for (int i = 0; i < ORDERS; i++) {
          insert.setString(1, "YF20261126-" + i);
          insert.setString(2, "路边漏水 𠮷 😀".repeat(20 + i % 50));
          insert.execute();
        }
      }
      Files.copy(data, asKilled);
      Files.writeString(note, "YF20261126-" + (ORDERS - 1) + " 3\n");
    }
    if (killed) {
      Files.move(asKilled, data, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void cutTo(long length) throws IOException {
    try (FileChannel file = FileChannel.open(data, StandardOpenOption.WRITE)) {
      file.truncate(length);
    }
  }

  private int orders() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM work_order")) {
      row.next();
      return row.getInt(1);
    }
  }

  @ParameterizedTest(name = "突然断电的文件={0}")
  @ValueSource(booleans = {true, false})
  @DisplayName("在任何长度截断：要么拒绝启动、原样不动，要么一单不少")
  void cutAnywhere(boolean killed) throws Exception {
    filled(killed);
    assertThatCode(this::check).doesNotThrowAnyException();
    byte[] whole = Files.readAllBytes(data);
    TreeSet<Long> lengths = new TreeSet<>();
    for (long cut :
        new long[] {0, 1, 4095, 4096, 8191, 8192, 8193, 12_288, 16_384, 20_479, 20_480}) {
      lengths.add(cut);
    }
    for (long missing : new long[] {1, 100, 4096, 8192, 65_536}) {
      lengths.add(Math.max(0, whole.length - missing));
    }
    for (int part = 1; part < 20; part++) {
      lengths.add(whole.length * (long) part / 20);
    }
    int refused = 0;
    Path first = home;
    byte[] written = Files.readAllBytes(note);
    for (long length : lengths) {
      // H2 keeps its lock on a file that it could not open until the process ends
      in(Files.createDirectory(first.resolve("cut-" + length)));
      Files.write(note, written);
      Files.write(data, whole);
      cutTo(length);
      try {
        check();
        assertThat(orders()).as("cut to " + length + " of " + whole.length).isEqualTo(ORDERS);
      } catch (DamagedDatabase e) {
        refused++;
        assertThat(Files.size(data)).as("not touched").isEqualTo(length);
        assertThat(e.advice()).contains("不要删除", "docs/backup.zh.md");
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  @DisplayName("H2 自己会悄悄退回旧的一单：只有旁边的记录能看出来")
  void fallsBackWithoutAWord() throws Exception {
    filled(true);
    cutTo(Files.size(data) - 1);
    assertThatThrownBy(this::check)
        .isInstanceOf(DamagedDatabase.class)
        .hasMessageContaining("YF20261126-" + (ORDERS - 1));
    Files.delete(note);
    assertThatCode(this::check).doesNotThrowAnyException();
    assertThat(orders()).isLessThan(ORDERS);
  }

  @Test
  @DisplayName("文件是旧的：有意恢复的，删除旁边的记录后即可启动；建议里写明")
  void olderBackup() throws Exception {
    filled(false);
    Files.writeString(note, "YF20261126-5 4\nYF20261126-6 3\n\n");
    assertThatThrownBy(this::check)
        .isInstanceOf(DamagedDatabase.class)
        .hasMessageContaining("YF20261126-5")
        .extracting(e -> ((DamagedDatabase) e).advice())
        .asString()
        .contains("请删除 " + note);
  }

  @Test
  @DisplayName("首次启动没有文件：可以；文件不见了而记录还在：不新建空库")
  void firstStartAndLostFile() throws Exception {
    assertThatCode(this::check).doesNotThrowAnyException();
    filled(false);
    Files.delete(data);
    assertThatThrownBy(this::check).isInstanceOf(DamagedDatabase.class).hasMessageContaining("不见了");
    assertThat(data).doesNotExist();
  }

  @Test
  @DisplayName("不是数据库的文件：不启动")
  void somethingElse() throws Exception {
    Files.write(data, new byte[100_000]);
    assertThatThrownBy(this::check).isInstanceOf(DamagedDatabase.class);
    assertThat(Files.size(data)).isEqualTo(100_000);
  }
}
