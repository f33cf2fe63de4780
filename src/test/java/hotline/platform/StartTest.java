package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.Actor;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("生产环境启动：没有管理员就不启动，也不留下半套数据")
class StartTest {
  private static final String DATABASE =
      "--spring.datasource.url=jdbc:h2:mem:start;MODE=MySQL;DB_CLOSE_DELAY=-1";

  private static ConfigurableApplicationContext start(String... more) {
    return new SpringApplicationBuilder(IdentityTestApplication.class)
        .profiles("identity-test")
        .web(WebApplicationType.NONE)
        .run(more);
  }

  @Test
  @DisplayName("演示用过的数据库：只换管理员的密码不够，不启动")
  void demoDatabase() {
    String database = DATABASE.replace("mem:start", "mem:start-demo");
    try (ConfigurableApplicationContext demo =
        new SpringApplicationBuilder(IdentityTestApplication.class)
            .profiles("identity-test", "demo")
            .web(WebApplicationType.NONE)
            .run(database)) {
      IdentityService identity = demo.getBean(IdentityService.class);
      User admin = identity.createUserQuery().userId("admin").singleResult();
      admin.setPassword("Zz-9-correct-horse");
      identity.saveUser(admin);
    }
    assertThatThrownBy(() -> start(database, "--spring.sql.init.mode=never"))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageContaining("用的是示例密码")
        .hasMessageContaining("a demo database must not serve production");
  }

  @Test
  @DisplayName("先拒绝，给出管理员后启动；没有演示人员")
  void start() {
    assertThatThrownBy(() -> start(DATABASE))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .rootCause()
        .hasMessageContaining("There is no administrator yet");
    try (ConfigurableApplicationContext context =
        start(
            DATABASE,
            "--spring.sql.init.mode=never",
            "--hotline.admin.user=boss",
            "--hotline.admin.password=Zz-9-correct-horse")) {
      IdentityService identity = context.getBean(IdentityService.class);
      assertThat(identity.createUserQuery().list())
          .extracting(user -> user.getId())
          .containsExactly("boss");
      assertThat(identity.createUserQuery().memberOfGroup(Actor.ADMINISTRATORS).count()).isOne();
      assertThat(identity.createGroupQuery().count()).isEqualTo(6 + 2 * 7 + 6 + 2 * 2 + 2);
    }
  }
}
