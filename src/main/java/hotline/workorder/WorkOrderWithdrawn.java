package hotline.workorder;

import java.time.Instant;

/** The customer has taken the matter back: whatever still waits for it has lost its object. */
public record WorkOrderWithdrawn(String orderNumber, Instant at) {}
