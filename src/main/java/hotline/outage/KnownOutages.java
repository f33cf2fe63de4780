package hotline.outage;

import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Directory;
import hotline.organisation.Organisation;
import hotline.organisation.Place;
import hotline.workorder.CallInOutage;
import hotline.workorder.Moments;
import hotline.workorder.ScreenPart;
import hotline.workorder.WorkOrder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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
      Pattern.compile("\\p{IsHan}{1,8}?(大道|小区|花园|新村|社区|广场|公寓|家园|路|街|巷|村|苑|城|园)|\\p{IsHan}{2,12}");

  private static final List<String> SHOWN_AT = List.of("complete-intake", "check-dispatch");

  private final OutageRows rows;
  private final Directory directory;
  private final Organisation organisation;
  private final Clock clock;

  KnownOutages(OutageRows rows, Directory directory, Organisation organisation, Clock clock) {
    this.rows = rows;
    this.directory = directory;
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
    List<Match> near =
        matches(order.company(), order.district(), order.address()).stream()
            .filter(match -> match.nearness() != Nearness.ELSEWHERE)
            .toList();
    fields.put(
        "knownOutages",
        String.join(
            "\n",
            near.stream()
                .map(match -> match.nearness().words + "：" + line(match.outage()))
                .toList()));
    if (task.equals("complete-intake")) {
      fields.put(
          "outages",
          matches(order.company(), order.district(), order.address()).stream()
              .filter(match -> match.outage().status.isCurrent())
              .map(
                  match ->
                      Map.of(
                          "value",
                          match.outage().number,
                          "label",
                          match.nearness().words + "：" + line(match.outage())))
              .toList());
      fields.put("outage", "");
    }
  }

  /** The nearest first; those that ended within a day are there so that nobody is told old news. */
  private List<Match> matches(String company, String district, String address) {
    return rows.known(company, clock.instant().minus(SHOWN_AFTER_ITS_END)).stream()
        .map(outage -> new Match(outage, nearness(outage, district, address)))
        .sorted(Comparator.comparing(Match::nearness).thenComparing(match -> match.outage().start))
        .toList();
  }

  private Nearness nearness(Outage outage, String district, String address) {
    boolean otherDistrict =
        !district.isEmpty() && !outage.districts.isEmpty() && !outage.districts.contains(district);
    if (!otherDistrict && !address.isEmpty() && names(outage).anyMatch(address::contains)) {
      return Nearness.NAMED;
    }
    return !district.isEmpty() && outage.districts.contains(district)
        ? Nearness.DISTRICT
        : Nearness.ELSEWHERE;
  }

  private Stream<String> names(Outage outage) {
    List<String> names = new ArrayList<>();
    for (String code : outage.places) {
      directory
          .find(outage.company, code)
          .ifPresent(
              place -> {
                names.add(place.name());
                names.add(addressOf(place));
              });
    }
    NAMED.matcher(outage.area).results().forEach(found -> names.add(found.group()));
    Company company = organisation.company(outage.company);
    return names.stream()
        .filter(name -> name.length() >= 2)
        .filter(
            name ->
                company.districts().stream()
                    .noneMatch(each -> each.name().contains(name) || name.contains(each.name())));
  }

  private static String addressOf(Place place) {
    return place.address() == null ? "" : place.address();
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
    String effect =
        outage.effect.equals("SHUTOFF") ? company.supply().shutoff() : company.supply().reduced();
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
    Outage outage =
        rows.companyOf(call.outage())
            .filter(order.company()::equals)
            .map(company -> rows.read(call.outage()))
            .orElseThrow(
                () -> new Refused("outage", "没有编号为 " + printable(call.outage()) + " 的停供（outage）"));
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

  private static String printable(String number) {
    String plain = number.replaceAll("[^A-Za-z0-9-]", "");
    return plain.substring(0, Math.min(32, plain.length()));
  }
}
