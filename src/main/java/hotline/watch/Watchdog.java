package hotline.watch;

import hotline.Actor;
import hotline.outage.Outages;
import hotline.platform.LogContext;
import hotline.platform.Transactions;
import hotline.watch.process.OrderWithoutActorProcess;
import hotline.workorder.WorkOrderWithdrawn;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finds open orders and outages that nobody would act on (ALL-2), gives each to a person as a task,
 * and raises the alarm. Before that the order is held and looked at again, so that a step that is
 * just being done is not taken for a lost one; of several nodes one makes the task.
 */
@Component
class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  private static final int PAGE = 500;
  static final String TASK = "recover-order";

  private final LostOrders lost;
  private final OpenCases cases;
  private final WorkOrders orders;
  private final Outages outages;
  private final WorkTasks tasks;
  private final OrderWithoutActorProcess process;
  private final Transactions transactions;
  private final WatchSettings settings;
  private final Clock clock;
  private final Counter found;

  Watchdog(
      LostOrders lost,
      OpenCases cases,
      WorkOrders orders,
      Outages outages,
      WorkTasks tasks,
      OrderWithoutActorProcess process,
      Transactions transactions,
      WatchSettings settings,
      Clock clock,
      MeterRegistry registry) {
    this.lost = lost;
    this.cases = cases;
    this.orders = orders;
    this.outages = outages;
    this.tasks = tasks;
    this.process = process;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.found =
        Counter.builder("hotline.orders.without.actor.found")
            .description("值守发现的无人负责的工单和停供，累计")
            .register(registry);
  }

  @Scheduled(
      initialDelayString = "${hotline.watch.interval:PT5M}",
      fixedDelayString = "${hotline.watch.interval:PT5M}")
  void watch() {
    if (settings.watchdog()) {
      try {
        look();
      } catch (RuntimeException e) {
        log.error("值守中断，下一轮再查：{}", e.getClass().getName());
      }
    }
  }

  /** One round; answers how many tasks it made. */
  int look() {
    settle();
    int most = settings.mostTasks();
    int made = failed(most);
    made += lacking(false, most - made);
    return made + lacking(true, most - made);
  }

  private int failed(int most) {
    int made = 0;
    String after = "";
    List<String> page;
    do {
      page = lost.withFailedJobs(after, PAGE);
      for (String number : page) {
        after = number;
        if (made < most && tookUp(number)) {
          made++;
        }
      }
    } while (made < most && page.size() == PAGE);
    return made;
  }

  private int lacking(boolean ofOutages, int most) {
    int made = 0;
    long after = 0;
    List<Suspect> page;
    do {
      page = lost.page(ofOutages, after, PAGE);
      for (Suspect each : page) {
        after = each.id();
        if (each.lack() != null && made < most && tookUp(each.number())) {
          made++;
        }
      }
    } while (made < most && page.size() == PAGE);
    return made;
  }

  private boolean tookUp(String number) {
    try {
      Lack lack = takeUp(number);
      if (lack != null) {
        found.increment();
        try (MDC.MDCCloseable order = MDC.putCloseable(LogContext.ORDER, number)) {
          log.error("工单 {} 无人负责：{}；已生成任务“处理无人负责的工单”", number, lack.sentence());
        }
      }
      return lack != null;
    } catch (RuntimeException e) {
      log.error("工单 {} 可能无人负责，这一轮未能核实：{}", number, e.getClass().getName());
      return false;
    }
  }

  /** Once the order has been quiet for a while, holds it, looks again, and asks a person. */
  private @Nullable Lack takeUp(String number) {
    Instant now = clock.instant();
    if (lost.lackOf(number).isEmpty()
        || lost.lastEvent(number).plus(settings.grace()).isAfter(now)) {
      return null;
    }
    return transactions
        .<Optional<Lack>>as(
            Actor.SYSTEM,
            () -> {
              hold(number);
              Optional<Suspect> suspect = lost.lackOf(number);
              Lack lack = suspect.map(Suspect::lack).orElse(null);
              if (lack == null || !cases.open(suspect.orElseThrow(), lack, now)) {
                return Optional.empty();
              }
              ask(number, suspect.orElseThrow().company());
              note(number, "发现无人负责", lack.sentence());
              return Optional.of(lack);
            })
        .orElse(null);
  }

  private void ask(String number, String company) {
    process.actorMissing(number, company, company + ".service-manager," + company + ".dispatcher");
  }

  private void hold(String number) {
    if (Outages.owns(number)) {
      outages.hold(number);
    } else {
      orders.change(number, order -> {});
    }
  }

  private void note(String number, String verb, String text) {
    if (Outages.owns(number)) {
      outages.note(number, Actor.SYSTEM, verb, text);
    } else {
      orders.change(number, order -> order.note(Actor.SYSTEM, clock.instant(), verb, text, null));
    }
  }

  // ---- what was found before

  /** Ends what has become sound by itself, and asks again where the task was lost as well. */
  private void settle() {
    for (OpenCases.Case each : cases.all()) {
      String number = each.number();
      try {
        if (isSound(number) || !isAsked(number)) {
          transactions.as(Actor.SYSTEM, () -> settled(number));
        }
      } catch (RuntimeException e) {
        log.error("工单 {} 已在处理无人负责，这一轮未能核对：{}", number, e.getClass().getName());
      }
    }
  }

  /** Holds it and looks again: a person or another node may have been faster. */
  private boolean settled(String number) {
    hold(number);
    OpenCases.Case open = cases.find(number).orElse(null);
    if (open == null) {
      return false;
    }
    if (isSound(number)) {
      over(number);
      note(number, "已有人负责", "中断已自行消除");
    } else if (!isAsked(number)) {
      ask(number, open.company());
    }
    return true;
  }

  private boolean isSound(String number) {
    return lost.lackOf(number).isEmpty();
  }

  private boolean isAsked(String number) {
    return tasks.open(number).stream().anyMatch(task -> task.task().equals(TASK));
  }

  /** The customer has taken the matter back: nobody need act any more. */
  @EventListener
  void withdrawn(WorkOrderWithdrawn order) {
    if (cases.find(order.orderNumber()).isPresent()) {
      over(order.orderNumber());
    }
  }

  private void over(String number) {
    cases.close(number);
    process.actorFound(number);
  }
}
