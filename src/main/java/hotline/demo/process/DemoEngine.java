package hotline.demo.process;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.Optional;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Lets the sample day pass: the clock moves, and what is due on the way happens in its order. */
@Component
@Profile("demo")
public class DemoEngine {
  private final ObjectProvider<ManagementService> management;

  DemoEngine(ObjectProvider<ManagementService> management) {
    this.management = management;
  }

  public void passUntil(Instant at) {
    for (Optional<Job> due = firstDue(at); due.isPresent(); due = firstDue(at)) {
      Date date = due.get().getDuedate();
      if (date.after(ClockUtil.getCurrentTime())) {
        ClockUtil.setCurrentTime(date);
      }
      try {
        management.getObject().executeJob(due.get().getId());
      } catch (OptimisticLockingException e) {
        // the notice worker was at the same order: what is still due is taken again
      }
    }
    ClockUtil.setCurrentTime(Date.from(at));
  }

  private Optional<Job> firstDue(Instant at) {
    return management
        .getObject()
        .createJobQuery()
        .timers()
        .withRetriesLeft()
        .duedateLowerThan(Date.from(at))
        .listPage(0, 200)
        .stream()
        .min(Comparator.comparing(Job::getDuedate));
  }

  public void startAt(Instant at) {
    ClockUtil.setCurrentTime(Date.from(at));
  }

  /** The clock shows the real time again. */
  public void backToNow() {
    ClockUtil.reset();
  }
}
