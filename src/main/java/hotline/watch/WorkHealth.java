package hotline.watch;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Whether what is due gets done: timers, notices, orders. None of it is better without this node,
 * so it only warns and never takes the node out of service.
 */
@Component("work")
class WorkHealth implements HealthIndicator {
  static final Status WARNING = new Status("WARNING", "要有人看一看，服务照常");

  private final Meters meters;
  private final WatchSettings settings;

  WorkHealth(Meters meters, WatchSettings settings) {
    this.meters = meters;
    this.settings = settings;
  }

  @Override
  public Health health() {
    Figures now = meters.figures();
    if (now == null) {
      return Health.unknown().withDetail("说明", "刚启动，还没有数过").build();
    }
    Health.Builder health = Health.up();
    if (meters.age(now.at()) > 4 * settings.figures().toSeconds() + 60) {
      health.status(WARNING);
      health.withDetail("数字已旧", seconds(now.at()));
    }
    late(health, "流程作业", now.oldestJobDueAt(), settings.jobsLate());
    now.notices()
        .forEach(
            waiting ->
                late(
                    health,
                    "通知 " + waiting.channel(),
                    waiting.oldestDueAt(),
                    settings.noticesLate()));
    if (now.incidents() > 0) {
      health.status(WARNING);
    }
    if (now.ordersWithoutActor() > 0) {
      health.status(WARNING);
    }
    return health
        .withDetail("失败的流程作业", now.incidents())
        .withDetail("无人负责的工单", now.ordersWithoutActor())
        .build();
  }

  private void late(Health.Builder health, String what, @Nullable Instant since, Duration most) {
    if (meters.age(since) > most.toSeconds()) {
      health.status(WARNING);
      health.withDetail(what + " 已等待", seconds(since));
    }
  }

  private String seconds(@Nullable Instant since) {
    return (long) meters.age(since) + " 秒";
  }
}
