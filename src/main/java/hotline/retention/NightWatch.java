package hotline.retention;

import hotline.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One node at a time does the night's work, once a night; when it dies, another goes on after some
 * minutes.
 */
@Component
class NightWatch {
  private static final Duration CLAIM = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String name = UUID.randomUUID().toString();

  NightWatch(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Takes or keeps the turn; false when another has it or the night's work is done. */
  @Transactional
  boolean isOurs(LocalDate night) {
    Instant now = clock.instant();
    return jdbc.sql(
                """
                UPDATE nightly_work SET claimed_by = :me, claimed_until = :until
                WHERE name = 'retention' AND (claimed_by = :me OR claimed_until < :now)
                  AND (finished_on IS NULL OR finished_on <> :night)
                """)
            .param("me", name)
            .param("until", Sql.utc(now.plus(CLAIM)))
            .param("now", Sql.utc(now))
            .param("night", night)
            .update()
        == 1;
  }

  @Transactional
  void done(LocalDate night) {
    jdbc.sql(
            """
            UPDATE nightly_work SET finished_on = :night
            WHERE name = 'retention' AND claimed_by = :me
            """)
        .param("night", night)
        .param("me", name)
        .update();
  }
}
