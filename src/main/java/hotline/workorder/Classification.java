package hotline.workorder;

import hotline.Actor;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.regulation.GradingRule;
import hotline.regulation.Matter;
import hotline.regulation.Regulation;
import hotline.regulation.RoutingRule;
import hotline.regulation.TimeLimitRule;
import hotline.workorder.Commands.CheckDispatch;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How urgent an order is, who is responsible and by when: asked of the company's tables, with what
 * the records show of the same matter, and asked anew when the order is corrected or the count is
 * reached (RQ-14.6L).
 */
@Component
public class Classification {
  private final OpenOrders open;
  private final SameMatters sameMatters;
  private final IntakeFields fields;
  private final Regulation regulation;
  private final Organisation organisation;
  private final Telling telling;
  private final Clock clock;

  Classification(
      OpenOrders open,
      SameMatters sameMatters,
      IntakeFields fields,
      Regulation regulation,
      Organisation organisation,
      Telling telling,
      Clock clock) {
    this.open = open;
    this.sameMatters = sameMatters;
    this.fields = fields;
    this.regulation = regulation;
    this.organisation = organisation;
    this.telling = telling;
    this.clock = clock;
  }

  /** Where a graded and routed order goes. */
  public record Responsibility(
      boolean customerResponsible,
      boolean checkNeeded,
      String department,
      String checkBy,
      List<String> checkers,
      boolean instructionNeeded,
      String instructBy) {}

  /** Grades the order, finds who is responsible, and takes the promises the tables give. */
  public Responsibility classify(String number) {
    WorkOrder order = open.hold(number);
    Instant now = clock.instant();
    Optional<GradingRule> grading = grade(order, now);
    if (order.clocks.isEmpty()) {
      order.promise(limits(order));
    } else {
      // typed calls have a limit before they have a category
      order.promiseAnew(now, limits(order));
    }
    Optional<RoutingRule> found = routing(order);
    if (found.isEmpty() && order.assignedDepartment == null) {
      order.note(Actor.SYSTEM, now, "责任表无对应行", "转调度员定责，请流程设计员补充责任表", null);
      order.mustBeChecked();
      return responsible(order, true, "dispatcher", grading, now);
    }
    String checkBy =
        found.map(RoutingRule::checkBy).filter(who -> !who.isEmpty()).orElse("dispatcher");
    if (order.assignedDepartment != null) {
      found.ifPresent(rule -> order.routed(now, rule, departmentName(order, rule.department())));
      order.department = order.assignedDepartment;
      order.missing = null;
      boolean byHand = !order.recordedBy.equals(Actor.SYSTEM.id());
      boolean mustCheck = byHand && found.map(r -> !r.checkBy().isEmpty()).orElse(false);
      if (mustCheck) {
        order.mustBeChecked();
      }
      return responsible(order, mustCheck, checkBy, grading, now);
    }
    RoutingRule rule = found.orElseThrow();
    order.routed(now, rule, departmentName(order, rule.department()));
    if (rule.customerResponsible()) {
      order.answered(Actor.SYSTEM, now, rule.guidance(), rule.article());
      return new Responsibility(true, false, "", checkBy, List.of(), false, "");
    }
    boolean known = organisation.company(order.company).hasDepartment(rule.department());
    if (!known) {
      order.department = null;
    }
    boolean checkNeeded = !known || !rule.checkBy().isEmpty();
    if (checkNeeded) {
      order.mustBeChecked();
    }
    return responsible(order, checkNeeded, checkBy, grading, now);
  }

  private Responsibility responsible(
      WorkOrder order,
      boolean checkNeeded,
      String checkBy,
      Optional<GradingRule> grading,
      Instant now) {
    Optional<GradingRule> head = grading.filter(rule -> !rule.instructBy().isEmpty());
    head.ifPresent(rule -> askForInstruction(order, rule, now));
    return new Responsibility(
        false,
        checkNeeded,
        Text.orEmpty(order.department),
        checkBy.split(" ", 2)[0],
        Groups.of(order, checkBy),
        head.isPresent(),
        head.map(rule -> Groups.of(order, rule.instructBy()).get(0)).orElse(""));
  }

  /** Who checks the order before it is dispatched, as the table says. */
  List<String> checkers(WorkOrder order) {
    return Groups.of(
        order,
        routing(order)
            .map(RoutingRule::checkBy)
            .filter(who -> !who.isEmpty())
            .orElse("dispatcher"));
  }

  /** The head is asked at once, whoever is responsible in the end (YF-10, RQ-15.2e, RL-6). */
  private void askForInstruction(WorkOrder order, GradingRule rule, Instant now) {
    if (order.openClock(Milestone.INSTRUCT).isPresent()) {
      return;
    }
    if (!rule.instructWithin().isEmpty()) {
      order.promiseFrom(
          now,
          Milestone.INSTRUCT,
          rule.instructWithin(),
          rule.instructBy(),
          "shift-supervisor",
          rule.article(),
          rule.basis());
    }
    order.instructionWantedFrom = String.join(",", Groups.of(order, rule.instructBy()));
    telling.emergency(order, rule.instructBy(), now);
  }

