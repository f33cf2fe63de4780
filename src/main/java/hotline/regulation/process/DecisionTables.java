package hotline.regulation.process;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hotline.platform.KnownDefinitions;
import hotline.platform.PerTransaction;
import hotline.platform.Unrestricted;
import hotline.regulation.TableRow;
import hotline.regulation.TableRow.Cell;
import hotline.regulation.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The newest deployed version of a company's table; an answer is kept as long as that version,
 * since a table knows nothing but its question.
 */
@Component
class DecisionTables implements Tables {
  private record Question(String definitionId, Map<String, Object> asked) {}

  /** The newest version as this node knows it: until it deploys something, or for some seconds. */
  private record Newest(String key, long deployments) {}

  private final ObjectProvider<DecisionService> decisions;
  private final ObjectProvider<RepositoryService> repository;
  private final Cache<Question, List<Map<String, Object>>> answers =
      Caffeine.newBuilder().maximumSize(10_000).build();
  private final Cache<String, List<TableRow>> rows = Caffeine.newBuilder().maximumSize(200).build();
  private final Cache<Newest, String> ids =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(KnownDefinitions.KNOWN_FOR).build();
  private final PerTransaction<Map<String, String>> newest = new PerTransaction<>();
  private final KnownDefinitions definitions;
  private final Unrestricted unrestricted;

  DecisionTables(
      ObjectProvider<DecisionService> decisions,
      ObjectProvider<RepositoryService> repository,
      Unrestricted unrestricted,
      KnownDefinitions definitions) {
    this.definitions = definitions;
    this.decisions = decisions;
    this.repository = repository;
    this.unrestricted = unrestricted;
  }

  @Override
  public List<Map<String, Object>> ask(String company, String table, Map<String, Object> question) {
    String definition = newest(company, table);
    return known(
        answers,
        new Question(definition, Map.copyOf(question)),
        () -> unrestricted.ask(() -> evaluate(definition, question)));
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
    String definition = newest(company, table);
    return known(rows, definition, () -> unrestricted.ask(() -> read(definition)));
  }

  private List<TableRow> read(String definition) {
    TableFile table =
        TableFile.of(definition, repository.getObject().getDmnModelInstance(definition));
    return table.rows().stream()
        .map(
            row ->
                new TableRow(
                    row.number(),
                    row.annotation(),
                    cells(table.inputs(), row.inputs()),
                    cells(table.outputs(), row.outputs())))
        .toList();
  }

  private static List<Cell> cells(List<TableFile.Column> columns, Map<String, String> texts) {
    return columns.stream()
        .map(
            column ->
                new Cell(column.name(), column.label(), texts.getOrDefault(column.name(), "")))
        .toList();
  }

  /** Asked once in a transaction, which sees one version of each table from its beginning on. */
  private String newest(String company, String table) {
    String key = company + "-" + table;
    return TransactionSynchronizationManager.isSynchronizationActive()
        ? newest.get(HashMap::new, asked -> {}).computeIfAbsent(key, this::id)
        : id(key);
  }

  private String id(String key) {
    return known(ids, new Newest(key, definitions.deployments()), () -> find(key));
  }

  /**
   * Asked without the cache's own lock: whoever asks the engine may have to wait for a transaction
   * that waits for the same answer.
   */
  private static <K, V> V known(Cache<K, V> cache, K key, Supplier<V> asked) {
    V known = cache.getIfPresent(key);
    if (known == null) {
      known = asked.get();
      cache.put(key, known);
    }
    return known;
  }

  private String find(String key) {
    DecisionDefinition definition =
        unrestricted.ask(
            () ->
                repository
                    .getObject()
                    .createDecisionDefinitionQuery()
                    .decisionDefinitionKey(key)
                    .withoutTenantId()
                    .latestVersion()
                    .singleResult());
    if (definition == null) {
      throw new IllegalStateException("no decision table " + key + " is deployed");
    }
    return definition.getId();
  }
}
