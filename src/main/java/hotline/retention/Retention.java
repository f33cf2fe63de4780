package hotline.retention;

import hotline.Sql;
import hotline.platform.RunningInstances;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * At night the callers of what was closed long ago are made anonymous, and what is older still is
 * removed. What is open, has a task, or is held is not touched.
 */
@Component
public class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  /** Nothing was closed before. */
  private static final Found NONE = new Found(0, "", Instant.EPOCH);

  private final JdbcClient jdbc;
  private final Anonymising anonymising;
  private final Removal removal;
  private final RunningInstances engine;
  private final NightWatch watch;
  private final RetentionSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Retention(
      JdbcClient jdbc,
      Anonymising anonymising,
      Removal removal,
      RunningInstances engine,
      NightWatch watch,
      RetentionSettings settings,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.jdbc = jdbc;
    this.anonymising = anonymising;
    this.removal = removal;
    this.engine = engine;
    this.watch = watch;
    this.settings = settings;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** What one night has done. */
  public record Done(int anonymised, int removed) {
    private static final Done NOTHING = new Done(0, 0);
  }

  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void look() {
    Instant now = clock.instant();
    if (settings.isTime(now)) {
      try {
        work(settings.end(now));
      } catch (RuntimeException e) {
        log.error("The night's clean-up broke off: {}", e.getClass().getName());
      }
    }
  }

  /** Works until all is done or that moment has come; the rest waits for the next night. */
  public Done work(Instant end) {
    LocalDate night = clock.instant().atZone(settings.zone()).toLocalDate();
    BooleanSupplier turn = () -> clock.instant().isBefore(end) && watch.isOurs(night);
    if (!turn.getAsBoolean()) {
      return Done.NOTHING;
    }
    Instant now = clock.instant();
    Instant callersUntil = now.minus(settings.callers());
    Instant ordersUntil = now.minus(settings.orders());
    int removed =
        each(Records.ORDERS, ordersUntil, false, turn, removal::ofOrders)
            + each(Records.OUTAGES, ordersUntil, false, turn, removal::ofOutages)
            + each(Records.ANOMALIES, ordersUntil, false, turn, removal::ofAnomalies);
    int anonymised =
        each(Records.ORDERS, callersUntil, true, turn, n -> anonymising.ofOrders(n, now))
            + each(Records.OUTAGES, callersUntil, true, turn, n -> anonymising.ofOutages(n, now));
    if (turn.getAsBoolean()) {
      transaction.executeWithoutResult(status -> removal.ofUnknownSenders(callersUntil));
      watch.done(night);
    }
    if (removed + anonymised > 0) {
      log.info("Night's clean-up: {} records removed, {} made anonymous", removed, anonymised);
    }
    return new Done(anonymised, removed);
  }

  /** The records of one kind, oldest first, a batch in each transaction. */
  private int each(
      Records kind,
      Instant before,
      boolean stillNamed,
      BooleanSupplier turn,
      Consumer<List<String>> work) {
    int done = 0;
    Found last = NONE;
    boolean more = true;
    while (more && turn.getAsBoolean()) {
      Found after = last;
      Batch batch =
          Objects.requireNonNull(
              transaction.execute(
                  status -> {
                    Batch found = find(kind, after, before, stillNamed);
                    work.accept(found.free());
                    return found;
                  }));
      more = batch.found().size() == settings.batch();
      last = more ? batch.found().get(batch.found().size() - 1) : last;
      done += batch.free().size();
    }
    return done;
  }

  private record Found(long id, String number, Instant closedAt) {}

  /**
   * @param kept those that must stay, though they are old
   */
  private record Batch(List<Found> found, Set<String> kept) {
    private List<String> free() {
      return found.stream().map(Found::number).filter(number -> !kept.contains(number)).toList();
    }
  }

  /** Locked until the transaction ends, so that nobody holds what is being removed. */
  private Batch find(Records kind, Found last, Instant before, boolean stillNamed) {
    List<Found> found =
        jdbc.sql(kind.select(stillNamed))
            .param("from", Sql.utc(last.closedAt()))
            .param("last", last.id())
            .param("before", Sql.utc(before))
            .param("size", settings.batch())
            .query(
                (row, i) ->
                    new Found(
                        row.getLong("id"), row.getString("number"), Sql.at(row, kind.closedAt())))
            .list();
    return new Batch(found, kept(kind, found.stream().map(Found::number).toList()));
  }

  /** Those with an open task, a process that still runs, or a hold on what belongs to them. */
  private Set<String> kept(Records kind, List<String> numbers) {
    if (numbers.isEmpty()) {
      return Set.of();
    }
    Set<String> kept = engine.of(numbers);
    kept.addAll(
        among(
            "SELECT order_number FROM work_task WHERE order_number IN (:numbers) AND is_open = TRUE",
            numbers));
    if (!kind.keptByAnother().isEmpty()) {
      kept.addAll(among(kind.keptByAnother(), numbers));
    }
    return kept;
  }

  private List<String> among(String sql, List<String> numbers) {
    return jdbc.sql(sql).param("numbers", numbers).query(String.class).list();
  }
}
