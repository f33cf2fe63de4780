package hotline.regulation.process;

import hotline.organisation.Company;
import hotline.regulation.TableRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that an order or an outage of the company can bring to a table's column. */
final class Values {
  /** Stands for any text that no table, no organisation file and no form knows. */
  private static final String UNLISTED = "名单以外";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** What a column is asked with, and how people read it. */
  record Value(Object given, String words) {
    static Value of(String code, String label) {
      return new Value(code, label.isEmpty() ? code : label + "（" + code + "）");
    }
  }

  /** What an order is about: category and subcategory belong together. */
  record Subject(Value category, Value subcategory) {}

  private static final Value BLANK = new Value("", "（未填）");
  private static final Value OTHER = new Value(UNLISTED, UNLISTED);

  /** What {@link hotline.regulation.OutageMatter} can be. */
  private static final Map<String, List<Value>> OUTAGE =
      Map.of(
          "occasion",
          List.of(
              Value.of("REPORTER", "谁可报告"),
              Value.of("REPORT", "报告"),
              Value.of("RESTORE", "恢复"),
              Value.of("ANOMALY", "管网异常")),
          "effect",
          List.of(Value.of("SHUTOFF", "停供"), Value.of("REDUCED_PRESSURE", "减压")),
          "kind",
          List.of(Value.of("PLANNED", "计划"), Value.of("UNPLANNED", "计划外")),
          "origin",
          List.of(
              Value.of("NETWORK", "管网"),
              Value.of("PLANT", "厂站"),
              Value.of("BOOSTER_STATION", "加压泵站")));

  private final Company company;
  private final FormFile intakeForm;
  private final FormFile reportForm;
  private final List<Subject> taken = new ArrayList<>();
  private final Set<Subject> offered = new LinkedHashSet<>();
  private final Map<Subject, Set<String>> levels = new LinkedHashMap<>();

  Values(Company company, TableFile intake, FormFile intakeForm, FormFile reportForm) {
    this.company = company;
    this.intakeForm = intakeForm;
    this.reportForm = reportForm;
    Map<String, Value> categories = new LinkedHashMap<>();
    for (TableFile.Row row : intake.rows()) {
      Value category =
          categories.computeIfAbsent(
              text(row.inputs(), "category"), code -> Value.of(code, text(row.outputs(), "label")));
      String code = text(row.inputs(), "subcategory");
      Value subcategory =
          code.isEmpty() ? BLANK : Value.of(code, text(row.outputs(), "subcategoryLabel"));
      offered.add(new Subject(category, BLANK));
      offered.add(new Subject(category, subcategory));
      taken.add(new Subject(category, subcategory));
    }
  }

  /**
   * The table's subjects: for intake also each category without a subcategory, as a call has it;
   * where no category is asked, only the blank one.
   */
  List<Subject> subjects(TableKind kind) {
    if (!kind.inputs().containsKey("category")) {
      return List.of(new Subject(BLANK, BLANK));
    }
    if (kind == TableKind.INTAKE) {
      return List.copyOf(offered);
    }
    Stream<Subject> subjects = taken.stream();
    return kind.inputs().containsKey("subcategory")
        ? subjects.distinct().toList()
        : subjects.map(subject -> new Subject(subject.category(), BLANK)).distinct().toList();
  }

  /** From now on orders about the subject may have this level. */
  void graded(Subject subject, String level) {
    levels.computeIfAbsent(subject, first -> new TreeSet<>()).add(level);
  }

  List<Value> of(String column, TableFile table, Subject subject) {
    return switch (column) {
      case "category" -> List.of(subject.category());
      case "subcategory" -> List.of(subject.subcategory());
      case "level" -> levels(subject, TableFile.types(table.inputs()).containsKey("subcategory"));
      case "district" -> districts(table);
      case "departmentComplainedOf" -> departments();
      case "asset", "meterSide", "networkPart" -> orBlank(chosen(intakeForm.choices(column)));
      case "cause" -> chosen(reportForm.choices("extensionCause"));
      case "occasion", "effect", "kind", "origin" -> OUTAGE.getOrDefault(column, List.of());
      default ->
          TableFile.types(table.inputs()).getOrDefault(column, "").equals("boolean")
              ? List.of(new Value(false, "否"), new Value(true, "是"))
              : numbers(column, table);
    };
  }

  /** What the column can hold for any of the table's subjects. */
  Set<Value> all(String column, TableKind kind, TableFile table) {
    Set<Value> all = new LinkedHashSet<>();
    subjects(kind).forEach(subject -> all.addAll(of(column, table, subject)));
    return all;
  }

  /** The codes that a designer may write. */
  static String listed(Set<Value> values) {
    return values.stream()
        .filter(value -> !value.equals(OTHER) && !value.equals(BLANK))
        .map(Value::words)
        .collect(Collectors.joining("、"));
  }

  /** Levels of the subject; where only the category is asked, of all its subcategories. */
  private List<Value> levels(Subject asked, boolean subcategoryAsked) {
    Set<String> codes = new TreeSet<>();
    levels.forEach(
        (subject, given) -> {
          if (subject.category().equals(asked.category())
              && (!subcategoryAsked || subject.subcategory().equals(asked.subcategory()))) {
            codes.addAll(given);
          }
        });
    return codes.stream().map(code -> Value.of(code, "")).toList();
  }

  private List<Value> districts(TableFile table) {
    List<Value> values = new ArrayList<>(List.of(BLANK, OTHER));
    company.districts().forEach(each -> values.add(Value.of(each.code(), each.name())));
    Set<String> typed = new LinkedHashSet<>();
    table
        .rows()
        .forEach(row -> typed.addAll(TableRow.literals(row.inputs().getOrDefault("district", ""))));
    typed.removeIf(text -> text.isEmpty() || company.hasDistrict(text));
    typed.forEach(text -> values.add(Value.of(text, "")));
    return values;
  }

  private List<Value> departments() {
    List<Value> values = new ArrayList<>(List.of(BLANK, OTHER));
    company.departments().forEach(each -> values.add(Value.of(each.code(), each.name())));
    return values;
  }

  private static List<Value> chosen(Map<String, String> choices) {
    return choices.entrySet().stream()
        .map(choice -> Value.of(choice.getKey(), choice.getValue()))
        .toList();
  }

  private static List<Value> orBlank(List<Value> values) {
    return Stream.concat(Stream.of(BLANK), values.stream()).toList();
  }

  /** The least, one, and what lies about each number that the column names. */
  private static List<Value> numbers(String column, TableFile table) {
    int least = column.equals("affectedPopulation") ? 0 : 1;
    Set<Integer> numbers = new TreeSet<>(List.of(least, 1));
    for (TableFile.Row row : table.rows()) {
      NUMBER
          .matcher(row.inputs().getOrDefault(column, ""))
          .results()
          .map(MatchResult::group)
          .map(Integer::valueOf)
          .forEach(number -> numbers.addAll(List.of(number - 1, number, number + 1)));
    }
    numbers.removeIf(number -> number < least);
    return numbers.stream().map(number -> new Value(number, String.valueOf(number))).toList();
  }

  /** The text that stands in the cell by itself. */
  static String text(Map<String, String> cells, String column) {
    List<String> texts = TableRow.literals(cells.getOrDefault(column, ""));
    return texts.isEmpty() ? "" : texts.get(0);
  }
}
