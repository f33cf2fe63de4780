package hotline.retention;

import hotline.Sql;
import hotline.workorder.Facts;
import hotline.workorder.LegalHold;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Takes from a record whatever could tell of a person: name, number, place and every word that
 * somebody typed. What reports count stays: company, department, category, times, limits, answers.
 */
@Component
class Anonymising {
  /** Verbs whose notes the product writes by itself, of departments, levels and times. */
  static final List<String> OWN_WORDS =
      List.of(
          "登记来电",
          "受理",
          "定级",
          "定责",
          "派单",
          "转派",
          "时限提醒",
          "超期",
          "时限延长",
          "确定回访方式",
          "登记结算日期",
          "关联停供",
          "转为停供事件",
          "来自工单",
          "同办部门另立工单",
          "另一诉求另立工单",
          "新诉求另立工单",
          "登记停供",
          "报告计划停供",
          "报告突发停供",
          "提前量不足");

  private final NamedParameterJdbcTemplate jdbc;

  Anonymising(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void ofOrders(List<String> numbers, Instant at) {
    if (numbers.isEmpty()) {
      return;
    }
    run(
        set("work_order", "caller_name", "address", "answer", "instruction", "result", "measures")
            + more("parts", "platform_reply", "responsible_side", "gis_reference")
            + """
            , caller_phone = :remark, description = :remark, phone_digits = '',
              building_key = NULL, external_number = NULL, idempotency_key = NULL,
              request_digest = NULL, anonymised_at = :at WHERE number IN (:numbers)
            """,
        numbers,
        at);
    facts(numbers);
    words("work_order_event", "order_number", numbers, at);
    run(set("extension_request", "reason", "decision_reason") + BY_ORDER, numbers, at);
    run(set("callback_attempt", "answers", "remarks") + BY_ORDER, numbers, at);
    run(
        """
        UPDATE sms_reply SET reply = :remark, phone_digits = '',
          message_id = CONCAT('anonymous-', id)"""
            + BY_ORDER,
        numbers,
        at);
    run("DELETE FROM sms_question" + BY_ORDER, numbers, at);
    notices(numbers, at);
  }

  void ofOutages(List<String> numbers, Instant at) {
    if (numbers.isEmpty()) {
      return;
    }
    run(
        """
        UPDATE outage SET idempotency_key = NULL, request_digest = NULL, anonymised_at = :at
        WHERE number IN (:numbers)
        """,
        numbers,
        at);
    words("outage_event", "outage_number", numbers, at);
    run(set("outage_duty", "note") + BY_OUTAGE, numbers, at);
    run(set("outage_contact", "person", "phone") + BY_OUTAGE, numbers, at);
    run(set("outage_contact_attempt", "spoke_with", "note") + BY_OUTAGE, numbers, at);
    notices(numbers, at);
  }

  private static final String BY_ORDER = " WHERE order_number IN (:numbers)";
  private static final String BY_OUTAGE = " WHERE outage_number IN (:numbers)";

  private void words(String table, String column, List<String> numbers, Instant at) {
    run(
        set(table, "note") + " WHERE " + column + " IN (:numbers) AND verb NOT IN (:ownWords)",
        numbers,
        at);
  }

  /** One that still waits is not sent any more: nobody knows whom it was for. */
  private void notices(List<String> numbers, Instant at) {
    run(
        set("notice", "note")
            + """
            , notice_key = CONCAT('anonymous-', id), receiver_name = :remark, address = NULL,
              subject = :remark, body = :remark, next_attempt_at = NULL,
              status = CASE WHEN status IN ('PENDING', 'UNKNOWN') THEN 'CANCELLED'
                ELSE status END"""
            + BY_ORDER,
        numbers,
        at);
  }

  private void facts(List<String> numbers) {
    List<MapSqlParameterSource> rows =
        jdbc.query(
            "SELECT number, facts FROM work_order WHERE number IN (:numbers)",
            new MapSqlParameterSource("numbers", numbers),
            (row, i) ->
                new MapSqlParameterSource("number", row.getString("number"))
                    .addValue("facts", Facts.withoutWords(row.getString("facts"))));
    Sql.batch(jdbc, "UPDATE work_order SET facts = :facts WHERE number = :number", rows);
  }

  /** What was said is replaced by the remark, what was not said stays empty. */
  private static String set(String table, String... columns) {
    return "UPDATE " + table + " SET " + remarks(columns);
  }

  private static String more(String... columns) {
    return ", " + remarks(columns);
  }

  private static String remarks(String... columns) {
    return List.of(columns).stream()
        .map(column -> column + " = CASE WHEN " + column + " IS NULL THEN NULL ELSE :remark END")
        .collect(Collectors.joining(", "));
  }

  private void run(String sql, List<String> numbers, Instant at) {
    jdbc.update(
        sql,
        new MapSqlParameterSource("numbers", numbers)
            .addValue("remark", LegalHold.ANONYMOUS)
            .addValue("at", Sql.utc(at))
            .addValue("ownWords", OWN_WORDS));
  }
}
