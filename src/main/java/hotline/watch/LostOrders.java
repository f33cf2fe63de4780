package hotline.watch;

import hotline.Sql;
import hotline.outage.Outages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Looks through what is open, page by page, for orders that nobody would act on: somebody acts when
 * the instance is there and has a task that is also in our list, or a step that waits for a moment.
 * The supervision of time limits only reminds, so its timers do not count.
 */
@Component
class LostOrders {
  private static final String LACK =
      """
      SELECT p.id, p.number, p.company,
        EXISTS (SELECT 1 FROM ACT_RU_EXECUTION e WHERE e.ID_ = p.process_instance_id) AS is_there,
        EXISTS (SELECT 1 FROM work_task t JOIN ACT_RU_TASK r ON r.ID_ = t.task_id
          WHERE t.order_number = p.number AND t.is_open = TRUE AND t.task <> 'recover-order')
        OR EXISTS (SELECT 1 FROM ACT_RU_JOB j LEFT JOIN ACT_RU_JOBDEF d ON d.ID_ = j.JOB_DEF_ID_
          WHERE j.ROOT_PROC_INST_ID_ = p.process_instance_id AND j.RETRIES_ > 0
            AND j.HANDLER_TYPE_ IN ('timer-intermediate-transition', 'async-continuation')
            AND (d.ACT_ID_ IS NULL OR d.ACT_ID_ <> 'Event_NextAlert')) AS goes_on
      FROM (SELECT id, number, company, process_instance_id FROM\s""";

  private final JdbcClient jdbc;

  LostOrders(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next open ones by id, sound or not, of which no person is asked so far. */
  List<Suspect> page(boolean outages, long after, int size) {
    return jdbc.sql(
            LACK
                + (outages ? "outage" : "work_order")
                + " o WHERE closed_at IS NULL AND id > :after AND"
                + " NOT EXISTS (SELECT 1 FROM order_without_actor a WHERE a.number = o.number)"
                + " ORDER BY id LIMIT :size) p ORDER BY p.id")
        .param("after", after)
        .param("size", size)
        .query((row, i) -> suspect(row))
        .list();
  }

  /** The next of these by number with a failed step; the engine keeps rows of those only. */
  List<String> withFailedJobs(String after, int size) {
    return jdbc.sql(
            """
            SELECT DISTINCT e.BUSINESS_KEY_ FROM ACT_RU_INCIDENT i
              JOIN ACT_RU_EXECUTION e ON e.ID_ = i.PROC_INST_ID_
            WHERE e.BUSINESS_KEY_ > :after AND i.ID_ = i.ROOT_CAUSE_INCIDENT_ID_
              AND NOT EXISTS (SELECT 1 FROM order_without_actor a WHERE a.number = e.BUSINESS_KEY_)
              AND (EXISTS (SELECT 1 FROM work_order o
                  WHERE o.number = e.BUSINESS_KEY_ AND o.closed_at IS NULL)
                OR EXISTS (SELECT 1 FROM outage o
                  WHERE o.number = e.BUSINESS_KEY_ AND o.closed_at IS NULL))
            ORDER BY e.BUSINESS_KEY_ LIMIT :size
            """)
        .param("after", after)
        .param("size", size)
        .query(String.class)
        .list();
  }

  /** What the open order or outage of this number lacks now; empty when it is sound or over. */
  Optional<Suspect> lackOf(String number) {
    Optional<Suspect> suspect =
        jdbc.sql(LACK + table(number) + " WHERE closed_at IS NULL AND number = :number) p")
            .param("number", number)
            .query((row, i) -> suspect(row))
            .optional();
    return suspect
        .map(
            each ->
                each.lack() == null && hasFailedJob(number)
                    ? new Suspect(each.id(), number, each.company(), Lack.FAILED_JOB)
                    : each)
        .filter(each -> each.lack() != null);
  }

  private boolean hasFailedJob(String number) {
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM ACT_RU_EXECUTION e
                  JOIN ACT_RU_INCIDENT i ON i.PROC_INST_ID_ = e.ID_
                WHERE e.BUSINESS_KEY_ = :number
                """)
            .param("number", number)
            .query(Long.class)
            .single()
        > 0;
  }

  /** When something was last put on its record. */
  Instant lastEvent(String number) {
    return jdbc.sql(
            Outages.owns(number)
                ? """
                  SELECT happened_at FROM outage_event WHERE outage_number = :number
                  ORDER BY id DESC LIMIT 1
                  """
                : """
                  SELECT happened_at FROM work_order_event WHERE order_number = :number
                  ORDER BY id DESC LIMIT 1
                  """)
        .param("number", number)
        .query((row, i) -> Sql.at(row, "happened_at"))
        .optional()
        .orElse(Instant.EPOCH);
  }

  private static String table(String number) {
    return Outages.owns(number) ? "outage" : "work_order";
  }

  private static Suspect suspect(ResultSet row) throws SQLException {
    @Nullable Lack lack =
        !row.getBoolean("is_there")
            ? Lack.NO_INSTANCE
            : row.getBoolean("goes_on") ? null : Lack.NO_STEP;
    return new Suspect(row.getLong("id"), row.getString("number"), row.getString("company"), lack);
  }
}
