package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("随机走200步：无论怎样办，总有人负责，提醒与超期各一次（五家公司）")
class RandomWalkTest {
  private static final int STEPS = 200;

  /** What a company's callers ring about, and where. */
  private record Kind(String[] categories, String[] departments, String[] districts) {
    static Kind of(String categories, String departments, String districts) {
      return new Kind(categories.split(" "), departments.split(" "), districts.split(" "));
    }
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "yunfu-water",
          Kind.of(
              "LEAK BURST WATER_QUALITY BILLING COMPLAINT REPORT METER_MOVE ADVICE",
              "business production engineering technical administration",
              "yuncheng"),
          "yinchuan-water",
          Kind.of(
              "LEAK BURST IC_CARD_METER PRESSURE WATER_QUALITY COMPLAINT ADVICE BILLING",
              "customer-service ic-card-centre network-jinfeng marketing-xixia branch-helan",
              "xingqing jinfeng helan nowhere"),
          "gas",
          Kind.of(
              "ALARM REPAIR SERVICE_APPLICATION COMPLAINT COMPLAINT REPORT ADVICE PRAISE",
              "east-repair west-service division-east customer-centre",
              "east west nowhere"),
          "water-repair",
          Kind.of(
              "LEAK BURST NO_WATER MANHOLE COMPLAINT ADVICE METER_FAULT",
              "crew-east crew-west network quality service-centre",
              "east north nowhere"),
          "wuda-heat",
          Kind.of(
              "NOT_WARM REPAIR EMERGENCY MANHOLE COMPLAINT ADVICE",
              "operations-1 network-operations outside-unit dispatch-centre",
              "xinda suhaitu nowhere"));

  /** Refusals that a person may meet who tries at random. */
  private static final Pattern EXPECTED =
      Pattern.compile("延期|静默|原则上不得|被投诉的部门|请选择承办部门|级别（level）只能上调");

  @Autowired Desk desk;

  private Random dice = new Random();
  private String company = "";
  private final List<String> walk = new ArrayList<>();

  @ParameterizedTest(name = "{0} 种子 {1}")
  @DisplayName("ALL-2、ALL-3：随机走200步")
  @CsvSource({
    "yunfu-water,20261116",
    "yunfu-water,42",
    "yinchuan-water,7",
    "gas,3",
    "gas,11",
    "water-repair,5",
    "wuda-heat,9"
  })
  void walks(String walked, long seed) {
    company = walked;
    desk.startAt("2026-11-16T09:00:00+08:00");
    dice = new Random(seed);
    desk.drawFellOnPlace(1 + dice.nextInt(5));
    walk.clear();
    List<Desk.Order> orders = new ArrayList<>();
    orders.add(newCall());
    try {
      for (int step = 0; step < STEPS; step++) {
        step(orders);
      }
      for (Desk.Order order : orders) {
        holds(order);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + " after " + String.join("\n", walk), e);
    }
  }

  private void step(List<Desk.Order> orders) {
    int what = dice.nextInt(100);
    Desk.Order any = orders.get(dice.nextInt(orders.size()));
    if (what < 6) {
      orders.add(newCall());
    } else if (what < 22) {
      Duration time = Duration.ofSeconds(1 + (long) Math.pow(10, 1 + dice.nextDouble() * 4.2));
      walk.add("time passes " + time);
      desk.pass(time);
    } else if (what < 27) {
      desk.postGoesOut();
    } else if (what < 33) {
      String type =
          new String[] {"URGE", "URGE", "SUPPLEMENT", "SUPPLEMENT", "WITHDRAW"}[dice.nextInt(5)];
      walk.add(any.number + " " + type);
      int status = any.customer(type, "客户来电").status();
      assertThat(status).isIn(202, 409);
    } else if (what < 38) {
      walk.add("SMS");
      assertThat(desk.smsReply("13800000000", dice.nextBoolean() ? "1" : "2").status())
          .isEqualTo(202);
    } else {
      task();
    }
    if (dice.nextInt(4) == 0) {
      holds(any);
    }
  }

