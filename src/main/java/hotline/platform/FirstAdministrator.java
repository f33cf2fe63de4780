package hotline.platform;

import hotline.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Outside the demo nobody starts without an administrator: the first one comes from the environment
 * or a secret file, and neither it nor any person of a demo's database may have the sample password
 * that everybody can read.
 */
@Component
@Profile("!demo")
class FirstAdministrator {
  /** The password of the demo people, printed in the README. */
  static final String SAMPLE_PASSWORD = "Hotline-2026";

  /**
   * Who becomes the first administrator: HOTLINE_ADMIN_USER and HOTLINE_ADMIN_PASSWORD, or
   * HOTLINE_ADMIN_PASSWORD_FILE in place of the latter.
   */
  @ConfigurationProperties("hotline.admin")
  record Given(@Nullable String user, @Nullable String password, @Nullable Path passwordFile) {}

  private final ProcessEngineConfigurationImpl engine;
  private final IdentityService identity;
  private final Given given;

  FirstAdministrator(ProcessEngine engine, Given given) {
    this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    this.identity = engine.getIdentityService();
    this.given = given;
  }

  /** Makes the first administrator when there is none; the group exists already. */
  void arrive() {
    List<User> administrators =
        identity.createUserQuery().memberOfGroup(Actor.ADMINISTRATORS).list();
    refuseSample(administrators);
    refuseSample(demoPeople());
    if (administrators.isEmpty()) {
      create();
    }
  }

  private void create() {
    String id = blankIsNull(given.user());
    String password = password();
    if (id == null || password == null) {
      throw new IllegalStateException(
          "还没有系统管理员，请设置 HOTLINE_ADMIN_USER 和 HOTLINE_ADMIN_PASSWORD（或 HOTLINE_ADMIN_PASSWORD_FILE）后再启动。"
              + " There is no administrator yet: set HOTLINE_ADMIN_USER and HOTLINE_ADMIN_PASSWORD"
              + " (or HOTLINE_ADMIN_PASSWORD_FILE) and start again.");
    }
    if (password.equals(SAMPLE_PASSWORD)) {
      throw sampleRefused(id);
    }
    User known = identity.createUserQuery().userId(id).singleResult();
    User administrator = known == null ? identity.newUser(id) : known;
    if (engine.isEnablePasswordPolicy()
        && !identity.checkPasswordAgainstPolicy(password, administrator).isValid()) {
      throw new IllegalStateException(
          "管理员密码太弱：至少10个字符，含大小写字母、数字和符号，且不含账号名（HOTLINE_ADMIN_PASSWORD）。"
              + " The administrator's password is too weak: at least 10 characters with upper and"
              + " lower case, a digit and a symbol, without the login (HOTLINE_ADMIN_PASSWORD).");
    }
    administrator.setPassword(password);
    if (known == null) {
      administrator.setFirstName("系统");
      administrator.setLastName("管理员");
    }
    identity.saveUser(administrator);
    identity.createMembership(id, Actor.ADMINISTRATORS);
  }

  private @Nullable String password() {
    Path file = given.passwordFile();
    if (file == null) {
      return blankIsNull(given.password());
    }
    try {
      return blankIsNull(Files.readString(file).strip());
    } catch (IOException e) {
      throw new IllegalStateException(
          "读不到管理员密码文件（HOTLINE_ADMIN_PASSWORD_FILE）："
              + file
              + "。 The administrator's password file cannot be read.",
          e);
    }
  }

  /** Those of the demo have a group's name for their login. */
  private List<User> demoPeople() {
    String[] groups =
        identity.createGroupQuery().list().stream().map(Group::getId).toArray(String[]::new);
    return groups.length == 0 ? List.of() : identity.createUserQuery().userIdIn(groups).list();
  }

  /**
   * Compares without logging in: a wrong guess must not slow or lock anybody. The people of a demo
   * share one stored password, which is compared once.
   */
  private void refuseSample(List<User> people) {
    Set<List<String>> compared = new HashSet<>();
    for (User person : people) {
      UserEntity entity = (UserEntity) person;
      String hash = entity.getPassword();
      if (hash != null
          && compared.add(List.of(hash, String.valueOf(entity.getSalt())))
          && engine
              .getPasswordManager()
              .check(EncryptionUtil.saltPassword(SAMPLE_PASSWORD, entity.getSalt()), hash)) {
        throw sampleRefused(person.getId());
      }
    }
  }

  private static IllegalStateException sampleRefused(String id) {
    return new IllegalStateException(
        "“"
            + id
            + "”用的是示例密码，只有演示（demo）可以用，请换一个密码；演示用的数据库不能用于生产。 "
            + id
            + " has the sample password, which only the demo may use: choose another one; a demo"
            + " database must not serve production.");
  }

  private static @Nullable String blankIsNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
