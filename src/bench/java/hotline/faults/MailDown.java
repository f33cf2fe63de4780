package hotline.faults;

import java.sql.Connection;
import java.util.concurrent.TimeUnit;

/**
 * The mail server is away for an hour, in which every minute lasts a second: so do the product's
 * own pauses between its tries.
 */
final class MailDown {
  private static final int HOUR_IN_SECONDS = 60;

  private MailDown() {}

  static void run(Stage stage) throws Exception {
    Database maria = stage.maria();
    Node node =
        stage
            .node(
                "node",
                maria,
                "hotline.notice.retry=PT1S,PT2S,PT5S,PT15S,PT30S",
                "hotline.notice.poll=PT0.2S")
            .start();
    int before;
    try (Load load = new Load(stage.ledger, 4, node)) {
      for (int waited = 0; count(stage) < 10 && waited < 60; waited++) {
        TimeUnit.SECONDS.sleep(1);
      }
      before = count(stage);
      load.slower(1000);
      stage.mails.down();
      TimeUnit.SECONDS.sleep(HOUR_IN_SECONDS);
      stage.mails.up();
      TimeUnit.SECONDS.sleep(10);
    }
    TimeUnit.SECONDS.sleep(35);
    stage.result.figure("mails before", before);
    try (Connection connection = maria.connect()) {
      stage.result.figure(
          "tries that failed",
          Checker.number(
              connection, "SELECT COUNT(*) FROM notice_attempt WHERE outcome = 'NOT_SENT'"));
      stage.result.figure(
          "tasks to phone instead",
          Checker.number(
              connection, "SELECT COUNT(*) FROM work_task WHERE task = 'notify-by-phone'"));
      long forGood =
          Checker.number(
              connection,
              """
              SELECT COUNT(*) FROM notice
              WHERE status IN ('FAILED', 'DONE_BY_PERSON') AND channel = 'EMAIL'
              """);
      stage.result.figure("failed for good", forGood);
      stage.result.hold(forGood > 0, "nothing failed in an hour without mail");
    }
    stage.check(maria);
  }

  private static int count(Stage stage) throws Exception {
    return stage.mails.received().size();
  }
}
