package hotline.platform;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, on the thread of one web-app call, why the engine's command failed: the web apps' own
 * answer keeps only a text of it.
 */
final class TasklistFailure implements AutoCloseable {
  private static final ThreadLocal<TasklistFailure> WATCHING = new ThreadLocal<>();

  private @Nullable Throwable last;

  private TasklistFailure() {}

  static TasklistFailure watch() {
    TasklistFailure failure = new TasklistFailure();
    WATCHING.set(failure);
    return failure;
  }

  /** The failure of the outermost command; null when none failed. */
  @Nullable Throwable last() {
    return last;
  }

  @Override
  public void close() {
    WATCHING.remove();
  }

  /** Stands outside the engine's transactions, so that it sees what a commit brings, too. */
  private static final class Watcher extends CommandInterceptor {
    @Override
    public <T> T execute(Command<T> command) {
      TasklistFailure watching = WATCHING.get();
      if (watching == null) {
        return next.execute(command);
      }
      try {
        return next.execute(command);
      } catch (RuntimeException e) {
        watching.last = e;
        throw e;
      }
    }
  }

  /** Puts the watcher before the engine's own interceptors. */
  static final class Plugin extends AbstractProcessEnginePlugin {
    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
      engine.setCustomPreCommandInterceptorsTxRequired(
          first(engine.getCustomPreCommandInterceptorsTxRequired()));
      engine.setCustomPreCommandInterceptorsTxRequiresNew(
          first(engine.getCustomPreCommandInterceptorsTxRequiresNew()));
    }

    private static List<CommandInterceptor> first(@Nullable List<CommandInterceptor> others) {
      List<CommandInterceptor> all = new ArrayList<>();
      all.add(new Watcher());
      if (others != null) {
        all.addAll(others);
      }
      return all;
    }
  }
}
