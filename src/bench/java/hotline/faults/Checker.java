package hotline.faults;

import hotline.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must hold after every fault, read from the tables, the mails and the logs. */
final class Checker {
  /** Milliseconds within which a job is tried again that met another transaction. */
  private static final long AGAIN_AFTER = 90_000;

  private static final Pattern PERSONAL =
      Pattern.compile(Load.CALLER + "|" + Load.STREET + "|暗语|" + Load.PHONES + "\\d{4}");

  /** Each verb of the record, and the tasks that write it. */
  private static final Map<String, String> ONCE =
      Map.of(
          "接单", "accept",
          "联系客户", "contact-customer",
          "GIS派单", "record-gis-dispatch",
          "回单", "report-work",
          "下达紧急处置意见", "instruct-emergency",
          "已通知承办部门", "notify-by-phone",
          "回访", "callback-by-phone",
          "跟进后办结", "follow-up");

  private final Database database;
  private final Ledger ledger;
  private final Mails mails;
  private final Result result;

  Checker(Database database, Ledger ledger, Mails mails, Result result) {
    this.database = database;
    this.ledger = ledger;
    this.mails = mails;
    this.result = result;
  }

  /** Every order that was acknowledged is there for its agent, with somebody who acts next. */
  void asRead(Node node) throws Exception {
    int read = 0;
    for (Map.Entry<String, Ledger.Call> each : ledger.calls.entrySet()) {
      Node.Answer answer = node.get("/api/work-orders/" + each.getKey(), Load.AGENT);
      if (answer.status() != 200) {
        result.broken.add("acknowledged order " + each.getKey() + " answers " + answer.status());
      } else {
        read++;
        result.hold(
            answer.body().path("description").asText().equals(each.getValue().text()),
            each.getKey() + " has another text");
        boolean closed =
            List.of("CLOSED", "ANSWERED", "WITHDRAWN")
                .contains(answer.body().path("status").asText());
        result.hold(
            closed || !answer.body().path("waitingFor").isEmpty(),
            each.getKey() + " waits for nobody");
      }
    }
    result.figure("orders read", read);
  }

  /** Timers that are due and mails that should have left. */
  static long due(Database database) throws SQLException {
    try (Connection connection = database.connect()) {
      return number(
              connection,
              """
              SELECT COUNT(*) FROM ACT_RU_JOB WHERE RETRIES_ > 0
                AND (DUEDATE_ < ? OR EXCEPTION_STACK_ID_ IS NOT NULL AND DUEDATE_ < ?)
              """,
              new java.sql.Timestamp(System.currentTimeMillis()),
              new java.sql.Timestamp(System.currentTimeMillis() + AGAIN_AFTER))
          + number(
              connection,
              """
              SELECT COUNT(*) FROM notice WHERE status IN ('PENDING', 'UNKNOWN')
                AND channel IN ('EMAIL', 'PHONE') AND next_attempt_at IS NOT NULL
              """);
    }
  }

  void tables() throws Exception {
    try (Connection connection = database.connect()) {
      acknowledged(connection);
      instances(connection);
      nextActors(connection);
      events(connection);
      notices(connection);
      none(connection, "incident", "SELECT ID_ FROM ACT_RU_INCIDENT");
      none(connection, "job without retries", "SELECT ID_ FROM ACT_RU_JOB WHERE RETRIES_ = 0");
      result.figure("orders", number(connection, "SELECT COUNT(*) FROM work_order"));
      result.figure(
          "closed",
          number(connection, "SELECT COUNT(*) FROM work_order WHERE closed_at IS NOT NULL"));
      result.figure(
          "alerts",
          number(connection, "SELECT COUNT(*) FROM work_order_event WHERE verb IN ('超期', '时限提醒')"));
    }
    result.figure("acknowledged calls", ledger.calls.size());
    result.figure("acknowledged tasks", ledger.acts.size());
    result.figure(
        "acknowledged urges",
        ledger.urged.values().stream().mapToInt(times -> times.acknowledged.get()).sum());
    result.figure("answers (0: none)", new java.util.TreeMap<>(ledger.statuses));
    ledger.wrong.stream().limit(10).forEach(result.broken::add);
  }

