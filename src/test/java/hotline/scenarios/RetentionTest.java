package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.database.TestedDatabase;
import hotline.database.TestedDatabase.Column;
import hotline.retention.Retention;
import hotline.scenarios.Desk.Answer;
import hotline.scenarios.OutageDesk.Outage;
import hotline.workorder.LegalHold;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@Scenario
@Tag("mariadb")
@TestPropertySource(properties = "hotline.retention.batch=2")
@DisplayName("保存期限：到期删除，先去除个人信息，保全的不动")
class RetentionTest {
  private static final Duration CALLERS = Duration.ofDays(1095);
  private static final Duration ORDERS = Duration.ofDays(1825);

  /** Stands in whatever people type, so that it is found wherever it is left. */
  private static final String SECRET = "密言";

  private static final String PHONE = "13812345678";

  /** Columns in which nobody types, or which name no caller: they stay as they are. */
  private static final Set<String> KEPT =
      Set.of(
          "work_order: number company process_instance_id status channel category subcategory level"
              + " department assigned_department supervisor recorded_by district"
              + " external_platform outage_number guidance missing worker cost delay_cause"
              + " callback_medium satisfaction calendar_warning facts held_by hold_reason",
          "work_order_event: order_number acted_by verb article",
          "holiday_year: content",
          "order_without_actor: number company lack",
          "write_probe: node",
          "work_order_link: number linked reason",
          "time_limit: order_number milestone limit_text starts_with who warn_before warn_to"
              + " escalate_to inquire_by office_close article basis",
          "work_task: task_id order_number company task name group_id also_group_id assignee"
              + " article closed_by part",
          "extension_request: order_number requested_by cause decide_by article decided_by",
          "callback_attempt: order_number medium attempted_by unreached_cause satisfaction",
          "callback_place: company order_number",
          "callback_block: company",
          "sms_reply: company order_number satisfaction",
          "notice: company order_number purpose channel status claimed_by done_by",
          "notice_attempt: outcome detail",
          "confirmation: order_number token",
          "outage: number company process_instance_id status effect kind origin area districts"
              + " places population_source valves key_customers reason measures reporter"
              + " reporter_article report_escalate_to reported_by change_note held_by hold_reason",
          "outage_duty: outage_number duty_key action label group_ids channel contacts lead_time"
              + " within_limit warn_before escalate_to waits_for article basis status done_by",
          "outage_contact: outage_number duty_key code name order_number status",
          "outage_contact_attempt: outage_number duty_key code attempted_by",
          "outage_event: outage_number acted_by verb article",
          "outage_call: order_number outage_number company");

  /** Columns that are emptied or hold the remark once the caller is anonymous. */
  private static final Set<String> CLEARED =
      Set.of(
          "work_order: description caller_name caller_phone phone_digits address building_key"
              + " idempotency_key request_digest external_number answer gis_reference instruction"
              + " result measures parts platform_reply responsible_side",
          "work_order_event: note",
          "extension_request: reason decision_reason",
          "callback_attempt: answers remarks",
          "sms_question: order_number company phone_digits",
          "sms_reply: message_id phone_digits reply",
          "notice: notice_key receiver_name address subject body note",
          "outage: idempotency_key request_digest",
          "outage_duty: note",
          "outage_contact: person phone",
          "outage_contact_attempt: spoke_with note",
          "outage_event: note");

