package hotline.workorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.zaxxer.hikari.HikariDataSource;
import hotline.Actor;
import hotline.Hotline;
import hotline.notice.FussyMailServer;
import hotline.platform.People;
import hotline.scenarios.Visitor;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A hotline in a storm: 100,000 open orders and a million closed ones on one MariaDB. What it costs
 * to complete a task then and before, how long lists and searches take beside the plain SQL, and
 * whether 25 calls a second are still taken in time.
 */
public final class FullHotline {
  /** Word for word what the page of the Tasklist sends. */
  private static final String AS_THE_PAGE = "application/hal+json, application/json; q=0.5";

  private static final String A_PAGE =
      """
      {"processVariables": [], "taskVariables": [], "caseInstanceVariables": [],
       "firstResult": 0, "maxResults": 15, "active": true,
       "sorting": [{"sortBy": "priority", "sortOrder": "desc"},
                   {"sortBy": "dueDate", "sortOrder": "asc"}]}
      """;

  private static final String GROUP = "yunfu-water.business";
  private static final int FEW = Integer.getInteger("few", 1000);
  private static final int OPEN = Integer.getInteger("open", 100_000);
  private static final int CLOSED = Integer.getInteger("closed", 1_000_000);
  private static final int CALLS_A_SECOND = 25;
  private static final int SECONDS = Integer.getInteger("seconds", 600);

  private final ConfigurableApplicationContext product;
  private final Connection database;
  private final WorkOrderApi orders;
  private final TaskApi tasks;
  private final Actor agent;
  private final Actor department;
  private final Actor other;
  private final AtomicInteger sequence = new AtomicInteger();

  private FullHotline(ConfigurableApplicationContext product, Connection database) {
    this.product = product;
    this.database = database;
    this.orders = product.getBean(WorkOrderApi.class);
    this.tasks = product.getBean(TaskApi.class);
    People people = product.getBean(People.class);
    this.agent = people.actor("yunfu-water.agent");
    this.department = people.actor(GROUP);
    this.other = people.actor("yunfu-water.technical");
  }

  public static void main(String[] args) throws Exception {
    try (FussyMailServer mail = FussyMailServer.polite();
        BenchDatabase server = new BenchDatabase();
        ConfigurableApplicationContext product =
            SpringApplication.run(Hotline.class, server.product("bench_full", mail));
        Connection database = product.getBean(HikariDataSource.class).getConnection()) {
      new FullHotline(product, database).run();
    }
    System.exit(0);
  }

  private void run() throws Exception {
    for (int i = 0; i < FEW; i++) {
      take();
    }
    completions(100);
    long[] few = completions(200);
    row("completing a task, " + count("SELECT COUNT(*) FROM ACT_RU_TASK") + " open", few);
    long begun = System.nanoTime();
    fill();
    System.out.printf("filled in %d s%n", (System.nanoTime() - begun) / 1_000_000_000);
    completions(50);
    long[] many = completions(200);
    row("completing a task, " + count("SELECT COUNT(*) FROM ACT_RU_TASK") + " open", many);
    System.out.printf("ratio of the medians %.2f%n%n", (double) at(many, 0.5) / at(few, 0.5));
    lists();
    tasklist(GROUP);
    tasklist("yunfu-water.technical");
    cockpit("yunfu-water.manager");
    calls();
  }

  // ---- one order more, one task less

  private String take() {
    int i = sequence.incrementAndGet();
    IntakeRequest call =
        new IntakeRequest(
            "yunfu-water",
            "PHONE",
            "BILLING",
            null,
            null,
            null,
            "水费多收了一百元，请核查后答复",
            null,
            new IntakeRequest.Caller(
                "张三", phone(i), "云城区世纪大道" + i + "号", "云城区", true),
            null,
            null,
            null,
            null,
            null);
    return Objects.requireNonNull(
            orders.take(agent, UUID.randomUUID().toString(), call).getBody())
        .number();
  }

  private static String phone(int i) {
    return "0766-88%05d".formatted(i % 100_000);
  }

  private long[] completions(int times) {
    long[] micros = new long[times];
    for (int i = 0; i < times; i++) {
      String number = take();
      String task =
          tasks.list(department, null, null, number, null, null).items().get(0).id();
      long begun = System.nanoTime();
      tasks.complete(department, task, Map.of("outcome", "ACCEPT"));
      micros[i] = (System.nanoTime() - begun) / 1000;
    }
    Arrays.sort(micros);
    return micros;
  }

