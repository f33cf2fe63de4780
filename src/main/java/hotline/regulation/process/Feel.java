package hotline.regulation.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** The decision engine's own reading of a cell; each question is put to it once. */
final class Feel {
  private static final String ASKED = "cellInput";

  private final FeelEngine engine;
  private final Map<List<Object>, Boolean> answers = new ConcurrentHashMap<>();
  private final Map<String, Optional<Object>> values = new ConcurrentHashMap<>();

  Feel() {
    DefaultDmnEngineConfiguration configuration =
        (DefaultDmnEngineConfiguration)
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
    configuration.buildEngine();
    engine = configuration.getFeelEngine();
  }

  /**
   * Whether the condition lets the value through.
   *
   * @throws FeelException when the engine cannot read the cell
   */
  boolean admits(String cell, Object value) {
    return cell.isEmpty()
        || answers.computeIfAbsent(
            List.of(cell, value),
            question ->
                engine.evaluateSimpleUnaryTests(
                    cell, ASKED, Variables.putValue(ASKED, value).asVariableContext()));
  }

  boolean canRead(String cell, Object value) {
    try {
      admits(cell, value);
      return true;
    } catch (FeelException e) {
      return false;
    }
  }

  /** What the cell answers by itself; empty when the engine makes nothing of it. */
  Optional<Object> value(String cell) {
    return values.computeIfAbsent(
        cell,
        asked -> {
          try {
            return Optional.ofNullable(
                engine.<@Nullable Object>evaluateSimpleExpression(
                    cell, Variables.emptyVariableContext()));
          } catch (FeelException e) {
            return Optional.empty();
          }
        });
  }
}
