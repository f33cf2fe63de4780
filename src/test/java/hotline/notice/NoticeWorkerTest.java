package hotline.notice;

import static hotline.notice.Outbox.ORDER;
import static hotline.notice.Outbox.by;
import static hotline.notice.Outbox.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import hotline.LogLines;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@Tag("mariadb")
@DisplayName("通知的发送：先领取后发送，应答入账")
class NoticeWorkerTest {
  private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final Outbox outbox = new Outbox();
  private final Notices notices = outbox.notices;
  private JavaMailSenderImpl server;
  private NoticeWorker worker;

  @BeforeEach
  void open() {
    post.start();
    server = Outbox.server(post.getSmtp().getPort());
    worker = outbox.worker(outbox.email(server));
  }

  @AfterEach
  void close() {
    post.stop();
  }

  @Test
  @DisplayName("YF-8c 第八条：通知发给责任单位一次，标题和内容一字不差，时间在案")
  void sentOnce() throws Exception {
    String text = "用户反映：路面冒水，位置在𠮷祥路 12 号 🚰。\n请在 1 小时内接单。\n.\n完";
    notices.queue(mail("key", "【派单】𠮷祥路漏水🚰，请在1小时内接单（YF-20261116-0001，云浮市自来水公司客户服务热线）", text));
    outbox.clock.advance(Duration.ofSeconds(1));

    assertThat(worker.work()).isEqualTo(1);
    assertThat(worker.work()).isZero();

    assertThat(post.getReceivedMessages()).hasSize(1);
    MimeMessage mail = post.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .isEqualTo("【派单】𠮷祥路漏水🚰，请在1小时内接单（YF-20261116-0001，云浮市自来水公司客户服务热线）");
    assertThat(((String) mail.getContent()).replace("\r\n", "\n").stripTrailing()).isEqualTo(text);
    assertThat(mail.getContentType()).containsIgnoringCase("text/plain").contains("UTF-8");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("engineering@yunfu.example");
    assertThat(mail.getFrom())
        .extracting(Object::toString)
        .containsExactly("hotline@yunfu.example");
    assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@yunfu\\.example>");
    Notice sent = outbox.only();
    assertThat(sent.status()).isEqualTo(NoticeStatus.SENT);
    assertThat(sent.attempts()).isEqualTo(1);
    assertThat(sent.finishedAt()).isEqualTo(outbox.clock.instant());
    assertThat(outbox.events)
        .containsExactly(
            new NoticeSent(
                sent.id(),
                "yunfu-water",
                ORDER,
                1,
                Purpose.DISPATCH,
                Channel.EMAIL,
                outbox.clock.instant()));
    assertThat(outbox.outcomes()).containsExactly("SENT");
  }

  @Test
  @DisplayName("邮件服务器不通：恰好在1、2、5、15、30分钟后各重试一次，最后记为失败并交人电话")
  void retriesAtTheListedMoments() {
    post.stop();
    notices.queue(mail("key"));
    Instant queued = outbox.clock.instant();
    assertThat(worker.work()).isEqualTo(1);

    for (Duration delay : Outbox.RETRY) {
      outbox.clock.advance(delay.minusMillis(1));
      assertThat(worker.work()).as("just before %s", delay).isZero();
      assertThat(outbox.only().status()).isEqualTo(NoticeStatus.PENDING);
      assertThat(outbox.events).isEmpty();
      outbox.clock.advance(Duration.ofMillis(1));
      assertThat(worker.work()).as("at %s", delay).isEqualTo(1);
    }

    Notice failed = outbox.only();
    assertThat(failed.status()).isEqualTo(NoticeStatus.FAILED);
    assertThat(failed.attempts()).isEqualTo(6);
    assertThat(outbox.attemptsMade())
        .extracting(attempt -> Duration.between(queued, attempt.at()).toMinutes())
        .containsExactly(0L, 1L, 3L, 8L, 23L, 53L);
    assertThat(outbox.outcomes()).containsOnly("NOT_SENT");
    assertThat(outbox.events)
        .containsExactly(
            new NoticeFailed(
                failed.id(),
                "yunfu-water",
                ORDER,
                1,
                Purpose.DISPATCH,
                Channel.EMAIL,
                outbox.clock.instant(),
                "工程公司"));
    outbox.clock.advance(Duration.ofDays(1));
    assertThat(worker.work()).isZero();
  }