  // ---- filling: copies of one open and one closed order, made by the database

  private void fill() throws Exception {
    String model = take();
    String instance =
        text("SELECT process_instance_id FROM work_order WHERE number = '" + model + "'");
    String old = closed();
    try (Statement sql = database.createStatement()) {
      sql.execute("SET foreign_key_checks = 0");
      sql.execute("SET unique_checks = 0");
      for (int from = 1; from <= OPEN; from += 10_000) {
        int to = Math.min(OPEN, from + 9_999);
        for (String table :
            List.of(
                "ACT_RU_EXECUTION",
                "ACT_RU_TASK",
                "ACT_RU_VARIABLE",
                "ACT_RU_JOB",
                "ACT_RU_EVENT_SUBSCR",
                "ACT_RU_IDENTITYLINK",
                "ACT_RU_AUTHORIZATION")) {
          sql.execute(copied(table, of(table, instance), "O", from, to));
        }
        for (String table :
            List.of("work_order", "time_limit", "work_order_event", "work_task", "notice")) {
          sql.execute(copied(table, named(table, model), "O", from, to));
        }
      }
      for (int from = 1; from <= CLOSED; from += 20_000) {
        int to = Math.min(CLOSED, from + 19_999);
        // lists and searches read these two
        for (String table : List.of("work_order", "work_task")) {
          sql.execute(copied(table, named(table, old), "C", from, to));
        }
      }
      sql.execute("SET foreign_key_checks = 1");
      sql.execute("SET unique_checks = 1");
      for (String table :
          List.of(
              "work_order",
              "time_limit",
              "work_order_event",
              "work_task",
              "ACT_RU_TASK",
              "ACT_RU_EXECUTION",
              "ACT_RU_VARIABLE",
              "ACT_RU_JOB",
              "ACT_RU_AUTHORIZATION",
              "ACT_RU_IDENTITYLINK",
              "ACT_RU_EVENT_SUBSCR")) {
        sql.execute("ANALYZE TABLE " + table);
      }
    }
  }

  private String closed() {
    String number = take();
    complete(number, department, "accept", Map.of("outcome", "ACCEPT"));
    complete(number, department, "contact-customer", Map.of("note", "已约定"));
    complete(number, department, "report-work", Map.of("outcome", "DONE", "result", "已退还"));
    complete(
        number,
        agent,
        "callback-by-phone",
        Map.of("reached", true, "solved", true, "satisfaction", "SATISFIED"));
    return number;
  }

  private void complete(String number, Actor by, String step, Map<String, Object> fields) {
    String task =
        tasks.list(by, null, null, number, null, null).items().stream()
            .filter(line -> line.task().equals(step))
            .findFirst()
            .orElseThrow()
            .id();
    tasks.complete(by, task, fields);
  }

  private static String named(String table, String number) {
    return (table.equals("work_order") ? "number" : "order_number") + " = '" + number + "'";
  }

  private static String of(String table, String instance) {
    String tasks =
        "(SELECT ID_ FROM ACT_RU_TASK WHERE PROC_INST_ID_ = '" + instance + "')";
    return switch (table) {
      case "ACT_RU_JOB" -> "PROCESS_INSTANCE_ID_ = '" + instance + "'";
      case "ACT_RU_IDENTITYLINK" -> "TASK_ID_ IN " + tasks;
      case "ACT_RU_AUTHORIZATION" -> "RESOURCE_TYPE_ = 7 AND RESOURCE_ID_ IN " + tasks;
      default -> "PROC_INST_ID_ = '" + instance + "'";
    };
  }

