package hotline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decision tables, held to their articles row by row. */
@DisplayName("决策表逐条符合规程")
class TablesTest {
  private static final Path CASES = Path.of("src/test/resources/rules");
  private static final String HEADER = "table;requirement;sentence;inputs;expected";
  private static final Map<String, DecisionTableFile> TABLES = DecisionTableFile.all();

  /**
   * One line of a company's case file. Outputs {@code expected} must stand in the only hit of a
   * UNIQUE table and in one hit of a COLLECT table; with {@code !} before them no hit may hold
   * them, a lone {@code !} being no hit at all. After {@code *} stand all duties of an outage with
   * their articles, and no others.
   */
  private record Case(
      String table,
      String requirement,
      String sentence,
      Map<String, String> inputs,
      String sign,
      Map<String, String> expected) {
    static Case of(String line) {
      String[] cells = line.split(";", -1);
      assertThat(cells).as(line).hasSize(5);
      String sign =
          cells[4].startsWith("!") || cells[4].startsWith("*") ? cells[4].substring(0, 1) : "";
      return new Case(
          cells[0],
          cells[1],
          cells[2],
          pairs(cells[3]),
          sign,
          pairs(cells[4].substring(sign.length())));
    }

    private static Map<String, String> pairs(String cell) {
      Map<String, String> pairs = new LinkedHashMap<>();
      for (String pair : cell.split("\\|")) {
        if (!pair.isEmpty()) {
          String[] sides = pair.split("=", 2);
          assertThat(sides).as(cell).hasSize(2);
          pairs.put(sides[0], sides[1]);
        }
      }
      return pairs;
    }
  }

  @DisplayName("规程逐条")
  @TestFactory
  Stream<DynamicContainer> articles() {
    return companies().map(company -> dynamicContainer(company, cases(company).map(this::check)));
  }

  private DynamicTest check(Map.Entry<DecisionTableFile, Case> entry) {
    DecisionTableFile table = entry.getKey();
    Case expected = entry.getValue();
    return dynamicTest(
        expected.requirement() + " " + expected.sentence(), () -> check(table, expected));
  }

  private static void check(DecisionTableFile table, Case expected) {
    List<Map<String, String>> hits = table.ask(expected.inputs());
    if (expected.sign().equals("*")) {
      assertThat(hits.stream().map(TablesTest::duty))
          .containsExactlyInAnyOrderElementsOf(expected.expected().entrySet());
      return;
    }
    assertThat(table.outputs().keySet()).containsAll(expected.expected().keySet());
    if (expected.expected().isEmpty()) {
      assertThat(expected.sign()).isEqualTo("!");
      assertThat(hits).isEmpty();
    } else if (expected.sign().equals("!")) {
      assertThat(hits)
          .noneSatisfy(hit -> assertThat(hit).containsAllEntriesOf(expected.expected()));
    } else {
      if (table.isUnique()) {
        assertThat(hits).hasSize(1);
      }
      assertThat(hits).anySatisfy(hit -> assertThat(hit).containsAllEntriesOf(expected.expected()));
    }
  }

  /** The duty and its articles; that its time limits are defaults goes without saying. */
  private static Map.Entry<String, String> duty(Map<String, String> hit) {
    return Map.entry(
        hit.getOrDefault("action", ""), hit.getOrDefault("article", "").replace(" DEFAULT", ""));
  }

  @DisplayName("每一行规则都有用例命中")
  @TestFactory
  Stream<DynamicTest> everyRowHasACase() {
    return companies()
        .map(
            company ->
                dynamicTest(
                    company,
                    () -> {
                      Set<String> rows = new TreeSet<>();
                      ofCompany(company)
                          .forEach(
                              table ->
                                  table.rules().forEach(rule -> rows.add(table.row(rule.id()))));
                      cases(company)
                          .forEach(
                              each ->
                                  each.getKey()
                                      .rowsHit(each.getValue().inputs())
                                      .forEach(id -> rows.remove(each.getKey().row(id))));
                      assertThat(rows).isEmpty();
                    }));
  }

