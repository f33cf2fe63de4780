package hotline.notice;

/**
 * A channel could not tell somebody; the detail goes on the record and holds no person's data (no
 * server's sentence either, since servers repeat the address).
 */
class NoticeNotSent extends Exception {
  private static final long serialVersionUID = 1L;

  private final AttemptOutcome outcome;

  private NoticeNotSent(AttemptOutcome outcome, String detail) {
    super(detail);
    this.outcome = outcome;
  }

  /** Certainly not sent, worth another try. */
  static NoticeNotSent yet(String detail) {
    return new NoticeNotSent(AttemptOutcome.NOT_SENT, detail);
  }

  /** Certainly not sent, and no other try will help. */
  static NoticeNotSent ever(String detail) {
    return new NoticeNotSent(AttemptOutcome.REFUSED, detail);
  }

  /** Perhaps sent: the answer did not come. */
  static NoticeNotSent asFarAsKnown(String detail) {
    return new NoticeNotSent(AttemptOutcome.UNKNOWN, detail);
  }

  AttemptOutcome outcome() {
    return outcome;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
