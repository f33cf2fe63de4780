package hotline.outage;

import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.workorder.Moments;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * Those who phoned about a known outage and want to hear of it: each learns once that the supply is
 * back, by SMS or, with no mobile, by phone. Name and number stay with the call's order.
 */
@Component
class OutageCallers {
  private final OutageRows rows;
  private final WorkOrders orders;
  private final Organisation organisation;
  private final Notices notices;

  OutageCallers(OutageRows rows, WorkOrders orders, Organisation organisation, Notices notices) {
    this.rows = rows;
    this.orders = orders;
    this.organisation = organisation;
    this.notices = notices;
  }

  /** One contact for each number that no SMS reaches. */
  List<Contact> toBePhoned(Outage outage) {
    return byNumber(outage).values().stream()
        .filter(order -> !order.isFromMobile())
        .map(order -> new Contact(order.number(), "来电客户", null, null, order.number()))
        .toList();
  }

  /** Queues one SMS for each mobile that has called; a second asking queues nothing. */
  void tellRestored(Outage outage) {
    Company company = organisation.company(outage.company);
    String text =
        "【"
            + company.name()
            + "】您反映的"
            + company.supply().effect(outage.effect)
            + "已于"
            + Moments.text(Objects.requireNonNull(outage.restoredAt), outage.calendar.zone())
            + company.supply().restored()
            + "。"
            + (company.supply().advice().isEmpty() ? "" : company.supply().advice() + "。")
            + "如仍未恢复，请致电"
            + company.hotline()
            + "。";
    for (Map.Entry<String, WorkOrder> caller : byNumber(outage).entrySet()) {
      if (caller.getValue().isFromMobile()) {
        notices.queue(
            new NewNotice(
                outage.number + "|OUTAGE|RESTORED|" + caller.getKey(),
                outage.company,
                outage.number,
                outage.revision,
                Purpose.OUTAGE,
                Channel.SMS,
                "来电客户",
                caller.getKey(),
                company.supply().restored() + "通知",
                text));
      }
    }
  }

  /** The first call of each number; those who want no reply are left out. */
  private Map<String, WorkOrder> byNumber(Outage outage) {
    Map<String, WorkOrder> callers = new LinkedHashMap<>();
    for (String number : rows.calls(outage.number)) {
      WorkOrder order = orders.look(number);
      if (order.wantsCallback()) {
        callers.putIfAbsent(order.phoneDigits(), order);
      }
    }
    return callers;
  }
}
