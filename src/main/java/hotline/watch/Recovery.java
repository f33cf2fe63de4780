package hotline.watch;

import hotline.Actor;
import hotline.Refused;
import hotline.organisation.Organisation;
import hotline.outage.Outages;
import hotline.watch.process.OrderWithoutActorProcess;
import hotline.workorder.Moments;
import hotline.workorder.TaskPart;
import hotline.workorder.Text;
import hotline.workorder.WorkOrders;
import hotline.workorder.WorkTask;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person is shown of an order that nobody would act on, and how they put it right. */
@Component
public class Recovery implements TaskPart {
  private static final Set<String> OUTCOMES = Set.of("RESUME", "REDISPATCH", "CLOSE");

  private final LostOrders lost;
  private final OpenCases cases;
  private final WorkOrders orders;
  private final Outages outages;
  private final Organisation organisation;
  private final OrderWithoutActorProcess process;
  private final WatchSettings settings;
  private final Clock clock;

  Recovery(
      LostOrders lost,
      OpenCases cases,
      WorkOrders orders,
      Outages outages,
      Organisation organisation,
      OrderWithoutActorProcess process,
      WatchSettings settings,
      Clock clock) {
    this.lost = lost;
    this.cases = cases;
    this.orders = orders;
    this.outages = outages;
    this.organisation = organisation;
    this.process = process;
    this.settings = settings;
    this.clock = clock;
  }

  /** By when it is to be put right; no article speaks of it. */
  public Instant dueAt(String number) {
    return cases
        .find(number)
        .map(OpenCases.Case::foundAt)
        .orElseGet(clock::instant)
        .plus(settings.actWithin());
  }

  public void recover(String number, Actor by, RecoverOrder form) {
    String outcome = Text.oneOf("outcome", "处理办法", form.outcome(), OUTCOMES);
    String reason = Text.optional("reason", "说明", form.reason(), 1000);
    boolean outage = Outages.owns(number);
    switch (outcome) {
      case "RESUME" -> resume(number, by, Text.orNull(reason), outage);
      case "REDISPATCH" -> {
        if (outage) {
          throw new Refused("outcome", "停供没有派单，请选“从中断处继续”（outcome=RESUME）");
        }
        orders.checkAnew(number, by, Text.orNull(reason));
      }
      case "CLOSE" -> {
        if (reason.isEmpty()) {
          throw new Refused("reason", "直接办结的，请写明理由（reason）");
        }
        if (outage) {
          outages.closeByHand(number, by, reason);
        } else {
          orders.closeByHand(number, by, reason);
        }
      }
      default ->
          throw new Refused("outcome", "请选择处理办法（outcome）：RESUME 从中断处继续、REDISPATCH 重新核对派单、CLOSE 办结");
    }
    cases.close(number);
  }

  /** A step that failed is tried again; where nobody would act the process begins anew. */
  private void resume(String number, Actor by, @Nullable String reason, boolean outage) {
    Lack lack = lost.lackOf(number).map(Suspect::lack).orElse(null);
    if (lack == Lack.FAILED_JOB) {
      process.retried(number);
      String note = "重新执行失败的步骤" + (reason == null ? "" : "：" + reason);
      if (outage) {
        outages.note(number, by, "恢复办理", note);
      } else {
        orders.change(number, order -> order.note(by, clock.instant(), "恢复办理", note, null));
      }
    } else if (outage) {
      outages.resume(number, by, reason);
    } else {
      orders.resume(number, by, reason);
    }
  }

  @Override
  public void show(WorkTask task, Map<String, Object> fields) {
    if (!task.task().equals(Watchdog.TASK)) {
      return;
    }
    String number = task.orderNumber();
    ZoneId zone = organisation.company(task.company()).zone();
    fields.put("outcome", "");
    fields.put("due", "应于 " + Moments.text(dueAt(number), zone) + " 前处理（系统内部时限，规程没有规定）");
    cases
        .find(number)
        .ifPresent(
            found -> {
              fields.put(
                  "missing",
                  Moments.text(found.foundAt(), zone) + " 发现：" + found.lack().sentence());
              fields.put("proposal", proposal(number, found.lack()));
            });
  }

  private String proposal(String number, Lack lack) {
    if (lack == Lack.FAILED_JOB) {
      return "一般选“从中断处继续”：系统重新执行失败的步骤。再次失败的会再生成本任务，请同时告知系统管理员查看 Cockpit 中的失败原因。";
    }
    return Outages.owns(number)
        ? "一般选“从中断处继续”：系统重新生成“跟进停供”和未办的各项职责。"
        : "一般选“从中断处继续”：系统从“"
            + orders.resumption(number).label()
            + "”继续，已完成的步骤不再重做；承办部门有变的选“重新核对派单”；确实无事可办的选“办结”并写明理由。";
  }
}
