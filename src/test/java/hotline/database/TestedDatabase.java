package hotline.database;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.test.context.ActiveProfilesResolver;

/**
 * The database that a test runs on: H2, or with {@code -Ddatabase=mariadb} a real MariaDB server,
 * there with the product's own profile and URL for it. Each context and each outbox gets an empty
 * one of its own.
 */
public final class TestedDatabase
    implements ActiveProfilesResolver,
        ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final AtomicInteger MADE = new AtomicInteger();

  public static boolean isMariaDb() {
    return "mariadb".equals(System.getProperty("database"));
  }

  @Override
  public String[] resolve(Class<?> test) {
    return isMariaDb() ? new String[] {"demo", "mysql"} : new String[] {"demo"};
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(settings()).applyTo(context);
  }

  private static List<String> settings() {
    if (isMariaDb()) {
      MariaServer server = MariaServer.shared();
      return server.settings(server.createDatabase("test_" + MADE.incrementAndGet()));
    }
    return List.of(
        "spring.datasource.url=jdbc:h2:mem:"
            + UUID.randomUUID()
            + ";MODE=MySQL;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1");
  }

  /** Where words can stand, as characters or as bytes, named as the database names it. */
  public record Column(String table, String name, boolean bytes) {
    public boolean isOurs() {
      return !table.toUpperCase(Locale.ROOT).startsWith("ACT_");
    }

    /** What stands there, but for what is empty. */
    public List<String> texts(JdbcClient jdbc) {
      return jdbc.sql("SELECT " + name + " FROM " + table + " WHERE " + name + " IS NOT NULL")
          .query(
              (row, i) ->
                  bytes
                      ? new String(row.getBytes(1), StandardCharsets.UTF_8)
                      : String.valueOf(row.getString(1)))
          .list();
    }
  }

  /** Those of all tables, ours and the engine's, in the order of the tables. */
  public static List<Column> columns(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT table_name AS t, column_name AS c, LOWER(data_type) AS d
            FROM information_schema.columns
            WHERE table_schema IN ('PUBLIC', DATABASE()) AND table_name <> 'flyway_schema_history'
              AND (LOWER(data_type) LIKE '%char%' OR LOWER(data_type) LIKE '%text'
                OR LOWER(data_type) LIKE '%large object' OR LOWER(data_type) LIKE '%blob'
                OR LOWER(data_type) LIKE '%binary%' OR LOWER(data_type) = 'json')
            ORDER BY table_name, ordinal_position
            """)
        .query(
            (row, i) ->
                new Column(
                    row.getString("t"),
                    row.getString("c"),
                    row.getString("d").matches(".*(binary|blob).*")))
        .list();
  }

  /** Every text that stands in a table of ours. */
  public static List<String> everyText(JdbcClient jdbc) {
    return columns(jdbc).stream()
        .filter(Column::isOurs)
        .flatMap(column -> column.texts(jdbc).stream())
        .distinct()
        .toList();
  }

  /** One with nothing but the tables of these migrations, for tests of the data layer alone. */
  public static DriverManagerDataSource with(String... migrations) {
    DriverManagerDataSource database;
    if (isMariaDb()) {
      MariaServer server = MariaServer.shared();
      String name = server.createDatabase("test_" + MADE.incrementAndGet());
      database = new DriverManagerDataSource(server.url(name), server.user(), server.password());
    } else {
      database =
          new DriverManagerDataSource(
              "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DB_CLOSE_DELAY=-1");
    }
    for (String migration : migrations) {
      new ResourceDatabasePopulator(new ClassPathResource("db/migration/" + migration))
          .execute(database);
    }
    return database;
  }
}
