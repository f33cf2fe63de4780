package hotline.workorder;

import hotline.Actor;
import java.time.Instant;

/** The work is reported as done: an extension that is still undecided has lost its object. */
public record WorkReported(String orderNumber, Actor by, Instant at) {}
