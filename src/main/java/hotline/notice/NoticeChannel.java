package hotline.notice;

/**
 * Carries notices of one channel out of the building; it is called outside any transaction and
 * returns only when the other side has taken the notice.
 */
interface NoticeChannel {
  Channel channel();

  void send(Notice notice) throws NoticeNotSent;
}
