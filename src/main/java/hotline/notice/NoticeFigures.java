package hotline.notice;

import hotline.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many notices wait, channel by channel; never more is read than the figure can tell. */
@Component
public class NoticeFigures {
  /** What waits for a provider that is not connected may grow for ever. */
  private static final int MOST = 10_000;

  private final JdbcClient jdbc;
  private final Set<Channel> carried = EnumSet.noneOf(Channel.class);

  NoticeFigures(JdbcClient jdbc, List<NoticeChannel> channels) {
    this.jdbc = jdbc;
    channels.forEach(channel -> carried.add(channel.channel()));
  }

  /**
   * What waits in one channel.
   *
   * @param oldestDueAt since when the oldest that is to leave by itself waits; null when none does,
   *     or nothing carries this channel
   */
  public record Waiting(
      Channel channel, long pending, long unknown, @Nullable Instant oldestDueAt) {}

  public List<Waiting> waiting() {
    List<Waiting> all = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      all.add(
          new Waiting(
              channel,
              count(channel, NoticeStatus.PENDING),
              count(channel, NoticeStatus.UNKNOWN),
              carried.contains(channel) ? oldest(channel) : null));
    }
    return all;
  }

  private long count(Channel channel, NoticeStatus status) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM (SELECT id FROM notice WHERE status = :status"
                + " AND channel = :channel LIMIT "
                + MOST
                + ") waiting")
        .param("status", status.name())
        .param("channel", channel.name())
        .query(Long.class)
        .single();
  }

  private @Nullable Instant oldest(Channel channel) {
    Instant oldest = null;
    for (NoticeStatus status : List.of(NoticeStatus.PENDING, NoticeStatus.UNKNOWN)) {
      Instant first =
          jdbc.sql(
                  """
                  SELECT next_attempt_at FROM notice
                  WHERE status = :status AND channel = :channel AND next_attempt_at > :ever
                  ORDER BY next_attempt_at LIMIT 1
                  """)
              .param("status", status.name())
              .param("channel", channel.name())
              .param("ever", Sql.utc(Instant.EPOCH))
              .query((row, i) -> Sql.at(row, "next_attempt_at"))
              .optional()
              .orElse(null);
      if (first != null && (oldest == null || first.isBefore(oldest))) {
        oldest = first;
      }
    }
    return oldest;
  }
}
