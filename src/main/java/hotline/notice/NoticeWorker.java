package hotline.notice;

import hotline.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is queued: claims a notice and commits, sends it, records the answer and tells the
 * listeners in a second transaction; any number of nodes may do so side by side.
 *
 * <p>A notice without an answer is sent once more, marked; the second time without an answer it has
 * failed and a person must phone, so nobody gets it more than twice. PHONE notices are handed to a
 * person, and wait for no mail; the other channels without a {@link NoticeChannel} are never
 * touched.
 */
@Component
class NoticeWorker implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(NoticeWorker.class);

  private static final int BATCH = 200;
  private static final int SENDERS = 4;
  private static final ClassLoader SERVICES =
      new KnownServices(NoticeWorker.class.getClassLoader());

  /** A listener may lose against a person at the same order: the recording is tried again. */
  private static final int RECORDINGS = 3;

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

  private final JdbcClient jdbc;
  private final TransactionTemplate alone;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final ClaimClock claimClock;
  private final NoticeAttempts attempts;
  private final NoticeSettings settings;
  private final Map<Channel, NoticeChannel> channels;
  private final String name = UUID.randomUUID().toString();
  private final ThreadPoolExecutor calls;
  private final ThreadPoolExecutor mails;
  private final ThreadPoolExecutor senders;
  private volatile boolean closing;

  NoticeWorker(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ApplicationEventPublisher events,
      Clock clock,
      ClaimClock claimClock,
      NoticeAttempts attempts,
      List<NoticeChannel> channels,
      NoticeSettings settings) {
    this.jdbc = jdbc;
    this.alone = new TransactionTemplate(transactions);
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.events = events;
    this.clock = clock;
    this.claimClock = claimClock;
    this.attempts = attempts;
    this.settings = settings;
    this.channels =
        channels.stream().collect(Collectors.toMap(NoticeChannel::channel, Function.identity()));
    // One round runs, at most one more waits: it will see whatever was committed before it starts.
    this.calls = threads("notice-calls", 1, new ArrayBlockingQueue<>(1));
    this.mails = threads("notice-worker", 1, new ArrayBlockingQueue<>(1));
    this.senders = threads("notice-sender", SENDERS, new LinkedBlockingQueue<>());
  }

  private static ThreadPoolExecutor threads(
      String name, int most, BlockingQueue<Runnable> waiting) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            1,
            TimeUnit.MINUTES,
            waiting,
            task -> {
              Thread worker = new Thread(task, name);
              worker.setDaemon(true);
              worker.setContextClassLoader(SERVICES);
              return worker;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  @Scheduled(fixedDelayString = "${hotline.notice.poll:PT10S}")
  void poll() {
    wake(this::lookBackAndSend);
    channels.values().forEach(NoticeChannel::rest);
  }

  /**
   * Starts a round on the worker's own threads, so that slow servers hold up nobody; the calls,
   * which wait for no server, have one of their own.
   */
  void wake() {
    wake(this::send);
  }

  private void wake(Runnable sending) {
    if (settings.worker()) {
      calls.execute(() -> round(this::handOverCalls));
      mails.execute(() -> round(sending));
    }
  }

  private void round(Runnable work) {
    try {
      if (!closing) {
        work.run();
      }
    } catch (RuntimeException e) {
      log.error("The round of notices broke off: {}", cause(e));
    }
  }

  /** Deals with everything that is due now and answers how many notices that was. */
  public int work() {
    return handOverCalls() + lookBackAndSend();
  }

  /** Hands every call that is due to a person. */
  private int handOverCalls() {
    int handedOver = 0;
    long after = 0;
    List<Long> page;
    do {
      page = callsDue(after);
      for (long id : page) {
        after = id;
        if (!closing && handedOver(id)) {
          handedOver++;
        }
      }
    } while (page.size() == BATCH);
    return handedOver;
  }

  private List<Long> callsDue(long after) {
    return jdbc.sql(
            """
            SELECT id FROM notice
            WHERE status = 'PENDING' AND channel = 'PHONE' AND next_attempt_at <= :now AND id > :after
            ORDER BY id LIMIT
            """
                + BATCH)
        .param("now", Sql.utc(now()))
        .param("after", after)
        .query(Long.class)
        .list();
  }

  private int lookBackAndSend() {
    recordUnanswered();
    return send();
  }

  private int send() {
    int dealtWith = 0;
    boolean more;
    do {
      List<Due> batch = due();
      Done done = dealtWith(batch);
      dealtWith += done.notices();
      more = !closing && (done.dueAtOnce() || done.notices() > 0 && batch.size() == BATCH);
    } while (more);
    return dealtWith;
  }

  private record Done(int notices, boolean dueAtOnce) {
    private Done and(Done other) {
      return new Done(notices + other.notices, dueAtOnce || other.dueAtOnce);
    }
  }

  /**
   * Several at once, for a mail server may be slow; the notices of one order one after another. All
   * have come to an end when it answers, also when one broke off.
   */
  private Done dealtWith(List<Due> batch) {
    Done done = new Done(0, false);
    for (Future<Done> line : ended(batch)) {
      done = done.and(answer(line));
    }
    return done;
  }

  private List<Future<Done>> ended(List<Due> batch) {
    List<Callable<Done>> lines =
        batch.stream()
            .collect(
                Collectors.groupingBy(
                    due -> Math.floorMod(due.notice().orderNumber().hashCode(), SENDERS)))
            .values()
            .stream()
            .<Callable<Done>>map(line -> () -> inTurn(line))
            .toList();
    try {
      return senders.invokeAll(lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private Done inTurn(List<Due> line) {
    Done done = new Done(0, false);
    for (Due due : line) {
      if (!closing && dealtWith(due)) {
        done = done.and(new Done(1, due.unanswered()));
      }
    }
    return done;
  }

  private static Done answer(Future<Done> line) {
    try {
      return line.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Done(0, false);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw e.getCause() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getCause());
    }
  }

  private boolean dealtWith(Due due) {
    return due.unanswered() ? doubt(due.notice().id()) : deliver(due.notice());
  }

  /** Tells the listeners, once, of a call that a person must make. */
  private boolean handedOver(long id) {
    return recorded("Phone call", id, () -> handOver(id));
  }

  private void handOver(long id) {
    int mine =
        jdbc.sql(
                """
                UPDATE notice SET next_attempt_at = NULL
                WHERE id = :id AND status = 'PENDING' AND next_attempt_at IS NOT NULL
                """)
            .param("id", id)
            .update();
    if (mine == 1) {
      Notice call = read(id);
      events.publishEvent(
          new PhoneCallNeeded(
              id,
              call.company(),
              call.orderNumber(),
              call.round(),
              call.purpose(),
              call.receiverName()));
    }
  }

  /** Lets a notice that is just being sent get its answer recorded before the data source goes. */
  @Override
  public void destroy() throws InterruptedException {
    closing = true;
    long until = System.nanoTime() + LAST_ANSWERS.toNanos();
    boolean ended = true;
    // the senders after the round that gives them work
    for (ThreadPoolExecutor each : List.of(calls, mails, senders)) {
      each.shutdown();
      ended &= each.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
    if (!ended) {
      log.warn("A notice was still being sent at the end; it will be sent again, marked");
    }
  }

  private List<String> carried() {
    return channels.keySet().stream().map(Channel::name).toList();
  }

  private record Due(Notice notice, boolean unanswered) {}

  private List<Due> due() {
    return jdbc.sql(
            """
            SELECT * FROM notice
            WHERE status IN ('PENDING', 'UNKNOWN') AND channel IN (:channels)
              AND next_attempt_at <= :now AND (claimed_until IS NULL OR claimed_until < :claimed)
            ORDER BY next_attempt_at, id LIMIT
            """
                + BATCH)
        .param("channels", carried())
        .param("now", Sql.utc(now()))
        .param("claimed", Sql.utc(claimClock.now()))
        .query(
            (row, number) ->
                new Due(Notice.read(row, number), Sql.atOrNull(row, "claimed_until") != null))
        .list();
  }

  /** Claims, sends and records one notice; false when another worker was faster. */
  private boolean deliver(Notice due) {
    return orNextRound(
        "Notice",
        due.id(),
        () -> {
          if (!Boolean.TRUE.equals(alone.execute(status -> claim(due)))) {
            return false;
          }
          Notice notice = due.claimed();
          Answer answer = send(notice);
          Instant at = now();
          record(() -> record(notice, answer, at));
          return true;
        });
  }

  /** A claim that ended without an answer: the first time the notice is sent again at once. */
  private boolean doubt(long id) {
    return recorded(
        "Unanswered notice",
        id,
        () -> {
          Instant now = now();
          if (release(id, NoticeStatus.PENDING, NoticeStatus.UNKNOWN, now)) {
            attempts.append(id, now, AttemptOutcome.UNKNOWN, "发送中断，没有应答");
          } else if (release(id, NoticeStatus.UNKNOWN, NoticeStatus.FAILED, now)) {
            attempts.append(id, now, AttemptOutcome.UNKNOWN, "重发中断，没有应答");
            publishFailure(read(id), now);
          }
        });
  }

  /**
   * What was taken back while it was being sent, and whose sender is gone: that it was tried, and
   * got no answer, stays on the record.
   */
  private void recordUnanswered() {
    List<Long> ids =
        jdbc.sql(
                """
                SELECT id FROM notice
                WHERE status = 'CANCELLED' AND channel IN (:channels) AND next_attempt_at <= :now
                  AND claimed_until < :claimed
                ORDER BY id LIMIT
                """
                    + BATCH)
            .param("channels", carried())
            .param("now", Sql.utc(now()))
            .param("claimed", Sql.utc(claimClock.now()))
            .query(Long.class)
            .list();
    for (long id : ids) {
      recorded(
          "Taken-back notice",
          id,
          () -> {
            if (letGo(id)) {
              attempts.append(id, now(), AttemptOutcome.UNKNOWN, "发送中断，没有应答，已收回");
            }
          });
    }
  }

  private boolean letGo(long id) {
    return jdbc.sql(
                """
                UPDATE notice SET claimed_by = NULL, claimed_until = NULL, next_attempt_at = NULL
                WHERE id = :id AND status = 'CANCELLED' AND claimed_until < :claimed
                """)
            .param("id", id)
            .param("claimed", Sql.utc(claimClock.now()))
            .update()
        == 1;
  }

  private boolean release(long id, NoticeStatus from, NoticeStatus to, Instant now) {
    return jdbc.sql(
                """
                UPDATE notice
                SET status = :to, claimed_by = NULL, claimed_until = NULL, next_attempt_at = :next,
                  finished_at = :finished
                WHERE id = :id AND status = :from AND claimed_until < :claimed
                """)
            .param("id", id)
            .param("from", from.name())
            .param("to", to.name())
            .param("claimed", Sql.utc(claimClock.now()))
            .param("next", Sql.utcOrNull(to == NoticeStatus.FAILED ? null : now))
            .param("finished", Sql.utcOrNull(to == NoticeStatus.FAILED ? now : null))
            .update()
        == 1;
  }

  /** True when nobody was faster and nothing has changed. */
  private boolean claim(Notice notice) {
    Instant now = now();
    return jdbc.sql(
                """
                UPDATE notice
                SET claimed_by = :name, claimed_until = :until, attempts = attempts + 1
                WHERE id = :id AND status = :status AND attempts = :attempts
                  AND claimed_until IS NULL AND next_attempt_at <= :now
                """)
            .param("id", notice.id())
            .param("status", notice.status().name())
            .param("attempts", notice.attempts())
            .param("name", name)
            .param("until", Sql.utc(claimClock.now().plus(settings.claim())))
            .param("now", Sql.utc(now))
            .update()
        == 1;
  }

  private Notice read(long id) {
    return jdbc.sql("SELECT * FROM notice WHERE id = :id")
        .param("id", id)
        .query(Notice::read)
        .single();
  }

  private record Answer(AttemptOutcome outcome, String detail) {}

  private Answer send(Notice notice) {
    NoticeChannel channel = channels.get(notice.channel());
    if (channel == null) {
      throw new IllegalStateException("No channel carries " + notice.channel());
    }
    try {
      channel.send(notice);
      return new Answer(
          AttemptOutcome.SENT, notice.status() == NoticeStatus.UNKNOWN ? "已重发" : "已发送");
    } catch (NoticeNotSent e) {
      return new Answer(e.outcome(), e.detail());
    } catch (RuntimeException e) {
      log.error("Notice {} met a fault in its channel: {}", notice.id(), cause(e));
      return new Answer(AttemptOutcome.UNKNOWN, "程序错误 " + e.getClass().getSimpleName());
    }
  }

  /**
   * Records the answer if the claim is still ours; a late one, or one after a person has told the
   * receiver, is only added to the attempts. Of what was taken back meanwhile nobody is told: the
   * order may be with another department by now.
   */
  private void record(Notice notice, Answer answer, Instant at) {
    NoticeStatus status = statusAfter(notice, answer.outcome());
    boolean wanted = record(notice, status, at);
    boolean ours = wanted || recordTakenBack(notice, status, at);
    if (!ours && attempts.has(notice.id(), at, answer.outcome(), answer.detail())) {
      // recorded before, though the database died before it could say so
      return;
    }
    attempts.append(notice.id(), at, answer.outcome(), answer.detail());
    events.publishEvent(new NoticeAttempted(notice.channel(), answer.outcome().name()));
    if (wanted && status == NoticeStatus.SENT) {
      events.publishEvent(
          new NoticeSent(
              notice.id(),
              notice.company(),
              notice.orderNumber(),
              notice.round(),
              notice.purpose(),
              notice.channel(),
              at));
    } else if (wanted && status == NoticeStatus.FAILED) {
      publishFailure(notice, at);
    }
  }

  private boolean record(Notice notice, NoticeStatus status, Instant now) {
    boolean finished = status == NoticeStatus.SENT || status == NoticeStatus.FAILED;
    return answered(
        notice,
        List.of("PENDING", "UNKNOWN"),
        status.name(),
        finished ? null : now.plus(settings.retry().get(notice.attempts() - 1)),
        finished ? now : null);
  }

  private boolean recordTakenBack(Notice notice, NoticeStatus status, Instant now) {
    String after = status == NoticeStatus.SENT ? status.name() : "CANCELLED";
    return answered(notice, List.of("CANCELLED"), after, null, now);
  }

  private boolean answered(
      Notice notice,
      List<String> before,
      String status,
      @Nullable Instant next,
      @Nullable Instant finished) {
    return jdbc.sql(
                """
                UPDATE notice
                SET status = :status, claimed_by = NULL, claimed_until = NULL,
                  next_attempt_at = :next, finished_at = :finished
                WHERE id = :id AND claimed_by = :name AND attempts = :attempts
                  AND status IN (:before)
                """)
            .param("id", notice.id())
            .param("before", before)
            .param("status", status)
            .param("next", Sql.utcOrNull(next))
            .param("finished", Sql.utcOrNull(finished))
            .param("name", name)
            .param("attempts", notice.attempts())
            .update()
        == 1;
  }

  private NoticeStatus statusAfter(Notice notice, AttemptOutcome outcome) {
    boolean lastAttempt = notice.attempts() > settings.retry().size();
    return switch (outcome) {
      case SENT -> NoticeStatus.SENT;
      case NOT_SENT -> lastAttempt ? NoticeStatus.FAILED : notice.status();
      case UNKNOWN ->
          lastAttempt || notice.status() == NoticeStatus.UNKNOWN
              ? NoticeStatus.FAILED
              : NoticeStatus.UNKNOWN;
      case REFUSED -> NoticeStatus.FAILED;
      case DONE_BY_PERSON -> throw new IllegalArgumentException("No channel is a person");
    };
  }

  private void publishFailure(Notice notice, Instant now) {
    events.publishEvent(
        new NoticeFailed(
            notice.id(),
            notice.company(),
            notice.orderNumber(),
            notice.round(),
            notice.purpose(),
            notice.channel(),
            now,
            notice.receiverName()));
  }

  private void record(Runnable step) {
    for (int tries = 1; ; tries++) {
      try {
        alone.executeWithoutResult(status -> step.run());
        return;
      } catch (RuntimeException e) {
        if (tries == RECORDINGS || !paused(tries)) {
          throw e;
        }
      }
    }
  }

  private static boolean paused(int tries) {
    try {
      Thread.sleep(tries * ThreadLocalRandom.current().nextLong(50, 150));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether it could be recorded; else it is left to the next round. */
  private boolean recorded(String what, long id, Runnable step) {
    return orNextRound(
        what,
        id,
        () -> {
          record(step);
          return true;
        });
  }

  /** What another transaction holds comes free by itself; anything else somebody must look at. */
  private static boolean orNextRound(String what, long id, BooleanSupplier step) {
    try {
      return step.getAsBoolean();
    } catch (CannotCreateTransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      log.atLevel(e instanceof TransientDataAccessException ? Level.WARN : Level.ERROR)
          .log("{} {} is left to the next round: {}", what, id, cause(e));
      return false;
    }
  }

  /** Where a fault came from, without its message, which may repeat a person's data. */
  private static String cause(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    return fault.getClass().getName()
        + (root == fault ? "" : " by " + root.getClass().getName())
        + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
