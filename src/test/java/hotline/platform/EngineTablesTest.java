package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.database.MariaServer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The tables as our migrations make them on each database, beside those that the engine would make
 * for itself.
 */
@DisplayName("建成的表：H2 和真实的 MariaDB")
class EngineTablesTest {
  /** Ours beside the engine's. */
  private static final Set<String> OWN_INDEXES =
      Set.of(
          "act_ru_task: parent_task_id_",
          "act_ru_task: priority_,due_date_,id_,assignee_,suspension_state_,tenant_id_",
          "act_ru_job: duedate_");

  private enum Product {
    H2("h2"),
    MARIADB("mysql");

    private final String dialect;
    private DriverManagerDataSource ours;
    private DriverManagerDataSource engines;

    Product(String dialect) {
      this.dialect = dialect;
    }

    ProcessEngine engine(DriverManagerDataSource database, String schemaUpdate) {
      StandaloneProcessEngineConfiguration configuration =
          new StandaloneProcessEngineConfiguration();
      configuration.setDataSource(database);
      configuration.setDatabaseType(dialect);
      configuration.setDatabaseSchemaUpdate(schemaUpdate);
      configuration.setProcessEngineName("tables-" + UUID.randomUUID());
      configuration.setSkipIsolationLevelCheck(true);
      configuration.setMetricsEnabled(false);
      return configuration.buildProcessEngine();
    }
  }

  @BeforeAll
  static void makeTheTables() {
    MariaServer server = MariaServer.shared();
    // a database that somebody made without a thought for the character set
    server.createDatabase("tables_ours", "latin1", "latin1_swedish_ci");
    Product.MARIADB.ours = maria(server, server.url("tables_ours"));
    Product.MARIADB.engines = maria(server, server.url(server.createDatabase("tables_engines")));
    Product.H2.ours = h2();
    Product.H2.engines = h2();
    for (Product product : Product.values()) {
      Flyway.configure()
          .dataSource(product.ours)
          .locations("classpath:db/migration")
          .javaMigrations(new V1__EngineTables())
          .load()
          .migrate();
      product.engine(product.engines, ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE).close();
    }
  }

  private static DriverManagerDataSource maria(MariaServer server, String url) {
    return new DriverManagerDataSource(
        url + "&nullDatabaseMeansCurrent=true", server.user(), server.password());
  }

  private static DriverManagerDataSource h2() {
    return new DriverManagerDataSource(
        "jdbc:h2:mem:" + UUID.randomUUID() + ";MODE=MySQL;DB_CLOSE_DELAY=-1");
  }

  @Test
  @DisplayName("MariaDB 上每张表、每个文字列都是 utf8mb4 和 utf8mb4_bin，即使数据库建成了 latin1")
  void everyTextIsUtf8mb4() {
    JdbcClient jdbc = JdbcClient.create(Product.MARIADB.ours);

    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(table_name, ' ', table_collation) FROM information_schema.tables
                    WHERE table_schema = DATABASE() AND table_collation <> 'utf8mb4_bin'
                      AND table_name <> 'flyway_schema_history'
                    """)
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(table_name, '.', column_name, ' ', collation_name)
                    FROM information_schema.columns
                    WHERE table_schema = DATABASE() AND collation_name IS NOT NULL
                      AND collation_name <> 'utf8mb4_bin' AND table_name <> 'flyway_schema_history'
                    """)
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns
                    WHERE table_schema = DATABASE() AND data_type = 'datetime'
                      AND datetime_precision <> 3 AND table_name <> 'flyway_schema_history'
                    """)
                .query(String.class)
                .list())
        .as("到毫秒的时刻")
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  @DisplayName("引擎的表、列和索引与引擎自己建的一致，另有我们的几个索引；引擎认得这个版本")
  void engineTablesAreTheEngines(Product product) {
    assertThat(columns(product.ours, true)).isEqualTo(columns(product.engines, true)).isNotEmpty();

    Set<String> indexes = indexes(product.ours, true);
    assertThat(indexes).containsAll(OWN_INDEXES);
    indexes.removeAll(OWN_INDEXES);
    assertThat(indexes).isEqualTo(indexes(product.engines, true)).isNotEmpty();

    product.engine(product.ours, ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE).close();
  }

  @Test
  @DisplayName("我们自己的表：两种数据库的列和索引相同")
  void ownTablesAreTheSame() {
    assertThat(names(columns(Product.MARIADB.ours, false)))
        .isEqualTo(names(columns(Product.H2.ours, false)))
        .isNotEmpty();
    assertThat(indexes(Product.MARIADB.ours, false))
        .isEqualTo(indexes(Product.H2.ours, false))
        .isNotEmpty();
  }

  private static Set<String> names(Set<String> columns) {
    Set<String> names = new TreeSet<>();
    columns.forEach(column -> names.add(column.replaceFirst(" .*", "")));
    return names;
  }

  /** As table.column type nullable. */
  private static Set<String> columns(DriverManagerDataSource database, boolean engines) {
    return new TreeSet<>(
        JdbcClient.create(database)
            .sql(
                """
                SELECT table_name, column_name, data_type, character_maximum_length, is_nullable
                FROM information_schema.columns WHERE table_schema IN ('PUBLIC', DATABASE())
                """)
            .query(
                (row, i) ->
                    "%s.%s %s %s %s"
                        .formatted(
                            row.getString(1).toLowerCase(Locale.ROOT),
                            row.getString(2).toLowerCase(Locale.ROOT),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)))
            .list()
            .stream()
            .filter(column -> isOf(engines, column))
            .toList());
  }

  /** As table: columns in their order. */
  private static Set<String> indexes(DriverManagerDataSource database, boolean engines) {
    String listed =
        database.getUrl().startsWith("jdbc:h2")
            ? """
              SELECT table_name, index_name,
                LISTAGG(column_name, ',') WITHIN GROUP (ORDER BY ordinal_position)
              FROM information_schema.index_columns WHERE table_schema = 'PUBLIC'
              GROUP BY table_name, index_name
              """
            : """
              SELECT table_name, index_name,
                GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ',')
              FROM information_schema.statistics WHERE table_schema = DATABASE()
              GROUP BY table_name, index_name
              """;
    return new TreeSet<>(
        JdbcClient.create(database)
            .sql(listed)
            .query(
                (row, i) -> (row.getString(1) + ": " + row.getString(3)).toLowerCase(Locale.ROOT))
            .list()
            .stream()
            .filter(index -> isOf(engines, index))
            .toList());
  }

  private static boolean isOf(boolean engines, String entry) {
    return entry.startsWith("act_") == engines && !entry.startsWith("flyway");
  }
}
