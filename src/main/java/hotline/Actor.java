package hotline;

import java.util.Set;
import java.util.TreeSet;

/**
 * Whoever acts on an order: a person with their groups, an outside system, or the product itself.
 */
public record Actor(String id, Set<String> groups) {
  public static final String ADMINISTRATORS = "camunda-admin";

  /** Programs that read the figures of all companies, and nothing else. */
  public static final String MONITORING = "monitoring";

  public static final Actor SYSTEM = new Actor("系统", Set.of());

  public Actor {
    groups = Set.copyOf(groups);
  }

  /** The companies this person works for: what stands before the first dot of each group. */
  public Set<String> companies() {
    Set<String> companies = new TreeSet<>();
    for (String group : groups) {
      int dot = group.indexOf('.');
      if (dot > 0) {
        companies.add(group.substring(0, dot));
      }
    }
    return companies;
  }

  public boolean mayActFor(String company) {
    return isAdministrator() || companies().contains(company);
  }

  public boolean isIn(String group) {
    return groups.contains(group);
  }

  /** Whether the person is of the department's group or leads it. */
  public boolean isInOrLeads(String group) {
    return isIn(group) || isIn(group + "-leader");
  }

  public boolean isAdministrator() {
    return groups.contains(ADMINISTRATORS);
  }
}
