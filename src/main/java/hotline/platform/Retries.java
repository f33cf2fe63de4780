package hotline.platform;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** A whole command is tried again, outside of any transaction, when it met another at a row. */
final class Retries {
  /** Of as many people at the rows of one outage, one gets through at each try. */
  private static final int TRIES = 8;

  /** Somebody waits for the answer: whoever has waited in vain for a row does so once. */
  private static final Duration LONGEST = Duration.ofSeconds(8);

  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private Retries() {}

  static <T> T of(Supplier<T> command) {
    long begun = System.nanoTime();
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (RuntimeException e) {
        boolean met = ProblemAnswers.hasMetAnother(e) || ProblemAnswers.stumbled(e);
        if (tries == TRIES || isOver(begun, LONGEST) || !met) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  /** A node that starts while another has the lock waits until that one has done its part. */
  static void atStart(Runnable step) {
    long begun = System.nanoTime();
    while (true) {
      try {
        step.run();
        return;
      } catch (RuntimeException e) {
        if (isOver(begun, LONGEST_START) || !ProblemAnswers.hasWaitedInVain(e)) {
          throw e;
        }
      }
    }
  }

  private static boolean isOver(long begun, Duration longest) {
    return System.nanoTime() - begun > longest.toNanos();
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(tries * ThreadLocalRandom.current().nextLong(20, 80));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
