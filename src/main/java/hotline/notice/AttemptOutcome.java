package hotline.notice;

/** What came of one attempt to tell somebody. */
enum AttemptOutcome {
  SENT,
  /** Certainly not sent, worth another try. */
  NOT_SENT,
  /** Refused for good: no other try will help. */
  REFUSED,
  /** Handed over, but no answer came. */
  UNKNOWN,
  DONE_BY_PERSON
}
