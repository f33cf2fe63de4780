package hotline.outage;

import hotline.Actor;
import hotline.organisation.Company;
import hotline.organisation.Directory;
import hotline.organisation.Organisation;
import hotline.organisation.Place;
import hotline.organisation.PlaceKind;
import hotline.regulation.DutyRule;
import hotline.workorder.Discretion;
import hotline.workorder.Event;
import hotline.workorder.Moments;
import hotline.workorder.TaskSubject;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTask;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What people see at the tasks of an outage: the report, the duty with its article and why it is
 * due then, the list of those to phone, and what has been done.
 */
@Component
class OutageTasks implements TaskSubject {
  private static final int RECORD_LINES = 20;
  private static final Map<String, String> ORIGINS =
      Map.of("NETWORK", "管网", "PLANT", "厂站", "BOOSTER_STATION", "加压泵站");

  private final OpenOutages open;
  private final OutageRows rows;
  private final OutageViews views;
  private final Organisation organisation;
  private final Directory directory;
  private final WorkOrders orders;

  OutageTasks(
      OpenOutages open,
      OutageRows rows,
      OutageViews views,
      Organisation organisation,
      Directory directory,
      WorkOrders orders) {
    this.open = open;
    this.rows = rows;
    this.views = views;
    this.organisation = organisation;
    this.directory = directory;
    this.orders = orders;
  }

  @Override
  public boolean owns(String number) {
    return Outages.owns(number);
  }

  @Override
  public Showing showing(String number, String task, @Nullable String part) {
    Outage outage = open.look(number);
    Optional<Duty> duty = outage.duty(part);
    return new Showing(
        outage.company,
        effect(outage),
        duty.map(found -> found.rule.label())
            .orElse(task.equals("recover-order") ? "处理无人负责的停供" : null),
        duty.map(found -> found.rule.article()).orElse(outage.reporterArticle),
        outage.isPlanned() ? 60 : 80);
  }

  @Override
  public Object view(String number, Actor actor) {
    return views.of(number, actor);
  }

  /** 停水, 减压供水: as the company calls it. */
  private String effect(Outage outage) {
    return organisation.company(outage.company).supply().effect(outage.effect);
  }

  @Override
  public void show(WorkTask task, Actor reader, Map<String, Object> fields) {
    Outage outage = rows.read(task.orderNumber());
    ZoneId zone = outage.calendar.zone();
    fields.put("outcome", "");
    fields.put("head", head(outage));
    fields.put("report", report(outage));
    fields.put("duties", duties(outage));
    fields.put("record", record(outage, zone));
    outage
        .duty(task.part())
        .ifPresent(
            duty -> {
              fields.put("due", outage.sentence(duty) + (duty.breached ? " 已超期" : ""));
              fields.put("why", why(outage, duty));
              fields.put("label", duty.rule.label());
              fields.put("contacts", contacts(duty, reader));
              fields.put("contactsLeft", choices(duty, reader));
            });
    switch (task.task()) {
      case "determine-range" -> range(outage, fields);
      case "follow-outage" -> {
        fields.put("running", outage.status == OutageStatus.RUNNING);
        fields.put("end", local(outage.end, zone));
        if (outage.status != OutageStatus.RUNNING) {
          fields.put("start", local(outage.start, zone));
        }
        fields.put("area", outage.area);
        choices(outage, fields);
        fields.put("affectedDistricts", outage.districts);
        fields.put("affectedPlaces", outage.places);
        fields.put("keyCustomers", outage.keyCustomers);
        if (outage.affectedPopulation != null) {
          fields.put("affectedPopulation", outage.affectedPopulation);
        }
        fields.put("due", due(outage));
      }
      default -> {}
    }
  }

  private String head(Outage outage) {
    return outage.number
        + " · "
        + (outage.isPlanned() ? "计划" : "突发")
        + effect(outage)
        + " · "
        + ORIGINS.getOrDefault(outage.origin, outage.origin)
        + " · "
        + outage.status.label()
        + (outage.revision > 0 && outage.changeNote != null ? " · " + outage.changeNote : "");
  }

  private static String due(Outage outage) {
    return outage.status == OutageStatus.ANNOUNCED
        ? "将于 " + Moments.text(outage.start, outage.calendar.zone()) + " 开始"
        : "预计 " + Moments.text(outage.end, outage.calendar.zone()) + " 恢复";
  }

