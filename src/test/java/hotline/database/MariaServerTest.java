package hotline.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the other tests take for granted of their server. */
@DisplayName("测试自带的 MariaDB 服务器")
class MariaServerTest {

  @Test
  @DisplayName("自行启动；被杀后在原数据上再启动，已提交的都在；关闭后不留痕迹")
  void keepsWhatWasCommitted() throws Exception {
    Path folder;
    try (MariaServer server = MariaServer.start()) {
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (word VARCHAR(10))");
        statement.execute("INSERT INTO kept VALUES ('𠮷😀')");
      }

      server.kill();
      assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
      server.startAgain();

      try (Connection connection = server.connect();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT word, @@datadir FROM kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("𠮷😀");
        folder = Path.of(rows.getString(2));
      }
    }
    assertThat(Files.exists(folder)).isFalse();
  }
}
