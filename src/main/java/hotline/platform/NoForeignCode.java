package hotline.platform;

import java.util.List;
import javax.script.ScriptEngine;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.ExecutableScript;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.CamundaScriptEngineManager;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptBindingsFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptingEngines;

/**
 * A model brings no code of its own: no script, since the engine's own script language is that of
 * the expressions without any guard; no command of the operating system, which a task of the type
 * shell would run; no class by its name, where the beans meant for models are the way.
 */
final class NoForeignCode {
  private NoForeignCode() {}

  static void in(ProcessEngineConfigurationImpl configuration) {
    configuration.setScriptFactory(new WhileRead());
    configuration.setScriptingEngines(new WhileRun());
    configuration.setArtifactFactory(new Classes());
  }

  private static ProcessEngineException script(String language) {
    return new ProcessEngineException("流程图和决策表里不能用脚本（" + language + "）");
  }

  /** A diagram with a script is not even deployed. */
  private static final class WhileRead extends ScriptFactory {
    @Override
    public ExecutableScript createScriptFromResource(String language, String resource) {
      throw script(language);
    }

    @Override
    public ExecutableScript createScriptFromResource(String language, Expression resource) {
      throw script(language);
    }

    @Override
    public ExecutableScript createScriptFromSource(String language, String source) {
      throw script(language);
    }

    @Override
    public ExecutableScript createScriptFromSource(String language, Expression source) {
      throw script(language);
    }
  }

  /** Tables ask here for every language but FEEL's and that of expressions. */
  private static final class WhileRun extends ScriptingEngines {
    private WhileRun() {
      super(
          new ScriptBindingsFactory(List.of()),
          new DefaultScriptEngineResolver(new CamundaScriptEngineManager()));
    }

    @Override
    public ScriptEngine getScriptEngineForLanguage(String language) {
      throw script(language);
    }
  }

  /** The engine makes its own tasks of the types shell and mail here, too. */
  private static final class Classes implements ArtifactFactory {
    @Override
    public <T> T getArtifact(Class<T> type) {
      throw new ProcessEngineException("流程图里不能写类名，也不能用 shell、mail 类型的任务（" + type.getName() + "）");
    }
  }
}
