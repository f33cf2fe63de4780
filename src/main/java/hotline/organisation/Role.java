package hotline.organisation;

import hotline.Actor;
import java.util.Arrays;
import java.util.Set;

/** The work that exists in every company, whatever its departments are. */
public enum Role {
  AGENT("agent", "坐席"),
  DISPATCHER("dispatcher", "调度员"),
  SHIFT_SUPERVISOR("shift-supervisor", "值班班长"),
  SERVICE_MANAGER("service-manager", "客服主管"),
  MANAGER("manager", "管理人员"),
  DESIGNER("designer", "流程设计员");

  /** Those who take calls, dispatch and answer for both. */
  public static final Set<Role> CENTRE =
      Set.of(AGENT, DISPATCHER, SHIFT_SUPERVISOR, SERVICE_MANAGER);

  /** Those who answer for what everybody at the centre does. */
  public static final Set<Role> ANSWERING = Set.of(SERVICE_MANAGER);

  private final String code;
  private final String chinese;

  Role(String code, String chinese) {
    this.code = code;
    this.chinese = chinese;
  }

  static boolean has(String code) {
    return Arrays.stream(values()).anyMatch(role -> role.code.equals(code));
  }

  /** Whether the person has one of these roles in the company, or administers the product. */
  public static boolean anyOf(Set<Role> roles, Actor actor, String company) {
    return actor.isAdministrator()
        || roles.stream().anyMatch(role -> actor.isIn(company + "." + role.code));
  }

  public String code() {
    return code;
  }

  public String chinese() {
    return chinese;
  }
}
