package hotline.workorder;

import hotline.Actor;
import java.time.Instant;

/** The last review passed: what the centre answers the customer in the same step is recorded. */
public record ReplyPassed(WorkOrder order, Actor by, Instant at, String remark) {}
