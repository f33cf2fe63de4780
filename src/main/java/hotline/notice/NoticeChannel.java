package hotline.notice;

/**
 * Carries notices of one channel out of the building; it is called outside any transaction, by
 * several threads, and returns only when the other side has taken the notice.
 */
interface NoticeChannel {
  Channel channel();

  void send(Notice notice) throws NoticeNotSent;

  /**
   * Called now and then: what was kept open for more notices and has not been used may be closed.
   */
  default void rest() {}
}