  // ---- the records of the same matter

  private Optional<GradingRule> grade(WorkOrder order, Instant now) {
    List<SameMatters.Other> others = counts(order) ? sameMatters.of(order) : List.of();
    count(order, others);
    Optional<GradingRule> grading = regulation.grading(order.company, order.matter());
    grading.ifPresent(rule -> order.graded(now, rule));
    if (grading.isEmpty()) {
      order.level = "NORMAL";
      order.note(Actor.SYSTEM, now, "分级表无对应行", "按 NORMAL 处理，请流程设计员补充分级表", null);
    }
    if (!others.isEmpty()) {
      String evidence = evidence(order, others);
      order.note(
          Actor.SYSTEM, now, "同一事项", evidence, grading.map(GradingRule::article).orElse(null));
      raiseOthers(order, others, evidence, now);
    }
    return grading;
  }

  /** Whether the company's grading table asks for counts in this category. */
  private boolean counts(WorkOrder order) {
    return regulation.gradesByCount(order.company, order.category());
  }

  private static void count(WorkOrder order, List<SameMatters.Other> others) {
    order.counted(
        1 + (int) others.stream().filter(o -> o.phoneDigits().equals(order.phoneDigits)).count(),
        complainants(order, others));
  }

  /** Different telephones within the month back from the order, its own among them. */
  private static int complainants(WorkOrder order, List<SameMatters.Other> others) {
    TreeSet<String> phones = new TreeSet<>();
    phones.add(order.phoneDigits);
    inMonth(order, others).forEach(other -> phones.add(other.phoneDigits()));
    return phones.size();
  }

  private static List<SameMatters.Other> inMonth(WorkOrder order, List<SameMatters.Other> others) {
    Instant from = order.receivedAt.minus(SameMatters.MONTH);
    return others.stream().filter(other -> !other.receivedAt().isBefore(from)).toList();
  }

  private static String evidence(WorkOrder order, List<SameMatters.Other> others) {
    long own = others.stream().filter(o -> o.phoneDigits().equals(order.phoneDigits)).count();
    return "该客户就同一事项第"
        + (own + 1)
        + "次反映；"
        + SameMatters.MONTH.toDays()
        + "日内共有"
        + complainants(order, others)
        + "名不同客户反映；相关工单："
        + others.stream()
            .map(SameMatters.Other::number)
            .skip(Math.max(0, others.size() - 20))
            .collect(Collectors.joining("、"));
  }

  /** Running orders of the matter rise with the count that this one has reached (RQ-14.6L). */
  private void raiseOthers(
      WorkOrder order, List<SameMatters.Other> others, String evidence, Instant now) {
    Map<String, SameMatters.Other> running =
        others.stream()
            .filter(SameMatters.Other::isOpen)
            .collect(Collectors.toMap(SameMatters.Other::number, Function.identity()));
    for (String number : new TreeSet<>(running.keySet())) {
      WorkOrder other = open.hold(number);
      if (other.status.isClosed()) {
        continue;
      }
      boolean same = other.phoneDigits.equals(order.phoneDigits);
      int repeats =
          (same ? 1 : 0)
              + (int)
                  others.stream().filter(o -> o.phoneDigits().equals(other.phoneDigits)).count();
      boolean recent = inMonth(order, others).contains(Objects.requireNonNull(running.get(number)));
      other.counted(repeats, recent ? complainants(order, others) : 1);
      regulation
          .grading(other.company, other.matter())
          .filter(rule -> Levels.isHigher(rule.level(), other.level()))
          .ifPresent(
              rule ->
                  raise(Actor.SYSTEM, other, rule, "由 " + order.number + " 触发；" + evidence, now));
    }
  }

  private void raise(Actor by, WorkOrder order, GradingRule rule, String evidence, Instant now) {
    String before = routing(order).map(RoutingRule::department).orElse("");
    order.raised(
        by,
        now,
        rule,
        evidence,
        regulation.timeLimits(order.company, order.matter(), rule.level(), order.isRework()));
    if (!rule.instructBy().isEmpty()) {
      askForInstruction(order, rule, now);
    }
    if (order.isWithDepartment()) {
      telling.raised(order, now);
    }
    // whom the table names for the higher level leads from now on, whoever is at work (RQ-11.2)
    routing(order)
        .filter(route -> !route.department().equals(before))
        .ifPresent(route -> order.routed(now, route, departmentName(order, route.department())));
  }

  // ---- the check before dispatch

