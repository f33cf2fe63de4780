package hotline.faults;

import hotline.database.MariaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run: its folder, its nodes, its mail server and what it found; all of it ends with it. */
final class Stage implements AutoCloseable {
  /** What a node may need to work off: a lock of a dead one, and the wait for the next look. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** What a node may say while its database is away. */
  static final String[] WITHOUT_DATABASE = {
    "Exception during job acquisition",
    "is left to the next round",
    "The round of notices broke off",
    "hotline.platform.ClosedFile",
    "本节点暂不接收请求"
  };

  final Path folder;
  final Result result;
  final Ledger ledger = new Ledger();
  final Mails mails = new Mails();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Node> nodes = new ArrayList<>();

  Stage(String run) throws IOException {
    this.folder = Path.of("target", "faults", run);
    this.result = new Result(run);
    delete(folder);
    Files.createDirectories(folder);
    open.push(mails);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Path home() {
    return folder.resolve("home");
  }

  MariaServer server() {
    return ends(MariaServer.start());
  }

  Database maria() {
    return Database.on(server());
  }

  <T extends AutoCloseable> T ends(T later) {
    open.push(later);
    return later;
  }

  /** Not started yet; settings are written name=value. */
  Node node(String name, Database database, List<String> before, String... settings)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(mails.settings());
    all.putAll(database.settings());
    for (String setting : settings) {
      all.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    Node node = ends(new Node(name, folder, all, before.toArray(String[]::new)));
    nodes.add(node);
    return node;
  }

  Node node(String name, Database database, String... settings) throws IOException {
    return node(name, database, List.of(), settings);
  }

  /** Lets what is due happen, then holds everything against what people were told. */
  void check(Database database, String... explained) throws Exception {
    settle(database);
    Checker checker = new Checker(database, ledger, mails, result);
    checker.asRead(nodes.stream().filter(Node::isAlive).findFirst().orElseThrow());
    for (Node node : nodes) {
      if (node.isAlive()) {
        result.hold(node.stop(), node.name + " did not stop by itself");
      }
    }
    checker.tables();
    for (Node node : nodes) {
      checker.log(node, explained);
    }
  }

  private void settle(Database database) throws Exception {
    Instant begun = Instant.now();
    Instant until = begun.plus(SETTLED);
    long due = 1;
    while (due > 0 && Instant.now().isBefore(until)) {
      if (database.isShared()) {
        TimeUnit.SECONDS.sleep(3);
        due = Checker.due(database);
      } else {
        TimeUnit.SECONDS.sleep(70);
        nodes.get(0).stop();
        due = Checker.due(database);
        nodes.get(0).start();
      }
    }
    result.hold(due == 0, due + " timers or notices are still due");
    if (database.isShared()) {
      result.figure("settled after s", Duration.between(begun, Instant.now()).toSeconds());
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("cannot be closed: " + e);
      }
    }
  }
}
