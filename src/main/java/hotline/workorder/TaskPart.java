package hotline.workorder;

import java.util.Map;

/** What another module adds to the form of a task, whatever its subject is. */
public interface TaskPart {
  /** Adds what the form of this task shows, as texts under the names that the form uses. */
  void show(WorkTask task, Map<String, Object> fields);
}
