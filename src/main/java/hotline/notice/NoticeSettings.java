package hotline.notice;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How notices leave: whether the worker runs by itself, how long after each failed attempt the next
 * one follows, and after how long a claimed notice counts as unanswered (longer than all timeouts
 * of one sending together).
 */
@ConfigurationProperties("hotline.notice")
record NoticeSettings(
    @DefaultValue("true") boolean worker,
    @DefaultValue({"PT1M", "PT2M", "PT5M", "PT15M", "PT30M"}) List<Duration> retry,
    @DefaultValue("PT90S") Duration claim,
    @DefaultValue Mail mail) {

  /** The sender of every mail; without one no mail is sent. */
  record Mail(@DefaultValue("") String from) {}
}
