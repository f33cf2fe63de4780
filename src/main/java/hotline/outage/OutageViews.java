package hotline.outage;

import hotline.Actor;
import hotline.notice.Notices;
import hotline.outage.OutageView.ContactView;
import hotline.outage.OutageView.DutyView;
import hotline.outage.OutageView.EventView;
import hotline.outage.OutageView.HoldView;
import hotline.outage.OutageView.NoticeView;
import hotline.outage.OutageView.PopulationView;
import hotline.outage.OutageView.WaitingView;
import hotline.regulation.Words;
import hotline.workorder.Moments;
import hotline.workorder.WorkTasks;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** Outages as they are read: every role of the company reads them, no contact's number in them. */
@Component
class OutageViews {
  private final Outages outages;
  private final OutageRows rows;
  private final WorkTasks tasks;
  private final Notices notices;

  OutageViews(Outages outages, OutageRows rows, WorkTasks tasks, Notices notices) {
    this.outages = outages;
    this.rows = rows;
    this.tasks = tasks;
    this.notices = notices;
  }

  /** The outage, whole; 404 when it is none of the person's companies'. */
  OutageView of(String number, Actor actor) {
    Outage o = outages.visible(number, actor);
    ZoneId zone = o.calendar.zone();
    return new OutageView(
        o.number,
        o.company,
        o.status.name(),
        o.effect,
        o.kind,
        o.origin,
        o.area,
        o.districts,
        o.places,
        Moments.local(o.start, zone),
        Moments.local(o.end, zone),
        o.affectedPopulation,
        new PopulationView(o.populationProposed, o.populationSource),
        o.valves,
        o.mainRoad,
        o.keyCustomers,
        o.reason,
        o.measures,
        o.reporter,
        Moments.local(o.reportedAt, zone),
        o.reportedBy,
        Moments.localOrNull(o.publishedAt, zone),
        Moments.localOrNull(o.changedAt, zone),
        o.changeNote,
        Moments.localOrNull(o.restoredAt, zone),
        Moments.localOrNull(o.closedAt, zone),
        Moments.localOrNull(o.anonymisedAt, zone),
        o.legalHold == null
            ? null
            : new HoldView(
                Moments.local(o.legalHold.at(), zone), o.legalHold.by(), o.legalHold.reason()),
        rows.countCalls(number),
        outages.warnings(o),
        o.duties.stream().map(duty -> view(o, duty, zone)).toList(),
        tasks.open(number).stream()
            .map(
                task ->
                    new WaitingView(
                        task.taskId(),
                        task.task(),
                        task.name(),
                        task.part(),
                        task.group(),
                        task.assignee(),
                        Moments.localOrNull(task.dueAt(), zone)))
            .toList(),
        notices.of(number).stream()
            .map(
                notice ->
                    new NoticeView(
                        notice.channel().name(),
                        notice.purpose().name(),
                        notice.status().name(),
                        Moments.local(notice.createdAt(), zone)))
            .toList(),
        rows.events(number).stream()
            .map(
                event ->
                    new EventView(
                        Moments.local(event.at(), zone),
                        event.by(),
                        event.verb(),
                        event.note(),
                        event.article()))
            .toList());
  }

  static OutageLine line(OutageRows.Line line) {
    Outage o = line.outage();
    ZoneId zone = o.calendar.zone();
    return new OutageLine(
        o.number,
        o.company,
        o.status.name(),
        o.effect,
        o.kind,
        o.origin,
        o.area,
        o.districts,
        Moments.local(o.start, zone),
        Moments.local(o.end, zone),
        o.affectedPopulation,
        o.reason,
        Moments.localOrNull(o.publishedAt, zone),
        Moments.localOrNull(o.restoredAt, zone),
        Moments.localOrNull(o.closedAt, zone),
        line.openDuties(),
        line.overdueDuties());
  }

  private static DutyView view(Outage outage, Duty duty, ZoneId zone) {
    String owner = duty.groups.get(0);
    return new DutyView(
        duty.key,
        duty.rule.action(),
        duty.rule.label(),
        owner.substring(outage.company.length() + 1),
        owner,
        duty.rule.channel(),
        Moments.localOrNull(duty.dueAt, zone),
        duty.rule.article(),
        duty.rule.basis(),
        duty.status.name(),
        Moments.localOrNull(duty.openedAt, zone),
        Moments.localOrNull(duty.doneAt, zone),
        duty.doneBy,
        duty.note,
        duty.breached,
        Words.of(duty.rule.waitsFor()),
        duty.contacts.stream()
            .map(
                contact ->
                    new ContactView(
                        contact.code,
                        contact.name,
                        contact.standing.name(),
                        contact.attempts.size()))
            .toList());
  }
}
