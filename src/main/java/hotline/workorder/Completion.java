package hotline.workorder;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the 《工单完成确认单》 tells of an order, and nothing else of it (WX-1.4d). */
public record Completion(
    String number,
    String company,
    Status status,
    String category,
    Instant receivedAt,
    @Nullable Instant closedAt,
    boolean anonymous,
    String phoneDigits,
    @Nullable String address,
    @Nullable String department,
    @Nullable String result,
    @Nullable String measures,
    @Nullable String parts,
    @Nullable String cost,
    List<Step> steps,
    @Nullable String satisfaction) {

  /** One step of the work in one round: when it was done, by when it was owed. */
  public record Step(Milestone milestone, int round, Instant doneAt, Instant dueAt, boolean late) {}

  /** Without the customer and the wording, which must not reach a log. */
  @Override
  public String toString() {
    return "Completion[" + number + " " + status + "]";
  }
}