  private void acknowledged(Connection connection) throws SQLException {
    Map<String, String> keys = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    rows(
        connection,
        "SELECT number, idempotency_key, description FROM work_order",
        row -> {
          keys.put(row.getString(1), String.valueOf(row.getString(2)));
          texts.put(row.getString(1), row.getString(3));
        });
    ledger.calls.forEach(
        (number, call) ->
            result.hold(
                call.key().equals(keys.get(number)) && call.text().equals(texts.get(number)),
                "acknowledged order " + number + " is lost"));
    Map<String, String> closedBy = new HashMap<>();
    rows(
        connection,
        "SELECT task_id, closed_by FROM work_task WHERE is_open = FALSE",
        row -> closedBy.put(row.getString(1), row.getString(2)));
    ledger.acts.forEach(
        (id, act) ->
            result.hold(
                act.person().equals(closedBy.get(id)),
                "acknowledged " + act.task() + " of " + act.order() + " is lost"));
    Map<String, Integer> urged = new HashMap<>();
    rows(
        connection,
        "SELECT order_number, COUNT(*) FROM work_order_event WHERE verb = '催办' GROUP BY"
            + " order_number",
        row -> urged.put(row.getString(1), row.getInt(2)));
    ledger.urged.forEach(
        (number, times) -> {
          int there = urged.getOrDefault(number, 0);
          int least = times.acknowledged.get();
          result.hold(
              there >= least && there <= least + times.unanswered.get(),
              number + " was urged " + least + " times and shows " + there);
        });
  }

  private void instances(Connection connection) throws SQLException {
    String roots =
        """
        (SELECT COUNT(*) FROM ACT_RU_EXECUTION e
         WHERE e.BUSINESS_KEY_ = o.number AND e.PARENT_ID_ IS NULL AND e.SUPER_EXEC_ IS NULL)
        """;
    none(
        connection,
        "open order without exactly one instance",
        "SELECT number FROM work_order o WHERE closed_at IS NULL AND " + roots + " <> 1");
    none(
        connection,
        "closed order with an instance",
        """
        SELECT number FROM work_order o WHERE closed_at IS NOT NULL AND NOT EXISTS
          (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND t.is_open = TRUE
             AND t.task = 'record-completion') AND
        """
            + roots
            + " <> 0");
    none(
        connection,
        "instance without an order",
        """
        SELECT e.ID_ FROM ACT_RU_EXECUTION e WHERE e.PARENT_ID_ IS NULL AND NOT EXISTS
          (SELECT 1 FROM work_order o WHERE o.number = e.BUSINESS_KEY_)
        """);
  }

  private void nextActors(Connection connection) throws SQLException {
    none(
        connection,
        "open order without a next actor",
        """
        SELECT number FROM work_order o WHERE closed_at IS NULL AND NOT EXISTS
          (SELECT 1 FROM work_task t WHERE t.order_number = o.number AND is_open = TRUE)
        """);
    none(
        connection,
        "closed order with a task",
        """
        SELECT o.number FROM work_order o JOIN work_task t
          ON t.order_number = o.number AND t.is_open = TRUE
        WHERE o.closed_at IS NOT NULL AND t.task <> 'record-completion'
        """);
    none(
        connection,
        "open task that the engine does not have",
        """
        SELECT CONCAT(order_number, ' ', task) FROM work_task
        WHERE is_open = TRUE AND task NOT LIKE 'await-%'
          AND task_id NOT IN (SELECT ID_ FROM ACT_RU_TASK)
        """);
    none(
        connection,
        "task of the engine that no order shows",
        """
        SELECT ID_ FROM ACT_RU_TASK
        WHERE ID_ NOT IN (SELECT task_id FROM work_task WHERE is_open = TRUE)
        """);
    none(
        connection,
        "awaited SMS without its question",
        """
        SELECT order_number FROM work_task t WHERE is_open = TRUE AND task = 'await-sms-reply'
          AND NOT EXISTS (SELECT 1 FROM sms_question q WHERE q.order_number = t.order_number)
        """);
    none(
        connection,
        "open order without its one timer of limits",
        """
        SELECT o.number FROM work_order o WHERE o.closed_at IS NULL AND o.next_alert_at IS NOT NULL
          AND (SELECT COUNT(*) FROM ACT_RU_JOB j WHERE j.PROCESS_INSTANCE_ID_ = o.process_instance_id
                 AND j.HANDLER_TYPE_ LIKE 'timer-%') <> 1
        """);
  }

