package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.regulation.OutageMatter;
import hotline.regulation.Regulation;
import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("停供随机走100步：无论怎样办，总有人负责，办过的不丢，最后都能办结（五家公司）")
class OutageRandomWalkTest {
  private static final int STEPS = 100;
  private static final int MOST_AT_A_TIME = 6;

  /** Who reports in a company and what lies in its directory. */
  private record Ground(
      String[] network,
      String[] plants,
      String[] districts,
      String[] places,
      String[] keyCustomers,
      String category) {
    static Ground of(
        String network,
        String plants,
        String districts,
        String places,
        String keyCustomers,
        String category) {
      return new Ground(
          network.split(" "),
          plants.split(" "),
          districts.split(" "),
          places.split(" "),
          keyCustomers.split(" "),
          category);
    }
  }

  private static final Map<String, Ground> GROUNDS =
      Map.of(
          "yunfu-water",
          Ground.of(
              "engineering",
              "production",
              "yuncheng yunan xinxing",
              "YC-E01 YC-E02 YC-E03 YC-P01 YC-C01 YA-F01 YC-K01",
              "YC-K01 YC-K02 云浮市第一人民医院（演示） 名录外的豆制品厂",
              "NO_WATER"),
          "yinchuan-water",
          Ground.of(
              "network-xingqing network-jinfeng branch-helan",
              "water-production",
              "xingqing jinfeng hedong",
              "XQ-E01 XQ-P01 JF-C01 XX-F01",
              "XQ-K01 兴庆第一医院（演示） 名录外的学校",
              "NO_WATER"),
          "gas",
          Ground.of(
              "division-east east-repair west-repair",
              "division-west",
              "east west",
              "E-E01 E-P01 E-F01 W-C01",
              "E-K01 W-K01 名录外的食堂",
              "REPAIR"),
          "water-repair",
          Ground.of(
              "network crew-east crew-mobile",
              "operations",
              "east west south north",
              "E-E01 W-P01 S-C01 N-F01",
              "E-K01 S-K01 名录外的医院",
              "NO_WATER"),
          "wuda-heat",
          Ground.of(
              "network-operations network-engineering operations-1",
              "operations-3",
              "xinda binhai suhaitu",
              "XD-E01 XD-P01 BH-E01 LJ-F01",
              "BH-K01 BH-K02 名录外的养老院",
              "NOT_WARM"));

  /** Refusals that a person may meet who tries at random. */
  private static final Pattern EXPECTED =
      Pattern.compile(
          "停供已经开始，不能|还没有开始|没有改动|已经过去|必须晚于开始时间|不能早于|不能晚于|须晚于现在|confirmed|先在“跟进停供”里变更时间|还有 \\d+ 家未通知到");

  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired Regulation regulation;

  private Random dice = new Random();
  private String company = "";
  private final List<String> walk = new ArrayList<>();
  private final List<Outage> reported = new ArrayList<>();

  /** What was acknowledged: the duty's end and its doer, the calls to a contact. */
  private final Map<String, String> ended = new HashMap<>();

  private final Map<String, Integer> calls = new HashMap<>();

  /** The due moments that a duty has had, the last one last. */
  private final Map<String, List<Instant>> dues = new HashMap<>();

  private final Set<String> opened = new HashSet<>();
  private final Set<String> closed = new HashSet<>();

