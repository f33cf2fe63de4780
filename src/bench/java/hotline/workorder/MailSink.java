package hotline.workorder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A mail server that takes everything and keeps nothing: what a real one does is not the bench's. */
final class MailSink implements AutoCloseable {
  private final ServerSocket door;

  MailSink() throws IOException {
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::open);
  }

  int port() {
    return door.getLocalPort();
  }

  private void open() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        start(() -> talk(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "mail-sink");
    thread.setDaemon(true);
    thread.start();
  }

  private static void talk(Socket caller) {
    try (caller;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(caller.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = caller.getOutputStream()) {
      say(out, "220 sink");
      boolean text = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (text && !line.equals(".")) {
          continue;
        }
        text = line.equals("DATA");
        say(out, text ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 ok");
      }
    } catch (IOException gone) {
      // the other side has hung up
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
