package hotline.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The time by which the nodes' claims are judged: the database's, for a node whose own clock is
 * ahead would take what another is just sending for unanswered, and send it again.
 */
@Component
class ClaimClock {
  private static final long GOOD_FOR = Duration.ofSeconds(10).toNanos();

  private final JdbcClient jdbc;
  private Instant told = Instant.EPOCH;
  private long toldAt;

  ClaimClock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In whole seconds right after it was asked, which it is a few times a minute. */
  synchronized Instant now() {
    long since = System.nanoTime() - toldAt;
    if (told.equals(Instant.EPOCH) || since > GOOD_FOR) {
      told = Instant.ofEpochSecond(jdbc.sql("SELECT UNIX_TIMESTAMP()").query(Long.class).single());
      toldAt = System.nanoTime();
      since = 0;
    }
    return told.plusNanos(since).truncatedTo(ChronoUnit.MILLIS);
  }
}
