package hotline.platform;

import hotline.Actor;
import java.util.ArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.dao.TransientDataAccessException;
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
  private static final int DEADLOCK = 10000;

  private final TransactionTemplate transaction;
  private final IdentityService identity;

  Transactions(PlatformTransactionManager transactions, ProcessEngine engine) {
    this.transaction = new TransactionTemplate(transactions);
    this.identity = engine.getIdentityService();
  }

  /** Runs the command with the person's rights at the engine. */
  public <T> T as(Actor actor, Supplier<T> command) {
    return retried(
        () -> {
          identity.setAuthentication(
              actor.id(), new ArrayList<>(actor.groups()), new ArrayList<>(actor.companies()));
          try {
            return transaction.execute(status -> command.get());
          } finally {
            identity.clearAuthentication();
          }
        });
  }

  private static <T> T retried(Supplier<T> command) {
    for (int tries = 1; ; tries++) {
      try {
        return command.get();
      } catch (TransientDataAccessException | ProcessEngineException e) {
        if (tries == TRIES || !isPassing(e)) {
          throw e;
        }
        pause(tries);
      }
    }
  }

  private static boolean isPassing(RuntimeException e) {
    return e instanceof TransientDataAccessException
        || e instanceof OptimisticLockingException
        || e instanceof ProcessEngineException engine && engine.getCode() == DEADLOCK;
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(tries * ThreadLocalRandom.current().nextLong(20, 80));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
