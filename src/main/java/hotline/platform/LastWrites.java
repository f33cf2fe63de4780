package hotline.platform;

import hotline.AfterCommit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Notes beside an H2 file which records were committed last: of a file that was cut short H2 opens
 * an older state without a word, and only what stands outside of it can tell that something is
 * missing.
 */
@Component
public class LastWrites implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(LastWrites.class);

  /** As many as may be committed at once by the threads of one node. */
  private static final int REMEMBERED = 32;

  /** One write of less than a page is never torn by the death of the process. */
  private static final int SIZE = 2048;

  private final @Nullable Path file;
  private final Map<String, Long> last = new LinkedHashMap<>();
  private @Nullable FileChannel channel;
  private boolean failed;

  LastWrites(@Value("${spring.datasource.url:}") String url) {
    this.file = H2File.of(url).map(H2File::lastWrites).orElse(null);
  }

  /** The running transaction writes this state of the record; noted once it is committed. */
  void of(String number, long version) {
    if (file != null) {
      AfterCommit.then(() -> note(number, version));
    }
  }

  /** These records are removed for good. */
  public synchronized void forget(Collection<String> numbers) {
    if (file != null && last.keySet().removeAll(numbers)) {
      write(file);
    }
  }

  private synchronized void note(String number, long version) {
    last.remove(number);
    last.put(number, version);
    if (last.size() > REMEMBERED) {
      last.remove(last.keySet().iterator().next());
    }
    if (file != null) {
      write(file);
    }
  }

  private void write(Path to) {
    StringBuilder lines = new StringBuilder();
    last.forEach(
        (number, version) -> lines.append(number).append(' ').append(version).append('\n'));
    ByteBuffer page = ByteBuffer.allocate(SIZE);
    page.put(lines.toString().getBytes(StandardCharsets.UTF_8));
    while (page.hasRemaining()) {
      page.put((byte) '\n');
    }
    try {
      if (channel == null) {
        channel = FileChannel.open(to, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      }
      channel.write(page.flip(), 0);
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        log.warn("The note of the last writes cannot be written: {}", e.getClass().getName());
      }
      failed = true;
    }
  }

  @Override
  public synchronized void destroy() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
