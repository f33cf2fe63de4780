package hotline.regulation;

/** Whether more time may be asked for, who decides, how fast, and who else is told. */
public record ExtensionRule(
    boolean allowed,
    String decideBy,
    String decideWithin,
    boolean tellCustomer,
    String tellAlso,
    String article,
    String basis) {}
