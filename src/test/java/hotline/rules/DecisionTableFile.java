package hotline.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;

/** One decision table as the designer saved it, both to be read and to be asked. */
final class DecisionTableFile {
  private static final Path REGULATIONS = Path.of("processes/regulations");

  /** What a table is asked with when the call did not say, by type of the column. */
  private static final Map<String, String> OMITTED =
      Map.of("string", "", "boolean", "false", "integer", "1");

  /** One row: its annotation and the texts of its cells by column. */
  record Row(
      String id, String annotation, Map<String, String> inputs, Map<String, String> outputs) {}

  private static final class Asked implements DmnDecisionTableEvaluationListener {
    private List<String> rows = List.of();

    @Override
    public void notify(DmnDecisionTableEvaluationEvent event) {
      rows = event.getMatchingRules().stream().map(DmnEvaluatedDecisionRule::getId).toList();
    }
  }

  private static final Asked ASKED = new Asked();
  private static final DmnEngine ENGINE = engine();

  private final String company;
  private final String name;
  private final DmnDecision decision;
  private final boolean unique;
  private final Map<String, String> inputs = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final List<Row> rules = new ArrayList<>();

  private DecisionTableFile(Path file) {
    this.company = file.getParent().getFileName().toString();
    this.name = file.getFileName().toString().replaceFirst("\\.dmn$", "");
    this.decision = parse(file);
    DmnModelInstance model = Dmn.readModelFromFile(file.toFile());
    DecisionTable table = model.getModelElementsByType(DecisionTable.class).iterator().next();
    this.unique = table.getHitPolicy() == HitPolicy.UNIQUE;
    for (Input input : table.getInputs()) {
      inputs.put(
          input.getInputExpression().getText().getTextContent(),
          input.getInputExpression().getTypeRef());
    }
    for (Output output : table.getOutputs()) {
      outputs.put(output.getName(), output.getTypeRef());
    }
    for (Rule rule : table.getRules()) {
      rules.add(
          new Row(
              rule.getId(),
              rule.getDescription() == null ? "" : rule.getDescription().getTextContent(),
              cells(inputs, rule.getInputEntries()),
              cells(outputs, rule.getOutputEntries())));
    }
  }

  /** Every table of every company, by decision id. */
  static Map<String, DecisionTableFile> all() {
    try (Stream<Path> files = Files.walk(REGULATIONS)) {
      Map<String, DecisionTableFile> tables = new TreeMap<>();
      files
          .filter(file -> file.toString().endsWith(".dmn"))
          .map(DecisionTableFile::new)
          .forEach(table -> tables.put(table.id(), table));
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String company() {
    return company;
  }

  String name() {
    return name;
  }

  String id() {
    return company + "-" + name;
  }

  @Override
  public String toString() {
    return id();
  }

  String row(String ruleId) {
    return id() + " " + ruleId;
  }

  boolean isUnique() {
    return unique;
  }

  /** The input columns and their types. */
  Map<String, String> inputs() {
    return inputs;
  }

  /** The output columns and their types. */
  Map<String, String> outputs() {
    return outputs;
  }

  List<Row> rules() {
    return rules;
  }

  /** The hits' outputs as texts; refuses a column that the table does not have. */
  List<Map<String, String>> ask(Map<String, String> question) {
    return ENGINE.evaluateDecisionTable(decision, variables(question)).getResultList().stream()
        .map(DecisionTableFile::texts)
        .toList();
  }

  /** The ids of the rows that hit. */
  List<String> rowsHit(Map<String, String> question) {
    ask(question);
    return ASKED.rows;
  }

  private Map<String, Object> variables(Map<String, String> question) {
    for (String column : question.keySet()) {
      if (!inputs.containsKey(column)) {
        throw new IllegalArgumentException(id() + " has no input column " + column);
      }
    }
    Map<String, Object> variables = new LinkedHashMap<>();
    inputs.forEach(
        (column, type) -> {
          String text = question.getOrDefault(column, OMITTED.get(type));
          variables.put(
              column,
              switch (type) {
                case "boolean" -> Boolean.valueOf(text);
                case "integer" -> Integer.valueOf(text);
                default -> text;
              });
        });
    return variables;
  }

  private static Map<String, String> texts(Map<String, Object> hit) {
    Map<String, String> texts = new LinkedHashMap<>();
    hit.forEach((name, value) -> texts.put(name, value == null ? "" : String.valueOf(value)));
    return texts;
  }

  private static Map<String, String> cells(
      Map<String, String> columns, Iterable<? extends DmnElement> entries) {
    Map<String, String> cells = new LinkedHashMap<>();
    Iterator<? extends DmnElement> entry = entries.iterator();
    for (String column : columns.keySet()) {
      Text text = (Text) entry.next().getUniqueChildElementByType(Text.class);
      cells.put(column, text == null ? "" : text.getTextContent());
    }
    return cells;
  }

  private DmnDecision parse(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ENGINE.parseDecision(id(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DmnEngine engine() {
    DmnEngineConfiguration configuration =
        DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
    configuration.getCustomPostDecisionTableEvaluationListeners().add(ASKED);
    return configuration.buildEngine();
  }
}
