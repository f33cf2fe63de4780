package hotline.platform;

import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.ALL;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.Resources.APPLICATION;
import static org.camunda.bpm.engine.authorization.Resources.DECISION_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.FILTER;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_DEFINITION;
import static org.camunda.bpm.engine.authorization.Resources.PROCESS_INSTANCE;

import hotline.organisation.Group;
import hotline.organisation.Role;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;

/**
 * What each group may do in the engine: no more than its work needs. The rights on single tasks are
 * not here, the engine gives them to each task's candidates; companies are kept apart by tenants.
 */
final class Rights {
  static final List<String> PROCESSES =
      List.of(
          "work-order",
          "handling",
          "extension-approval",
          "callback",
          "closing",
          "planned-outage",
          "unplanned-outage",
          "network-anomaly",
          "order-without-actor");

  /** What a department may start in Tasklist; whether it is its own to report, its tables say. */
  private static final List<String> REPORTS =
      List.of("planned-outage", "unplanned-outage", "network-anomaly");

  static final List<String> TABLES =
      List.of(
          "intake",
          "grading",
          "routing",
          "time-limits",
          "extension-policy",
          "callback-policy",
          "outage-duties");

  /** The kinds of things these rights speak of. */
  static final List<Resource> KINDS =
      List.of(APPLICATION, FILTER, PROCESS_DEFINITION, PROCESS_INSTANCE, DECISION_DEFINITION);

  /** One group's permissions on one thing. */
  record Right(String group, Resource kind, String id, List<Permission> permissions) {}

  private final String group;
  private final List<Right> rights = new ArrayList<>();

  private Rights(String group) {
    this.group = group;
  }

  static List<Right> of(Group group, List<String> filters) {
    Rights rights = new Rights(group.id());
    if (group.role() == Role.DESIGNER) {
      rights.designs(group.company());
      return rights.rights;
    }
    rights.worksInTasklist(filters);
    if (group.role() == Role.MANAGER) {
      rights.watchesInCockpit(group.company());
    } else {
      PROCESSES.forEach(key -> rights.may(PROCESS_DEFINITION, key, readsOrStarts(group, key)));
    }
    if (group.role() == Role.AGENT || group.department() != null) {
      rights.may(PROCESS_INSTANCE, Authorization.ANY, CREATE);
    }
    return rights.rights;
  }

  /** Everything, as the engine's own set-up page would give it. */
  static List<Right> ofAdministrators(String group) {
    Rights rights = new Rights(group);
    for (Resource kind : Resources.values()) {
      rights.may(kind, Authorization.ANY, ALL);
    }
    return rights.rights;
  }

  private static Permission[] readsOrStarts(Group group, String process) {
    boolean starts =
        group.department() == null
            ? group.role() == Role.AGENT && process.equals("work-order")
            : REPORTS.contains(process);
    return starts ? new Permission[] {READ, CREATE_INSTANCE} : new Permission[] {READ};
  }

  private void worksInTasklist(List<String> filters) {
    may(APPLICATION, "tasklist", ACCESS);
    filters.forEach(filter -> may(FILTER, filter, READ));
  }

  private void watchesInCockpit(String company) {
    may(APPLICATION, "cockpit", ACCESS);
    PROCESSES.forEach(key -> may(PROCESS_DEFINITION, key, READ, READ_INSTANCE, READ_HISTORY));
    TABLES.forEach(table -> may(DECISION_DEFINITION, company + "-" + table, READ, READ_HISTORY));
  }

  private void designs(String company) {
    may(APPLICATION, "cockpit", ACCESS);
    PROCESSES.forEach(key -> may(PROCESS_DEFINITION, key, READ));
    TABLES.forEach(table -> may(DECISION_DEFINITION, company + "-" + table, READ));
  }

  private void may(Resource kind, String id, Permission... permissions) {
    rights.add(new Right(group, kind, id, List.of(permissions)));
  }
}
