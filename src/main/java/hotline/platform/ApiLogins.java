package hotline.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import hotline.Actor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * The logins of the API: people and outside systems are users of the engine's identity service.
 *
 * <p>The engine's own check counts attempts against the name and locks it; this one reads the user
 * and compares, and counts against the address.
 */
final class ApiLogins implements AuthenticationProvider {
  /**
   * A changed password, a removed person or a changed group is noticed at the latest after this.
   */
  static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PASSWORD = 256;

  private final ProcessEngineConfigurationImpl engine;
  private final IdentityService identities;
  private final ApiFailures failures;
  private final Cache<String, Actor> verified;

  /** What was right earlier today is no guess: it is looked up even while its address waits. */
  private final Cache<String, Boolean> knownRight;

  private final byte[] salt = new byte[32];

  ApiLogins(ProcessEngine engine, Ticker ticker) {
    this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    this.identities = engine.getIdentityService();
    this.failures = new ApiFailures(5, ticker);
    this.verified =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();
    this.knownRight =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(12))
            .build();
    new SecureRandom().nextBytes(salt);
  }

  @Override
  public boolean supports(Class<?> kind) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String user = String.valueOf(attempt.getPrincipal());
    String password = String.valueOf(attempt.getCredentials());
    try {
      return new Login(login(user, password, addressOf(attempt)));
    } catch (org.springframework.security.core.AuthenticationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new AuthenticationServiceException("identity service not to be had", e);
    }
  }

  private Actor login(String user, String password, String address) {
    String key = fingerprint(user, password);
    Actor actor = verified.getIfPresent(key);
    if (actor != null) {
      return actor;
    }
    if (knownRight.getIfPresent(key) != null) {
      return verify(key, user, password, address);
    }
    synchronized (failures.gate(address)) {
      long seconds = failures.secondsToWait(address);
      if (seconds > 0) {
        throw new ApiFailures.TooMany(seconds);
      }
      return verify(key, user, password, address);
    }
  }

  private Actor verify(String key, String user, String password, String address) {
    Actor actor = look(user, password);
    if (actor == null) {
      knownRight.invalidate(key);
      failures.failed(address);
      throw new BadCredentialsException("refused");
    }
    verified.put(key, actor);
    knownRight.put(key, true);
    return actor;
  }

  private @Nullable Actor look(String user, String password) {
    if (user.isEmpty() || user.length() > LONGEST_NAME || password.length() > LONGEST_PASSWORD) {
      return null;
    }
    String id = engine.getCommandExecutorTxRequired().execute(new WithoutCounting(user, password));
    if (id == null) {
      return null;
    }
    Set<String> groups =
        identities.createGroupQuery().groupMember(id).list().stream()
            .map(Group::getId)
            .collect(Collectors.toSet());
    return new Actor(id, groups);
  }

  private PasswordManager passwords() {
    return engine.getPasswordManager();
  }

  private String fingerprint(String user, String password) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      byte[] name = user.getBytes(StandardCharsets.UTF_8);
      sha.update(Integer.toString(name.length).getBytes(StandardCharsets.US_ASCII));
      sha.update((byte) 0);
      sha.update(name);
      sha.update(password.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String addressOf(Authentication attempt) {
    return attempt.getDetails() instanceof WebAuthenticationDetails details
        ? String.valueOf(details.getRemoteAddress())
        : "";
  }

  /** Reads the user and compares; an unknown one costs the same time as a wrong password. */
  private final class WithoutCounting implements Command<@Nullable String> {
    private final String user;
    private final String password;

    WithoutCounting(String user, String password) {
      this.user = user;
      this.password = password;
    }

    @Override
    public @Nullable String execute(CommandContext context) {
      return context.runWithoutAuthorization((Command<@Nullable String>) inside -> compare(inside));
    }

    private @Nullable String compare(CommandContext context) {
      if (context.getReadOnlyIdentityProvider().findUserById(user) instanceof UserEntity found
          && found.getPassword() != null) {
        String salted = EncryptionUtil.saltPassword(password, found.getSalt());
        return passwords().check(salted, found.getPassword()) ? found.getId() : null;
      }
      EvenLogins.compareWithNobodys(passwords(), password);
      return null;
    }
  }

  /** A person or system that is logged in; its name in access logs is the user id. */
  static final class Login extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;
    private final transient Actor actor;

    Login(Actor actor) {
      super(AuthorityUtils.createAuthorityList(actor.groups()));
      this.actor = actor;
      setAuthenticated(true);
    }

    @Override
    public Actor getPrincipal() {
      return actor;
    }

    @Override
    public @Nullable Object getCredentials() {
      return null;
    }

    @Override
    public String getName() {
      return actor.id();
    }
  }
}
