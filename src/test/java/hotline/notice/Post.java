package hotline.notice;

import org.springframework.beans.factory.BeanFactory;

/** Lets the scenarios of other modules send what is queued, in their own thread and time. */
public final class Post {
  private Post() {}

  public static int send(BeanFactory beans) {
    return beans.getBean(NoticeWorker.class).work();
  }
}
