package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

@DisplayName("数据库连接")
class ConnectionsTest {
  private static final int NOTICE_SENDERS = 4;

  @Test
  @DisplayName("所有线程各占一个连接时，至少还剩一个可取编号")
  void oneIsLeftForTheNumber() {
    YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("application.yaml"));
    Properties settings = Objects.requireNonNull(yaml.getObject());

    assertThat(number(settings, "spring.datasource.hikari.maximum-pool-size"))
        .isGreaterThan(
            number(settings, "server.tomcat.threads.max")
                + number(settings, "camunda.bpm.job-execution.max-pool-size")
                + NOTICE_SENDERS);
  }

  private static int number(Properties settings, String name) {
    return (Integer) Objects.requireNonNull(settings.get(name), name);
  }
}
