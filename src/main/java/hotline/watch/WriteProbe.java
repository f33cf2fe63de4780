package hotline.watch;

import com.zaxxer.hikari.HikariDataSource;
import hotline.Sql;
import hotline.platform.H2File;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whether an order could be recorded now: a real write and commit on a connection of the pool, by
 * one thread, one at a time, so that a database that hangs costs the callers no more than a wait.
 */
@Component("writing")
class WriteProbe implements HealthIndicator, DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(WriteProbe.class);

  /** Rows of nodes that are no more. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final DataSource source;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final WatchSettings settings;
  private final String node = UUID.randomUUID().toString();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          probe -> {
            Thread worker = new Thread(probe, "write-probe");
            worker.setDaemon(true);
            return worker;
          });

  private CompletableFuture<Health> attempt =
      CompletableFuture.completedFuture(Health.down().build());
  private long begunAt;
  private boolean everBegun;
  private volatile boolean writable = true;

  WriteProbe(
      DataSource source,
      PlatformTransactionManager transactions,
      Clock clock,
      WatchSettings settings) {
    this.source = source;
    this.jdbc = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setTimeout((int) Math.max(1, settings.writeTimeout().toSeconds()));
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public Health health() {
    Attempt current = current();
    try {
      long left = settings.writeTimeout().toNanos() - (System.nanoTime() - current.begunAt);
      return current.answer.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return said(
          false, "数据库没有应答：写入已等待 " + (System.nanoTime() - current.begunAt) / 1_000_000_000 + " 秒");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.unknown().build();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Attempt(CompletableFuture<Health> answer, long begunAt) {}

  /** The attempt that runs, or the last one while its answer holds. */
  private synchronized Attempt current() {
    boolean old = System.nanoTime() - begunAt > settings.writeProbe().toNanos();
    if (attempt.isDone() && (old || !everBegun)) {
      everBegun = true;
      begunAt = System.nanoTime();
      attempt = CompletableFuture.supplyAsync(this::write, thread);
    } else if (!attempt.isDone()
        && !writable
        && System.nanoTime() - begunAt > settings.writeTimeout().toNanos()) {
      letGoOfClosedFile();
    }
    return new Attempt(attempt, begunAt);
  }

  private Health write() {
    try {
      transaction.executeWithoutResult(
          status -> {
            if (!update()) {
              jdbc.sql("DELETE FROM write_probe WHERE written_at < :before")
                  .param("before", Sql.utc(clock.instant().minus(FORGOTTEN)))
                  .update();
              jdbc.sql("INSERT INTO write_probe (node, written_at) VALUES (:node, :at)")
                  .param("node", node)
                  .param("at", Sql.utc(clock.instant()))
                  .update();
            }
          });
      return said(true, null);
    } catch (RuntimeException e) {
      letGoOfClosedFile();
      return said(false, "数据库不能写入：" + cause(e));
    }
  }

  /**
   * After a failed write H2 has closed the database, and opens its file anew only when the last
   * connection to the old one is gone.
   */
  private void letGoOfClosedFile() {
    if (source instanceof HikariDataSource pool && H2File.of(pool.getJdbcUrl()).isPresent()) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Also when nobody asks for the health: the meter stays true. */
  @Scheduled(fixedDelayString = "${hotline.watch.figures:PT30S}")
  void look() {
    current();
  }

  private boolean update() {
    return jdbc.sql("UPDATE write_probe SET written_at = :at WHERE node = :node")
            .param("at", Sql.utc(clock.instant()))
            .param("node", node)
            .update()
        == 1;
  }

  private Health said(boolean yes, @Nullable String why) {
    if (yes != writable) {
      writable = yes;
      if (yes) {
        log.warn("数据库又可以写入");
      } else {
        log.error("{}；本节点暂不接收请求", why);
      }
    }
    return yes ? Health.up().build() : Health.down().withDetail("原因", String.valueOf(why)).build();
  }

  boolean isWritable() {
    return writable;
  }

  /** The kind of fault, without its message, which may repeat what was written. */
  private static String cause(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  @Override
  public void destroy() {
    thread.shutdownNow();
  }
}
