package hotline.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.security.core.AuthenticationException;

/**
 * Slows down the guessing of passwords by the address it comes from, never by the name that is
 * guessed: nobody can lock a colleague out.
 */
final class ApiFailures {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final int LONGEST_SECONDS = 60;

  private final int free;
  private final Ticker ticker;
  private final Cache<String, Trouble> troubles;
  private final Object[] gates =
      IntStream.range(0, 64).mapToObj(i -> new Object()).toArray(Object[]::new);

  /** So many failures within a minute, the last one slows the address down. */
  ApiFailures(int free, Ticker ticker) {
    this.free = free;
    this.ticker = ticker;
    this.troubles =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
  }

  /** Guesses from one address come one after the other, so that none slips past the count. */
  Object gate(String address) {
    return gates[Math.floorMod(neighbourhood(address).hashCode(), gates.length)];
  }

  /** Whole seconds this address still has to wait; 0 when it may try. */
  long secondsToWait(String address) {
    Trouble trouble = troubles.getIfPresent(neighbourhood(address));
    if (trouble == null || trouble.level == 0) {
      return 0;
    }
    long left = trouble.waitsUntil - ticker.read();
    return left <= 0 ? 0 : (left + SECOND - 1) / SECOND;
  }

  void failed(String address) {
    long now = ticker.read();
    troubles
        .asMap()
        .compute(
            neighbourhood(address),
            (a, before) -> before == null ? Trouble.first(now) : before.another(now, free));
  }

  /** An IPv6 customer owns a /64, so that much counts as one address. */
  static String neighbourhood(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 16 ? Arrays.toString(Arrays.copyOf(bytes, 8)) : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private record Trouble(List<Long> recent, int level, long waitsUntil) {
    static Trouble first(long now) {
      return new Trouble(List.of(now), 0, now);
    }

    Trouble another(long now, int free) {
      List<Long> lately = new ArrayList<>();
      for (long at : recent) {
        if (now - at < MINUTE) {
          lately.add(at);
        }
      }
      lately.add(now);
      if (level == 0 && lately.size() < free) {
        return new Trouble(lately, 0, now);
      }
      int next = Math.min(level + 1, 6);
      long seconds = Math.min(LONGEST_SECONDS, 1L << next);
      return new Trouble(List.of(), next, now + seconds * SECOND);
    }
  }

  /** This address has failed too often just now. */
  static final class TooMany extends AuthenticationException {
    private static final long serialVersionUID = 1L;
    private final long seconds;

    TooMany(long seconds) {
      super("too many failures");
      this.seconds = seconds;
    }

    long seconds() {
      return seconds;
    }
  }
}
