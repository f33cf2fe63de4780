package hotline.outage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.NotFound;
import hotline.Sql;
import hotline.organisation.Calendars;
import hotline.regulation.DutyRule;
import hotline.regulation.Words;
import hotline.workorder.Event;
import hotline.workorder.EventRows;
import hotline.workorder.LegalHold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Outages, their duties and their record, as rows. */
@Component
class OutageRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batch;
  private final Calendars calendars;

  OutageRows(JdbcClient jdbc, NamedParameterJdbcTemplate batch, Calendars calendars) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.calendars = calendars;
  }

  void insert(Outage outage) {
    jdbc.sql(
            """
            INSERT INTO outage (number, company, idempotency_key, request_digest,
              process_instance_id, status, effect, kind, origin, area, districts, places, start_at,
              end_at, affected_population, population_proposed, population_source, valves,
              main_road, key_customers, reason, measures, reporter, reporter_article, report_due_at,
              report_escalate_to, reported_at,
              reported_by, published_at, changed_at, change_note, restored_at, finished_at,
              revision, end_alerted_at, next_alert_at, closed_at)
            VALUES (:number, :company, :idempotency_key, :request_digest,
              :process_instance_id, :status, :effect, :kind, :origin, :area, :districts, :places,
              :start_at, :end_at, :affected_population, :population_proposed, :population_source,
              :valves, :main_road, :key_customers, :reason, :measures, :reporter,
              :reporter_article, :report_due_at, :report_escalate_to, :reported_at, :reported_by, :published_at, :changed_at,
              :change_note, :restored_at, :finished_at, :revision, :end_alerted_at,
              :next_alert_at, :closed_at)
            """)
        .paramSource(parameters(outage))
        .update();
    saveParts(outage);
  }

  void update(Outage outage) {
    jdbc.sql(
            """
            UPDATE outage SET process_instance_id = :process_instance_id, status = :status,
              effect = :effect, area = :area, districts = :districts, places = :places,
              start_at = :start_at, end_at = :end_at, affected_population = :affected_population,
              population_proposed = :population_proposed, population_source = :population_source,
              valves = :valves, main_road = :main_road, key_customers = :key_customers,
              reason = :reason, measures = :measures, published_at = :published_at,
              changed_at = :changed_at, change_note = :change_note, restored_at = :restored_at,
              finished_at = :finished_at, revision = :revision, end_alerted_at = :end_alerted_at,
              next_alert_at = :next_alert_at, closed_at = :closed_at
            WHERE number = :number
            """)
        .paramSource(parameters(outage))
        .update();
    if (outage.holdChanged) {
      LegalHold.write(jdbc, "outage", outage.number, outage.legalHold);
      outage.holdChanged = false;
    }
    saveParts(outage);
  }

  private void saveParts(Outage outage) {
    List<SqlParameterSource> inserts = new ArrayList<>();
    List<SqlParameterSource> updates = new ArrayList<>();
    List<SqlParameterSource> newContacts = new ArrayList<>();
    List<SqlParameterSource> contacts = new ArrayList<>();
    List<SqlParameterSource> attempts = new ArrayList<>();
    for (Duty duty : outage.duties) {
      if (duty.changed) {
        (duty.id == null ? inserts : updates).add(parameters(outage.number, duty));
        duty.changed = false;
      }
      for (Contact contact : duty.contacts) {
        if (contact.changed) {
          (contact.id == null ? newContacts : contacts)
              .add(parameters(outage.number, duty.key, contact));
          contact.changed = false;
        }
      }
      duty.newAttempts.forEach(
          attempt -> attempts.add(parameters(outage.number, duty.key, attempt)));
      duty.newAttempts.clear();
    }
    Sql.batch(
        batch,
        """
        INSERT INTO outage_duty (outage_number, duty_key, revision, retelling, action, label, group_ids,
          channel, contacts, lead_time, within_limit, warn_before, escalate_to, waits_for, approval,
          publishes, tell_again, article, basis, status, opened_at, due_at, warn_at, warned_at,
          escalated_at, breached, done_at, done_by, note)
        VALUES (:outage_number, :duty_key, :revision, :retelling, :action, :label, :group_ids,
          :channel, :contacts, :lead_time, :within_limit, :warn_before, :escalate_to, :waits_for,
          :approval, :publishes, :tell_again, :article, :basis, :status, :opened_at, :due_at,
          :warn_at, :warned_at, :escalated_at, :breached, :done_at, :done_by, :note)
        """,
        inserts);
    Sql.batch(
        batch,
        """
        UPDATE outage_duty SET label = :label, group_ids = :group_ids, channel = :channel,
          contacts = :contacts, lead_time = :lead_time, within_limit = :within_limit,
          warn_before = :warn_before, escalate_to = :escalate_to, waits_for = :waits_for,
          approval = :approval, publishes = :publishes, tell_again = :tell_again,
          article = :article, basis = :basis, status = :status, opened_at = :opened_at, due_at = :due_at,
          warn_at = :warn_at, warned_at = :warned_at, escalated_at = :escalated_at,
          breached = :breached, done_at = :done_at, done_by = :done_by, note = :note
        WHERE id = :id
        """,
        updates);
    Sql.batch(
        batch,
        """
        INSERT INTO outage_contact (outage_number, duty_key, code, name, person, phone,
          order_number, status)
        VALUES (:outage_number, :duty_key, :code, :name, :person, :phone, :order_number, :status)
        """,
        newContacts);
    Sql.batch(batch, "UPDATE outage_contact SET status = :status WHERE id = :id", contacts);
    Sql.batch(
        batch,
        """
        INSERT INTO outage_contact_attempt (outage_number, duty_key, code, attempted_at,
          attempted_by, reached, spoke_with, note)
        VALUES (:outage_number, :duty_key, :code, :at, :by, :reached, :spoke_with, :note)
        """,
        attempts);
    Sql.batch(
        batch,
        """
        INSERT INTO outage_event (outage_number, happened_at, acted_by, verb, note, article)
        VALUES (:number, :happened_at, :acted_by, :verb, :note, :article)
        """,
        outage.newEvents.stream()
            .map(event -> EventRows.parameters(outage.number, event))
            .toList());
    outage.newEvents.clear();
  }

  /** The outage, held against any other change until the transaction ends. */
  Outage hold(String number) {
    return one("SELECT * FROM outage WHERE number = :number FOR UPDATE", number);
  }

  Outage read(String number) {
    return one("SELECT * FROM outage WHERE number = :number", number);
  }

  private Outage one(String sql, String number) {
    Outage outage =
        jdbc.sql(sql)
            .param("number", number)
            .query((row, i) -> outage(row))
            .optional()
            .orElseThrow(() -> new NotFound("没有这个编号的停供"));
    outage.duties.addAll(duties(number));
    return outage;
  }

  /** Keeps the outage from ending until the running transaction has. */
  void keep(String number) {
    jdbc.sql("SELECT id FROM outage WHERE number = :number FOR UPDATE")
        .param("number", number)
        .query(Long.class)
        .optional();
  }

  Optional<String> numberOf(String company, String idempotencyKey) {
    return jdbc.sql("SELECT number FROM outage WHERE company = :company AND idempotency_key = :key")
        .param("company", company)
        .param("key", idempotencyKey)
        .query(String.class)
        .optional();
  }

  Optional<String> companyOf(String number) {
    return jdbc.sql("SELECT company FROM outage WHERE number = :number")
        .param("number", number)
        .query(String.class)
        .optional();
  }

  /** One line of the list: the outage without its duties, and how many of them stand open. */
  record Line(Outage outage, int openDuties, int overdueDuties) {}

  /** The company's outages, newest first, at most {@code size} with an id below {@code before}. */
  List<Line> list(String company, boolean currentOnly, long before, int size) {
    return jdbc.sql(
            """
            SELECT o.*,
              (SELECT COUNT(*) FROM outage_duty d
                WHERE d.outage_number = o.number AND d.status = 'OPEN') AS open_duties,
              (SELECT COUNT(*) FROM outage_duty d
                WHERE d.outage_number = o.number AND d.status = 'OPEN'
                  AND d.escalated_at IS NOT NULL) AS overdue_duties
            FROM outage o WHERE company = :company AND id < :before"""
                + (currentOnly ? " AND finished_at IS NULL" : "")
                + " ORDER BY id DESC LIMIT :size")
        .param("company", company)
        .param("before", before)
        .param("size", size)
        .query(
            (row, i) ->
                new Line(outage(row), row.getInt("open_duties"), row.getInt("overdue_duties")))
        .list();
  }

  /** What the public knows of and that runs, is planned, or has ended since that moment. */
  List<Outage> known(String company, Instant since) {
    return jdbc.sql(
            """
            SELECT * FROM outage
            WHERE company = :company AND finished_at IS NULL AND published_at IS NOT NULL
            UNION ALL
            SELECT * FROM outage
            WHERE company = :company AND finished_at > :since AND status = 'RESTORED'
              AND published_at IS NOT NULL
            """)
        .param("company", company)
        .param("since", Sql.utc(since))
        .query((row, i) -> outage(row))
        .list();
  }

  List<Event> events(String number) {
    return jdbc.sql("SELECT * FROM outage_event WHERE outage_number = :number ORDER BY id")
        .param("number", number)
        .query(EventRows::event)
        .list();
  }

  // ---- calls that were answered with an outage

  void addCall(String outageNumber, String orderNumber, String company, Instant at) {
    jdbc.sql(
            """
            INSERT INTO outage_call (order_number, outage_number, company, called_at)
            VALUES (:order, :outage, :company, :at)
            """)
        .param("order", orderNumber)
        .param("outage", outageNumber)
        .param("company", company)
        .param("at", Sql.utc(at))
        .update();
  }

  /** The orders of the calls, first come first. */
  List<String> calls(String outageNumber) {
    return jdbc.sql(
            """
            SELECT order_number FROM outage_call WHERE outage_number = :outage
            ORDER BY called_at, order_number
            """)
        .param("outage", outageNumber)
        .query(String.class)
        .list();
  }

  int countCalls(String outageNumber) {
    return jdbc.sql("SELECT COUNT(*) FROM outage_call WHERE outage_number = :outage")
        .param("outage", outageNumber)
        .query(Integer.class)
        .single();
  }

  // ---- rows

  private List<Duty> duties(String number) {
    List<Duty> duties =
        jdbc.sql("SELECT * FROM outage_duty WHERE outage_number = :number ORDER BY id")
            .param("number", number)
            .query((row, i) -> duty(row))
            .list();
    if (duties.stream().noneMatch(duty -> !duty.rule.contacts().isEmpty())) {
      return duties;
    }
    jdbc.sql("SELECT * FROM outage_contact WHERE outage_number = :number ORDER BY id")
        .param("number", number)
        .query(
            row -> {
              Contact contact = contact(row);
              of(duties, row.getString("duty_key")).contacts.add(contact);
            });
    jdbc.sql("SELECT * FROM outage_contact_attempt WHERE outage_number = :number ORDER BY id")
        .param("number", number)
        .query(
            row -> {
              Attempt attempt = attempt(row);
              of(duties, row.getString("duty_key")).contacts.stream()
                  .filter(contact -> contact.code.equals(attempt.code()))
                  .forEach(contact -> contact.attempts.add(attempt));
            });
    return duties;
  }

  private static Duty of(List<Duty> duties, String key) {
    return duties.stream().filter(duty -> duty.key.equals(key)).findFirst().orElseThrow();
  }

  private Outage outage(ResultSet row) throws SQLException {
    String company = row.getString("company");
    Outage outage =
        new Outage(
            row.getString("number"),
            company,
            calendars.of(company),
            Sql.at(row, "start_at"),
            Sql.at(row, "end_at"),
            Sql.at(row, "reported_at"),
            row.getString("reported_by"));
    outage.id = row.getLong("id");
    outage.idempotencyKey = row.getString("idempotency_key");
    outage.requestDigest = row.getString("request_digest");
    outage.processInstanceId = row.getString("process_instance_id");
    outage.status = OutageStatus.valueOf(row.getString("status"));
    outage.effect = row.getString("effect");
    outage.kind = row.getString("kind");
    outage.origin = row.getString("origin");
    outage.area = row.getString("area");
    outage.districts = Words.of(row.getString("districts"));
    outage.places = Words.of(row.getString("places"));
    outage.affectedPopulation = row.getObject("affected_population", Integer.class);
    outage.populationProposed = row.getObject("population_proposed", Integer.class);
    outage.populationSource = row.getString("population_source");
    outage.valves = list(row.getString("valves"), new TypeReference<List<Valve>>() {});
    outage.mainRoad = row.getBoolean("main_road");
    outage.keyCustomers = list(row.getString("key_customers"), new TypeReference<>() {});
    outage.reason = row.getString("reason");
    outage.measures = row.getString("measures");
    outage.reporter = row.getString("reporter");
    outage.reporterArticle = row.getString("reporter_article");
    outage.reportDueAt = Sql.atOrNull(row, "report_due_at");
    outage.reportEscalateTo = row.getString("report_escalate_to");
    outage.publishedAt = Sql.atOrNull(row, "published_at");
    outage.changedAt = Sql.atOrNull(row, "changed_at");
    outage.changeNote = row.getString("change_note");
    outage.restoredAt = Sql.atOrNull(row, "restored_at");
    outage.finishedAt = Sql.atOrNull(row, "finished_at");
    outage.revision = row.getInt("revision");
    outage.endAlertedAt = Sql.atOrNull(row, "end_alerted_at");
    outage.storedNextAlertAt = Sql.atOrNull(row, "next_alert_at");
    outage.closedAt = Sql.atOrNull(row, "closed_at");
    outage.anonymisedAt = Sql.atOrNull(row, "anonymised_at");
    outage.legalHold = LegalHold.read(row);
    return outage;
  }

  private static Duty duty(ResultSet row) throws SQLException {
    Duty duty =
        new Duty(
            row.getString("duty_key"),
            row.getInt("revision"),
            row.getBoolean("retelling"),
            new DutyRule(
                row.getString("action"),
                row.getString("label"),
                "",
                row.getString("channel"),
                row.getString("contacts"),
                row.getString("lead_time"),
                row.getString("within_limit"),
                row.getString("warn_before"),
                row.getString("escalate_to"),
                row.getString("waits_for"),
                row.getBoolean("approval"),
                row.getBoolean("publishes"),
                row.getBoolean("tell_again"),
                row.getString("article"),
                row.getString("basis")),
            Words.of(row.getString("group_ids")));
    duty.id = row.getLong("id");
    duty.status = DutyStatus.valueOf(row.getString("status"));
    duty.openedAt = Sql.atOrNull(row, "opened_at");
    duty.dueAt = Sql.atOrNull(row, "due_at");
    duty.warnAt = Sql.atOrNull(row, "warn_at");
    duty.warnedAt = Sql.atOrNull(row, "warned_at");
    duty.escalatedAt = Sql.atOrNull(row, "escalated_at");
    duty.breached = row.getBoolean("breached");
    duty.doneAt = Sql.atOrNull(row, "done_at");
    duty.doneBy = row.getString("done_by");
    duty.note = row.getString("note");
    duty.changed = false;
    return duty;
  }

  private static Contact contact(ResultSet row) throws SQLException {
    Contact contact =
        new Contact(
            row.getString("code"),
            row.getString("name"),
            row.getString("person"),
            row.getString("phone"),
            row.getString("order_number"));
    contact.id = row.getLong("id");
    contact.standing = Contact.Standing.valueOf(row.getString("status"));
    contact.changed = false;
    return contact;
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString("code"),
        Sql.at(row, "attempted_at"),
        row.getString("attempted_by"),
        row.getBoolean("reached"),
        row.getString("spoke_with"),
        row.getString("note"));
  }

  private static MapSqlParameterSource parameters(Outage o) {
    return new MapSqlParameterSource()
        .addValue("number", o.number)
        .addValue("company", o.company)
        .addValue("idempotency_key", o.idempotencyKey)
        .addValue("request_digest", o.requestDigest)
        .addValue("process_instance_id", o.processInstanceId)
        .addValue("status", o.status.name())
        .addValue("effect", o.effect)
        .addValue("kind", o.kind)
        .addValue("origin", o.origin)
        .addValue("area", o.area)
        .addValue("districts", String.join(" ", o.districts))
        .addValue("places", String.join(" ", o.places))
        .addValue("start_at", Sql.utc(o.start))
        .addValue("end_at", Sql.utc(o.end))
        .addValue("affected_population", o.affectedPopulation)
        .addValue("population_proposed", o.populationProposed)
        .addValue("population_source", o.populationSource)
        .addValue("valves", json(o.valves))
        .addValue("main_road", o.mainRoad)
        .addValue("key_customers", json(o.keyCustomers))
        .addValue("reason", o.reason)
        .addValue("measures", o.measures)
        .addValue("reporter", o.reporter)
        .addValue("reporter_article", o.reporterArticle)
        .addValue("report_due_at", Sql.utcOrNull(o.reportDueAt))
        .addValue("report_escalate_to", o.reportEscalateTo)
        .addValue("reported_at", Sql.utc(o.reportedAt))
        .addValue("reported_by", o.reportedBy)
        .addValue("published_at", Sql.utcOrNull(o.publishedAt))
        .addValue("changed_at", Sql.utcOrNull(o.changedAt))
        .addValue("change_note", o.changeNote)
        .addValue("restored_at", Sql.utcOrNull(o.restoredAt))
        .addValue("finished_at", Sql.utcOrNull(o.finishedAt))
        .addValue("revision", o.revision)
        .addValue("end_alerted_at", Sql.utcOrNull(o.endAlertedAt))
        .addValue("next_alert_at", Sql.utcOrNull(o.nextAlertAt()))
        .addValue("closed_at", Sql.utcOrNull(o.closedAt));
  }

  private static SqlParameterSource parameters(String number, Duty d) {
    return new MapSqlParameterSource()
        .addValue("id", d.id)
        .addValue("outage_number", number)
        .addValue("duty_key", d.key)
        .addValue("revision", d.revision)
        .addValue("retelling", d.retelling)
        .addValue("action", d.rule.action())
        .addValue("label", d.rule.label())
        .addValue("group_ids", String.join(" ", d.groups))
        .addValue("channel", d.rule.channel())
        .addValue("contacts", d.rule.contacts())
        .addValue("lead_time", d.rule.leadTime())
        .addValue("within_limit", d.rule.within())
        .addValue("warn_before", d.rule.warnBefore())
        .addValue("escalate_to", d.rule.escalateTo())
        .addValue("waits_for", d.rule.waitsFor())
        .addValue("approval", d.rule.approval())
        .addValue("publishes", d.rule.publishes())
        .addValue("tell_again", d.rule.tellAgain())
        .addValue("article", d.rule.article())
        .addValue("basis", d.rule.basis())
        .addValue("status", d.status.name())
        .addValue("opened_at", Sql.utcOrNull(d.openedAt))
        .addValue("due_at", Sql.utcOrNull(d.dueAt))
        .addValue("warn_at", Sql.utcOrNull(d.warnAt))
        .addValue("warned_at", Sql.utcOrNull(d.warnedAt))
        .addValue("escalated_at", Sql.utcOrNull(d.escalatedAt))
        .addValue("breached", d.breached)
        .addValue("done_at", Sql.utcOrNull(d.doneAt))
        .addValue("done_by", d.doneBy)
        .addValue("note", d.note);
  }

  private static SqlParameterSource parameters(String number, String duty, Contact contact) {
    return new MapSqlParameterSource()
        .addValue("id", contact.id)
        .addValue("outage_number", number)
        .addValue("duty_key", duty)
        .addValue("code", contact.code)
        .addValue("name", contact.name)
        .addValue("person", contact.person)
        .addValue("phone", contact.phone)
        .addValue("order_number", contact.orderNumber)
        .addValue("status", contact.standing.name());
  }

  private static SqlParameterSource parameters(String number, String duty, Attempt attempt) {
    return new MapSqlParameterSource()
        .addValue("outage_number", number)
        .addValue("duty_key", duty)
        .addValue("code", attempt.code())
        .addValue("at", Sql.utc(attempt.at()))
        .addValue("by", attempt.by())
        .addValue("reached", attempt.reached())
        .addValue("spoke_with", attempt.spokeWith())
        .addValue("note", attempt.note());
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> List<T> list(String text, TypeReference<List<T>> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
