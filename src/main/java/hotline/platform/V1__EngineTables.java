package hotline.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * The engine's own tables, made from the engine's scripts; on MySQL in utf8mb4, since its shipped
 * character set loses a call with a rare Han character, and with moments to the millisecond, since
 * MySQL would round a timer's due date down and ask for a promise before its time, over and over.
 */
@Component
class V1__EngineTables extends BaseJavaMigration {
  private static final String FOLDER = "org/camunda/bpm/engine/db/create/";
  private static final List<String> PARTS =
      List.of(
          "engine",
          "history",
          "identity",
          "case.engine",
          "case.history",
          "decision.engine",
          "decision.history");
  private static final Pattern CHARSET =
      Pattern.compile(
          "(?i)(ENGINE=InnoDB )?DEFAULT CHARSET=utf8(mb3)?\\s+COLLATE\\s+utf8(mb3)?_bin");
  private static final Pattern MOMENT = Pattern.compile("(?i)\\bdatetime\\b(?!\\()");

  @Override
  public void migrate(Context context) throws Exception {
    Connection connection = context.getConnection();
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    String dialect = product.contains("h2") ? "h2" : "mysql";
    for (String part : PARTS) {
      String script = read(FOLDER + "activiti." + dialect + ".create." + part + ".sql");
      if (!dialect.equals("h2")) {
        script = MOMENT.matcher(script).replaceAll("datetime(3)");
        script =
            CHARSET
                .matcher(script)
                .replaceAll(
                    "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE utf8mb4_bin");
      }
      run(connection, script);
    }
    // every completion looks for sub-tasks, and the engine ships no index for it
    run(connection, "create index HOTLINE_IDX_TASK_PARENT on ACT_RU_TASK(PARENT_TASK_ID_);");
  }

  private static void run(Connection connection, String script) {
    ScriptUtils.executeSqlScript(
        connection, new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = V1__EngineTables.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("missing in the engine's jar: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
