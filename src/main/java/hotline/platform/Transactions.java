package hotline.platform;

import hotline.Actor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A command from outside the engine: one transaction, in the person's name, tried again when two
 * commands met at the same rows.
 */
@Component
public class Transactions {
  private static final int TRIES = 4;

  private final TransactionTemplate transaction;
  private final People people;

  Transactions(PlatformTransactionManager transactions, People people) {
    this.transaction = new TransactionTemplate(transactions);
    this.people = people;
  }

  /** Runs the command in the person's name. */
  public <T> T as(Actor actor, Supplier<T> command) {
    return retried(
        () -> {
          people.begin(actor);
          try {
            return transaction.execute(status -> command.get());
          } finally {
            people.end();
          }
        });
  }

  private static <T> T retried(Supplier<T> command) {
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