  /** Ids get the copy's number behind them; what must differ or be spread differs or is spread. */
  private String copied(String table, String which, String mark, int from, int to)
      throws Exception {
    List<String> into = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (ResultSet columns =
        database.getMetaData().getColumns(database.getCatalog(), null, table, null)) {
      while (columns.next()) {
        String column = columns.getString("COLUMN_NAME");
        if (column.equals("id")) {
          continue;
        }
        into.add(column);
        values.add(
            switch (column) {
              case "number",
                      "order_number",
                      "task_id",
                      "notice_key",
                      "idempotency_key",
                      "process_instance_id",
                      "ID_",
                      "PROC_INST_ID_",
                      "ROOT_PROC_INST_ID_",
                      "EXECUTION_ID_",
                      "PROCESS_INSTANCE_ID_",
                      "VAR_SCOPE_",
                      "ACT_INST_ID_",
                      "TASK_ID_" ->
                  suffixed("t." + column, mark);
              case "RESOURCE_ID_", "CONFIGURATION_" ->
                  table.equals("ACT_RU_AUTHORIZATION")
                      ? suffixed("t." + column, mark)
                      : "t." + column;
              case "BUSINESS_KEY_" -> suffixed("t." + column, mark);
              case "PARENT_ID_" -> suffixed("t." + column, mark);
              case "phone_digits" -> "CONCAT('076677', LPAD(s.seq MOD 90000, 5, '0'))";
              case "building_key" -> "CONCAT('云城区路', s.seq MOD 70000, '号')";
              case "department" ->
                  mark.equals("O")
                      ? "t.department"
                      : "ELT(1 + s.seq MOD 4, 'business', 'engineering', 'production',"
                          + " 'administration')";
              case "received_at", "recorded_at" ->
                  mark.equals("O")
                      ? "t." + column
                      : "t." + column + " - INTERVAL s.seq * 40 SECOND";
              // nobody is warned while it is measured
              case "DUEDATE_", "warn_at", "next_alert_at", "due_at" ->
                  "t." + column + " + INTERVAL 30 DAY";
              default -> "t." + column;
            });
      }
    }
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", into)
        + ") SELECT "
        + String.join(", ", values)
        + " FROM "
        + table
        + " t CROSS JOIN seq_"
        + from
        + "_to_"
        + to
        + " s WHERE t."
        + which.replace(" AND RESOURCE_ID_", " AND t.RESOURCE_ID_");
  }

  private static String suffixed(String column, String mark) {
    return "CASE WHEN "
        + column
        + " IS NULL THEN NULL ELSE CONCAT("
        + column
        + ", '"
        + mark
        + "', s.seq) END";
  }

  // ---- lists and searches beside plain SQL

  private void lists() throws Exception {
    System.out.printf("%-44s %10s %10s %6s%n", "list, p50 of 40, microseconds", "SQL", "product", "ratio");
    String page =
        "SELECT id, number, company, status, channel, category, subcategory, level, confidential,"
            + " department, district, received_at, round, caller_name, caller_phone, address,"
            + " description, closed_at FROM work_order WHERE company = 'yunfu-water' ";
    String newest = " ORDER BY id DESC LIMIT 51";
    compare(
        "newest orders",
        page + newest,
        () -> orders.list(agent, "yunfu-water", null, null, null, null, null, 50));
    String deep = text("SELECT id - 400000 FROM work_order ORDER BY id DESC LIMIT 1");
    compare(
        "page far behind",
        page + "AND id < " + deep + newest,
        () -> orders.list(agent, "yunfu-water", null, null, null, null, deep, 50));
    compare(
        "orders of a status",
        page + "AND status = 'ACCEPTED'" + newest,
        () -> orders.list(agent, "yunfu-water", "ACCEPTED", null, null, null, null, 50));
    compare(
        "orders of a department",
        page + "AND department = 'production'" + newest,
        () -> orders.list(agent, "yunfu-water", null, "production", null, null, null, 50));
    compare(
        "a department's own orders",
        page + "AND department = 'business'" + newest,
        () -> orders.list(department, "yunfu-water", null, null, null, null, null, 50));
    compare(
        "a department that has had none",
        page + "AND department = 'technical'" + newest,
        () -> orders.list(other, "yunfu-water", null, null, null, null, null, 50));
    compare(
        "a telephone number",
        page + "AND phone_digits = '07667700077'" + newest,
        () ->
            orders.search(
                agent,
                new WorkOrderLists.Search(
                    "yunfu-water", "0766-7700077", null, null, null, null, null, null, null, null,
                    50)));
    compare(
        "an address, without its district",
        page + "AND building_key = '云城区路777号'" + newest,
        () ->
            orders.search(
                agent,
                new WorkOrderLists.Search(
                    "yunfu-water", null, "路777号", null, null, null, null, null, null, null, 50)));
    compare(
        "words that were not said: 2000 orders read",
        page + "ORDER BY id DESC LIMIT 2000",
        () ->
            orders.search(
                agent,
                new WorkOrderLists.Search(
                    "yunfu-water", null, null, "没有说过", null, null, null, null, null, null, 50)));
    compare(
        "what waits for a group",
        "SELECT * FROM work_task WHERE group_id = '"
            + GROUP
            + "' AND is_open = TRUE ORDER BY id LIMIT 51",
        () -> tasks.list(department, "yunfu-water", GROUP, null, null, 50));
    compare(
        "what waits for a person's groups",
        "SELECT * FROM work_task WHERE group_id = '"
            + GROUP
            + "' AND is_open = TRUE ORDER BY id LIMIT 51",
        () -> tasks.list(department, null, null, null, null, 50));
    compare(
        "what waits for a whole company",
        "SELECT * FROM work_task WHERE company = 'yunfu-water' AND is_open = TRUE"
            + " ORDER BY id LIMIT 51",
        () -> tasks.list(agent, "yunfu-water", null, null, null, 50));
    String number = text("SELECT number FROM work_order ORDER BY id DESC LIMIT 1");
    compare(
        "one order, whole",
        "SELECT * FROM work_order WHERE number = '" + number + "'",
        () -> orders.one(agent, number));
    System.out.println();
  }

