package hotline.outage;

import hotline.PageTemplate;
import hotline.Sql;
import hotline.organisation.Company;
import hotline.workorder.Discretion;
import hotline.workorder.Moments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of an outage: nobody's name or number, whoever typed it where.
 *
 * @param districts by name
 * @param isLate whether its announced end has passed without its restoration
 * @param finishedAt null while it is planned or running
 * @param updatedAt when what is said here last changed
 */
record PublicOutage(
    Company company,
    String number,
    String effect,
    String kind,
    Stage stage,
    String area,
    List<String> districts,
    Instant start,
    Instant end,
    boolean isLate,
    String reason,
    @Nullable String measures,
    @Nullable Instant restoredAt,
    @Nullable Instant finishedAt,
    @Nullable Instant changedAt,
    @Nullable String changeNote,
    Instant updatedAt) {

  static final String LATE = "预计恢复时间已过，正在抢修核实，请留意更新";

  /** Running ones first, then what is to come, then what is over, the latest first. */
  static final Comparator<PublicOutage> ORDER =
      Comparator.comparing((PublicOutage each) -> each.finishedAt != null)
          .thenComparing(PublicOutage::finishedAt, Comparator.nullsFirst(Comparator.reverseOrder()))
          .thenComparing(PublicOutage::stage)
          .thenComparing(PublicOutage::start)
          .thenComparing(PublicOutage::number);

  /** Where an outage stands in the eyes of the public. */
  enum Stage {
    RUNNING("进行中"),
    ANNOUNCED("已公告"),
    RESTORED("已恢复"),
    CANCELLED("已取消");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** 停水, 减压供水, 停气 … */
  String effectName() {
    return company.supply().effect(effect);
  }

  String kindName() {
    return kind.equals("PLANNED") ? "计划" : "突发";
  }

  /** One line of what is said of it. */
  record Fact(String label, String text) {}

  List<Fact> facts() {
    ZoneId zone = company.zone();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("影响范围", area.strip()));
    if (stage == Stage.CANCELLED) {
      facts.add(new Fact("原定时间", Moments.span(start, end, zone)));
    } else {
      facts.add(new Fact("开始时间", Moments.start(start, zone)));
      facts.add(
          restoredAt == null
              ? new Fact("预计恢复", Moments.text(end, zone))
              : new Fact("恢复时间", Moments.text(restoredAt, zone)));
    }
    facts.add(new Fact("原因", reason.strip()));
    if (measures != null) {
      facts.add(new Fact("应对措施", measures.strip()));
    }
    if (changedAt != null) {
      String note = changeNote == null ? "" : "　" + changeNote.strip();
      facts.add(new Fact("变更", Moments.text(changedAt, zone) + note));
    }
    return facts.stream().filter(fact -> !fact.text().isEmpty()).toList();
  }

  static PublicOutage read(ResultSet row, Company company, Instant now) throws SQLException {
    Instant start = Sql.at(row, "start_at");
    Instant end = Sql.at(row, "end_at");
    Instant restoredAt = Sql.atOrNull(row, "restored_at");
    Instant finishedAt = Sql.atOrNull(row, "finished_at");
    Instant changedAt = Sql.atOrNull(row, "changed_at");
    Stage stage = stage(restoredAt, finishedAt, start, now);
    boolean isLate = finishedAt == null && !now.isBefore(end);
    String measures = row.getString("measures");
    String changeNote = row.getString("change_note");
    return new PublicOutage(
        company,
        row.getString("number"),
        row.getString("effect"),
        row.getString("kind"),
        stage,
        discreet(row.getString("area"), company),
        Arrays.stream(row.getString("districts").split(" "))
            .filter(code -> !code.isEmpty())
            .map(code -> discreet(company.districtName(code), company))
            .toList(),
        start,
        end,
        isLate,
        discreet(row.getString("reason"), company),
        measures == null ? null : discreet(measures, company),
        restoredAt,
        finishedAt,
        changedAt,
        changeNote == null ? null : discreet(changeNote, company),
        latest(
            Sql.at(row, "published_at"),
            changedAt,
            finishedAt,
            stage == Stage.RUNNING ? start : null,
            isLate ? end : null));
  }

  private static Stage stage(
      @Nullable Instant restoredAt, @Nullable Instant finishedAt, Instant start, Instant now) {
    if (finishedAt != null) {
      return restoredAt == null ? Stage.CANCELLED : Stage.RESTORED;
    }
    return now.isBefore(start) ? Stage.ANNOUNCED : Stage.RUNNING;
  }

  private static String discreet(String typed, Company company) {
    return PageTemplate.legal(Discretion.text(typed, company.hotline()));
  }

  private static Instant latest(Instant published, @Nullable Instant... others) {
    return Stream.concat(Stream.of(published), Arrays.stream(others).filter(Objects::nonNull))
        .max(Comparator.naturalOrder())
        .orElse(published);
  }
}
