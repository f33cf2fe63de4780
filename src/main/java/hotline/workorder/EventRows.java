package hotline.workorder;

import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/** Lines of a record as rows: the tables of orders and outages have the same columns for them. */
public final class EventRows {
  private EventRows() {}

  public static Event event(ResultSet row, int i) throws SQLException {
    return new Event(
        Sql.at(row, "happened_at"),
        row.getString("acted_by"),
        row.getString("verb"),
        row.getString("note"),
        row.getString("article"));
  }

  /**
   * @param number of the order or the outage on whose record it stands
   */
  public static MapSqlParameterSource parameters(String number, Event event) {
    return new MapSqlParameterSource()
        .addValue("number", number)
        .addValue("happened_at", Sql.utc(event.at()))
        .addValue("acted_by", event.by())
        .addValue("verb", event.verb())
        .addValue("note", event.note())
        .addValue("article", event.article());
  }
}
