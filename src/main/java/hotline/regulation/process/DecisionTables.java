package hotline.regulation.process;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hotline.platform.Unrestricted;
import hotline.regulation.TableRow;
import hotline.regulation.TableRow.Cell;
import hotline.regulation.Tables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The newest deployed version of a company's table; an answer is kept as long as that version,
 * since a table knows nothing but its question.
 */
@Component
class DecisionTables implements Tables {
  private record Question(String definitionId, Map<String, Object> asked) {}

  private final ObjectProvider<DecisionService> decisions;
  private final ObjectProvider<RepositoryService> repository;
  private final Cache<Question, List<Map<String, Object>>> answers =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<String, List<TableRow>> rows = Caffeine.newBuilder().maximumSize(200).build();

  private final Unrestricted unrestricted;

  DecisionTables(
      ObjectProvider<DecisionService> decisions,
      ObjectProvider<RepositoryService> repository,
      Unrestricted unrestricted) {
    this.decisions = decisions;
    this.repository = repository;
    this.unrestricted = unrestricted;
  }

  @Override
  public List<Map<String, Object>> ask(String company, String table, Map<String, Object> question) {
    String definition = newest(company, table);
    return answers.get(
        new Question(definition, Map.copyOf(question)),
        asked -> unrestricted.ask(() -> evaluate(definition, question)));
  }

  private List<Map<String, Object>> evaluate(String definition, Map<String, Object> question) {
    DmnDecisionResult result =
        decisions.getObject().evaluateDecisionById(definition).variables(question).evaluate();
    List<Map<String, Object>> rows = new ArrayList<>();
    result.forEach(row -> rows.add(Map.copyOf(withoutNulls(row.getEntryMap()))));
    return List.copyOf(rows);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> row) {
    Map<String, Object> clean = new LinkedHashMap<>(row);
    clean.replaceAll((name, value) -> value == null ? "" : value);
    return clean;
  }

  @Override
  public List<TableRow> rows(String company, String table) {
    return rows.get(newest(company, table), definition -> unrestricted.ask(() -> read(definition)));
  }

  private List<TableRow> read(String definition) {
    DmnModelInstance model = repository.getObject().getDmnModelInstance(definition);
    DecisionTable table = model.getModelElementsByType(DecisionTable.class).iterator().next();
    List<TableRow> rows = new ArrayList<>();
    for (Rule rule : table.getRules()) {
      rows.add(
          new TableRow(
              rows.size() + 1,
              text(rule.getDescription()),
              inputs(table, rule),
              outputs(table, rule)));
    }
    return List.copyOf(rows);
  }

  private static List<Cell> inputs(DecisionTable table, Rule rule) {
    List<Cell> cells = new ArrayList<>();
    Iterator<InputEntry> entries = rule.getInputEntries().iterator();
    for (Input column : table.getInputs()) {
      String name = text(column.getInputExpression().getText()).trim();
      cells.add(new Cell(name, label(column, name), text(entries.next().getText())));
    }
    return List.copyOf(cells);
  }

  private static List<Cell> outputs(DecisionTable table, Rule rule) {
    List<Cell> cells = new ArrayList<>();
    Iterator<OutputEntry> entries = rule.getOutputEntries().iterator();
    for (Output column : table.getOutputs()) {
      String name = column.getName();
      cells.add(new Cell(name, label(column, name), text(entries.next().getText())));
    }
    return List.copyOf(cells);
  }

  private static String label(DmnElement column, String name) {
    return column.getLabel() == null ? name : column.getLabel();
  }

  private static String text(@Nullable ModelElementInstance element) {
    return element == null ? "" : element.getTextContent();
  }

  private String newest(String company, String table) {
    return unrestricted.ask(() -> newest(company + "-" + table));
  }

  private String newest(String key) {
    DecisionDefinition definition =
        repository
            .getObject()
            .createDecisionDefinitionQuery()
            .decisionDefinitionKey(key)
            .withoutTenantId()
            .latestVersion()
            .singleResult();
    if (definition == null) {
      throw new IllegalStateException("no decision table " + key + " is deployed");
    }
    return definition.getId();
  }
}
