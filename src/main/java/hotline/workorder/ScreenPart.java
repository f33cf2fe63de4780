package hotline.workorder;

import java.util.Map;

/** What another module adds to the forms of an order's tasks. */
public interface ScreenPart {
  /** Adds what the form of this task shows, as texts under the names that the form uses. */
  void show(String task, WorkOrder order, Map<String, Object> fields);
}