  @ParameterizedTest(name = "{0} 种子 {1}")
  @DisplayName("ALL-2、ALL-3、YF-16d：停供随机走100步，再一一办结")
  @CsvSource({
    "yunfu-water,20261116",
    "yunfu-water,42",
    "yunfu-water,16",
    "yinchuan-water,7",
    "gas,3",
    "water-repair,5",
    "wuda-heat,9"
  })
  void walks(String walked, long seed) {
    company = walked;
    dice = new Random(seed);
    desk.startAt("2026-11-16T09:00:00+08:00");
    walk.clear();
    reported.clear();
    ended.clear();
    calls.clear();
    dues.clear();
    opened.clear();
    closed.clear();
    try {
      report();
      holds(open(), false);
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      reported.forEach(this::driveToTheEnd);
      holds(reported, false);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " after\n" + String.join("\n", walk), e);
    }
  }

  private void step() {
    int what = dice.nextInt(100);
    Instant before = desk.now();
    if (what < 10 && open().size() < MOST_AT_A_TIME || open().isEmpty()) {
      report();
    } else if (what < 26) {
      timePasses();
    } else if (what < 34) {
      call(any(reported));
    } else if (what < 36) {
      walk.add("the post goes out");
      desk.postGoesOut();
    } else if (what < 48) {
      follow(any(open()));
    } else {
      task(any(open()));
    }
    desk.everyOpenOrderHasANextActor();
    boolean timePassed = desk.now().isAfter(before);
    holds(open(), timePassed);
  }

  // ---- what happens

  private List<Outage> open() {
    return reported.stream().filter(outage -> !closed.contains(outage.number)).toList();
  }

  private void report() {
    Ground ground = GROUNDS.get(company);
    boolean planned = dice.nextBoolean();
    String origin = any("NETWORK", "NETWORK", "PLANT", "BOOSTER_STATION");
    String reporter = any(origin.equals("NETWORK") ? ground.network() : ground.plants());
    Instant start =
        planned
            ? desk.now().plusSeconds(upTo(4 * 86400))
            : desk.now().plusSeconds(dice.nextInt(6 * 3600) - 5L * 3600);
    Instant end = later(start, desk.now()).plusSeconds(600 + upTo(20 * 3600));
    if (dice.nextInt(5) == 0) {
      Outage typed =
          outages.typed(
              company + "." + reporter,
              planned ? "planned-outage" : "unplanned-outage",
              "origin",
              origin,
              "effect",
              any("SHUTOFF", "REDUCED_PRESSURE"),
              "area",
              "世纪大道一带",
              "start",
              start.toString(),
              "end",
              end.toString());
      walk.add(typed.number + " is typed by " + reporter + " for " + start + " to " + end);
      reported.add(typed);
      return;
    }
    Map<String, Object> report =
        outages.planned(
            "company", company,
            "kind", planned ? "PLANNED" : "UNPLANNED",
            "origin", origin,
            "effect", any("SHUTOFF", "REDUCED_PRESSURE"),
            "districts", some(ground.districts()),
            "places", some(ground.places()),
            "start", start.toString(),
            "end", end.toString(),
            "affectedPopulation", people(),
            "keyCustomers", some(ground.keyCustomers()),
            "mainRoad", dice.nextBoolean());
    walk.add("reported by " + reporter + " " + report);
    reported.add(outages.reportedBy(company + "." + reporter, report));
  }

  private void timePasses() {
    JsonNode of = any(reported).view();
    Instant until = desk.now().plusSeconds(upTo(3 * 86400));
    if (dice.nextInt(3) == 0) {
      Instant edge = Desk.at(of, dice.nextBoolean() ? "start" : "end");
      until = edge.plusSeconds(dice.nextInt(3) - 1);
    }
    if (until.isAfter(desk.now())) {
      walk.add("it is " + until);
      desk.itIs(until);
    }
  }

  private void call(Outage outage) {
    JsonNode view = outage.view();
    boolean known =
        !view.path("publishedAt").isNull()
            && List.of("ANNOUNCED", "RUNNING").contains(view.path("status").asText());
    String phone = any("13800000001", "13800000002", "0766-8812345", "0766-8812346");
    walk.add("call from " + phone + " about " + outage.number);
    Answer answer =
        desk.post(
            "/api/work-orders",
            Desk.body(
                company,
                GROUNDS.get(company).category(),
                "/outage",
                outage.number,
                "/caller/phone",
                phone,
                "/caller/wantsCallback",
                dice.nextInt(5) > 0),
            company + ".agent",
            UUID.randomUUID().toString());
    assertThat(answer.status()).as(answer.body() + " " + view).isEqualTo(known ? 201 : 422);
  }

  private void follow(Outage outage) {
    for (JsonNode waiting : outage.view().path("waitingFor")) {
      if (waiting.path("task").asText().equals("follow-outage")) {
        does(outage, waiting, following(outage.view()));
      }
    }
  }

  /** Somebody does one of the tasks that wait, in one of the ways that the form offers. */
  private void task(Outage outage) {
    List<JsonNode> waiting = new ArrayList<>();
    outage.view().path("waitingFor").forEach(waiting::add);
    JsonNode task = any(waiting);
    Map<String, Object> form =
        switch (task.path("task").asText()) {
          case "determine-range" -> range(outage.view());
          case "follow-outage" -> following(outage.view());
          case "obtain-approval" -> approval();
          default -> duty(outage.duty(task.path("duty").asText()));
        };
    does(outage, task, form);
  }

  private void does(Outage outage, JsonNode task, Map<String, Object> form) {
    String user =
        task.path("assignee").isNull()
            ? task.path("group").asText()
            : task.path("assignee").asText();
    walk.add(
        desk.now()
            + " "
            + outage.number
            + " "
            + task.path("task").asText()
            + " "
            + task.path("duty").asText()
            + " by "
            + user
            + " "
            + form);
    List<Object> pairs = new ArrayList<>();
    form.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    Answer answer = desk.complete(user, task.path("id").asText(), pairs.toArray());
    assertThat(answer.status()).as(task + " " + answer.body()).isIn(200, 422);
    if (answer.status() == 422) {
      walk.add("  " + answer.detail());
      assertThat(answer.detail()).containsPattern(EXPECTED);
      return;
    }
    if (!task.path("duty").isNull()) {
      acknowledged(outage, task.path("duty").asText(), form, answer.body());
    }
  }

  private void acknowledged(Outage outage, String key, Map<String, Object> form, JsonNode view) {
    String duty = outage.number + " " + key;
    for (String field : List.of("reachedContacts", "unreachedContacts")) {
      if (form.get(field) instanceof List<?> codes) {
        codes.forEach(code -> calls.merge(duty + " " + code, 1, Integer::sum));
      }
    }
    for (JsonNode each : view.path("duties")) {
      if (each.path("key").asText().equals(key) && !each.path("doneAt").isNull()) {
        ended.put(duty, end(each));
      }
    }
  }

  private static String end(JsonNode duty) {
    return duty.path("status").asText()
        + " "
        + duty.path("doneBy").asText()
        + " "
        + duty.path("doneAt").asText()
        + " "
        + duty.path("note").asText();
  }

  // ---- forms

  private Map<String, Object> range(JsonNode view) {
    Ground ground = GROUNDS.get(company);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("outcome", dice.nextInt(6) == 0 ? "WITHDRAW" : "REPORT");
    form.put("area", "世纪大道一带");
    form.put("affectedDistricts", some(ground.districts()));
    form.put("affectedPlaces", some(ground.places()));
    form.put("affectedPopulation", people());
    form.put("keyCustomers", some(ground.keyCustomers()));
    form.put("otherKeyCustomers", any("", "另一家医院、又一家学校"));
    form.put("mainRoad", dice.nextBoolean());
    Instant start = Desk.at(view, "start");
    if (view.path("kind").asText().equals("PLANNED")) {
      start = later(start, desk.now().plusSeconds(upTo(86400)));
    }
    form.put("start", start.toString());
    form.put("end", later(start, desk.now()).plusSeconds(600 + upTo(20 * 3600)).toString());
    form.put("reason", "抢修");
    form.put("confirmed", dice.nextInt(3) > 0);
    return form;
  }

  private Map<String, Object> following(JsonNode view) {
    Map<String, Object> form = new LinkedHashMap<>();
    int what = dice.nextInt(10);
    form.put("reason", "施工单位要求");
    if (what < 2) {
      form.put("outcome", "RESTORED");
      if (dice.nextBoolean()) {
        form.put("restoredAt", desk.now().minusSeconds(upTo(7200)).toString());
      }
    } else if (what < 3) {
      form.put("outcome", "CANCEL");
    } else {
      form.put("outcome", "CHANGE");
      Instant start = Desk.at(view, "start");
      boolean moved = dice.nextInt(3) > 0;
      if (moved && view.path("status").asText().equals("ANNOUNCED")) {
        start =
            dice.nextBoolean()
                ? later(start, desk.now()).plusSeconds(upTo(2 * 86400))
                : desk.now().plusSeconds(upTo(86400));
        form.put("start", start.toString());
      }
      if (moved) {
        form.put("end", later(start, desk.now()).plusSeconds(upTo(20 * 3600)).toString());
      }
      if (dice.nextInt(3) == 0) {
        form.put("affectedPopulation", people());
      }
      if (dice.nextInt(4) == 0) {
        form.put("area", any("金山路一带", "世纪大道全线"));
      }
    }
    return form;
  }

  private Map<String, Object> approval() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("outcome", dice.nextInt(4) == 0 ? "REFUSED" : "APPROVED");
    form.put("reference", "云城管〔2026〕88号");
    form.put("reason", "中考期间");
    happened(form);
    return form;
  }

  private Map<String, Object> duty(JsonNode duty) {
    Map<String, Object> form = new LinkedHashMap<>();
    List<String> left = new ArrayList<>();
    duty.path("contacts")
        .forEach(
            contact -> {
              if (contact.path("status").asText().equals("OPEN")) {
                left.add(contact.path("code").asText());
              }
            });
    form.put("outcome", dice.nextInt(8) == 0 ? "WAIVE" : "DONE");
    form.put("note", "已办理");
    if (dice.nextInt(3) > 0 || left.isEmpty()) {
      form.put("reason", "其余单位电话停机");
    }
    if (!left.isEmpty()) {
      List<String> reached = some(left.toArray(String[]::new));
      left.removeAll(reached);
      List<String> unreached = some(left.toArray(String[]::new));
      form.put("reachedContacts", reached);
      form.put("unreachedContacts", unreached);
      if (dice.nextBoolean() && !(reached.isEmpty() && unreached.isEmpty())) {
        form.put("outcome", "RECORD");
      }
    }
    if (!form.containsKey("reason") && form.get("outcome").equals("WAIVE")) {
      form.put("reason", "已恢复，未及通知");
    }
    happened(form);
    return form;
  }

  private void happened(Map<String, Object> form) {
    if (dice.nextInt(4) == 0) {
      form.put("doneAt", desk.now().minusSeconds(upTo(7200)).toString());
    }
  }

  // ---- dice

  private int people() {
    return new int[] {0, 3000, 4999, 5000, 5001, 20000}[dice.nextInt(6)];
  }

  /** Mostly short, at times long. */
  private long upTo(long seconds) {
    return 1 + (long) Math.pow(seconds - 1, dice.nextDouble());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private String any(String... words) {
    return words[dice.nextInt(words.length)];
  }

  private <T> T any(List<T> things) {
    return things.get(dice.nextInt(things.size()));
  }

  private List<String> some(String... words) {
    List<String> some = new ArrayList<>();
    for (String word : words) {
      if (dice.nextInt(2) == 0) {
        some.add(word);
      }
    }
    return some;
  }

  // ---- what holds at any moment

  private void holds(List<Outage> looked, boolean timePassed) {
    Set<String> shown = new HashSet<>();
    desk.publicly("/public/outages?company=" + company)
        .path("items")
        .forEach(each -> shown.add(each.path("number").asText()));
    looked.forEach(outage -> holds(outage, shown.contains(outage.number), timePassed));
  }

  private void holds(Outage outage, boolean isPublic, boolean timePassed) {
    JsonNode view = outage.view();
    String status = view.path("status").asText();
    String seen = outage.number + " " + view;
    boolean isClosed = !view.path("closedAt").isNull();
    boolean current = List.of("ANNOUNCED", "RUNNING").contains(status);
    boolean published = !view.path("publishedAt").isNull();
    if (!published || current) {
      assertThat(isPublic).as(seen).isEqualTo(published);
    }
    if (isClosed) {
      closed.add(outage.number);
      assertThat(status).as(seen).isIn("RESTORED", "CANCELLED", "REFUSED");
      assertThat(view.path("waitingFor")).as(seen).isEmpty();
    }
    List<String> waiting = new ArrayList<>();
    view.path("waitingFor").forEach(task -> waiting.add(task.path("task").asText()));
    boolean followed = current || status.equals("APPROVAL");
    assertThat(waiting.stream().filter("follow-outage"::equals)).as(seen).hasSize(followed ? 1 : 0);
    if (status.equals("APPROVAL")) {
      assertThat(view.path("duties"))
          .as(seen)
          .anyMatch(duty -> List.of("OPEN", "WAITING").contains(duty.path("status").asText()));
    }
    Set<String> keys = new HashSet<>();
    for (JsonNode duty : view.path("duties")) {
      assertThat(keys.add(duty.path("key").asText())).as(seen).isTrue();
      holds(outage, duty, isClosed, timePassed, seen);
    }
    if (followed) {
      whatTheTableAsks(view, seen);
    }
    alertsAreUnique(outage, view);
  }

  private void holds(
      Outage outage, JsonNode duty, boolean isClosed, boolean timePassed, String seen) {
    String name = outage.number + " " + duty.path("key").asText();
    String status = duty.path("status").asText();
    boolean over = List.of("DONE", "WAIVED").contains(status);
    Instant due = Desk.at(duty, "dueAt");
    Instant openedAt = Desk.at(duty, "openedAt");
    assertThat(over || !isClosed).as(name + " is over: " + seen).isTrue();
    assertThat(duty.path("doneAt").isNull()).as(name + " when: " + seen).isNotEqualTo(over);
    assertThat(duty.path("doneBy").isNull()).as(name + " who: " + seen).isNotEqualTo(over);
    if (status.equals("WAIVED")) {
      assertThat(duty.path("note").asText()).as(name + " why: " + seen).isNotBlank();
    }
    if (ended.containsKey(name)) {
      assertThat(end(duty)).as(name + " as acknowledged: " + seen).isEqualTo(ended.get(name));
    }
    for (JsonNode contact : duty.path("contacts")) {
      assertThat(contact.path("attempts").asInt())
          .as(name + " calls to " + contact + ": " + seen)
          .isEqualTo(calls.getOrDefault(name + " " + contact.path("code").asText(), 0));
      assertThat(contact.path("status").asText().equals("OPEN") && status.equals("DONE"))
          .as(name + " is done and " + contact + " not told: " + seen)
          .isFalse();
    }
    assertThat(openedAt == null).as(name + " opened: " + seen).isEqualTo(neverOpened(duty));
    if (openedAt != null && opened.add(name)) {
      assertThat(openedAt).as(name + " is opened as of now: " + seen).isEqualTo(desk.now());
    }
    if (!status.equals("OPEN")) {
      return;
    }
    assertThat(due).as(name + " has a limit: " + seen).isNotNull();
    List<Instant> had = dues.computeIfAbsent(name, first -> new ArrayList<>());
    if (had.isEmpty() || !had.get(had.size() - 1).equals(due)) {
      assertThat(due).as(name + " can still be done in time: " + seen).isAfterOrEqualTo(desk.now());
      had.add(due);
    }
    if (timePassed && desk.now().isAfter(due.plusSeconds(1))) {
      assertThat(duty.path("breached").asBoolean()).as(name + " is late: " + seen).isTrue();
    }
  }

  private static boolean neverOpened(JsonNode duty) {
    return duty.path("openedAt").isNull()
        && List.of("WAITING", "WAIVED").contains(duty.path("status").asText());
  }

  /** Whatever the table asks for as it now stands is owed or done, and no consent beyond it. */
  private void whatTheTableAsks(JsonNode view, String seen) {
    Set<String> owed = new HashSet<>();
    regulation
        .outageDuties(
            company,
            new OutageMatter(
                "REPORT",
                view.path("effect").asText(),
                view.path("kind").asText(),
                view.path("origin").asText(),
                view.path("affectedPopulation").asInt(),
                !view.path("keyCustomers").isEmpty(),
                view.path("mainRoad").asBoolean()))
        .forEach(rule -> owed.add(rule.action()));
    for (String action : owed) {
      List<JsonNode> duties = new ArrayList<>();
      view.path("duties")
          .forEach(
              duty -> {
                if (duty.path("action").asText().equals(action)) {
                  duties.add(duty);
                }
              });
      assertThat(duties)
          .as(action + " is asked for: " + seen)
          .anyMatch(duty -> !duty.path("doneBy").asText().equals("系统"));
    }
    for (JsonNode task : view.path("waitingFor")) {
      if (task.path("task").asText().equals("obtain-approval")) {
        assertThat(owed)
            .as(task.path("duty").asText() + " is still asked for: " + seen)
            .contains(task.path("duty").asText().replaceFirst("-\\d+$", ""));
      }
    }
  }

  /** A line of the record for each due moment of a duty at most. */
  private void alertsAreUnique(Outage outage, JsonNode view) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (JsonNode event : view.path("events")) {
      String verb = event.path("verb").asText();
      if (verb.equals("时限提醒") || verb.equals("超期")) {
        lines.merge(verb + " " + event.path("note").asText(), 1, Integer::sum);
      }
    }
    lines.forEach(
        (line, count) -> {
          // what was begun and not reported in time is no duty
          int possible = line.equals("超期 核定范围并报告") ? 1 : 0;
          for (JsonNode duty : view.path("duties")) {
            String label = duty.path("label").asText();
            if (line.equals("超期 " + label)) {
              possible++;
            }
            for (Instant due :
                dues.getOrDefault(outage.number + " " + duty.path("key").asText(), List.of())) {
              if (line.contains(" 应于 " + Desk.read(due) + " 前" + label + "（")) {
                possible++;
              }
            }
          }
          assertThat(count).as(outage.number + " " + line).isLessThanOrEqualTo(possible);
        });
  }

  // ---- the end

  private void driveToTheEnd(Outage outage) {
    for (int acts = 0; !closed.contains(outage.number); acts++) {
      assertThat(acts).as(outage.number + " comes to an end: " + outage.view()).isLessThan(60);
      JsonNode view = outage.view();
      JsonNode task = view.path("waitingFor").path(0);
      for (JsonNode each : view.path("waitingFor")) {
        if (!each.path("task").asText().equals("follow-outage")) {
          task = each;
        }
      }
      Instant start = Desk.at(view, "start");
      switch (task.path("task").asText()) {
        case "determine-range" -> does(outage, task, Map.of("outcome", "WITHDRAW"));
        case "follow-outage" -> {
          if (start.isAfter(desk.now())) {
            desk.itIs(start);
          }
          desk.pass(Duration.ofSeconds(1));
          does(outage, task, Map.of("outcome", "RESTORED", "note", "已恢复"));
        }
        case "obtain-approval" ->
            does(outage, task, Map.of("outcome", "APPROVED", "reference", "云城管〔2026〕88号"));
        default ->
            does(outage, task, Map.of("outcome", "DONE", "note", "已办理", "reason", "其余单位电话停机"));
      }
      desk.everyOpenOrderHasANextActor();
      holds(List.of(outage), false);
    }
    assertThat(
            desk.engine()
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(outage.number)
                .count())
        .as(outage.number + " has left the engine")
        .isZero();
    assertThat(outage.record())
        .as(outage.number)
        .containsOnlyOnce(withdrawn(outage) ? "撤销报告" : "办结");
  }

  private static boolean withdrawn(Outage outage) {
    return outage.record().contains("撤销报告");
  }
}
