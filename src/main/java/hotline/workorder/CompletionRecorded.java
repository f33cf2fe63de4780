package hotline.workorder;

import java.time.Instant;

/** What a closed order took and cost is on the record: its customer may read it (WX-1.4d). */
public record CompletionRecorded(String orderNumber, Instant at) {}
