package hotline;

/** A command that came too late: the order is closed, or somebody else has done the task. */
public class Conflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Conflict(String sentence) {
    super(sentence);
  }
}
