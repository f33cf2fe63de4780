package hotline;

/** Something that does not exist, or not for the person who asks. */
public class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotFound(String sentence) {
    super(sentence);
  }
}