  private Desk.Order newCall() {
    Kind kind = KINDS.get(company);
    String category = any(kind.categories());
    List<Object> details = new ArrayList<>();
    if (dice.nextBoolean()) {
      details.add("/facts/departmentComplainedOf");
      details.add(any(kind.departments()));
    }
    details.add("/caller/district");
    details.add(any(kind.districts()));
    if (dice.nextInt(3) == 0) {
      details.add("/caller/phone");
      details.add("1380000000" + dice.nextInt(10));
    }
    if (dice.nextInt(6) == 0) {
      details.add("/external/platform");
      details.add("12345");
      details.add("/external/number");
      details.add("P" + dice.nextInt(5));
      details.add("/external/dueAt");
      details.add(desk.now().plus(Duration.ofHours(1 + dice.nextInt(99))).toString());
    }
    if (dice.nextInt(5) == 0) {
      details.add("/facts/urgent");
      details.add(true);
    }
    if (dice.nextInt(4) == 0) {
      details.add("/receivedAt");
      details.add(desk.now().minus(Duration.ofMinutes(dice.nextInt(200))).toString());
    }
    Desk.Order order =
        company.equals("yunfu-water") && dice.nextInt(4) == 0
            ? desk.callTypedInTasklist("agent", "callerPhone", "13800000000", "description", "没水")
            : desk.callOf(company, category, details.toArray());
    walk.add("call " + category + details + " is " + order.number);
    return order;
  }

  private String any(String... words) {
    return words[dice.nextInt(words.length)];
  }

  /** Somebody does one of the tasks that wait, in one of the ways that the form offers. */
  private void task() {
    JsonNode waiting =
        desk.get("/api/tasks?company=" + company + "&size=200", company + ".agent")
            .body()
            .path("items");
    List<JsonNode> forms = new ArrayList<>();
    waiting.forEach(
        each -> {
          if (!each.path("task").asText().startsWith("await-")) {
            forms.add(each);
          }
        });
    if (forms.isEmpty()) {
      return;
    }
    JsonNode task = forms.get(dice.nextInt(forms.size()));
    Map<String, Object> form = form(task.path("task").asText());
    walk.add(task.path("order").asText() + " " + task.path("task").asText() + " " + form);
    List<Object> pairs = new ArrayList<>();
    form.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    Desk.Answer answer =
        desk.complete(task.path("group").asText(), task.path("id").asText(), pairs.toArray());
    assertThat(answer.status()).as(task + " " + answer.body()).isIn(200, 422);
    if (answer.status() == 422) {
      assertThat(answer.detail()).containsPattern(EXPECTED);
    }
    desk.everyOpenOrderHasANextActor();
  }

