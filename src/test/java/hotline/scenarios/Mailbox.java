package hotline.scenarios;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import hotline.FreePort;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A real mail server for the scenarios; a scenario may close it. */
final class Mailbox implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final int PORT = FreePort.any();
  private static GreenMail server = opened();

  private static GreenMail opened() {
    ServerSetup setup = new ServerSetup(PORT, "127.0.0.1", "smtp");
    setup.setServerStartupTimeout(60_000);
    GreenMail fresh = new GreenMail(setup);
    fresh.start();
    return fresh;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of(
            "spring.mail.host=127.0.0.1",
            "spring.mail.port=" + PORT,
            "hotline.notice.mail.from=hotline@yunfu.example")
        .applyTo(context);
  }

  static void close() {
    server.stop();
  }

  /** An empty, open mailbox. */
  static void open() {
    server.stop();
    server = opened();
  }

  /** Subjects of what this person got. */
  static List<String> subjectsFor(String address) {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage mail : server.getReceivedMessages()) {
      try {
        if (mail.getAllRecipients()[0].toString().equals(address)) {
          subjects.add(mail.getSubject());
        }
      } catch (MessagingException e) {
        throw new AssertionError(e);
      }
    }
    return subjects;
  }

  /** Everything that left the building, as one text. */
  static String everything() {
    StringBuilder all = new StringBuilder();
    for (MimeMessage mail : server.getReceivedMessages()) {
      try {
        all.append(mail.getSubject()).append('\n').append(mail.getContent()).append('\n');
      } catch (MessagingException | java.io.IOException e) {
        all.append(GreenMailUtil.getBody(mail));
      }
    }
    return all.toString();
  }
}
