package hotline.callback;

import hotline.Actor;
import hotline.callback.CallbackRecords.Week;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.organisation.Role;
import hotline.workorder.Moments;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The weekly table of callbacks, to look at and as a spreadsheet; for the centre only (YC-14). */
@RestController
@RequestMapping("/api")
@Tag(name = "回访记录")
class CallbackRecordApi {
  private static final MediaType XLSX =
      MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final CallbackRecords records;
  private final Organisation organisation;

  CallbackRecordApi(CallbackRecords records, Organisation organisation) {
    this.records = records;
    this.organisation = organisation;
  }

  record WeekView(LocalDate week, int eligible, int phoned, int required, List<LineView> items) {}

  record LineView(
      int number,
      String order,
      OffsetDateTime receivedAt,
      LocalDate calledBackOn,
      String callerName,
      String callerPhone,
      String address,
      String description,
      String handledBy,
      String completion,
      String satisfaction) {}

  @Operation(summary = "一周的《工单处理回访记录表》；week 为该周任何一天")
  @GetMapping("/callback-records")
  WeekView week(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam LocalDate week) {
    Company own = own(actor, company);
    Week found = find(actor, own, week);
    return new WeekView(
        found.week(),
        found.eligible(),
        found.phoned(),
        found.required(),
        found.lines().stream().map(line -> view(line, own.zone())).toList());
  }

  @Operation(summary = "同一张表，Excel 文件")
  @GetMapping("/callback-records.xlsx")
  ResponseEntity<byte[]> sheet(
      @Parameter(hidden = true) Actor actor,
      @RequestParam String company,
      @RequestParam LocalDate week) {
    Company own = own(actor, company);
    Week found = find(actor, own, week);
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(XLSX);
    headers.setContentDisposition(
        ContentDisposition.attachment()
            .filename("工单处理回访记录表" + found.week() + ".xlsx", StandardCharsets.UTF_8)
            .build());
    return ResponseEntity.ok().headers(headers).body(CallbackRecordSheet.of(own, found));
  }

  private Company own(Actor actor, String company) {
    if (!organisation.ids().contains(company) || !Role.anyOf(Role.CENTRE, actor, company)) {
      throw new AccessDeniedException("callback-records");
    }
    return organisation.company(company);
  }

  private Week find(Actor actor, Company company, LocalDate week) {
    Moments.checked("week", "周", week.atStartOfDay().toInstant(ZoneOffset.UTC));
    boolean withConfidential = Role.anyOf(Role.ANSWERING, actor, company.id());
    return records.of(company, week, withConfidential);
  }

  private static LineView view(CallbackRecords.Line line, ZoneId zone) {
    return new LineView(
        line.number(),
        line.order(),
        Moments.local(line.receivedAt(), zone),
        line.calledBackOn(),
        line.callerName(),
        line.callerPhone(),
        line.address(),
        line.description(),
        line.handledBy(),
        line.completion(),
        line.satisfaction());
  }
}
