package hotline.outage;

import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Organisation;
import hotline.organisation.Person;
import hotline.platform.EngineTasks;
import hotline.workorder.Moments;
import hotline.workorder.WorkTask;
import hotline.workorder.WorkTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells those who have a duty in an outage, and those who answer for it, through the outbox. */
@Component
class OutageTelling {
  private final Notices notices;
  private final Organisation organisation;
  private final OutageAround around;
  private final WorkTasks tasks;
  private final EngineTasks engine;

  OutageTelling(
      Notices notices,
      Organisation organisation,
      OutageAround around,
      WorkTasks tasks,
      EngineTasks engine) {
    this.notices = notices;
    this.organisation = organisation;
    this.around = around;
    this.tasks = tasks;
    this.engine = engine;
  }

  /** The duty's owner learns of it. */
  void opened(Outage outage, Duty duty, Instant now) {
    tell(
        outage,
        duty.groups.subList(0, 1),
        Purpose.OUTAGE,
        duty.key + "|" + now.toEpochMilli(),
        "请办理：" + duty.rule.label(),
        outage.sentence(duty) + "\n",
        now);
  }

  void alert(Outage outage, Outage.Alert alert, Instant now) {
    Duty duty = alert.duty();
    if (!alert.breach()) {
      tell(
          outage,
          duty.groups.subList(0, 1),
          Purpose.WARNING,
          duty.key + "|" + now.toEpochMilli(),
          "时限将到：" + duty.rule.label(),
          outage.sentence(duty) + "\n",
          now);
      return;
    }
    List<String> groups = around.groups(outage, duty.rule.escalateTo());
    tell(
        outage,
        groups,
        Purpose.ESCALATION,
        duty.key + "|" + now.toEpochMilli(),
        "已超期：" + duty.rule.label(),
        outage.sentence(duty) + " 现已超期。\n",
        now);
    // a task is for two groups at most: where the table names two, the head is told only
    for (WorkTask task : tasks.open(outage.number)) {
      if (duty.key.equals(task.part()) && duty.groups.size() == 1 && !groups.isEmpty()) {
        tasks.alsoFor(task.taskId(), groups.get(0));
        engine.alsoFor(task.taskId(), groups.get(0));
      }
    }
  }

  /** The announced end has passed: whoever follows it, and the seats who are asked. */
  void overrun(Outage outage, Instant now) {
    tell(
        outage,
        List.of(outage.reporter, outage.company + ".shift-supervisor"),
        Purpose.ESCALATION,
        "END|" + outage.end.toEpochMilli(),
        "已过预计恢复时间",
        "预计恢复时间 " + Moments.text(outage.end, outage.calendar.zone()) + " 已过，请报告恢复，或变更时间并重新告知。\n",
        now);
  }

  /** Begun, but its range was not determined in time: the public and the offices know nothing. */
  void reportedLate(Outage outage, Instant now) {
    List<String> groups = new ArrayList<>(List.of(outage.reporter));
    groups.addAll(around.groups(outage, outage.reportEscalateTo));
    tell(outage, groups, Purpose.ESCALATION, "REPORT", "停供登记后还没有核定范围", "请核定范围并报告，或撤销。\n", now);
  }

  private void tell(
      Outage outage,
      List<String> groups,
      Purpose purpose,
      String occasion,
      String what,
      String text,
      Instant now) {
    for (String group : groups) {
      for (Person person : organisation.members(group, now)) {
        String email = person.email();
        if (email != null) {
          notices.queue(
              new NewNotice(
                  outage.number + "|" + purpose + "|" + person.id() + "|" + occasion,
                  outage.company,
                  outage.number,
                  outage.revision,
                  purpose,
                  Channel.EMAIL,
                  person.displayName(),
                  email,
                  "【热线停供】" + outage.number + " " + what,
                  "编号："
                      + outage.number
                      + "\n范围："
                      + shortened(outage.area)
                      + "\n时间："
                      + outage.period()
                      + "\n"
                      + text
                      + "请登录热线工单系统办理。\n"));
        }
      }
    }
  }

  private static String shortened(String area) {
    return area.length() > 500 ? area.substring(0, 500) + "…" : area;
  }
}
