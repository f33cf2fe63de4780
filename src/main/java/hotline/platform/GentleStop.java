package hotline.platform;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A node that is told to stop first says so at its health and still serves for a while, so that the
 * proxy before it sends people to another node and nobody meets a closed door.
 */
@Component
class GentleStop implements SmartLifecycle {
  private final Duration notice;
  private volatile boolean running;

  GentleStop(@Value("${hotline.stop.notice:PT0S}") Duration notice) {
    this.notice = notice;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    try {
      Thread.sleep(notice.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before anything else stops. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
