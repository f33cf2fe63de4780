package hotline.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import hotline.Actor;
import hotline.Conflict;
import hotline.NotFound;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.platform.Transactions;
import hotline.workorder.WorkOrderLists.Page;
import hotline.workorder.process.TaskCommands;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for whom, and the same commands as the forms in Tasklist (contract). */
@RestController
@RequestMapping("/api/tasks")
@Tag(name = "任务")
class TaskApi {
  private final WorkTasks tasks;
  private final WorkOrderLists lists;
  private final TaskSubjects subjects;
  private final TaskCommands commands;
  private final Organisation organisation;
  private final Transactions transactions;

  TaskApi(
      WorkTasks tasks,
      WorkOrderLists lists,
      TaskSubjects subjects,
      TaskCommands commands,
      Organisation organisation,
      Transactions transactions) {
    this.tasks = tasks;
    this.lists = lists;
    this.subjects = subjects;
    this.commands = commands;
    this.organisation = organisation;
    this.transactions = transactions;
  }

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record TaskLine(
      String id,
      String task,
      String name,
      String order,
      String group,
      @Nullable String assignee,
      @Nullable OffsetDateTime dueAt,
      @Nullable String article) {}

  @Operation(summary = "待办任务：只列出调用者有权看到的")
  @GetMapping
  Page<TaskLine> list(
      @Parameter(hidden = true) Actor actor,
      @RequestParam(required = false) @Nullable String company,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable String order,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable Integer size) {
    if (company != null && (!organisation.ids().contains(company) || !actor.mayActFor(company))) {
      throw new AccessDeniedException("company");
    }
    int most = WorkOrderApi.size(size);
    List<WorkTask> found =
        tasks.waitingFor(
            groups(actor, company, group),
            group == null ? actor.id() : "",
            actor.isAdministrator() ? organisation.ids() : actor.companies(),
            company,
            order,
            WorkOrderLists.after(after),
            most + 1);
    List<WorkTask> shown = found.size() > most ? found.subList(0, most) : found;
    return new Page<>(
        shown.stream()
            .map(
                task ->
                    new TaskLine(
                        task.taskId(),
                        task.task(),
                        task.name(),
                        task.orderNumber(),
                        task.group(),
                        task.assignee(),
                        Moments.localOrNull(
                            task.dueAt(), organisation.company(task.company()).zone()),
                        task.article()))
            .toList(),
        found.size() > most ? String.valueOf(shown.get(shown.size() - 1).id()) : null);
  }

  /** The centre and its overseers see what waits for any group of their company. */
  private Set<String> groups(Actor actor, @Nullable String company, @Nullable String group) {
    Set<String> groups = new TreeSet<>(actor.groups());
    for (String id : company == null ? organisation.ids() : Set.of(company)) {
      if (WorkOrderLists.isOfCentre(actor, id) || actor.isIn(id + ".manager")) {
        organisation.groups(id).forEach(each -> groups.add(each.id()));
      }
    }
    return group == null ? groups : groups.contains(group) ? Set.of(group) : Set.of();
  }

  @Operation(summary = "认领任务")
  @PostMapping("/{id}/claim")
  Object claim(@Parameter(hidden = true) Actor actor, @PathVariable String id) {
    WorkTask task = mine(id, actor);
    return done(task, actor, () -> commands.claim(id, actor.id()));
  }

  @Operation(summary = "办理任务：字段与 Tasklist 表单相同")
  @PostMapping("/{id}/complete")
  Object complete(
      @Parameter(hidden = true) Actor actor,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable Map<String, Object> fields) {
    WorkTask task = mine(id, actor);
    return done(task, actor, () -> commands.complete(id, fields == null ? Map.of() : fields));
  }

  private Object done(WorkTask task, Actor actor, Runnable command) {
    try {
      return transactions.as(
          actor,
          () -> {
            command.run();
            return task.orderNumber();
          },
          number ->
              subjects
                  .of(number)
                  .map(subject -> subject.view(number, actor))
                  .orElseGet(() -> lists.viewAfterwards(number, actor)));
    } catch (RuntimeException e) {
      WorkTask now = tasks.find(task.taskId()).orElse(task);
      if (now.closedAt() != null) {
        throw new Conflict(gone(now));
      }
      throw e;
    }
  }

  private WorkTask mine(String id, Actor actor) {
    WorkTask task =
        tasks
            .find(id)
            .filter(found -> actor.mayActFor(found.company()))
            .orElseThrow(() -> new NotFound("没有这个任务，或它不属于您的公司"));
    if (task.closedAt() != null) {
      throw new Conflict(gone(task));
    }
    if (task.isAwaited()) {
      throw new Refused("“" + task.name() + "”由系统等待，无需认领或办理");
    }
    if (!actor.isAdministrator() && !task.isFor(actor)) {
      throw new AccessDeniedException("task");
    }
    return task;
  }

  private String gone(WorkTask task) {
    return Screen.gone(task, organisation);
  }
}
