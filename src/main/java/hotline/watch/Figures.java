package hotline.watch;

import hotline.notice.NoticeFigures;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was counted at one moment: numbers of what is open, and nothing about a person. */
record Figures(
    Instant at,
    List<Count> openOrders,
    List<Count> overdueOrders,
    List<Count> openTasks,
    List<Count> unassignedTasks,
    List<Count> outages,
    List<Count> overdueDuties,
    long jobsDue,
    @Nullable Instant oldestJobDueAt,
    long incidents,
    List<NoticeFigures.Waiting> notices,
    long ordersWithoutActor) {

  /**
   * @param part the department, group or status; "" where there is none
   */
  record Count(String company, String part, long count) {}
}
