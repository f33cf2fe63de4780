package hotline.notice;

import hotline.Sha256;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.HexFormat;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * Tells by e-mail: plain text in UTF-8, with a Message-ID that comes from the notice's key, so that
 * receivers can tell a double.
 */
@Component
class EmailChannel implements NoticeChannel {
  private final ObjectProvider<JavaMailSender> mailServer;
  private final String from;
  private final Clock clock;

  EmailChannel(ObjectProvider<JavaMailSender> mailServer, NoticeSettings settings, Clock clock) {
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
    JavaMailSender sender = mailServer.getIfAvailable();
    if (sender == null || from.isEmpty() || withoutHost(sender)) {
      throw NoticeNotSent.yet("未配置邮件服务器或发件地址");
    }
    InternetAddress receiver = receiver(notice.address());
    Mail mail = new Mail(sender.createMimeMessage().getSession());
    try {
      mail.setFrom(new InternetAddress(from, true));
      mail.setRecipient(MimeMessage.RecipientType.TO, receiver);
      mail.setSubject(notice.subjectToSend(), StandardCharsets.UTF_8.name());
      mail.setText(notice.text(), StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(clock.instant()));
      mail.setHeader("Message-ID", messageId(notice.key()));
      mail.setHeader("Auto-Submitted", "auto-generated");
    } catch (MessagingException e) {
      throw NoticeNotSent.yet("邮件无法生成，请检查发件地址");
    }
    try {
      sender.send(mail);
    } catch (MailAuthenticationException e) {
      throw NoticeNotSent.yet("邮件服务器拒绝登录");
    } catch (MailSendException e) {
      if (!e.getFailedMessages().isEmpty()) {
        throw reason(e, mail.handedOver);
      }
      // Nothing failed but the goodbye after the mail was taken: it is sent.
    } catch (MailException e) {
      throw NoticeNotSent.yet("邮件未发出 " + e.getClass().getSimpleName());
    }
  }

  private static boolean withoutHost(JavaMailSender sender) {
    return sender instanceof JavaMailSenderImpl server
        && (server.getHost() == null || server.getHost().isBlank());
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
  private static NoticeNotSent reason(MailSendException failure, boolean handedOver) {
    for (Exception failed : failure.getMessageExceptions()) {
      if (failed == failure.getCause()) {
        return NoticeNotSent.yet("邮件服务器连接失败");
      }
      for (Exception e = failed; e != null; e = next(e)) {
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
    private boolean handedOver;

    Mail(Session session) {
      super(session);
    }

    @Override
    public void writeTo(OutputStream out, String[] withoutHeaders)
        throws IOException, MessagingException {
      super.writeTo(out, withoutHeaders);
      handedOver = true;
    }
  }
}
