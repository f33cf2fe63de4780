package hotline.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.Actor;
import hotline.platform.Transactions;
import hotline.scenarios.AtOnce;
import hotline.scenarios.Desk;
import hotline.scenarios.Scenario;
import hotline.workorder.process.WorkOrderProcess;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@Tag("mariadb")
@DisplayName("通知的结果：电话只请人打一次，已接单的不打")
class NoticeReportsTest {
  @Autowired Desk desk;
  @Autowired WorkOrders orders;
  @Autowired WorkOrderProcess process;
  @Autowired Transactions transactions;

  private final ExecutorService others = Executors.newSingleThreadExecutor();

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-8c：交办电话的同时部门接单：不留电话任务")
  void acceptedMeanwhile() throws Exception {
    Desk.Order order = desk.call("WATER_QUALITY");
    asksWhile(order, order::accepted);
    assertThat(order.waitsFor()).containsExactly("contact-customer by yunfu-water.technical");
    desk.everyOpenOrderHasANextActor();
  }

  @Test
  @DisplayName("YF-8c：两个节点同时交办同一张工单的电话：只有一件任务")
  void askedTwice() throws Exception {
    Desk.Order order = desk.call("WATER_QUALITY");
    asksWhile(order, desk::postGoesOut);
    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "accept by yunfu-water.technical", "notify-by-phone by yunfu-water.dispatcher");
  }

  /** The call is asked for, and in the middle of it others do something, as far as they can. */
  private void asksWhile(Desk.Order order, Runnable happening) throws Exception {
    Future<?> other =
        transactions.as(
            Actor.SYSTEM,
            () -> {
              boolean toBeTold = orders.stillToBeTold(order.number, 1);
              Future<?> begun = others.submit(happening);
              AtOnce.endedOrWaits(begun);
              if (toBeTold) {
                process.phoneCallNeeded(order.number);
              }
              return begun;
            });
    other.get(20, TimeUnit.SECONDS);
    others.shutdown();
  }
}