  private String report(Outage outage) {
    Company company = organisation.company(outage.company);
    List<String> lines = new ArrayList<>();
    lines.add("时间：" + outage.period());
    lines.add(
        "范围："
            + outage.districts.stream().map(company::districtName).collect(Collectors.joining("、"))
            + (outage.districts.isEmpty() ? "" : "  ")
            + outage.area);
    if (outage.affectedPopulation != null) {
      lines.add(
          "影响人数："
              + outage.affectedPopulation
              + " 人"
              + (outage.populationProposed == null
                  ? ""
                  : "（名录合计 " + outage.populationProposed + " 人）"));
    }
    if (!outage.keyCustomers.isEmpty()) {
      lines.add(
          "重要用户："
              + outage.keyCustomers.stream()
                  .map(
                      named ->
                          directory
                              .keyCustomer(outage.company, named)
                              .map(Place::name)
                              .orElse(named))
                  .collect(Collectors.joining("、")));
    }
    if (outage.mainRoad) {
      lines.add("在主干道路上施工");
    }
    if (!outage.valves.isEmpty()) {
      lines.add(
          "关闭阀门 "
              + outage.valves.size()
              + " 个："
              + outage.valves.stream().map(Valve::words).collect(Collectors.joining("；")));
    }
    if (!outage.reason.isEmpty()) {
      lines.add("原因：" + outage.reason);
    }
    if (outage.measures != null) {
      lines.add("应急措施：" + outage.measures);
    }
    return String.join("\n", lines);
  }

  private String duties(Outage outage) {
    ZoneId zone = outage.calendar.zone();
    return outage.duties.stream()
        .map(
            duty ->
                duty.status.label()
                    + "  "
                    + duty.rule.label()
                    + "（"
                    + organisation.groupName(duty.groups.get(0))
                    + "，"
                    + duty.rule.plainArticle()
                    + "）"
                    + (duty.doneAt != null
                        ? " " + Moments.text(duty.doneAt, zone)
                        : duty.dueAt == null ? "" : " 应于 " + Moments.text(duty.dueAt, zone) + " 前")
                    + (duty.breached ? " 超期" : ""))
        .collect(Collectors.joining("\n"));
  }

  private String record(Outage outage, ZoneId zone) {
    List<Event> events = rows.events(outage.number);
    return events.subList(Math.max(0, events.size() - RECORD_LINES), events.size()).stream()
        .map(
            event ->
                Moments.text(event.at(), zone)
                    + "  "
                    + organisation.personName(event.by())
                    + "  "
                    + event.verb()
                    + (event.note() == null ? "" : "  " + event.note()))
        .collect(Collectors.joining("\n"));
  }

  private static String why(Outage outage, Duty duty) {
    ZoneId zone = outage.calendar.zone();
    Instant opened = duty.openedAt;
    String from = opened == null ? "" : "自 " + Moments.text(opened, zone) + " 起可办，";
    if (duty.rule.leadTime().isEmpty() || duty.comesTooLate(clockOf(duty), outage.start)) {
      return from
          + duty.rule.within()
          + "内办到"
          + (duty.rule.leadTime().isEmpty()
              ? ""
              : "；本应在开始前"
                  + duty.rule.leadTime().replace(DutyRule.BEFORE_START, "")
                  + "办到，已不足，须立即办理")
          + "（"
          + duty.rule.basis()
          + "）";
    }
    return from
        + "开始时间 "
        + Moments.text(outage.start, zone)
        + (duty.rule.leadTime().equals(DutyRule.BEFORE_START)
            ? " 前办到"
            : " 减去 " + duty.rule.leadTime())
        + "（"
        + duty.rule.basis()
        + "）";
  }

  /** The moment at which it was decided whether the lead could be kept. */
  private static Instant clockOf(Duty duty) {
    return duty.openedAt == null ? Instant.MIN : duty.openedAt;
  }

  private String contacts(Duty duty, Actor reader) {
    return duty.contacts.stream()
        .map(
            contact ->
                contact.standing.label()
                    + "  "
                    + who(contact, reader, false)
                    + (contact.attempts.isEmpty() ? "" : "  已打 " + contact.attempts.size() + " 次")
                    + lastSaid(contact))
        .collect(Collectors.joining("\n"));
  }

