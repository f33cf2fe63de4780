package hotline.platform;

import hotline.Actor;
import java.util.Map;
import java.util.Set;

/**
 * What a person sees and fills in at a task of the Tasklist; implemented by the module that owns
 * the forms.
 */
public interface TaskScreen {
  /**
   * What the form of this open task shows: texts, booleans, whole numbers, Double, lists and maps.
   * Read when the form is opened, so that the engine stores nothing of the customer. The engine has
   * checked that the person may read the task.
   *
   * @param reader who opens it: the party complained of reads less than others
   */
  Map<String, Object> show(String taskId, Actor reader);

  /** The names that the forms may fill in; whatever else is sent is dropped. */
  Set<String> fields();

  /** Why a task cannot be done any more, for the one who came too late. */
  default String goneSentence(String taskId) {
    return "该任务已由他人办理，请刷新列表";
  }

  /** A person as colleagues know them. */
  default String nameOf(String person) {
    return person;
  }
}
