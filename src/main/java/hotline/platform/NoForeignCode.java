package hotline.platform;

import java.util.List;
import java.util.Locale;
import javax.script.ScriptEngine;
import org.camunda.bpm.engine.ArtifactFactory;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.scripting.ExecutableScript;
import org.camunda.bpm.engine.impl.scripting.ScriptFactory;
import org.camunda.bpm.engine.impl.scripting.engine.CamundaScriptEngineManager;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptBindingsFactory;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptingEngines;
import org.camunda.bpm.engine.impl.util.xml.Element;

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
    configuration.setBpmnParseFactory(Diagram::new);
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

  /** A diagram that names a class is not even deployed: the engine makes some while it reads. */
  private static final class Diagram extends BpmnParse {
    private Diagram(BpmnParser parser) {
      super(parser);
    }

    @Override
    protected void parseRootElement() {
      namesNoClass(rootElement);
      super.parseRootElement();
    }

    private static void namesNoClass(Element element) {
      boolean validator =
          element.getTagName().equals("constraint")
              && "validator".equals(element.attribute("name"));
      if (validator || element.attributes().stream().anyMatch(Diagram::isClass)) {
        throw new ProcessEngineException(
            "流程图里不能写类名（第 " + element.getLine() + " 行，" + element.getTagName() + "）");
      }
      element.elements().forEach(Diagram::namesNoClass);
    }

    private static boolean isClass(String attribute) {
      return attribute.toLowerCase(Locale.ROOT).endsWith("class");
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
