package hotline.workorder;

import hotline.Actor;
import hotline.calendar.Step;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.platform.FormFields;
import hotline.platform.TaskScreen;
import hotline.regulation.Regulation;
import hotline.workorder.WorkOrderLists.Words;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person sees at a task: customer, place, history, and by which article it is due when. Read
 * from our tables when the form is opened; nothing of it is stored in the engine.
 */
@Component
class Screen implements TaskScreen {
  private static final int RECORD_LINES = 20;

  /** What stands in place of the customer for the party complained of (RQ-13). */
  private static final String COMPLAINED_OF = "本单投诉的是贵部门，投诉人的姓名、电话和地址不提供；需要联系的，请告知呼叫中心代为转达";

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

  private final WorkTasks tasks;
  private final WorkOrderRows rows;
  private final WorkOrderLists lists;
  private final WorkOrders orders;
  private final Regulation regulation;
  private final Organisation organisation;
  private final ObjectProvider<ScreenPart> parts;
  private final ObjectProvider<TaskPart> taskParts;
  private final TaskSubjects subjects;
  private final Clock clock;
  private final FormFields fields;

  Screen(
      WorkTasks tasks,
      WorkOrderRows rows,
      WorkOrderLists lists,
      WorkOrders orders,
      Regulation regulation,
      Organisation organisation,
      ObjectProvider<ScreenPart> parts,
      ObjectProvider<TaskPart> taskParts,
      TaskSubjects subjects,
      FormFields fields,
      Clock clock) {
    this.tasks = tasks;
    this.rows = rows;
    this.lists = lists;
    this.orders = orders;
    this.regulation = regulation;
    this.organisation = organisation;
    this.parts = parts;
    this.taskParts = taskParts;
    this.subjects = subjects;
    this.clock = clock;
    this.fields = fields;
  }

  @Override
  public Set<String> fields() {
    return fields.keys();
  }

  @Override
  public String goneSentence(String taskId) {
    return tasks.find(taskId).map(task -> gone(task, organisation)).orElse("该任务已由他人办理，请刷新列表");
  }

  static String gone(WorkTask task, Organisation organisation) {
    if (task.closedAt() == null) {
      return task.assignee() == null
          ? "该任务正由他人办理，请刷新列表"
          : "该任务已由 " + organisation.personName(task.assignee()) + " 认领，请刷新列表";
    }
    String who =
        task.closedBy() == null
            ? "流程自动结束"
            : "由 " + organisation.personName(task.closedBy()) + " 办理";
    return "该任务已于 "
        + Moments.text(task.closedAt(), organisation.company(task.company()).zone())
        + " "
        + who
        + "，请刷新列表";
  }

  @Override
  public String nameOf(String person) {
    return organisation.personName(person);
  }

  /** Within one transaction, so that each table's version is asked for once. */
  @Override
  @Transactional
  public Map<String, Object> show(String taskId, Actor reader) {
    Map<String, Object> fields = new LinkedHashMap<>();
    tasks
        .find(taskId)
        .ifPresent(
            task -> {
              subjects
                  .of(task.orderNumber())
                  .ifPresentOrElse(
                      subject -> subject.show(task, reader, fields),
                      () -> show(task, reader, fields));
              taskParts.orderedStream().forEach(part -> part.show(task, fields));
            });
    return fields;
  }

