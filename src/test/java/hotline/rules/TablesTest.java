package hotline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import hotline.calendar.TimeLimit;
import hotline.organisation.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The decision tables, held to their articles row by row, and proved to leave no gap. */
@DisplayName("决策表逐条符合规程，且没有缺口")
class TablesTest {
  private static final Path CASES = Path.of("src/test/resources/rules");
  private static final String HEADER = "table;requirement;sentence;inputs;expected";
  private static final Set<String> LIMITS =
      Set.of(
          "limit",
          "warnBefore",
          "instructWithin",
          "decideWithin",
          "tellCustomerWithin",
          "smsWait",
          "interval");
  private static final Path ORGANISATIONS = Path.of("src/main/resources/organisation");
  private static final Set<String> DEPARTMENT_COLUMNS = Set.of("department", "alsoDepartment");
  private static final Set<String> GROUP_COLUMNS =
      Set.of(
          "supervisor",
          "checkBy",
          "instructBy",
          "who",
          "warnTo",
          "escalateTo",
          "inquireBy",
          "decideBy",
          "tellCustomerBy",
          "tellAlso",
          "tellAtOnce",
          "followUpBy",
          "platformReplyBy");
  private static final Set<String> GROUPS_OF_EVERY_COMPANY =
      Stream.concat(
              Stream.of("DEPARTMENT", "DEPARTMENT_LEADER"),
              Arrays.stream(Role.values()).map(Role::code))
          .collect(Collectors.toUnmodifiableSet());
  private static final Pattern REQUIREMENT = Pattern.compile("[A-Z]{2}-\\S+");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Map<String, DecisionTableFile> TABLES = DecisionTableFile.all();

