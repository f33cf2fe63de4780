package hotline;

/** What was asked for is not there, or belongs to another company; one Chinese sentence says so. */
public class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotFound(String sentence) {
    super(sentence);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
