package hotline.outage;

import hotline.Sql;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outages as the record has them, for what the public sees of them. */
@TestComponent
class PublishedOutages {
  private final JdbcClient jdbc;
  private final PublicOutages outages;
  private final Clock clock;
  private int count;

  PublishedOutages(JdbcClient jdbc, PublicOutages outages, Clock clock) {
    this.jdbc = jdbc;
    this.outages = outages;
    this.clock = clock;
  }

  void none() {
    jdbc.sql("DELETE FROM outage").update();
    outages.changed();
  }

  /** This node publishes an outage: tomorrow 8 to 18, except for what is said otherwise. */
  String publish(Object... columns) {
    String number = anotherNodePublishes(columns);
    outages.changed();
    return number;
  }

  /** Another node publishes one; this node hears nothing of it. */
  String anotherNodePublishes(Object... columns) {
    String number = "T" + ++count;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("number", number);
    row.put("company", "yunfu-water");
    row.put("status", "ANNOUNCED");
    row.put("effect", "SHUTOFF");
    row.put("kind", "PLANNED");
    row.put("origin", "NETWORK");
    row.put("area", "世纪大道至解放路");
    row.put("districts", "yuncheng");
    row.put("places", "");
    row.put("start_at", "2026-11-27T08:00:00+08:00");
    row.put("end_at", "2026-11-27T18:00:00+08:00");
    row.put("affected_population", 5300);
    row.put("valves", "[]");
    row.put("main_road", false);
    row.put("key_customers", "[\"市人民医院\"]");
    row.put("reason", "管网改造");
    row.put("reporter", "张三");
    row.put("reported_at", Sql.utc(clock.instant()));
    row.put("reported_by", "yunfu-water.engineering");
    row.put("published_at", Sql.utc(clock.instant()));
    row.put("revision", 1);
    for (int i = 0; i < columns.length; i += 2) {
      row.put(String.valueOf(columns[i]), columns[i + 1]);
    }
    row.replaceAll(
        (column, given) ->
            column.endsWith("_at") && given instanceof String moment
                ? Sql.utc(OffsetDateTime.parse(moment).toInstant())
                : given);
    jdbc.sql(
            "INSERT INTO outage ("
                + String.join(", ", row.keySet())
                + ") VALUES (:"
                + String.join(", :", row.keySet())
                + ")")
        .params(row)
        .update();
    return number;
  }

  /** Another node changes what stands there. */
  void anotherNodeWrites(String number, String column, String text) {
    jdbc.sql("UPDATE outage SET " + column + " = :text WHERE number = :number")
        .param("text", text)
        .param("number", number)
        .update();
  }
}
