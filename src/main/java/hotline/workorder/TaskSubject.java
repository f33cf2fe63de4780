package hotline.workorder;

import hotline.Actor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tasks may be about besides work orders; another module's numbers, its screens, its view. */
public interface TaskSubject {

  /** Whether this number is one of the module's. */
  boolean owns(String number);

  /**
   * What a task shows in a list.
   *
   * @param part what of the subject the task is about, when it has parts
   */
  Showing showing(String number, String task, @Nullable String part);

  /** Adds what the task's form shows this reader. */
  void show(WorkTask task, Actor reader, Map<String, Object> fields);

  /** The subject as the API answers it after one of its tasks was done. */
  Object view(String number, Actor actor);

  /**
   * What a list shows of a task: no word of a caller's.
   *
   * @param name instead of the diagram's name, when there is a better one
   * @param priority the engine's, 50 for what is ordinary
   */
  record Showing(
      String company,
      String label,
      @Nullable String name,
      @Nullable String article,
      int priority) {}
}
