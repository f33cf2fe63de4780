package hotline.workorder;

import java.util.Set;

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
  DECIDE("审批延期"),
  /** Within the product only: the customer learns of an extension. */
  INFORM("告知客户"),
  /** Within the product only: until when an application may be refused (RQ-14.5). */
  REFUSE("不予受理的说明理由并反馈"),
  /** Within the product only: what was agreed with the customer (RQ-14.4). */
  APPOINTMENT("按约定时间办理"),
  /** Within the product only: the answer on the outside platform (YC-15). */
  PLATFORM_REPLY("回复平台");

  private static final Set<Milestone> WITHIN =
      Set.of(INSTRUCT, DECIDE, INFORM, REFUSE, APPOINTMENT, PLATFORM_REPLY);

  private final String label;

  Milestone(String label) {
    this.label = label;
  }

  /** Whether outside systems know it (contract, "Values"). */
  boolean isPublic() {
    return !WITHIN.contains(this);
  }

  public String label() {
    return label;
  }
}