  private void show(WorkTask task, Actor reader, Map<String, Object> fields) {
    WorkOrder order = rows.read(task.orderNumber());
    boolean complainedOf = orders.isComplainedOf(order, reader);
    Words words =
        lists.words(order, reader, complainedOf ? Sight.WITHOUT_COMPLAINANT : Sight.MASKED);
    ZoneId zone = order.calendar.zone();
    Company company = organisation.company(order.company);
    fields.put("head", head(order));
    fields.put("due", due(order, task));
    fields.put("why", why(order, task.task(), zone));
    fields.put("owed", owed(order, task.task(), zone));
    fields.put(
        "customer",
        complainedOf
            ? COMPLAINED_OF
            : join("  ", order.callerName, Discretion.phone(order.phoneDigits)));
    fields.put(
        "place",
        join(
            "  ",
            order.district == null ? null : company.districtName(order.district),
            complainedOf ? null : order.address,
            complainedOf || order.facts.landmark == null ? null : "标志：" + order.facts.landmark));
    fields.put("matter", words.shown(order.description));
    fields.put("asked", words.shown(asked(order)));
    fields.put("instruction", words.shown(Text.orEmpty(order.instruction)));
    fields.put("guidance", Text.orEmpty(order.guidance));
    fields.put("limits", limits(order, zone));
    fields.put("record", words.shown(record(order, zone)));
    fields.put("missing", missing(order));
    fields.put("reply", words.shown(reply(order)));
    switch (task.task()) {
      case "complete-intake" -> intake(order, company, reader, fields);
      case "check-dispatch" -> {
        choices(order, company, fields);
        fields.put(
            "proposal",
            order.department == null
                ? ""
                : organisation.groupName(order.company + "." + order.department));
        fields.put(
            "levels",
            Levels.above(order.level()).stream()
                .filter(regulation.levels(order.company)::contains)
                .map(level -> Map.of("value", level, "label", Levels.label(level)))
                .toList());
        // chosen only where the checker deviates from the record
        fields.put("department", "");
        fields.put("category", "");
        fields.put("corrections", questions(order.company));
        around(order, reader, fields);
      }
      case "accept" -> around(order, reader, fields);
      case "report-work" -> {
        around(order, reader, fields);
        fields.put(
            "connected",
            order.department == null || company.department(order.department).connected());
      }
      case "record-completion" -> {
        fields.put("measures", Text.orEmpty(order.measures));
        fields.put("parts", Text.orEmpty(order.parts));
        if (order.cost != null) {
          fields.put("cost", new BigDecimal(order.cost));
        }
      }
      case "reply-to-platform" ->
          fields.put("platform", join(" ", order.externalPlatform, order.externalNumber));
      case "notify-by-phone" -> fields.put("head", head(order) + " · 请电话通知 " + contacts(order));
      default -> {}
    }
    // what was chosen at an earlier step must not be chosen beforehand at this one
    fields.put("outcome", "");
    if (task.task().equals("instruct-emergency") || task.task().equals("follow-up")) {
      fields.put("instruction", "");
    }
    Map<String, Object> more = new LinkedHashMap<>();
    parts.orderedStream().forEach(part -> part.show(task.task(), order, more));
    more.replaceAll((name, value) -> value instanceof String text ? words.shown(text) : value);
    fields.putAll(more);
  }

  /** Whom to phone in the department, and at which number. */
  private String contacts(WorkOrder order) {
    String group = order.company + "." + Text.orEmpty(order.department);
    List<String> contacts =
        organisation.members(group, clock.instant()).stream()
            .map(person -> join(" ", person.displayName(), person.phone()))
            .toList();
    return contacts.isEmpty() ? organisation.groupName(group) : String.join("、", contacts);
  }

  private void around(WorkOrder order, Actor reader, Map<String, Object> fields) {
    // earlier calls and the neighbourhood would say who complains
    boolean shown = !orders.isComplainedOf(order, reader);
    fields.put("earlier", shown ? String.join("\n", lists.earlier(order, reader)) : "");
    fields.put("nearby", shown ? String.join("\n", lists.nearby(order, reader)) : "");
  }

  private void intake(WorkOrder order, Company company, Actor reader, Map<String, Object> fields) {
    around(order, reader, fields);
    choices(order, company, fields);
    fields.put("file", String.join("\n", lists.file(order)));
    fields.put("callerPhone", order.callerPhone);
    fields.put("callerName", Text.orEmpty(order.callerName));
    fields.put("address", Text.orEmpty(order.address));
    fields.put("district", Text.orEmpty(order.district));
    fields.put("description", order.description);
    fields.put("wantsCallback", order.wantsCallback);
  }

