package hotline.workorder;

import hotline.database.MariaServer;
import hotline.notice.FussyMailServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB of the benchmark's own, with memory for what a storm leaves. */
final class BenchDatabase implements AutoCloseable {
  private final MariaServer server = MariaServer.start();

  BenchDatabase() throws SQLException {
    try (Connection connection = server.connect();
        Statement sql = connection.createStatement()) {
      sql.execute("SET GLOBAL innodb_buffer_pool_size = 2147483648");
    }
  }

  Connection connect() throws SQLException {
    return server.connect();
  }

  Duration cpu() {
    return server.cpu();
  }

  String create(String database) {
    return server.createDatabase(database);
  }

  /** The settings of a product with demo people and nothing else in a new database. */
  String[] product(String database, FussyMailServer mail) {
    List<String> settings = new ArrayList<>();
    for (String setting : server.settings(create(database))) {
      settings.add("--" + setting);
    }
    settings.add("--spring.profiles.active=demo,mysql");
    settings.add("--server.port=0");
    settings.add("--hotline.demo.day=false");
    settings.add("--hotline.home=target/bench");
    settings.add("--spring.mail.host=127.0.0.1");
    settings.add("--spring.mail.port=" + mail.port());
    return settings.toArray(String[]::new);
  }

  @Override
  public void close() {
    server.close();
  }
}
