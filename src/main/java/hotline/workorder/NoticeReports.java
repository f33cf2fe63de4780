package hotline.workorder;

import hotline.notice.NoticeFailed;
import hotline.notice.NoticeSent;
import hotline.notice.PhoneCallNeeded;
import hotline.notice.Purpose;
import hotline.workorder.process.WorkOrderProcess;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the outbox reports back: the department was told, or a person must phone. */
@Component
class NoticeReports {
  private final WorkOrders orders;
  private final WorkOrderProcess process;

  NoticeReports(WorkOrders orders, WorkOrderProcess process) {
    this.orders = orders;
    this.process = process;
  }

  @EventListener
  void sent(NoticeSent notice) {
    if (notice.purpose() == Purpose.DISPATCH) {
      orders.told(notice.orderNumber(), notice.round(), notice.channel().name(), notice.at());
    }
  }

  @EventListener
  void failed(NoticeFailed notice) {
    if (notice.purpose() == Purpose.DISPATCH) {
      phone(notice.orderNumber(), notice.round());
    }
  }

  @EventListener
  void phone(PhoneCallNeeded notice) {
    phone(notice.orderNumber(), notice.round());
  }

  private void phone(String orderNumber, int round) {
    if (orders.stillToBeTold(orderNumber, round)) {
      process.phoneCallNeeded(orderNumber);
    }
  }
}
