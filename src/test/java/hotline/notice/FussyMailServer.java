package hotline.notice;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that answers one command as told: with a refusal, by hanging up (HANG_UP) or not at
 * all (SILENCE).
 */
public final class FussyMailServer implements AutoCloseable {
  static final String HANG_UP = "HANG_UP";
  static final String SILENCE = "SILENCE";

  private static final Map<String, String> POLITE =
      Map.of("EHLO", "250 ok", "DATA", "354 go on", "QUIT", "221 bye", ".", "250 taken");

  final AtomicInteger taken = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();
  private final ServerSocket door;
  private final String command;
  private final String answer;
  private final int polite;

  FussyMailServer(String command, String answer) throws IOException {
    this(command, answer, 0);
  }

  /** One that is polite that many times in each connection. */
  FussyMailServer(String command, String answer, int polite) throws IOException {
    this.command = command;
    this.answer = answer;
    this.polite = polite;
    this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    start(this::serve);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fussy-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that takes every mail and keeps none. */
  public static FussyMailServer polite() throws IOException {
    return new FussyMailServer("NEVER", "");
  }

  public int port() {
    return door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        calls.incrementAndGet();
        start(() -> answer(caller));
      } catch (IOException closed) {
        // nobody calls any more
      }
    }
  }

  private void answer(Socket caller) {
    try (caller) {
      talk(caller);
    } catch (IOException callerLeft) {
      // the next call comes
    }
  }

  private void talk(Socket caller) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(caller.getOutputStream(), true, StandardCharsets.UTF_8);
    out.print("220 fussy\r\n");
    boolean inText = false;
    int times = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (inText && !line.equals(".")) {
        continue;
      }
      String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      inText = word.equals("DATA");
      if (word.equals(".")) {
        taken.incrementAndGet();
      }
      boolean fussy = word.equals(command) && ++times > polite;
      String said = fussy ? answer : POLITE.getOrDefault(word, "250 ok");
      if (said.equals(HANG_UP)) {
        return;
      }
      if (!said.equals(SILENCE)) {
        out.print(said + "\r\n");
        out.flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
