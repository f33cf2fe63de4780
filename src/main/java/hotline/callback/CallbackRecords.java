package hotline.callback;

import hotline.Sql;
import hotline.organisation.Company;
import hotline.workorder.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The weekly table of callbacks (YC-14, Annex 2): who was phoned about an order of that week and
 * what they said, beside how many orders were to be drawn from and how many calls were owed.
 */
@Component
class CallbackRecords {
  private static final String HIDDEN = "（仅办理人员可见）";

  private final JdbcClient jdbc;

  CallbackRecords(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One line of Annex 2 and the order it is about; an order that was phoned again after rework has
   * another line.
   */
  record Line(
      int number,
      String order,
      Instant receivedAt,
      LocalDate calledBackOn,
      String callerName,
      String callerPhone,
      String address,
      String description,
      String handledBy,
      String completion,
      String satisfaction) {}

  /**
   * @param week its Monday
   * @param eligible orders of the week that took a place in the draw
   * @param phoned those of them whose customer was phoned, reached or not (C22)
   * @param required how many had to be, by the size of the draw's blocks, rounded up
   * @param lines all calls; complaints and reworked orders, which are phoned without a draw, too
   */
  record Week(LocalDate week, int eligible, int phoned, int required, List<Line> lines) {}

  Week of(Company company, LocalDate day, boolean withConfidential) {
    LocalDate monday = CallbackDraw.weekOf(day);
    Instant from = monday.atStartOfDay(company.zone()).toInstant();
    Instant to = monday.plusWeeks(1).atStartOfDay(company.zone()).toInstant();
    Counts counts = counts(company, from, to);
    return new Week(
        monday,
        counts.eligible(),
        counts.phoned(),
        counts.required(),
        lines(company, from, to, withConfidential));
  }

  private record Counts(int eligible, int phoned, int required) {}

  private Counts counts(Company company, Instant from, Instant to) {
    return jdbc.sql(
            """
            SELECT COUNT(*) AS eligible, MIN(b.block_size) AS block_size,
              COUNT(CASE WHEN p.was_phoned = TRUE OR EXISTS
              (SELECT 1 FROM callback_attempt a WHERE a.order_number = p.order_number
                AND a.round = p.round AND a.medium = 'PHONE') THEN 1 END) AS phoned
            FROM callback_place p JOIN callback_block b
              ON b.company = p.company AND b.block_number = p.block_number
            WHERE p.company = :company AND p.taken_at >= :from AND p.taken_at < :to
            """)
        .param("company", company.id())
        .param("from", Sql.utc(from))
        .param("to", Sql.utc(to))
        .query(
            (row, i) -> {
              int eligible = row.getInt("eligible");
              int size = Math.max(1, row.getInt("block_size"));
              return new Counts(eligible, row.getInt("phoned"), (eligible + size - 1) / size);
            })
        .single();
  }

  /**
   * The last call about each order and round. One that was drawn stands in the week of its place,
   * another one in the week in which it was first phoned.
   */
  private List<Line> lines(Company company, Instant from, Instant to, boolean withConfidential) {
    List<Line> lines = new ArrayList<>();
    jdbc.sql(
            """
            SELECT o.number, o.received_at, o.caller_name, o.caller_phone, o.address, o.description,
              o.confidential, o.worker, o.round AS newest_round, a.round, a.attempted_at, a.reached,
              a.unreached_cause, a.solved, a.satisfaction, a.remarks,
              (SELECT e.note FROM work_order_event e WHERE e.id =
                (SELECT MAX(id) FROM work_order_event WHERE order_number = o.number
                  AND verb = '派单' AND happened_at <= a.attempted_at)) AS unit,
              (SELECT e.note FROM work_order_event e WHERE e.id =
                (SELECT MAX(id) FROM work_order_event WHERE order_number = o.number
                  AND verb LIKE '回单%' AND happened_at <= a.attempted_at)) AS reported
            FROM (
              SELECT order_number, round FROM callback_place
              WHERE company = :company AND taken_at >= :from AND taken_at < :to
              UNION
              SELECT f.order_number, f.round FROM callback_attempt f
              JOIN work_order w ON w.number = f.order_number
              WHERE w.company = :company AND f.medium = 'PHONE'
                AND f.attempted_at >= :from AND f.attempted_at < :to
                AND NOT EXISTS (SELECT 1 FROM callback_place p
                  WHERE p.order_number = f.order_number AND p.round = f.round)
                AND NOT EXISTS (SELECT 1 FROM callback_attempt e
                  WHERE e.order_number = f.order_number AND e.round = f.round
                    AND e.medium = 'PHONE' AND e.id < f.id)) k
            JOIN callback_attempt a ON a.order_number = k.order_number AND a.round = k.round
              AND a.medium = 'PHONE'
            JOIN work_order o ON o.number = k.order_number
            WHERE NOT EXISTS (SELECT 1 FROM callback_attempt l WHERE l.order_number = a.order_number
              AND l.round = a.round AND l.medium = 'PHONE' AND l.id > a.id)
            ORDER BY a.attempted_at, a.id
            """)
        .param("company", company.id())
        .param("from", Sql.utc(from))
        .param("to", Sql.utc(to))
        .query(
            row -> {
              lines.add(line(row, lines.size() + 1, company.zone(), withConfidential));
            });
    return lines;
  }

  private static Line line(ResultSet row, int number, ZoneId zone, boolean withConfidential)
      throws SQLException {
    boolean shown = withConfidential || !row.getBoolean("confidential");
    boolean newest = row.getInt("round") == row.getInt("newest_round");
    return new Line(
        number,
        row.getString("number"),
        Sql.at(row, "received_at"),
        Sql.at(row, "attempted_at").atZone(zone).toLocalDate(),
        shown ? Text.orEmpty(row.getString("caller_name")) : HIDDEN,
        shown ? row.getString("caller_phone") : HIDDEN,
        shown ? Text.orEmpty(row.getString("address")) : HIDDEN,
        shown ? row.getString("description") : HIDDEN,
        joined(row.getString("unit"), newest ? row.getString("worker") : null),
        shown ? completion(row) : HIDDEN,
        satisfaction(row, shown));
  }

  private static String completion(ResultSet row) throws SQLException {
    Boolean solved = row.getObject("solved", Boolean.class);
    String reported = Text.orEmpty(row.getString("reported"));
    return solved == null ? reported : (solved ? "已解决。" : "未解决。") + reported;
  }

  private static String satisfaction(ResultSet row, boolean shown) throws SQLException {
    String cause = row.getString("unreached_cause");
    String mark = row.getString("satisfaction");
    String said = shown ? Text.orEmpty(row.getString("remarks")) : "";
    String answer =
        !row.getBoolean("reached")
            ? "未接通" + (cause == null ? "" : "：" + Callbacks.UNREACHED.get(cause))
            : mark == null ? "另约时间" : mark.equals("SATISFIED") ? "满意" : "不满意";
    return said.isEmpty() ? answer : answer + "（" + said + "）";
  }

  private static String joined(@Nullable String unit, @Nullable String worker) {
    return (Text.orEmpty(unit) + " " + Text.orEmpty(worker)).strip();
  }
}
