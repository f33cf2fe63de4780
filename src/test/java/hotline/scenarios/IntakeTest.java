package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@Scenario
@DisplayName("受理：来电即成工单，能答即答，定级定责（云浮）")
class IntakeTest {
  @Autowired Desk desk;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-8a 第八条：外部系统来单即时编号，记下内容、地址、时间、联系方式并派单")
  void callFromThePhoneSystem() {
    Desk.Order order =
        desk.call(
            "LEAK",
            "/receivedAt",
            "2026-11-16T08:58:00+08:00",
            "/caller/district",
            "云城区",
            "/facts/pipeDiameterMm",
            200,
            "/facts/meterSide",
            "UPSTREAM",
            "/facts/landmark",
            "邮局门口",
            "/facts/asset",
            "PIPE");
    JsonNode view = order.view();
    assertThat(order.number).startsWith("YF");
    assertThat(view.path("status").asText()).isEqualTo("DISPATCHED");
    assertThat(view.path("caller").path("phone").asText()).isEqualTo("13800000000");
    assertThat(view.path("caller").path("district").asText()).isEqualTo("yuncheng");
    assertThat(view.path("facts").path("landmark").asText()).isEqualTo("邮局门口");
    assertThat(view.path("receivedAt").asText()).isEqualTo("2026-11-16T08:58:00+08:00");
    assertThat(view.path("recordedAt").asText()).isEqualTo("2026-11-16T09:00:00+08:00");
    assertThat(view.path("department").path("name").asText()).isEqualTo("工程公司");
    assertThat(order.record()).containsExactly("登记来电", "定级", "定责", "派单");
    assertThat(order.line("登记来电")).isEqualTo("yunfu-water.agent 登记来电 YF-8a YF-8b YF-13");
    assertThat(order.line("定责")).isEqualTo("系统 定责 YF-5");
    assertThat(order.line("派单")).isEqualTo("系统 派单 YF-8c");
  }

  @Test
  @DisplayName("YF-8a 第八条：坐席在 Tasklist 登记来电即有编号，受理后才派单")
  void callTypedInTasklist() {
    Desk.Order order =
        desk.callTypedInTasklist(
            "agent", "callerPhone", "13900000000", "callerName", "李四", "description", "家里没水");
    assertThat(order.status()).isEqualTo("RECEIVED");
    assertThat(order.waitsFor()).containsExactly("complete-intake by yunfu-water.agent");
    assertThat(order.line("登记来电")).startsWith("yunfu-water.agent 登记来电");
    desk.pass(Duration.ofMinutes(1));

    order.does(
        "agent",
        "complete-intake",
        "outcome",
        "DISPATCH",
        "category",
        "NO_WATER",
        "callerPhone",
        "13900000000",
        "callerName",
        "李四",
        "address",
        "云城区世纪大道8号",
        "description",
        "整栋楼没水",
        "asset",
        "VALVE");

    assertThat(order.waitsFor())
        .containsExactlyInAnyOrder(
            "record-gis-dispatch by yunfu-water.dispatcher", "accept by yunfu-water.engineering");
    assertThat(order.view().path("description").asText()).isEqualTo("整栋楼没水");
    assertThat(order.record()).containsExactly("登记来电", "受理", "定级", "定责", "派单");
    assertThat(order.line("受理")).isEqualTo("yunfu-water.agent 受理 YF-8a YF-8b DEFAULT");
    assertThat(order.limit("RESOLVE").path("startedAt").asText())
        .isEqualTo("2026-11-16T09:00:00+08:00");
  }

