package hotline.database;

import java.util.ArrayList;
import java.util.List;
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

  /** Every text that stands in a table of ours. */
  public static List<String> everyText(JdbcClient jdbc) {
    List<String> texts = new ArrayList<>();
    jdbc.sql(
            """
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema IN ('PUBLIC', DATABASE()) AND table_name NOT LIKE 'ACT\\_%'
              AND table_name <> 'flyway_schema_history'
              AND LOWER(data_type) IN ('character varying', 'character large object', 'varchar',
                'text', 'mediumtext', 'longtext')
            """)
        .query(
            (row, i) ->
                "SELECT DISTINCT "
                    + row.getString("column_name")
                    + " FROM "
                    + row.getString("table_name")
                    + " WHERE "
                    + row.getString("column_name")
                    + " IS NOT NULL")
        .list()
        .forEach(column -> texts.addAll(jdbc.sql(column).query(String.class).list()));
    return texts;
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
