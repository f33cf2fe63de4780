package hotline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * What all our tables have in common: moments in UTC, to the millisecond, untouched by any driver's
 * time zone, and rows that are written together.
 */
public final class Sql {
  private Sql() {}

  public static LocalDateTime utc(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }

  public static @Nullable LocalDateTime utcOrNull(@Nullable Instant at) {
    return at == null ? null : utc(at);
  }

  /** The moment in the column; refuses a null, which a NOT NULL column never holds. */
  public static Instant at(ResultSet row, String column) throws SQLException {
    Instant at = atOrNull(row, column);
    if (at == null) {
      throw new SQLException(column + " is null");
    }
    return at;
  }

  public static @Nullable Instant atOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime at = row.getObject(column, LocalDateTime.class);
    return at == null ? null : at.toInstant(ZoneOffset.UTC);
  }

  /** Writes the rows in one go; none is no statement. */
  public static void batch(
      NamedParameterJdbcTemplate jdbc, String sql, List<? extends SqlParameterSource> rows) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
    }
  }
}
