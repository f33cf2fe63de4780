package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** What outside systems may rely on, sentence by sentence. */
@Scenario
@Tag("mariadb")
@Import(Desk.class)
@DisplayName("对外接口的约定")
class ContractTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String STRANGER = "gas.agent";
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");

  @Autowired Desk desk;
  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired IdentityService identity;
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void monday() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    if (identity.createUserQuery().userId(STRANGER).count() == 0) {
      User stranger = identity.newUser(STRANGER);
      stranger.setPassword("Hotline-2026");
      identity.saveUser(stranger);
      identity.saveGroup(identity.newGroup(STRANGER));
      identity.createMembership(STRANGER, STRANGER);
    }
  }

  private Desk.Answer take(Object body, String key) {
    return desk.post("/api/work-orders", body, AGENT, key);
  }

  private Desk.Answer take(Map<String, Object> body) {
    return take(body, UUID.randomUUID().toString());
  }

  private static void isProblem(Desk.Answer answer, int status, String field) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.detail()).matches("(?s).*\\p{IsHan}.*");
    assertThat(answer.field()).isEqualTo(field);
    if (!field.isEmpty()) {
      assertThat(answer.detail()).contains(field);
    }
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void everyMomentIsLocal(JsonNode node) {
    if (node.isTextual() && MOMENT.matcher(node.textValue()).matches()) {
      assertThat(node.textValue()).endsWith("+08:00");
    }
    node.forEach(ContractTest::everyMomentIsLocal);
  }

  // ---- intake

  @Test
  @DisplayName("来电立单：201、Location、整张工单；空的字段也在")
  void created() throws Exception {
    MockHttpServletResponse response =
        mvc.perform(
                MockMvcRequestBuilders.post("/api/work-orders")
                    .with(httpBasic(AGENT, "Hotline-2026"))
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(json.writeValueAsString(Desk.body("yunfu-water", "LEAK"))))
            .andReturn()
            .getResponse();
    assertThat(response.getStatus()).isEqualTo(201);
    JsonNode view = json.readTree(response.getContentAsString(StandardCharsets.UTF_8));
    String number = view.path("number").asText();
    assertThat(number).matches("YF20261116-\\d{4,}");
    assertThat(response.getHeader("Location")).isEqualTo("/api/work-orders/" + number);
    assertThat(names(view))
        .contains(
            "company",
            "channel",
            "category",
            "subcategory",
            "answer",
            "description",
            "receivedAt",
            "caller",
            "facts",
            "external",
            "number",
            "status",
            "level",
            "department",
            "gisReference",
            "guidance",
            "round",
            "timeLimits",
            "callback",
            "waitingFor",
            "notices",
            "linked",
            "events");
    assertThat(view.path("status").asText()).isEqualTo("DISPATCHED");
    assertThat(view.path("level").asText()).isEqualTo("NORMAL");
    assertThat(view.path("channel").asText()).isEqualTo("PHONE");
    assertThat(view.path("round").asInt()).isEqualTo(1);
    assertThat(view.path("receivedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
    assertThat(view.path("department").toString())
        .isEqualTo("{\"code\":\"engineering\",\"name\":\"工程公司\"}");
    assertThat(names(view.path("caller")))
        .contains("name", "phone", "address", "district", "wantsCallback");
    assertThat(view.path("caller").path("wantsCallback").asBoolean()).isTrue();
    assertThat(names(view.path("callback")))
        .contains("medium", "dueAt", "attempts", "satisfaction");
    assertThat(desk.get("/api/work-orders/" + number, AGENT).body()).isEqualTo(view);
  }

  @Test
  @DisplayName("同一个键：200 和同一张单，字段顺序、时区写法不同也是；内容不同：409")
  void sameKey() {
    Map<String, Object> body =
        Desk.body("yunfu-water", "LEAK", "/facts/b", "1", "/facts/a", "2", "/receivedAt", null);
    body.put("receivedAt", "2026-11-16T08:59:00+08:00");
    String key = UUID.randomUUID().toString();
    Desk.Answer first = take(body, key);
    assertThat(first.status()).isEqualTo(201);

    Map<String, Object> turned = new LinkedHashMap<>();
    List<String> backwards = new ArrayList<>(body.keySet());
    java.util.Collections.reverse(backwards);
    backwards.forEach(name -> turned.put(name, body.get(name)));
    turned.put("facts", new LinkedHashMap<>(Map.of("a", "2", "b", "1")));
    turned.put("receivedAt", "2026-11-16T00:59:00Z");
    Desk.Answer again = take(turned, key);
    assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
    assertThat(again.body().path("number")).isEqualTo(first.body().path("number"));

    turned.put("description", "另一件事");
    isProblem(take(turned, key), 409, "");
  }

  @Test
  @DisplayName("二十个线程同时用同一个键：只有一张单、一个流程，一个 201，其余 200")
  void sameKeyAtOnce() throws Exception {
    Map<String, Object> body = Desk.body("yunfu-water", "LEAK", "/description", "同时来的");
    String key = UUID.randomUUID().toString();
    List<Desk.Answer> answers = atOnce(20, () -> take(body, key));

    assertThat(answers).extracting(Desk.Answer::status).containsOnly(200, 201);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    Set<String> numbers = new HashSet<>();
    answers.forEach(answer -> numbers.add(answer.body().path("number").asText()));
    assertThat(numbers).hasSize(1);
    String number = numbers.iterator().next();
    assertThat(count("SELECT COUNT(*) FROM work_order WHERE description = '同时来的'")).isEqualTo(1);
    assertThat(
            count(
                "SELECT COUNT(*) FROM ACT_RU_EXECUTION WHERE parent_id_ IS NULL AND business_key_ = '"
                    + number
                    + "'"))
        .isEqualTo(1);
  }

  private <T> List<T> atOnce(int threads, Callable<T> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> each : running) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  private int count(String sql) {
    return jdbc.sql(sql).query(Integer.class).single();
  }

  @Test
  @DisplayName("Idempotency-Key：必填，最多120个字符")
  void keys() {
    Map<String, Object> body = Desk.body("yunfu-water", "LEAK", "/answer", "已答复");
    isProblem(take(body, null), 400, "Idempotency-Key");
    isProblem(take(body, " "), 400, "Idempotency-Key");
    isProblem(take(body, "键"), 400, "Idempotency-Key");
    isProblem(take(body, "k".repeat(121)), 400, "Idempotency-Key");
    assertThat(take(body, UUID.randomUUID() + "k".repeat(120 - 36)).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "/company,company",
    "/category,category",
    "/description,description",
    "/caller/phone,caller.phone",
    "/caller,caller.phone"
  })
  @DisplayName("必填：公司、类别、内容、电话")
  void required(String pointer, String field) {
    isProblem(take(Desk.body("yunfu-water", "LEAK", pointer, null)), 422, field);
  }

  @Test
  @DisplayName("没有登录 401；不认识的公司、别的公司、不是坐席 403；别公司的工单 404")
  void companies() throws Exception {
    Desk.Order order = desk.call("LEAK");
    String path = "/api/work-orders/" + order.number;
    assertThat(mvc.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse().getStatus())
        .isEqualTo(401);
    isProblem(take(Desk.body("nowhere-water", "LEAK")), 403, "");
    Map<String, Object> body = Desk.body("yunfu-water", "LEAK");
    isProblem(desk.post("/api/work-orders", body, STRANGER, "k"), 403, "");
    isProblem(desk.post("/api/work-orders", body, "yunfu-water.engineering", "k"), 403, "");
    for (String company : List.of("yunfu-water", "wuda-heat", "nowhere")) {
      isProblem(desk.get("/api/work-orders?company=" + company, STRANGER), 403, "");
      isProblem(desk.get("/api/tasks?company=" + company, STRANGER), 403, "");
      isProblem(
          desk.get(
              "/api/deadlines?limit=3日&from=2026-11-16T09:00:00Z&company=" + company, STRANGER),
          403,
          "");
      isProblem(
          desk.post("/api/work-orders/search", Map.of("company", company), STRANGER, null),
          403,
          "");
    }
    isProblem(desk.get(path, STRANGER), 404, "");
    isProblem(desk.post(path + "/events", Map.of("type", "URGE"), STRANGER, null), 404, "");
    String task = order.view().path("waitingFor").path(0).path("id").asText();
    isProblem(desk.post("/api/tasks/" + task + "/claim", "{}", STRANGER, null), 404, "");
    isProblem(desk.post("/api/tasks/" + task + "/complete", "{}", STRANGER, null), 404, "");
    assertThat(desk.get("/api/tasks", STRANGER).body().path("items")).isEmpty();
    isProblem(desk.get("/api/work-orders/YF20261116-9999", AGENT), 404, "");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-16T09:05:00+08:00,201",
    "2026-11-16T09:05:00.001+08:00,422",
    "2026-11-16T15:00:00+14:00,201",
    "2016-11-16T09:00:00+08:00,201",
    "2000-01-01T08:00:00+08:00,201",
    "1999-12-31T23:59:59Z,422",
    "1970-01-01T00:00:00Z,422",
    "0001-01-01T00:00:00Z,422",
    "9999-12-31T00:00:00Z,422"
  })
  @DisplayName("receivedAt：最多晚5分钟；更早的收下，时限自它起算；2000年以前的不收")
  void receivedAt(String at, int status) {
    Desk.Answer answer = take(Desk.body("yunfu-water", "LEAK", "/receivedAt", at));
    if (status == 422) {
      isProblem(answer, 422, "receivedAt");
      return;
    }
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    assertThat(OffsetDateTime.parse(answer.body().path("receivedAt").asText()).toInstant())
        .isEqualTo(OffsetDateTime.parse(at).toInstant());
    JsonNode first = answer.body().path("timeLimits").path(0);
    assertThat(first.path("limit").asText()).isEqualTo("5分钟");
    assertThat(OffsetDateTime.parse(first.path("dueAt").asText()).toInstant())
        .isEqualTo(OffsetDateTime.parse(at).toInstant().plusSeconds(300));
  }

  @Test
  @DisplayName("超出已装入年份：按周末计算，工单上有提示")
  void calendarWarning() {
    Desk.Answer answer =
        take(
            Desk.body("yunfu-water", "SUGGESTION", "/receivedAt", "2013-05-02T09:00:00.123+08:00"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("calendarWarning").asText()).contains("2013年");
    everyMomentIsLocal(answer.body());
  }

  @Test
  @DisplayName("当场答复：ANSWERED，立即结束；不在受理范围的类别：422")
  void answered() {
    Desk.Answer answer = take(Desk.body("yunfu-water", "ENQUIRY", "/answer", "营业厅九点开门"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("status").asText()).isEqualTo("ANSWERED");
    assertThat(answer.body().path("answer").asText()).isEqualTo("营业厅九点开门");
    assertThat(answer.body().path("waitingFor")).isEmpty();
    isProblem(take(Desk.body("yunfu-water", "IC_CARD_METER")), 422, "category");
  }

  @Test
  @DisplayName("缺少定责所需的情况不拒收：交调度员，写明缺什么")
  void missingFacts() {
    Desk.Answer answer = take(Desk.body("yunfu-water", "COMPLAINT"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body().path("status").asText()).isEqualTo("CHECKING");
    assertThat(answer.body().path("missing").asText()).contains("departmentComplainedOf");
    JsonNode waiting = answer.body().path("waitingFor").path(0);
    assertThat(waiting.path("task").asText()).isEqualTo("check-dispatch");
    assertThat(waiting.path("group").asText()).isEqualTo("yunfu-water.dispatcher");
  }

  // ---- the view

  @Test
  @DisplayName("时限：立单时全部列出，按到期排序，尚未起算的在后，写明条款")
  void timeLimits() {
    for (String category : List.of("LEAK", "BURST", "SUGGESTION", "SERVICE_APPLICATION")) {
      JsonNode limits = take(Desk.body("yunfu-water", category)).body().path("timeLimits");
      assertThat(limits).hasSizeGreaterThanOrEqualTo(5);
      String last = "";
      for (JsonNode limit : limits) {
        assertThat(names(limit))
            .contains(
                "milestone",
                "startedAt",
                "limit",
                "dueAt",
                "article",
                "basis",
                "metAt",
                "breached",
                "originalDueAt");
        assertThat(limit.path("article").asText())
            .matches(
                "([A-Z]{2,3}-[A-Z]?\\d+[a-z]?|DEFAULT)( ([A-Z]{2,3}-[A-Z]?\\d+[a-z]?|DEFAULT))*");
        assertThat(limit.path("basis").asText()).isNotBlank();
        assertThat(limit.path("limit").asText()).matches("\\d+(分钟|小时|日|个工作日)|当日");
        assertThat(limit.path("milestone").asText())
            .isIn(
                "DISPATCH",
                "NOTIFY",
                "ACCEPT",
                "CONTACT",
                "ARRIVE",
                "CONTAIN",
                "RESOLVE",
                "REPLY",
                "REVIEW",
                "CALLBACK",
                "RECORD");
        String due = limit.path("dueAt").isNull() ? "9999" : limit.path("dueAt").asText();
        assertThat(due).isGreaterThanOrEqualTo(last);
        last = due;
        boolean later =
            Set.of("CALLBACK", "RECORD", "REVIEW").contains(limit.path("milestone").asText());
        assertThat(limit.path("startedAt").isNull()).isEqualTo(later);
        assertThat(limit.path("dueAt").isNull()).isEqualTo(later);
        if (!later) {
          assertThat(limit.path("startedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
        }
        assertThat(limit.path("breached").isBoolean()).isTrue();
        assertThat(limit.path("originalDueAt").isNull()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("24:00 写作次日 00:00；所有时间带 +08:00，毫秒和别的时区来的也是")
  void moments() {
    Desk.Answer answer =
        take(
            Desk.body(
                "yunfu-water",
                "PRESSURE",
                "/receivedAt",
                "2026-11-16T00:59:59.987Z",
                "/external/platform",
                "12345",
                "/external/dueAt",
                "2026-11-18T23:00:00-05:00"));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    assertThat(answer.body().path("receivedAt").asText())
        .isEqualTo("2026-11-16T08:59:59.987+08:00");
    assertThat(answer.body().path("external").path("dueAt").asText())
        .isEqualTo("2026-11-19T12:00:00+08:00");
    List<String> resolve = new ArrayList<>();
    for (JsonNode limit : answer.body().path("timeLimits")) {
      if (limit.path("milestone").asText().equals("RESOLVE")) {
        resolve.add(limit.path("limit").asText() + " " + limit.path("dueAt").asText());
      }
    }
    assertThat(resolve)
        .containsExactly("2日 2026-11-19T00:00:00+08:00", "平台时限 2026-11-19T12:00:00+08:00");
    everyMomentIsLocal(answer.body());
    everyMomentIsLocal(desk.get("/api/work-orders?company=yunfu-water", AGENT).body());
    everyMomentIsLocal(desk.get("/api/tasks", AGENT).body());
  }

  @Test
  @DisplayName("等谁、通知、记录的样子")
  void parts() {
    Desk.Order order = desk.call("BURST");
    JsonNode view = order.view();
    assertThat(view.path("waitingFor")).isNotEmpty();
    for (JsonNode waiting : view.path("waitingFor")) {
      assertThat(names(waiting)).contains("task", "group", "assignee", "dueAt");
      assertThat(waiting.path("group").asText()).startsWith("yunfu-water.");
    }
    assertThat(view.path("notices")).isNotEmpty();
    for (JsonNode notice : view.path("notices")) {
      assertThat(names(notice))
          .containsExactlyInAnyOrder("id", "channel", "purpose", "status", "attempts", "at");
      assertThat(notice.path("id").isTextual()).isTrue();
      assertThat(notice.path("channel").asText())
          .isIn("SMS", "EMAIL", "PHONE", "WECHAT", "WEBSITE", "MESSENGER");
      assertThat(notice.path("purpose").asText())
          .isIn("DISPATCH", "WARNING", "ESCALATION", "EXTENSION", "CALLBACK", "CLOSURE", "OUTAGE");
      assertThat(notice.path("status").asText())
          .isIn("PENDING", "SENT", "UNKNOWN", "FAILED", "DONE_BY_PERSON");
      assertThat(notice.path("attempts").isInt()).isTrue();
    }
    for (JsonNode event : view.path("events")) {
      assertThat(names(event)).containsExactly("at", "by", "verb", "note", "article");
    }
  }

  // ---- lists and search

  @Test
  @DisplayName("列表：新的在前，next 填入 after，一百二十多张逐页不重不漏；筛选")
  void lists() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 121; i++) {
      Desk.Answer answer =
          take(Desk.body("yunfu-water", "ENQUIRY", "/answer", "答", "/facts/page", "p" + i));
      made.add(0, answer.body().path("number").asText());
    }
    desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business");
    String old =
        take(Desk.body("yunfu-water", "ENQUIRY", "/receivedAt", "2026-03-01T10:00:00+08:00"))
            .body()
            .path("number")
            .asText();

    String answeredToday =
        "/api/work-orders?company=yunfu-water&status=ANSWERED&from=2026-11-15T16:00:00Z";
    List<String> read = new ArrayList<>();
    String after = "";
    for (int page = 0; page < 20 && after != null; page++) {
      JsonNode answer = desk.get(answeredToday + "&size=50&after=" + after, AGENT).body();
      assertThat(names(answer)).containsExactly("items", "next");
      assertThat(answer.path("items").size()).isLessThanOrEqualTo(50);
      answer.path("items").forEach(item -> read.add(item.path("number").asText()));
      after = answer.path("next").isNull() ? null : answer.path("next").asText();
    }
    assertThat(read).doesNotHaveDuplicates();
    assertThat(read.subList(0, 121)).isEqualTo(made);
    assertThat(desk.get("/api/work-orders?company=yunfu-water", AGENT).body().path("items"))
        .hasSize(50);

    String march = "&from=2026-02-28T16:00:00Z&to=2026-03-01T02:00:00Z";
    assertThat(list("company=yunfu-water" + march)).isEmpty();
    assertThat(list("company=yunfu-water" + march.replace("02:00:00", "02:00:01")))
        .containsExactly(old);
    assertThat(list("company=yunfu-water&department=business&status=DISPATCHED&size=200"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(made);
  }

  private List<String> list(String query) {
    Desk.Answer answer = desk.get("/api/work-orders?" + query, AGENT);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    List<String> numbers = new ArrayList<>();
    answer.body().path("items").forEach(item -> numbers.add(item.path("number").asText()));
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "size=0,size",
    "size=201,size",
    "size=99999999999,size",
    "after=x,after",
    "after=99999999999999999999,after",
    "status=closed,status",
    "from=yesterday,from",
    "from=-999999999-12-31T23:59:59-18:00,from",
    "to=0001-01-01T00:00:00Z,to"
  })
  @DisplayName("列表的参数不对：422，说出参数")
  void listParameters(String query, String field) {
    isProblem(desk.get("/api/work-orders?company=yunfu-water&" + query, AGENT), 422, field);
  }

  @Test
  @DisplayName("查找：电话、地址、文字、分页；个人信息只在请求体")
  void search() {
    String one =
        desk.call(
                "LEAK",
                "/caller/phone",
                "0766-8812345",
                "/caller/address",
                "新兴县环城路88号3栋",
                "/description",
                "水表井𠮷喷水<b>")
            .number;
    String two =
        desk.call("LEAK", "/caller/phone", "０７６６８８１２３４５", "/caller/address", "环城路九十号").number;
    assertThat(search("phone", "+86 766 8812345")).containsExactly(two, one);
    assertThat(search("phone", "13911112222")).isEmpty();
    assertThat(search("address", "新兴县环城路88号")).contains(one).doesNotContain(two);
    assertThat(search("text", "𠮷喷水<b>")).containsExactly(one);
    assertThat(search("text", "100%_不存在")).isEmpty();
    assertThat(search("phone", "0766-8812345", "size", 1)).containsExactly(two);
    JsonNode first =
        desk.post(
                "/api/work-orders/search",
                Map.of("company", "yunfu-water", "phone", "0766-8812345", "size", 1),
                AGENT,
                null)
            .body();
    assertThat(search("phone", "0766-8812345", "after", first.path("next").asText()))
        .containsExactly(one);
    isProblem(desk.post("/api/work-orders/search", Map.of(), AGENT, null), 422, "company");
    isProblem(
        desk.post(
            "/api/work-orders/search",
            Map.of("company", "yunfu-water", "phone", "abc"),
            AGENT,
            null),
        422,
        "phone");
  }

  private List<String> search(Object... pairs) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("company", "yunfu-water"));
    for (int i = 0; i < pairs.length; i += 2) {
      body.put((String) pairs[i], pairs[i + 1]);
    }
    Desk.Answer answer = desk.post("/api/work-orders/search", body, AGENT, null);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    List<String> numbers = new ArrayList<>();
    answer.body().path("items").forEach(item -> numbers.add(item.path("number").asText()));
    return numbers;
  }

  // ---- the customer speaks again

  @Test
  @DisplayName("催办、补充、撤单：202 和工单；已结束的工单：409")
  void events() {
    Desk.Order order = desk.call("LEAK");
    for (String type : List.of("URGE", "SUPPLEMENT", "WITHDRAW")) {
      Desk.Answer answer = order.customer(type, "客户说的话");
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
      assertThat(answer.body().path("number").asText()).isEqualTo(order.number);
    }
    assertThat(order.status()).isEqualTo("WITHDRAWN");
    assertThat(order.waitsFor()).isEmpty();
    for (String type : List.of("URGE", "SUPPLEMENT", "WITHDRAW")) {
      isProblem(order.customer(type, "还有话说"), 409, "");
    }
    Desk.Order open = desk.call("LEAK");
    isProblem(open.customer("SHOUT", "x"), 422, "type");
    isProblem(open.customer(null, "x"), 422, "type");
    isProblem(open.customer("SUPPLEMENT", " \u3000"), 422, "note");
    isProblem(open.customer("URGE", "x".repeat(1001)), 422, "note");
    assertThat(open.record()).doesNotContain("催办", "补充", "撤单");
  }

  // ---- tasks

  @Test
  @DisplayName("待办：只列自己看得到的；认领、办理 200；别人已办：409 并说出是谁")
  void tasks() {
    Desk.Order order = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "engineering");
    String query = "/api/tasks?company=yunfu-water&order=" + order.number;
    JsonNode items = desk.get(query, "yunfu-water.engineering").body().path("items");
    assertThat(items).hasSize(1);
    assertThat(names(items.path(0)))
        .containsExactly("id", "task", "name", "order", "group", "assignee", "dueAt", "article");
    assertThat(items.path(0).path("task").asText()).isEqualTo("accept");
    assertThat(items.path(0).path("dueAt").asText()).isEqualTo("2026-11-16T10:00:00+08:00");
    assertThat(items.path(0).path("article").asText()).isEqualTo("YF-9c");
    assertThat(desk.get(query, "yunfu-water.business").body().path("items")).isEmpty();
    assertThat(
            desk.get(query + "&group=yunfu-water.business", "yunfu-water.dispatcher")
                .body()
                .path("items"))
        .isEmpty();
    assertThat(
            desk.get(query + "&group=yunfu-water.engineering", "yunfu-water.dispatcher")
                .body()
                .path("items"))
        .hasSize(1);

    String task = "/api/tasks/" + items.path(0).path("id").asText();
    isProblem(desk.post(task + "/claim", "{}", "yunfu-water.business", null), 403, "");
    Desk.Answer claimed = desk.post(task + "/claim", "{}", "yunfu-water.engineering", null);
    assertThat(claimed.status()).as(claimed.body().toString()).isEqualTo(200);
    assertThat(claimed.body().path("waitingFor").path(0).path("assignee").asText())
        .isEqualTo("yunfu-water.engineering");
    isProblem(
        desk.post(task + "/complete", Map.of("outcome", "NO"), "yunfu-water.engineering", null),
        422,
        "outcome");
    isProblem(
        desk.post(task + "/complete", Map.of(), "yunfu-water.engineering", null), 422, "outcome");
    Desk.Answer done =
        desk.post(task + "/complete", Map.of("outcome", "ACCEPT"), "yunfu-water.engineering", null);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.body().path("status").asText()).isEqualTo("ACCEPTED");
    for (String act : List.of("/claim", "/complete")) {
      Desk.Answer late =
          desk.post(task + act, Map.of("outcome", "ACCEPT"), "yunfu-water.engineering", null);
      isProblem(late, 409, "");
      assertThat(late.detail()).contains("工程公司");
    }
    isProblem(desk.post("/api/tasks/none/complete", "{}", AGENT, null), 404, "");
  }

  @Test
  @DisplayName("待办分页")
  void taskPages() {
    for (int i = 0; i < 3; i++) {
      desk.call("LEAK");
    }
    Set<String> seen = new HashSet<>();
    String after = "";
    for (int page = 0; page < 100_000 && after != null; page++) {
      JsonNode answer =
          desk.get(
                  "/api/tasks?group=yunfu-water.engineering&size=2&after=" + after,
                  "yunfu-water.engineering")
              .body();
      assertThat(answer.path("items").size()).isLessThanOrEqualTo(2);
      answer.path("items").forEach(t -> assertThat(seen.add(t.path("id").asText())).isTrue());
      after = answer.path("next").isNull() ? null : answer.path("next").asText();
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  @DisplayName("几个人同时办同一任务：一个成功，其余 409")
  void completedAtOnce() throws Exception {
    Desk.Order order = desk.call("LEAK");
    String task = "";
    for (JsonNode waiting : order.view().path("waitingFor")) {
      if (waiting.path("task").asText().equals("accept")) {
        task = "/api/tasks/" + waiting.path("id").asText() + "/complete";
      }
    }
    String path = task;
    List<Desk.Answer> answers =
        atOnce(
            6, () -> desk.post(path, Map.of("outcome", "ACCEPT"), "yunfu-water.engineering", null));
    assertThat(answers).extracting(Desk.Answer::status).containsOnly(200, 409);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(order.record()).containsOnlyOnce("接单");
  }

  @Test
  @DisplayName("退回后原部门仍读到结果")
  void returned() {
    Desk.Order order = desk.call("LEAK");
    Desk.Answer answer =
        order.tries("engineering", "accept", "outcome", "RETURN", "reason", "不归我们");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().path("status").asText()).isEqualTo("RETURNED");
    Desk.Answer unanswered = order.tries("dispatcher", "check-dispatch");
    isProblem(unanswered, 422, "outcome");
    assertThat(unanswered.detail()).startsWith("请选择");
  }

  // ---- SMS

  @Test
  @DisplayName("短信回复：一律 202；等待短信的步骤写明何时转电话；重复的编号不起作用")
  void smsReplies() throws Exception {
    assertThat(sms("13911110000", "1", "m-" + UUID.randomUUID()).status()).isEqualTo(202);
    assertThat(sms("106575020111122233", "广告", "m-" + UUID.randomUUID()).status()).isEqualTo(202);
    isProblem(sms("13911110000", "1", null), 422, "messageId");
    isProblem(sms(null, "1", "m"), 422, "from");

    Desk.Order order = null;
    for (int i = 0; i < 3 && (order == null || !order.waitsFor().toString().contains("sms")); i++) {
      order = desk.call("LEAK", "/caller/phone", "1392222000" + i);
      order.does("engineering", "accept", "outcome", "ACCEPT");
      order.does("engineering", "contact-customer");
      order.does("engineering", "report-work", "outcome", "DONE", "result", "已修复");
    }
    String phone = order.view().path("caller").path("phone").asText();
    JsonNode waiting = null;
    for (JsonNode each : order.view().path("waitingFor")) {
      if (each.path("task").asText().equals("await-sms-reply")) {
        waiting = each;
      }
    }
    assertThat(waiting).isNotNull();
    assertThat(waiting.path("group").asText()).isEqualTo(AGENT);
    assertThat(waiting.path("dueAt").asText()).isEqualTo("2026-11-17T09:00:00+08:00");
    for (String act : List.of("claim", "complete")) {
      MockHttpServletResponse response =
          mvc.perform(
                  MockMvcRequestBuilders.post(
                          "/api/tasks/{id}/{act}", waiting.path("id").asText(), act)
                      .with(httpBasic(AGENT, "Hotline-2026"))
                      .contentType(MediaType.APPLICATION_JSON)
                      .content("{}"))
              .andReturn()
              .getResponse();
      assertThat(response.getStatus()).isEqualTo(422);
    }
    String id = "m-" + UUID.randomUUID();
    List<Desk.Answer> answers = atOnce(8, () -> sms(phone, "1", id));
    assertThat(answers).extracting(Desk.Answer::status).containsOnly(202);
    assertThat(count("SELECT COUNT(*) FROM sms_reply WHERE message_id = '" + id + "'"))
        .isEqualTo(1);
    assertThat(order.status()).isEqualTo("CLOSED");
    assertThat(order.view().path("callback").path("satisfaction").asText()).isEqualTo("SATISFIED");
    assertThat(sms(phone, "2", id).status()).isEqualTo(202);
    assertThat(order.status()).isEqualTo("CLOSED");
  }

  private Desk.Answer sms(String from, String text, String messageId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("from", from);
    body.put("text", text);
    body.put("messageId", messageId);
    body.put("receivedAt", "2026-11-16T09:00:00+08:00");
    return desk.post("/api/sms-replies", body, AGENT, null);
  }

  // ---- limits

  @Test
  @DisplayName("何时到期、为什么：逐步相接")
  void deadlines() {
    Desk.Answer answer = deadline("2026-11-16T09:00:00+08:00", "3个工作日");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("dueAt").asText()).isEqualTo("2026-11-19T17:30:00+08:00");
    String from = "2026-11-16T09:00:00+08:00";
    for (JsonNode step : answer.body().path("steps")) {
      assertThat(names(step)).containsExactly("from", "to", "counted", "reason");
      assertThat(step.path("from").asText()).isEqualTo(from);
      assertThat(step.path("reason").asText()).isNotBlank();
      from = step.path("to").asText();
    }
    assertThat(from).isEqualTo("2026-11-19T17:30:00+08:00");
    assertThat(deadline("2026-11-16T09:00:00+08:00", "当日").body().path("dueAt").asText())
        .isEqualTo("2026-11-17T00:00:00+08:00");
    assertThat(deadline("2090-01-01T09:00:00.5+08:00", "3个工作日").body().path("warning").asText())
        .contains("2090年");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"两小时", "5", "", "-1日", "1.5小时", "3个小时", "99999999小时", "0日", "３工作周", "${x}"})
  @DisplayName("时限写法不对：422，给出正确写法")
  void wrongLimits(String limit) {
    Desk.Answer answer = deadline("2026-11-16T09:00:00+08:00", limit);
    isProblem(answer, 422, "limit");
    assertThat(answer.detail()).contains("5分钟");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+999999999-12-31T23:59:59-18:00",
        "-999999999-01-01T00:00:00+18:00",
        "2026-02-30T00:00:00Z",
        "1763255700"
      })
  @DisplayName("起算时间不对：422")
  void wrongStarts(String from) {
    for (String limit : List.of("99999小时", "3650个工作日", "当日")) {
      isProblem(deadline(from, limit), 422, "from");
    }
    assertThat(deadline("2099-12-31T00:00:00Z", "3650个工作日").status()).isEqualTo(200);
  }

  private Desk.Answer deadline(String from, String limit) {
    try {
      MockHttpServletResponse response =
          mvc.perform(
                  MockMvcRequestBuilders.get("/api/deadlines")
                      .with(httpBasic(AGENT, "Hotline-2026"))
                      .param("company", "yunfu-water")
                      .param("from", from)
                      .param("limit", limit))
              .andReturn()
              .getResponse();
      return new Desk.Answer(
          response.getStatus(), json.readTree(response.getContentAsString(StandardCharsets.UTF_8)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // ---- documentation

  @ParameterizedTest
  @ValueSource(strings = {"/v3/api-docs", "/api/docs"})
  @DisplayName("接口说明在登录之后；没有登录 401，不跳转")
  void documentation(String path) throws Exception {
    MockHttpServletResponse stranger =
        mvc.perform(MockMvcRequestBuilders.get(path)).andReturn().getResponse();
    assertThat(stranger.getStatus()).isEqualTo(401);
    assertThat(stranger.getContentType()).startsWith("application/problem+json");
    assertThat(
            mvc.perform(MockMvcRequestBuilders.get(path).with(httpBasic(AGENT, "Hotline-2026")))
                .andReturn()
                .getResponse()
                .getStatus())
        .isIn(200, 302);
  }

  @Test
  @DisplayName("接口说明列出约定的每个地址")
  void openApi() {
    JsonNode paths = desk.get("/v3/api-docs", AGENT).body().path("paths");
    assertThat(names(paths))
        .contains(
            "/api/work-orders",
            "/api/work-orders/{number}",
            "/api/work-orders/search",
            "/api/work-orders/{number}/events",
            "/api/sms-replies",
            "/api/tasks",
            "/api/tasks/{id}/claim",
            "/api/tasks/{id}/complete",
            "/api/deadlines");
  }
}
