package hotline.regulation.process;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hotline.platform.Unrestricted;
import hotline.regulation.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
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
  private final Cache<String, List<Map<String, String>>> inputs =
      Caffeine.newBuilder().maximumSize(200).build();

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
  public List<Map<String, String>> inputs(String company, String table) {
    return inputs.get(
        newest(company, table), definition -> unrestricted.ask(() -> read(definition)));
  }

  private List<Map<String, String>> read(String definition) {
    DmnModelInstance model = repository.getObject().getDmnModelInstance(definition);
    DecisionTable table = model.getModelElementsByType(DecisionTable.class).iterator().next();
    List<Input> columns = new ArrayList<>(table.getInputs());
    List<Map<String, String>> rows = new ArrayList<>();
    for (Rule rule : table.getRules()) {
      Map<String, String> row = new LinkedHashMap<>();
      List<InputEntry> entries = new ArrayList<>(rule.getInputEntries());
      for (int i = 0; i < columns.size(); i++) {
        row.put(
            columns.get(i).getInputExpression().getText().getTextContent().trim(),
            entries.get(i).getText() == null ? "" : entries.get(i).getText().getTextContent());
      }
      rows.add(row);
    }
    return List.copyOf(rows);
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
