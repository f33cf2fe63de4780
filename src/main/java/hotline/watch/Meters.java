package hotline.watch;

import hotline.notice.NoticeAttempted;
import hotline.notice.NoticeFailed;
import hotline.notice.NoticeFigures;
import hotline.watch.Figures.Count;
import hotline.workorder.WorkOrderReceived;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The figures as meters: counted once in a while and kept, so that a scrape or a look at the health
 * asks the database nothing.
 */
@Component
class Meters {
  private static final Logger log = LoggerFactory.getLogger(Meters.class);

  private final FigureRows rows;
  private final Clock clock;
  private final MeterRegistry registry;
  private final MultiGauge openOrders;
  private final MultiGauge overdueOrders;
  private final MultiGauge openTasks;
  private final MultiGauge unassignedTasks;
  private final MultiGauge outages;
  private final MultiGauge overdueDuties;
  private final MultiGauge notices;
  private final MultiGauge oldestNotices;
  private volatile @Nullable Figures figures;

  Meters(FigureRows rows, DiskSpace disk, WriteProbe probe, Clock clock, MeterRegistry registry) {
    this.rows = rows;
    this.clock = clock;
    this.registry = registry;
    openOrders = gauges("hotline.orders.open", "未办结的工单");
    overdueOrders = gauges("hotline.orders.overdue", "当前步骤已超期的未办结工单");
    openTasks = gauges("hotline.tasks.open", "待办任务");
    unassignedTasks = gauges("hotline.tasks.unassigned", "无人认领的待办任务");
    outages = gauges("hotline.outages.current", "尚未结束的停供");
    overdueDuties = gauges("hotline.outage.duties.overdue", "已超期的停供职责");
    notices = gauges("hotline.notices.waiting", "未发出或没有应答的通知，最多数到一万");
    oldestNotices = gauges("hotline.notices.oldest.due.seconds", "最早一条应发未发的通知已等多久");
    gauge("hotline.jobs.due", "到期而未执行的流程作业", Figures::jobsDue);
    gauge("hotline.jobs.oldest.due.seconds", "最早一个到期未执行的流程作业已等多久", this::oldestJob);
    gauge("hotline.incidents", "重试用完仍失败的流程作业", Figures::incidents);
    gauge("hotline.orders.without.actor", "发现无人负责、正等人处理的工单和停供", Figures::ordersWithoutActor);
    gauge("hotline.figures.age.seconds", "以上各数是多久以前数的", each -> age(each.at()));
    Gauge.builder("hotline.database.writable", probe, each -> each.isWritable() ? 1 : 0)
        .description("数据库可以写入为 1，否则为 0")
        .register(registry);
    for (String place : disk.places()) {
      Gauge.builder("hotline.disk.free.bytes", disk, each -> each.free(place))
          .tag("place", place)
          .description("可用磁盘空间")
          .register(registry);
    }
  }

  private MultiGauge gauges(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<Figures> of) {
    Gauge.builder(
            name,
            () -> {
              Figures last = figures;
              return last == null ? Double.NaN : of.applyAsDouble(last);
            })
        .description(description)
        .register(registry);
  }

  @Nullable Figures figures() {
    return figures;
  }

  /**
   * Counts anew; while the database does not answer the last figures stand, and their age grows.
   */
  @Scheduled(fixedDelayString = "${hotline.watch.figures:PT30S}")
  void count() {
    try {
      show(rows.count(clock.instant()));
    } catch (RuntimeException e) {
      log.warn("Orders, tasks and notices could not be counted: {}", e.getClass().getSimpleName());
    }
  }

  private void show(Figures now) {
    figures = now;
    show(openOrders, "department", now.openOrders());
    show(overdueOrders, "department", now.overdueOrders());
    show(openTasks, "group", now.openTasks());
    show(unassignedTasks, "group", now.unassignedTasks());
    show(outages, "status", now.outages());
    show(overdueDuties, "", now.overdueDuties());
    notices.register(
        now.notices().stream()
            .<MultiGauge.Row<?>>mapMulti(
                (waiting, row) -> {
                  row.accept(
                      MultiGauge.Row.of(
                          channel(waiting).and("status", "pending"), waiting.pending()));
                  row.accept(
                      MultiGauge.Row.of(
                          channel(waiting).and("status", "unknown"), waiting.unknown()));
                })
            .toList(),
        true);
    oldestNotices.register(
        now.notices().stream()
            .<MultiGauge.Row<?>>map(
                waiting -> MultiGauge.Row.of(channel(waiting), age(waiting.oldestDueAt())))
            .toList(),
        true);
  }

  private static Tags channel(NoticeFigures.Waiting waiting) {
    return Tags.of("channel", waiting.channel().name().toLowerCase(Locale.ROOT));
  }

  private static void show(MultiGauge gauges, String part, List<Count> counts) {
    gauges.register(
        counts.stream()
            .<MultiGauge.Row<?>>map(
                count -> {
                  Tags company = Tags.of("company", count.company());
                  return MultiGauge.Row.of(
                      part.isEmpty() ? company : company.and(part, count.part()), count.count());
                })
            .toList(),
        true);
  }

  private double oldestJob(Figures last) {
    return age(last.oldestJobDueAt());
  }

  /** Seconds since that moment; 0 when there is none or it is still to come. */
  double age(@Nullable Instant since) {
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
  }

  @TransactionalEventListener
  void received(WorkOrderReceived order) {
    registry
        .counter("hotline.orders.received", "company", order.company(), "channel", order.channel())
        .increment();
  }

  @TransactionalEventListener
  void attempted(NoticeAttempted notice) {
    registry
        .counter(
            "hotline.notice.attempts",
            "channel",
            notice.channel().name().toLowerCase(Locale.ROOT),
            "outcome",
            notice.outcome().toLowerCase(Locale.ROOT))
        .increment();
  }

  @TransactionalEventListener
  void failed(NoticeFailed notice) {
    registry
        .counter(
            "hotline.notices.failed", "channel", notice.channel().name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
