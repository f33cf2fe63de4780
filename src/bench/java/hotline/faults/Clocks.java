package hotline.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** One of two nodes, and so not the database, is two minutes ahead, then two behind. */
final class Clocks {
  private Clocks() {}

  static void run(Stage stage) throws Exception {
    Database maria = stage.maria();
    Node right = stage.node("right", maria).start();
    for (String off : List.of("+120", "-120")) {
      Node wrong =
          stage.node(
              off.equals("+120") ? "ahead" : "behind",
              maria,
              List.of("faketime", "-m", "--exclude-monotonic", "-f", off));
      wrong.start();
      int before = stage.ledger.calls.size();
      try (Load load = new Load(stage.ledger, 8, right, wrong)) {
        TimeUnit.SECONDS.sleep(90);
      }
      stage.result.figure("calls with " + off + " s", stage.ledger.calls.size() - before);
      TimeUnit.SECONDS.sleep(5);
      stage.result.hold(wrong.stop(), wrong.name + " did not stop by itself");
    }
    stage.check(maria);
  }
}
