package hotline.workorder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.NotFound;
import hotline.Sql;
import hotline.organisation.Calendars;
import hotline.regulation.TimeLimitRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders, their promises and their record, as rows. */
@Component
class WorkOrderRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;
  private final NamedParameterJdbcTemplate batch;
  private final Calendars calendars;

  WorkOrderRows(JdbcClient jdbc, NamedParameterJdbcTemplate batch, Calendars calendars) {
    this.jdbc = jdbc;
    this.batch = batch;
    this.calendars = calendars;
  }

  void insert(WorkOrder order) {
    jdbc.sql(
            """
            INSERT INTO work_order (number, company, idempotency_key, request_digest,
              process_instance_id, status, channel, category, subcategory, level, emergency,
              department, assigned_department, supervisor, description, received_at, recorded_at, recorded_by,
              caller_name, caller_phone, phone_digits, address, building_key, district,
              wants_callback, facts, confidential, external_platform, external_number, external_due_at, linked, outage_number, guidance,
              answer, missing, needs_gis, gis_reference, instruction, worker, agreed_time, result,
              measures, parts, cost, settled_on, platform_reply, platform_replied_at, delay_cause,
              responsible_side, round, dispatched_round, urged, callback_medium,
              satisfaction, calendar_warning, next_alert_at, closed_at, version)
            VALUES (:number, :company, :idempotency_key, :request_digest,
              :process_instance_id, :status, :channel, :category, :subcategory, :level, :emergency,
              :department, :assigned_department, :supervisor, :description, :received_at, :recorded_at, :recorded_by,
              :caller_name, :caller_phone, :phone_digits, :address, :building_key, :district,
              :wants_callback, :facts, :confidential, :external_platform, :external_number, :external_due_at, :linked, :outage_number,
              :guidance, :answer, :missing, :needs_gis, :gis_reference, :instruction, :worker,
              :agreed_time, :result, :measures, :parts, :cost, :settled_on, :platform_reply,
              :platform_replied_at, :delay_cause, :responsible_side, :round,
              :dispatched_round, :urged, :callback_medium, :satisfaction, :calendar_warning,
              :next_alert_at, :closed_at, :version)
            """)
        .paramSource(parameters(order))
        .update();
    saveParts(order);
  }

  void update(WorkOrder order) {
    order.version++;
    jdbc.sql(
            """
            UPDATE work_order SET process_instance_id = :process_instance_id, status = :status,
              channel = :channel, category = :category, subcategory = :subcategory, level = :level,
              emergency = :emergency, department = :department,
              assigned_department = :assigned_department, supervisor = :supervisor,
              description = :description, caller_name = :caller_name, caller_phone = :caller_phone,
              phone_digits = :phone_digits, address = :address, building_key = :building_key,
              district = :district, wants_callback = :wants_callback, facts = :facts,
              confidential = :confidential,
              linked = :linked, outage_number = :outage_number, guidance = :guidance, answer = :answer, missing = :missing, needs_gis = :needs_gis,
              gis_reference = :gis_reference, instruction = :instruction, worker = :worker,
              agreed_time = :agreed_time, result = :result, measures = :measures, parts = :parts,
              cost = :cost, settled_on = :settled_on, platform_reply = :platform_reply,
              platform_replied_at = :platform_replied_at, delay_cause = :delay_cause,
              responsible_side = :responsible_side, round = :round,
              dispatched_round = :dispatched_round, urged = :urged,
              callback_medium = :callback_medium, satisfaction = :satisfaction,
              calendar_warning = :calendar_warning, next_alert_at = :next_alert_at,
              closed_at = :closed_at, version = :version
            WHERE number = :number
            """)
        .paramSource(parameters(order))
        .update();
    if (order.holdChanged) {
      LegalHold.write(jdbc, "work_order", order.number, order.legalHold);
      order.holdChanged = false;
    }
    saveParts(order);
  }

  private void saveParts(WorkOrder order) {
    List<SqlParameterSource> inserts = new ArrayList<>();
    List<SqlParameterSource> updates = new ArrayList<>();
    for (LimitClock clock : order.clocks) {
      if (clock.changed) {
        (clock.id == null ? inserts : updates).add(parameters(order.number, clock));
        clock.changed = false;
      }
    }
    Sql.batch(
        batch,
        """
        INSERT INTO time_limit (order_number, milestone, round, limit_text, starts_with, who,
          warn_before, warn_to, escalate_to, inquire_by, office_close, article, basis, started_at,
          due_at, original_due_at, extended_until, warn_at, warned_at, met_at, breached,
          escalated_at, void_at)
        VALUES (:order_number, :milestone, :round, :limit_text, :starts_with, :who,
          :warn_before, :warn_to, :escalate_to, :inquire_by, :office_close, :article, :basis,
          :started_at, :due_at, :original_due_at, :extended_until, :warn_at, :warned_at, :met_at,
          :breached, :escalated_at, :void_at)
        """,
        inserts);
    Sql.batch(
        batch,
        """
        INSERT INTO time_limit (id, order_number, milestone, round, limit_text, starts_with,
          article, basis, started_at, due_at, original_due_at, extended_until, warn_at, warned_at,
          met_at, breached, escalated_at, void_at)
        VALUES (:id, :order_number, :milestone, :round, :limit_text, :starts_with, :article,
          :basis, :started_at, :due_at, :original_due_at, :extended_until, :warn_at, :warned_at,
          :met_at, :breached, :escalated_at, :void_at)
        ON DUPLICATE KEY UPDATE started_at = VALUES(started_at), due_at = VALUES(due_at),
          original_due_at = VALUES(original_due_at), extended_until = VALUES(extended_until),
          warn_at = VALUES(warn_at), warned_at = VALUES(warned_at), met_at = VALUES(met_at),
          breached = VALUES(breached), escalated_at = VALUES(escalated_at),
          void_at = VALUES(void_at)
        """,
        updates);
    Sql.batch(
        batch,
        """
        INSERT INTO work_order_event (order_number, happened_at, acted_by, verb, note, article)
        VALUES (:number, :happened_at, :acted_by, :verb, :note, :article)
        """,
        order.newEvents.stream().map(event -> EventRows.parameters(order.number, event)).toList());
    order.newEvents.clear();
  }

  /** The order, held against any other change until the transaction ends. */
  WorkOrder hold(String number) {
    return one("SELECT * FROM work_order WHERE number = :number FOR UPDATE", number);
  }

  WorkOrder read(String number) {
    return one("SELECT * FROM work_order WHERE number = :number", number);
  }

  private WorkOrder one(String sql, String number) {
    WorkOrder order =
        jdbc.sql(sql)
            .param("number", number)
            .query((row, i) -> order(row))
            .optional()
            .orElseThrow(() -> new NotFound("没有编号为 " + Text.printable(number) + " 的工单"));
    order.clocks.addAll(clocks(number));
    return order;
  }

  Optional<String> numberOf(String company, String idempotencyKey) {
    return jdbc.sql(
            "SELECT number FROM work_order WHERE company = :company AND idempotency_key = :key")
        .param("company", company)
        .param("key", idempotencyKey)
        .query(String.class)
        .optional();
  }

  Optional<String> newestInCallback(String phoneDigits, Collection<String> companies) {
    return jdbc.sql(
            """
            SELECT number FROM work_order
            WHERE company IN (:companies) AND phone_digits = :phone AND status = 'CALLBACK'
            ORDER BY id DESC LIMIT 1
            """)
        .param("companies", companies.isEmpty() ? List.of("") : companies)
        .param("phone", phoneDigits)
        .query(String.class)
        .optional();
  }

  Optional<String> companyOf(String number) {
    return jdbc.sql("SELECT company FROM work_order WHERE number = :number")
        .param("number", number)
        .query(String.class)
        .optional();
  }

  List<LimitClock> clocks(String number) {
    return jdbc.sql("SELECT * FROM time_limit WHERE order_number = :number ORDER BY id")
        .param("number", number)
        .query((row, i) -> clock(row))
        .list();
  }

  List<Event> events(String number) {
    return jdbc.sql("SELECT * FROM work_order_event WHERE order_number = :number ORDER BY id")
        .param("number", number)
        .query(EventRows::event)
        .list();
  }

  List<String> linked(String number) {
    return jdbc.sql(
            """
            SELECT linked FROM work_order_link WHERE number = :number
            UNION SELECT number FROM work_order_link WHERE linked = :number
            """)
        .param("number", number)
        .query(String.class)
        .list();
  }

  void link(String number, String other, String reason) {
    jdbc.sql("INSERT INTO work_order_link (number, linked, reason) VALUES (:a, :b, :reason)")
        .param("a", number)
        .param("b", other)
        .param("reason", reason)
        .update();
  }

  void addCallbackAttempt(CallbackAttempt attempt) {
    jdbc.sql(
            """
            INSERT INTO callback_attempt (order_number, round, medium, attempted_at, attempted_by,
              reached, unreached_cause, solved, satisfaction, answers, remarks, next_attempt_at)
            VALUES (:order, :round, :medium, :at, :by, :reached, :cause, :solved, :satisfaction,
              :answers, :remarks, :next)
            """)
        .param("order", attempt.orderNumber())
        .param("round", attempt.round())
        .param("medium", attempt.medium())
        .param("at", Sql.utc(attempt.at()))
        .param("by", attempt.by())
        .param("reached", attempt.reached())
        .param("cause", attempt.unreachedCause())
        .param("solved", attempt.solved())
        .param("satisfaction", attempt.satisfaction())
        .param("answers", attempt.answers())
        .param("remarks", attempt.remarks())
        .param("next", Sql.utcOrNull(attempt.nextAttemptAt()))
        .update();
  }

  List<CallbackAttempt> callbackAttempts(String number) {
    return jdbc.sql("SELECT * FROM callback_attempt WHERE order_number = :number ORDER BY id")
        .param("number", number)
        .query(
            (row, i) ->
                new CallbackAttempt(
                    number,
                    row.getInt("round"),
                    row.getString("medium"),
                    Sql.at(row, "attempted_at"),
                    row.getString("attempted_by"),
                    row.getBoolean("reached"),
                    row.getString("unreached_cause"),
                    row.getObject("solved", Boolean.class),
                    row.getString("satisfaction"),
                    row.getString("answers"),
                    row.getString("remarks"),
                    Sql.atOrNull(row, "next_attempt_at")))
        .list();
  }

  private MapSqlParameterSource parameters(WorkOrder o) {
    return new MapSqlParameterSource()
        .addValue("number", o.number)
        .addValue("company", o.company)
        .addValue("idempotency_key", o.idempotencyKey)
        .addValue("request_digest", o.requestDigest)
        .addValue("process_instance_id", o.processInstanceId)
        .addValue("status", o.status.name())
        .addValue("channel", o.channel)
        .addValue("category", o.category)
        .addValue("subcategory", o.subcategory)
        .addValue("level", o.level)
        .addValue("emergency", o.emergency)
        .addValue("department", o.department)
        .addValue("assigned_department", o.assignedDepartment)
        .addValue("supervisor", o.supervisor)
        .addValue("description", o.description)
        .addValue("received_at", Sql.utc(o.receivedAt))
        .addValue("recorded_at", Sql.utc(o.recordedAt))
        .addValue("recorded_by", o.recordedBy)
        .addValue("caller_name", o.callerName)
        .addValue("caller_phone", o.callerPhone)
        .addValue("phone_digits", o.phoneDigits)
        .addValue("address", o.address)
        .addValue("building_key", Address.buildingKey(o.address))
        .addValue("district", o.district)
        .addValue("wants_callback", o.wantsCallback)
        .addValue("facts", json(o.facts))
        .addValue("confidential", o.isConfidential())
        .addValue("external_platform", o.externalPlatform)
        .addValue("external_number", o.externalNumber)
        .addValue("external_due_at", Sql.utcOrNull(o.externalDueAt))
        .addValue("linked", o.linked)
        .addValue("outage_number", o.outageNumber)
        .addValue("guidance", o.guidance)
        .addValue("answer", o.answer)
        .addValue("missing", o.missing)
        .addValue("needs_gis", o.needsGis)
        .addValue("gis_reference", o.gisReference)
        .addValue("instruction", o.instruction)
        .addValue("worker", o.worker)
        .addValue("agreed_time", Sql.utcOrNull(o.agreedTime))
        .addValue("result", o.result)
        .addValue("measures", o.measures)
        .addValue("parts", o.parts)
        .addValue("cost", o.cost)
        .addValue("settled_on", o.settledOn)
        .addValue("platform_reply", o.platformReply)
        .addValue("platform_replied_at", Sql.utcOrNull(o.platformRepliedAt))
        .addValue("delay_cause", o.delayCause)
        .addValue("responsible_side", o.responsibleSide)
        .addValue("round", o.round)
        .addValue("dispatched_round", o.dispatchedRound)
        .addValue("urged", o.urged)
        .addValue("callback_medium", o.callbackMedium)
        .addValue("satisfaction", o.satisfaction)
        .addValue("calendar_warning", o.calendarWarning)
        .addValue("next_alert_at", Sql.utcOrNull(o.nextAlertAt()))
        .addValue("closed_at", Sql.utcOrNull(o.closedAt))
        .addValue("version", o.version);
  }

  private WorkOrder order(ResultSet row) throws SQLException {
    String company = row.getString("company");
    WorkOrder o =
        new WorkOrder(
            row.getString("number"),
            company,
            calendars.of(company),
            Sql.at(row, "received_at"),
            Sql.at(row, "recorded_at"),
            row.getString("recorded_by"));
    o.id = row.getLong("id");
    o.idempotencyKey = row.getString("idempotency_key");
    o.requestDigest = row.getString("request_digest");
    o.processInstanceId = row.getString("process_instance_id");
    o.status = Status.valueOf(row.getString("status"));
    o.channel = row.getString("channel");
    o.category = row.getString("category");
    o.subcategory = row.getString("subcategory");
    o.level = row.getString("level");
    o.emergency = row.getBoolean("emergency");
    o.department = row.getString("department");
    o.assignedDepartment = row.getString("assigned_department");
    o.supervisor = row.getString("supervisor");
    o.description = row.getString("description");
    o.callerName = row.getString("caller_name");
    o.callerPhone = row.getString("caller_phone");
    o.phoneDigits = row.getString("phone_digits");
    o.address = row.getString("address");
    o.district = row.getString("district");
    o.wantsCallback = row.getBoolean("wants_callback");
    o.facts = facts(row.getString("facts"));
    o.externalPlatform = row.getString("external_platform");
    o.externalNumber = row.getString("external_number");
    o.externalDueAt = Sql.atOrNull(row, "external_due_at");
    o.linked = row.getBoolean("linked");
    o.outageNumber = row.getString("outage_number");
    o.guidance = row.getString("guidance");
    o.answer = row.getString("answer");
    o.missing = row.getString("missing");
    o.needsGis = row.getBoolean("needs_gis");
    o.gisReference = row.getString("gis_reference");
    o.instruction = row.getString("instruction");
    o.worker = row.getString("worker");
    o.agreedTime = Sql.atOrNull(row, "agreed_time");
    o.result = row.getString("result");
    o.measures = row.getString("measures");
    o.parts = row.getString("parts");
    o.cost = row.getString("cost");
    o.settledOn = row.getObject("settled_on", LocalDate.class);
    o.platformReply = row.getString("platform_reply");
    o.platformRepliedAt = Sql.atOrNull(row, "platform_replied_at");
    o.delayCause = row.getString("delay_cause");
    o.responsibleSide = row.getString("responsible_side");
    o.round = row.getInt("round");
    o.dispatchedRound = row.getInt("dispatched_round");
    o.urged = row.getInt("urged");
    o.callbackMedium = row.getString("callback_medium");
    o.satisfaction = row.getString("satisfaction");
    o.calendarWarning = row.getString("calendar_warning");
    o.storedNextAlertAt = Sql.atOrNull(row, "next_alert_at");
    o.closedAt = Sql.atOrNull(row, "closed_at");
    o.anonymisedAt = Sql.atOrNull(row, "anonymised_at");
    o.legalHold = LegalHold.read(row);
    o.version = row.getInt("version");
    return o;
  }

  private static MapSqlParameterSource parameters(String number, LimitClock c) {
    TimeLimitRule rule = c.rule;
    return new MapSqlParameterSource()
        .addValue("id", c.id)
        .addValue("order_number", number)
        .addValue("milestone", c.milestone.name())
        .addValue("round", c.round)
        .addValue("limit_text", rule.limit())
        .addValue("starts_with", rule.start())
        .addValue("who", rule.who())
        .addValue("warn_before", rule.warnBefore())
        .addValue("warn_to", rule.warnTo())
        .addValue("escalate_to", rule.escalateTo())
        .addValue("inquire_by", rule.inquireBy())
        .addValue("office_close", rule.officeClose())
        .addValue("article", rule.article())
        .addValue("basis", rule.basis())
        .addValue("started_at", Sql.utcOrNull(c.startedAt))
        .addValue("due_at", Sql.utcOrNull(c.dueAt))
        .addValue("original_due_at", Sql.utcOrNull(c.originalDueAt))
        .addValue("extended_until", Sql.utcOrNull(c.extendedUntil))
        .addValue("warn_at", Sql.utcOrNull(c.warnAt))
        .addValue("warned_at", Sql.utcOrNull(c.warnedAt))
        .addValue("met_at", Sql.utcOrNull(c.metAt))
        .addValue("breached", c.breached)
        .addValue("escalated_at", Sql.utcOrNull(c.escalatedAt))
        .addValue("void_at", Sql.utcOrNull(c.voidAt));
  }

  private static LimitClock clock(ResultSet row) throws SQLException {
    TimeLimitRule rule =
        new TimeLimitRule(
            row.getString("milestone"),
            row.getString("limit_text"),
            row.getString("starts_with"),
            text(row, "who"),
            text(row, "warn_before"),
            text(row, "warn_to"),
            text(row, "escalate_to"),
            text(row, "inquire_by"),
            text(row, "office_close"),
            row.getString("article"),
            row.getString("basis"));
    LimitClock clock =
        new LimitClock(Milestone.valueOf(rule.milestone()), row.getInt("round"), rule);
    clock.id = row.getLong("id");
    clock.startedAt = Sql.atOrNull(row, "started_at");
    clock.dueAt = Sql.atOrNull(row, "due_at");
    clock.originalDueAt = Sql.atOrNull(row, "original_due_at");
    clock.extendedUntil = Sql.atOrNull(row, "extended_until");
    clock.warnAt = Sql.atOrNull(row, "warn_at");
    clock.warnedAt = Sql.atOrNull(row, "warned_at");
    clock.metAt = Sql.atOrNull(row, "met_at");
    clock.breached = row.getBoolean("breached");
    clock.escalatedAt = Sql.atOrNull(row, "escalated_at");
    clock.voidAt = Sql.atOrNull(row, "void_at");
    clock.changed = false;
    return clock;
  }

  private static String text(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  static String json(Facts facts) {
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Facts facts(@Nullable String json) {
    try {
      return json == null ? new Facts() : JSON.readValue(json, Facts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
