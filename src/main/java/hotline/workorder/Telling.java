package hotline.workorder;

import hotline.Actor;
import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notice;
import hotline.notice.NoticeStatus;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import hotline.platform.EngineTasks;
import hotline.regulation.Regulation;
import hotline.regulation.Words;
import hotline.workorder.WorkOrder.LimitAlert;
import hotline.workorder.process.WorkOrderProcess;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells people of an order through the outbox, by e-mail where they have an address and by phone
 * where not. Nothing personal of the caller leaves the building: number, category and limit only.
 */
@Component
class Telling {
  private final Notices notices;
  private final Organisation organisation;
  private final Regulation regulation;
  private final WorkTasks tasks;
  private final WorkOrderProcess process;
  private final EngineTasks engine;

  Telling(
      Notices notices,
      Organisation organisation,
      Regulation regulation,
      WorkTasks tasks,
      WorkOrderProcess process,
      EngineTasks engine) {
    this.notices = notices;
    this.organisation = organisation;
    this.regulation = regulation;
    this.tasks = tasks;
    this.process = process;
    this.engine = engine;
  }

  /** Whoever is on duty in the department learns of the order (YF-8c, YF-9b). */
  void dispatch(WorkOrder order, Instant now) {
    String accepts = order.acceptedBy();
    String others =
        accepts.contains("DEPARTMENT ") || accepts.equals("DEPARTMENT") ? "" : " DEPARTMENT";
    tell(order, accepts + others, Purpose.DISPATCH, "请接单", limitsText(order), now);
    if (order.supervisor != null) {
      tell(order, order.supervisor, Purpose.ESCALATION, "请监督", limitsText(order), now);
    }
  }

  /** The head who must instruct is told at once. */
  void emergency(WorkOrder order, String headWords, Instant now) {
    tell(order, headWords, Purpose.ESCALATION, "突发紧急，请指示", limitsText(order), now);
  }

  /** The responsible department's head is informed as well (YF-10). */
  void emergencyInDepartment(WorkOrder order, Instant now) {
    tell(order, "DEPARTMENT_LEADER", Purpose.ESCALATION, "突发紧急", limitsText(order), now);
  }

  /** Whom the intake table names learns of the call as it is recorded (YF-A9). */
  void atOnce(WorkOrder order, String words, Instant now) {
    tell(order, words, Purpose.ESCALATION, "已登记，请知悉", "请登录系统查看。", now);
  }

  /**
   * The level has risen: whoever acts and whoever supervises learns what is owed now (RQ-14.6L).
   */
  void raised(WorkOrder order, Instant now) {
    tell(
        order,
        "DEPARTMENT DEPARTMENT_LEADER " + Text.orEmpty(order.supervisor),
        Purpose.ESCALATION,
        "已升级为" + Levels.label(order.level()),
        limitsText(order),
        now);
  }

  /** The centre learns how far the work is (RQ-11.2, RL-8.3). */
  void progress(WorkOrder order, Instant now) {
    tell(order, centre(order), Purpose.WARNING, "承办部门报告进度", "请登录系统查看。", now);
  }

  void supplyAffected(WorkOrder order, Instant now) {
    tell(order, centre(order), Purpose.ESCALATION, "现场报告：影响供应", "请核实是否须发布停供信息。", now);
  }

  /** An emergency that was none: whoever dispatched it learns so at once (RL-4). */
  void voidEmergency(WorkOrder order, Instant now) {
    tell(order, centre(order), Purpose.ESCALATION, "经现场勘查为无效报险", "请登录系统查看。", now);
  }

  /** Those who dispatch, and who supervises this order. */
  private static String centre(WorkOrder order) {
    return "dispatcher " + Text.orEmpty(order.supervisor);
  }

  /** Why it is late; own fault goes to whom the extension table names (WX-1.4c). */
  void delay(WorkOrder order, String cause, String tellAlso, Instant now) {
    tell(
        order,
        cause.equals("OWN") ? tellAlso : "DEPARTMENT",
        Purpose.ESCALATION,
        cause.equals("OWN") ? "超期属本单位原因" : "超期属客观原因，需延长的请申请延期",
        "请登录系统查看原因和责任方。",
        now);
  }

  boolean isBeingAsked(WorkOrder order) {
    return isOpen(order, "inquire-delay");
  }

  void instruction(WorkOrder order, Instant now) {
    tell(order, "DEPARTMENT", Purpose.ESCALATION, "领导已下达处置意见", "请登录系统查看处置意见并照办。", now);
  }

  void alert(WorkOrder order, LimitAlert alert, Instant now) {
    LimitClock clock = alert.clock();
    String due = Moments.text(Objects.requireNonNull(clock.dueAt), order.calendar.zone());
    String what = clock.milestone.label();
    if (alert.breach()) {
      tell(
          order,
          clock.rule.escalateTo(),
          Purpose.ESCALATION,
          "已超期：" + what,
          "应于 " + due + " 前" + what + "，现已超期。依据：" + clock.rule.basis() + "。",
          now);
      escalateTask(order, clock);
    } else {
      tell(
          order,
          clock.rule.warnTo(),
          Purpose.WARNING,
          "时限将到：" + what,
          "应于 " + due + " 前" + what + "。依据：" + clock.rule.basis() + "。",
          now);
    }
  }

