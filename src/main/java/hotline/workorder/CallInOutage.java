package hotline.workorder;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call is about a known outage: whoever keeps the outages links it and says what the caller is
 * told, or refuses.
 */
public final class CallInOutage {
  private final WorkOrder order;
  private final String outage;
  private final Instant at;
  private @Nullable String answer;
  private @Nullable String article;

  CallInOutage(WorkOrder order, String outage, Instant at) {
    this.order = order;
    this.outage = outage;
    this.at = at;
  }

  public WorkOrder order() {
    return order;
  }

  public String outage() {
    return outage;
  }

  public Instant at() {
    return at;
  }

  /** What the caller is told, and by which article it was announced. */
  public void answer(String words, String article) {
    this.answer = words;
    this.article = article;
  }

  @Nullable String answer() {
    return answer;
  }

  @Nullable String article() {
    return article;
  }
}
