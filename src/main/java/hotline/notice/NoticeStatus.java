package hotline.notice;

/** How far a notice has come. */
public enum NoticeStatus {
  PENDING,
  SENT,
  /** It was handed over, but no answer came: it is sent once more, marked 重发. */
  UNKNOWN,
  /** It will not be tried again: a person must phone. */
  FAILED,
  DONE_BY_PERSON
}
