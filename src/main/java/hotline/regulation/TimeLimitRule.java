package hotline.regulation;

/** One promise that the company's table makes: a milestone, its limit, who is warned and told. */
public record TimeLimitRule(
    String milestone,
    String limit,
    String start,
    String who,
    String warnBefore,
    String warnTo,
    String escalateTo,
    String inquireBy,
    String officeClose,
    String article,
    String basis) {}
