package hotline.watch;

import hotline.Sql;
import hotline.notice.NoticeFigures;
import hotline.organisation.Organisation;
import hotline.watch.Figures.Count;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts what is open, by indexes that what is over does not lengthen. Of the engine it reads only
 * the tables of what runs; their moments are in the zone of the process.
 */
@Component
class FigureRows {
  private static final String DUE =
      " FROM ACT_RU_JOB WHERE RETRIES_ > 0 AND SUSPENSION_STATE_ = 1"
          // has its hours at night, and may be behind
          + " AND HANDLER_TYPE_ <> 'history-cleanup'"
          + " AND (DUEDATE_ IS NULL OR DUEDATE_ <= :now)";

  private final JdbcClient jdbc;
  private final Organisation organisation;
  private final NoticeFigures notices;

  FigureRows(JdbcClient jdbc, Organisation organisation, NoticeFigures notices) {
    this.jdbc = jdbc;
    this.organisation = organisation;
    this.notices = notices;
  }

  Figures count(Instant now) {
    return new Figures(
        now,
        counts(
            """
            SELECT company, department AS part, COUNT(*) AS number FROM work_order
            WHERE closed_at IS NULL GROUP BY company, department
            """,
            now),
        counts(
            """
            SELECT o.company, o.department AS part, COUNT(DISTINCT o.number) AS number
            FROM work_task t JOIN work_order o ON o.number = t.order_number
            WHERE t.is_open = TRUE AND t.due_at < :now AND t.task NOT LIKE 'await-%'
            GROUP BY o.company, o.department
            """,
            now),
        counts(
            """
            SELECT company, group_id AS part, COUNT(*) AS number FROM work_task
            WHERE is_open = TRUE AND task NOT LIKE 'await-%' GROUP BY company, group_id
            """,
            now),
        counts(
            """
            SELECT company, group_id AS part, COUNT(*) AS number FROM work_task
            WHERE is_open = TRUE AND task NOT LIKE 'await-%' AND assignee IS NULL
            GROUP BY company, group_id
            """,
            now),
        counts(
            """
            SELECT company, status AS part, COUNT(*) AS number FROM outage
            WHERE company IN (:companies) AND finished_at IS NULL GROUP BY company, status
            """,
            now),
        counts(
            """
            SELECT o.company, '' AS part, COUNT(*) AS number
            FROM outage o JOIN outage_duty d ON d.outage_number = o.number
            WHERE o.closed_at IS NULL AND d.status = 'OPEN' AND d.due_at < :now
            GROUP BY o.company
            """,
            now),
        jdbc.sql("SELECT COUNT(*)" + DUE)
            .param("now", Timestamp.from(now))
            .query(Long.class)
            .single(),
        jdbc
            .sql("SELECT MIN(COALESCE(DUEDATE_, CREATE_TIME_)) AS oldest" + DUE)
            .param("now", Timestamp.from(now))
            .query((row, i) -> row.getTimestamp("oldest"))
            .list()
            .stream()
            .filter(oldest -> oldest != null)
            .map(Timestamp::toInstant)
            .findFirst()
            .orElse(null),
        jdbc.sql("SELECT COUNT(*) FROM ACT_RU_INCIDENT WHERE ID_ = ROOT_CAUSE_INCIDENT_ID_")
            .query(Long.class)
            .single(),
        notices.waiting(),
        jdbc.sql("SELECT COUNT(*) FROM order_without_actor").query(Long.class).single());
  }

  private List<Count> counts(String sql, Instant now) {
    return jdbc.sql(sql)
        .param("now", Sql.utc(now))
        .param("companies", organisation.ids())
        .query(
            (row, i) ->
                new Count(
                    row.getString("company"),
                    row.getString("part") == null ? "" : row.getString("part"),
                    row.getLong("number")))
        .list();
  }
}
