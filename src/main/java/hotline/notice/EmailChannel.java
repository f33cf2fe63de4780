package hotline.notice;

import hotline.Sha256;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Tells by e-mail: plain text in UTF-8, with a Message-ID that comes from the notice's key, so that
 * receivers can tell a double. A connection is kept for the next mail; when it fails that one
 * before it was handed over, as a server does that closes what was idle, the mail goes by a new
 * one.
 */
@Component
class EmailChannel implements NoticeChannel {
  private final ObjectProvider<JavaMailSenderImpl> mailServer;
  private final String from;
  private final Clock clock;

  /** Those that a mail has used since the last {@link #rest}, the latest first, and the others. */
  private final Deque<Transport> used = new ConcurrentLinkedDeque<>();

  private final Deque<Transport> unused = new ConcurrentLinkedDeque<>();

  EmailChannel(
      ObjectProvider<JavaMailSenderImpl> mailServer, NoticeSettings settings, Clock clock) {
    this.mailServer = mailServer;
    this.from = settings.mail().from().strip();
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public void send(Notice notice) throws NoticeNotSent {
    JavaMailSenderImpl server = mailServer.getIfAvailable();
    if (server == null || from.isEmpty() || !StringUtils.hasText(server.getHost())) {
      throw NoticeNotSent.yet("未配置邮件服务器或发件地址");
    }
    InternetAddress receiver = receiver(notice.address());
    Mail mail = new Mail(server.getSession(), messageId(notice.key()));
    try {
      mail.setFrom(new InternetAddress(from, true));
      mail.setRecipient(MimeMessage.RecipientType.TO, receiver);
      mail.setSubject(notice.subjectToSend(), StandardCharsets.UTF_8.name());
      mail.setText(notice.text(), StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(clock.instant()));
      mail.setHeader("Auto-Submitted", "auto-generated");
      mail.saveChanges();
    } catch (MessagingException e) {
      throw NoticeNotSent.yet("邮件无法生成，请检查发件地址");
    }
    Transport kept = kept();
    if (kept == null || !taken(kept, mail)) {
      send(connected(server), mail);
    }
  }

  private @Nullable Transport kept() {
    Transport last = used.poll();
    return last == null ? unused.poll() : last;
  }

  /** False when the kept connection is at fault. */
  private boolean taken(Transport kept, Mail mail) throws NoticeNotSent {
    try {
      send(kept, mail);
      return true;
    } catch (NoticeNotSent e) {
      if (mail.handedOver || e.outcome() != AttemptOutcome.NOT_SENT) {
        throw e;
      }
      return false;
    }
  }

  private void send(Transport connection, Mail mail) throws NoticeNotSent {
    try {
      connection.sendMessage(mail, mail.getAllRecipients());
    } catch (MessagingException e) {
      close(connection);
      throw reason(e, mail.handedOver);
    }
    used.push(connection);
  }

  private static Transport connected(JavaMailSenderImpl server) throws NoticeNotSent {
    try {
      Transport connection =
          server
              .getSession()
              .getTransport(
                  Objects.requireNonNullElse(
                      server.getProtocol(), JavaMailSenderImpl.DEFAULT_PROTOCOL));
      connection.connect(
          server.getHost(),
          server.getPort(),
          emptyAsNull(server.getUsername()),
          emptyAsNull(server.getPassword()));
      return connection;
    } catch (AuthenticationFailedException e) {
      throw NoticeNotSent.yet("邮件服务器拒绝登录");
    } catch (MessagingException e) {
      throw NoticeNotSent.yet("邮件服务器连接失败");
    }
  }

  /** Without a name nobody logs in; an empty one would try to. */
  private static @Nullable String emptyAsNull(@Nullable String text) {
    return StringUtils.hasLength(text) ? text : null;
  }

  /** Closes the connections that no mail has used since the last call. */
  @Override
  public void rest() {
    for (Transport each = unused.poll(); each != null; each = unused.poll()) {
      close(each);
    }
    for (Transport each = used.pollLast(); each != null; each = used.pollLast()) {
      unused.push(each);
    }
  }

  private static void close(Transport connection) {
    try {
      connection.close();
    } catch (MessagingException e) {
      // nothing but the goodbye has failed
    }
  }

  private static InternetAddress receiver(@Nullable String address) throws NoticeNotSent {
    if (address == null) {
      throw NoticeNotSent.ever("没有邮件地址");
    }
    try {
      InternetAddress receiver = new InternetAddress(address, true);
      if (receiver.getAddress().indexOf('@') < 0) {
        throw NoticeNotSent.ever("邮件地址无效");
      }
      return receiver;
    } catch (AddressException e) {
      throw NoticeNotSent.ever("邮件地址无效");
    }
  }

  /**
   * A 5xx for the receiver or for the content is for good; one for the sender or the login is ours
   * to mend. When the connection broke after the last line was written, the server may have taken
   * the mail.
   */
  private static NoticeNotSent reason(MessagingException failure, boolean handedOver) {
    for (Exception e = failure; e != null; e = next(e)) {
      if (e instanceof SMTPAddressFailedException refused && refused.getReturnCode() > 0) {
        return refused(refused.getReturnCode(), "收件地址");
      }
      if (e instanceof SMTPSendFailedException refused && refused.getReturnCode() > 0) {
        if (refused.getCommand().startsWith("MAIL")) {
          return NoticeNotSent.yet("邮件服务器拒绝发件地址 " + refused.getReturnCode());
        }
        if (refused.getNextException() == null) {
          return refused(refused.getReturnCode(), "邮件内容");
        }
      }
    }
    return handedOver ? NoticeNotSent.asFarAsKnown("邮件交出后没有应答") : NoticeNotSent.yet("邮件交出前连接中断");
  }

  private static NoticeNotSent refused(int code, String what) {
    return code >= 500
        ? NoticeNotSent.ever("邮件服务器拒绝" + what + " " + code)
        : NoticeNotSent.yet("邮件服务器暂不接受" + what + " " + code);
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException chained
        ? chained.getNextException()
        : e.getCause() instanceof Exception cause ? cause : null;
  }

  private String messageId(String key) {
    byte[] hash = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^a-zA-Z0-9.-]", "");
    return "<" + HexFormat.of().formatHex(hash, 0, 16) + "@" + domain + ">";
  }

  /** A mail that knows whether the server got all of it. */
  private static class Mail extends MimeMessage {
    private final String id;
    private boolean handedOver;

    Mail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }

    @Override
    public void writeTo(OutputStream out, String[] withoutHeaders)
        throws IOException, MessagingException {
      super.writeTo(out, withoutHeaders);
      handedOver = true;
    }
  }
}
