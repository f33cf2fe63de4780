package hotline.notice;

import static hotline.notice.Outbox.ORDER;
import static hotline.notice.Outbox.by;
import static hotline.notice.Outbox.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.Refused;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

@Tag("mariadb")
@DisplayName("通知：一事一行，随工单一同入库")
class NoticesTest {
  private final Outbox outbox = new Outbox();
  private final Notices notices = outbox.notices;

  @Test
  @DisplayName("同一键入队两次只有一行")
  void oneRowForOneKey() {
    assertThat(notices.queue(mail("key"))).isTrue();
    assertThat(notices.queue(mail("key", "另一标题", "另一内容"))).isFalse();

    assertThat(outbox.only().subject()).isEqualTo("新工单 YF-20261116-0001");
  }

  @Test
  @DisplayName("同一键在同一事务内重复，事务照常提交")
  void doubleDoesNotSpoilTheTransaction() {
    outbox.transaction.executeWithoutResult(
        status -> {
          notices.queue(mail("key"));
          assertThat(notices.queue(mail("key"))).isFalse();
          notices.queue(mail("other"));
        });

    assertThat(notices.of(ORDER)).extracting(Notice::key).containsExactly("key", "other");
  }

  @Test
  @DisplayName("键区分大小写和生僻字：𠮷与𠮶是两个接收人")
  void keysAreExact() {
    assertThat(notices.queue(mail("a𠮷"))).isTrue();
    assertThat(notices.queue(mail("a𠮶"))).isTrue();
    assertThat(notices.queue(mail("A𠮷"))).isTrue();
    assertThat(notices.queue(mail("a🚰"))).isTrue();
  }

  @Test
  @DisplayName("工单的事务回滚，通知也不存在")
  void queuedWithTheOrder() {
    outbox.transaction.executeWithoutResult(
        status -> {
          notices.queue(mail("key"));
          status.setRollbackOnly();
        });

    assertThat(notices.of(ORDER)).isEmpty();
  }

  @Test
  @DisplayName("YF-8c 第八条：电话通知由人办理，人、时间和说明记入通知")
  void doneByPerson() {
    notices.queue(by(Channel.PHONE));
    outbox.clock.advance(Duration.ofMinutes(3));
    notices.doneByPerson(
        outbox.only().id(), "yunfu-water.agent", outbox.clock.instant(), "已电话告知，录音在案");

    Notice done = outbox.only();
    assertThat(done.status()).isEqualTo(NoticeStatus.DONE_BY_PERSON);
    assertThat(done.doneBy()).isEqualTo("yunfu-water.agent");
    assertThat(done.finishedAt()).isEqualTo(outbox.clock.instant());
    assertThat(done.note()).isEqualTo("已电话告知，录音在案");
    assertThat(outbox.outcomes()).containsExactly("DONE_BY_PERSON");
  }

  @Test
  @DisplayName("人工办理两次，以第一次为准，两次都有记录")
  void doneTwice() {
    notices.queue(by(Channel.PHONE));
    long id = outbox.only().id();
    notices.doneByPerson(id, "yunfu-water.agent", outbox.clock.instant(), "第一次");
    notices.doneByPerson(id, "yunfu-water.dispatcher", outbox.clock.instant(), "第二次");

    assertThat(outbox.only().doneBy()).isEqualTo("yunfu-water.agent");
    assertThat(outbox.outcomes()).containsExactly("DONE_BY_PERSON", "DONE_BY_PERSON");
  }

  @Test
  @DisplayName("不存在的通知不能登记为已办理")
  void unknownNotice() {
    assertThatThrownBy(() -> notices.doneByPerson(4711, "人", outbox.clock.instant(), ""))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.field()).isEqualTo("id"))
        .hasMessageContaining("4711");
  }

  @Test
  @DisplayName("撤单后未发的通知收回，不再显示也不再发送，其他目的的照旧")
  void cancelled() {
    notices.queue(mail("dispatch"));
    notices.queue(
        new NewNotice(
            "warning",
            "yunfu-water",
            ORDER,
            1,
            Purpose.WARNING,
            Channel.EMAIL,
            "工程公司",
            "engineering@yunfu.example",
            "即将超期",
            "请尽快办理。"));
    notices.takeBack(ORDER, Purpose.DISPATCH);
    assertThat(notices.of(ORDER)).extracting(Notice::key).containsExactly("warning");

    notices.takeBack(ORDER);
    assertThat(notices.of(ORDER)).isEmpty();
    assertThat(outbox.worker(outbox.emailWithoutServer()).work()).isZero();
  }

  @Test
  @DisplayName("过长或缺少的内容被拒绝，并指明是哪一项")
  void refused() {
    assertRefused("subject", mail("key", "长".repeat(201), "内容"));
    assertRefused("subject", mail("key", " \r\n ", "内容"));
    assertRefused("text", mail("key", "标题", "长".repeat(4001)));
    assertRefused("key", mail("k".repeat(191)));
    assertRefused("key", mail(" "));
    assertRefused("address", Outbox.mailTo("a".repeat(255), "key", "标题", "内容"));
    assertThat(notices.of(ORDER)).isEmpty();
  }

  @Test
  @DisplayName("到上限为止的内容原样保存")
  void atTheLimit() {
    String key = "键".repeat(190);
    notices.queue(mail(key, "长".repeat(200), "𠮷".repeat(2000)));

    assertThat(outbox.only().key()).isEqualTo(key);
    assertThat(outbox.only().subject()).isEqualTo("长".repeat(200));
    assertThat(outbox.only().text()).isEqualTo("𠮷".repeat(2000));
  }

  @Test
  @DisplayName("日志里看不到接收人、地址和内容")
  void namelessInLogs() {
    notices.queue(mail("key"));

    assertThat(outbox.only().toString() + mail("key"))
        .doesNotContain("工程公司", "engineering", "接单", "新工单");
  }

  @Test
  @DisplayName("尝试记录不能指向不存在的通知")
  void attemptsBelongToANotice() {
    assertThatThrownBy(
            () -> outbox.attempts.append(4711, outbox.clock.instant(), AttemptOutcome.SENT, "已发送"))
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  private void assertRefused(String field, NewNotice notice) {
    assertThatThrownBy(() -> notices.queue(notice))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.field()).isEqualTo(field))
        .hasMessageContaining("（" + field + "）");
  }
}
