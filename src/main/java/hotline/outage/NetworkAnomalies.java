package hotline.outage;

import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.Sql;
import hotline.calendar.TimeLimit;
import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Calendars;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import hotline.outage.OutageCommands.NoteAnomaly;
import hotline.outage.OutageCommands.ReportAnomaly;
import hotline.regulation.DutyRule;
import hotline.regulation.OutageMatter;
import hotline.regulation.Regulation;
import hotline.regulation.Words;
import hotline.workorder.Moments;
import hotline.workorder.OrderNumbers;
import hotline.workorder.TaskSubject;
import hotline.workorder.Text;
import hotline.workorder.WorkTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the network's dispatch centre sees goes back to the seats, who note it (YF-19). */
@Component
public class NetworkAnomalies implements TaskSubject {
  /** What stands in the number between the day and the running number: 异. */
  private static final char SERIES = 'Y';

  /** What the duty table is asked for: who notes it, and how fast. */
  private static final OutageMatter MATTER =
      new OutageMatter("ANOMALY", "SHUTOFF", "UNPLANNED", "NETWORK", 0, false, false);

  private final Outages outages;
  private final OrderNumbers numbers;
  private final Organisation organisation;
  private final Regulation regulation;
  private final Calendars calendars;
  private final Notices notices;
  private final JdbcClient jdbc;
  private final Clock clock;

