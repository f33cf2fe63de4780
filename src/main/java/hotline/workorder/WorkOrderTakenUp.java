package hotline.workorder;

import java.time.Instant;

/**
 * An order whose process was lost begins anew, or is over: what waited for answers waits no more.
 */
public record WorkOrderTakenUp(String orderNumber, Instant at) {}
