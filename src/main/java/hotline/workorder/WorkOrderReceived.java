package hotline.workorder;

/** A call or message has become an order. */
public record WorkOrderReceived(String company, String channel) {}