  private void events(Connection connection) throws SQLException {
    none(
        connection,
        "order that was not recorded exactly once",
        """
        SELECT number FROM work_order o WHERE (SELECT COUNT(*) FROM work_order_event e
          WHERE e.order_number = o.number AND e.verb = '登记来电') <> 1
        """);
    for (Map.Entry<String, String> each : ONCE.entrySet()) {
      none(
          connection,
          "not one line " + each.getKey() + " for each " + each.getValue(),
          """
          SELECT number FROM work_order o WHERE
            (SELECT COUNT(*) FROM work_order_event e
             WHERE e.order_number = o.number AND e.verb = '%s' AND e.acted_by LIKE '%%.%%') <>
            (SELECT COUNT(*) FROM work_task t WHERE t.order_number = o.number
               AND t.task = '%s' AND t.closed_by IS NOT NULL)
          """
              .formatted(each.getKey(), each.getValue()));
    }
    none(
        connection,
        "not one line 超期 for each breach",
        """
        SELECT number FROM work_order o WHERE
          (SELECT COUNT(*) FROM work_order_event e
           WHERE e.order_number = o.number AND e.verb = '超期') <>
          (SELECT COUNT(*) FROM time_limit l
           WHERE l.order_number = o.number AND l.escalated_at IS NOT NULL)
        """);
    none(
        connection,
        "not one line 时限提醒 for each warning",
        """
        SELECT number FROM work_order o WHERE
          (SELECT COUNT(*) FROM work_order_event e
           WHERE e.order_number = o.number AND e.verb = '时限提醒') <>
          (SELECT COUNT(*) FROM time_limit l
           WHERE l.order_number = o.number AND l.warned_at IS NOT NULL)
        """);
    none(
        connection,
        "limit that is over, and nobody was told",
        """
        SELECT l.order_number FROM time_limit l JOIN work_order o ON o.number = l.order_number
        WHERE o.closed_at IS NULL AND l.met_at IS NULL AND l.void_at IS NULL
          AND l.escalated_at IS NULL AND l.milestone NOT IN ('REFUSE', 'APPOINTMENT')
          AND l.due_at < '%s'
        """
            .formatted(
                java.time.LocalDateTime.now(java.time.ZoneOffset.UTC)
                    .minusMinutes(5)
                    .withNano(0)
                    .toString()
                    .replace('T', ' ')));
  }

