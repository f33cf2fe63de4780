package hotline.workorder;

/** The steps that a regulation puts a limit on. */
public enum Milestone {
  DISPATCH("派单"),
  NOTIFY("通知承办部门"),
  ACCEPT("接单"),
  CONTACT("联系客户"),
  ARRIVE("到场"),
  CONTAIN("止水"),
  RESOLVE("办结"),
  REPLY("反馈结果"),
  REVIEW("审核"),
  CALLBACK("回访"),
  RECORD("回填"),
  /** Within the product only: the head's word in an emergency. */
  INSTRUCT("下达处置意见"),
  /** Within the product only: the decision on an extension. */
  DECIDE("审批延期");

  private final String label;

  Milestone(String label) {
    this.label = label;
  }

  /** Whether outside systems know it (contract, "Values"). */
  boolean isPublic() {
    return this != INSTRUCT && this != DECIDE;
  }

  public String label() {
    return label;
  }
}
