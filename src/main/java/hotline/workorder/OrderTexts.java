package hotline.workorder;

import hotline.calendar.Step;
import hotline.organisation.Organisation;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An order in words, as the forms and the sheet show it; whoever shows them masks the numbers. */
@Component
class OrderTexts {
  /** What stands in place of the customer for the party complained of (RQ-13). */
  static final String COMPLAINED_OF = "本单投诉的是贵部门，投诉人的姓名、电话和地址不提供；需要联系的，请告知呼叫中心代为转达";

  private static final Map<String, String> ASKED =
      Map.ofEntries(
          Map.entry("UPSTREAM", "表前"),
          Map.entry("DOWNSTREAM", "表后"),
          Map.entry("INDOOR", "室内"),
          Map.entry("JOINT", "表接头"),
          Map.entry("METER_BODY", "表体"),
          Map.entry("UNKNOWN", "不清楚"),
          Map.entry("PIPE", "管道"),
          Map.entry("VALVE", "阀门"),
          Map.entry("HYDRANT", "消防栓"),
          Map.entry("METER", "水表"),
          Map.entry("MANHOLE", "井盖"),
          Map.entry("OTHER", "其他"),
          Map.entry("PRIMARY_MAIN", "一次主干网"),
          Map.entry("PRIMARY_BRANCH", "一次支线"),
          Map.entry("SECONDARY", "二次网"),
          Map.entry("HEAT_STATION", "换热站"),
          Map.entry("WELL", "热力井"));

  private static final Pattern DAY = Pattern.compile("\\d+月\\d+日");

  private final WorkOrders orders;
  private final WorkOrderRows rows;
  private final Organisation organisation;

  OrderTexts(WorkOrders orders, WorkOrderRows rows, Organisation organisation) {
    this.orders = orders;
    this.rows = rows;
    this.organisation = organisation;
  }

  /** Number, category, level and status. */
  String head(WorkOrder order) {
    return join(
        " · ",
        order.number,
        orders.label(order),
        level(order),
        order.status.label(),
        order.round > 1 ? "第" + order.round + "轮" : null,
        order.urged > 0 ? "客户已催办" + order.urged + "次" : null,
        order.calendarWarning);
  }

  /** The level where it is out of the ordinary. */
  private static @Nullable String level(WorkOrder order) {
    if (order.level == null || order.level.equals("NORMAL")) {
      return order.emergency ? "紧急" : null;
    }
    String label = Levels.label(order.level);
    return order.emergency && !label.startsWith("紧急") ? label + " · 紧急" : label;
  }

  /** Who rang; the telephone masked. */
  static String customer(WorkOrder order) {
    return join("  ", order.callerName, Discretion.phone(order.phoneDigits));
  }

  /** Where it is; of the caller's address no more than the district unless that is shown. */
  String place(WorkOrder order, boolean withAddress) {
    return join(
        "  ",
        order.district == null
            ? null
            : organisation.company(order.company).districtName(order.district),
        withAddress ? order.address : null,
        withAddress && order.facts.landmark != null ? "标志：" + order.facts.landmark : null);
  }

  /** By when, by which article, and whether it is over. */
  static String line(LimitClock clock, ZoneId zone) {
    return clock.sentence(zone)
        + (clock.breached ? " 已超期" : "")
        + (clock.originalDueAt == null ? "" : "，原时限 " + Moments.text(clock.originalDueAt, zone));
  }

  /** The ledger of counted and skipped time: why it is due just then. */
  static String why(WorkOrder order, LimitClock clock) {
    ZoneId zone = order.calendar.zone();
    List<String> lines = new ArrayList<>();
    lines.add(
        "自 "
            + Moments.text(Objects.requireNonNull(clock.startedAt), zone)
            + " 起，"
            + clock.rule.limit()
            + "（"
            + clock.rule.basis()
            + "）");
    for (Step step : clock.deadline(order.calendar).steps()) {
      // a day speaks for itself
      lines.add(
          DAY.matcher(step.reason()).lookingAt()
              ? step.reason()
              : Moments.text(step.from(), zone)
                  + " 至 "
                  + Moments.text(step.to(), zone)
                  + "："
                  + step.reason());
    }
    lines.add("于 " + Moments.text(Objects.requireNonNull(clock.dueAt), zone) + " 到期");
    return String.join("\n", lines);
  }

