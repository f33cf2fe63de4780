package hotline.platform;

import hotline.Actor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A command from outside the engine: one transaction, in the person's name, tried again when two
 * commands met at the same rows.
 */
@Component
public class Transactions {
  private final TransactionTemplate transaction;
  private final People people;

  Transactions(PlatformTransactionManager transactions, People people) {
    this.transaction = new TransactionTemplate(transactions);
    this.people = people;
  }

  /**
   * Runs the command in the person's name, and reads the answer from what it has written, within
   * the same transaction.
   */
  public <T, A> A as(Actor actor, Supplier<T> command, Function<T, A> answer) {
    return Objects.requireNonNull(
        as(
                actor,
                () -> {
                  T done = command.get();
                  AtomicReference<A> read = new AtomicReference<>();
                  TransactionSynchronizationManager.registerSynchronization(
                      new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                          read.set(answer.apply(done));
                        }
                      });
                  return read;
                })
            .get());
  }

  /** Runs the command in the person's name. */
  public <T> T as(Actor actor, Supplier<T> command) {
    return Retries.of(
        () -> {
          people.begin(actor);
          try {
            return transaction.execute(status -> command.get());
          } finally {
            people.end();
          }
        });
  }
}
