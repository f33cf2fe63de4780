package hotline.handbook;

import java.util.Arrays;
import java.util.List;

/**
 * The decision tables in the order of an order's life, then of an outage's. A row shows at the task
 * that asks its table; a time limit shows at the tasks that are due by its milestone.
 */
enum AskedTable {
  INTAKE("intake", "受理表", "Task_CompleteIntake"),
  GRADING("grading", "定级表", "Task_ClassifyWorkOrder"),
  ROUTING("routing", "派单表", "Task_ClassifyWorkOrder"),
  TIME_LIMITS("time-limits", "时限表", "Task_SuperviseTimeLimits"),
  EXTENSION_POLICY("extension-policy", "延期表", "Task_DecideExtension"),
  CALLBACK_POLICY("callback-policy", "回访表", "Task_PlanCallback"),
  OUTAGE_DUTIES("outage-duties", "停水职责表", "Task_PlanDuties");

  private final String file;
  private final String label;
  private final String askedBy;

  AskedTable(String file, String label, String askedBy) {
    this.file = file;
    this.label = label;
    this.askedBy = askedBy;
  }

  String file() {
    return file;
  }

  String label() {
    return label;
  }

  static String label(String file) {
    return Arrays.stream(values())
        .filter(table -> table.file.equals(file))
        .map(AskedTable::label)
        .findFirst()
        .orElse(file);
  }

  /** The steps where a row with this milestone shows; a milestone without a task is supervised. */
  List<Step> shownAt(List<Step> drawn, String milestone) {
    List<Step> due = drawn.stream().filter(step -> step.milestones().contains(milestone)).toList();
    return due.isEmpty() ? drawn.stream().filter(step -> step.id().equals(askedBy)).toList() : due;
  }
}
