package hotline.regulation.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/** One decision table as Modeler saved or deployed it, with the row numbers that Modeler shows. */
record TableFile(
    String path,
    String decisionId,
    String decisionName,
    String timeToLive,
    String hitPolicy,
    List<Column> inputs,
    List<Column> outputs,
    List<Row> rows) {

  record Column(String name, String label, String type) {}

  /** One row: its annotation and the texts of its cells by column. */
  record Row(
      int number,
      String id,
      String annotation,
      Map<String, String> inputs,
      Map<String, String> outputs) {
    private static final int FIRST_WORDS = 24;

    /** The row as the designer finds it: its number and how its annotation begins. */
    String words() {
      String first = annotation.strip().split("[：:；;\\n]", 2)[0];
      String begins = first.length() > FIRST_WORDS ? first.substring(0, FIRST_WORDS) + "…" : first;
      return "第" + number + "行（" + (begins.isEmpty() ? "没有注释" : begins) + "）";
    }
  }

  /** What the row of this number answers, as its cell is written. */
  String output(int row, String column) {
    return rows.get(row - 1).outputs().getOrDefault(column, "");
  }

  /** The text that the row of this number answers. */
  String text(int row, String column) {
    return Values.text(rows.get(row - 1).outputs(), column);
  }

  static TableFile read(Path file) {
    String path = path(file);
    try {
      return of(path, Dmn.readModelFromFile(file.toFile()));
    } catch (RuntimeException e) {
      throw new CannotRead(path + " 读不了，请用 Camunda Modeler 打开检查（一个文件一张决策表）：" + e.getMessage(), e);
    }
  }

  static TableFile of(String path, DmnModelInstance model) {
    Decision decision = model.getModelElementsByType(Decision.class).iterator().next();
    DecisionTable table = (DecisionTable) decision.getExpression();
    List<Column> inputs = new ArrayList<>();
    for (Input input : table.getInputs()) {
      inputs.add(
          column(
              input.getInputExpression().getText().getTextContent().strip(),
              input.getLabel(),
              input.getInputExpression().getTypeRef()));
    }
    List<Column> outputs = new ArrayList<>();
    for (Output output : table.getOutputs()) {
      outputs.add(column(output.getName(), output.getLabel(), output.getTypeRef()));
    }
    List<Row> rows = new ArrayList<>();
    for (Rule rule : table.getRules()) {
      rows.add(
          new Row(
              rows.size() + 1,
              rule.getId(),
              rule.getDescription() == null ? "" : rule.getDescription().getTextContent(),
              cells(inputs, rule.getInputEntries()),
              cells(outputs, rule.getOutputEntries())));
    }
    return new TableFile(
        path,
        decision.getId(),
        Objects.requireNonNullElse(decision.getName(), ""),
        Objects.requireNonNullElse(decision.getCamundaHistoryTimeToLiveString(), ""),
        table.getHitPolicy() + (table.getAggregation() == null ? "" : " " + table.getAggregation()),
        List.copyOf(inputs),
        List.copyOf(outputs),
        List.copyOf(rows));
  }

  /** The file as the report names it, alike on every platform. */
  static String path(Path file) {
    return file.toString().replace('\\', '/');
  }

  /** Column name to type, in the table's order. */
  static Map<String, String> types(List<Column> columns) {
    return columns.stream()
        .collect(
            Collectors.toMap(
                Column::name, Column::type, (one, same) -> one + " " + same, LinkedHashMap::new));
  }

  private static Column column(
      @Nullable String name, @Nullable String label, @Nullable String type) {
    String code = Objects.requireNonNullElse(name, "");
    return new Column(
        code,
        label == null || label.isBlank() ? code : label,
        Objects.requireNonNullElse(type, ""));
  }

  private static Map<String, String> cells(
      List<Column> columns, Iterable<? extends DmnElement> entries) {
    Map<String, String> cells = new LinkedHashMap<>();
    Iterator<? extends DmnElement> entry = entries.iterator();
    for (Column column : columns) {
      Text text = (Text) entry.next().getUniqueChildElementByType(Text.class);
      cells.put(column.name(), text == null ? "" : text.getTextContent().strip());
    }
    return cells;
  }
}
