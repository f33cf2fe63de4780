package hotline.watch;

import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The orders that a person is to put right: one row each, whichever node found it. */
@Component
class OpenCases {
  private final JdbcClient jdbc;

  OpenCases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param lack what was found missing
   */
  record Case(String number, String company, Lack lack, Instant foundAt) {}

  /** False when it is open already, here or at another node. */
  @Transactional
  boolean open(Suspect suspect, Lack lack, Instant now) {
    try {
      jdbc.sql(
              """
              INSERT INTO order_without_actor (number, company, lack, found_at)
              VALUES (:number, :company, :lack, :at)
              """)
          .param("number", suspect.number())
          .param("company", suspect.company())
          .param("lack", lack.name())
          .param("at", Sql.utc(now))
          .update();
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  @Transactional
  void close(String number) {
    jdbc.sql("DELETE FROM order_without_actor WHERE number = :number")
        .param("number", number)
        .update();
  }

  Optional<Case> find(String number) {
    return jdbc.sql("SELECT * FROM order_without_actor WHERE number = :number")
        .param("number", number)
        .query((row, i) -> read(row))
        .optional();
  }

  List<Case> all() {
    return jdbc.sql("SELECT * FROM order_without_actor ORDER BY number")
        .query((row, i) -> read(row))
        .list();
  }

  private static Case read(ResultSet row) throws SQLException {
    return new Case(
        row.getString("number"),
        row.getString("company"),
        Lack.valueOf(row.getString("lack")),
        Sql.at(row, "found_at"));
  }
}
