package hotline.platform;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** A whole command is tried again, outside of any transaction, when it met another at a row. */
final class Retries {
  /** Of as many people at the rows of one outage, one gets through at each try. */
  private static final int TRIES = 8;

  private Retries() {}

  static <T> T of(Supplier<T> command) {
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (RuntimeException e) {
        if (tries == TRIES || !ProblemAnswers.hasMetAnother(e)) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(tries * ThreadLocalRandom.current().nextLong(20, 80));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
