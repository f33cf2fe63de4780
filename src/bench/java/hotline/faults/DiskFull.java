package hotline.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The data folder's disk runs full under load, and has room again; then a node is started on a full
 * one. Needs root, to mount it.
 */
final class DiskFull {
  private static final String[] EXPLAINED =
      Stream.concat(
              Stream.of(Stage.WITHOUT_DATABASE),
              Stream.of(
                  "Application run failed",
                  "TransactionalExecutionTemplate",
                  "hotline.platform.TurnByTurn"))
          .toArray(String[]::new);

  private DiskFull() {}

  static void run(Stage stage) throws Exception {
    Path home = stage.home();
    Files.createDirectories(home);
    mounted(home, "mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", home.toString());
    stage.ends(() -> mounted(home, "umount", home.toString()));
    Database database = Database.h2(home);
    Node node = stage.node("node", database, "hotline.notice.claim=PT5S").start();
    Path filler = home.resolve("filler");
    try (Load load = new Load(stage.ledger, 8, node)) {
      for (int waited = 0; stage.ledger.done() < 30 && waited < 120; waited++) {
        TimeUnit.SECONDS.sleep(1);
      }
      // a product without a probe of its own says at least how it is as a whole
      String readiness =
          node.status("/actuator/health/readiness") == 404
              ? "/actuator/health"
              : "/actuator/health/readiness";
      int before = stage.ledger.calls.size();
      fill(filler);
      Instant full = Instant.now();
      Long unready = seconds(full, 90, () -> node.status(readiness) != 200);
      stage.result.figure("asked at", readiness);
      stage.result.figure("not ready after s", unready);
      stage.result.hold(unready != null, "it stays ready on a full disk");
      stage.result.figure("calls before", before);
      Long ended = seconds(full, 40, () -> !node.isAlive());
      stage.result.figure("ended by itself after s", ended);
      int then = stage.ledger.calls.size();
      // opened anew, H2 may find room within its own file: then it is ready, and takes calls
      stage.result.hold(
          ended != null || node.status(readiness) != 200 || then > before,
          "it says that it is ready and is not");
      stage.result.figure("calls taken meanwhile", then - before);
      Files.delete(filler);
      if (ended != null) {
        // as its supervisor does
        node.start();
      }
      Instant room = Instant.now();
      Long again =
          seconds(
              room, 300, () -> node.status(readiness) == 200 && stage.ledger.calls.size() > then);
      stage.result.figure("takes calls again, ready since s", again);
      stage.result.hold(again != null, "no call is taken when there is room");
    }
    startedOnFull(stage, node, filler);
    stage.check(database, EXPLAINED);
  }

  /** As when the machine itself is started again before anybody has made room. */
  private static void startedOnFull(Stage stage, Node node, Path filler) throws Exception {
    node.kill();
    fill(filler);
    Instant full = Instant.now();
    node.launch();
    Long ready = seconds(full, 90, () -> !node.isAlive() || node.status("/actuator/health") == 200);
    stage.result.figure(
        "started on the full disk",
        node.isAlive() ? ready == null ? "not ready" : "UP" : "ended after s " + ready);
    Files.delete(filler);
    if (!node.isAlive()) {
      // as its supervisor does
      node.launch();
    }
    node.ready();
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  /** After how many seconds it holds; null when it does not for so long. */
  static Long seconds(Instant from, int most, Condition condition) throws Exception {
    for (; Instant.now().isBefore(from.plusSeconds(most)); TimeUnit.MILLISECONDS.sleep(200)) {
      if (condition.holds()) {
        return java.time.Duration.between(from, Instant.now()).toSeconds();
      }
    }
    return null;
  }

  private static void fill(Path filler) throws IOException {
    byte[] some = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      // that was wanted
    }
  }

  private static void mounted(Path home, String... command) throws Exception {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException(command[0] + " of " + home + " was refused");
    }
  }
}
