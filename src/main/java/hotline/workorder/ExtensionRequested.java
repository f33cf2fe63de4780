package hotline.workorder;

import hotline.Actor;
import java.time.Instant;

/** A department asks for more time; whoever decides on it learns it in the same transaction. */
public final class ExtensionRequested {
  private final WorkOrder order;
  private final Actor by;
  private final Instant at;
  private final Instant until;
  private final String reason;
  private final String cause;
  private final boolean late;
  private boolean takenUp = true;

  ExtensionRequested(
      WorkOrder order,
      Actor by,
      Instant at,
      Instant until,
      String reason,
      String cause,
      boolean late) {
    this.order = order;
    this.by = by;
    this.at = at;
    this.until = until;
    this.reason = reason;
    this.cause = cause;
    this.late = late;
  }

  public WorkOrder order() {
    return order;
  }

  public Actor by() {
    return by;
  }

  public Instant at() {
    return at;
  }

  public Instant until() {
    return until;
  }

  public String reason() {
    return reason;
  }

  /** OUTSIDE or OWN. */
  public String cause() {
    return cause;
  }

  /** Whether the limit was over when it was asked for. */
  public boolean isLate() {
    return late;
  }

  /** On the record, but by the company's table not to be granted: the old limit stands. */
  public void isNotAllowed() {
    takenUp = false;
  }

  boolean isTakenUp() {
    return takenUp;
  }
}
