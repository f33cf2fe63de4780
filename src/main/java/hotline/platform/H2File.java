package hotline.platform;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file in which H2 keeps everything, and beside it the note of what was written last; there is
 * none when the data is in MySQL or in memory.
 *
 * @param base the path as it stands in the address of the database, without an ending
 */
public record H2File(Path base) {
  private static final String ADDRESS = "jdbc:h2:file:";

  public static Optional<H2File> of(@Nullable String url) {
    if (url == null || !url.startsWith(ADDRESS)) {
      return Optional.empty();
    }
    String path = url.substring(ADDRESS.length()).replaceFirst(";.*", "");
    String absolute =
        path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    return Optional.of(new H2File(Path.of(absolute).toAbsolutePath().normalize()));
  }

  public Path data() {
    return Path.of(base + ".mv.db");
  }

  public Path lastWrites() {
    return Path.of(base + ".last-writes");
  }

  /** An address that reads the file and changes nothing of it, nor makes one. */
  public String readOnly() {
    return ADDRESS + base + ";MODE=MySQL;IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
  }
}