  // ---- what a person's browser asks in the Tasklist, which the engine answers

  private void tasklist(String person) {
    int port =
        product.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    Visitor browser = new Visitor(port).loggedIn(person).with("Accept", AS_THE_PAGE);
    String first = null;
    for (JsonNode list : browser.get(Visitor.ENGINE + "filter?resourceType=Task").json()) {
      String id = list.path("id").asText();
      JsonNode page =
          asked(
              "list " + list.path("name").asText() + " of " + person,
              () ->
                  browser.post(
                      Visitor.ENGINE + "filter/" + id + "/list?firstResult=0&maxResults=15",
                      A_PAGE));
      JsonNode tasks = page.path("_embedded").path("task");
      if (first == null && !tasks.isEmpty()) {
        first = tasks.path(0).path("id").asText();
      }
      asked("  its count", () -> browser.get(Visitor.ENGINE + "filter/" + id + "/count"));
    }
    if (first != null) {
      String task = Visitor.ENGINE + "task/" + first;
      for (String part :
          List.of("", "/form", "/deployed-form", "/form-variables", "/identity-links", "/comment")) {
        asked("opened task: " + part, () -> browser.get(task + part));
      }
      asked("  claimed", () -> browser.post(task + "/claim", "{\"userId\": \"" + person + "\"}"));
    }
    System.out.println();
  }

  // ---- what a manager's browser asks in the Cockpit

  private void cockpit(String person) {
    int port =
        product.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    Visitor browser = new Visitor(port).loggedIn(person, "cockpit").with("Accept", AS_THE_PAGE);
    String definition =
        browser
            .get(Visitor.ENGINE + "process-definition?key=work-order&latestVersion=true")
            .json()
            .path(0)
            .path("id")
            .asText();
    String plugin = "/camunda/api/cockpit/plugin/base/default/";
    for (String path :
        List.of(
            Visitor.ENGINE + "task/count",
            Visitor.ENGINE + "task/count?unfinished=true&assigned=true",
            Visitor.ENGINE + "task/count?unfinished=true&unassigned=true&withCandidateGroups=true",
            Visitor.ENGINE
                + "task/count?unfinished=true&unassigned=true&withoutCandidateGroups=true",
            Visitor.ENGINE + "process-definition/statistics?rootIncidents=true",
            plugin
                + "process-definition/statistics"
                + "?firstResult=0&maxResults=50&sortBy=name&sortOrder=asc",
            Visitor.ENGINE + "process-definition/" + definition + "/statistics?incidents=true")) {
      asked(path, 3, () -> browser.get(path));
    }
    for (String question :
        List.of(
            "{\"unfinished\":true}",
            "{\"unfinished\":true,\"assigned\":true}",
            "{\"unfinished\":true,\"unassigned\":true,\"withCandidateGroups\":true}",
            "{\"unfinished\":true,\"unassigned\":true,\"withoutCandidateGroups\":true}")) {
      asked(
          "history/task/count " + question,
          3,
          () -> browser.post(Visitor.ENGINE + "history/task/count", question));
    }
    String ofDefinition = "{\"processDefinitionId\":\"" + definition + "\"}";
    asked(
        "process-instance/count",
        3,
        () -> browser.post(Visitor.ENGINE + "process-instance/count", ofDefinition));
    asked(
        "its count in Cockpit", 3, () -> browser.post(plugin + "process-instance/count", ofDefinition));
    asked(
        "a page of instances",
        3,
        () ->
            browser.post(
                plugin
                    + "process-instance?firstResult=0&maxResults=50"
                    + "&sortBy=startTime&sortOrder=desc",
                "{\"firstResult\":0,\"maxResults\":50,\"sortBy\":\"startTime\","
                    + "\"sortOrder\":\"desc\",\"processDefinitionId\":\""
                    + definition
                    + "\"}"));
    System.out.println();
  }

