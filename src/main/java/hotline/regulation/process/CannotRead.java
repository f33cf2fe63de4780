package hotline.regulation.process;

/** A file that the check of the tables needs cannot be read; the message is for the designer. */
final class CannotRead extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotRead(String message) {
    super(message);
  }

  CannotRead(String message, Throwable cause) {
    super(message, cause);
  }
}
