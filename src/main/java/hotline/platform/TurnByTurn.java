package hotline.platform;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;

/**
 * On the H2 file one transaction runs after another: H2 writes its tables to the file one by one,
 * and a node that is killed meanwhile would keep half of what somebody else was just writing (ADR
 * 29).
 */
final class TurnByTurn extends JdbcTransactionManager {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A transaction within another has the same thread, and the same turn. */
  private final ReentrantLock turn = new ReentrantLock(true);

  TurnByTurn(DataSource database) {
    super(database);
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    take();
    try {
      super.doBegin(transaction, definition);
    } catch (RuntimeException | Error e) {
      turn.unlock();
      throw e;
    }
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    try {
      super.doCleanupAfterCompletion(transaction);
    } finally {
      turn.unlock();
    }
  }

  private void take() {
    try {
      if (!turn.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new CannotCreateTransactionException("The one before takes longer than " + PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotCreateTransactionException("Interrupted", e);
    }
  }
}