  /** What the company takes, asks and says, its departments and districts. */
  private void choices(WorkOrder order, Company company, Map<String, Object> fields) {
    List<Map<String, String>> categories = new ArrayList<>();
    Map<String, List<Map<String, String>>> subcategories = new LinkedHashMap<>();
    Map<String, String> questions = new LinkedHashMap<>();
    Map<String, String> guidances = new LinkedHashMap<>();
    for (Regulation.Category category : regulation.categories(order.company)) {
      if (category.subcategory().isEmpty()) {
        categories.add(Map.of("value", category.code(), "label", category.rule().label()));
        questions.put(category.code(), category.rule().questions());
        guidances.put(category.code(), category.rule().guidance());
      } else {
        subcategories
            .computeIfAbsent(category.code(), code -> new ArrayList<>())
            .add(
                Map.of(
                    "value", category.subcategory(), "label", category.rule().subcategoryLabel()));
        guidances.put(category.code() + " " + category.subcategory(), category.rule().guidance());
      }
    }
    fields.put("categories", categories);
    fields.put("subcategories", subcategories);
    fields.put("questions", questions);
    fields.put("guidances", guidances);
    fields.put("departments", departments(company));
    List<Map<String, String>> districts = new ArrayList<>();
    company.districts().forEach(d -> districts.add(Map.of("value", d.code(), "label", d.name())));
    if (order.district != null && !company.hasDistrict(order.district)) {
      districts.add(Map.of("value", order.district, "label", order.district));
    }
    fields.put("districts", districts);
  }

  /** Whatever the company asks of any call; only that can be corrected. */
  private String questions(String company) {
    return regulation.categories(company).stream()
        .map(category -> category.rule().questions())
        .collect(Collectors.joining(" "));
  }

  private static List<Map<String, String>> departments(Company company) {
    return company.departments().stream()
        .map(d -> Map.of("value", d.code(), "label", d.name()))
        .toList();
  }

  private String head(WorkOrder order) {
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

  private static String due(WorkOrder order, WorkTask task) {
    Milestone milestone = WorkTasks.serves(task.task());
    return milestone == null
        ? ""
        : order.openClock(milestone).map(clock -> line(clock, order.calendar.zone())).orElse("");
  }

  private static String line(LimitClock clock, ZoneId zone) {
    return clock.sentence(zone)
        + (clock.breached ? " 已超期" : "")
        + (clock.originalDueAt == null ? "" : "，原时限 " + Moments.text(clock.originalDueAt, zone));
  }

  /** The ledger of counted and skipped time: why it is due just then. */
  private static String why(WorkOrder order, String task, ZoneId zone) {
    Milestone milestone = WorkTasks.serves(task);
    return milestone == null
        ? ""
        : order.openClock(milestone).map(clock -> why(order, clock, zone)).orElse("");
  }

  /** The same for everything else that runs, each with its article. */
  private static String owed(WorkOrder order, String task, ZoneId zone) {
    Milestone own = WorkTasks.serves(task);
    LimitClock shown = own == null ? null : order.openClock(own).orElse(null);
    return order.clocks.stream()
        .filter(clock -> clock.runs() && clock != shown)
        .sorted(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt)))
        .map(clock -> clock.milestone.label() + "：" + why(order, clock, zone))
        .collect(Collectors.joining("\n\n"));
  }

  private static String why(WorkOrder order, LimitClock clock, ZoneId zone) {
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

  private static String limits(WorkOrder order, ZoneId zone) {
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

  private String record(WorkOrder order, ZoneId zone) {
    List<Event> events = rows.events(order.number);
    int from = Math.max(0, events.size() - RECORD_LINES);
    List<String> lines = new ArrayList<>();
    for (Event event : events.subList(from, events.size())) {
      lines.add(
          join(
              "  ",
              Moments.text(event.at(), zone),
              nameOf(event.by()),
              event.verb(),
              event.note()));
    }
    return String.join("\n", lines);
  }

  private static String asked(WorkOrder order) {
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

  private static String missing(WorkOrder order) {
    return order.missing == null
        ? ""
        : String.join(
            "、",
            hotline.regulation.Words.of(order.missing).stream().map(Questions::label).toList());
  }

  private static String reply(WorkOrder order) {
    return join(
        "\n",
        order.result,
        order.measures == null ? null : "措施：" + order.measures,
        order.parts == null ? null : "更换部件：" + order.parts,
        order.cost == null ? null : "费用：" + order.cost + " 元",
        order.worker == null ? null : "承办人：" + order.worker);
  }

  private static String join(String separator, @Nullable String... parts) {
    List<String> given = new ArrayList<>();
    for (String part : parts) {
      if (part != null && !part.isBlank()) {
        given.add(part);
      }
    }
    return String.join(separator, given);
  }
}
