package hotline.workorder;

import java.time.Instant;

/** What the work took has been written back: the customer may read the sheet (WX-1.4d). */
public record CompletionRecorded(String orderNumber, Instant at) {}