  /**
   * Once late, the first of those it is escalated to may do the task as well; but the decision on
   * an extension stays with whom the table names (YF-9d).
   */
  private void escalateTask(WorkOrder order, LimitClock clock) {
    List<String> groups = Groups.of(order, clock.rule.escalateTo());
    if (groups.isEmpty() || clock.milestone == Milestone.DECIDE) {
      return;
    }
    for (WorkTask task : tasks.open(order.number)) {
      if (clock.milestone == WorkTasks.serves(task.task()) && !task.group().equals(groups.get(0))) {
        tasks.alsoFor(task.taskId(), groups.get(0));
        engine.alsoFor(task.taskId(), groups.get(0));
      }
    }
  }

  void urge(WorkOrder order, Instant now) {
    tell(
        order,
        order.department == null ? "dispatcher" : "DEPARTMENT DEPARTMENT_LEADER",
        Purpose.WARNING,
        "客户催办（第" + order.urged + "次）",
        limitsText(order),
        now);
  }

  /** A customer who is not satisfied is told on at once to those who follow up (YF-A9). */
  void dissatisfied(WorkOrder order, String words, Instant now) {
    tell(order, words, Purpose.ESCALATION, "客户不满意，请跟进", "请登录系统查看客户的意见。", now);
  }

  void supplement(WorkOrder order, Instant now) {
    tell(
        order,
        order.department == null ? "dispatcher" : "DEPARTMENT",
        Purpose.WARNING,
        "客户有补充",
        "请登录系统查看补充内容。",
        now);
  }

  void standDown(WorkOrder order, Instant now) {
    notices.takeBack(order.number);
    if (order.department != null && order.dispatchedRound > 0) {
      tell(order, "DEPARTMENT", Purpose.CLOSURE, "客户已撤单，请停止办理", "", now);
    }
  }

  /**
   * The department has the order in hand, or has it no more: what was still to be sent about its
   * dispatch is void.
   */
  void cancel(WorkOrder order) {
    notices.takeBack(order.number, Purpose.DISPATCH);
    informed(order);
  }

  /** The department knows of the order: nobody need phone any more. */
  void informed(WorkOrder order) {
    if (isBeingPhoned(order)) {
      process.departmentTold(order.number);
    }
  }

  /** Somebody has told the department by phone what this dispatch had to tell it. */
  void doneByPerson(WorkOrder order, Instant dispatchedAt, Actor by, Instant at, String person) {
    for (Notice notice : notices.of(order.number)) {
      boolean waits =
          notice.status() == NoticeStatus.FAILED
              || notice.channel() == Channel.PHONE && notice.status() == NoticeStatus.PENDING;
      boolean ofThisDispatch =
          notice.purpose() == Purpose.DISPATCH && !notice.createdAt().isBefore(dispatchedAt);
      if (waits && ofThisDispatch) {
        notices.doneByPerson(notice.id(), by.id(), at, "接听人：" + person);
      }
    }
  }

  /** No notice has reached the department so far, and nobody is phoning yet (YF-8c). */
  boolean mustPhone(WorkOrder order) {
    boolean owed =
        order.openClock(Milestone.NOTIFY).isPresent() || order.articleOf(Milestone.NOTIFY) == null;
    return order.status == Status.DISPATCHED && owed && !isBeingPhoned(order);
  }

  private boolean isBeingPhoned(WorkOrder order) {
    return isOpen(order, "notify-by-phone");
  }

  private boolean isOpen(WorkOrder order, String name) {
    return tasks.open(order.number).stream().anyMatch(task -> task.task().equals(name));
  }

  private static String limitsText(WorkOrder order) {
    StringBuilder text = new StringBuilder();
    for (Milestone milestone : List.of(Milestone.ACCEPT, Milestone.CONTACT, Milestone.RESOLVE)) {
      order
          .openClock(milestone)
          .ifPresent(clock -> text.append(clock.sentence(order.calendar.zone())).append("\n"));
    }
    return text.toString();
  }

  private void tell(
      WorkOrder order, String words, Purpose purpose, String occasion, String text, Instant now) {
    for (String word : Words.of(words)) {
      String group = order.company + "." + Groups.unit(order, word);
      List<Person> people = organisation.members(group, now);
      if (people.isEmpty()) {
        queue(order, purpose, organisation.groupName(group), group, null, occasion, text, now);
      }
      for (Person person : people) {
        queue(
            order, purpose, person.displayName(), person.id(), person.email(), occasion, text, now);
      }
    }
  }

  private void queue(
      WorkOrder order,
      Purpose purpose,
      String name,
      String receiver,
      @Nullable String email,
      String occasion,
      String text,
      Instant now) {
    boolean call = email == null && purpose == Purpose.DISPATCH;
    if (email == null && !call) {
      return;
    }
    String label =
        regulation
            .intake(order.company, order.category(), Text.orEmpty(order.subcategory))
            .map(rule -> rule.label())
            .orElse("来电");
    notices.queue(
        new NewNotice(
            order.number
                + "|"
                + purpose
                + "|"
                + receiver
                + "|"
                + order.round
                + "|"
                + now.toEpochMilli()
                + "|"
                + occasion.hashCode(),
            order.company,
            order.number,
            order.round,
            purpose,
            call ? Channel.PHONE : Channel.EMAIL,
            name,
            email,
            "【热线工单】" + order.number + " " + label + " " + occasion,
            "工单编号："
                + order.number
                + "\n类别："
                + label
                + (order.emergency ? "（紧急）" : "")
                + "\n"
                + occasion
                + "\n"
                + text
                + "请登录热线工单系统办理。\n"));
  }
}
