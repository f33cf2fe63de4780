package hotline.notice;

import hotline.AfterCommit;
import hotline.Refused;
import hotline.Sql;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The outbox: a notice is queued in the transaction of what it tells of and leaves after it.
 *
 * <p>E-mails leave by the worker. SMS, WeChat, website and messenger have no channel yet: their
 * notices stay PENDING without an attempt until a provider's worker claims them. PHONE notices wait
 * for a person, who reports with {@link #doneByPerson}.
 */
@Component
public class Notices {
  static final int KEY = 190;
  static final int ORDER_NUMBER = 64;
  static final int COMPANY = 64;
  static final int RECEIVER_NAME = 100;
  static final int ADDRESS = 254;
  static final int SUBJECT = 200;
  static final int TEXT = 4000;
  static final int NOTE = 1000;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final NoticeAttempts attempts;
  private final NoticeWorker worker;

  Notices(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock,
      NoticeAttempts attempts,
      NoticeWorker worker) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.attempts = attempts;
    this.worker = worker;
  }

  /**
   * Queues the notice in the caller's transaction (or its own) and answers false when its key is
   * already there. Line breaks in the subject become spaces.
   */
  public boolean queue(NewNotice notice) {
    return queue(notice, now());
  }

  /** The same, but it does not leave before that moment. */
  public boolean queue(NewNotice notice, Instant notBefore) {
    NewNotice checked = checked(notice);
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              if (!insert(checked, notBefore)) {
                return false;
              }
              AfterCommit.then(worker::wake);
              return true;
            }));
  }

  /** The notices of an order, oldest first. */
  public List<Notice> of(String orderNumber) {
    return jdbc.sql(
            "SELECT * FROM notice WHERE order_number = :number AND status <> 'CANCELLED' ORDER BY id")
        .param("number", orderNumber)
        .query(Notice::read)
        .list();
  }

  /**
   * Records that a person told the receiver. A notice that was sent or done already stays as it is;
   * the call is on the record all the same.
   */
  public void doneByPerson(long id, String by, Instant at, String note) {
    String doneBy = required("by", "办理人", by, RECEIVER_NAME);
    limited("note", "说明", note, NOTE);
    transaction.executeWithoutResult(
        status -> {
          boolean known =
              jdbc.sql("SELECT 1 FROM notice WHERE id = :id")
                  .param("id", id)
                  .query(Integer.class)
                  .optional()
                  .isPresent();
          if (!known) {
            throw new Refused("id", "没有编号为" + id + "的通知，请核对通知编号（id）");
          }
          jdbc.sql(
                  """
                  UPDATE notice
                  SET status = 'DONE_BY_PERSON', finished_at = :at, done_by = :by, note = :note
                  WHERE id = :id AND status IN ('PENDING', 'UNKNOWN', 'FAILED')
                  """)
              .param("id", id)
              .param("at", Sql.utc(at.truncatedTo(ChronoUnit.MILLIS)))
              .param("by", doneBy)
              .param("note", note)
              .update();
          attempts.append(
              id, at.truncatedTo(ChronoUnit.MILLIS), AttemptOutcome.DONE_BY_PERSON, "人工告知");
        });
  }

  /**
   * Takes back what is no longer wanted, for instance after a withdrawal; with no purpose named,
   * everything. It is not sent any more, nor once more. What was just being sent counts as sent
   * when its answer says so, but nobody hears of it.
   */
  public void takeBack(String orderNumber, Purpose... purposes) {
    Set<Purpose> wanted = Set.of(purposes.length == 0 ? Purpose.values() : purposes);
    transaction.executeWithoutResult(
        status ->
            jdbc.sql(
                    """
                    UPDATE notice SET status = 'CANCELLED', finished_at = :now, next_attempt_at =
                      CASE WHEN claimed_until IS NULL THEN NULL ELSE next_attempt_at END
                    WHERE order_number = :number AND status IN ('PENDING', 'UNKNOWN')
                      AND purpose IN (:purposes)
                    """)
                .param("number", orderNumber)
                .param("now", Sql.utc(now()))
                .param("purposes", wanted.stream().map(Purpose::name).toList())
                .update());
  }

  private boolean insert(NewNotice notice, Instant notBefore) {
    Instant now = now();
    try {
      jdbc.sql(
              """
              INSERT INTO notice (notice_key, company, order_number, round, purpose, channel,
                receiver_name, address, subject, body, status, attempts, created_at, next_attempt_at)
              VALUES (:key, :company, :number, :round, :purpose, :channel,
                :receiver, :address, :subject, :body, 'PENDING', 0, :now, :due)
              """)
          .param("key", notice.key())
          .param("company", notice.company())
          .param("number", notice.orderNumber())
          .param("round", notice.round())
          .param("purpose", notice.purpose().name())
          .param("channel", notice.channel().name())
          .param("receiver", notice.receiverName())
          .param("address", notice.address())
          .param("subject", notice.subject())
          .param("body", notice.text())
          .param("now", Sql.utc(now))
          .param("due", Sql.utc(notBefore.truncatedTo(ChronoUnit.MILLIS)))
          .update();
      return true;
    } catch (DuplicateKeyException alreadyQueued) {
      return false;
    }
  }

  private static NewNotice checked(NewNotice notice) {
    String address = notice.address();
    return new NewNotice(
        required("key", "通知键", notice.key(), KEY),
        required("company", "公司", notice.company(), COMPANY),
        required("orderNumber", "工单编号", notice.orderNumber(), ORDER_NUMBER),
        notice.round(),
        notice.purpose(),
        notice.channel(),
        required("receiverName", "接收人", notice.receiverName(), RECEIVER_NAME),
        address == null || address.isBlank()
            ? null
            : limited("address", "接收地址", address.strip(), ADDRESS),
        required("subject", "通知标题", BREAKS.matcher(notice.subject()).replaceAll(" "), SUBJECT),
        required("text", "通知内容", notice.text(), TEXT));
  }

  private static String required(String field, String label, @Nullable String given, int limit) {
    if (given == null || given.isBlank()) {
      throw new Refused(field, "请填写" + label + "（" + field + "）");
    }
    return limited(field, label, given.strip(), limit);
  }

  private static String limited(String field, String label, String given, int limit) {
    if (given.length() > limit) {
      throw new Refused(field, label + "最多" + limit + "个字符，请缩短（" + field + "）");
    }
    return given;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
