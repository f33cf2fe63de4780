package hotline.platform;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.springframework.stereotype.Component;

/**
 * The ids of the engine's rows: when, how many, and by which start of which node, in eighteen
 * characters that sort by time. Each stands in some ten indexes, where a UUID takes twice the
 * bytes.
 */
@Component
class EngineIds implements IdGenerator {
  private static final int BITS = 5;
  private static final int TIME = 9;
  private static final int COUNT = 4;
  private static final int NODE = 5;

  private final Clock clock;
  private final AtomicInteger count = new AtomicInteger();
  private final String node = digits(new SecureRandom().nextLong(), NODE);

  EngineIds(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String getNextId() {
    return digits(clock.millis(), TIME) + digits(count.getAndIncrement(), COUNT) + node;
  }

  /** The last so many digits to the base of 32, whose order is that of the numbers. */
  private static String digits(long number, int length) {
    char[] digits = new char[length];
    for (int i = 0; i < length; i++) {
      digits[i] = Character.forDigit((int) (number >>> BITS * (length - 1 - i)) & 31, 32);
    }
    return new String(digits);
  }
}