  private static String lastSaid(Contact contact) {
    if (contact.attempts.isEmpty()) {
      return "";
    }
    Attempt last = contact.attempts.get(contact.attempts.size() - 1);
    return (last.spokeWith() == null ? "" : "  接听人 " + last.spokeWith())
        + (last.note() == null ? "" : "  " + last.note());
  }

  /**
   * Name and number of whom to phone; a caller's are read from the order, the whole number as long
   * as the call is owed, and neither when the order complains of the reader's department (RQ-13).
   */
  private String who(Contact contact, Actor reader, boolean toBeCalled) {
    if (contact.orderNumber != null) {
      WorkOrder order = orders.look(contact.orderNumber);
      if (orders.isComplainedOf(order, reader)) {
        return "来电客户（号码不提供，请由呼叫中心电话告知）";
      }
      String phone = toBeCalled ? order.callerPhone() : Discretion.phone(order.phoneDigits());
      return order.callerName() + " " + phone + "（" + contact.orderNumber + "）";
    }
    return contact.name
        + (contact.person == null ? "" : " " + contact.person)
        + " "
        + (contact.phone == null ? "（名录中没有电话）" : contact.phone);
  }

  private List<Map<String, String>> choices(Duty duty, Actor reader) {
    return duty.contacts.stream()
        .filter(Contact::isOpen)
        .map(contact -> Map.of("value", contact.code, "label", who(contact, reader, true)))
        .toList();
  }

  // ---- determining the range

  private void range(Outage outage, Map<String, Object> fields) {
    ZoneId zone = outage.calendar.zone();
    fields.put("due", outage.isPlanned() ? "计划开始 " + Moments.text(outage.start, zone) : "");
    fields.put("effect", outage.effect);
    fields.put("area", outage.area);
    fields.put("reason", outage.reason);
    fields.put("start", local(outage.start, zone));
    fields.put("end", local(outage.end, zone));
    choices(outage, fields);
  }

  /** What a range may be made of: the company's districts and its directory. */
  private void choices(Outage outage, Map<String, Object> fields) {
    Company company = organisation.company(outage.company);
    List<Place> all = directory.of(outage.company);
    fields.put(
        "districts",
        company.districts().stream()
            .map(
                district ->
                    Map.of(
                        "value",
                        district.code(),
                        "label",
                        district.name() + people(all, district.code())))
            .toList());
    fields.put(
        "places",
        all.stream()
            .filter(
                place ->
                    place.kind() != PlaceKind.DISTRICT && place.kind() != PlaceKind.KEY_CUSTOMER)
            .map(place -> choice(company, place))
            .toList());
    List<Map<String, String>> customers = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    for (Place place : all) {
      if (place.kind() == PlaceKind.KEY_CUSTOMER) {
        customers.add(choice(company, place));
        codes.add(place.code());
      }
    }
    outage.keyCustomers.stream()
        .filter(named -> !codes.contains(named))
        .forEach(named -> customers.add(Map.of("value", named, "label", named)));
    fields.put("customers", customers);
    fields.put("populations", all.stream().map(OutageTasks::population).toList());
  }

  private static String people(List<Place> all, String district) {
    return all.stream()
        .filter(place -> place.kind() == PlaceKind.DISTRICT && place.code().equals(district))
        .findFirst()
        .map(place -> "（" + place.population() + "人）")
        .orElse("");
  }

  private static Map<String, String> choice(Company company, Place place) {
    String district = place.district();
    return Map.of(
        "value",
        place.code(),
        "label",
        place.name()
            + "（"
            + place.kind().label()
            + (district == null ? "" : "，" + company.districtName(district))
            + (place.population() == 0 ? "" : "，" + place.population() + "人")
            + "）");
  }

  private static Map<String, Object> population(Place place) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("code", place.code());
    entry.put("whole", place.kind() == PlaceKind.DISTRICT);
    entry.put("district", place.district() == null ? "" : place.district());
    entry.put("people", place.population());
    return entry;
  }

  /** As a date field of a form is filled. */
  private static String local(Instant at, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
  }
}
