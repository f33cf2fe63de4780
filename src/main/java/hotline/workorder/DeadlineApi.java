package hotline.workorder;

import hotline.Actor;
import hotline.Refused;
import hotline.calendar.Deadline;
import hotline.calendar.HolidayYear;
import hotline.calendar.TimeLimit;
import hotline.organisation.Calendars;
import hotline.organisation.Organisation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** When something is due and why, and the statutory days by which that is counted. */
@RestController
@RequestMapping("/api")
@Tag(name = "时限")
class DeadlineApi {
  private static final int LONGEST = 3650;

  private final Calendars calendars;
  private final Organisation organisation;

  DeadlineApi(Calendars calendars, Organisation organisation) {
    this.calendars = calendars;
    this.organisation = organisation;
  }

  record StepView(OffsetDateTime from, OffsetDateTime to, boolean counted, String reason) {}

  record DeadlineView(OffsetDateTime dueAt, List<StepView> steps, @Nullable String warning) {}

  @Operation(summary = "何时到期，为什么")
  @GetMapping("/deadlines")
  DeadlineView deadline(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam OffsetDateTime from,
      @RequestParam String limit) {
    if (!organisation.ids().contains(company) || !actor.mayActFor(company)) {
      throw new AccessDeniedException("company");
    }
    Deadline deadline =
        calendars
            .of(company)
            .deadline(Moments.checked("from", "起算时间", from.toInstant()), parsed(limit));
    ZoneId zone = organisation.company(company).zone();
    return new DeadlineView(
        Moments.local(deadline.dueAt(), zone),
        deadline.steps().stream()
            .map(
                step ->
                    new StepView(
                        Moments.local(step.from(), zone),
                        Moments.local(step.to(), zone),
                        step.counted(),
                        step.reason()))
            .toList(),
        deadline.warning());
  }

  private static TimeLimit parsed(String text) {
    TimeLimit limit;
    try {
      limit = TimeLimit.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refused("limit", "时限（limit）" + e.getMessage());
    }
    boolean inDays =
        limit.unit() == TimeLimit.Unit.DAYS || limit.unit() == TimeLimit.Unit.WORKING_DAYS;
    if (inDays && limit.amount() > LONGEST) {
      throw new Refused("limit", "时限（limit）最长 " + LONGEST + " 日");
    }
    return limit;
  }

  @Operation(summary = "装入一年的法定节假日和调休（仅管理员）")
  @PutMapping("/holidays")
  Map<String, Object> take(@Parameter(hidden = true) Actor actor, @RequestBody byte[] json) {
    if (!actor.isAdministrator()) {
      throw new AccessDeniedException("holidays");
    }
    HolidayYear year = calendars.take(json);
    return Map.of("year", year.year(), "days", year.days().size());
  }
}
