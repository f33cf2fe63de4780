package hotline.regulation.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * The command {@code check-tables}: the product does not start, it only checks decision tables,
 * prints in UTF-8 whatever the platform's character set is, and ends.
 */
final class CheckTables implements ApplicationListener<ApplicationStartingEvent> {
  private static final String COMMAND = "check-tables";

  @Override
  public void onApplicationEvent(ApplicationStartingEvent starting) {
    List<String> words =
        Stream.of(starting.getArgs()).filter(word -> !word.startsWith("--")).toList();
    if (!words.isEmpty() && words.get(0).equals(COMMAND)) {
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      System.exit(TableCheck.run(words.subList(1, words.size()), out));
    }
  }
}
