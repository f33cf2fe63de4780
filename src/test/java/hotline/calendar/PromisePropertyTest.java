package hotline.calendar;

import static hotline.calendar.Times.CALENDAR;
import static hotline.calendar.Times.SHANGHAI;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.calendar.TimeLimit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Label("承诺的到期时间：暂停、改级、延期无论先后，结果相同（YF-9d）")
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // the edges that matter are in the domain
@Domain(CalendarArbitraries.class)
@Domain(DomainContext.Global.class)
class PromisePropertyTest {
  /** Early enough that no operation below is decided before it. */
  private static final Instant START = Times.at("2026-09-20 00:00");

  /** Something that happens to a promise; the text is for a failing sample. */
  record Event(String text, UnaryOperator<Promise> change) {
    @Override
    public String toString() {
      return text;
    }
  }

  @Provide
  Arbitrary<List<Event>> events() {
    Arbitrary<Event> pause =
        CalendarArbitraries.pauses()
            .map(p -> new Event(p.toString(), promise -> promise.withPause(p.from(), p.to())));
    // few moments, so that two decisions often fall on the same one
    Arbitrary<Instant> decisions =
        Arbitraries.integers().between(0, 5).map(hours -> START.plus(Duration.ofHours(hours)));
    Arbitrary<Event> regrade =
        Combinators.combine(Arbitraries.defaultFor(TimeLimit.class), decisions)
            .as((limit, at) -> new Event(limit + " at " + at, p -> p.regraded(limit, at)));
    Arbitrary<Event> extension =
        CalendarArbitraries.closeMoments()
            .map(until -> new Event("until " + until, promise -> promise.extended(until)));
    return Arbitraries.oneOf(pause, regrade, extension).list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Pause>> manyPauses() {
    return CalendarArbitraries.pauses().list().ofMaxSize(5);
  }

  @Provide
  Arbitrary<Instant> starts() {
    return CalendarArbitraries.closeMoments();
  }

  @Property
  @Label("任意先后次序得到同一本账，重复登记也不变")
  void anyOrderGivesTheSameLedger(
      @ForAll TimeLimit limit, @ForAll("events") List<Event> events, @ForAll Random random) {
    List<Event> shuffled = new ArrayList<>(events);
    shuffled.addAll(events);
    Collections.shuffle(shuffled, random);

    Promise inOrder = after(events, new Promise(START, limit));
    Promise inAnyOrder = after(shuffled, new Promise(START, limit));

    assertThat(inAnyOrder).isEqualTo(inOrder);
    assertThat(inAnyOrder.deadline(CALENDAR)).isEqualTo(inOrder.deadline(CALENDAR));
  }

  @Property
  @Label("起算越晚，到期不会更早，不论怎样暂停和延期")
  void aLaterStartIsNeverDueEarlier(
      @ForAll("starts") Instant one,
      @ForAll("starts") Instant other,
      @ForAll TimeLimit limit,
      @ForAll("manyPauses") List<Pause> pauses,
      @ForAll("starts") Instant until) {
    Instant earlier = one.isBefore(other) ? one : other;
    Instant later = one.isBefore(other) ? other : one;

    assertThat(new Promise(earlier, limit, pauses, until).deadline(CALENDAR).dueAt())
        .isBeforeOrEqualTo(new Promise(later, limit, pauses, until).deadline(CALENDAR).dueAt());
  }

  @Property
  @Label("多一次暂停或延期，到期不会更早")
  void aPauseOrExtensionNeverMakesItEarlier(
      @ForAll("starts") Instant from,
      @ForAll TimeLimit limit,
      @ForAll("manyPauses") List<Pause> pauses,
      @ForAll("starts") Instant one,
      @ForAll("starts") Instant until) {
    Promise promise = new Promise(from, limit, pauses, null);
    Instant due = promise.deadline(CALENDAR).dueAt();
    Instant pausedFrom = one.isBefore(until) ? one : until;
    Instant pausedTo = one.isBefore(until) ? until : one;

    assertThat(promise.withPause(pausedFrom, pausedTo).deadline(CALENDAR).dueAt())
        .isAfterOrEqualTo(due);
    assertThat(promise.extended(until).deadline(CALENDAR).dueAt())
        .isEqualTo(until.isAfter(due) ? until : due);
  }

  @Property
  @Label("到期总在起算之后；没有延期时，从不在暂停之中")
  void isNeverDueDuringAPause(
      @ForAll("starts") Instant from,
      @ForAll TimeLimit limit,
      @ForAll("manyPauses") List<Pause> pauses) {
    Instant due = new Promise(from, limit, pauses, null).deadline(CALENDAR).dueAt();

    assertThat(due).isAfter(from);
    assertThat(pauses).noneMatch(pause -> pause.from().isBefore(due) && !pause.to().isBefore(due));
  }

  @Property
  @Label("各段时间首尾相接，计入的段正好用完时限，不论怎样暂停和延期")
  void theStepsJustifyTheDueTime(@ForAll TimeLimit limit, @ForAll("events") List<Event> events) {
    Promise promise = after(events, new Promise(START, limit));

    Deadline deadline = promise.deadline(CALENDAR);

    Steps.assertContiguous(deadline, START);
    Steps.assertUseUp(deadline.steps(), promise.limit());
  }

  @Property
  @Label("与逐分钟、逐日核对暂停的另一算法一致")
  void agreesWithTheStopwatch(
      @ForAll("starts") Instant from,
      @ForAll TimeLimit limit,
      @ForAll("manyPauses") List<Pause> exactPauses) {
    Instant start = toMinute(from);
    List<Pause> pauses =
        exactPauses.stream()
            .map(pause -> new Pause(toMinute(pause.from()), toMinute(pause.to())))
            .toList();

    assertThat(new Promise(start, limit, pauses, null).deadline(CALENDAR).dueAt())
        .isEqualTo(
            limit.unit() == Unit.MINUTES || limit.unit() == Unit.HOURS
                ? byStopwatch(start, limit, pauses)
                : byCrossingOutDays(start, limit, pauses));
  }

  private static Instant byStopwatch(Instant start, TimeLimit limit, List<Pause> pauses) {
    long left = limit.unit() == Unit.HOURS ? limit.amount() * 60L : limit.amount();
    Instant minute = start;
    while (left > 0) {
      Instant now = minute;
      boolean paused =
          pauses.stream().anyMatch(p -> !now.isBefore(p.from()) && now.isBefore(p.to()));
      left -= paused ? 0 : 1;
      minute = minute.plusSeconds(60);
    }
    return minute;
  }

  private static Instant byCrossingOutDays(Instant start, TimeLimit limit, List<Pause> pauses) {
    LocalDate day = LocalDateTime.ofInstant(start, SHANGHAI).toLocalDate();
    while (isPaused(midnightAfter(day), pauses)) {
      day = day.plusDays(1);
    }
    Instant due = midnightAfter(day);
    int left = limit.amount();
    while (left > 0) {
      day = day.plusDays(1);
      boolean working = limit.unit() == Unit.WORKING_DAYS;
      Instant end = working ? day.atTime(17, 30).atZone(SHANGHAI).toInstant() : midnightAfter(day);
      boolean open = !working || Holidays.shipped().isWorkingDay(day);
      if (open && !isPaused(end, pauses)) {
        left--;
        due = end;
      }
    }
    return due;
  }

  private static boolean isPaused(Instant moment, List<Pause> pauses) {
    return pauses.stream().anyMatch(p -> p.from().isBefore(moment) && !p.to().isBefore(moment));
  }

  private static Instant midnightAfter(LocalDate day) {
    return day.plusDays(1).atStartOfDay(SHANGHAI).toInstant();
  }

  private static Instant toMinute(Instant moment) {
    return Instant.ofEpochSecond(moment.getEpochSecond() / 60 * 60);
  }

  private static Promise after(List<Event> events, Promise promise) {
    for (Event event : events) {
      promise = event.change().apply(promise);
    }
    return promise;
  }
}
