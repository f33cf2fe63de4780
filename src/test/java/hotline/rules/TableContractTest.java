package hotline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.regulation.CallbackRule;
import hotline.regulation.ExtensionRule;
import hotline.regulation.GradingRule;
import hotline.regulation.IntakeRule;
import hotline.regulation.RoutingRule;
import hotline.regulation.TimeLimitRule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One decision is one record of regulation, with the same columns for every company. */
@DisplayName("决策表与程序一致")
class TableContractTest {
  private static final Map<String, Class<? extends Record>> RULES =
      new TreeMap<>(
          Map.of(
              "intake", IntakeRule.class,
              "grading", GradingRule.class,
              "routing", RoutingRule.class,
              "time-limits", TimeLimitRule.class,
              "extension-policy", ExtensionRule.class,
              "callback-policy", CallbackRule.class));

  private static final Map<Class<?>, String> TYPES =
      Map.of(String.class, "string", boolean.class, "boolean", int.class, "integer");

  private static final Collection<DecisionTableFile> TABLES = DecisionTableFile.all().values();

  static Collection<DecisionTableFile> tables() {
    return TABLES;
  }

  @Test
  @DisplayName("每家公司六张表，一张不少")
  void everyCompanyHasEveryTable() {
    Map<String, TreeSet<String>> tables = new TreeMap<>();
    TABLES.forEach(
        table ->
            tables.computeIfAbsent(table.company(), company -> new TreeSet<>()).add(table.name()));
    assertThat(tables)
        .isNotEmpty()
        .allSatisfy(
            (company, names) ->
                assertThat(names).as(company).containsExactlyElementsOf(RULES.keySet()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  @DisplayName("一个文件一张表，放在公司的目录下，标识是公司加表名，有中文名称和保存期限")
  void fileIsTheDecision(DecisionTableFile table) {
    Path file = Path.of("processes/regulations", table.company(), table.name() + ".dmn");
    assertThat(Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Decision.class))
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.getId()).isEqualTo(table.id());
              assertThat(decision.getName()).containsPattern("\\p{IsHan}");
              assertThat(decision.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
            });
    assertThat(table.isUnique()).isEqualTo(!table.name().equals("time-limits"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  @DisplayName("输出列就是规则记录的各项，名称、类型和次序相同")
  void outputsAreTheRecord(DecisionTableFile table) {
    Map<String, String> components = new LinkedHashMap<>();
    for (RecordComponent component : RULES.get(table.name()).getRecordComponents()) {
      components.put(component.getName(), TYPES.get(component.getType()));
    }
    assertThat(table.outputs()).containsExactlyEntriesOf(components);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tables")
  @DisplayName("各公司同一张表的列相同，程序逐列提问")
  void columnsAreTheSame(DecisionTableFile table) throws IOException {
    assertThat(TABLES)
        .filteredOn(other -> other.name().equals(table.name()))
        .allSatisfy(
            other -> {
              assertThat(table.inputs()).containsExactlyEntriesOf(other.inputs());
              assertThat(table.outputs()).containsExactlyEntriesOf(other.outputs());
            });
    String asking = Files.readString(Path.of("src/main/java/hotline/regulation/Regulation.java"));
    assertThat(table.inputs().keySet())
        .allSatisfy(column -> assertThat(asking).contains("\"" + column + "\""));
  }
}
