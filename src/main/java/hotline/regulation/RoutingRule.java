package hotline.regulation;

/** Who must act: a department, the customer, or the dispatcher when facts are missing. */
public record RoutingRule(
    String department,
    String alsoDepartment,
    String supervisor,
    String checkBy,
    boolean customerResponsible,
    String guidance,
    String needs,
    String article,
    String basis) {}