  /**
   * One line of a company's case file. Outputs {@code expected} must stand in the only hit of a
   * UNIQUE table and in one hit of a COLLECT table; with {@code !} before them no hit may hold
   * them, a lone {@code !} being no hit at all.
   */
  private record Case(
      String table,
      String requirement,
      String sentence,
      Map<String, String> inputs,
      boolean unwanted,
      Map<String, String> expected) {
    static Case of(String line) {
      String[] cells = line.split(";", -1);
      assertThat(cells).as(line).hasSize(5);
      boolean unwanted = cells[4].startsWith("!");
      return new Case(
          cells[0],
          cells[1],
          cells[2],
          pairs(cells[3]),
          unwanted,
          pairs(unwanted ? cells[4].substring(1) : cells[4]));
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
    assertThat(table.outputs().keySet()).containsAll(expected.expected().keySet());
    if (expected.expected().isEmpty()) {
      assertThat(expected.unwanted()).isTrue();
      assertThat(hits).isEmpty();
    } else if (expected.unwanted()) {
      assertThat(hits)
          .noneSatisfy(hit -> assertThat(hit).containsAllEntriesOf(expected.expected()));
    } else {
      if (table.isUnique()) {
        assertThat(hits).hasSize(1);
      }
      assertThat(hits).anySatisfy(hit -> assertThat(hit).containsAllEntriesOf(expected.expected()));
    }
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

  @DisplayName("表中写到的部门、岗位和负责人，都在公司的组织文件里")
  @TestFactory
  Stream<DynamicTest> everyGroupExists() {
    return TABLES.values().stream()
        .map(
            table ->
                dynamicTest(
                    table.id(),
                    () -> {
                      Set<String> departments = departments(table.company());
                      Set<String> groups = new TreeSet<>(GROUPS_OF_EVERY_COMPANY);
                      for (String department : departments) {
                        groups.addAll(List.of(department, department + "-leader"));
                      }
                      for (DecisionTableFile.Row rule : table.rules()) {
                        String where = table.row(rule.id());
                        assertThat(departments)
                            .as(where)
                            .containsAll(words(rule, DEPARTMENT_COLUMNS));
                        assertThat(groups).as(where).containsAll(words(rule, GROUP_COLUMNS));
                      }
                    }));
  }

  /** The words of these outputs; one that repeats an input may be any word of that input's cell. */
  private static Set<String> words(DecisionTableFile.Row rule, Set<String> columns) {
    Set<String> words = new TreeSet<>();
    for (String column : columns) {
      String cell = rule.outputs().getOrDefault(column, "");
      String named = rule.inputs().getOrDefault(cell, cell);
      LITERAL
          .matcher(named)
          .results()
          .forEach(found -> words.addAll(List.of(found.group(1).split(" "))));
    }
    words.remove("");
    return words;
  }

  /** Department codes as the company's organisation file gives them. */
  private static Set<String> departments(String company) {
    Path file = ORGANISATIONS.resolve(company + ".yaml");
    try {
      Map<String, Object> organisation = new Yaml().load(Files.readString(file));
      Set<String> codes = new TreeSet<>();
      for (Object department : (List<?>) organisation.getOrDefault("departments", List.of())) {
        codes.add(String.valueOf(((Map<?, ?>) department).get("code")));
      }
      assertThat(codes).as(file.toString()).isNotEmpty();
      return codes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @DisplayName("凡受理的类别，各种情形都恰有一行")
  @TestFactory
  Stream<DynamicTest> noGapAndNoOverlap() {
    return TABLES.values().stream()
        .filter(table -> table.isUnique() && table.inputs().containsKey("category"))
        .map(
            table ->
                dynamicTest(
                    table.id(),
                    () -> {
                      assertThat(questions(table))
                          .allSatisfy(question -> assertThat(table.ask(question)).hasSize(1));
                    }));
  }

  @DisplayName("每张工单首轮与重办都有办结或反馈的时限")
  @TestFactory
  Stream<DynamicTest> everyOrderIsPromisedAnEnd() {
    return TABLES.values().stream()
        .filter(table -> table.name().equals("time-limits"))
        .map(
            table ->
                dynamicTest(
                    table.id(),
                    () ->
                        assertThat(questions(table))
                            .allSatisfy(
                                question ->
                                    assertThat(milestones(table, question))
                                        .containsAnyOf("RESOLVE", "REPLY"))));
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

  @DisplayName("每行注明要求编号和条文，时限写法正确，受理类别逐行列明")
  @TestFactory
  Stream<DynamicTest> everyRowIsWellWritten() {
    return TABLES.values().stream()
        .map(
            table ->
                dynamicTest(
                    table.id(), () -> table.rules().forEach(rule -> wellWritten(table, rule))));
  }

  private static void wellWritten(DecisionTableFile table, DecisionTableFile.Row rule) {
    String where = table.row(rule.id());
    String requirement = rule.annotation().split(" ", 2)[0];
    assertThat(requirement).as(where).matches(REQUIREMENT);
    assertThat(rule.annotation()).as(where).containsAnyOf("第", "附录", "附件", "默认");
    String article = unquoted(rule.outputs().getOrDefault("article", ""));
    if (!article.isEmpty()) {
      assertThat(article.split(" ")).as(where).contains(requirement);
      assertThat(rule.outputs().get("basis")).as(where).hasSizeGreaterThan(2);
      if (article.contains("DEFAULT")) {
        assertThat(rule.annotation()).as(where).contains("默认值");
        assertThat(rule.outputs().get("basis")).as(where).contains("默认值");
      }
    }
    rule.outputs().entrySet().stream()
        .filter(cell -> LIMITS.contains(cell.getKey()) && cell.getValue().length() > 2)
        .filter(cell -> !cell.getValue().equals("\"平台时限\""))
        .forEach(
            cell ->
                assertThat(TimeLimit.parse(unquoted(cell.getValue())).text())
                    .as(where + " " + cell.getKey())
                    .isEqualTo(unquoted(cell.getValue())));
    if (table.name().equals("intake")) {
      assertThat(rule.inputs().get("category")).as(where).matches("\"[A-Z_]+\"");
      assertThat(rule.inputs().get("subcategory")).as(where).matches("\"[^\"]*\"");
    }
  }

  /**
   * Every category the company takes, crossed with every value that the table tells apart for it
   * and with "" where the call may leave it out; what plays no part for a category is left out.
   */
  private static List<Map<String, String>> questions(DecisionTableFile table) {
    return categories(table).stream()
        .flatMap(category -> questions(table, category).stream())
        .toList();
  }

  private static List<Map<String, String>> questions(
      DecisionTableFile table, Map<String, String> category) {
    List<DecisionTableFile.Row> rows =
        table.rules().stream()
            .filter(
                rule ->
                    category.entrySet().stream()
                        .allMatch(
                            each -> admits(rule.inputs().get(each.getKey()), each.getValue())))
            .toList();
    List<Map<String, String>> questions = List.of(category);
    for (String column : table.inputs().keySet()) {
      if (category.containsKey(column)) {
        continue;
      }
      Set<String> values = values(table, rows, column);
      questions =
          questions.stream()
              .flatMap(question -> values.stream().map(value -> with(question, column, value)))
              .toList();
    }
    return questions;
  }

  /** Whether this cell, a list of texts with or without {@code not}, lets the text through. */
  private static boolean admits(String cell, String text) {
    boolean listed = LITERAL.matcher(cell).results().anyMatch(found -> found.group(1).equals(text));
    return DecisionTableFile.isAny(cell) || listed != cell.startsWith("not(");
  }

  private static Map<String, String> with(
      Map<String, String> question, String column, String value) {
    Map<String, String> more = new LinkedHashMap<>(question);
    more.put(column, value);
    return more;
  }

  private static List<Map<String, String>> categories(DecisionTableFile table) {
    return table(table.company(), "intake").rules().stream()
        .map(
            rule -> {
              Map<String, String> question = new LinkedHashMap<>(rule.inputs());
              question.replaceAll((column, cell) -> unquoted(cell));
              question.keySet().retainAll(table.inputs().keySet());
              return question;
            })
        .distinct()
        .toList();
  }

  private static Set<String> values(
      DecisionTableFile table, List<DecisionTableFile.Row> rows, String column) {
    List<String> cells =
        rows.stream()
            .map(rule -> rule.inputs().get(column))
            .filter(cell -> !DecisionTableFile.isAny(cell))
            .toList();
    String type = table.inputs().get(column);
    if (cells.isEmpty()) {
      return Set.of(DecisionTableFile.OMITTED.get(type));
    }
    Set<String> values = new LinkedHashSet<>();
    switch (type) {
      case "boolean" -> values.addAll(List.of("false", "true"));
      case "integer" -> {
        values.add("1");
        for (String cell : cells) {
          NUMBER
              .matcher(cell)
              .results()
              .map(found -> Integer.parseInt(found.group()))
              .flatMap(number -> Stream.of(number - 1, number, number + 1))
              .filter(number -> number >= 1)
              .forEach(number -> values.add(String.valueOf(number)));
        }
      }
      default -> {
        if (column.equals("level")) {
          table(table.company(), "grading")
              .rules()
              .forEach(rule -> values.add(unquoted(rule.outputs().get("level"))));
        } else if (column.equals("cause")) {
          values.addAll(List.of("OUTSIDE", "OWN"));
        } else {
          values.add("");
          for (String cell : cells) {
            LITERAL.matcher(cell).results().forEach(found -> values.add(found.group(1)));
          }
        }
      }
    }
    return values;
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