  private static JsonNode asked(String what, Supplier<Visitor.Seen> call) {
    return asked(what, 20, call);
  }

  private static JsonNode asked(String what, int times, Supplier<Visitor.Seen> call) {
    long[] micros = new long[times];
    Visitor.Seen seen = null;
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      seen = call.get();
      micros[i] = (System.nanoTime() - begun) / 1000;
      if (seen.status() >= 300) {
        throw new IllegalStateException(what + ": " + seen.status() + " " + seen.body());
      }
    }
    Arrays.sort(micros);
    row(what, micros);
    return seen.body().startsWith("{") ? seen.json() : MissingNode.getInstance();
  }

  private interface Asked {
    Object ask();
  }

  private void compare(String what, String plain, Asked ours) throws Exception {
    long[] sql = new long[40];
    long[] product = new long[40];
    for (int i = -10; i < 40; i++) {
      long begun = System.nanoTime();
      try (Statement statement = database.createStatement();
          ResultSet rows = statement.executeQuery(plain)) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            rows.getObject(column);
          }
        }
      }
      long between = System.nanoTime();
      ours.ask();
      if (i >= 0) {
        sql[i] = (between - begun) / 1000;
        product[i] = (System.nanoTime() - between) / 1000;
      }
    }
    Arrays.sort(sql);
    Arrays.sort(product);
    System.out.printf(
        "%-44s %10d %10d %6.1f%n",
        what, at(sql, 0.5), at(product, 0.5), (double) at(product, 0.5) / at(sql, 0.5));
  }

  // ---- calls, at the rate of a storm

  private void calls() throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String port = product.getEnvironment().getProperty("local.server.port");
    String login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("yunfu-water.agent:Hotline-2026".getBytes(StandardCharsets.UTF_8));
    List<Long> micros = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger refused = new AtomicInteger();
    List<CompletableFuture<?>> running = new ArrayList<>();
    long begun = System.nanoTime();
    for (int call = 0; call < CALLS_A_SECOND * SECONDS; call++) {
      long due = begun + call * 1_000_000_000L / CALLS_A_SECOND;
      LockSupport.parkNanos(due - System.nanoTime());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/work-orders"))
              .header("Authorization", login)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"company": "yunfu-water", "category": "BILLING", "description": "水费多收了",
                       "caller": {"phone": "%s", "address": "云城区世纪大道%d号"}}
                      """
                          .formatted(phone(call), call)))
              .build();
      running.add(
          http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .whenComplete(
                  (answer, fault) -> {
                    // counted from when the call was due, not from when there was time for it
                    micros.add((System.nanoTime() - due) / 1000);
                    if (fault != null || answer.statusCode() != 201) {
                      refused.incrementAndGet();
                    }
                  }));
      if (call % (CALLS_A_SECOND * 60) == 0) {
        System.gc();
        System.out.printf(
            "after %3d s: %d MB of heap in use%n",
            call / CALLS_A_SECOND,
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        running.removeIf(CompletableFuture::isDone);
      }
    }
    running.forEach(each -> each.exceptionally(fault -> null).join());
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    row(CALLS_A_SECOND + " calls a second for " + SECONDS + " s, " + refused + " not taken", sorted);
  }

  // ---- figures

  private static long at(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }

  private static void row(String what, long[] sorted) {
    System.out.printf(
        "%-52s p50 %8.1f ms  p99 %8.1f ms  most %8.1f ms%n",
        what, at(sorted, 0.5) / 1e3, at(sorted, 0.99) / 1e3, sorted[sorted.length - 1] / 1e3);
  }

  private String count(String sql) throws Exception {
    return text(sql);
  }

  private String text(String sql) throws Exception {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
