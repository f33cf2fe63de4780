package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@DisplayName("生产环境的第一个管理员")
class FirstAdministratorTest {
  private static final String GOOD = "Zz-9-correct-horse";
  private static ProcessEngine engine;
  private static IdentityService identity;

  @BeforeAll
  static void engine() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:first-administrator");
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_CREATE_DROP);
    configuration.setProcessEngineName("first-administrator");
    configuration.setEnablePasswordPolicy(true);
    configuration.setAuthorizationEnabled(true);
    configuration.setUserResourceWhitelistPattern("[a-zA-Z0-9.-]+");
    engine = configuration.buildProcessEngine();
    identity = engine.getIdentityService();
    identity.saveGroup(identity.newGroup(Actor.ADMINISTRATORS));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @AfterEach
  void nobody() {
    identity.createUserQuery().list().forEach(user -> identity.deleteUser(user.getId()));
  }

  private static void arrive(String user, String password, Path file) {
    new FirstAdministrator(engine, new FirstAdministrator.Given(user, password, file)).arrive();
  }

  private static void existing(String id, String password, boolean administrator) {
    User user = identity.newUser(id);
    user.setPassword(password);
    identity.saveUser(user);
    if (administrator) {
      identity.createMembership(id, Actor.ADMINISTRATORS);
    }
  }

  private static long administrators() {
    return identity.createUserQuery().memberOfGroup(Actor.ADMINISTRATORS).count();
  }

  @Test
  @DisplayName("没有管理员也没有给出：不启动，中文和英文各说一句要做什么")
  void none() {
    assertThatThrownBy(() -> arrive(null, null, null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("请设置 HOTLINE_ADMIN_USER")
        .hasMessageContaining("There is no administrator yet");
    assertThatThrownBy(() -> arrive("boss", " ", null)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> arrive("", GOOD, null)).isInstanceOf(IllegalStateException.class);
    assertThat(identity.createUserQuery().count()).isZero();
  }

  @Test
  @DisplayName("给出账号和密码：建好并进管理员组；再启动时不动，密码变了也不改")
  void given() {
    arrive("boss", GOOD, null);
    arrive("other", "Another-1-password", null);
    arrive(null, null, null);
    assertThat(administrators()).isEqualTo(1);
    assertThat(identity.checkPassword("boss", GOOD)).isTrue();
    assertThat(identity.createUserQuery().userId("other").count()).isZero();
  }

  @Test
  @DisplayName("密码可以放在文件里，末尾换行不算；文件读不到就不启动")
  void file(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("password"), GOOD + "\n");
    arrive("boss", null, secret);
    assertThat(identity.checkPassword("boss", GOOD)).isTrue();
    nobody();
    assertThatThrownBy(() -> arrive("boss", null, folder.resolve("absent")))
        .hasMessageContaining("HOTLINE_ADMIN_PASSWORD_FILE");
  }

  @Test
  @DisplayName("已有这个账号但不是管理员：设为管理员，用给出的密码")
  void promoted() {
    existing("boss", "Forgotten-1-password", false);
    arrive("boss", GOOD, null);
    assertThat(administrators()).isEqualTo(1);
    assertThat(identity.checkPassword("boss", GOOD)).isTrue();
  }

  @Test
  @DisplayName("示例密码、弱密码都不启动")
  void weak() {
    assertThatThrownBy(() -> arrive("boss", "Hotline-2026", null))
        .hasMessageContaining("示例密码")
        .hasMessageContaining("sample password");
    assertThatThrownBy(() -> arrive("boss", "short", null))
        .hasMessageContaining("密码太弱")
        .hasMessageContaining("too weak");
    assertThat(administrators()).isZero();
  }

  @Test
  @DisplayName("拿演示的数据库当生产用：管理员还是示例密码，不启动，也不因此锁住他")
  void demoDatabase() {
    existing("admin", "Hotline-2026", true);
    assertThatThrownBy(() -> arrive("boss", GOOD, null)).hasMessageContaining("示例密码");
    nobody();
    existing("admin", GOOD, true);
    arrive(null, null, null);
    assertThat(identity.checkPassword("admin", GOOD)).isTrue();
  }

  @Test
  @DisplayName("管理员换了密码，别的演示人员还是示例密码：也不启动，说出是谁")
  void demoPeople() {
    identity.saveGroup(identity.newGroup("dispatcher"));
    existing("admin", GOOD, true);
    existing("dispatcher", "Hotline-2026", false);
    assertThatThrownBy(() -> arrive(null, null, null)).hasMessageContaining("“dispatcher”用的是示例密码");
    User agent = identity.createUserQuery().userId("dispatcher").singleResult();
    agent.setPassword(GOOD);
    identity.saveUser(agent);
    arrive(null, null, null);
    assertThat(administrators()).isEqualTo(1);
    identity.deleteGroup("dispatcher");
  }

  @Test
  @DisplayName("环境变量 HOTLINE_ADMIN_USER、HOTLINE_ADMIN_PASSWORD、HOTLINE_ADMIN_PASSWORD_FILE 都认得")
  void environment() {
    MutablePropertySources sources = new MutablePropertySources();
    sources.addFirst(
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            Map.of(
                "HOTLINE_ADMIN_USER", "boss",
                "HOTLINE_ADMIN_PASSWORD", GOOD,
                "HOTLINE_ADMIN_PASSWORD_FILE", "/run/secrets/admin")));
    FirstAdministrator.Given given =
        new Binder(ConfigurationPropertySources.from(sources))
            .bind("hotline.admin", FirstAdministrator.Given.class)
            .get();
    assertThat(given)
        .isEqualTo(new FirstAdministrator.Given("boss", GOOD, Path.of("/run/secrets/admin")));
  }
}
