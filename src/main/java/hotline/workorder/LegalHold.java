package hotline.workorder;

import hotline.Conflict;
import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 保全: somebody may need the record of an order or an outage as it is, so nothing of it is removed
 * or made anonymous, however old it gets.
 */
public record LegalHold(Instant at, String by, String reason) {
  public static final String VERB = "保全";
  public static final String LIFTED = "解除保全";

  /** What stands instead of the caller's name, number, place and words once they are removed. */
  public static final String ANONYMOUS = "已按保存期限去除个人信息";

  private static final int LONGEST_REASON = 1000;

  /** Why the record must stay as it is, as outside systems send it. */
  public record Asked(@Nullable String reason) {}

  /** As somebody asks for it; refused without a reason, or when there is one already. */
  public static LegalHold asked(
      String number, @Nullable LegalHold present, String by, Instant at, @Nullable String reason) {
    String why = Text.required("reason", "保全原因", reason, LONGEST_REASON);
    if (present != null) {
      throw new Conflict(number + "已在保全中，无需重复；要改原因的请先解除");
    }
    return new LegalHold(at, by, why);
  }

  /** Refused when nothing is held. */
  public static void mustBe(String number, @Nullable LegalHold present) {
    if (present == null) {
      throw new Conflict(number + "没有保全，无需解除");
    }
  }

  public static @Nullable LegalHold read(ResultSet row) throws SQLException {
    Instant at = Sql.atOrNull(row, "held_at");
    return at == null
        ? null
        : new LegalHold(at, row.getString("held_by"), row.getString("hold_reason"));
  }

  /** Orders and outages have the same columns for it. */
  public static void write(JdbcClient jdbc, String table, String number, @Nullable LegalHold hold) {
    jdbc.sql(
            "UPDATE "
                + table
                + " SET held_at = :at, held_by = :by, hold_reason = :reason WHERE number = :number")
        .param("at", hold == null ? null : Sql.utc(hold.at()))
        .param("by", hold == null ? null : hold.by())
        .param("reason", hold == null ? null : hold.reason())
        .param("number", number)
        .update();
  }
}
