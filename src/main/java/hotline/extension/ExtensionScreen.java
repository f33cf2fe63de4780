package hotline.extension;

import hotline.workorder.Moments;
import hotline.workorder.ScreenPart;
import hotline.workorder.WorkOrder;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows whoever decides what is asked for and why. */
@Component
class ExtensionScreen implements ScreenPart {
  private final Extensions extensions;

  ExtensionScreen(Extensions extensions) {
    this.extensions = extensions;
  }

  @Override
  public void show(String task, WorkOrder order, Map<String, Object> fields) {
    extensions
        .shownAt(task, order.number())
        .ifPresent(
            request ->
                fields.put(
                    "extension",
                    "申请延期至 "
                        + Moments.text(request.until(), order.calendar().zone())
                        + "\n原因："
                        + request.reason()
                        + "\n责任："
                        + ("OWN".equals(request.cause()) ? "本单位原因" : "外部原因")));
  }
}
