package hotline.outage;

import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Directory;
import hotline.organisation.District;
import hotline.organisation.Organisation;
import hotline.organisation.Place;
import hotline.workorder.CallInOutage;
import hotline.workorder.Moments;
import hotline.workorder.ScreenPart;
import hotline.workorder.Text;
import hotline.workorder.WorkOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * While the caller speaks the seat sees whether the address lies in a known outage, and can answer
 * at once; such calls are linked and counted, and nobody is sent out (YF-11, RL-4c).
 */
@Component
class KnownOutages implements ScreenPart {
  private static final Duration SHOWN_AFTER_ITS_END = Duration.ofHours(24);

  /** Roads, estates and villages in the words of a report's area. */
  private static final Pattern NAMED =
      Pattern.compile("\\p{IsHan}{1,8}?(大道|小区|花园|新村|社区|广场|公寓|家园|路|街|巷|村|苑|城|园)");

  private static final List<String> SHOWN_AT = List.of("complete-intake", "check-dispatch");

  private final OutageRows rows;
  private final Directory places;
  private final Organisation organisation;
  private final Clock clock;

  KnownOutages(OutageRows rows, Directory places, Organisation organisation, Clock clock) {
    this.rows = rows;
    this.places = places;
    this.organisation = organisation;
    this.clock = clock;
  }

  /** How near an outage is to an address. */
  private enum Nearness {
    NAMED("地址在停供范围内"),
    DISTRICT("同一区域，请核对范围"),
    ELSEWHERE("其他区域");

    private final String words;

    Nearness(String words) {
      this.words = words;
    }
  }

  private record Match(Outage outage, Nearness nearness) {}

  @Override
  public void show(String task, WorkOrder order, Map<String, Object> fields) {
    if (!SHOWN_AT.contains(task)) {
      return;
    }
    List<Match> all = matches(order.company(), order.district(), order.address());
    fields.put(
        "knownOutages",
        String.join(
            "\n",
            all.stream()
                .filter(match -> match.nearness() != Nearness.ELSEWHERE)
                .map(this::words)
                .toList()));
    if (task.equals("complete-intake")) {
      fields.put(
          "outages",
          all.stream()
              .filter(match -> match.outage().status.isCurrent())
              .map(match -> Map.of("value", match.outage().number, "label", words(match)))
              .toList());
      fields.put("outage", "");
    }
  }

  private String words(Match match) {
    return match.nearness().words + "：" + line(match.outage());
  }

  /** The nearest first; those that ended within a day are there so that nobody is told old news. */
  private List<Match> matches(String company, String district, String address) {
    List<Outage> known = rows.known(company, clock.instant().minus(SHOWN_AFTER_ITS_END));
    Map<String, Place> directory =
        known.stream().allMatch(outage -> outage.places.isEmpty())
            ? Map.of()
            : places.of(company).stream().collect(Collectors.toMap(Place::code, place -> place));
    return known.stream()
        .map(outage -> new Match(outage, nearness(outage, directory, district, address)))
        .sorted(Comparator.comparing(Match::nearness).thenComparing(match -> match.outage().start))
        .toList();
  }

  private Nearness nearness(
      Outage outage, Map<String, Place> directory, String district, String address) {
    boolean otherDistrict =
        !district.isEmpty() && !outage.districts.isEmpty() && !outage.districts.contains(district);
    if (!otherDistrict
        && !address.isEmpty()
        && names(outage, directory).anyMatch(address::contains)) {
      return Nearness.NAMED;
    }
    return !district.isEmpty() && outage.districts.contains(district)
        ? Nearness.DISTRICT
        : Nearness.ELSEWHERE;
  }

  /**
   * What the range names: its places by name and address, and the roads and estates of its text.
   */
  private Stream<String> names(Outage outage, Map<String, Place> directory) {
    List<String> names = new ArrayList<>();
    for (String code : outage.places) {
      Place place = directory.get(code);
      if (place != null) {
        names.add(place.name());
        names.add(place.address() == null ? "" : place.address());
      }
    }
    String area = outage.area;
    for (District district : organisation.company(outage.company).districts()) {
      area = area.replace(district.name(), " ");
    }
    NAMED.matcher(area).results().forEach(found -> names.add(found.group()));
    return names.stream().filter(name -> name.length() > 1);
  }

  private String line(Outage outage) {
    return outage.number
        + " "
        + outage.area.substring(
            0,
            outage.area.offsetByCodePoints(
                0, Math.min(40, outage.area.codePointCount(0, outage.area.length()))))
        + " "
        + sentence(outage);
  }

  /** What the caller is told: 已公告停水，预计…恢复. */
  private String sentence(Outage outage) {
    Company company = organisation.company(outage.company);
    String effect = company.supply().effect(outage.effect);
    String zoned = Moments.text(outage.end, outage.calendar.zone());
    if (outage.restoredAt != null) {
      return "已于 "
          + Moments.text(outage.restoredAt, outage.calendar.zone())
          + " "
          + company.supply().restored()
          + "；仍未恢复的请立单派出";
    }
    String reason = outage.reason.isEmpty() ? "" : "（" + outage.reason + "）";
    String measures = outage.measures == null ? "" : "，已采取的措施：" + outage.measures;
    if (outage.end.isBefore(clock.instant())) {
      return "已公告" + effect + reason + "，预计恢复时间 " + zoned + " 已过，正在核实" + measures;
    }
    return "已公告"
        + effect
        + reason
        + (outage.start.isAfter(clock.instant())
            ? "，" + Moments.text(outage.start, outage.calendar.zone()) + " 开始"
            : "")
        + "，预计 "
        + zoned
        + " "
        + company.supply().restored()
        + measures;
  }

  /** The seat (or the caller's own system) says that this call is about that outage. */
  @EventListener
  void called(CallInOutage call) {
    WorkOrder order = call.order();
    rows.keep(call.outage());
    Outage outage =
        rows.companyOf(call.outage())
            .filter(order.company()::equals)
            .map(company -> rows.read(call.outage()))
            .orElseThrow(
                () ->
                    new Refused(
                        "outage", "没有编号为 " + Text.printable(call.outage()) + " 的停供（outage）"));
    if (!outage.isPublished() || !outage.status.isCurrent()) {
      throw new Refused(
          "outage",
          outage.restoredAt == null
              ? "停供 " + outage.number + " " + outage.status.label() + "（outage），不能据此答复"
              : "停供 " + outage.number + " " + sentence(outage) + "（outage）");
    }
    call.answer(sentence(outage) + "。", outage.reporterArticle);
    rows.addCall(outage.number, order.number(), order.company(), call.at());
  }
}
