package hotline.workorder;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds whose number a task carries; a number that no other module owns is an order's. */
@Component
public class TaskSubjects {
  private final ObjectProvider<TaskSubject> subjects;

  TaskSubjects(ObjectProvider<TaskSubject> subjects) {
    this.subjects = subjects;
  }

  /** The owner of the number; empty for a work order. */
  public Optional<TaskSubject> of(String number) {
    return subjects.stream().filter(subject -> subject.owns(number)).findFirst();
  }
}
