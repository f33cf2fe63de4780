package hotline.workorder;

/** Where an order stands. */
public enum Status {
  RECEIVED("已登记"),
  CHECKING("待核对"),
  DISPATCHED("已派单"),
  RETURNED("已退回"),
  ACCEPTED("已接单"),
  IN_PROGRESS("办理中"),
  UNDER_REVIEW("审核中"),
  CALLBACK("回访中"),
  CLOSED("已办结"),
  ANSWERED("已答复"),
  WITHDRAWN("已撤单");

  private final String label;

  Status(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Nobody must act any more. */
  public boolean isClosed() {
    return this == CLOSED || this == ANSWERED || this == WITHDRAWN;
  }
}
