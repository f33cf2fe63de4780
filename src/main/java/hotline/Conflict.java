package hotline;

/**
 * A command that comes too late or twice: somebody else acted first; one Chinese sentence says so.
 */
public class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Conflict(String sentence) {
    super(sentence);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
