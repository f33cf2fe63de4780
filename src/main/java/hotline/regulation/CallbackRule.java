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
    boolean nightReason,
    String asks,
    String followUpBy,
    String platformReplyBy,
    String article,
    String basis) {}
