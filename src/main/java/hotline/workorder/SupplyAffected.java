package hotline.workorder;

import hotline.Actor;
import java.time.Instant;

/** Somebody on site reports that supply is affected, and until when it may be (RL-8.3). */
public record SupplyAffected(WorkOrder order, Actor by, Instant at, Instant expectedAt) {}
