package hotline.platform;

import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Two people who finish tasks of one outage at the same moment meet at the engine's rows: whoever
 * comes second is tried again, in a new transaction, and never learns of it.
 */
final class RetriedCommands extends CommandInterceptor {
  @Override
  public <T> T execute(Command<T> command) {
    boolean outermost = !TransactionSynchronizationManager.isActualTransactionActive();
    boolean completes = command instanceof SubmitTaskFormCmd || command instanceof CompleteTaskCmd;
    return outermost && completes ? Retries.of(() -> next.execute(command)) : next.execute(command);
  }
}
