package hotline.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.springframework.beans.factory.ObjectProvider;

/**
 * When a login at the web apps is over, whatever the browser still holds: after a shift and a half,
 * and when the person was removed or has another password.
 */
final class WebSessions {
  /** A removed person or a changed password is noticed at the latest after this. */
  static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final String SINCE = WebSessions.class.getName() + ".since";
  private static final String PASSWORD = WebSessions.class.getName() + ".password";

  private final ObjectProvider<IdentityService> identity;
  private final Duration longest;
  private final Ticker ticker;
  private final Cache<String, Optional<String>> passwords;

  WebSessions(ObjectProvider<IdentityService> identity, Duration longest, Ticker ticker) {
    this.identity = identity;
    this.longest = longest;
    this.ticker = ticker;
    this.passwords =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();
  }

  /** The person has just given the right password. */
  void begins(HttpSession session, String person) {
    passwords.invalidate(person);
    session.setAttribute(SINCE, ticker.read());
    password(person).ifPresent(stored -> session.setAttribute(PASSWORD, stored));
  }

  boolean isOver(HttpSession session, String person) {
    return !(session.getAttribute(SINCE) instanceof Long since)
        || ticker.read() - since > longest.toNanos()
        || password(person)
            .filter(stored -> stored.equals(session.getAttribute(PASSWORD)))
            .isEmpty();
  }

  /** As it is stored, that is hashed. */
  private Optional<String> password(String person) {
    return passwords.get(
        person,
        id ->
            Optional.ofNullable(
                    (UserEntity) identity.getObject().createUserQuery().userId(id).singleResult())
                .map(UserEntity::getPassword));
  }
}
