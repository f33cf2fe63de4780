package hotline.platform;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What belongs to the running transaction: made when it is first asked for, gone with its end. A
 * transaction that runs within another has its own.
 */
public final class PerTransaction<T> {

  /** What the running transaction has; null outside of one, or before it was asked for. */
  @SuppressWarnings("unchecked")
  public @Nullable T bound() {
    return (T) TransactionSynchronizationManager.getResource(this);
  }

  /**
   * @throws IllegalStateException outside of a transaction
   */
  public T get(Supplier<T> fresh, Consumer<T> beforeCommit) {
    T bound = bound();
    if (bound != null) {
      return bound;
    }
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      throw new IllegalStateException("there is no transaction");
    }
    T made = fresh.get();
    TransactionSynchronizationManager.bindResource(this, made);
    TransactionSynchronizationManager.registerSynchronization(
        new UntilItsEnd(made, () -> beforeCommit.accept(made)));
    return made;
  }

  private final class UntilItsEnd implements TransactionSynchronization {
    private final Object made;
    private final Runnable beforeCommit;

    private UntilItsEnd(Object made, Runnable beforeCommit) {
      this.made = made;
      this.beforeCommit = beforeCommit;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      beforeCommit.run();
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(PerTransaction.this, made);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(PerTransaction.this);
    }
  }
}
