package hotline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs, until it is closed. */
public final class LogLines implements AutoCloseable {
  private final Logger log;
  private final Level before;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  /** Of this class, down to the finest. */
  public LogLines(Class<?> of) {
    log = (Logger) LoggerFactory.getLogger(of);
    before = log.getLevel();
    lines.start();
    log.addAppender(lines);
    log.setLevel(Level.DEBUG);
  }

  /** Each with its level before it. */
  public List<String> all() {
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  public void forget() {
    lines.list.clear();
  }

  @Override
  public void close() {
    log.setLevel(before);
    log.detachAppender(lines);
  }
}
