package hotline.notice;

import static hotline.notice.Outbox.ORDER;
import static hotline.notice.Outbox.mail;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.boot.autoconfigure.sql.init.SqlInitializationAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("通知的装配：提交即发，可关闭")
class NoticeWiringTest {
  private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

  @BeforeEach
  void open() {
    post.start();
  }

  @AfterEach
  void close() {
    post.stop();
  }

  @Test
  @DisplayName("YF-8c 第八条：事务提交后立即发出，不等下一次轮询")
  void sentRightAfterTheCommit() {
    runner("hotline.notice.poll=PT1H")
        .run(
            context -> {
              Notices notices = context.getBean(Notices.class);
              Listener listener = context.getBean(Listener.class);
              context
                  .getBean(TransactionTemplate.class)
                  .executeWithoutResult(status -> notices.queue(mail("key")));

              assertThat(listener.heard.await(20, TimeUnit.SECONDS)).isTrue();
              assertThat(post.waitForIncomingEmail(20_000, 1)).isTrue();
            });
  }

  @Test
  @DisplayName("没有提交触发时，轮询也会发出到期的通知")
  void sentByTheSchedule() {
    runner("hotline.notice.poll=PT0.2S")
        .run(
            context -> {
              context
                  .getBean(org.springframework.jdbc.core.simple.JdbcClient.class)
                  .sql(
                      """
                      INSERT INTO notice (notice_key, company, order_number, round, purpose, channel,
                        receiver_name, address, subject, body, status, next_attempt_at)
                      VALUES ('key', 'yunfu-water', 'YF-1', 1, 'DISPATCH', 'EMAIL', '工程公司',
                        'a@yunfu.example', '标题', '内容', 'PENDING', '2026-01-01 00:00:00')
                      """)
                  .update();

              assertThat(context.getBean(Listener.class).heard.await(5, TimeUnit.SECONDS)).isTrue();
            });
  }

  @Test
  @DisplayName("worker=false 时只在测试要求时发送；设置按名读入")
  void switchedOff() {
    runner(
            "hotline.notice.poll=PT0.05S",
            "hotline.notice.worker=false",
            "hotline.notice.retry=PT3M,PT4M")
        .run(
            context -> {
              assertThat(context.getBean(NoticeSettings.class).retry())
                  .containsExactly(Duration.ofMinutes(3), Duration.ofMinutes(4));
              Notices notices = context.getBean(Notices.class);
              notices.queue(mail("key"));
              assertThat(context.getBean(Listener.class).heard.await(300, TimeUnit.MILLISECONDS))
                  .isFalse();
              assertThat(notices.of(ORDER).get(0).attempts()).isZero();

              assertThat(Post.send(context)).isEqualTo(1);
              assertThat(post.getReceivedMessages()).hasSize(1);
            });
  }

  @Test
  @DisplayName("不写设置时：每2秒轮询，按1、2、5、15、30分钟重试")
  void defaults() {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .run(
            context -> {
              NoticeSettings settings = context.getBean(NoticeSettings.class);
              assertThat(settings.worker()).isTrue();
              assertThat(settings.retry()).isEqualTo(Outbox.RETRY);
              assertThat(settings.claim()).isEqualTo(Duration.ofSeconds(90));
              assertThat(settings.mail().from()).isEmpty();
            });
  }

  private ApplicationContextRunner runner(String... properties) {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                SqlInitializationAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                JdbcClientAutoConfiguration.class,
                MailSenderAutoConfiguration.class))
        .withUserConfiguration(Wiring.class)
        .withPropertyValues(
            "spring.datasource.url=jdbc:h2:mem:;MODE=MySQL;DATABASE_TO_LOWER=TRUE",
            "spring.datasource.generate-unique-name=false",
            "spring.datasource.hikari.maximum-pool-size=1",
            "spring.sql.init.schema-locations=classpath:db/migration/V3__notice.sql",
            "spring.sql.init.mode=always",
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + post.getSmtp().getPort(),
            "hotline.notice.mail.from=hotline@yunfu.example")
        .withPropertyValues(properties);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(NoticeSettings.class)
  static class Settings {}

  @Configuration(proxyBeanMethods = false)
  @EnableScheduling
  @Import({
    Settings.class,
    Notices.class,
    NoticeAttempts.class,
    ClaimClock.class,
    NoticeWorker.class,
    EmailChannel.class,
    Listener.class
  })
  static class Wiring {
    @Bean
    Clock clock() {
      return new MovableClock();
    }
  }

  static class Listener {
    final CountDownLatch heard = new CountDownLatch(1);

    @EventListener
    void on(NoticeSent sent) {
      heard.countDown();
    }
  }
}
