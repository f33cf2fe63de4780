package hotline.workorder.process;

import hotline.platform.People;
import hotline.workorder.TaskSubject.Showing;
import hotline.workorder.TaskSubjects;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTasks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Registers every user task of every diagram as somebody who must act next, whatever a process
 * designer draws, and gives it the name and priority by which the Tasklist sorts itself.
 */
@Component
class TaskRegister extends AbstractBpmnParseListener implements TaskListener {
  /** What of its subject a task is about: the duty of an outage. */
  private static final String PART = "duty";

  /** Whoever did the step before goes on with this one. */
  private static final String KEEPER = "keeper";

  private final ObjectProvider<WorkTasks> tasks;
  private final ObjectProvider<WorkOrders> orders;
  private final ObjectProvider<TaskSubjects> subjects;
  private final ObjectProvider<People> people;
  private final Clock clock;

  TaskRegister(
      ObjectProvider<WorkTasks> tasks,
      ObjectProvider<WorkOrders> orders,
      ObjectProvider<TaskSubjects> subjects,
      ObjectProvider<People> people,
      Clock clock) {
    this.tasks = tasks;
    this.orders = orders;
    this.subjects = subjects;
    this.people = people;
    this.clock = clock;
  }

  @Override
  public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
    TaskDefinition task =
        ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    if (!((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey().isEmpty()) {
      task.addBuiltInTaskListener(EVENTNAME_CREATE, this);
      task.addBuiltInTaskListener(EVENTNAME_ASSIGNMENT, this);
      task.addBuiltInTaskListener(EVENTNAME_COMPLETE, this);
      task.addBuiltInTaskListener(EVENTNAME_DELETE, this);
    }
  }

  @Override
  public void notify(DelegateTask task) {
    if (task.getExecution() == null) {
      // another step of the same order has just moved it; the command is tried again
      throw new OptimisticLockingException("the task's execution has moved");
    }
    String number = task.getExecution().getProcessBusinessKey();
    if (number == null) {
      return;
    }
    Instant now = clock.instant();
    switch (String.valueOf(task.getEventName())) {
      case EVENTNAME_CREATE -> opened(task, number, now);
      case EVENTNAME_ASSIGNMENT -> tasks.getObject().assigned(task.getId(), task.getAssignee());
      case EVENTNAME_COMPLETE ->
          tasks.getObject().closed(task.getId(), now, people.getObject().current().id());
      default -> tasks.getObject().closed(task.getId(), now, null);
    }
  }

  private void opened(DelegateTask task, String number, Instant now) {
    List<String> groups = groups(task);
    String part = task.getExecution().getVariable(PART) instanceof String named ? named : null;
    Showing showing =
        subjects
            .getObject()
            .of(number)
            .map(subject -> subject.showing(number, key(task), part))
            .orElseGet(() -> orders.getObject().showing(number, key(task)));
    String name = showing.name() == null ? String.valueOf(task.getName()) : showing.name();
    tasks
        .getObject()
        .opened(
            task.getId(),
            number,
            showing.company(),
            key(task),
            name,
            part,
            groups.isEmpty() ? showing.company() + ".dispatcher" : groups.get(0),
            groups.size() > 1 ? groups.get(1) : null,
            task.getDueDate() == null ? null : task.getDueDate().toInstant(),
            showing.article(),
            now);
    if (task.getExecution().getVariable(KEEPER) instanceof String keeper) {
      task.setAssignee(keeper);
    }
    if (task.getAssignee() != null) {
      tasks.getObject().assigned(task.getId(), task.getAssignee());
    }
    // by it the step before this one branched; no form is to take it for an answer of its own
    if (part == null) {
      task.getExecution().removeVariable("outcome");
    } else {
      // it stays a variable of this branch, so that people at two branches never meet at one row
      task.getExecution().setVariable("outcome", null);
    }
    task.setName(name + " · " + showing.label() + " · " + number);
    task.setPriority(showing.priority());
  }

  /** The candidate groups in the order in which the table or the diagram names them. */
  private static List<String> groups(DelegateTask task) {
    List<String> candidates =
        task.getCandidates().stream().map(IdentityLink::getGroupId).filter(g -> g != null).toList();
    List<String> named = new ArrayList<>();
    for (Expression each :
        ((TaskEntity) task).getTaskDefinition().getCandidateGroupIdExpressions()) {
      if (each.getValue(((TaskEntity) task).getExecution()) instanceof String groups) {
        for (String group : groups.split(",", -1)) {
          named.add(group.strip());
        }
      }
    }
    return candidates.stream().sorted(Comparator.comparingInt(named::indexOf)).toList();
  }

  /** Task_ReportWork is the task report-work. */
  static String key(DelegateTask task) {
    return task.getTaskDefinitionKey()
        .replaceFirst("^Task_", "")
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT);
  }
}
