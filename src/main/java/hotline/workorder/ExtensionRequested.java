package hotline.workorder;

import hotline.Actor;
import java.time.Instant;

/** A department asks for more time; whoever decides on it learns it in the same transaction. */
public record ExtensionRequested(
    WorkOrder order, Actor by, Instant at, Instant until, String reason, String cause) {}
