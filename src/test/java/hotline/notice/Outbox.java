package hotline.notice;

import hotline.database.TestedDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** An outbox on a real database with our migration, and what the tests say to it. */
class Outbox {
  static final String ORDER = "YF-20261116-0001";
  static final List<Duration> RETRY =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30));

  final MovableClock clock = new MovableClock();
  final List<Object> events = new CopyOnWriteArrayList<>();
  Consumer<Object> listener = event -> {};
  final DriverManagerDataSource database = TestedDatabase.with("V3__notice.sql");
  final JdbcClient jdbc = JdbcClient.create(database);

  /** Once set, the database commits and dies before it has said so. */
  volatile boolean losesNextCommit;

  final DataSourceTransactionManager transactions =
      new DataSourceTransactionManager(database) {
        @Override
        protected void doCommit(DefaultTransactionStatus status) {
          super.doCommit(status);
          if (losesNextCommit) {
            losesNextCommit = false;
            throw new TransactionSystemException("no answer to the commit");
          }
        }
      };

  final TransactionTemplate transaction = new TransactionTemplate(transactions);
  final NoticeAttempts attempts = new NoticeAttempts(jdbc);
  final NoticeSettings settings =
      new NoticeSettings(
          false, RETRY, Duration.ofMinutes(2), new NoticeSettings.Mail("hotline@yunfu.example"));
  final Notices notices;

  Outbox() {
    notices = new Notices(jdbc, transactions, clock, attempts, worker());
  }

  NoticeWorker worker(NoticeChannel... channels) {
    return worker(clock, channels);
  }

  /** A node with a clock of its own. */
  NoticeWorker worker(Clock clock, NoticeChannel... channels) {
    return worker(clock, settings, channels);
  }

  /** A node that works when it is woken. */
  NoticeWorker awake(NoticeChannel... channels) {
    return worker(
        clock,
        new NoticeSettings(true, settings.retry(), settings.claim(), settings.mail()),
        channels);
  }

  private NoticeWorker worker(Clock clock, NoticeSettings settings, NoticeChannel... channels) {
    return new NoticeWorker(
        jdbc,
        transactions,
        event -> {
          // which only the meters hear
          if (!(event instanceof NoticeAttempted)) {
            listener.accept(event);
            events.add(event);
          }
        },
        clock,
        claims(),
        attempts,
        List.of(channels),
        settings);
  }

  /** Here the database's clock is the test's. */
  private ClaimClock claims() {
    return new ClaimClock(jdbc) {
      @Override
      synchronized Instant now() {
        return Outbox.this.clock.instant();
      }
    };
  }

  EmailChannel email(JavaMailSenderImpl server) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("mailServer", server);
    return new EmailChannel(beans.getBeanProvider(JavaMailSenderImpl.class), settings, clock);
  }

  EmailChannel emailWithoutServer() {
    return new EmailChannel(
        new StaticListableBeanFactory().getBeanProvider(JavaMailSenderImpl.class), settings, clock);
  }

  static JavaMailSenderImpl server(int port) {
    JavaMailSenderImpl server = new JavaMailSenderImpl();
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setDefaultEncoding("UTF-8");
    server.getJavaMailProperties().put("mail.smtp.connectiontimeout", "10000");
    server.getJavaMailProperties().put("mail.smtp.timeout", "10000");
    server.getJavaMailProperties().put("mail.smtp.writetimeout", "10000");
    server.getJavaMailProperties().put("mail.smtp.quitwait", "false");
    return server;
  }

  /** For a server that does not answer; others may have to wait for a processor. */
  static void waitsTwoSeconds(JavaMailSenderImpl server) {
    server.getJavaMailProperties().put("mail.smtp.timeout", "2000");
  }

  static NewNotice mail(String key) {
    return mail(key, "新工单 YF-20261116-0001", "请在1小时内接单。");
  }

  static NewNotice mail(String key, String subject, String text) {
    return mailTo("engineering@yunfu.example", key, subject, text);
  }

  static NewNotice mailTo(String address, String key, String subject, String text) {
    return notice(ORDER, Channel.EMAIL, address, key, subject, text);
  }

  static NewNotice mailOf(String order, String key) {
    return notice(order, Channel.EMAIL, "engineering@yunfu.example", key, "新工单", "请接单。");
  }

  static NewNotice by(Channel channel) {
    return notice(ORDER, channel, "13800000000", "by-" + channel, "新工单", "请接单。");
  }

  private static NewNotice notice(
      String order, Channel channel, String address, String key, String subject, String text) {
    return new NewNotice(
        key, "yunfu-water", order, 1, Purpose.DISPATCH, channel, "工程公司", address, subject, text);
  }

  Notice only() {
    List<Notice> all = notices.of(ORDER);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " notices");
    }
    return all.get(0);
  }

  interface Sending {
    void send(Notice notice) throws NoticeNotSent;
  }

  /** A channel of e-mails that does this with each. */
  static NoticeChannel mailing(Sending sending) {
    return new NoticeChannel() {
      @Override
      public Channel channel() {
        return Channel.EMAIL;
      }

      @Override
      public void send(Notice notice) throws NoticeNotSent {
        sending.send(notice);
      }
    };
  }

  /** A worker of another node that claims the notice and dies before the answer is recorded. */
  void diesWhileSending() {
    NoticeWorker dying =
        worker(
            mailing(
                notice -> {
                  throw new ThreadDeath();
                }));
    try {
      dying.work();
    } catch (ThreadDeath died) {
      return;
    }
    throw new AssertionError("nothing was due");
  }

  record Attempt(Instant at, String outcome, String detail) {}

  List<Attempt> attemptsMade() {
    return jdbc.sql("SELECT * FROM notice_attempt ORDER BY id")
        .query(
            (row, number) ->
                new Attempt(
                    hotline.Sql.at(row, "attempted_at"),
                    row.getString("outcome"),
                    row.getString("detail")))
        .list();
  }

  List<String> outcomes() {
    return attemptsMade().stream().map(Attempt::outcome).toList();
  }
}
