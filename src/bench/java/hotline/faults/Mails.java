package hotline.faults;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The company's mail server, in this process, so that it outlives every node. */
final class Mails implements AutoCloseable {
  private final int port;
  private final List<MimeMessage> before = new ArrayList<>();
  private GreenMail server;

  Mails() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    port = server.getSmtp().getPort();
  }

  Map<String, String> settings() {
    return Map.of(
        "spring.mail.host",
        "127.0.0.1",
        "spring.mail.port",
        String.valueOf(port),
        "hotline.notice.mail.from",
        "hotline@yunfu.example");
  }

  void down() {
    before.addAll(List.of(server.getReceivedMessages()));
    server.stop();
    server = null;
  }

  void up() {
    server = new GreenMail(new ServerSetup(port, "127.0.0.1", "smtp"));
    server.start();
  }

  /** Subjects of all mails by their Message-ID, in the order in which they came. */
  Map<String, List<String>> received() throws MessagingException {
    List<MimeMessage> all = new ArrayList<>(before);
    if (server != null) {
      all.addAll(List.of(server.getReceivedMessages()));
    }
    Map<String, List<String>> mails = new HashMap<>();
    for (MimeMessage mail : all) {
      mails.computeIfAbsent(mail.getMessageID(), id -> new ArrayList<>()).add(mail.getSubject());
    }
    return mails;
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop();
    }
  }
}
