package hotline.regulation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** One row of a decision table as its designer wrote it, counted from 1. */
public record TableRow(int number, String annotation, List<Cell> inputs, List<Cell> outputs) {
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

  /** The columns that name one department. */
  private static final Set<String> DEPARTMENTS =
      Set.of("department", "alsoDepartment", "departmentComplainedOf");

  /** The columns that name departments, their heads or roles. */
  private static final Set<String> GROUPS =
      Set.of(
          "supervisor",
          "checkBy",
          "instructBy",
          "tellAtOnce",
          "who",
          "by",
          "warnTo",
          "escalateTo",
          "inquireBy",
          "decideBy",
          "tellCustomerBy",
          "tellAlso",
          "followUpBy",
          "platformReplyBy");

  /** Whether the column names one department. */
  public static boolean namesDepartment(String column) {
    return DEPARTMENTS.contains(column);
  }

  /** Whether the column names departments, their heads or roles. */
  public static boolean namesGroups(String column) {
    return GROUPS.contains(column) || namesDepartment(column);
  }

  /** Every text in quotation marks that stands in a cell. */
  public static List<String> literals(String text) {
    return LITERAL.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** What stands in one column, as the table writes it: {@code "LEAK","BURST"}. */
  public record Cell(String column, String label, String text) {

    /** The text without its quotation marks. */
    public String literal() {
      String trimmed = text.trim();
      return trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"")
          ? trimmed.substring(1, trimmed.length() - 1)
          : trimmed;
    }
  }

  /** What the row asks for in this column; empty when it does not ask or has no such column. */
  public String input(String column) {
    return literal(inputs, column);
  }

  /** What the row answers in this column; empty when it does not answer. */
  public String output(String column) {
    return literal(outputs, column);
  }

  /** Whether the row asks nothing in this column. */
  public boolean isAny(String column) {
    String text = text(column);
    return text.isEmpty() || text.equals("-");
  }

  /** Whether the column's list of texts, with or without {@code not}, lets this one through. */
  public boolean admits(String column, String value) {
    String text = text(column);
    return isAny(column) || text.contains("\"" + value + "\"") != text.startsWith("not(");
  }

  private String text(String column) {
    return inputs.stream()
        .filter(cell -> cell.column().equals(column))
        .map(cell -> cell.text().strip())
        .findFirst()
        .orElse("");
  }

  private static String literal(List<Cell> cells, String column) {
    return cells.stream()
        .filter(cell -> cell.column().equals(column))
        .map(Cell::literal)
        .findFirst()
        .orElse("");
  }
}