  @DisplayName("云浮每张工单的每个环节只有一个时限：通知、接单、联系、办结、回访；重办另有上门")
  @Test
  void yunfuPromisesEachStepOnce() {
    DecisionTableFile table = table("yunfu-water", "time-limits");
    assertThat(questions(table))
        .hasSize(21 * 2 * 2)
        .allSatisfy(
            question -> {
              boolean works =
                  Set.of("SERVICE_APPLICATION", "METER_MOVE", "AFTER_METER_REPAIR")
                      .contains(question.get("category"));
              List<String> expected =
                  new ArrayList<>(List.of("NOTIFY", "ACCEPT", "CONTACT", "RESOLVE", "CALLBACK"));
              boolean rework = question.get("rework").equals("true");
              expected.add(rework ? "ARRIVE" : "DISPATCH");
              if (works && !rework) {
                expected.add("RECORD");
              }
              assertThat(milestones(table, question)).containsExactlyInAnyOrderElementsOf(expected);
            });
  }

  @DisplayName("银川、供水维修每张工单的每个环节只有一个时限，都有接单、办结和回访；首轮另有派单")
  @ParameterizedTest
  @ValueSource(strings = {"yinchuan-water", "water-repair"})
  void eachStepIsPromisedOnce(String company) {
    DecisionTableFile table = table(company, "time-limits");
    assertThat(questions(table))
        .allSatisfy(
            question -> {
              List<String> expected = new ArrayList<>(List.of("ACCEPT", "RESOLVE", "CALLBACK"));
              if (!question.get("rework").equals("true")) {
                expected.add("DISPATCH");
              }
              assertThat(milestones(table, question)).doesNotHaveDuplicates().containsAll(expected);
            });
  }

  private static List<String> milestones(DecisionTableFile table, Map<String, String> question) {
    return table.ask(question).stream()
        .filter(hit -> !hit.get("start").equals("PLATFORM"))
        .map(hit -> hit.get("milestone"))
        .toList();
  }

  /** What the company takes, at every level, the first time and again. */
  private static List<Map<String, String>> questions(DecisionTableFile table) {
    Set<String> levels = new TreeSet<>();
    table(table.company(), "grading")
        .rules()
        .forEach(rule -> levels.add(unquoted(rule.outputs().get("level"))));
    List<Map<String, String>> questions = new ArrayList<>();
    for (DecisionTableFile.Row taken : table(table.company(), "intake").rules()) {
      for (String level : levels) {
        for (String rework : List.of("false", "true")) {
          Map<String, String> question = new LinkedHashMap<>(taken.inputs());
          question.replaceAll((column, cell) -> unquoted(cell));
          question.putAll(Map.of("level", level, "rework", rework));
          questions.add(question);
        }
      }
    }
    return questions;
  }

  private static String unquoted(String cell) {
    return cell.length() >= 2 && cell.startsWith("\"") && cell.endsWith("\"")
        ? cell.substring(1, cell.length() - 1)
        : cell;
  }

  /** Every company with tables; each must have its case file. */
  private static Stream<String> companies() {
    return TABLES.values().stream().map(DecisionTableFile::company).distinct();
  }

  private static Stream<DecisionTableFile> ofCompany(String company) {
    return TABLES.values().stream().filter(table -> table.company().equals(company));
  }

  private static Stream<Map.Entry<DecisionTableFile, Case>> cases(String company) {
    try {
      List<String> lines = Files.readAllLines(CASES.resolve(company + ".csv"));
      assertThat(lines.get(0)).isEqualTo(HEADER);
      return lines.stream()
          .skip(1)
          .filter(line -> !line.isBlank())
          .map(Case::of)
          .map(each -> Map.entry(table(company, each.table()), each));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DecisionTableFile table(String company, String name) {
    DecisionTableFile table = TABLES.get(company + "-" + name);
    assertThat(table).as(company + "-" + name).isNotNull();
    return table;
  }
}
