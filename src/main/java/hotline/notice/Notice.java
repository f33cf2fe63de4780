package hotline.notice;

import hotline.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notice on the record: who is told what, by which channel, and how far it has come. */
public record Notice(
    long id,
    String key,
    String company,
    String orderNumber,
    int round,
    Purpose purpose,
    Channel channel,
    String receiverName,
    @Nullable String address,
    String subject,
    String text,
    NoticeStatus status,
    int attempts,
    Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant finishedAt,
    @Nullable String doneBy,
    @Nullable String note) {

  static Notice read(ResultSet row, int number) throws SQLException {
    return new Notice(
        row.getLong("id"),
        row.getString("notice_key"),
        row.getString("company"),
        row.getString("order_number"),
        row.getInt("round"),
        Purpose.valueOf(row.getString("purpose")),
        Channel.valueOf(row.getString("channel")),
        row.getString("receiver_name"),
        row.getString("address"),
        row.getString("subject"),
        row.getString("body"),
        NoticeStatus.valueOf(row.getString("status")),
        row.getInt("attempts"),
        Sql.at(row, "created_at"),
        Sql.atOrNull(row, "next_attempt_at"),
        Sql.atOrNull(row, "finished_at"),
        row.getString("done_by"),
        row.getString("note"));
  }

  /** The same, with one try more under way. */
  Notice claimed() {
    return new Notice(
        id,
        key,
        company,
        orderNumber,
        round,
        purpose,
        channel,
        receiverName,
        address,
        subject,
        text,
        status,
        attempts + 1,
        createdAt,
        nextAttemptAt,
        finishedAt,
        doneBy,
        note);
  }

  /** The subject as it is sent: marked when the receiver may already have this notice. */
  String subjectToSend() {
    return status == NoticeStatus.UNKNOWN ? "【重发】" + subject : subject;
  }

  /** Without receiver, address and wording, which must not reach a log. */
  @Override
  public String toString() {
    return "Notice[" + id + " " + orderNumber + " " + purpose + " " + channel + " " + status + "]";
  }
}
