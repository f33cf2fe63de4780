package hotline.retention;

import hotline.Sql;
import hotline.platform.LastWrites;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes records with everything that hangs on them. What remains names no person: the places of
 * the draw, which prove its share for good, and a link from a record that is kept.
 */
@Component
class Removal {
  private static final List<String> BY_ORDER_NUMBER =
      List.of(
          "work_order_event",
          "time_limit",
          "extension_request",
          "callback_attempt",
          "sms_question",
          "sms_reply",
          "confirmation");
  private static final List<String> BY_OUTAGE_NUMBER =
      List.of(
          "outage_call", "outage_event", "outage_contact_attempt", "outage_contact", "outage_duty");

  private final JdbcClient jdbc;
  private final LastWrites lastWrites;

  Removal(JdbcClient jdbc, LastWrites lastWrites) {
    this.jdbc = jdbc;
    this.lastWrites = lastWrites;
  }

  void ofOrders(List<String> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    rememberPhoned(numbers);
    BY_ORDER_NUMBER.forEach(table -> delete(table, "order_number", numbers));
    noticesAndTasks(numbers);
    delete("work_order", "number", numbers);
    // a link goes with the last of the two
    run(
        """
        DELETE FROM work_order_link WHERE number IN (:numbers)
          AND NOT EXISTS (SELECT 1 FROM work_order o WHERE o.number = work_order_link.linked)
        """,
        numbers);
    run(
        """
        DELETE FROM work_order_link WHERE linked IN (:numbers)
          AND NOT EXISTS (SELECT 1 FROM work_order o WHERE o.number = work_order_link.number)
        """,
        numbers);
    lastWrites.forget(numbers);
  }

  void ofOutages(List<String> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    BY_OUTAGE_NUMBER.forEach(table -> delete(table, "outage_number", numbers));
    noticesAndTasks(numbers);
    delete("outage", "number", numbers);
    lastWrites.forget(numbers);
  }

  void ofAnomalies(List<String> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    noticesAndTasks(numbers);
    delete("network_anomaly", "number", numbers);
  }

  /** Messages of numbers that belonged to no order. */
  void ofUnknownSenders(Instant before) {
    jdbc.sql("DELETE FROM sms_reply WHERE order_number IS NULL AND received_at < :before")
        .param("before", Sql.utc(before))
        .update();
  }

  private void rememberPhoned(List<String> numbers) {
    run(
        """
        UPDATE callback_place SET was_phoned = TRUE WHERE order_number IN (:numbers)
          AND EXISTS (SELECT 1 FROM callback_attempt a
            WHERE a.order_number = callback_place.order_number
              AND a.round = callback_place.round AND a.medium = 'PHONE')
        """,
        numbers);
  }

  private void noticesAndTasks(List<String> numbers) {
    run(
        """
        DELETE FROM notice_attempt WHERE notice_id IN
          (SELECT id FROM notice WHERE order_number IN (:numbers))
        """,
        numbers);
    delete("notice", "order_number", numbers);
    delete("work_task", "order_number", numbers);
  }

  private void delete(String table, String column, List<String> numbers) {
    run("DELETE FROM " + table + " WHERE " + column + " IN (:numbers)", numbers);
  }

  private void run(String sql, List<String> numbers) {
    jdbc.sql(sql).param("numbers", numbers).update();
  }
}
