package hotline.outage;

/** How far an outage has come. */
enum OutageStatus {
  DRAFT("待核定范围"),
  APPROVAL("待批准"),
  ANNOUNCED("待实施"),
  RUNNING("进行中"),
  RESTORED("已恢复"),
  CANCELLED("已取消"),
  REFUSED("未获批准");

  private final String label;

  OutageStatus(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Planned or running: somebody follows it. */
  boolean isCurrent() {
    return this == ANNOUNCED || this == RUNNING;
  }
}
