package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.database.TestedDatabase;
import hotline.scenarios.Desk.Order;
import hotline.scenarios.OutageDesk.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Rare Han characters and emoji in whatever somebody can type or post, as long as it may be: the
 * fields are read off the forms and the API's own description, so that none is forgotten.
 */
@Scenario
@Tag("mariadb")
@DisplayName("生僻字和表情：写在每个文字栏里，写到最长，存得下、读得回")
class EveryFieldTest {
  private static final String RARE = "𠮷😀";
  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired Desk desk;
  @Autowired OutageDesk outages;

  /** What was typed into each text field, by form and field. */
  private final Map<String, String> typed = new LinkedHashMap<>();

  private final Set<String> kept = new HashSet<>();

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  // ---- forms

  /** Text that is a number, a list or a code has a form of its own. */
  private static final Map<String, String> SHAPED =
      Map.of(
          "receive-call.callerPhone",
          "0766-8812345",
          "complete-intake.callerPhone",
          "0766-8812345",
          "determine-range.valves",
          "𠮷1😀 DN300 " + RARE.repeat(50),
          "determine-range.otherKeyCustomers",
          "𠮷氏豆腐坊😀" + RARE.repeat(27));

  private static List<String> texts(JsonNode components, String form) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : components) {
      JsonNode most = each.path("validate").path("maxLength");
      if (List.of("textfield", "textarea").contains(each.path("type").asText())
          && most.isNumber()) {
        texts.add(form + "." + each.path("key").asText() + " " + most.asInt());
      }
      texts.addAll(texts(each.path("components"), form));
    }
    return texts;
  }

  /** As form.field longest. */
  private static List<String> texts(String form) {
    try {
      JsonNode file = JSON.readTree(Files.readString(Path.of("forms", form + ".form")));
      return texts(file.path("components"), form);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** These fields, and rare text in every other one that the form lets somebody type into. */
  private Object[] typing(String form, Object... given) {
    List<Object> fields = new ArrayList<>(Arrays.asList(given));
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < given.length; i += 2) {
      names.add((String) given[i]);
    }
    for (String text : texts(form)) {
      String field = text.substring(0, text.indexOf(' '));
      String name = field.substring(field.indexOf('.') + 1);
      if (names.add(name)) {
        fields.add(name);
        fields.add(
            typed.computeIfAbsent(
                field, any -> filled(field, Integer.parseInt(text.split(" ")[1]))));
      }
    }
    return fields.toArray();
  }

  /** The field's own name, so that it is found again, and rare characters up to the longest. */
  private static String filled(String field, int most) {
    String shaped = SHAPED.get(field);
    if (shaped != null) {
      return shaped;
    }
    int room = most - field.length() - 1;
    return field + " " + RARE.repeat(room / 2) + (room % 2 == 1 ? "𠮷" : "");
  }

  @Test
  @DisplayName("每张表单的每个文字栏")
  void everyFieldOfEveryForm() throws IOException {
    intake();
    checkedAndReturned();
    handledTwice();
    urgentAndLate();
    reviewedAndPutOff();
    outage();
    anomaly();

    Set<String> all = new TreeSet<>();
    try (Stream<Path> forms = Files.list(Path.of("forms"))) {
      forms
          .map(file -> file.getFileName().toString().replace(".form", ""))
          // it needs an order that is broken: WatchdogTest
          .filter(form -> !form.equals("recover-order"))
          .flatMap(form -> texts(form).stream())
          .forEach(text -> all.add(text.substring(0, text.indexOf(' '))));
    }
    assertThat(typed.keySet()).as("每个文字栏都写过").containsAll(all);
    Set<String> lost = new TreeSet<>();
    remember();
    typed.forEach(
        (field, text) -> {
          for (String part : text.strip().split(" DN300 ")) {
            if (kept.stream().noneMatch(each -> each.contains(part))) {
              lost.add(field);
            }
          }
        });
    assertThat(lost).as("写了却没有原样存下的").isEmpty();
  }

  /** What a later step may overwrite. */
  private void remember() {
    kept.addAll(TestedDatabase.everyText(desk.tables()));
  }

  private Order typedCall() {
    Order order = desk.callTypedInTasklist("agent", typing("receive-call", "channel", "PHONE"));
    remember();
    return order;
  }

  private void intake() {
    Object[] passedOn = {
      "outcome",
      "DISPATCH",
      "category",
      "BURST",
      "district",
      "yuncheng",
      "department",
      "production",
      "furtherCategory",
      "BILLING",
      "meterSide",
      "UPSTREAM",
      "asset",
      "PIPE"
    };
    Order burst = typedCall();
    burst.does("agent", "complete-intake", typing("complete-intake", passedOn));
    burst.does("business-leader", "instruct-emergency", typing("instruct-emergency"));
    if (burst.waitsFor().toString().contains("record-gis-dispatch")) {
      burst.does("dispatcher", "record-gis-dispatch", typing("record-gis-dispatch"));
    }
    Order answered = typedCall();
    answered.does(
        "agent",
        "complete-intake",
        typing(
            "complete-intake", "outcome", "ANSWER", "category", "ADVICE", "district", "yuncheng"));
    Order gis = desk.call("BURST");
    gis.does("dispatcher", "record-gis-dispatch", typing("record-gis-dispatch"));
    Order byPhone = desk.call("WATER_QUALITY");
    desk.pass(Duration.ofMinutes(4));
    byPhone.does("dispatcher", "notify-by-phone", typing("notify-by-phone"));
  }

  private void checkedAndReturned() {
    desk.call("COMPLAINT")
        .does(
            "dispatcher",
            "check-dispatch",
            typing("check-dispatch", "outcome", "DISPATCH", "department", "engineering"));
    desk.call("COMPLAINT")
        .does("dispatcher", "check-dispatch", typing("check-dispatch", "outcome", "ANSWER"));
    Order returned = desk.call("BILLING");
    returned.does(returned.department(), "accept", typing("accept", "outcome", "RETURN"));
  }

  private void handledTwice() {
    Order order = desk.call("BILLING", "/caller/phone", "0766-8812345");
    String department = order.department();
    order.does(department, "accept", typing("accept", "outcome", "ACCEPT"));
    order.does(department, "contact-customer", typing("contact-customer"));
    order.does(
        department,
        "report-work",
        typing(
            "report-work",
            "outcome",
            "EXTENSION",
            "extensionUntil",
            "2026-11-30T12:00:00+08:00",
            "extensionCause",
            "OUTSIDE"));
    order.does(
        department + "-leader", "decide-extension", typing("decide-extension", "approved", false));
    order.does(department, "report-work", typing("report-work", "outcome", "DONE"));
    Object[] dissatisfied = {"reached", true, "solved", false, "satisfaction", "DISSATISFIED"};
    order.does("agent", "callback-by-phone", typing("callback-by-phone", dissatisfied));
    order.does("agent", "follow-up", typing("follow-up", "outcome", "REWORK"));
    order.does(department, "accept", "outcome", "ACCEPT");
    order.does(department, "contact-customer", "note", "已联系");
    order.does(department, "report-arrival", typing("report-arrival"));
    order.does(department, "report-work", "outcome", "DONE", "result", "已办");
    order.does("agent", "callback-by-phone", dissatisfied);
    order.does("agent", "follow-up", typing("follow-up", "outcome", "CLOSE"));

    Order outside =
        desk.callOf(
            "wuda-heat",
            "COMPLAINT",
            "/caller/district",
            "xinda",
            "/facts/departmentComplainedOf",
            "outside-unit");
    outside.checked().does("dispatcher", "accept", "outcome", "ACCEPT", "worker", "李主任");
    outside.does("dispatcher", "contact-customer", "note", "已联系");
    outside.does(
        "dispatcher", "report-work", typing("report-work", "outcome", "DONE", "result", "短"));
  }

  private void urgentAndLate() {
    Order order =
        desk.callOf("water-repair", "LEAK", "/caller/district", "east", "/facts/urgent", true)
            .checked()
            .accepted();
    order.does("crew-east", "report-arrival", typing("report-arrival"));
    order.does("crew-east", "report-containment", typing("report-containment"));
    desk.pass(Duration.ofHours(5));
    order.does("dispatcher", "inquire-delay", typing("inquire-delay", "cause", "OWN"));
    order.does("crew-east", "report-work", "outcome", "DONE", "result", "已修复");
    order.satisfiedByPhone();
    order.does("dispatcher", "record-completion", typing("record-completion", "cost", 35.5));
  }

  private void reviewedAndPutOff() {
    Order order =
        desk.callOf(
                "gas",
                "COMPLAINT",
                "/caller/district",
                "east",
                "/channel",
                "PLATFORM",
                "/external/platform",
                "12345",
                "/external/number",
                "SZ-1",
                "/external/dueAt",
                "2026-11-20T18:00:00+08:00")
            .checked()
            .accepted();
    order.does(
        "east-service",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-11-19T12:00:00+08:00",
        "extensionReason",
        "等检测报告",
        "extensionCause",
        "OUTSIDE");
    order.does("service-manager", "decide-extension", "approved", true);
    order.does("east-service", "tell-customer", typing("tell-customer"));
    order.reported();
    order.does("east-service-leader", "review-reply", typing("review-reply", "outcome", "REWORK"));
    order.reported();
    order.passedBy("east-service-leader", "service-manager");
    desk.itIs("2026-11-16T22:00:00+08:00");
    order.does(
        "agent",
        "callback-by-phone",
        typing("callback-by-phone", "reached", true, "solved", true, "satisfaction", "SATISFIED"));
    order.does("agent", "reply-to-platform", typing("reply-to-platform"));
    Order alarm = desk.callOf("gas", "ALARM", "/caller/district", "west");
    alarm.does("agent", "instruct-emergency", typing("instruct-emergency"));
    alarm.accepted().does("west-repair", "report-arrival", typing("report-arrival"));
  }

  private void outage() {
    Object[] planned = {
      "origin",
      "NETWORK",
      "start",
      Desk.local(desk.now(), 2, "08:00"),
      "end",
      Desk.local(desk.now(), 2, "18:00")
    };
    Object[] range = {
      "outcome",
      "REPORT",
      "affectedDistricts",
      List.of("yuncheng"),
      "affectedPopulation",
      6000,
      "start",
      Desk.local(desk.now(), 2, "08:00"),
      "end",
      Desk.local(desk.now(), 2, "18:00"),
      "confirmed",
      true
    };
    Outage outage =
        outages.typed("engineering", "planned-outage", typing("report-outage", planned));
    remember();
    outage.doesTask("engineering", "determine-range", typing("determine-range", range));
    approves(outage, "APPROVED");
    String first = outage.duties("OPEN").get(0);
    outage.does(
        outage.duty(first).path("by").asText(), first, typing("perform-duty", "outcome", "WAIVE"));
    for (String duty : outage.duties("OPEN")) {
      outage.does(
          outage.duty(duty).path("by").asText(), duty, typing("perform-duty", "outcome", "DONE"));
    }
    outage.doesTask("engineering", "follow-outage", typing("follow-outage", "outcome", "CHANGE"));
    desk.pass(Duration.ofDays(3));
    outage.doesTask(
        "engineering",
        "follow-outage",
        typing("follow-outage", "outcome", "RESTORED", "restoredAt", desk.now().toString()));

    Outage refused =
        outages.typed("engineering", "planned-outage", typing("report-outage", later()));
    refused.doesTask("engineering", "determine-range", typing("determine-range", laterRange()));
    approves(refused, "REFUSED");
  }

  private Object[] later() {
    return new Object[] {
      "origin",
      "NETWORK",
      "start",
      Desk.local(desk.now(), 3, "08:00"),
      "end",
      Desk.local(desk.now(), 3, "18:00")
    };
  }

  private Object[] laterRange() {
    List<Object> range = new ArrayList<>(Arrays.asList(later()).subList(2, 6));
    range.addAll(
        List.of(
            "outcome",
            "REPORT",
            "affectedDistricts",
            List.of("yuncheng"),
            "affectedPopulation",
            6000,
            "confirmed",
            true));
    return range.toArray();
  }

  private void approves(Outage outage, String outcome) {
    for (JsonNode waiting : outage.view().path("waitingFor")) {
      if (waiting.path("task").asText().equals("obtain-approval")) {
        String duty = waiting.path("duty").asText();
        outage.does(
            outage.duty(duty).path("by").asText(),
            duty,
            typing("obtain-approval", "outcome", outcome));
        return;
      }
    }
    throw new AssertionError(outage.number + " waits for " + outage.waitsFor());
  }

  private void anomaly() {
    String number =
        outages.typed("dispatch-centre", "network-anomaly", typing("report-anomaly")).number;
    JsonNode task =
        desk.get("/api/tasks?order=" + number, "yunfu-water.agent").body().path("items").path(0);
    assertThat(
            desk.complete("yunfu-water.agent", task.path("id").asText(), typing("note-anomaly"))
                .status())
        .isEqualTo(200);
  }

  // ---- the API

  /** Strings of request bodies that are codes, moments or numbers, not what somebody writes. */
  private static final Set<String> CODED =
      Set.of(
          "company",
          "channel",
          "category",
          "subcategory",
          "department",
          "departmentComplainedOf",
          "meterSide",
          "asset",
          "networkPart",
          "outage",
          "type",
          "effect",
          "kind",
          "origin",
          "phone",
          "from",
          "after",
          "status",
          "district",
          "districts",
          "places",
          "level");

  @Test
  @DisplayName("接口说明里的每个文字字段")
  void everyFieldOfTheApi() {
    Set<String> posted = new TreeSet<>();
    List<Object> call = new ArrayList<>();
    for (String field :
        List.of(
            "description 4000",
            "caller.name 100",
            "caller.address 300",
            "caller.district 60",
            "departmentReason 1000",
            "facts.landmark 200",
            "facts.since 200",
            "facts.extent 200",
            "facts.promised 200",
            "external.platform 60",
            "external.number 100")) {
      String name = field.substring(0, field.indexOf(' '));
      call.add("/" + name.replace('.', '/'));
      call.add(filled(name, Integer.parseInt(field.split(" ")[1])));
      posted.add(name.substring(name.lastIndexOf('.') + 1));
    }
    call.addAll(List.of("/department", "production", "/caller/phone", "13800000000"));
    Map<String, Object> body = Desk.body("yunfu-water", "LEAK", call.toArray());
    body.put("demands", List.of(Map.of("category", "BILLING", "description", "demand " + RARE)));
    String key = "键" + RARE.repeat(50);
    Desk.Answer taken = desk.post("/api/work-orders", body, "yunfu-water.agent", header(key));
    assertThat(taken.status()).as(taken.body().toString()).isEqualTo(201);
    JsonNode view = taken.body();
    for (int i = 0; i < call.size(); i += 2) {
      String pointer = (String) call.get(i);
      if (!pointer.equals("/department") && !pointer.equals("/departmentReason")) {
        assertThat(view.at(pointer).asText()).as(pointer).isEqualTo(call.get(i + 1));
      }
    }
    assertThat(view.toString()).contains((String) call.get(call.indexOf("/departmentReason") + 1));

    Order answered = desk.call("ADVICE", "/answer", filled("answer", 4000));
    assertThat(answered.view().path("answer").asText()).isEqualTo(filled("answer", 4000));
    posted.add("answer");

    Desk.Answer urged =
        desk.order(view.path("number").asText()).customer("SUPPLEMENT", filled("note", 1000));
    assertThat(urged.body().path("events").toString()).contains(filled("note", 1000));
    posted.add("note");

    for (Map<String, Object> wanted :
        List.<Map<String, Object>>of(
            Map.of("text", "landmark " + RARE), Map.of("address", RARE.repeat(3)))) {
      Map<String, Object> search = new LinkedHashMap<>(wanted);
      search.put("company", "yunfu-water");
      assertThat(desk.post("/api/work-orders/search", search, "yunfu-water.agent", null).status())
          .as(wanted.toString())
          .isEqualTo(200);
      posted.addAll(wanted.keySet());
    }

    String messageId = RARE.repeat(30);
    Desk.Answer reply =
        desk.post(
            "/api/sms-replies",
            Map.of("from", "13800000000", "text", filled("text", 1000), "messageId", messageId),
            "yunfu-water.agent",
            null);
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
    posted.add("messageId");

    Map<String, Object> report =
        outages.unplanned(
            "area",
            filled("area", 2000),
            "reason",
            filled("reason", 1000),
            "measures",
            filled("measures", 1000),
            "keyCustomers",
            List.of("𠮷氏豆腐坊😀"),
            "valves",
            List.of(Map.of("number", "阀" + RARE, "diameterMm", 300, "place", "口" + RARE)));
    JsonNode outage = outages.reported("engineering", report).view();
    for (String name : List.of("area", "reason", "measures")) {
      assertThat(outage.path(name).asText()).isEqualTo(report.get(name));
      posted.add(name);
    }
    assertThat(outage.path("keyCustomers").toString()).contains("𠮷氏豆腐坊😀");
    assertThat(outage.path("valves").toString()).contains("阀" + RARE, "口" + RARE);
    posted.addAll(List.of("keyCustomers", "number", "place"));

    Map<String, Object> place = new LinkedHashMap<>();
    place.put("name", filled("name", 100));
    place.put("kind", "小区");
    place.put("district", "云城区");
    place.put("population", 12);
    place.put("contact", filled("contact", 50));
    place.put("address", filled("address", 200));
    Desk.Answer saved =
        desk.put("/api/directory/E77?company=yunfu-water", place, "yunfu-water.service-manager");
    assertThat(saved.status()).as(saved.body().toString()).isEqualTo(200);
    for (String name : List.of("name", "contact", "address")) {
      assertThat(saved.body().path(name).asText()).isEqualTo(place.get(name));
    }
    posted.addAll(List.of("name", "contact", "address", "population"));

    List<String> kept = TestedDatabase.everyText(desk.tables());
    for (String each :
        List.of(filled("text", 1000), messageId, filled("contact", 50), "demand " + RARE)) {
      assertThat(kept).as(each).anyMatch(text -> text.contains(each));
    }
    Set<String> described = new TreeSet<>();
    JsonNode api = desk.get("/v3/api-docs", "yunfu-water.agent").body();
    api.path("paths")
        .forEach(
            path ->
                path.forEach(
                    call2 ->
                        call2
                            .path("requestBody")
                            .path("content")
                            .forEach(
                                media -> strings(api, media.path("schema"), null, described))));
    described.removeAll(CODED);
    assertThat(posted).as("接口说明里的文字字段都写过").containsAll(described);
  }

  private static String header(String key) {
    return UUID.nameUUIDFromBytes(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString();
  }

  private static void strings(JsonNode api, JsonNode schema, String name, Set<String> found) {
    if (schema.has("$ref")) {
      strings(api, api.at(schema.path("$ref").asText().substring(1)), name, found);
    } else if (schema.path("type").asText().equals("array")) {
      strings(api, schema.path("items"), name, found);
    } else if (schema.has("properties")) {
      schema
          .path("properties")
          .fields()
          .forEachRemaining(each -> strings(api, each.getValue(), each.getKey(), found));
    } else if (name != null
        && schema.path("type").asText().equals("string")
        && !schema.has("format")
        && !schema.has("enum")) {
      found.add(name);
    }
  }
}
