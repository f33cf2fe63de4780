package hotline;

import org.jspecify.annotations.Nullable;

/** A command that is refused, in one Chinese sentence that names the field and says what to do. */
public class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  public Refused(@Nullable String field, String sentence) {
    super(sentence);
    this.field = field;
  }

  public Refused(String sentence) {
    this(null, sentence);
  }

  /**
   * The field that must be mended, as the contract names it; null when no single field is at fault.
   */
  public @Nullable String field() {
    return field;
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