  @Test
  @DisplayName("YF-8a：受理时缺类别或类别不受理，任务不动，读到应填什么")
  void intakeRefused() {
    Desk.Order order =
        desk.callTypedInTasklist("agent", "callerPhone", "13900000000", "description", "没水");
    Desk.Answer none =
        order.tries("agent", "complete-intake", "callerPhone", "13900000000", "description", "没水");
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.field()).isEqualTo("category");
    Desk.Answer wrong =
        order.tries(
            "agent",
            "complete-intake",
            "outcome",
            "DISPATCH",
            "category",
            "NOT_WARM",
            "callerPhone",
            "13900000000",
            "description",
            "没水");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.detail()).contains("LEAK 报漏", "NO_WATER 停水");
    assertThat(order.waitsFor()).containsExactly("complete-intake by yunfu-water.agent");
  }

  @Test
  @DisplayName("YF-11 第十一条：当场能答复的，来单即办结，不占派单")
  void answeredAtOnceByApi() {
    Desk.Order order = desk.call("ENQUIRY", "/answer", "营业时间为每日8时至17时");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.view().path("answer").asText()).isEqualTo("营业时间为每日8时至17时");
    assertThat(order.record()).containsExactly("登记来电", "答复");
    assertThat(order.notices("DISPATCH")).isEmpty();
    assertThat(order.customer("URGE", "").status()).isEqualTo(409);
  }

  @Test
  @DisplayName("YF-11 第十一条：坐席在受理时当场答复，须写明答复内容")
  void answeredAtOnceInTasklist() {
    Desk.Order order =
        desk.callTypedInTasklist("agent", "callerPhone", "13900000000", "description", "问水费");
    Object[] intake = {
      "outcome", "ANSWER", "category", "ADVICE", "callerPhone", "13900000000", "description", "问水费"
    };
    Desk.Answer refused = order.tries("agent", "complete-intake", intake);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("answer");

    List<Object> answered = new ArrayList<>(List.of(intake));
    answered.addAll(List.of("answer", "可在微信公众号查询"));
    order.does("agent", "complete-intake", answered.toArray());
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
    assertThat(order.line("答复")).startsWith("yunfu-water.agent 答复");
  }

  @Test
  @DisplayName("YF-11 第十一条：调度员核对时也可直接答复用户而办结")
  void answeredByTheDispatcher() {
    Desk.Order order = desk.call("COMPLAINT");
    order.does("dispatcher", "check-dispatch", "outcome", "ANSWER", "answer", "已当面说明");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(order.waitsFor()).isEmpty();
  }

  @ParameterizedTest(name = "{0} → {1}")
  @DisplayName("YF-5 第三至七条：按类别定责")
  @CsvSource({
    "LEAK,engineering",
    "FAULT,engineering",
    "BURST,engineering",
    "NO_WATER,engineering",
    "WATER_QUALITY,technical",
    "PRESSURE,production",
    "BILLING,business",
    "METERING,business",
    "WORKS_QUALITY,engineering",
    "SERVICE_MANNER,engineering",
    "ENQUIRY,business",
    "ADVICE,business",
    "SERVICE_APPLICATION,engineering",
    "METER_MOVE,engineering",
    "AFTER_METER_REPAIR,engineering",
    "SUGGESTION,business"
  })
  void routed(String category, String department) {
    Desk.Order order = desk.call(category);
    assertThat(order.department()).isEqualTo(department);
    assertThat(order.waitsFor()).contains("accept by yunfu-water." + department);
    assertThat(order.view().path("level").asText())
        .isEqualTo(category.equals("BURST") ? "EMERGENCY" : "NORMAL");
  }

  @ParameterizedTest
  @DisplayName("YF-5 第七条：投诉、举报、文明服务归被投诉部门")
  @ValueSource(strings = {"COMPLAINT", "REPORT", "SERVICE_MANNER"})
  void complainedOf(String category) {
    Desk.Order order = desk.call(category, "/facts/departmentComplainedOf", "dispatch-centre");
    assertThat(order.department()).isEqualTo("dispatch-centre");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.dispatch-centre");
  }

  @ParameterizedTest
  @DisplayName("YF-5 第七条：没有说明投诉哪个部门的，交调度员，所缺一项写明")
  @ValueSource(strings = {"COMPLAINT", "REPORT"})
  void missingGoesToTheDispatcher(String category) {
    Desk.Order order = desk.call(category);
    assertThat(order.status()).isEqualTo("CHECKING");
    assertThat(order.waitsFor()).containsExactly("check-dispatch by yunfu-water.dispatcher");
    assertThat(order.view().path("missing").asText()).isEqualTo("departmentComplainedOf");
    assertThat(order.view().path("department").isNull()).isTrue();

    Desk.Answer nobody = order.tries("dispatcher", "check-dispatch", "outcome", "DISPATCH");
    assertThat(nobody.status()).isEqualTo(422);
    assertThat(nobody.field()).isEqualTo("department");

    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "营业部");
    assertThat(order.waitsFor()).containsExactly("accept by yunfu-water.business");
    assertThat(order.view().path("missing").isNull()).isTrue();
    assertThat(order.line("核对派单")).startsWith("yunfu-water.dispatcher 核对派单");
  }

  @Test
  @DisplayName("YF-8c 第八条：派单时限5分钟——到点派出为及时，晚一毫秒为超期且留痕")
  void dispatchBoundary() {
    Desk.Order inTime = desk.call("COMPLAINT");
    Desk.Order late = desk.call("COMPLAINT");
    desk.itIs(inTime.due("DISPATCH"));
    inTime.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    desk.pass(Duration.ofMillis(1));
    late.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "business");

    assertThat(inTime.isBreached("DISPATCH")).isFalse();
    assertThat(late.isBreached("DISPATCH")).isTrue();
    assertThat(inTime.breaches("派单")).isZero();
    assertThat(late.breaches("派单")).isEqualTo(1);
    assertThat(inTime.limit("DISPATCH").path("dueAt").asText())
        .isEqualTo("2026-11-16T09:05:00+08:00");
  }

  @Test
  @DisplayName("YF-8c：派单逾期的，值班班长也可派单")
  void supervisorMayDispatchOnceLate() {
    Desk.Order order = desk.call("COMPLAINT");
    desk.itIs(order.due("DISPATCH"));
    assertThat(order.tasksSeenBy("shift-supervisor")).contains("check-dispatch");
    assertThat(
            order
                .tries(
                    "shift-supervisor",
                    "check-dispatch",
                    "outcome",
                    "DISPATCH",
                    "department",
                    "business")
                .status())
        .isEqualTo(403);
    desk.pass(Duration.ofSeconds(1));
    order.does(
        "shift-supervisor", "check-dispatch", "outcome", "DISPATCH", "department", "business");
    assertThat(order.status()).isEqualTo("DISPATCHED");
  }

  @Test
  @DisplayName("YF-8c：补录的来电从受理时刻起算，派单、通知已过时限的当即记为超期")
  void recordedAfterTheEvent() {
    Desk.Order order = desk.call("LEAK", "/receivedAt", "2026-11-16T08:00:00+08:00");
    assertThat(order.isBreached("DISPATCH")).isTrue();
    assertThat(order.breaches("派单")).isEqualTo(1);
    desk.pass(Duration.ofSeconds(1));
    assertThat(order.isBreached("NOTIFY")).isTrue();
    assertThat(order.breaches("通知承办部门")).isEqualTo(1);
    assertThat(order.isBreached("RESOLVE")).isFalse();
  }

  @Test
  @DisplayName("YF-8b 第八条：管道、阀门、消防栓须在GIS派单，编号登记在工单上")
  void gisDispatch() {
    for (String asset : List.of("PIPE", "VALVE", "HYDRANT")) {
      Desk.Order order = desk.call("FAULT", "/facts/asset", asset);
      assertThat(order.waitsFor()).contains("record-gis-dispatch by yunfu-water.dispatcher");
    }
    assertThat(desk.call("FAULT", "/facts/asset", "METER").waitsFor())
        .containsExactly("accept by yunfu-water.engineering");
    assertThat(desk.call("FAULT").waitsFor()).containsExactly("accept by yunfu-water.engineering");

    Desk.Order leak = desk.call("LEAK");
    assertThat(leak.tries("dispatcher", "record-gis-dispatch").field()).isEqualTo("gisReference");
    leak.does("dispatcher", "record-gis-dispatch", "gisReference", "GIS-2026-0815");
    assertThat(leak.view().path("gisReference").asText()).isEqualTo("GIS-2026-0815");
    assertThat(leak.line("GIS派单")).isEqualTo("yunfu-water.dispatcher GIS派单 YF-8b");
    assertThat(leak.waitsFor()).containsExactly("accept by yunfu-water.engineering");
  }

  @Test
  @DisplayName("YF-8b：同一来电的另一诉求另立工单的，按该诉求的设施要求GIS派单")
  void gisDispatchOfAnotherDemand() {
    Desk.Order order =
        desk.call(
            "COMPLAINT",
            "/demands",
            List.of(
                Map.of(
                    "category", "FAULT",
                    "description", "阀门关不上",
                    "facts", Map.of("asset", "VALVE"))));
    Desk.Order other = desk.order(order.view().path("linked").get(0).asText());
    assertThat(other.view().path("category").asText()).isEqualTo("FAULT");
    assertThat(other.waitsFor()).contains("record-gis-dispatch by yunfu-water.dispatcher");
  }

  @Test
  @DisplayName("YF-8b：退回改派后不重复要求GIS派单，重办一轮也沿用原编号")
  void gisOnlyOnce() {
    Desk.Order order = desk.call("LEAK");
    order.does("engineering", "accept", "outcome", "RETURN", "reason", "属生产部");
    order.does("dispatcher", "check-dispatch", "outcome", "DISPATCH", "department", "production");
    assertThat(order.waitsFor().stream().filter(t -> t.startsWith("record-gis"))).hasSize(1);
    order.does("dispatcher", "record-gis-dispatch", "gisReference", "GIS-1");
    assertThat(order.view().path("gisReference").asText()).isEqualTo("GIS-1");
  }

  @Test
  @DisplayName("同一 Idempotency-Key 只立一单，内容不同则409")
  void onceOnly() {
    Map<String, Object> body = Desk.body("yunfu-water", "LEAK");
    String key = UUID.randomUUID().toString();
    Desk.Answer first = desk.post("/api/work-orders", body, "yunfu-water.agent", key);
    Desk.Answer again = desk.post("/api/work-orders", body, "yunfu-water.agent", key);
    Desk.Answer other =
        desk.post("/api/work-orders", Desk.body("yunfu-water", "BURST"), "yunfu-water.agent", key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("number")).isEqualTo(first.body().path("number"));
    assertThat(other.status()).isEqualTo(409);
  }
}