  /** Tables that hold nothing of a single order or outage, and those kept until it is removed. */
  private static final Set<String> OTHERS =
      Set.of("work_order_number", "person", "duty", "place", "network_anomaly", "nightly_work");

  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired Retention retention;
  @Autowired MockMvc mvc;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    anotherNight();
  }

  /** As if a night had passed: this node's turn again. */
  private void anotherNight() {
    desk.tables()
        .sql("UPDATE nightly_work SET claimed_until = '2000-01-01 00:00:00', finished_on = NULL")
        .update();
  }

  private Retention.Done night() {
    anotherNight();
    return retention.work(desk.now().plus(Duration.ofHours(1)));
  }

  // ---- a day with everything

  private Desk.Order closed(Object... details) {
    List<Object> all = new ArrayList<>(List.of("/caller/phone", "0766-8812345"));
    all.addAll(List.of(details));
    Desk.Order order = desk.call("BILLING", all.toArray()).handled();
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    return order;
  }

  private record Day(List<Desk.Order> orders, Outage outage) {
    List<String> numbers() {
      List<String> numbers = new ArrayList<>(orders.stream().map(o -> o.number).toList());
      numbers.add(outage.number);
      return numbers;
    }
  }

  /** Orders and an outage that leave a row in every table, with a secret in all that is typed. */
  private Day day() {
    Object[] secrets = {
      "/description", SECRET + "描述",
      "/caller/name", SECRET,
      "/caller/phone", PHONE,
      "/caller/address", "云城区" + SECRET + "路77号",
      "/facts/landmark", SECRET + "旁",
      "/facts/meterNumber", SECRET + "88",
      "/external/platform", "12345",
      "/external/number", SECRET + "-12345"
    };
    desk.drawFellOnPlace(20);
    Desk.Order bySms = desk.call("BILLING", secrets);
    assertThat(bySms.customer("URGE", SECRET + "催").status()).isEqualTo(202);
    assertThat(bySms.customer("SUPPLEMENT", SECRET + "补充").status()).isEqualTo(202);
    String department = bySms.department();
    bySms.does(department, "accept", "outcome", "ACCEPT", "worker", "马师傅");
    bySms.does(department, "contact-customer", "note", SECRET + "已联系");
    String late = desk.now().plus(Duration.ofDays(30)).toString();
    bySms.does(
        department,
        "report-work",
        "outcome",
        "EXTENSION",
        "extensionUntil",
        late,
        "extensionReason",
        SECRET + "延期",
        "extensionCause",
        "OUTSIDE");
    bySms.does(department + "-leader", "decide-extension", "approved", true, "reason", SECRET);
    bySms.does(
        department,
        "report-work",
        "outcome",
        "DONE",
        "result",
        SECRET + "结果",
        "measures",
        SECRET + "措施",
        "parts",
        SECRET + "部件",
        "cost",
        12);
    assertThat(desk.smsReply(PHONE, "不满意 " + SECRET).status()).isEqualTo(202);
    assertThat(desk.smsReply("13900000001", SECRET).status()).isEqualTo(202);
    if (bySms.waitsFor().toString().contains("follow-up")) {
      bySms.does("agent", "follow-up", "outcome", "CLOSE", "reason", SECRET + "跟进");
    } else {
      bySms.does(
          "agent",
          "callback-by-phone",
          "reached",
          true,
          "solved",
          true,
          "satisfaction",
          "SATISFIED",
          "remarks",
          SECRET);
    }
    closeWhatIsLeft(bySms);

    Desk.Order written =
        desk.callOf(
                "water-repair",
                "LEAK",
                "/description",
                SECRET,
                "/caller/name",
                SECRET,
                "/caller/phone",
                PHONE,
                "/caller/address",
                SECRET + "路1号",
                "/caller/district",
                "east",
                "/facts/meterSide",
                "UPSTREAM")
            .checked();
    handleRepair(written);

    Outage outage = outages.reported("engineering", outages.unplanned());
    Desk.Order inOutage =
        desk.call(
            "NO_WATER",
            "/outage",
            outage.number,
            "/description",
            SECRET,
            "/caller/name",
            SECRET,
            "/caller/phone",
            "0766-8811111",
            "/caller/address",
            SECRET + "路2号");
    Desk.Order alsoMobile =
        desk.call(
            "NO_WATER",
            "/outage",
            outage.number,
            "/description",
            SECRET,
            "/caller/phone",
            PHONE,
            "/caller/address",
            SECRET + "路3号");
    outage.allDone();
    outage.doesTask("engineering", "follow-outage", "outcome", "RESTORED", "note", SECRET);
    tellCallers(outage);
    outage.allDone();
    assertThat(outage.view().path("closedAt").isNull()).isFalse();
    return new Day(List.of(bySms, written, inOutage, alsoMobile), outage);
  }

  private static void closeWhatIsLeft(Desk.Order order) {
    if (order.waitsFor().toString().contains("reply-to-platform")) {
      order.does("agent", "reply-to-platform", "reply", SECRET + "回复平台");
    }
    assertThat(order.view().path("closedAt").isNull()).as(order.waitsFor().toString()).isFalse();
  }

  private void handleRepair(Desk.Order order) {
    String crew = order.department();
    order.does(crew, "accept", "outcome", "ACCEPT", "worker", "李师傅");
    for (String task : List.of("contact-customer", "report-arrival", "report-containment")) {
      if (order.waitsFor().toString().contains(task)) {
        order.does(crew, task, "note", SECRET, "situation", SECRET);
      }
    }
    order.does(crew, "report-work", "outcome", "DONE", "result", SECRET, "cost", 30);
    while (order.waitsFor().toString().contains("review-reply")) {
      String by = order.waiting("review-reply").path("group").asText();
      order.does(
          by.substring(by.indexOf('.') + 1), "review-reply", "outcome", "PASS", "reason", SECRET);
    }
    if (order.waitsFor().toString().contains("await-sms-reply")) {
      desk.pass(Duration.ofHours(25));
    }
    if (order.waitsFor().toString().contains("callback-by-phone")) {
      order.does(
          "agent",
          "callback-by-phone",
          "reached",
          true,
          "solved",
          true,
          "satisfaction",
          "SATISFIED",
          "remarks",
          SECRET);
    }
    if (order.waitsFor().toString().contains("record-completion")) {
      order.does(
          "dispatcher", "record-completion", "measures", SECRET, "parts", SECRET, "note", SECRET);
    }
    assertThat(order.waitsFor()).as(order.view().toString()).isEmpty();
  }

  /** The caller without a mobile is phoned; with whom was spoken is typed. */
  private void tellCallers(Outage outage) {
    outage
        .duties("OPEN")
        .forEach(
            key -> {
              JsonNode duty = outage.duty(key);
              if (!duty.path("contacts").isEmpty()) {
                List<String> codes = new ArrayList<>();
                duty.path("contacts").forEach(c -> codes.add(c.path("code").asText()));
                outage.does(
                    duty.path("by").asText(),
                    key,
                    "outcome",
                    "DONE",
                    "reachedContacts",
                    codes,
                    "reachedPerson",
                    SECRET,
                    "note",
                    SECRET);
              }
            });
  }

  /** Where the text stands in any column of any table, ours and the engine's. */
  private List<String> found(String text) {
    return TestedDatabase.columns(desk.tables()).stream()
        .filter(
            column -> column.texts(desk.tables()).stream().anyMatch(each -> each.contains(text)))
        .map(RetentionTest::name)
        .toList();
  }

  private static String name(Column column) {
    return (column.table() + "." + column.name()).toLowerCase(Locale.ROOT);
  }

  // ---- removal

  @Test
  @DisplayName("办结满保存期限之日，工单连同所有表中的行一起删除；早一天什么也不删")
  void removedOnItsDay() {
    Desk.Order order = closed();
    Instant closedAt = desk.now();
    desk.itIs(closedAt.plus(ORDERS));
    assertThat(night().removed()).isZero();
    assertThat(order.status()).isEqualTo("CLOSED");
    desk.pass(Duration.ofMillis(1));
    assertThat(night().removed()).isEqualTo(1);
    assertThat(order.answerTo("service-manager")).isEqualTo(404);
  }

  @Test
  @DisplayName("到期后任何一张表的任何一格都不再有该工单、该停供的编号；只有回访抽样的席位留下，证明抽样比例")
  void nothingIsForgotten() {
    Day day = day();
    assertThat(columnsOf(day.numbers().get(0)))
        .contains("work_order.number", "notice.order_number");
    for (String table :
        List.of(
            "work_order_event",
            "time_limit",
            "work_task",
            "extension_request",
            "sms_reply",
            "notice",
            "notice_attempt",
            "confirmation",
            "callback_place",
            "outage",
            "outage_call",
            "outage_contact",
            "outage_contact_attempt",
            "outage_duty",
            "outage_event")) {
      desk.postGoesOut();
      assertThat(desk.tables().sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single())
          .as(table)
          .isPositive();
    }
    desk.pass(ORDERS.plusDays(1));
    assertThat(night().removed()).isEqualTo(5);
    Set<String> left = new TreeSet<>();
    day.numbers().forEach(number -> left.addAll(columnsOf(number)));
    assertThat(left).containsExactly("callback_place.order_number");
  }

  private Set<String> columnsOf(String number) {
    return new TreeSet<>(found(number));
  }

  @Test
  @DisplayName("每张表的每个文字栏都定了去留：新加的表或栏必须在这里写明")
  void everyColumnIsDecided() {
    List<String> undecided = new ArrayList<>();
    Set<String> decided = new TreeSet<>();
    for (Set<String> lists : List.of(KEPT, CLEARED)) {
      for (String list : lists) {
        String table = list.substring(0, list.indexOf(':'));
        for (String column : list.substring(list.indexOf(':') + 2).split(" ")) {
          decided.add(table + "." + column);
        }
      }
    }
    List<String> ours =
        TestedDatabase.columns(desk.tables()).stream()
            .filter(Column::isOurs)
            .map(RetentionTest::name)
            .filter(c -> !OTHERS.contains(c.substring(0, c.indexOf('.'))))
            .toList();
    ours.stream().filter(c -> !decided.contains(c)).forEach(undecided::add);
    assertThat(undecided).as("去除个人信息时如何处理未定的栏").isEmpty();
    assertThat(decided).as("已不存在的栏").isSubsetOf(ours);
  }

  @Test
  @DisplayName("未办结的工单多久都不动；办结后仍有回填任务的也不动")
  void openOnesStay() {
    Desk.Order open = desk.call("BILLING", "/caller/phone", "0766-8812345");
    desk.pass(ORDERS.multipliedBy(2));
    assertThat(night()).isEqualTo(new Retention.Done(0, 0));
    assertThat(open.view().path("caller").path("name").asText()).isEqualTo("张三");
    open.handled().satisfiedByPhone();
    assertThat(open.status()).isEqualTo("CLOSED");
    desk.pass(CALLERS.minusDays(1));
    assertThat(night()).isEqualTo(new Retention.Done(0, 0));
  }

  @Test
  @DisplayName("抽样比例在删除后仍可证明：应访、已访的张数不变")
  void theDrawIsProvedForGood() {
    Desk.Order order =
        desk.callOf(
                "yinchuan-water",
                "LEAK",
                "/caller/district",
                "xingqing",
                "/facts/meterSide",
                "UPSTREAM")
            .does("network-xingqing", "accept", "outcome", "ACCEPT", "worker", "马师傅")
            .does("network-xingqing", "report-work", "outcome", "DONE", "result", "已更换接头");
    order.satisfiedByPhone();
    JsonNode before = week();
    assertThat(before.path("eligible").asInt()).isEqualTo(1);
    assertThat(before.path("phoned").asInt()).isEqualTo(1);
    desk.pass(ORDERS.plusDays(1));
    assertThat(night().removed()).isEqualTo(1);
    for (String figure : List.of("eligible", "phoned", "required")) {
      assertThat(week().path(figure)).as(figure).isEqualTo(before.path(figure));
    }
    assertThat(week().path("items")).isEmpty();
  }

  private JsonNode week() {
    return desk.get(
            "/api/callback-records?company=yinchuan-water&week=2026-11-16", "yinchuan-water.agent")
        .body();
  }

  @Test
  @DisplayName("到期而不能动的排在前面，也不挡住后面的：一批一批做完，不动的还在")
  void whatStaysHoldsNothingUp() {
    Desk.Order first = closed();
    List<Desk.Order> stay = new ArrayList<>(List.of(first));
    List<Desk.Order> go = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      desk.pass(Duration.ofMinutes(i % 2));
      (i % 2 == 0 ? stay : go).add(closed());
    }
    for (Desk.Order order : stay) {
      desk.tables()
          .sql("UPDATE work_task SET is_open = TRUE WHERE order_number = :n AND task = 'accept'")
          .param("n", order.number)
          .update();
    }
    desk.tables().sql("UPDATE work_order SET closed_at = '2026-11-16 02:00:00'").update();
    ClockUtil.setCurrentTime(Date.from(desk.now().plus(ORDERS).plus(Duration.ofDays(1))));
    assertThat(night()).isEqualTo(new Retention.Done(0, go.size()));
    go.forEach(order -> assertThat(order.answerTo("agent")).isEqualTo(404));
    stay.forEach(order -> assertThat(order.answerTo("agent")).isEqualTo(200));
  }

  @Test
  @DisplayName("一晚只由一个节点做一遍；做到窗口结束为止，余下的下一晚再做")
  void onceANight() {
    closed();
    closed();
    desk.pass(ORDERS.plusDays(1));
    assertThat(retention.work(desk.now())).isEqualTo(new Retention.Done(0, 0));
    desk.tables()
        .sql("UPDATE nightly_work SET claimed_by = 'other', claimed_until = :until")
        .param("until", hotline.Sql.utc(desk.now().plus(Duration.ofMinutes(5))))
        .update();
    Instant end = desk.now().plus(Duration.ofHours(3));
    assertThat(retention.work(end)).as("另一个节点正在做").isEqualTo(new Retention.Done(0, 0));
    desk.pass(Duration.ofMinutes(6));
    assertThat(retention.work(end).removed()).as("那个节点停了").isEqualTo(2);
    closed();
    assertThat(retention.work(end)).as("今晚已做完").isEqualTo(new Retention.Done(0, 0));
  }

  // ---- anonymous

  @Test
  @DisplayName("办结满三年，姓名、电话、地址和一切手写的话从所有表中消失，包括流程引擎的")
  void nothingOfThePersonIsLeft() {
    Day day = day();
    desk.postGoesOut();
    assertThat(found(SECRET)).contains("work_order.description", "work_order_event.note");
    Desk.Order order = day.orders().get(0);
    JsonNode before = order.view();
    desk.pass(CALLERS.plusDays(1));
    assertThat(night().anonymised()).isEqualTo(5);
    assertThat(found(SECRET)).isEmpty();
    assertThat(found(PHONE)).isEmpty();
    assertThat(found("8811111")).isEmpty();
    assertThat(found("13900000001")).isEmpty();
    assertThat(night().anonymised()).as("只做一次").isZero();

    JsonNode view = order.view();
    assertThat(view.path("anonymisedAt").isNull()).isFalse();
    for (String field : List.of("name", "phone", "address")) {
      assertThat(view.path("caller").path(field).asText()).isEqualTo(LegalHold.ANONYMOUS);
    }
    for (String field : List.of("description", "result", "measures", "parts")) {
      assertThat(view.path(field).asText()).as(field).isEqualTo(LegalHold.ANONYMOUS);
    }
    for (String field :
        List.of(
            "number",
            "status",
            "channel",
            "category",
            "level",
            "department",
            "receivedAt",
            "round",
            "urged",
            "cost",
            "closedAt",
            "timeLimits",
            "worker")) {
      assertThat(view.path(field)).as(field).isEqualTo(before.path(field));
    }
    assertThat(view.path("callback").path("satisfaction"))
        .isEqualTo(before.path("callback").path("satisfaction"));
    assertThat(view.path("events")).hasSameSizeAs(before.path("events"));
    assertThat(order.note("派单")).isEqualTo("营业部");
    assertThat(order.note("补充")).isEqualTo(LegalHold.ANONYMOUS);
    assertThat(day.outage().view().path("calls").asInt()).isEqualTo(2);
  }

  @Test
  @DisplayName("还没有发出、没有应答的通知一并取消：不知道发给谁了")
  void noticesThatWait() {
    Map<String, String> orders = Map.of(closed().number, "PENDING", closed().number, "UNKNOWN");
    orders.forEach(
        (number, status) ->
            assertThat(
                    desk.tables()
                        .sql("UPDATE notice SET status = :status WHERE order_number = :number")
                        .param("status", status)
                        .param("number", number)
                        .update())
                .isPositive());
    desk.itIs(desk.now().plus(CALLERS).plusMillis(1));
    assertThat(night().anonymised()).isEqualTo(2);
    assertThat(
            desk.tables()
                .sql("SELECT DISTINCT status FROM notice WHERE order_number IN (:numbers)")
                .param("numbers", orders.keySet())
                .query(String.class)
                .list())
        .containsExactly("CANCELLED");
  }

  @Test
  @DisplayName("列表、查找、回访记录表、确认单上都写明“已按保存期限去除个人信息”，数字照旧")
  void everySheetSaysSo() throws Exception {
    Desk.Order order =
        desk.callOf(
                "yinchuan-water",
                "LEAK",
                "/caller/district",
                "xingqing",
                "/facts/meterSide",
                "UPSTREAM")
            .does("network-xingqing", "accept", "outcome", "ACCEPT", "worker", "马师傅")
            .does("network-xingqing", "report-work", "outcome", "DONE", "result", "已更换接头");
    order.satisfiedByPhone();
    JsonNode before = week();
    desk.pass(CALLERS.plusDays(1));
    assertThat(night().anonymised()).isEqualTo(1);

    JsonNode after = week();
    for (String figure : List.of("eligible", "phoned", "required")) {
      assertThat(after.path(figure)).as(figure).isEqualTo(before.path(figure));
    }
    JsonNode line = after.path("items").get(0);
    for (String field : List.of("callerName", "callerPhone", "address", "description")) {
      assertThat(line.path(field).asText()).as(field).isEqualTo(LegalHold.ANONYMOUS);
    }
    assertThat(line.path("handledBy").asText()).isEqualTo("兴庆区管网维护中心 马师傅");
    assertThat(line.path("completion").asText()).isEqualTo("已解决。" + LegalHold.ANONYMOUS);
    assertThat(line.path("satisfaction").asText()).isEqualTo("满意");
    assertThat(line.path("calledBackOn"))
        .isEqualTo(before.path("items").get(0).path("calledBackOn"));

    String agent = "yinchuan-water.agent";
    JsonNode listed =
        desk.get("/api/work-orders?company=yinchuan-water", agent).body().path("items").get(0);
    assertThat(listed.path("callerPhone").asText()).isEqualTo(LegalHold.ANONYMOUS);
    assertThat(listed.path("description").asText()).isEqualTo(LegalHold.ANONYMOUS);
    JsonNode byPhone =
        desk.post(
                "/api/work-orders/search",
                Desk.map("company", "yinchuan-water", "phone", "13800000000"),
                agent,
                null)
            .body();
    assertThat(byPhone.path("items")).isEmpty();
    byte[] pdf =
        mvc.perform(
                MockMvcRequestBuilders.get(
                        URI.create("/api/work-orders/" + order.number + "/confirmation.pdf"))
                    .with(httpBasic(agent, "Hotline-2026")))
            .andReturn()
            .getResponse()
            .getContentAsByteArray();
    try (PDDocument sheet = Loader.loadPDF(pdf)) {
      String words = new PDFTextStripper().getText(sheet).replaceAll("\\s", "");
      for (String label : List.of("联系电话", "地址", "处理结果")) {
        assertThat(words).contains(label + LegalHold.ANONYMOUS);
      }
      assertThat(words).contains("回访评价满意");
    }
  }

  // ---- legal hold

  private Answer hold(String user, String path, String reason) {
    return desk.post(path + "/legal-hold", Desk.map("reason", reason), user, null);
  }

  private static final String MANAGER = "yunfu-water.service-manager";

  @Test
  @DisplayName("保全的工单什么也不删、不去除，解除后的下一晚才轮到它；保全和解除各有一行记录")
  void heldOnesStay() {
    Desk.Order held = closed("/description", SECRET);
    Desk.Order other = closed();
    String path = "/api/work-orders/" + held.number;
    Answer answer = hold(MANAGER, path, "法院〔2026〕12号调取");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("legalHold").path("by").asText()).isEqualTo(MANAGER);
    assertThat(answer.body().path("legalHold").path("reason").asText()).isEqualTo("法院〔2026〕12号调取");
    assertThat(held.note("保全")).isEqualTo("法院〔2026〕12号调取");
    int events = held.record().size();

    desk.pass(CALLERS.plusDays(1));
    assertThat(night().anonymised()).isEqualTo(1);
    desk.pass(ORDERS);
    assertThat(night().removed()).isEqualTo(1);
    assertThat(other.answerTo("agent")).isEqualTo(404);
    assertThat(held.view().path("description").asText()).isEqualTo(SECRET);
    assertThat(held.record()).hasSize(events);

    Answer lifted = desk.delete(path + "/legal-hold", MANAGER);
    assertThat(lifted.status()).isEqualTo(200);
    assertThat(lifted.body().path("legalHold").isNull()).isTrue();
    assertThat(held.record().toString()).contains("解除保全");
    assertThat(night().removed()).isEqualTo(1);
    assertThat(held.answerTo("agent")).isEqualTo(404);
  }

  @Test
  @DisplayName("保全停供，连同按它答复的来电；保全一张来电，停供也留着")
  void outageAndItsCalls() {
    Day day = day();
    Outage outage = day.outage();
    String path = "/api/outages/" + outage.number;
    assertThat(hold(MANAGER, path, "事故调查").status()).isEqualTo(200);
    assertThat(outage.view().path("legalHold").path("reason").asText()).isEqualTo("事故调查");
    desk.pass(ORDERS.plusDays(1));
    assertThat(night().removed()).isEqualTo(2);
    assertThat(day.orders().get(2).view().path("description").asText()).isEqualTo(SECRET);
    assertThat(desk.delete(path + "/legal-hold", MANAGER).status()).isEqualTo(200);
    assertThat(outage.record()).contains("保全", "解除保全");

    assertThat(hold(MANAGER, "/api/work-orders/" + day.orders().get(2).number, "诉讼").status())
        .isEqualTo(200);
    assertThat(night().removed()).as("只有另一张来电").isEqualTo(1);
    assertThat(outage.view().path("calls").asInt()).isEqualTo(2);
    assertThat(
            desk.delete("/api/work-orders/" + day.orders().get(2).number + "/legal-hold", MANAGER)
                .status())
        .isEqualTo(200);
    assertThat(night().removed()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} 不能保全")
  @ValueSource(
      strings = {
        "agent",
        "dispatcher",
        "shift-supervisor",
        "manager",
        "designer",
        "business",
        "business-leader",
        "executive-leader"
      })
  void onlyTheServiceManager(String person) {
    Desk.Order order = closed();
    Outage outage = outages.reported("engineering", outages.planned());
    for (String path :
        List.of("/api/work-orders/" + order.number, "/api/outages/" + outage.number)) {
      assertThat(hold("yunfu-water." + person, path, "不该").status()).isEqualTo(403);
      assertThat(desk.delete(path + "/legal-hold", "yunfu-water." + person).status())
          .isEqualTo(403);
      assertThat(hold("gas.service-manager", path, "不该").status()).isEqualTo(404);
      assertThat(desk.delete(path + "/legal-hold", "gas.service-manager").status()).isEqualTo(404);
    }
    assertThat(order.view().path("legalHold").isNull()).isTrue();
    assertThat(outage.view().path("legalHold").isNull()).isTrue();
  }

  @Test
  @DisplayName("没有原因、已保全、未保全：各有一句话说怎么办")
  void refusals() {
    String path = "/api/work-orders/" + desk.call("BILLING").number;
    Answer without = hold(MANAGER, path, "  ");
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.field()).isEqualTo("reason");
    assertThat(desk.delete(path + "/legal-hold", MANAGER).status()).isEqualTo(409);
    assertThat(hold(MANAGER, path, "诉讼").status()).isEqualTo(200);
    Answer twice = hold(MANAGER, path, "诉讼");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(twice.detail()).contains("已在保全中").doesNotMatch(Pattern.compile("[a-z]{5}"));
    assertThat(hold(MANAGER, "/api/work-orders/YF20990101-0001", "无").status()).isEqualTo(404);
  }
}
