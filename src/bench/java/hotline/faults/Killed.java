package hotline.faults;

import hotline.database.MariaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The process, and then the database, killed under people's hands and started again. */
final class Killed {
  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final int CLIENTS = 8;
  private static final Random DICE = new Random();

  private Killed() {}

  static void onH2(Stage stage) throws Exception {
    node(stage, Database.h2(stage.home()));
  }

  static void onMariaDb(Stage stage) throws Exception {
    node(stage, stage.maria());
  }

  private static void node(Stage stage, Database database) throws Exception {
    Node node = stage.node("node", database, "hotline.notice.claim=PT5S").start();
    try (Load load = new Load(stage.ledger, CLIENTS, node)) {
      for (int kill = 0; kill < KILLS; kill++) {
        underHands(stage.ledger);
        node.kill();
        node.start();
      }
      TimeUnit.SECONDS.sleep(5);
    }
    stage.result.figure("kills", KILLS);
    stage.check(database);
  }

  /** Until the people are well at work, and then a moment more. */
  private static void underHands(Ledger ledger) throws InterruptedException {
    int enough = ledger.done() + 10 + DICE.nextInt(15);
    for (int waited = 0; ledger.done() < enough && waited < 900; waited++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    TimeUnit.MILLISECONDS.sleep(DICE.nextInt(400));
  }

  static void database(Stage stage) throws Exception {
    MariaServer server = stage.server();
    Database maria = Database.on(server);
    Node node = stage.node("node", maria).start();
    long slowest = 0;
    int kills = Math.min(KILLS, 5);
    try (Load load = new Load(stage.ledger, CLIENTS, node)) {
      for (int kill = 0; kill < kills; kill++) {
        underHands(stage.ledger);
        server.kill();
        TimeUnit.MILLISECONDS.sleep(3000 + DICE.nextInt(20_000));
        stage.result.hold(
            node.status("/actuator/health") != 200, "health is UP while the database is down");
        stage.result.hold(node.isAlive(), "the node ended with its database");
        server.startAgain();
        Instant back = Instant.now();
        int calls = stage.ledger.calls.size();
        while (stage.ledger.calls.size() == calls
            && Duration.between(back, Instant.now()).toSeconds() < 120) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        slowest = Math.max(slowest, Duration.between(back, Instant.now()).toMillis());
      }
      TimeUnit.SECONDS.sleep(5);
    }
    stage.result.figure("database kills", kills);
    stage.result.figure("first call taken after ms, at worst", slowest);
    stage.check(maria, Stage.WITHOUT_DATABASE);
  }
}