  private void notices(Connection connection) throws Exception {
    none(
        connection,
        "notice whose attempts are not all on the record",
        """
        SELECT n.id FROM notice n LEFT JOIN
          (SELECT a.notice_id, COUNT(*) AS made, SUM(a.outcome = 'UNKNOWN') AS doubts
           FROM notice_attempt a WHERE a.outcome <> 'DONE_BY_PERSON' GROUP BY a.notice_id) a
          ON a.notice_id = n.id
        WHERE n.claimed_until IS NULL
          AND (n.attempts > COALESCE(a.made, 0) OR n.attempts + a.doubts < a.made)
        """);
    none(
        connection,
        "notice that nobody sends any more",
        "SELECT id FROM notice WHERE status IN ('PENDING', 'UNKNOWN') AND channel = 'EMAIL'"
            + " AND next_attempt_at IS NULL");
    none(
        connection,
        "dispatch that failed, and nobody phones or has accepted",
        """
        SELECT n.order_number FROM notice n JOIN work_order o ON o.number = n.order_number
        WHERE n.status = 'FAILED' AND n.purpose = 'DISPATCH' AND o.status = 'DISPATCHED'
          AND NOT EXISTS (SELECT 1 FROM work_task t
            WHERE t.order_number = n.order_number AND t.task = 'notify-by-phone')
        """);
    Map<String, List<String>> received = mails.received();
    Map<String, String> byKey = new HashMap<>();
    Map<String, Integer> unknown = new HashMap<>();
    rows(
        connection,
        """
        SELECT n.notice_key, n.status, (SELECT COUNT(*) FROM notice_attempt a
          WHERE a.notice_id = n.id AND a.outcome = 'UNKNOWN') FROM notice n WHERE channel = 'EMAIL'
        """,
        row -> {
          byKey.put(messageId(row.getString(1)), row.getString(2));
          unknown.put(messageId(row.getString(1)), row.getInt(3));
        });
    int doubled = 0;
    for (Map.Entry<String, List<String>> each : received.entrySet()) {
      int doubts = unknown.getOrDefault(each.getKey(), 0);
      if (each.getValue().size() > 1) {
        doubled++;
        result.hold(
            doubts > 0
                && each.getValue().size() == 2
                && each.getValue().stream().anyMatch(subject -> subject.contains("【重发】")),
            "mail came " + each.getValue() + " with " + doubts + " doubts on the record");
      }
      result.hold(byKey.containsKey(each.getKey()), "mail without a notice " + each.getValue());
    }
    byKey.forEach(
        (id, status) ->
            result.hold(
                !status.equals("SENT") || received.containsKey(id), "sent, and no mail came"));
    result.figure("mails", received.values().stream().mapToInt(List::size).sum());
    result.figure("sent again, marked", doubled);
    result.figure(
        "notices failed",
        number(connection, "SELECT COUNT(*) FROM notice WHERE status = 'FAILED'"));
  }

  /** As the product makes it of the notice's key. */
  private static String messageId(String key) {
    byte[] hash = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@yunfu.example>";
  }

  /** Nothing personal, and no error that the fault does not explain. */
  void log(Node node, String... explained) throws IOException {
    int errors = 0;
    List<String> unexplained = new ArrayList<>();
    try (Stream<String> lines = Files.lines(node.log)) {
      for (String line : (Iterable<String>) lines::iterator) {
        if (PERSONAL.matcher(line).find()) {
          result.broken.add("personal in " + node.log + ": " + line);
        }
        if (line.contains(" ERROR ") || line.contains("\"ERROR\"")) {
          errors++;
          if (Stream.of(explained).noneMatch(line::contains)) {
            unexplained.add(line);
          }
        }
      }
    }
    result.figure("errors in " + node.name, errors);
    result.hold(
        unexplained.isEmpty(),
        unexplained.size()
            + " errors without a reason in "
            + node.log
            + ": "
            + unexplained.stream().limit(3).toList());
  }

  private void none(Connection connection, String what, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    rows(connection, query, row -> found.add(row.getString(1)));
    result.hold(
        found.isEmpty(), what + ": " + found.size() + " " + found.stream().limit(5).toList());
    for (String number : found.stream().filter(id -> id.contains("-")).limit(1).toList()) {
      explain(connection, number);
    }
  }

  /** What the tables have of an order about which something is wrong. */
  private static void explain(Connection connection, String number) throws SQLException {
    for (String query :
        List.of(
            "SELECT * FROM time_limit WHERE order_number = '%s'",
            "SELECT happened_at, acted_by, verb FROM work_order_event WHERE order_number = '%s'",
            "SELECT * FROM work_task WHERE order_number = '%s'",
            "SELECT next_alert_at, version, process_instance_id FROM work_order WHERE number = '%s'",
            "SELECT * FROM ACT_RU_EXECUTION WHERE BUSINESS_KEY_ = '%s'",
            "SELECT * FROM ACT_RU_JOB WHERE PROCESS_INSTANCE_ID_ ="
                + " (SELECT process_instance_id FROM work_order WHERE number = '%s')")) {
      rows(
          connection,
          query.formatted(number),
          row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              line.append(row.getMetaData().getColumnName(i)).append('=');
              line.append(row.getString(i)).append(' ');
            }
            System.out.println("       " + line);
          });
    }
  }

  interface Row {
    void read(ResultSet row) throws SQLException;
  }

  static void rows(Connection connection, String query, Row row) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        row.read(rows);
      }
    }
  }

  static long number(Connection connection, String query, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
