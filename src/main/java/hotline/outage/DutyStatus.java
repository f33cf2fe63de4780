package hotline.outage;

/** Where a duty stands (contract, "Values"). */
enum DutyStatus {
  WAITING("等前置事项"),
  OPEN("待办"),
  DONE("已办"),
  WAIVED("免办");

  private final String label;

  DutyStatus(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  boolean isOver() {
    return this == DONE || this == WAIVED;
  }
}
