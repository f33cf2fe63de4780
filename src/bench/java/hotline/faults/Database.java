package hotline.faults;

import hotline.database.MariaServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the orders of a run are kept, and how the checker reads them. */
interface Database {
  /** What a node must be told of it. */
  Map<String, String> settings();

  Connection connect() throws SQLException;

  /** Whether it can be read while a node runs. */
  boolean isShared();

  /** The file in the node's data folder. */
  static Database h2(Path home) {
    return new Database() {
      @Override
      public Map<String, String> settings() {
        return Map.of(
            "spring.profiles.active", "demo", "hotline.home", home.toAbsolutePath().toString());
      }

      @Override
      public Connection connect() throws SQLException {
        return DriverManager.getConnection(
            "jdbc:h2:file:"
                + home.toAbsolutePath().resolve("db/hotline")
                + ";MODE=MySQL;IFEXISTS=TRUE",
            "sa",
            "");
      }

      @Override
      public boolean isShared() {
        return false;
      }
    };
  }

  /** A server beside the nodes. */
  static Database on(MariaServer server) {
    return new Database() {
      @Override
      public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.profiles.active", "demo,mysql");
        for (String setting : server.settings(server.database())) {
          String[] named = setting.split("=", 2);
          settings.put(named[0], named[1]);
        }
        return settings;
      }

      @Override
      public Connection connect() throws SQLException {
        return server.connect();
      }

      @Override
      public boolean isShared() {
        return true;
      }
    };
  }
}
