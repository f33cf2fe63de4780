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
  RECORD("回填");

  private final String label;

  Milestone(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
