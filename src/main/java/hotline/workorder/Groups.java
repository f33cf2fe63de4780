package hotline.workorder;

import hotline.regulation.Words;
import java.util.List;

/** The words of a table's group column as groups of the company. */
public final class Groups {
  private Groups() {}

  /**
   * @param words roles, department codes, or DEPARTMENT and DEPARTMENT_LEADER for the responsible
   *     one
   */
  public static List<String> of(WorkOrder order, String words) {
    return Words.of(words).stream()
        .map(word -> unit(order, word))
        .map(unit -> order.company + "." + unit)
        .toList();
  }

  /** The department or role behind a word of the table. */
  static String unit(WorkOrder order, String word) {
    return switch (word) {
      case "DEPARTMENT" -> department(order);
      case "DEPARTMENT_LEADER" -> department(order) + "-leader";
      default -> word;
    };
  }

  private static String department(WorkOrder order) {
    return order.department == null ? "dispatcher" : order.department;
  }
}
