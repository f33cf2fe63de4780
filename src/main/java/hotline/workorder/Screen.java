package hotline.workorder;

import hotline.Actor;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.platform.FormFields;
import hotline.platform.TaskScreen;
import hotline.regulation.Regulation;
import hotline.workorder.WorkOrderLists.Words;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

  private final WorkTasks tasks;
  private final WorkOrderRows rows;
  private final OrderTexts texts;
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
      OrderTexts texts,
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
    this.texts = texts;
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
    Company company = organisation.company(order.company);
    fields.put("head", texts.head(order));
    fields.put("due", due(order, task));
    fields.put("why", why(order, task.task()));
    fields.put("owed", owed(order, task.task()));
    fields.put("customer", complainedOf ? OrderTexts.COMPLAINED_OF : OrderTexts.customer(order));
    fields.put("place", texts.place(order, !complainedOf));
    fields.put("matter", words.shown(order.description));
    fields.put("asked", words.shown(OrderTexts.asked(order)));
    fields.put("instruction", words.shown(Text.orEmpty(order.instruction)));
    fields.put("guidance", Text.orEmpty(order.guidance));
    fields.put("limits", OrderTexts.limits(order));
    fields.put("record", words.shown(texts.record(order, RECORD_LINES, UnaryOperator.identity())));
    fields.put("missing", OrderTexts.missing(order));
    fields.put("reply", words.shown(OrderTexts.reply(order)));
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
          fields.put(
              "platform", OrderTexts.join(" ", order.externalPlatform, order.externalNumber));
      case "notify-by-phone" ->
          fields.put("head", texts.head(order) + " · 请电话通知 " + contacts(order));
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
            .map(person -> OrderTexts.join(" ", person.displayName(), person.phone()))
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

  private static String due(WorkOrder order, WorkTask task) {
    Milestone milestone = WorkTasks.serves(task.task());
    return milestone == null
        ? ""
        : order
            .openClock(milestone)
            .map(clock -> OrderTexts.line(clock, order.calendar.zone()))
            .orElse("");
  }

  /** The ledger of counted and skipped time: why it is due just then. */
  private static String why(WorkOrder order, String task) {
    Milestone milestone = WorkTasks.serves(task);
    return milestone == null
        ? ""
        : order.openClock(milestone).map(clock -> OrderTexts.why(order, clock)).orElse("");
  }

  /** The same for everything else that runs, each with its article. */
  private static String owed(WorkOrder order, String task) {
    Milestone own = WorkTasks.serves(task);
    LimitClock shown = own == null ? null : order.openClock(own).orElse(null);
    return order.clocks.stream()
        .filter(clock -> clock.runs() && clock != shown)
        .sorted(Comparator.comparing(clock -> Objects.requireNonNull(clock.dueAt)))
        .map(clock -> clock.milestone.label() + "：" + OrderTexts.why(order, clock))
        .collect(Collectors.joining("\n\n"));
  }
}
