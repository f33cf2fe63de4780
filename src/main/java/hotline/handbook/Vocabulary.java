package hotline.handbook;

import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.regulation.TableRow;
import hotline.regulation.TableRow.Cell;
import hotline.regulation.Words;
import hotline.workorder.Levels;
import hotline.workorder.Milestone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cells of one company's tables in the words that its people use. */
final class Vocabulary {
  private static final Map<String, String> ANY_GROUP =
      Map.of("DEPARTMENT", "承办部门", "DEPARTMENT_LEADER", "承办部门负责人", "REPORTER", "报告的部门");
  private static final Map<String, String> MILESTONES =
      Arrays.stream(Milestone.values())
          .collect(Collectors.toMap(Milestone::name, Milestone::label));

  private final Company company;
  private final Organisation organisation;
  private final Map<String, Map<String, String>> words;
  private final Map<String, String> categories = new HashMap<>();
  private final Map<String, String> subcategories = new HashMap<>();
  private final Map<String, String> duties = new HashMap<>();

  Vocabulary(
      Company company,
      Organisation organisation,
      Map<String, Map<String, String>> words,
      List<TableRow> intake,
      List<TableRow> outageDuties) {
    this.company = company;
    this.organisation = organisation;
    this.words = words;
    for (TableRow row : intake) {
      String category = row.input("category");
      String subcategory = row.input("subcategory");
      categories.put(category, row.output("label"));
      subcategories.put(category + " " + subcategory, row.output("subcategoryLabel"));
    }
    outageDuties.forEach(row -> duties.put(row.output("action"), row.output("label")));
  }

  /** What the row asks for in this cell; empty when anything will do. */
  String condition(TableRow row, Cell cell) {
    String text = cell.text().trim();
    if (text.isEmpty() || text.equals("-")) {
      return "";
    }
    List<String> literals = TableRow.literals(text);
    if (literals.isEmpty()) {
      return plain(text);
    }
    String list =
        literals.stream()
            .map(code -> code.isEmpty() ? "未说明" : word(row, cell.column(), code))
            .collect(Collectors.joining("、"));
    return text.startsWith("not(") ? "除" + list + "以外" : list;
  }

  /** What the row answers in this cell; empty when it does not answer, or its label says it. */
  String answer(TableRow row, Cell cell) {
    String literal = cell.literal();
    if (cell.column().equals("action")) {
      return "";
    }
    if (cell.column().equals("article")) {
      return literal.replace(" DEFAULT", "（含默认值）");
    }
    boolean quoted = !literal.equals(cell.text().trim());
    return quoted
        ? coded(cell.column())
            ? Words.of(literal).stream()
                .map(code -> word(row, cell.column(), code))
                .collect(Collectors.joining("、"))
            : literal
        : row.inputs().stream()
            .filter(input -> input.column().equals(literal))
            .map(input -> "即“" + input.label() + "”")
            .findFirst()
            .orElse(plain(literal));
  }

  private boolean coded(String column) {
    return TableRow.namesGroups(column)
        || words.containsKey(column)
        || column.equals("level")
        || column.equals("milestone")
        || column.equals("waitsFor");
  }

  private static String plain(String text) {
    return switch (text) {
      case "true" -> "是";
      case "false" -> "否";
      default -> text.replace(">=", "≥").replace("<=", "≤");
    };
  }

  private String word(TableRow row, String column, String code) {
    if (TableRow.namesGroups(column)) {
      return ANY_GROUP.getOrDefault(code, group(code));
    }
    return switch (column) {
      case "category" -> categories.getOrDefault(code, code);
      case "subcategory" -> subcategory(row, code);
      case "district" -> company.districtName(code);
      case "level" -> Levels.label(code);
      case "milestone" -> MILESTONES.getOrDefault(code, code);
      case "waitsFor" -> duties.getOrDefault(code, code);
      default -> words.getOrDefault(column, Map.of()).getOrDefault(code, code);
    };
  }

  private String group(String code) {
    String id = company.id() + "." + code;
    String name = organisation.groupName(id);
    return name.equals(id) ? code : name;
  }

  /** One code may be named differently in two categories. */
  private String subcategory(TableRow row, String code) {
    Cell asked =
        row.inputs().stream()
            .filter(cell -> cell.column().equals("category"))
            .findFirst()
            .orElseThrow();
    List<String> named = TableRow.literals(asked.text());
    Stream<String> among = named.isEmpty() ? categories.keySet().stream() : named.stream();
    String labels =
        among
            .map(category -> subcategories.get(category + " " + code))
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining("／"));
    return labels.isEmpty() ? code : labels;
  }
}
