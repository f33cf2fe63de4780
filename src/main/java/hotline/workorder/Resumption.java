package hotline.workorder;

/** Where an order goes on whose process was lost. */
public enum Resumption {
  INTAKE("受理来电"),
  CLASSIFICATION("定级定责"),
  CHECK("核对派单"),
  ACCEPTANCE("接单"),
  HANDLING("办理并回复"),
  CALLBACK("回访客户"),
  CLOSING("办结归档");

  private final String label;

  Resumption(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
