package hotline.calendar;

import hotline.calendar.TimeLimit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Moments, limits and pauses for the properties: often on the edges of days and office hours. */
class CalendarArbitraries extends DomainContextBase {
  private static final List<Duration> EDGES =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(1),
          Duration.ofHours(8),
          Duration.ofHours(10),
          Duration.ofMinutes(17 * 60 + 30).minusMillis(1),
          Duration.ofMinutes(17 * 60 + 30),
          Duration.ofMinutes(17 * 60 + 30).plusMillis(1),
          Duration.ofHours(24).minusMillis(1));

  @Provide
  Arbitrary<Instant> moments() {
    return momentsBetween(LocalDate.of(2024, 1, 1), LocalDate.of(2027, 3, 31));
  }

  @Provide
  Arbitrary<TimeLimit> limits() {
    return Arbitraries.oneOf(
        limits(Unit.MINUTES, 3000),
        limits(Unit.HOURS, 120),
        limits(Unit.DAYS, 15),
        limits(Unit.WORKING_DAYS, 15),
        Arbitraries.just(new TimeLimit(Unit.SAME_DAY, 0)));
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of("Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu")
        .map(ZoneId::of);
  }

  /** In the first weeks after 2026-09-20, so that several of them meet one promise. */
  static Arbitrary<Instant> closeMoments() {
    return momentsBetween(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 20));
  }

  static Arbitrary<Pause> pauses() {
    return Combinators.combine(closeMoments(), closeMoments())
        .as((one, other) -> one.isBefore(other) ? new Pause(one, other) : new Pause(other, one));
  }

  private static Arbitrary<TimeLimit> limits(Unit unit, int most) {
    return Arbitraries.integers().between(1, most).map(amount -> new TimeLimit(unit, amount));
  }

  private static Arbitrary<Instant> momentsBetween(LocalDate first, LocalDate last) {
    Arbitrary<LocalDate> days =
        Arbitraries.longs()
            .between(first.toEpochDay(), last.toEpochDay())
            .map(LocalDate::ofEpochDay);
    Arbitrary<Duration> times =
        Arbitraries.oneOf(
            Arbitraries.of(EDGES),
            Arbitraries.longs().between(0, 86_399_999).map(Duration::ofMillis));
    return Combinators.combine(days, times)
        .as((day, time) -> day.atStartOfDay(Times.SHANGHAI).toInstant().plus(time));
  }
}
