package hotline.workorder;

import hotline.platform.LogContext;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line in the log for each change of an order or outage: what was done and by which login, but
 * not a word of what was said.
 */
public final class RecordLog {
  private static final Logger log = LoggerFactory.getLogger("hotline.record");

  private RecordLog() {}

  public static void onceCommitted(String number, String status, List<Event> events) {
    if (events.isEmpty() || !log.isInfoEnabled()) {
      return;
    }
    String done =
        events.stream()
            .map(event -> plain(event.verb()) + "（" + plain(event.by()) + "）")
            .collect(Collectors.joining("、"));
    LogContext.onceCommitted(number, () -> log.info("{} {}：{}", number, status, done));
  }

  /** A step that a designer has drawn names its verb; no break of it ends the line. */
  private static String plain(String word) {
    return word.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
  }
}
