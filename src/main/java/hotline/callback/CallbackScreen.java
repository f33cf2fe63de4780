package hotline.callback;

import hotline.regulation.CallbackRule;
import hotline.workorder.CallbackAttempt;
import hotline.workorder.Moments;
import hotline.workorder.ScreenPart;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows whoever calls the customer what was asked and answered before. */
@Component
class CallbackScreen implements ScreenPart {
  private final WorkOrders orders;
  private final Callbacks callbacks;
  private final Clock clock;

  CallbackScreen(WorkOrders orders, Callbacks callbacks, Clock clock) {
    this.orders = orders;
    this.callbacks = callbacks;
    this.clock = clock;
  }

  @Override
  public void show(String task, WorkOrder order, Map<String, Object> fields) {
    List<String> lines = new ArrayList<>();
    for (CallbackAttempt attempt : orders.callbackAttempts(order.number())) {
      lines.add(
          Moments.text(attempt.at(), order.calendar().zone())
              + (attempt.medium().equals("SMS") ? " 短信" : " 电话")
              + (attempt.reached() ? "" : attempt.medium().equals("SMS") ? "已发出" : "未接通")
              + (attempt.unreachedCause() == null
                  ? ""
                  : "（" + Callbacks.UNREACHED.get(attempt.unreachedCause()) + "）")
              + mark(attempt.satisfaction())
              + (attempt.answers() == null ? "" : " " + attempt.answers())
              + (attempt.remarks() == null ? "" : " “" + attempt.remarks() + "”"));
    }
    fields.put("attempts", String.join("\n", lines));
    switch (task) {
      case "callback-by-phone" -> {
        CallbackRule rule = callbacks.rule(order);
        String quiet = callbacks.quiet(order, clock.instant());
        fields.put("quiet", quiet);
        fields.put(
            "asks",
            rule.nightReason() && !quiet.isEmpty() ? rule.asks() + " nightReason" : rule.asks());
      }
      case "review-reply" -> fields.put("answerNow", answerNow(order));
      default -> {}
    }
  }

  /** The last reviewer answers the customer where the table wants it so. */
  private String answerNow(WorkOrder order) {
    CallbackRule rule = callbacks.rule(order);
    return rule.medium().equals("ANSWER") && order.isLastReview()
        ? "审核通过前请将处理结果答复客户，并在审核意见中写明答复情况（" + rule.basis() + "）"
        : "";
  }

  private static String mark(@org.jspecify.annotations.Nullable String satisfaction) {
    return satisfaction == null ? "" : satisfaction.equals("SATISFIED") ? " 满意" : " 不满意";
  }
}
