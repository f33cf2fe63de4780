package hotline.platform;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** A whole command is tried again, outside of any transaction, when it met another at a row. */
final class Retries {
  private static final int TRIES = 4;

  private Retries() {}

  static <T> T of(Supplier<T> command) {
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (RuntimeException e) {
        boolean met = ProblemAnswers.hasMetAnother(e) || ProblemAnswers.stumbled(e);
        if (tries == TRIES || !met) {
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
