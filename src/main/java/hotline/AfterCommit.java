package hotline;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is done once the running transaction has committed, and not at all when it does not. */
public final class AfterCommit {
  private AfterCommit() {}

  /**
   * @throws IllegalStateException outside of a transaction
   */
  public static void then(Runnable step) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            step.run();
          }
        });
  }
}