  /**
   * What the checker corrects of the record, and how the order is graded and routed then (RL-3.2,
   * WX-1.2, WX-1.4a, RQ-15.3); answers the department that is to act.
   */
  String check(WorkOrder order, Actor by, CheckDispatch form) {
    Instant now = clock.instant();
    boolean markedUrgent = Boolean.TRUE.equals(order.facts.urgent);
    if (corrected(order, by, form, now)) {
      String before = order.level();
      Optional<GradingRule> grading = grade(order, now);
      boolean markTakenBack = markedUrgent && Boolean.FALSE.equals(order.facts.urgent);
      if (Levels.isHigher(before, order.level()) && form.category() == null && !markTakenBack) {
        order.level = before;
      }
      boolean asked = order.articleOf(Milestone.INSTRUCT) != null || order.instruction != null;
      grading
          .filter(rule -> !rule.instructBy().isEmpty() && !asked)
          .ifPresent(rule -> askForInstruction(order, rule, now));
      routing(order)
          .ifPresent(rule -> order.routed(now, rule, departmentName(order, rule.department())));
      order.promiseAnew(now, limits(order));
    }
    raiseByHand(order, by, form, now);
    return department(order, form);
  }

  private boolean corrected(WorkOrder order, Actor by, CheckDispatch form, Instant now) {
    List<String> changed = new ArrayList<>();
    if (given(form.category()) || given(form.subcategory())) {
      String category = given(form.category()) ? form.category() : order.category;
      fields.classify(order, "category", category, "subcategory", form.subcategory());
      changed.add("类别");
    }
    if (given(form.address()) || given(form.district())) {
      fields.setPlace(
          order,
          "",
          given(form.address()) ? form.address() : order.address,
          given(form.district()) ? form.district() : order.district);
      changed.add("地点");
    }
    Facts facts = new Facts();
    facts.urgent = form.urgent();
    facts.meterSide = given(form.meterSide()) ? form.meterSide() : null;
    facts.asset = given(form.asset()) ? form.asset() : null;
    facts.networkPart = given(form.networkPart()) ? form.networkPart() : null;
    facts.underWarranty = form.underWarranty();
    facts.departmentComplainedOf =
        given(form.departmentComplainedOf()) ? form.departmentComplainedOf() : null;
    Facts both = fields.checked(order.company, facts, "").over(order.facts);
    if (!both.equals(order.facts)) {
      changed.add("已问情况");
      order.facts = both;
    }
    regulation
        .intake(order.company, order.category(), Text.orEmpty(order.subcategory))
        .ifPresent(order::classified);
    if (!changed.isEmpty()) {
      order.note(by, now, "更正登记内容", String.join("、", changed), null);
    }
    return !changed.isEmpty();
  }

  private static boolean given(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /** The customer's importance may raise a level by hand, never lower it (C7). */
  private void raiseByHand(WorkOrder order, Actor by, CheckDispatch form, Instant now) {
    String wanted = Text.optional("level", "级别", form.level(), 20);
    if (wanted.isEmpty() || wanted.equals(order.level())) {
      return;
    }
    if (!Levels.isHigher(wanted, order.level())
        || !regulation.levels(order.company).contains(wanted)) {
      throw new Refused(
          "level", "级别（level）只能上调，当前为“" + Levels.label(order.level()) + "”，请改选更高的级别或不选");
    }
    String why = Text.required("note", "上调级别的理由", form.note(), 1000);
    GradingRule rule =
        regulation
            .levelOf(order.company, order.category(), wanted)
            .orElse(new GradingRule(wanted, order.emergency, "", "", "DEFAULT", "人工上调"));
    raise(by, order, rule, why, now);
  }

  /** By hand, or else as the tables say. */
  private String department(WorkOrder order, CheckDispatch form) {
    if (!given(form.department())) {
      if (order.department == null) {
        throw new Refused("department", "请选择承办部门（department）；规程没有指明由谁承办");
      }
      return order.department;
    }
    return chosen(order, form.department());
  }

  /** A department chosen by hand: never the one complained of where the tables avoid it (RQ-13). */
  String chosen(WorkOrder order, @Nullable String given) {
    String chosen = fields.department(order.company, "department", given);
    boolean complainedOf = chosen.equals(order.facts.departmentComplainedOf);
    Optional<RoutingRule> rule = complainedOf ? routing(order) : Optional.empty();
    if (rule.isPresent()
        && !rule.get().department().isEmpty()
        && !rule.get().department().equals(chosen)) {
      throw new Refused(
          "department", "被投诉的部门不得承办本单（" + rule.get().basis() + "），请另选承办部门（department）");
    }
    return chosen;
  }

  // ---- the tables

  Optional<RoutingRule> routing(WorkOrder order) {
    return regulation.routing(order.company, order.matter(), order.level());
  }

  /** The unit that the tables name for such an order; empty when none, or the customer is. */
  String unit(WorkOrder order) {
    Matter matter = order.matter();
    String level =
        regulation.grading(order.company, matter).map(GradingRule::level).orElse("NORMAL");
    return regulation
        .routing(order.company, matter, level)
        .filter(rule -> !rule.customerResponsible())
        .map(RoutingRule::department)
        .orElse("");
  }

  List<TimeLimitRule> limits(WorkOrder order) {
    return regulation.timeLimits(order.company, order.matter(), order.level(), order.isRework());
  }

  String departmentName(WorkOrder order, String code) {
    return code.isEmpty() ? "" : organisation.groupName(order.company + "." + code);
  }
}
