package hotline.regulation;

/** How urgent an order is, and whether a head must instruct at once. */
public record GradingRule(
    String level,
    boolean emergency,
    String instructBy,
    String instructWithin,
    String article,
    String basis) {}
