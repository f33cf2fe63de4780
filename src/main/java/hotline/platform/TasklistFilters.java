package hotline.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.stereotype.Component;

/**
 * The lists that people find in Tasklist. One set serves all: each list asks for the reader's own
 * groups.
 */
@Component
class TasklistFilters {
  private final FilterService filters;
  private final TaskService tasks;

  TasklistFilters(ProcessEngine engine) {
    this.filters = engine.getFilterService();
    this.tasks = engine.getTaskService();
  }

  /** Makes what is missing, mends what an older version made, and answers the ids. */
  List<String> make() {
    Map<String, FilterEntity> known = new HashMap<>();
    for (Filter filter : filters.createTaskFilterQuery().list()) {
      if (filter.getOwner() == null) {
        known.putIfAbsent(filter.getName(), (FilterEntity) filter);
      }
    }
    List<String> ids = new ArrayList<>();
    for (FilterEntity wanted : wanted()) {
      FilterEntity filter = known.getOrDefault(wanted.getName(), wanted);
      if (filter == wanted
          || !wanted.getQueryInternal().equals(filter.getQueryInternal())
          || !wanted.getProperties().equals(filter.getProperties())) {
        filter.setQueryInternal(wanted.getQueryInternal());
        filter.setProperties(wanted.getProperties());
        filters.saveFilter(filter);
      }
      ids.add(filter.getId());
    }
    return ids;
  }

  private List<FilterEntity> wanted() {
    return List.of(
        filter(
            2,
            "我的任务",
            "#2f6fab",
            "我已接手、要我办的任务",
            tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}")),
        filter(1, "本组待办", "#3f8f3f", "本组还没有人接手的任务", ownGroups().taskUnassigned()),
        filter(3, "本组处理中", "#7a7a7a", "本组已有人接手的任务", ownGroups().taskAssigned()),
        filter(4, "已超期", "#b5152b", "本组已过时限的任务", ownGroups().dueBeforeExpression("${now()}")),
        filter(
            5,
            "一天内到期",
            "#d08a00",
            "本组24小时内到时限的任务",
            ownGroups()
                .dueAfterExpression("${now()}")
                .dueBeforeExpression("${dateTime().plusDays(1)}")));
  }

  private TaskQuery ownGroups() {
    return tasks
        .createTaskQuery()
        .taskCandidateGroupInExpression("${currentUserGroups()}")
        .includeAssignedTasks();
  }

  private static FilterEntity filter(
      int place, String name, String colour, String description, TaskQuery query) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("color", colour);
    properties.put("description", description);
    properties.put("priority", place);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    FilterEntity filter = new FilterEntity(EntityTypes.TASK);
    filter.setName(name);
    // without an order: it would go before the one that a person chooses
    filter.setQuery(query);
    filter.setProperties(properties);
    return filter;
  }
}