  private Map<String, Object> form(String task) {
    Map<String, Object> form = new LinkedHashMap<>();
    switch (task) {
      case "complete-intake" -> {
        form.put("outcome", dice.nextInt(5) == 0 ? "ANSWER" : "DISPATCH");
        form.put("answer", "已答复");
        form.put("category", any(KINDS.get(company).categories()));
        form.put("callerPhone", "13800000000");
        form.put("description", "家里没水");
      }
      case "check-dispatch" -> {
        form.put("outcome", dice.nextInt(6) == 0 ? "ANSWER" : "DISPATCH");
        form.put("answer", "已答复");
        if (dice.nextInt(3) > 0) {
          form.put("department", any(KINDS.get(company).departments()));
        }
        if (dice.nextInt(3) == 0) {
          form.put("category", any(KINDS.get(company).categories()));
          form.put("district", any(KINDS.get(company).districts()));
          form.put("urgent", dice.nextBoolean());
        }
        if (dice.nextInt(6) == 0) {
          form.put("level", "LEVEL_1");
          form.put("note", "重要客户");
        }
      }
      case "contact-customer" -> {
        form.put("note", "已联系");
        if (dice.nextInt(3) == 0) {
          form.put("agreedTime", desk.now().plus(Duration.ofHours(dice.nextInt(50))).toString());
        }
      }
      case "review-reply" -> {
        form.put("outcome", dice.nextInt(3) == 0 ? "REWORK" : "PASS");
        form.put("reason", "已看过");
      }
      case "inquire-delay" -> {
        form.put("cause", dice.nextBoolean() ? "OWN" : "OUTSIDE");
        form.put("responsibleSide", "维修队");
        form.put("reason", "缺料");
      }
      case "reply-to-platform" -> form.put("reply", "已办");
      case "instruct-emergency" -> form.put("instruction", "先关阀");
      case "record-gis-dispatch" -> form.put("gisReference", "GIS-1");
      case "notify-by-phone" -> form.put("reachedPerson", "值班员");
      case "accept" -> {
        form.put("outcome", dice.nextInt(4) == 0 ? "RETURN" : "ACCEPT");
        form.put("reason", "不属本部门");
      }
      case "report-work" -> {
        form.put(
            "outcome", any("DONE", "DONE", "REFUSED", "EXTENSION", "PROGRESS", "PLAN", "VOID"));
        form.put("result", "已处理");
        form.put(
            "extensionUntil", desk.now().plus(Duration.ofDays(1 + dice.nextInt(9))).toString());
        form.put("extensionReason", "等待材料");
        form.put("extensionCause", dice.nextBoolean() ? "OWN" : "OUTSIDE");
      }
      case "decide-extension" -> {
        form.put("approved", dice.nextBoolean());
        form.put("reason", "已核实");
      }
      case "callback-by-phone" -> {
        form.put("reached", dice.nextInt(3) > 0);
        form.put("solved", dice.nextBoolean());
        form.put("satisfaction", dice.nextBoolean() ? "SATISFIED" : "DISSATISFIED");
        if (dice.nextInt(6) == 0) {
          form.put("newDemand", "另有一事");
        }
        form.put("remarks", "客户说仍有问题");
        form.put("contradictsReply", dice.nextInt(6) == 0);
        if (dice.nextBoolean()) {
          form.put("nightReason", "客户要求");
        }
      }
      case "follow-up" -> {
        form.put("outcome", dice.nextBoolean() ? "REWORK" : "CLOSE");
        form.put("instruction", "请上门");
        form.put("reason", "客户认可");
      }
      case "record-settlement" -> form.put("settledOn", "2026-11-16");
      default -> form.put("note", "办理");
    }
    return form;
  }

  /** What holds at any moment for any order. */
  private void holds(Desk.Order order) {
    JsonNode view = order.view();
    boolean closed = List.of("CLOSED", "ANSWERED", "WITHDRAWN").contains(order.status());
    boolean writtenBack = order.waitsFor().stream().noneMatch(t -> t.startsWith("record-comp"));
    if (writtenBack || !closed) {
      assertThat(view.path("waitingFor").isEmpty()).as(order.number + view).isEqualTo(closed);
    }
    order.limitsAreSorted();
    for (JsonNode limit : view.path("timeLimits")) {
      if (Desk.at(limit, "metAt") != null
          && Desk.at(limit, "dueAt") != null
          && Desk.at(limit, "metAt").isAfter(Desk.at(limit, "dueAt"))) {
        assertThat(limit.path("breached").asBoolean()).as(order.number + limit).isTrue();
      }
    }
    alertsAreUnique(order, view);
  }

  /** As many lines "应于 … 前…" as promises with that due time at most (an extended one has two). */
  private void alertsAreUnique(Desk.Order order, JsonNode view) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (JsonNode event : view.path("events")) {
      String verb = event.path("verb").asText();
      if (verb.equals("时限提醒") || verb.equals("超期")) {
        lines.merge(verb + " " + event.path("note").asText(), 1, Integer::sum);
      }
    }
    Map<String, Integer> promises = new LinkedHashMap<>();
    desk.tables()
        .sql("SELECT due_at, original_due_at FROM time_limit WHERE order_number = :number")
        .param("number", order.number)
        .query(
            (row, i) -> {
              for (String column : List.of("due_at", "original_due_at")) {
                java.time.Instant due = hotline.Sql.atOrNull(row, column);
                if (due != null) {
                  promises.merge(Desk.read(due), 1, Integer::sum);
                }
              }
              return row;
            })
        .list();
    lines.forEach(
        (line, count) -> {
          long possible =
              promises.entrySet().stream()
                  .filter(promise -> line.contains("应于 " + promise.getKey() + " 前"))
                  .mapToInt(Map.Entry::getValue)
                  .sum();
          assertThat((long) count)
              .as(order.number + " " + line)
              .isLessThanOrEqualTo(Math.max(possible, 1));
        });
  }
}
