package hotline.callback;

import hotline.workorder.CallbackAttempt;
import hotline.workorder.Moments;
import hotline.workorder.ScreenPart;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows whoever calls the customer what was asked and answered before. */
@Component
class CallbackScreen implements ScreenPart {
  private final WorkOrders orders;

  CallbackScreen(WorkOrders orders) {
    this.orders = orders;
  }

  @Override
  public void show(String task, WorkOrder order, Map<String, Object> fields) {
    List<String> lines = new ArrayList<>();
    for (CallbackAttempt attempt : orders.callbackAttempts(order.number())) {
      lines.add(
          Moments.text(attempt.at(), order.calendar().zone())
              + (attempt.medium().equals("SMS") ? " 短信" : " 电话")
              + (attempt.reached() ? "" : attempt.medium().equals("SMS") ? "已发出" : "未接通")
              + mark(attempt.satisfaction())
              + (attempt.answers() == null ? "" : " " + attempt.answers())
              + (attempt.remarks() == null ? "" : " “" + attempt.remarks() + "”"));
    }
    fields.put("attempts", String.join("\n", lines));
  }

  private static String mark(@org.jspecify.annotations.Nullable String satisfaction) {
    return satisfaction == null ? "" : satisfaction.equals("SATISFIED") ? " 满意" : " 不满意";
  }
}
