package hotline.outage;

import hotline.AfterCommit;
import hotline.Sql;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The board of published outages, kept in memory so that a city that looks at once does not slow
 * the calls. A change of this node shows at once, one of another node within two seconds.
 */
@Component
public class PublicOutages {
  private static final Logger LOG = LoggerFactory.getLogger(PublicOutages.class);
  private static final Duration READ_AGAIN_AFTER = Duration.ofSeconds(2);
  private static final Duration SHOWN_WITHOUT_DATABASE = Duration.ofMinutes(1);
  private static final Duration SHOWN_AFTER_ITS_END = Duration.ofHours(24);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<String, Company> companies;
  private final AtomicLong changes = new AtomicLong();
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Reading last;

  PublicOutages(JdbcClient jdbc, Clock clock, Organisation organisation) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.companies =
        organisation.companies().stream().collect(Collectors.toMap(Company::id, c -> c));
  }

  /**
   * What the public may know, and the answers that were made of it.
   *
   * @param since when it was first read like this
   */
  record Board(
      Instant since, List<PublicOutage> outages, Map<String, ResponseEntity<byte[]>> answers) {
    private Board(Instant since, List<PublicOutage> outages) {
      this(since, outages, new ConcurrentHashMap<>());
    }

    /** The answer of that name, made when it is first asked for. */
    ResponseEntity<byte[]> answer(String name, Function<Board, ResponseEntity<byte[]>> made) {
      return answers.computeIfAbsent(name, first -> made.apply(this));
    }

    List<PublicOutage> of(List<Company> shown) {
      return outages.stream().filter(outage -> shown.contains(outage.company())).toList();
    }
  }

  /** When the board was last read, and how many changes of this node it knows. */
  private record Reading(Board board, Instant at, long change) {}

  /** What is published has changed, and is committed. */
  public void changed() {
    changes.incrementAndGet();
  }

  /** What is published changes with the running transaction; without one it has changed. */
  public void changedOnceCommitted() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      changed();
      return;
    }
    AfterCommit.then(this::changed);
  }

  /** One request reads; the others see the board as it was, or wait for a change they must see. */
  Board board() {
    Reading seen = last;
    if (seen != null && isCurrent(seen)) {
      return seen.board();
    }
    if (!hasTurn(seen)) {
      if (seen == null) {
        throw new QueryTimeoutException("the outages are still being read");
      }
      return seen.board();
    }
    try {
      seen = last;
      if (seen == null || !isCurrent(seen)) {
        seen = read(seen);
        last = seen;
      }
      return seen.board();
    } finally {
      turn.unlock();
    }
  }

  private boolean isCurrent(Reading seen) {
    Instant now = clock.instant();
    return seen.change() == changes.get()
        && !now.isBefore(seen.at())
        && now.isBefore(seen.at().plus(READ_AGAIN_AFTER));
  }

  private boolean hasTurn(@Nullable Reading seen) {
    boolean onlyAged = seen != null && seen.change() == changes.get();
    try {
      return onlyAged ? turn.tryLock() : turn.tryLock(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Reading read(@Nullable Reading before) {
    long change = changes.get();
    Instant now = clock.instant();
    try {
      List<PublicOutage> outages = published(now);
      Board board =
          before != null && before.board().outages().equals(outages)
              ? before.board()
              : new Board(now, outages);
      return new Reading(board, now, change);
    } catch (RuntimeException e) {
      if (before == null || now.isAfter(before.at().plus(SHOWN_WITHOUT_DATABASE))) {
        throw e;
      }
      LOG.warn("outages cannot be read, shown as before: {}", e.getClass().getName());
      return before;
    }
  }

  private List<PublicOutage> published(Instant now) {
    return jdbc
        .sql(PUBLISHED)
        .param("since", Sql.utc(now.minus(SHOWN_AFTER_ITS_END)))
        .query(
            (row, i) -> {
              Company company = companies.get(row.getString("company"));
              return company == null ? null : PublicOutage.read(row, company, now);
            })
        .list()
        .stream()
        .filter(outage -> outage != null)
        .sorted(PublicOutage.ORDER)
        .toList();
  }

  /** Both halves go through the index by end, which history does not slow. */
  static final String PUBLISHED =
      """
      SELECT company, number, effect, kind, area, districts, start_at, end_at, reason, measures,
        published_at, changed_at, change_note, restored_at, finished_at
      FROM outage WHERE finished_at IS NULL AND published_at IS NOT NULL
      UNION ALL
      SELECT company, number, effect, kind, area, districts, start_at, end_at, reason, measures,
        published_at, changed_at, change_note, restored_at, finished_at
      FROM outage WHERE finished_at > :since AND published_at IS NOT NULL
      """;
}