  /** What was promised in this round, and what came of it, each with its article. */
  static String limits(WorkOrder order) {
    ZoneId zone = order.calendar.zone();
    return String.join(
        "\n",
        order.clocks.stream()
            .filter(clock -> clock.round == order.round && clock.voidAt == null)
            .filter(clock -> clock.dueAt != null)
            .sorted(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt)))
            .map(
                clock ->
                    line(clock, zone)
                        + (clock.metAt == null
                            ? ""
                            : "，已于 " + Moments.text(clock.metAt, zone) + " 完成"))
            .toList());
  }

  /** All that was done, oldest first, with so much of each note as the reader may see. */
  String record(WorkOrder order, UnaryOperator<@Nullable String> seen) {
    return record(order, Integer.MAX_VALUE, seen);
  }

  /** The last of what was done, oldest first. */
  String record(WorkOrder order, int most, UnaryOperator<@Nullable String> seen) {
    ZoneId zone = order.calendar.zone();
    List<Event> events = rows.events(order.number);
    List<String> lines = new ArrayList<>();
    for (Event event : events.subList(Math.max(0, events.size() - most), events.size())) {
      lines.add(
          join(
              "  ",
              Moments.text(event.at(), zone),
              organisation.personName(event.by()),
              event.verb(),
              seen.apply(event.note())));
    }
    return String.join("\n", lines);
  }

  /** What the questions of the category were answered with. */
  static String asked(WorkOrder order) {
    Facts f = order.facts;
    List<String> asked = new ArrayList<>();
    if (f.meterSide != null) {
      asked.add("位置：" + ASKED.getOrDefault(f.meterSide, f.meterSide));
    }
    if (f.asset != null) {
      asked.add("设施：" + ASKED.getOrDefault(f.asset, f.asset));
    }
    if (f.pipeDiameterMm != null) {
      asked.add("管径：" + f.pipeDiameterMm + "毫米");
    }
    if (f.networkPart != null) {
      asked.add("部位：" + ASKED.getOrDefault(f.networkPart, f.networkPart));
    }
    yes(asked, "紧急", f.urgent);
    yes(asked, "大面积", f.largeArea);
    yes(asked, "影响交通", f.disturbsTraffic);
    yes(asked, "在质保期", f.underWarranty);
    yes(asked, "涉及诉讼", f.lawsuit);
    yes(asked, "媒体曝光", f.mediaExposure);
    if (f.jointComplainants != null && f.jointComplainants > 1) {
      asked.add("联名" + f.jointComplainants + "人");
    }
    yes(asked, Questions.label("confidential"), f.confidential);
    f.more()
        .forEach(
            (name, answer) ->
                asked.add(Questions.label(name) + (answer.equals("true") ? "" : "：" + answer)));
    return String.join("；", asked);
  }

  private static void yes(List<String> asked, String what, @Nullable Boolean answer) {
    if (Boolean.TRUE.equals(answer)) {
      asked.add(what);
    }
  }

  /** What the tables need and nobody has said yet. */
  static String missing(WorkOrder order) {
    return order.missing == null
        ? ""
        : String.join(
            "、",
            hotline.regulation.Words.of(order.missing).stream().map(Questions::label).toList());
  }

  /** What the department has done. */
  static String reply(WorkOrder order) {
    return join(
        "\n",
        order.result,
        order.measures == null ? null : "措施：" + order.measures,
        order.parts == null ? null : "更换部件：" + order.parts,
        order.cost == null ? null : "费用：" + order.cost + " 元",
        order.worker == null ? null : "承办人：" + order.worker);
  }

  /** Those that are there. */
  static String join(String separator, @Nullable String... parts) {
    List<String> given = new ArrayList<>();
    for (String part : parts) {
      if (part != null && !part.isBlank()) {
        given.add(part);
      }
    }
    return String.join(separator, given);
  }
}
