package hotline.outage;

import hotline.Refused;
import hotline.organisation.Company;
import hotline.organisation.Directory;
import hotline.organisation.Place;
import hotline.organisation.PlaceKind;
import hotline.workorder.Moments;
import hotline.workorder.Text;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a report says, checked field by field; nothing that cannot be meant gets through. */
@Component
class OutageFields {
  static final Set<String> EFFECTS = Set.of("SHUTOFF", "REDUCED_PRESSURE");
  static final Set<String> KINDS = Set.of("PLANNED", "UNPLANNED");
  static final Set<String> ORIGINS = Set.of("NETWORK", "PLANT", "BOOSTER_STATION");

  private static final int MOST_PEOPLE = 100_000_000;
  private static final int MOST_VALVES = 60;
  private static final int MOST_CUSTOMERS = 100;
  private static final int WIDEST_MM = 5000;
  private static final Pattern VALVE =
      Pattern.compile("(\\S+?)(?:[\\s,，;；]+(?:DN|dn|Dn)?(\\d{1,5})(?:mm|毫米)?)?(?:[\\s,，;；]+(.+))?");

  private final Directory directory;
  private final Clock clock;

  OutageFields(Directory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  static String effect(@Nullable String given) {
    String effect = Text.oneOf("effect", "影响", given, EFFECTS);
    return effect.isEmpty() ? "SHUTOFF" : effect;
  }

  static String kind(@Nullable String given) {
    return chosen("kind", "类型", given, KINDS);
  }

  static String origin(@Nullable String given) {
    return chosen("origin", "来源", given, ORIGINS);
  }

  private static String chosen(
      String field, String label, @Nullable String given, Set<String> allowed) {
    String value = Text.oneOf(field, label, given, allowed);
    if (value.isEmpty()) {
      throw new Refused(
          field,
          "请填写"
              + label
              + "（"
              + field
              + "）："
              + String.join("、", allowed.stream().sorted().toList()));
    }
    return value;
  }

  static String area(@Nullable String given) {
    return Text.required("area", "停供范围", given, 2000);
  }

  static String reason(@Nullable String given) {
    return Text.optional("reason", "停供原因", given, 1000);
  }

  static @Nullable String measures(@Nullable String given) {
    return Text.orNull(Text.optional("measures", "应急措施", given, 1000));
  }

  Instant start(String kind, @Nullable OffsetDateTime given) {
    Instant start = required("start", "开始时间", given);
    Instant now = clock.instant();
    if (kind.equals("PLANNED") && start.isBefore(now.minus(Moments.CLOCKS_MAY_DIFFER))) {
      throw new Refused("start", "计划停供的开始时间（start）须晚于现在；已经开始的请按突发（UNPLANNED）报告");
    }
    return start;
  }

  /** After the start, and not over yet. */
  Instant end(Instant start, @Nullable OffsetDateTime given) {
    Instant end = required("end", "预计恢复时间", given);
    if (!end.isAfter(start)) {
      throw new Refused("end", "预计恢复时间（end）必须晚于开始时间（start）");
    }
    if (end.isBefore(clock.instant())) {
      throw new Refused("end", "预计恢复时间（end）已经过去，请填写还没有到的时间");
    }
    return end;
  }

  private static Instant required(String field, String label, @Nullable OffsetDateTime given) {
    Instant at = Moments.given(field, label, given);
    if (at == null) {
      throw new Refused(field, "请填写" + label + "（" + field + "）");
    }
    return at;
  }

  List<String> districts(Company company, String field, @Nullable List<String> given) {
    List<String> districts = codes(field, "区域", given);
    for (String code : districts) {
      if (!company.hasDistrict(code)) {
        throw new Refused(
            field,
            company.name()
                + "没有区域 "
                + code
                + "（"
                + field
                + "），可填："
                + String.join(
                    "、",
                    company.districts().stream().map(d -> d.code() + " " + d.name()).toList()));
      }
    }
    return districts;
  }

  List<String> places(Company company, String field, @Nullable List<String> given) {
    List<String> places = codes(field, "小区、单位", given);
    for (String code : places) {
      if (directory.find(company.id(), code).filter(Place::active).isEmpty()) {
        throw new Refused(field, "名录里没有 " + code + "（" + field + "），请从名录中选择，或先补入名录");
      }
    }
    return places;
  }

  /** Those of the directory's key customers that were chosen as places are key customers. */
  List<String> withKeyCustomers(Outage outage, List<String> named) {
    List<String> all = new ArrayList<>(named);
    for (Place place : directory.within(outage.company, List.of(), outage.places)) {
      if (place.kind() == PlaceKind.KEY_CUSTOMER
          && !all.contains(place.code())
          && !all.contains(place.name())) {
        all.add(place.code());
      }
    }
    return List.copyOf(all);
  }

  /** The directory's key customers in the range that the report does not name (YF-3c, YF-17a). */
  List<String> unnamedKeyCustomers(Outage outage) {
    return directory.within(outage.company, outage.districts, outage.places).stream()
        .filter(place -> place.kind() == PlaceKind.KEY_CUSTOMER)
        .filter(
            place ->
                !outage.keyCustomers.contains(place.code())
                    && !outage.keyCustomers.contains(place.name()))
        .map(Place::name)
        .toList();
  }

  private static List<String> codes(String field, String label, @Nullable List<String> given) {
    Set<String> codes = new LinkedHashSet<>();
    for (String code : given == null ? List.<String>of() : given) {
      codes.add(Text.required(field, label, code, 40));
    }
    if (String.join(" ", codes).length() > 900) {
      throw new Refused(field, label + "（" + field + "）选得太多，请改选整个区域");
    }
    return List.copyOf(codes);
  }

  /** The number of people, with the directory's own sum named where none was given. */
  int population(Outage outage, @Nullable Integer given) {
    int proposed = directory.population(outage.company, outage.districts, outage.places);
    String hint = proposed == 0 ? "" : "；按所选范围的名录合计约 " + proposed + " 人";
    if (given == null) {
      throw new Refused("affectedPopulation", "请填写影响人数（affectedPopulation）" + hint);
    }
    if (given < 0 || given > MOST_PEOPLE) {
      throw new Refused(
          "affectedPopulation", "影响人数（affectedPopulation）应为 0 到 " + MOST_PEOPLE + " 的整数" + hint);
    }
    outage.populationProposed = proposed == 0 ? null : proposed;
    outage.populationSource =
        proposed == 0 ? "TYPED" : proposed == given ? "DIRECTORY" : "CORRECTED";
    return given;
  }

  static List<Valve> valves(@Nullable List<OutageReport.ValveReport> given) {
    List<Valve> valves = new ArrayList<>();
    for (OutageReport.ValveReport valve :
        given == null ? List.<OutageReport.ValveReport>of() : given) {
      String where = "valves." + valves.size();
      if (valve == null) {
        throw new Refused(where, "阀门（" + where + "）不能为空");
      }
      valves.add(
          new Valve(
              Text.required(where + ".number", "阀门编号", valve.number(), 60),
              diameter(where + ".diameterMm", valve.diameterMm()),
              Text.orNull(Text.optional(where + ".place", "阀门地点", valve.place(), 100))));
    }
    mayBeSoMany(valves);
    return List.copyOf(valves);
  }

  /** One valve a line: number, diameter in millimetres, place. */
  static List<Valve> valves(@Nullable String lines) {
    List<Valve> valves = new ArrayList<>();
    String text = Text.optional("valves", "关闭阀门", lines, 4000);
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Matcher parts = VALVE.matcher(line.strip());
      if (!parts.matches()) {
        throw new Refused(
            "valves", "关闭阀门（valves）第" + number + "行应为：编号 口径 地点，例如 F-102 DN300 世纪大道路口");
      }
      valves.add(
          new Valve(
              Text.required("valves", "阀门编号", parts.group(1), 60),
              parts.group(2) == null ? null : diameter("valves", Integer.valueOf(parts.group(2))),
              parts.group(3) == null
                  ? null
                  : Text.orNull(Text.optional("valves", "阀门地点", parts.group(3), 100))));
    }
    mayBeSoMany(valves);
    return List.copyOf(valves);
  }

