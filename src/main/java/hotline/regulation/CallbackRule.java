package hotline.regulation;

/** How the customer is called back: medium, draw, attempts, quiet hours, who follows up. */
public record CallbackRule(
    String medium,
    int drawBlock,
    String smsWait,
    int attempts,
    String interval,
    String quietFrom,
    String quietTo,
    String followUpBy,
    String article,
    String basis) {}
