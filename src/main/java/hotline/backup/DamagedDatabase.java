package hotline.backup;

import java.nio.file.Path;

/** The database file cannot be trusted: the product does not start on it. */
final class DamagedDatabase extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final String advice;

  DamagedDatabase(Path file, String what, String advice, Throwable cause) {
    super(what, cause);
    this.file = file;
    this.advice = advice;
  }

  DamagedDatabase(Path file, String what, String advice) {
    super(what);
    this.file = file;
    this.advice = advice;
  }

  Path file() {
    return file;
  }

  String advice() {
    return advice;
  }
}
