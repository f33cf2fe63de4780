package hotline.notice;

import hotline.Sql;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The append-only record of every attempt to tell somebody, without any person's data. */
@Component
class NoticeAttempts {
  private final JdbcClient jdbc;

  NoticeAttempts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void append(long noticeId, Instant at, AttemptOutcome outcome, String detail) {
    jdbc.sql(
            """
            INSERT INTO notice_attempt (notice_id, attempted_at, outcome, detail)
            VALUES (:notice, :at, :outcome, :detail)
            """)
        .param("notice", noticeId)
        .param("at", Sql.utc(at))
        .param("outcome", outcome.name())
        .param("detail", detail)
        .update();
  }

  boolean has(long noticeId, Instant at, AttemptOutcome outcome, String detail) {
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM notice_attempt
                WHERE notice_id = :notice AND attempted_at = :at AND outcome = :outcome
                  AND detail = :detail
                """)
            .param("notice", noticeId)
            .param("at", Sql.utc(at))
            .param("outcome", outcome.name())
            .param("detail", detail)
            .query(Integer.class)
            .single()
        > 0;
  }
}
