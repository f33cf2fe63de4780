package hotline.regulation;

/** Whether more time may be asked for, who decides, how fast, and who else is told. */
public record ExtensionRule(
    boolean allowed,
    boolean whenLate,
    String decideBy,
    String decideWithin,
    String escalateTo,
    String tellCustomerBy,
    String tellCustomerWithin,
    String tellAlso,
    String article,
    String basis) {}