  @Test
  @DisplayName("失败后由人电话告知，记为人工办理")
  void phonedAfterFailure() {
    retriesAtTheListedMoments();
    notices.doneByPerson(outbox.only().id(), "yunfu-water.agent", outbox.clock.instant(), "已电话告知");

    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.DONE_BY_PERSON);
  }

  @Test
  @DisplayName("邮件服务器恢复后，通知不带重发标记发出")
  void serverBack() throws Exception {
    post.stop();
    notices.queue(mail("key"));
    worker.work();
    post.start();
    server.setPort(post.getSmtp().getPort());
    outbox.clock.advance(Duration.ofMinutes(1));
    worker.work();

    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.only().attempts()).isEqualTo(2);
    assertThat(post.getReceivedMessages()[0].getSubject()).isEqualTo("新工单 YF-20261116-0001");
  }

  @Test
  @DisplayName("没有配置邮件服务器：一条不丢，按重试表再试")
  void noServerConfigured() {
    notices.queue(mail("key"));
    outbox.worker(outbox.emailWithoutServer()).work();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.PENDING);
    assertThat(outbox.attemptsMade().get(0).detail()).isEqualTo("未配置邮件服务器或发件地址");

    JavaMailSenderImpl hostless = new JavaMailSenderImpl();
    hostless.setHost("");
    outbox.clock.advance(Duration.ofMinutes(1));
    outbox.worker(outbox.email(hostless)).work();
    assertThat(outbox.attemptsMade().get(1).detail()).isEqualTo("未配置邮件服务器或发件地址");

    outbox.clock.advance(Duration.ofMinutes(2));
    worker.work();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
  }

  @Test
  @DisplayName("领取后应答前节点死亡：期满记为不明，带重发标记再发一次，邮件编号不变")
  void crashBetweenClaimAndAnswer() throws Exception {
    notices.queue(mail("key"));
    outbox.diesWhileSending();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.PENDING);
    outbox.clock.advance(Duration.ofMinutes(2));
    assertThat(worker.work()).as("the claim still holds").isZero();

    outbox.clock.advance(Duration.ofMillis(1));
    post.stop();
    worker.work();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.UNKNOWN);

    post.start();
    server.setPort(post.getSmtp().getPort());
    outbox.clock.advance(Duration.ofMinutes(2));
    worker.work();

    assertThat(post.getReceivedMessages()).hasSize(1);
    assertThat(post.getReceivedMessages()[0].getSubject()).isEqualTo("【重发】新工单 YF-20261116-0001");
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.outcomes()).containsExactly("UNKNOWN", "NOT_SENT", "SENT");
    assertThat(outbox.events).hasSize(1);

    notices.queue(mail("other"));
    worker.work();
    assertThat(Arrays.stream(post.getReceivedMessages()).map(NoticeWorkerTest::messageId))
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("重发也没有应答：不发第三次，交人电话")
  void neverAThirdTime() {
    notices.queue(mail("key"));
    outbox.diesWhileSending();
    outbox.clock.advance(Duration.ofMinutes(3));
    outbox.diesWhileSending();
    outbox.clock.advance(Duration.ofMinutes(3));
    worker.work();

    assertThat(post.getReceivedMessages()).isEmpty();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.FAILED);
    assertThat(outbox.outcomes()).containsExactly("UNKNOWN", "UNKNOWN");
    assertThat(outbox.events).hasOnlyElementsOfType(NoticeFailed.class).hasSize(1);
  }

  @Test
  @DisplayName("迟到的应答只记录，不改变别的节点的结果")
  void lateAnswer() {
    notices.queue(mail("key"));
    NoticeWorker slow =
        outbox.worker(
            Outbox.mailing(
                notice -> {
                  outbox.clock.advance(Duration.ofMinutes(3));
                  worker.work();
                }));
    slow.work();

    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.only().attempts()).isEqualTo(2);
    assertThat(outbox.outcomes()).containsExactly("UNKNOWN", "SENT", "SENT");
    assertThat(outbox.events).hasSize(1);
  }

  @Test
  @DisplayName("发送途中收回：已发出的算已发，但不再告诉工单，没发出的不再试")
  void takenBackWhileBeingSent() {
    notices.queue(mail("gone"));
    sendWhile(() -> notices.takeBack(ORDER), true);
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);

    notices.queue(mail("kept"));
    sendWhile(() -> notices.takeBack(ORDER), false);
    outbox.clock.advance(Duration.ofDays(1));
    assertThat(worker.work()).isZero();
    assertThat(outbox.only().key()).isEqualTo("gone");
    assertThat(outbox.events).as("the order may be with another department").isEmpty();
  }

  @Test
  @DisplayName("应答不明的也能收回：不再重发")
  void unansweredAndTakenBack() throws Exception {
    assertThat(statusWhen(".", FussyMailServer.HANG_UP)).isEqualTo(NoticeStatus.UNKNOWN);
    notices.takeBack(ORDER, Purpose.DISPATCH);
    server.setPort(post.getSmtp().getPort());
    outbox.clock.advance(Duration.ofDays(1));

    assertThat(worker.work()).isZero();
    assertThat(post.getReceivedMessages()).isEmpty();
    assertThat(outbox.outcomes()).containsExactly("UNKNOWN");
    assertThat(outbox.events).isEmpty();
  }

  @Test
  @DisplayName("应答入账了，数据库却没来得及回话：再记时不记第二笔，也不再告诉一遍")
  void commitWithoutAnswer() {
    notices.queue(mail("key"));
    NoticeWorker loses = outbox.worker(Outbox.mailing(notice -> outbox.losesNextCommit = true));
    assertThat(loses.work()).isEqualTo(1);

    assertThat(outbox.losesNextCommit).isFalse();
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.outcomes()).containsExactly("SENT");
    assertThat(outbox.events).hasSize(1);
  }

  @Test
  @DisplayName("发送途中收回，而发送的节点没有了：试过一次、没有应答，仍记一笔，只记一次，也不再发")
  void takenBackAndTheSenderIsGone() {
    notices.queue(mail("gone"));
    outbox.diesWhileSending();
    notices.takeBack(ORDER);
    outbox.clock.advance(Duration.ofMinutes(2));
    worker.work();
    assertThat(outbox.outcomes()).as("its sender may still answer").isEmpty();

    outbox.clock.advance(Duration.ofMillis(1));
    worker.work();
    worker.work();
    assertThat(outbox.outcomes()).containsExactly("UNKNOWN");
    assertThat(post.getReceivedMessages()).isEmpty();
    assertThat(outbox.events).isEmpty();
  }

  @Test
  @DisplayName("另一节点的时钟快几分钟：正在发送的通知不会被它当作没有应答而重发")
  void clocksOfTheNodesDiffer() {
    NoticeWorker ahead =
        outbox.worker(Clock.offset(outbox.clock, Duration.ofMinutes(3)), outbox.email(server));
    notices.queue(mail("key"));
    sendWhile(() -> assertThat(ahead.work()).isZero(), true);

    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.outcomes()).containsExactly("SENT");
    assertThat(post.getReceivedMessages()).isEmpty();
  }

  @Test
  @DisplayName("两个节点同时发送五十条，每条恰好一次")
  void twoNodes() throws Exception {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      notices.queue(mail("key-" + i, "通知第" + i + "号", "内容"));
      subjects.add("通知第" + i + "号");
    }
    NoticeWorker other = outbox.worker(outbox.email(server));
    ExecutorService nodes = Executors.newFixedThreadPool(2);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> rounds = new ArrayList<>();
    for (NoticeWorker node : List.of(worker, other)) {
      rounds.add(
          nodes.submit(
              () -> {
                start.await();
                return node.work();
              }));
    }
    start.countDown();
    int sent = rounds.get(0).get() + rounds.get(1).get();
    nodes.shutdown();

    assertThat(sent).isEqualTo(50);
    assertThat(Arrays.stream(post.getReceivedMessages()).map(NoticeWorkerTest::subject))
        .containsExactlyInAnyOrderElementsOf(subjects);
    assertThat(outbox.events).hasSize(50);
    assertThat(notices.of(ORDER)).allMatch(n -> n.attempts() == 1);
    assertThat(outbox.outcomes()).hasSize(50).containsOnly("SENT");
  }

  @Test
  @DisplayName("电话交给人去打，短信、微信等等其通道：都不算发送过")
  void otherChannelsUntouched() {
    for (Channel channel : Channel.values()) {
      if (channel != Channel.EMAIL) {
        notices.queue(by(channel));
      }
    }
    outbox.clock.advance(Duration.ofDays(1));

    assertThat(worker.work()).as("the phone call, handed over once").isEqualTo(1);
    assertThat(worker.work()).isZero();
    assertThat(notices.of(ORDER))
        .hasSize(5)
        .allMatch(n -> n.status() == NoticeStatus.PENDING && n.attempts() == 0);
    assertThat(outbox.attemptsMade()).isEmpty();
  }

  @Test
  @DisplayName("标题中的换行不能添加邮件头")
  void noHeadersFromTheSubject() throws Exception {
    notices.queue(mail("key", "新工单\r\nBcc: thief@evil.example\n\n正文", "内容"));
    worker.work();

    MimeMessage mail = post.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("新工单 Bcc: thief@evil.example 正文");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(post.getReceivedMessages()).hasSize(1);
  }

  @Test
  @DisplayName("地址为空、无效或夹带换行：立即失败，交人电话")
  void badAddresses() {
    String[] bad = {null, "不是地址", "a b@yunfu.example", "engineering", "a@b.c\r\nBcc: d@e.f"};
    for (int i = 0; i < bad.length; i++) {
      notices.queue(Outbox.mailTo(bad[i], "key-" + i, "标题", "内容"));
    }
    worker.work();

    assertThat(notices.of(ORDER))
        .hasSize(bad.length)
        .allMatch(n -> n.status() == NoticeStatus.FAILED && n.attempts() == 1);
    assertThat(outbox.events).hasOnlyElementsOfType(NoticeFailed.class).hasSize(bad.length);
    assertThat(post.getReceivedMessages()).isEmpty();
  }

  @Test
  @DisplayName("收件人或内容被服务器拒绝（5xx）：立即失败；暂拒（4xx）和发件人被拒：按重试表再试")
  void refusals() throws Exception {
    Outbox.waitsTwoSeconds(server);
    assertThat(statusWhen("RCPT", "550 5.1.1 <engineering@yunfu.example> unknown"))
        .isEqualTo(NoticeStatus.FAILED);
    assertThat(outbox.attemptsMade().get(0).detail()).isEqualTo("邮件服务器拒绝收件地址 550");
    assertThat(statusWhen(".", "554 no spam")).isEqualTo(NoticeStatus.FAILED);
    assertThat(statusWhen("RCPT", "451 later")).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("MAIL", "550 not you")).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("MAIL", "530 log in first")).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("DATA", FussyMailServer.SILENCE)).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("DATA", "421 closing")).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("RCPT", FussyMailServer.HANG_UP)).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("EHLO", FussyMailServer.SILENCE)).isEqualTo(NoticeStatus.PENDING);
    assertThat(statusWhen("QUIT", FussyMailServer.HANG_UP)).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.attemptsMade())
        .noneMatch(attempt -> attempt.detail().contains("yunfu.example"));
  }

  @Test
  @DisplayName("邮件交出后没有应答：记为不明，按重试表带标记再发，仍无应答则交人电话")
  void unansweredMail() throws Exception {
    Outbox.waitsTwoSeconds(server);
    assertThat(statusWhen(".", FussyMailServer.HANG_UP)).isEqualTo(NoticeStatus.UNKNOWN);
    try (FussyMailServer silent = new FussyMailServer(".", FussyMailServer.SILENCE)) {
      server.setPort(silent.port());
      outbox.clock.advance(Duration.ofSeconds(59));
      assertThat(worker.work()).isZero();
      outbox.clock.advance(Duration.ofSeconds(1));
      assertThat(worker.work()).isEqualTo(1);
      await().untilAtomic(silent.taken, equalTo(1));
    }

    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.FAILED);
    assertThat(outbox.events).hasOnlyElementsOfType(NoticeFailed.class).hasSize(1);
  }

  @Test
  @DisplayName("监听者一时抢不过办单的人：应答再记一次，邮件不多发")
  void listenerLosesOnce() {
    notices.queue(mail("key"));
    List<Object> heard = new ArrayList<>();
    outbox.listener =
        event -> {
          heard.add(event);
          if (heard.size() == 1) {
            throw new OptimisticLockingFailureException("busy");
          }
        };
    worker.work();

    assertThat(heard).hasSize(2);
    assertThat(post.getReceivedMessages()).hasSize(1);
    assertThat(outbox.only().status()).isEqualTo(NoticeStatus.SENT);
    assertThat(outbox.outcomes()).containsExactly("SENT");
  }

  @Test
  @DisplayName("监听者始终出错：应答与其一同回滚，别的通知照发，邮件至多两封")
  void listenerAlwaysFails() {
    notices.queue(mail("broken"));
    long broken = outbox.only().id();
    outbox.listener =
        event -> {
          if (event instanceof NoticeSent sent && sent.id() == broken) {
            throw new IllegalStateException("broken");
          }
        };
    notices.queue(mail("sound"));
    worker.work();
    assertThat(notices.of(ORDER))
        .extracting(Notice::status)
        .containsExactly(NoticeStatus.PENDING, NoticeStatus.SENT);

    for (int i = 0; i < 5; i++) {
      outbox.clock.advance(Duration.ofMinutes(10));
      worker.work();
    }
    assertThat(notices.of(ORDER).get(0).status()).isEqualTo(NoticeStatus.FAILED);
    assertThat(post.getReceivedMessages()).hasSize(3);
  }

  @Test
  @DisplayName("留给下一轮的：只是被别的事务占着，日志是 WARN；别的原因是 ERROR")
  void leftToTheNextRound() {
    try (LogLines lines = new LogLines(NoticeWorker.class)) {
      for (RuntimeException fault :
          List.of(new CannotAcquireLockException("held"), new IllegalStateException("broken"))) {
        notices.queue(mail(fault.getMessage()));
        outbox.listener =
            event -> {
              throw fault;
            };
        worker.work();
      }
      assertThat(lines.all())
          .satisfiesExactly(
              held -> assertThat(held).startsWith("WARN Notice").contains("CannotAcquireLock"),
              broken -> assertThat(broken).startsWith("ERROR Notice").contains("IllegalState"));
    }
  }

  @Test
  @DisplayName("连接留给下一封，不用了才关")
  void keptConnection() throws Exception {
    EmailChannel email = outbox.email(server);
    NoticeWorker node = outbox.worker(email);
    try (FussyMailServer polite = FussyMailServer.polite()) {
      server.setPort(polite.port());
      sends(node, "one", "two", "three");
      assertThat(polite.calls).hasValue(1);

      email.rest();
      sends(node, "four");
      email.rest();
      sends(node, "five");
      assertThat(polite.calls).as("used since").hasValue(1);
      email.rest();
      email.rest();
      sends(node, "six");
      assertThat(polite.calls).as("not used between two rests").hasValue(2);
    }
    assertThat(outbox.outcomes()).hasSize(6).containsOnly("SENT");
  }

  @Test
  @DisplayName("留下的连接坏了不算这封邮件的错：换一个新连接立即再发，不占一次尝试")
  void keptConnectionFails() throws Exception {
    Outbox.waitsTwoSeconds(server);
    for (String failure :
        List.of(FussyMailServer.HANG_UP, "421 idle for too long", FussyMailServer.SILENCE)) {
      try (FussyMailServer leaving = new FussyMailServer("MAIL", failure, 1)) {
        NoticeWorker node = outbox.worker(outbox.email(server));
        server.setPort(leaving.port());
        sends(node, "one " + failure);
        sends(node, "two " + failure);
        assertThat(leaving.calls).hasValue(2);
        assertThat(leaving.taken).hasValue(2);
      }
    }
    assertThat(outbox.outcomes()).hasSize(6).containsOnly("SENT");
  }

  @Test
  @DisplayName("留下的连接上，邮件交出后没有应答、收件人被拒绝：都不立即再发")
  void keptConnectionIsNotAtFault() throws Exception {
    assertThat(secondWhen(".", FussyMailServer.HANG_UP)).isEqualTo(NoticeStatus.UNKNOWN);
    assertThat(secondWhen("RCPT", "550 unknown")).isEqualTo(NoticeStatus.FAILED);
    assertThat(secondWhen(".", "451 later")).isEqualTo(NoticeStatus.PENDING);
  }

  private NoticeStatus secondWhen(String command, String answer) throws Exception {
    try (FussyMailServer fussy = new FussyMailServer(command, answer, 1)) {
      NoticeWorker node = outbox.worker(outbox.email(server));
      server.setPort(fussy.port());
      sends(node, "first " + command + answer);
      sends(node, "second " + command + answer);
      assertThat(fussy.calls).hasValue(1);
    }
    List<Notice> all = notices.of(ORDER);
    return all.get(all.size() - 1).status();
  }

  private void sends(NoticeWorker node, String... keys) {
    for (String key : keys) {
      notices.queue(mail(key));
    }
    assertThat(node.work()).isEqualTo(keys.length);
  }

  @Test
  @DisplayName("一封慢，别的工单的照发；同一工单的一封接一封，按先后")
  void severalAtOnce() {
    for (int order = 0; order < 8; order++) {
      for (int i = 0; i < 3; i++) {
        notices.queue(Outbox.mailOf("YF-20261116-000" + order, order + "-" + i));
      }
    }
    CountDownLatch two = new CountDownLatch(2);
    List<String> begun = Collections.synchronizedList(new ArrayList<>());
    Set<String> busy = ConcurrentHashMap.newKeySet();
    outbox
        .worker(
            Outbox.mailing(
                notice -> {
                  assertThat(busy.add(notice.orderNumber())).as("two mails of one order").isTrue();
                  begun.add(notice.key());
                  two.countDown();
                  assertThat(arrives(two)).as("another one is sent meanwhile").isTrue();
                  busy.remove(notice.orderNumber());
                }))
        .work();

    assertThat(outbox.outcomes()).hasSize(24).containsOnly("SENT");
    for (int order = 0; order < 8; order++) {
      String of = order + "-";
      assertThat(begun.stream().filter(key -> key.startsWith(of)))
          .containsExactly(of + 0, of + 1, of + 2);
    }
  }

  @Test
  @DisplayName("YF-8c：邮件服务器不应答时，电话照样立即交给人打")
  void callsWaitForNoMail() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch handedOver = new CountDownLatch(1);
    outbox.listener =
        event -> {
          if (event instanceof PhoneCallNeeded) {
            handedOver.countDown();
          }
        };
    NoticeWorker node =
        outbox.awake(
            Outbox.mailing(
                notice -> {
                  sending.countDown();
                  arrives(answered);
                }));
    notices.queue(mail("slow"));
    node.wake();
    assertThat(arrives(sending)).isTrue();

    notices.queue(by(Channel.PHONE));
    node.wake();
    assertThat(handedOver.await(3, TimeUnit.SECONDS)).as("while the mail is being sent").isTrue();
    answered.countDown();
    node.destroy();
    assertThat(outbox.outcomes()).as("the last answer is recorded").containsExactly("SENT");
  }

  @Test
  @DisplayName("一路发送中断：等其余各路都有了结果才算一轮结束")
  void allHaveEndedWhenOneBreaksOff() {
    List<String> orders =
        List.of("YF-20261116-0000", "YF-20261116-0001", "YF-20261116-0002", "YF-20261116-0003");
    orders.forEach(order -> notices.queue(Outbox.mailOf(order, order)));
    NoticeWorker node =
        outbox.worker(
            Outbox.mailing(
                notice -> {
                  if (Math.floorMod(notice.orderNumber().hashCode(), 4) == 0) {
                    throw new ThreadDeath();
                  }
                  awaits(new CountDownLatch(1), 300);
                }));

    assertThatThrownBy(node::work).isInstanceOf(ThreadDeath.class);
    assertThat(outbox.outcomes()).containsExactly("SENT", "SENT", "SENT");
  }

  private static boolean arrives(CountDownLatch latch) {
    return awaits(latch, 5000);
  }

  private static boolean awaits(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private NoticeStatus statusWhen(String command, String answer) throws Exception {
    outbox.jdbc.sql("DELETE FROM notice_attempt").update();
    outbox.jdbc.sql("DELETE FROM notice").update();
    notices.queue(mail("key"));
    try (FussyMailServer fussy = new FussyMailServer(command, answer)) {
      server.setPort(fussy.port());
      worker.work();
    }
    return outbox.only().status();
  }

  private void sendWhile(Runnable happening, boolean succeeds) {
    outbox
        .worker(
            Outbox.mailing(
                notice -> {
                  happening.run();
                  if (!succeeds) {
                    throw NoticeNotSent.yet("未发出");
                  }
                }))
        .work();
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String messageId(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
