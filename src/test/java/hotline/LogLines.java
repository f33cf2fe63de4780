package hotline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What a class logs, in whichever thread, until it is closed. */
public final class LogLines implements AutoCloseable {
  private final Logger log;
  private final Level before;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> listener =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          lines.add(line.getLevel() + " " + line.getFormattedMessage());
        }
      };

  /** Of this class, down to the finest. */
  public LogLines(Class<?> of) {
    log = (Logger) LoggerFactory.getLogger(of);
    before = log.getLevel();
    listener.start();
    log.addAppender(listener);
    log.setLevel(Level.DEBUG);
  }

  /** Each with its level before it. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  public void forget() {
    lines.clear();
  }

  @Override
  public void close() {
    log.setLevel(before);
    log.detachAppender(listener);
  }
}
