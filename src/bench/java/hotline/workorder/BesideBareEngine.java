package hotline.workorder;

import com.zaxxer.hikari.HikariDataSource;
import hotline.Actor;
import hotline.Hotline;
import hotline.notice.FussyMailServer;
import hotline.platform.People;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One life of a work order, from the call to its closure, in the product and in the engine as it is
 * shipped, by turns and on one MariaDB: what each costs the database, and how many it does.
 */
public final class BesideBareEngine {
  static final String SAID = "水费多收了一百元，请核查后答复";

  private static final int WARM_UP = 150;
  private static final int TURNS = 8;
  private static final int ORDERS = 25;
  private static final int CLIENTS = 4;
  private static final int PEOPLE = 5;

  private static final Map<String, Object> ACCEPTED = Map.of("outcome", "ACCEPT");
  private static final Map<String, Object> CONTACTED = Map.of("note", "已约定明日上门");
  private static final Map<String, Object> DONE = Map.of("outcome", "DONE", "result", "已核查，多收的已退还");
  private static final Map<String, Object> SATISFIED =
      Map.of("reached", true, "solved", true, "satisfaction", "SATISFIED");

  private final BenchDatabase database;
  private final Connection server;
  private final BareEngine bare;
  private final BareEngine tables;
  private final WorkOrderApi orders;
  private final TaskApi tasks;
  private final Actor agent;
  private final Actor department;
  private final AtomicInteger sequence = new AtomicInteger();

  private BesideBareEngine(
      BenchDatabase database,
      Connection server,
      BareEngine bare,
      BareEngine tables,
      ConfigurableApplicationContext product) {
    this.database = database;
    this.server = server;
    this.bare = bare;
    this.tables = tables;
    this.orders = product.getBean(WorkOrderApi.class);
    this.tasks = product.getBean(TaskApi.class);
    People people = product.getBean(People.class);
    this.agent = people.actor("yunfu-water.agent");
    this.department = people.actor("yunfu-water.business");
  }

  public static void main(String[] args) throws Exception {
    try (FussyMailServer mail = FussyMailServer.polite();
        BenchDatabase database = new BenchDatabase();
        Connection server = database.connect();
        ConfigurableApplicationContext product =
            SpringApplication.run(Hotline.class, database.product("bench_product", mail));
        HikariDataSource pool = likeTheProduct(product, database.create("bench_bare"));
        BareEngine bare = new BareEngine(pool, false);
        HikariDataSource another = likeTheProduct(product, database.create("bench_tables"));
        BareEngine tables = new BareEngine(another, true)) {
      new BesideBareEngine(database, server, bare, tables, product).run();
    }
    System.exit(0);
  }

  /** The same driver settings and the same pool, so that only the engine's use differs. */
  private static HikariDataSource likeTheProduct(
      ConfigurableApplicationContext product, String database) {
    HikariDataSource ours = product.getBean(HikariDataSource.class);
    HikariDataSource bare = new HikariDataSource();
    bare.setJdbcUrl(ours.getJdbcUrl().replace("bench_product", database));
    bare.setUsername(ours.getUsername());
    bare.setPassword(ours.getPassword());
    bare.setMaximumPoolSize(ours.getMaximumPoolSize());
    bare.setKeepaliveTime(ours.getKeepaliveTime());
    bare.setAutoCommit(ours.isAutoCommit());
    bare.setTransactionIsolation(ours.getTransactionIsolation());
    return bare;
  }

  private void run() throws Exception {
    Life withoutTables = intakes -> bareLife(bare, intakes);
    Life withTables = intakes -> bareLife(tables, intakes);
    for (int i = 0; i < WARM_UP; i++) {
      withoutTables.run(new ArrayList<>());
      withTables.run(new ArrayList<>());
      productLife(new ArrayList<>());
    }
    Cost ours = new Cost();
    Cost theirs = new Cost();
    Cost deciding = new Cost();
    for (int turn = 0; turn < TURNS; turn++) {
      measured(theirs, withoutTables);
      measured(deciding, withTables);
      measured(ours, this::productLife);
    }
    for (int turn = 0; turn < TURNS; turn++) {
      theirs.rate += together(withoutTables) / TURNS;
      deciding.rate += together(withTables) / TURNS;
      ours.rate += together(this::productLife) / TURNS;
    }
    System.out.printf(
        "%n%-34s %12s %12s %12s %8s %8s%n",
        "per order (" + TURNS * ORDERS + " each)",
        "bare",
        "with tables",
        "product",
        "to bare",
        "to it");
    line("SQL statements", theirs.statements, deciding.statements, ours.statements);
    line("commits", theirs.commits, deciding.commits, ours.commits);
    line("redo, bytes", theirs.redo, deciding.redo, ours.redo);
    line("CPU of the database, us", theirs.database, deciding.database, ours.database);
    line("CPU of the JVM, us", theirs.jvm, deciding.jvm, ours.jvm);
    line("intake p50, us", theirs.intake(0.5), deciding.intake(0.5), ours.intake(0.5));
    line("intake p99, us", theirs.intake(0.99), deciding.intake(0.99), ours.intake(0.99));
    line("whole life, us", theirs.micros, deciding.micros, ours.micros);
    line("orders a second, " + CLIENTS + " clients", theirs.rate, deciding.rate, ours.rate);
    System.out.printf(
        "people's actions an order: %d; instances left over in the bare engines: %d%n",
        PEOPLE, bare.unfinished() + tables.unfinished());
  }