  private static void mayBeSoMany(List<Valve> valves) {
    if (valves.size() > MOST_VALVES) {
      throw new Refused("valves", "关闭阀门（valves）最多" + MOST_VALVES + "个");
    }
  }

  private static @Nullable Integer diameter(String field, @Nullable Integer given) {
    if (given != null && (given < 1 || given > WIDEST_MM)) {
      throw new Refused(field, "阀门口径（" + field + "）应为 1 到 " + WIDEST_MM + " 毫米");
    }
    return given;
  }

  static List<String> keyCustomers(@Nullable List<String> given) {
    Set<String> customers = new LinkedHashSet<>();
    for (String customer : given == null ? List.<String>of() : given) {
      customers.add(Text.required("keyCustomers", "重要用户", customer, 60));
    }
    if (customers.size() > MOST_CUSTOMERS) {
      throw new Refused("keyCustomers", "重要用户（keyCustomers）最多" + MOST_CUSTOMERS + "个");
    }
    return List.copyOf(customers);
  }

  /** Those chosen from the directory, and further names parted by 、 or a line. */
  static List<String> keyCustomers(@Nullable List<String> chosen, @Nullable String others) {
    List<String> customers = new ArrayList<>(chosen == null ? List.of() : chosen);
    for (String name :
        Text.optional("otherKeyCustomers", "名录以外的重要用户", others, 2000).split("[、，,;；\\n\\r]+", -1)) {
      if (!name.isBlank()) {
        customers.add(name.strip());
      }
    }
    return keyCustomers(customers);
  }
}
