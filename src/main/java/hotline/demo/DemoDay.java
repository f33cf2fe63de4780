package hotline.demo;

import hotline.Actor;
import hotline.callback.Callbacks;
import hotline.callback.SmsReply;
import hotline.demo.process.DemoEngine;
import hotline.organisation.Organisation;
import hotline.outage.SampleOutages;
import hotline.platform.People;
import hotline.platform.Transactions;
import hotline.workorder.SampleCalls;
import hotline.workorder.WorkTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A day of sample calls and outages of each company in many states, taken and worked on by the demo
 * people through the product's own commands; once, for a company without orders.
 */
@Component
@Profile("demo")
class DemoDay implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(DemoDay.class);
  private static final Duration ROUND = Duration.ofMinutes(4);

  private final SampleCalls calls;
  private final SampleOutages outages;
  private final Transactions transactions;
  private final People people;
  private final Organisation organisation;
  private final Callbacks callbacks;
  private final DemoEngine engine;
  private final Clock clock;
  private final boolean wanted;
  private final Map<String, String> numbers = new HashMap<>();
  private boolean done;

  DemoDay(
      SampleCalls calls,
      SampleOutages outages,
      Transactions transactions,
      People people,
      Organisation organisation,
      Callbacks callbacks,
      DemoEngine engine,
      Clock clock,
      @Value("${hotline.demo.day:true}") boolean wanted) {
    this.calls = calls;
    this.outages = outages;
    this.transactions = transactions;
    this.people = people;
    this.organisation = organisation;
    this.callbacks = callbacks;
    this.engine = engine;
    this.clock = clock;
    this.wanted = wanted;
  }

  @Override
  public void start() {
    done = true;
    if (!wanted) {
      return;
    }
    List<SampleMove> day =
        organisation.ids().stream()
            .filter(company -> !calls.any(company))
            .flatMap(SampleMove::of)
            .sorted(Comparator.comparing(SampleMove::ago).reversed())
            .toList();
    if (day.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    try {
      Instant passed = now.minus(Duration.ofMinutes(day.get(0).ago()));
      engine.startAt(passed);
      for (SampleMove move : day) {
        passed = pass(passed, now.minus(Duration.ofMinutes(move.ago())), now);
        make(move, now);
      }
      pass(passed, now, now);
    } finally {
      engine.backToNow();
    }
    log.info("A day of {} sample calls and outages has been taken", numbers.size());
  }

  /** Time passes; somebody phones whom no mail has reached, but not in the last half hour. */
  private Instant pass(Instant passed, Instant until, Instant now) {
    Instant phoning = now.minus(Duration.ofMinutes(30));
    for (Instant next = passed.plus(ROUND); next.isBefore(until); next = next.plus(ROUND)) {
      engine.passUntil(next);
      if (next.isBefore(phoning)) {
        for (WorkTask task : calls.waiting("notify-by-phone")) {
          calls.does(
              people.actor(task.group()),
              task.orderNumber(),
              task.task(),
              Map.of("reachedPerson", "部门值班员"));
        }
      }
    }
    engine.passUntil(until);
    return until;
  }

  private void make(SampleMove move, Instant now) {
    Actor by = people.actor(move.company() + "." + move.by());
    Map<String, Object> with = moments(move.with(), now);
    with.computeIfPresent("outage", (name, key) -> number(move.company() + " " + key));
    switch (move.does()) {
      case "outage" -> numbers.put(move.key(), outages.report(by, move.company(), with));
      case "call" -> numbers.put(move.key(), calls.take(by, move.company(), with));
      case "receive-call" -> numbers.put(move.key(), calls.received(by, move.company(), with));
      case "sms" -> {
        SmsReply reply =
            new SmsReply(text(with, "from"), text(with, "text"), null, text(with, "messageId"));
        transactions.as(
            by,
            () -> {
              callbacks.smsReplied(by, reply);
              return reply;
            });
      }
      case "URGE", "WITHDRAW" ->
          calls.customerSays(by, number(move.key()), move.does(), text(with, "note"));
      default -> calls.does(by, number(move.key()), move.does(), with);
    }
  }

  private String number(String key) {
    return Objects.requireNonNull(numbers.get(key), key);
  }

  private static String text(Map<String, Object> with, String name) {
    return String.valueOf(with.get(name));
  }

  /** A moment is written as the time from now, such as +PT3H or -PT50M, cut to the full hour. */
  private static Map<String, Object> moments(Map<?, ?> with, Instant now) {
    Map<String, Object> resolved = new LinkedHashMap<>();
    with.forEach((name, value) -> resolved.put(String.valueOf(name), moment(value, now)));
    return resolved;
  }

  private static Object moment(Object value, Instant now) {
    if (value instanceof Map<?, ?> inner) {
      return moments(inner, now);
    }
    return value instanceof String text && text.matches("[+-]P.+")
        ? now.plus(Duration.parse(text)).truncatedTo(ChronoUnit.HOURS).toString()
        : value;
  }

  @Override
  public void stop() {
    done = false;
  }

  @Override
  public boolean isRunning() {
    return done;
  }

  /** After the models and the people, before the web server opens. */
  @Override
  public int getPhase() {
    return 10;
  }
}