  private static void line(String what, double bare, double tables, double product) {
    System.out.printf(
        "%-34s %12.1f %12.1f %12.1f %8.2f %8.2f%n",
        what, bare, tables, product, product / bare, product / tables);
  }

  private interface Life {
    void run(List<Long> intakes);
  }

  private void measured(Cost cost, Life life) throws Exception {
    long statements = status("Questions");
    long commits = status("Com_commit");
    long redo = status("Innodb_lsn_current");
    long databaseCpu = database.cpu().toNanos();
    long jvmCpu = jvmCpu();
    long begun = System.nanoTime();
    for (int i = 0; i < ORDERS; i++) {
      life.run(cost.intakes);
    }
    // what the outbox still sends belongs to these orders
    long micros = (System.nanoTime() - begun) / 1000;
    Thread.sleep(2500);
    double all = TURNS * ORDERS;
    cost.database += (database.cpu().toNanos() - databaseCpu) / 1000 / all;
    cost.jvm += (jvmCpu() - jvmCpu) / 1000 / all;
    cost.micros += micros / all;
    cost.redo += (status("Innodb_lsn_current") - redo) / all;
    cost.commits += (status("Com_commit") - commits) / all;
    cost.statements += (status("Questions") - statements) / all;
  }

  private static long jvmCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private double together(Life life) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      long begun = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        running.add(
            clients.submit(
                () -> {
                  for (int i = 0; i < ORDERS; i++) {
                    life.run(new ArrayList<>());
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
      return CLIENTS * ORDERS * 1e9 / (System.nanoTime() - begun);
    } finally {
      clients.shutdown();
    }
  }

  private long status(String variable) throws Exception {
    try (Statement sql = server.createStatement();
        ResultSet row = sql.executeQuery("SHOW GLOBAL STATUS LIKE '" + variable + "'")) {
      row.next();
      return row.getLong(2);
    }
  }

  private void bareLife(BareEngine engine, List<Long> intakes) {
    String key = "BARE-" + sequence.incrementAndGet();
    long begun = System.nanoTime();
    engine.start(key);
    intakes.add((System.nanoTime() - begun) / 1000);
    engine.complete(key, "Task_Accept", ACCEPTED);
    engine.complete(key, "Task_ContactCustomer", CONTACTED);
    engine.complete(key, "Task_ReportWork", DONE);
    engine.complete(key, "Task_CallbackByPhone", SATISFIED);
  }

  private void productLife(List<Long> intakes) {
    IntakeRequest call =
        new IntakeRequest(
            "yunfu-water",
            "PHONE",
            "BILLING",
            null,
            null,
            null,
            SAID,
            null,
            new IntakeRequest.Caller(
                "张三",
                "0766-88%05d".formatted(sequence.incrementAndGet() % 100_000),
                "云城区世纪大道66号",
                "云城区",
                true),
            null,
            null,
            null,
            null,
            null);
    long begun = System.nanoTime();
    WorkOrderView order = orders.take(agent, UUID.randomUUID().toString(), call).getBody();
    intakes.add((System.nanoTime() - begun) / 1000);
    String number = Objects.requireNonNull(order).number();
    complete(number, department, "accept", ACCEPTED);
    complete(number, department, "contact-customer", CONTACTED);
    complete(number, department, "report-work", DONE);
    complete(number, agent, "callback-by-phone", SATISFIED);
  }

  private void complete(String number, Actor by, String step, Map<String, Object> fields) {
    String task =
        tasks.list(by, null, null, number, null, null).items().stream()
            .filter(line -> line.task().equals(step))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(number + " has no task " + step))
            .id();
    tasks.complete(by, task, fields);
  }

  /** Of one of the two, an order's share. */
  private static final class Cost {
    private final List<Long> intakes = new ArrayList<>();
    private double statements;
    private double commits;
    private double redo;
    private double micros;
    private double database;
    private double jvm;
    private double rate;

    private double intake(double share) {
      long[] sorted = intakes.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
  }
}