  NetworkAnomalies(
      Outages outages,
      OrderNumbers numbers,
      Organisation organisation,
      Regulation regulation,
      Calendars calendars,
      Notices notices,
      JdbcClient jdbc,
      Clock clock) {
    this.outages = outages;
    this.numbers = numbers;
    this.organisation = organisation;
    this.regulation = regulation;
    this.calendars = calendars;
    this.notices = notices;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** What a start form has begun. */
  public record Begun(String number, String company, List<String> notedBy) {}

  private record Anomaly(
      String number,
      String company,
      String place,
      String situation,
      @Nullable Instant expectedAt,
      Instant reportedAt,
      String reportedBy,
      @Nullable Instant notedAt,
      @Nullable String notedBy,
      @Nullable String note) {}

  public Begun report(Actor by, ReportAnomaly form) {
    Company company = outages.companyOf(by);
    DutyRule rule = rule(company.id());
    mayReport(by, company);
    Instant now = clock.instant();
    Anomaly anomaly =
        new Anomaly(
            numbers.next(company, SERIES, now),
            company.id(),
            Text.required("place", "地点", form.place(), 300),
            Text.required("situation", "异常情况", form.situation(), 2000),
            Moments.given("expectedAt", "预计恢复时间", form.expectedAt()),
            now,
            by.id(),
            null,
            null,
            null);
    jdbc.sql(
            """
            INSERT INTO network_anomaly (number, company, place, situation, expected_at,
              reported_at, reported_by)
            VALUES (:number, :company, :place, :situation, :expected, :at, :by)
            """)
        .param("number", anomaly.number())
        .param("company", anomaly.company())
        .param("place", anomaly.place())
        .param("situation", anomaly.situation())
        .param("expected", Sql.utcOrNull(anomaly.expectedAt()))
        .param("at", Sql.utc(now))
        .param("by", by.id())
        .update();
    tell(anomaly, rule.by(), Purpose.OUTAGE, "请知悉", now);
    return new Begun(anomaly.number(), company.id(), rule.owners(company.id()));
  }

  /** Who reports waits for nobody; who notes it waits for the report. */
  private void mayReport(Actor by, Company company) {
    List<String> reporters =
        regulation.outageDuties(company.id(), MATTER).stream()
            .filter(rule -> rule.waitsFor().isEmpty())
            .flatMap(rule -> rule.owners(company.id()).stream())
            .toList();
    if (reporters.stream().noneMatch(by::isInOrLeads)) {
      throw new Refused(
          "place",
          "管网异常由"
              + String.join("、", reporters.stream().map(organisation::groupName).toList())
              + "报告；别的部门发现的请电话告知");
    }
  }

  private DutyRule rule(String company) {
    return regulation.outageDuties(company, MATTER).stream()
        .filter(rule -> !rule.waitsFor().isEmpty())
        .findFirst()
        .orElseThrow(() -> new Refused("place", "本公司的停水职责表没有规定由谁知悉管网异常，请用电话报告"));
  }

  /** By when the seats are to have noted it. */
  public Instant dueAt(String number) {
    Anomaly anomaly = read(number);
    return calendars
        .of(anomaly.company())
        .deadline(anomaly.reportedAt(), TimeLimit.parse(rule(anomaly.company()).within()))
        .dueAt();
  }

  /** Not noted in time: whoever the table names is told. */
  public void escalate(String number) {
    Anomaly anomaly = read(number);
    if (anomaly.notedAt() == null) {
      tell(
          anomaly,
          rule(anomaly.company()).escalateTo(),
          Purpose.ESCALATION,
          "逾时未知悉",
          clock.instant());
    }
  }

  private void tell(Anomaly anomaly, String words, Purpose purpose, String what, Instant now) {
    for (String word : Words.of(words)) {
      for (Person person : organisation.members(anomaly.company() + "." + word, now)) {
        String email = person.email();
        if (email != null) {
          notices.queue(
              new NewNotice(
                  anomaly.number() + "|" + purpose + "|" + person.id(),
                  anomaly.company(),
                  anomaly.number(),
                  0,
                  purpose,
                  Channel.EMAIL,
                  person.displayName(),
                  email,
                  "【管网异常】" + anomaly.number() + " " + what,
                  "地点：" + anomaly.place() + "\n请登录热线工单系统查看并知悉。\n"));
        }
      }
    }
  }

  public void noted(String number, Actor by, NoteAnomaly form) {
    jdbc.sql(
            """
            UPDATE network_anomaly SET noted_at = :at, noted_by = :by, note = :note
            WHERE number = :number
            """)
        .param("at", Sql.utc(clock.instant()))
        .param("by", by.id())
        .param("note", Text.optional("note", "处理情况", form.note(), 1000))
        .param("number", number)
        .update();
  }

  private Anomaly read(String number) {
    return jdbc.sql("SELECT * FROM network_anomaly WHERE number = :number")
        .param("number", number)
        .query(NetworkAnomalies::anomaly)
        .optional()
        .orElseThrow(() -> new NotFound("没有这个编号的管网异常"));
  }

  @Override
  public boolean owns(String number) {
    return number.indexOf("-" + SERIES) > 0;
  }

  @Override
  public Showing showing(String number, String task, @Nullable String part) {
    String company = read(number).company();
    return new Showing(company, "管网异常", null, rule(company).article(), 70);
  }

  @Override
  public void show(WorkTask task, Actor reader, Map<String, Object> fields) {
    Anomaly anomaly = read(task.orderNumber());
    ZoneId zone = organisation.company(anomaly.company()).zone();
    fields.put(
        "head",
        anomaly.number()
            + " · "
            + organisation.personName(anomaly.reportedBy())
            + " 于 "
            + Moments.text(anomaly.reportedAt(), zone)
            + " 报告");
    DutyRule rule = rule(anomaly.company());
    fields.put(
        "due",
        "应于 "
            + Moments.text(dueAt(anomaly.number()), zone)
            + " 前"
            + rule.label()
            + "（"
            + rule.basis()
            + "）");
    fields.put(
        "report",
        "地点："
            + anomaly.place()
            + "\n"
            + anomaly.situation()
            + (anomaly.expectedAt() == null
                ? ""
                : "\n预计恢复：" + Moments.text(anomaly.expectedAt(), zone)));
  }

  /** An anomaly as the API answers it. */
  record View(
      String number,
      String company,
      String place,
      String situation,
      OffsetDateTime reportedAt,
      @Nullable OffsetDateTime notedAt,
      @Nullable String notedBy,
      @Nullable String note) {}

  @Override
  public Object view(String number, Actor actor) {
    Anomaly anomaly = read(number);
    if (!actor.mayActFor(anomaly.company())) {
      throw new NotFound("没有这个编号的管网异常");
    }
    ZoneId zone = organisation.company(anomaly.company()).zone();
    return new View(
        anomaly.number(),
        anomaly.company(),
        anomaly.place(),
        anomaly.situation(),
        Moments.local(anomaly.reportedAt(), zone),
        Moments.localOrNull(anomaly.notedAt(), zone),
        anomaly.notedBy(),
        anomaly.note());
  }

  private static Anomaly anomaly(ResultSet row, int i) throws SQLException {
    return new Anomaly(
        row.getString("number"),
        row.getString("company"),
        row.getString("place"),
        row.getString("situation"),
        Sql.atOrNull(row, "expected_at"),
        Sql.at(row, "reported_at"),
        row.getString("reported_by"),
        Sql.atOrNull(row, "noted_at"),
        row.getString("noted_by"),
        row.getString("note"));
  }
}
