package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hotline.Refused;
import hotline.platform.CompletedForms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whatever is typed or posted is kept as text or refused in a Chinese sentence that names the
 * field; nothing is half stored, nothing reaches a log or stays in the engine.
 */
@Scenario
@Tag("mariadb")
@Import(Desk.class)
@DisplayName("各种不正常的输入")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String RARE = "𠮷";

  /** Stands in every text that is typed here, so that it is found wherever it should not be. */
  private static final String MARK = "秘密记号7731";

  private static final String PHONE = "13577310000";
  private static final String ATTACK =
      MARK
          + "<script>alert('x')</script><b>&amp;\"'; DROP TABLE work_order;-- ${runtimeService}"
          + " #{execution.setVariable('a',1)} {{x}} %n %s \\u0000 \\ / \r\n第二行\t缩进 😀👨‍👩‍👧 "
          + RARE
          + " \u202e反向 \u2028完";

  @Autowired Desk desk;
  @Autowired JdbcClient jdbc;
  @Autowired ProcessEngine engine;
  private final ObjectMapper json =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private final Log log = new Log();
  private final Map<String, Desk.Order> waiting = new LinkedHashMap<>();

  private static final class Log extends AppenderBase<ILoggingEvent> {
    final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getFormattedMessage()
              + (event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }

  @BeforeAll
  void begin() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    log.start();
    root().addAppender(log);
  }

  @AfterAll
  void end() {
    root().detachAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  // ---- posting and judging

  private static Map<String, Object> body(Object... details) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "/description",
                MARK + "水管漏水",
                "/caller/name",
                MARK + "张三",
                "/caller/phone",
                PHONE,
                "/caller/address",
                MARK + "云城区世纪大道12号"));
    all.addAll(Arrays.asList(details));
    return Desk.body("yunfu-water", "LEAK", all.toArray());
  }

  private Desk.Answer take(Object body) {
    return desk.post("/api/work-orders", text(body), AGENT, UUID.randomUUID().toString());
  }

  /** As JSON in which half a character is still there when it is sent. */
  private String text(Object body) {
    try {
      return body instanceof String text ? text : json.writeValueAsString(body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void isRefused(Desk.Answer answer, String field) {
    assertThat(answer.status()).as(answer.body().toString()).isIn(400, 422);
    assertThat(answer.detail()).matches("(?s).*\\p{IsHan}.*").doesNotContain(MARK);
    if (!field.isEmpty()) {
      assertThat(answer.field()).as(answer.detail()).isEqualTo(field);
      assertThat(answer.detail()).contains(field);
    }
  }

  /** Refused, and no trace of it is left in our tables or the engine's. */
  private void isRefusedWhole(Supplier<Desk.Answer> call, String field) {
    List<Integer> before = rows();
    isRefused(call.get(), field);
    assertThat(rows()).isEqualTo(before);
  }

  private List<Integer> rows() {
    return Stream.of(
            "work_order",
            "work_order_event",
            "time_limit",
            "work_task",
            "notice",
            "callback_attempt",
            "extension_request",
            "work_order_link",
            "ACT_RU_EXECUTION",
            "ACT_RU_TASK",
            "ACT_RU_JOB",
            "ACT_RU_VARIABLE",
            "ACT_GE_BYTEARRAY",
            "ACT_HI_PROCINST")
        .map(t -> jdbc.sql("SELECT COUNT(*) FROM " + t).query(Integer.class).single())
        .toList();
  }

  private static boolean holds(JsonNode node, String text) {
    if (node.isTextual() && node.textValue().contains(text)) {
      return true;
    }
    for (JsonNode child : node) {
      if (holds(child, text)) {
        return true;
      }
    }
    return false;
  }

  private static String pointer(String field) {
    return "/" + field.replace('.', '/');
  }

  // ---- the intake

  static Stream<Arguments> intakeTexts() {
    return Stream.of(
        Arguments.of("description", 4000, true),
        Arguments.of("answer", 4000, false),
        Arguments.of("caller.name", 100, false),
        Arguments.of("caller.address", 300, false),
        Arguments.of("caller.district", 60, false),
        Arguments.of("facts.landmark", 200, false),
        Arguments.of("facts.houseNo", 200, false),
        Arguments.of("external.platform", 60, false),
        Arguments.of("external.number", 100, false));
  }

  @ParameterizedTest
  @MethodSource("intakeTexts")
  @DisplayName("立单的文字：按原样保存，或说明哪里要改")
  void intakeText(String field, int most, boolean required) {
    for (String text :
        List.of(
            "字".repeat(most),
            RARE.repeat(most),
            ATTACK.substring(0, ATTACK.offsetByCodePoints(0, Math.min(most, 60))),
            "😀",
            "\"; SELECT 1",
            "${runtimeService}",
            "#{1+1}",
            "null")) {
      Desk.Answer answer = take(body("/answer", "答", pointer(field), text));
      assertThat(answer.status()).as(field + answer.body()).isEqualTo(201);
      assertThat(answer.body().at(pointer(field)).asText()).isEqualTo(text.strip());
    }
    for (Object wrong :
        Arrays.asList(
            "字".repeat(most + 1),
            RARE.repeat(most + 1),
            "a\u0000b",
            "a\u0007",
            "\u007f.",
            "a\u009bb",
            "a\ud800b",
            "\udc00",
            "\ude00\ud83d",
            List.of("a"),
            Map.of("a", 1))) {
      isRefusedWhole(() -> take(body("/answer", "答", pointer(field), wrong)), field);
    }
    for (Object blank : Arrays.asList(null, "", "   ", "\u3000\u00a0", "\n\t", "\u200b\ufeff")) {
      Map<String, Object> blanked = body("/answer", "答", pointer(field), blank);
      if (required) {
        isRefusedWhole(() -> take(blanked), field);
      } else {
        Desk.Answer answer = take(blanked);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
      }
    }
    if (!field.equals("facts.houseNo")) {
      isRefusedWhole(() -> take(body("/answer", "答", pointer(field), 5)), field);
      isRefusedWhole(() -> take(body("/answer", "答", pointer(field), true)), field);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "channel,SMS",
    "category,LEAK",
    "subcategory,",
    "facts.meterSide,UPSTREAM",
    "facts.asset,PIPE",
    "facts.networkPart,INDOOR",
    "facts.departmentComplainedOf,engineering"
  })
  @DisplayName("立单的选项：只收列出的")
  void intakeChoice(String field, @Nullable String good) {
    for (Object wrong :
        List.of(
            "NONE",
            "ＬＥＡＫ",
            "LEAK'--",
            "<b>",
            "😀",
            "x".repeat(5000),
            "a\ud800",
            1,
            true,
            List.of(),
            Map.of("LEAK", 1))) {
      isRefusedWhole(() -> take(body("/answer", "答", pointer(field), wrong)), field);
    }
    if (good != null) {
      Desk.Answer answer =
          take(body("/answer", "答", pointer(field), " " + good.toLowerCase(java.util.Locale.ROOT)));
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
      assertThat(answer.body().at(pointer(field)).asText()).isEqualToIgnoringCase(good);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "caller.wantsCallback",
        "facts.urgent",
        "facts.lawsuit",
        "facts.mediaExposure",
        "facts.disturbsTraffic",
        "facts.largeArea",
        "facts.underWarranty"
      })
  @DisplayName("立单的是否：只收 true 和 false")
  void intakeYesOrNo(String field) {
    for (Object wrong : List.of("yes", "true", "", 1, 0, 1.5, List.of(), Map.of())) {
      isRefusedWhole(() -> take(body("/answer", "答", pointer(field), wrong)), field);
    }
    assertThat(take(body("/answer", "答", pointer(field), true)).status()).isEqualTo(201);
    assertThat(take(body("/answer", "答", pointer(field), null)).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"facts.pipeDiameterMm,5000", "facts.jointComplainants,100000"})
  @DisplayName("立单的数字")
  void intakeNumber(String field, int most) {
    for (String wrong :
        List.of(
            "-1",
            "0",
            String.valueOf(most + 1),
            "2147483648",
            "-2147483649",
            "99999999999999999999",
            "1.5",
            "1e400",
            "-1e400",
            "1e2",
            "\"5\"",
            "\"\"",
            "\"NaN\"",
            "true",
            "[]",
            "{}")) {
      isRefusedWhole(() -> take(raw(field, wrong)), field);
    }
    for (String unreadable : List.of("NaN", "Infinity", "007", "0x10", "+5", "9".repeat(2000))) {
      isRefusedWhole(() -> take(raw(field, unreadable)), "");
    }
    assertThat(take(raw(field, String.valueOf(most))).status()).isEqualTo(201);
    assertThat(take(raw(field, "1")).status()).isEqualTo(201);
  }

  private String raw(String field, String value) {
    try {
      return json.writeValueAsString(body("/answer", "答", pointer(field), "@@"))
          .replace("\"@@\"", value);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"receivedAt", "external.dueAt"})
  @DisplayName("立单的时间")
  void intakeMoment(String field) {
    for (String wrong :
        List.of(
            "\"2026-02-30T00:00:00+08:00\"",
            "\"2026-02-28\"",
            "\"2026-02-28T10:00:00\"",
            "\"2026-02-28T25:00:00+08:00\"",
            "\"2026-02-28T10:00:00+19:00\"",
            "\"0001-01-01T00:00:00Z\"",
            "\"1970-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"+999999999-12-31T23:59:59-18:00\"",
            "\"-999999999-01-01T00:00:00+18:00\"",
            "\"昨天\"",
            "\"${now()}\"",
            "\"" + "9".repeat(5000) + "\"",
            "1763255700",
            "1763255700000",
            "1e400",
            "-5",
            "true",
            "[2026,11,16]",
            "{}")) {
      isRefusedWhole(() -> take(raw(field, wrong)), field);
    }
    for (String good :
        List.of(
            "null",
            "\"\"",
            "\"2026-11-16T15:00:00+14:00\"",
            "\"2026-11-16T00:30:00.123456789Z\"")) {
      Desk.Answer answer = take(raw(field, good));
      assertThat(answer.status()).as(good + answer.body()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "12",
        "abc",
        "1380000000O",
        "13800000000;DROP",
        "()()()",
        "+",
        "----",
        "😀😀😀😀",
        "13800000000\u0000",
        "1380000\n0000",
        "${phone}",
        "12345678901234567890123",
        "１２",
        "٣٣٣٣٣٣"
      })
  @DisplayName("电话：不是号码的不收")
  void wrongPhone(String phone) {
    isRefusedWhole(() -> take(body("/answer", "答", "/caller/phone", phone)), "caller.phone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "１３５７７３１００００",
        " 135 7731 0000 ",
        "+86-13577310000",
        "12345",
        "0766-8812345",
        "（0766）8812345",
        "+1 650 253 0000"
      })
  @DisplayName("电话：全角、空格、国家码、短号都收")
  void goodPhone(String phone) {
    Desk.Answer answer = take(body("/answer", "答", "/caller/phone", phone));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    assertThat(answer.body().path("caller").path("phone").asText()).isEqualTo(phone.strip());
  }

  @Test
  @DisplayName("立单的整体：结构不对、太大、太深、重名")
  void intakeShape() throws Exception {
    for (String broken :
        List.of(
            "",
            "null",
            "[]",
            "\"x\"",
            "5",
            "{",
            "{\"company\":",
            "{} {}",
            "{'company':1}",
            "\ufeff{}",
            "[".repeat(5000),
            "{\"a\":".repeat(5000),
            "\u0000")) {
      isRefusedWhole(() -> take(broken), "");
    }
    isRefusedWhole(() -> take(body("/caller", "张三")), "caller");
    isRefusedWhole(() -> take(body("/caller", null)), "caller.phone");
    isRefusedWhole(() -> take(body("/facts", List.of())), "facts");
    isRefusedWhole(() -> take(body("/external", 7)), "external");
    for (String name : List.of("a.b", "__proto__", "1a", "名", "a".repeat(41), "", "a b")) {
      Map<String, Object> odd = body("/answer", "答");
      odd.put("facts", Map.of(name, "x"));
      isRefusedWhole(() -> take(odd), "facts");
    }
    isRefusedWhole(() -> take(body("/answer", "答", "/facts/\ud800", "x")), "");
    Map<String, Object> thirty = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      thirty.put("f" + i, RARE.repeat(200));
    }
    assertThat(take(body("/answer", "答", "/facts", thirty)).status()).isEqualTo(201);
    thirty.put("f30", "x");
    isRefusedWhole(() -> take(body("/answer", "答", "/facts", thirty)), "facts");

    String twice = json.writeValueAsString(body("/answer", "答"));
    Desk.Answer doubled = take(twice.replaceFirst("\\{", "{\"description\":\"第一个\","));
    assertThat(doubled.status()).isEqualTo(201);
    assertThat(doubled.body().path("description").asText()).isEqualTo(MARK + "水管漏水");

    assertThat(take(body("/unknown", "x".repeat(200_000))).status()).isEqualTo(201);
    Desk.Answer tooLarge = take(body("/unknown", "x".repeat(300_000)));
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.detail()).contains("256 KB");
    String deep = "{\"x\":".repeat(900) + "1" + "}".repeat(900);
    JsonNode nested = json.readTree(deep);
    assertThat(take(body("/answer", "答", "/unknown", nested)).status()).isEqualTo(201);
    isRefusedWhole(() -> take(body("/facts/deep", nested)), "facts.deep");
  }

  private interface Reader<T> {
    T read() throws Exception;
  }

  // ---- the tasks

  /** A task as it is brought about, with what completes it. */
  private record Step(String who, String task, Map<String, Object> good) {}

  private static final Map<String, Step> STEPS = new LinkedHashMap<>();

  static {
    step("check", "dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    step("answer", "dispatcher", "check-dispatch", "outcome", "ANSWER", "answer", "已答复");
    step("accept", "engineering", "accept", "outcome", "ACCEPT");
    step("return", "engineering", "accept", "outcome", "RETURN", "reason", "不归我们");
    step("contact", "engineering", "contact-customer");
    step("work", "engineering", "report-work", "outcome", "DONE", "result", "已修复");
    step(
        "extend",
        "engineering",
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        "2026-12-01T12:00",
        "extensionReason",
        "等配件");
    step("decide", "engineering-leader", "decide-extension", "approved", false, "reason", "不急");
    step(
        "phone",
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "solved",
        true,
        "satisfaction",
        "SATISFIED");
    step(
        "later",
        "agent",
        "callback-by-phone",
        "reached",
        true,
        "nextAttemptAt",
        "2026-11-17T10:00");
    step("rework", "agent", "follow-up", "outcome", "REWORK", "instruction", "请再上门");
    step("close", "agent", "follow-up", "outcome", "CLOSE", "reason", "客户自理");
    step("arrive", "engineering", "report-arrival");
    step("instruct", "business-leader", "instruct-emergency", "instruction", "立即关阀");
    step("gis", "dispatcher", "record-gis-dispatch", "gisReference", "GIS-1");
    step("notify", "dispatcher", "notify-by-phone", "reachedPerson", "李四");
    step("settle", "engineering", "record-settlement", "settledOn", "2026-11-16");
  }

  private static void step(String name, String who, String task, Object... good) {
    STEPS.put(name, new Step(who, task, map(good)));
  }

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** An order at which this step waits; the same one until a step was done. */
  private Desk.Order at(String step) {
    Desk.Order order = waiting.get(step);
    if (order == null || !order.waitsFor().toString().contains(STEPS.get(step).task())) {
      order = reach(step);
      waiting.put(step, order);
    }
    return order;
  }

  private Desk.Order reach(String step) {
    Desk.Order order =
        switch (step) {
          case "check", "answer" -> posted("COMPLAINT");
          case "instruct", "gis" -> posted("BURST");
          case "notify" -> posted("WATER_QUALITY");
          case "settle" -> posted("SERVICE_APPLICATION");
          default -> posted("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
        };
    for (String before :
        switch (step) {
          case "contact" -> List.of("accept");
          case "work", "extend" -> List.of("accept", "contact");
          case "decide" -> List.of("accept", "contact", "extend");
          case "phone", "later", "settle" -> List.of("accept", "contact", "work");
          case "rework", "close" -> List.of("accept", "contact", "work", "phone!");
          case "arrive" ->
              List.of("accept", "contact", "work", "phone!", "rework", "accept", "contact");
          default -> List.<String>of();
        }) {
      Step done = STEPS.get(before.replace("!", ""));
      Map<String, Object> fields = new LinkedHashMap<>(done.good());
      if (before.endsWith("!")) {
        fields.put("solved", false);
      }
      Desk.Answer answer = complete(order, done, fields);
      assertThat(answer.status()).as(before + answer.body()).isEqualTo(200);
    }
    if (step.equals("notify")) {
      passesFor(order, Duration.ofMinutes(4));
    }
    return order;
  }

  /** Time passes for this order alone. */
  private void passesFor(Desk.Order order, Duration time) {
    Date now = ClockUtil.getCurrentTime();
    Date until = Date.from(now.toInstant().plus(time));
    String instance =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .rootProcessInstances()
            .singleResult()
            .getId();
    ClockUtil.setCurrentTime(until);
    for (Job job :
        engine
            .getManagementService()
            .createJobQuery()
            .processInstanceId(instance)
            .duedateLowerThan(until)
            .list()) {
      engine.getManagementService().executeJob(job.getId());
    }
    ClockUtil.setCurrentTime(now);
  }

  private Desk.Order posted(String category, Object... details) {
    Map<String, Object> body = body(details);
    body.put("category", category);
    Desk.Answer answer = take(body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return desk.order(answer.body().path("number").asText());
  }

  private Desk.Answer complete(Desk.Order order, Step step, Object fields) {
    return desk.post(
        "/api/tasks/" + taskId(order, step.task()) + "/complete",
        text(fields),
        "yunfu-water." + step.who(),
        null);
  }

  private static String taskId(Desk.Order order, String task) {
    for (JsonNode each : order.view().path("waitingFor")) {
      if (each.path("task").asText().equals(task)) {
        return each.path("id").asText();
      }
    }
    throw new AssertionError(order.number + " waits for " + order.waitsFor() + ", not " + task);
  }

  private void isRefusedAt(String name, String field, @Nullable Object value) {
    Step step = STEPS.get(name);
    Desk.Order order = at(name);
    JsonNode before = order.view();
    Map<String, Object> fields = new LinkedHashMap<>(step.good());
    fields.put(field, value);
    Object body = value instanceof Raw raw ? raw.in(json, fields, field) : fields;
    isRefusedWhole(() -> complete(order, step, body), field);
    assertThat(order.view()).as("nothing has changed").isEqualTo(before);
  }

  private Desk.Answer isTakenAt(String name, String field, @Nullable Object value) {
    Step step = STEPS.get(name);
    Desk.Order order = at(name);
    Map<String, Object> fields = new LinkedHashMap<>(step.good());
    fields.put(field, value);
    Desk.Answer answer =
        complete(order, step, value instanceof Raw raw ? raw.in(json, fields, field) : fields);
    assertThat(answer.status()).as(name + "." + field + answer.body()).isEqualTo(200);
    waiting.remove(name);
    return answer;
  }

  /** A piece of JSON that no Java value stands for. */
  private record Raw(String text) {
    String in(ObjectMapper json, Map<String, Object> fields, String field) {
      try {
        Map<String, Object> marked = new LinkedHashMap<>(fields);
        marked.put(field, "@@");
        return json.writeValueAsString(marked).replace("\"@@\"", text);
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "check,note,1000,false",
    "answer,answer,4000,true",
    "accept,worker,100,false",
    "return,reason,1000,true",
    "contact,note,1000,false",
    "arrive,situation,2000,false",
    "work,result,4000,true",
    "work,measures,2000,false",
    "work,parts,1000,false",
    "extend,extensionReason,1000,true",
    "decide,reason,1000,true",
    "phone,remarks,2000,false",
    "phone,serviceQuality,200,false",
    "phone,serviceManner,200,false",
    "phone,workQuality,200,false",
    "phone,timeliness,200,false",
    "rework,instruction,2000,true",
    "close,reason,1000,true",
    "instruct,instruction,2000,true",
    "gis,gisReference,100,true",
    "notify,reachedPerson,100,true",
    "notify,note,1000,false"
  })
  @DisplayName("表单的文字：按原样保存，或说明哪里要改，任务仍在原处")
  void taskText(String step, String field, int most, boolean required) {
    for (Object wrong :
        List.of(
            "字".repeat(most + 1),
            RARE.repeat(most + 1),
            "a\u0000b",
            "a\ud800b",
            "\udc00",
            List.of("a"),
            Map.of("a", 1))) {
      isRefusedAt(step, field, wrong);
    }
    if (required) {
      for (Object blank : Arrays.asList(null, "", "  ", "\u3000\u00a0", "\u200b")) {
        isRefusedAt(step, field, blank);
      }
    }
    for (String text :
        List.of(
            RARE.repeat(most),
            ATTACK.substring(0, ATTACK.offsetByCodePoints(0, Math.min(most, 150))))) {
      Desk.Answer answer = isTakenAt(step, field, text);
      // whoever acted may be the department complained of, from which words are kept
      Desk.Answer whole =
          desk.get(
              "/api/work-orders/" + answer.body().path("number").asText(), "yunfu-water.agent");
      assertThat(holds(whole.body(), text.strip())).as(whole.body().toString()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "check,outcome",
    "check,department",
    "accept,outcome",
    "work,outcome",
    "extend,extensionCause",
    "phone,satisfaction",
    "rework,outcome"
  })
  @DisplayName("表单的选项：只收列出的")
  void taskChoice(String step, String field) {
    for (Object wrong :
        List.of("NONE", "${x}", "DONE'--", "<b>", "x".repeat(5000), "\ud800", 1, true, List.of())) {
      isRefusedAt(step, field, wrong);
    }
    if (!field.equals("extensionCause")) {
      isRefusedAt(step, field, null);
      isRefusedAt(step, field, " ");
    }
  }

  @ParameterizedTest
  @CsvSource({"decide,approved", "phone,reached", "phone,solved"})
  @DisplayName("表单的是否")
  void taskYesOrNo(String step, String field) {
    for (Object wrong : Arrays.asList(null, "", "yes", "是", 1, 0, 1.5, List.of(), Map.of())) {
      isRefusedAt(step, field, wrong);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "contact,contactedAt",
    "contact,agreedTime",
    "arrive,at",
    "arrive,expectedAt",
    "notify,at",
    "extend,extensionUntil",
    "later,nextAttemptAt"
  })
  @DisplayName("表单的时间")
  void taskMoment(String step, String field) {
    for (Object wrong :
        List.of(
            "2026-02-30T00:00:00+08:00",
            "2026-02-28",
            "明天",
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00",
            "1970-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "+999999999-12-31T23:59:59-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "2026-11-16T10:00:00+19:00",
            "9".repeat(5000),
            "\ud800",
            1763255700,
            new Raw("1e400"),
            true,
            List.of(2026, 11, 16))) {
      isRefusedAt(step, field, wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1", "-0.01", "100000000", "1e400", "-1e400", "\"1e400\"", "\"1e999999999\"",
        "\"1e-999999999\"", "\"-1e999999999\"", "0.001", "\"abc\"", "\"NaN\"", "\"Infinity\"",
            "\"五元\"",
        "true", "[]", "{\"a\":1}", "99999999999999999999999999", "\"1,000\"", "\"12;DROP\""
      })
  @DisplayName("费用：不是金额的不收")
  void wrongCost(String cost) {
    isRefusedAt("work", "cost", new Raw(cost));
    String digits = "9".repeat(100_000);
    isRefusedAt("work", "cost", digits);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "12.5,12.5", "\"99999999.99\",99999999.99", "\" 3 \",3", "1e2,100", "0e-9,0"})
  @DisplayName("费用：金额收下")
  void goodCost(String cost, String kept) {
    assertThat(isTakenAt("work", "cost", new Raw(cost)).body().path("cost").asText())
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30",
        "2026-11-17",
        "0001-01-01",
        "9999-12-31",
        "+999999999-12-31",
        "-999999999-01-01",
        "1970-01-01",
        "昨天",
        "20261116",
        "2026-11-16T00:00:00+08:00",
        "${x}"
      })
  @DisplayName("结算日期：不是日期、将来、太早的不收")
  void wrongDate(String date) {
    isRefusedAt("settle", "settledOn", date);
  }

  @Test
  @DisplayName("新诉求：另立工单，或说明哪里要改")
  void newDemand() {
    for (Object wrong : List.of("字".repeat(4001), "a\u0000", "\ud800", List.of("x"))) {
      isRefusedAt("phone", "newDemand", wrong);
    }
    for (String text : List.of(RARE.repeat(4000), ATTACK)) {
      Desk.Answer answer = isTakenAt("phone", "newDemand", text);
      Desk.Order fresh = desk.order(answer.body().path("linked").path(0).asText());
      assertThat(fresh.view().path("description").asText()).isEqualTo(text);
      assertThat(fresh.waitsFor()).containsExactly("complete-intake by yunfu-water.agent");
    }
  }

  @Test
  @DisplayName("任务的整体：结构不对的不收；多余的、伪造流程变量的不起作用")
  void taskShape() {
    Step step = STEPS.get("accept");
    for (String broken :
        List.of("[]", "\"x\"", "5", "{", "{\"outcome\":\"ACCEPT\"} x", "[".repeat(5000))) {
      isRefusedWhole(() -> complete(at("accept"), step, broken), "");
    }
    isRefusedWhole(() -> complete(at("accept"), step, ""), "outcome");
    isRefusedWhole(() -> complete(at("accept"), step, "null"), "outcome");
    assertThat(complete(at("accept"), step, map("x", "x".repeat(300_000))).status()).isEqualTo(413);
    Map<String, Object> forged = new LinkedHashMap<>(step.good());
    forged.put("company", "gas");
    forged.put("responsible", "executive");
    forged.put("handler", "camunda-admin");
    forged.put("a.b", "x");
    forged.put("长".repeat(3000), MARK);
    forged.put("n", new java.math.BigInteger("9".repeat(500)));
    forged.put("note", RARE.repeat(5000));
    Desk.Order order = at("accept");
    Desk.Answer answer = complete(order, step, forged);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    waiting.remove("accept");
    assertThat(order.waitsFor()).containsExactly("contact-customer by yunfu-water.engineering");
  }

  // ---- the customer and SMS

  @Test
  @DisplayName("催办、补充、撤单、短信的文字")
  void eventsAndSms() {
    Desk.Order order = posted("LEAK");
    String events = "/api/work-orders/" + order.number + "/events";
    for (String type : List.of("URGE", "SUPPLEMENT", "WITHDRAW")) {
      for (Object wrong : List.of("字".repeat(2001), "a\u0000", "\ud800", 5, List.of())) {
        isRefusedWhole(
            () -> desk.post(events, text(map("type", type, "note", wrong)), AGENT, null), "note");
      }
    }
    for (String type : List.of("SUPPLEMENT", "URGE", "WITHDRAW")) {
      for (String text : List.of(ATTACK, RARE.repeat(1000))) {
        if (order.status().equals("WITHDRAWN")) {
          break;
        }
        Desk.Answer answer = desk.post(events, map("type", type, "note", text), AGENT, null);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        assertThat(holds(answer.body().path("events"), text)).isTrue();
      }
    }
    for (Map<String, Object> wrong :
        List.of(
            map("text", "字".repeat(1001)),
            map("text", "a\u0000"),
            map("text", "\ud800"),
            map("from", "abc"),
            map("from", "1".repeat(21)),
            map("messageId", "m".repeat(121)),
            map("messageId", ""),
            map("receivedAt", "0001-01-01T00:00:00Z"),
            map("receivedAt", "9999-12-31T23:59:59Z"),
            map("receivedAt", 5))) {
      Map<String, Object> sms = map("from", PHONE, "text", MARK, "messageId", UUID.randomUUID());
      sms.putAll(wrong);
      isRefused(
          desk.post("/api/sms-replies", text(sms), AGENT, null), wrong.keySet().iterator().next());
    }
    for (String text : List.of(ATTACK, RARE.repeat(1000), "", "满意")) {
      Map<String, Object> sms =
          map("from", PHONE, "text", text, "messageId", RARE.repeat(80) + UUID.randomUUID());
      assertThat(desk.post("/api/sms-replies", sms, AGENT, null).status()).isEqualTo(202);
    }
  }

  // ---- Tasklist's start form and the intake behind it

  /** Null when it was taken; else the refusal, whatever the engine wrapped it into. */
  private @Nullable Refused inTasklist(Reader<?> click) {
    engine.getIdentityService().setAuthentication(AGENT, List.of(AGENT), List.of("yunfu-water"));
    try {
      click.read();
      return null;
    } catch (Refused e) {
      return e;
    } catch (ProcessEngineException e) {
      for (Throwable at = e; at != null; at = at.getCause()) {
        if (at instanceof Refused refused) {
          return refused;
        }
      }
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private String workOrder() {
    return engine
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey("work-order")
        .latestVersion()
        .singleResult()
        .getId();
  }

  private Map<String, Object> call(Object... fields) {
    Map<String, Object> call =
        map("callerPhone", PHONE, "callerName", MARK, "address", MARK, "description", MARK);
    call.putAll(map(fields));
    return call;
  }

  private Map<String, Object> callWith(Map<String, Object> fields) {
    Map<String, Object> call = call();
    call.putAll(fields);
    return call;
  }

  private List<Map<String, Object>> wrongCalls() {
    List<Map<String, Object>> wrong = new ArrayList<>();
    Map.of("callerName", 100, "address", 300, "district", 60, "description", 4000)
        .forEach(
            (field, most) -> {
              wrong.add(map(field, RARE.repeat(most + 1)));
              wrong.add(map(field, "a\u0000"));
              wrong.add(map(field, "\ud800"));
            });
    for (Object phone : Arrays.asList(null, "", "abc", "12", "${x}")) {
      wrong.add(map("callerPhone", phone));
    }
    wrong.add(map("address", new ArrayList<>(List.of("a"))));
    wrong.add(map("description", null));
    wrong.add(map("description", "\u3000"));
    return wrong;
  }

  @Test
  @DisplayName("Tasklist 来电登记、受理：同样按原样保存，或说明哪里要改")
  void startForm() {
    String definition = workOrder();
    for (Map<String, Object> wrong : wrongCalls()) {
      isRefusedInTasklist(
          wrong, () -> engine.getFormService().submitStartForm(definition, callWith(wrong)));
    }
    isRefusedInTasklist(
        map("channel", "FAX"),
        () -> engine.getFormService().submitStartForm(definition, call("channel", "FAX")));
    for (String text : List.of(RARE.repeat(4000), ATTACK)) {
      List<String> numbers = new ArrayList<>();
      assertThat(
              inTasklist(
                  () ->
                      numbers.add(
                          engine
                              .getFormService()
                              .submitStartForm(definition, call("description", text))
                              .getBusinessKey())))
          .isNull();
      Desk.Order order = desk.order(numbers.get(0));
      assertThat(order.view().path("description").asText()).isEqualTo(text);
      String task = taskId(order, "complete-intake");
      JsonNode before = order.view();
      List<Map<String, Object>> wrongs = new ArrayList<>(wrongCalls());
      wrongs.add(map("category", null));
      wrongs.add(map("category", "NONE"));
      wrongs.add(map("outcome", null));
      wrongs.add(map("outcome", "ANSWER", "answer", " "));
      wrongs.add(map("pipeDiameterMm", "abc"));
      wrongs.add(map("pipeDiameterMm", 1e300));
      wrongs.add(map("pipeDiameterMm", "1e999999999"));
      wrongs.add(map("pipeDiameterMm", 0));
      wrongs.add(map("jointComplainants", -1));
      wrongs.add(map("urgent", "maybe"));
      wrongs.add(map("meterSide", "LEFT"));
      wrongs.add(map("landmark", RARE.repeat(201)));
      wrongs.add(map("departmentComplainedOf", "nobody"));
      for (Map<String, Object> wrong : wrongs) {
        Map<String, Object> form = call("outcome", "DISPATCH", "category", "LEAK");
        form.putAll(wrong);
        isRefusedInTasklist(
            wrong.containsKey("answer") ? map("answer", "") : wrong,
            () -> {
              engine.getFormService().submitTaskForm(task, form);
              return task;
            });
      }
      assertThat(order.view()).isEqualTo(before);
      Map<String, Object> form =
          call("outcome", "DISPATCH", "category", "LEAK", "description", text, "landmark", RARE);
      assertThat(
              inTasklist(
                  () -> {
                    engine.getFormService().submitTaskForm(task, form);
                    return task;
                  }))
          .isNull();
      assertThat(order.view().path("description").asText()).isEqualTo(text);
      assertThat(order.status()).isEqualTo("DISPATCHED");
    }
  }

  private void isRefusedInTasklist(Map<String, Object> wrong, Reader<?> click) {
    List<Integer> before = rows();
    Refused refused = inTasklist(click);
    assertThat(refused).as("refusal of " + wrong).isNotNull();
    assertThat(refused.field()).as(wrong.toString()).isEqualTo(wrong.keySet().iterator().next());
    assertThat(refused.sentence()).contains(refused.field()).doesNotContain(MARK);
    assertThat(rows()).isEqualTo(before);
  }

  // ---- at random

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static JsonNode oddity(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(random.nextInt(10) - 5);
      case 4 -> NODES.numberNode(random.nextGaussian() * 1e6);
      case 5 -> NODES.numberNode(new java.math.BigDecimal("1e400"));
      case 6 -> NODES.arrayNode().add(1).add("x");
      case 7 -> NODES.objectNode().put("a", MARK);
      case 8 -> NODES.textNode("");
      case 9 -> NODES.textNode(ATTACK);
      case 10 -> NODES.textNode(RARE.repeat(random.nextInt(6000)));
      case 11 -> NODES.textNode("\ud800" + MARK);
      case 12 -> NODES.textNode("9999-12-31T23:59:59Z");
      case 13 -> NODES.textNode("${runtimeService}");
      case 14 -> NODES.textNode(String.valueOf(random.nextInt()));
      default -> {
        char[] chars = new char[random.nextInt(40)];
        for (int i = 0; i < chars.length; i++) {
          chars[i] = (char) random.nextInt(0x10000);
        }
        yield NODES.textNode(new String(chars));
      }
    };
  }

  private static void mutate(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> fields = new ArrayList<>();
      object.fieldNames().forEachRemaining(fields::add);
      if (fields.isEmpty() || random.nextInt(8) == 0) {
        object.set("x" + random.nextInt(100), oddity(random));
        return;
      }
      String field = fields.get(random.nextInt(fields.size()));
      JsonNode child = object.get(field);
      switch (random.nextInt(6)) {
        case 0 -> object.remove(field);
        case 1 -> object.set(field, NODES.arrayNode().add(child));
        default -> {
          if (child.isContainerNode() && random.nextInt(3) > 0) {
            mutate(child, random);
          } else {
            object.set(field, oddity(random));
          }
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.add(oddity(random));
    }
  }

  private String mutated(Map<String, Object> good, Random random) throws Exception {
    JsonNode node = json.valueToTree(good);
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutate(node, random);
    }
    String text = json.writeValueAsString(node);
    if (random.nextInt(4) == 0) {
      StringBuilder torn = new StringBuilder(text);
      for (int i = 0; i < 3 && !torn.isEmpty(); i++) {
        int at = random.nextInt(torn.length());
        switch (random.nextInt(3)) {
          case 0 -> torn.deleteCharAt(at);
          case 1 -> torn.insert(at, "{}[],:\"\\u0e\u0000".charAt(random.nextInt(12)));
          default -> torn.setCharAt(at, (char) random.nextInt(0x3000));
        }
      }
      text = torn.toString();
    }
    return text;
  }

  @Test
  @DisplayName("随机改动的立单和办理（固定种子，三百次）：没有一次 5xx")
  void fuzz() throws Exception {
    Random random = new Random(20261116);
    Map<String, Object> good =
        body(
            "/channel", "PHONE",
            "/subcategory", null,
            "/receivedAt", "2026-11-16T08:59:00+08:00",
            "/facts/urgent", false,
            "/facts/pipeDiameterMm", 200,
            "/facts/meterSide", "UPSTREAM",
            "/facts/asset", "PIPE",
            "/external/platform", "12345",
            "/external/dueAt", "2026-11-17T09:00:00+08:00");
    for (int i = 0; i < 170; i++) {
      String text = mutated(good, random);
      Desk.Answer answer = take(text);
      assertThat(answer.status()).as(text + "\n" + answer.body()).isIn(201, 400, 403, 422);
    }
    List<String> steps = new ArrayList<>(STEPS.keySet());
    for (int i = 0; i < 130; i++) {
      String name = steps.get(random.nextInt(steps.size()));
      Step step = STEPS.get(name);
      String text = mutated(step.good(), random);
      Desk.Answer answer = complete(at(name), step, text);
      assertThat(answer.status()).as(name + text + "\n" + answer.body()).isIn(200, 400, 422);
      if (answer.status() == 200) {
        waiting.remove(name);
      }
    }
  }

  // ---- afterwards

  @Test
  @Order(Integer.MAX_VALUE)
  @DisplayName("日志里没有客户的话；引擎里不留任何填写的内容")
  void nothingIsLeft() throws Exception {
    assertThat(log.lines).noneMatch(line -> line.contains(MARK) || line.contains(PHONE));
    assertThat(log.lines).noneMatch(line -> line.contains("世纪大道") || line.contains(RARE));

    assertThat(
            new TreeSet<>(
                jdbc.sql("SELECT DISTINCT name_ FROM ACT_RU_VARIABLE").query(String.class).list()))
        .isSubsetOf(Stream.concat(CompletedForms.FLOW.stream(), Stream.of("outcome")).toList());
    for (String empty : List.of("ACT_HI_VARINST", "ACT_HI_DETAIL", "ACT_HI_COMMENT")) {
      assertThat(jdbc.sql("SELECT COUNT(*) FROM " + empty).query(Integer.class).single())
          .as(empty)
          .isZero();
    }
    for (Map<String, Object> column :
        jdbc.sql(
                """
                SELECT table_name AS t, column_name AS c FROM information_schema.columns
                WHERE table_name LIKE 'ACT\\_%' AND table_schema IN ('PUBLIC', DATABASE())
                  AND LOWER(data_type) IN
                    ('character varying', 'character large object', 'varchar', 'longtext', 'text')
                """)
            .query()
            .listOfRows()) {
      for (String typed : List.of(MARK, PHONE, "世纪大道", RARE)) {
        assertThat(
                jdbc.sql(
                        "SELECT COUNT(*) FROM "
                            + column.get("T")
                            + " WHERE "
                            + column.get("C")
                            + " LIKE :typed")
                    .param("typed", "%" + typed + "%")
                    .query(Integer.class)
                    .single())
            .as(column + " holds " + typed)
            .isZero();
      }
    }
    for (byte[] bytes :
        jdbc.sql("SELECT bytes_ FROM ACT_GE_BYTEARRAY WHERE bytes_ IS NOT NULL")
            .query(byte[].class)
            .list()) {
      assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain(MARK);
    }
  }
}
