package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hotline.scenarios.Visitor.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Every role makes every call on the running product; what comes of it is exactly what
 * docs/role-matrix.md says. Written anew with -Dmatrix.write=true, to be read before it is
 * committed; what no table may ever say is asserted apart from it.
 */
@WebScenario
@DisplayName("权限表：每个岗位、每个调用，只得到表里写的")
class RoleMatrixTest {
  private static final Path TABLE = Path.of("docs/role-matrix.md");
  private static final String NOBODY = "未登录";
  private static final String MONITORING = "监控账号";

  /** All that the monitoring account gets: no order, no person, no model. */
  private static final Set<String> MONITORED =
      Set.of("健康细节 /actuator/health", "指标 /actuator/prometheus", "接口文档 /v3/api-docs");

  /** Login by heading; the demo's login is the group. */
  private static final Map<String, String> ROLES = new LinkedHashMap<>();

  static {
    ROLES.put("坐席", "yunfu-water.agent");
    ROLES.put("调度员", "yunfu-water.dispatcher");
    ROLES.put("值班班长", "yunfu-water.shift-supervisor");
    ROLES.put("客服主管", "yunfu-water.service-manager");
    ROLES.put("管理人员", "yunfu-water.manager");
    ROLES.put("流程设计员", "yunfu-water.designer");
    ROLES.put("承办部门", "yunfu-water.engineering");
    ROLES.put("承办部门负责人", "yunfu-water.engineering-leader");
    ROLES.put("监督部门", "yunfu-water.administration");
    ROLES.put("其他部门", "yunfu-water.business");
    ROLES.put("无组", "yunfu.nogroup");
    ROLES.put(MONITORING, "prometheus");
    ROLES.put("系统管理员", "admin");
    ROLES.put("别家坐席", "gas.agent");
    ROLES.put("别家主管", "gas.service-manager");
    ROLES.put("别家管理", "gas.manager");
    ROLES.put("别家设计", "gas.designer");
    ROLES.put("别家部门", "gas.east-repair");
    ROLES.put(NOBODY, "");
  }

  private static final Set<String> OTHERS = Set.of("别家坐席", "别家主管", "别家管理", "别家设计", "别家部门");

  private static final Set<String> NOTHING = Set.of("401", "403", "404", "空");

  /** What says nothing of a company, and so is the same for everybody who is logged in. */
  private static final Set<String> OF_NO_COMPANY =
      Set.of(
          "POST /api/sms-replies",
          "GET /api/handbook",
          "GET /api/directory/page",
          "查单 hotline/orders/companies",
          "接口文档 /v3/api-docs",
          "健康细节 /actuator/health",
          // the company that is named does not count, the starter's own does
          "发起工单 …/work-order/submit-form",
          "Cockpit 流程数 …/process-definition/statistics-count",
          "Cockpit 流程统计 …/process-definition/statistics",
          "各步的数 process-definition/{id}/statistics",
          "各流程的数 process-definition/statistics",
          "定时定义 job-definition",
          "流程列表 process-definition",
          "流程图 process-definition/…/xml",
          "本人口令规则 identity/password-policy",
          "列表 filter",
          "用户组 group",
          "人员 user",
          "公司 tenant");

  /** What names companies, people and groups, and must name no other than the reader's. */
  private static final Set<String> OF_ONES_OWN =
      Set.of(
          "GET /api/handbook",
          "GET /api/directory/page",
          "查单 hotline/orders/companies",
          "用户组 group",
          "人员 user",
          "公司 tenant");

  /** What counts the instances of the shared models: the reader's own company's. */
  private static final Set<String> COUNTING =
      Set.of(
          "Cockpit 流程统计 …/process-definition/statistics",
          "各步的数 process-definition/{id}/statistics",
          "各流程的数 process-definition/statistics");

  private static final Pattern COUNTED =
      Pattern.compile("\"(instances|incidents|incidentCount|failedJobs)\":[1-9]");
  private static final Pattern OF_YUNFU = Pattern.compile("yunfu-water|云浮|YF2026");
  private static final Pattern COMPANY =
      Pattern.compile(
          "(?<![\\w.-])(yunfu-water|yinchuan-water|gas|water-repair|wuda-heat)(?![\\w-])");

  @LocalServerPort int port;
  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired IdentityService identity;
  @Autowired RuntimeService runtime;
  @Autowired RepositoryService repository;

  private final Map<String, Function<Caller, Seen>> calls = new LinkedHashMap<>();

  /** The bodies of the answers, by call and role. */
  private final Map<String, Map<String, String>> said = new LinkedHashMap<>();

  /** One person at both doors: the API with a password, the web apps with a session. */
  private record Caller(String user, Visitor program, Visitor browser) {}

  private static String json(Object... pairs) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(Desk.map(pairs));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void api(String call, Function<Caller, Seen> sample) {
    calls.put(call, sample);
  }

  private void get(String path, String sample) {
    api("GET " + path, who -> who.program.get(sample));
  }

  private void engine(String label, String method, String path, String body) {
    api(
        label,
        who ->
            who.browser.send(
                method, Visitor.ENGINE + path, body, Map.of("Accept", "application/json")));
  }

  private void cockpit(String what, String path, String id) {
    api(
        "Cockpit " + what + " …/" + path,
        who ->
            who.browser.get(
                "/camunda/api/cockpit/plugin/base/default/"
                    + path.replace("{id}", id)
                    + "?maxResults=1000"));
  }

  private void samples() {
    Visitor.comesTo(desk.engine());
    desk.startAt("2026-11-16T09:00:00+08:00");
    if (identity.createUserQuery().userId("yunfu.nogroup").count() == 0) {
      User nobody = identity.newUser("yunfu.nogroup");
      nobody.setPassword(Visitor.PASSWORD);
      identity.saveUser(nobody);
    }
    if (identity.createUserQuery().userId("prometheus").count() == 0) {
      User monitoring = identity.newUser("prometheus");
      monitoring.setPassword(Visitor.PASSWORD);
      identity.saveUser(monitoring);
      identity.createMembership("prometheus", "monitoring");
    }
    Desk.Order complaint = desk.call("COMPLAINT", "/facts/departmentComplainedOf", "business");
    complaint.handled().satisfiedByPhone();
    Desk.Order closed = desk.call("LEAK").handled();
    desk.smsReply("13800000000", "1");
    Desk.Order order = desk.call("LEAK");
    Desk.Order claimed = desk.call("LEAK");
    Desk.Order inHand = desk.call("LEAK");
    inHand.does("engineering", "accept", "outcome", "ACCEPT");
    String outage = outages.reported("engineering", outages.planned()).number;
    String task = order.waiting("accept").path("id").asText();
    String toClaim = claimed.waiting("accept").path("id").asText();
    String instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .rootProcessInstances()
            .singleResult()
            .getId();
    String calling =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(inHand.number)
            .rootProcessInstances()
            .singleResult()
            .getId();
    runtime.createIncident(
        "matrix",
        desk.engine()
            .getTaskService()
            .createTaskQuery()
            .taskId(task)
            .singleResult()
            .getExecutionId(),
        null);
    String definition =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey("work-order")
            .latestVersion()
            .singleResult()
            .getId();
    String deployment = repository.createDeploymentQuery().list().get(0).getId();
    String company = "?company=yunfu-water";
    String one = "/api/work-orders/" + order.number;

    // ---- our API
    api(
        "POST /api/work-orders",
        who ->
            who.program.send(
                "POST",
                "/api/work-orders",
                json(
                    "company",
                    "yunfu-water",
                    "category",
                    "LEAK",
                    "description",
                    "漏水",
                    "caller",
                    Map.of("phone", "13900000009")),
                Map.of("Idempotency-Key", UUID.randomUUID().toString())));
    get("/api/work-orders/{number}", one);
    api(
        "GET /api/work-orders/{number}（投诉本部门的：其他部门一列）",
        who -> who.program.get("/api/work-orders/" + complaint.number));
    get("/api/work-orders", "/api/work-orders" + company + "&status=DISPATCHED");
    api(
        "POST /api/work-orders/search",
        who ->
            who.program.post(
                "/api/work-orders/search", json("company", "yunfu-water", "phone", "13800000000")));
    api(
        "POST /api/work-orders/{number}/events",
        who -> who.program.post(one + "/events", json("type", "URGE", "note", "快些")));
    api("POST /api/work-orders/{number}/phone", who -> who.program.post(one + "/phone", "{}"));
    get(
        "/api/work-orders/{number}/confirmation.pdf",
        "/api/work-orders/" + closed.number + "/confirmation.pdf");
    api(
        "POST /api/sms-replies",
        who ->
            who.program.post(
                "/api/sms-replies",
                json(
                    "from",
                    "13900000008",
                    "text",
                    "1",
                    "messageId",
                    UUID.randomUUID().toString())));
    get("/api/tasks", "/api/tasks");
    api("GET /api/tasks（本公司全部）", who -> who.program.get("/api/tasks" + company));
    api(
        "POST /api/tasks/{id}/claim",
        who -> {
          Seen seen = who.program.post("/api/tasks/" + toClaim + "/claim", "{}");
          return seen;
        });
    api(
        "POST /api/tasks/{id}/complete",
        who -> who.program.post("/api/tasks/" + task + "/complete", json("outcome", "NONSENSE")));
    get(
        "/api/deadlines",
        "/api/deadlines" + company + "&from=2026-11-16T09:00:00%2B08:00&limit=1%E5%B0%8F%E6%97%B6");
    api("PUT /api/holidays", who -> who.program.send("PUT", "/api/holidays", "{}", Map.of()));
    api(
        "POST /api/outages",
        who ->
            who.program.post(
                "/api/outages",
                json(
                    outages.planned().entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray())));
    get("/api/outages/{number}", "/api/outages/" + outage);
    get("/api/outages", "/api/outages" + company);
    for (String held : List.of("work-orders", "outages")) {
      String path =
          "/api/" + held + "/" + (held.equals("outages") ? outage : order.number) + "/legal-hold";
      api("POST /api/" + held + "/{number}/legal-hold", who -> who.program.post(path, "{}"));
      api(
          "DELETE /api/" + held + "/{number}/legal-hold",
          who -> who.program.send("DELETE", path, null, Map.of()));
    }
    api("POST /api/backup", who -> who.program.post("/api/backup", "{}"));
    get("/api/callback-records", "/api/callback-records" + company + "&week=2026-11-16");
    get("/api/callback-records.xlsx", "/api/callback-records.xlsx" + company + "&week=2026-11-16");
    get("/api/directory", "/api/directory" + company);
    get("/api/directory/file", "/api/directory/file" + company);
    api(
        "PUT /api/directory/{code}",
        who ->
            who.program.send(
                "PUT",
                "/api/directory/ROLE-1" + company,
                json("name", "权限表小区", "kind", "小区"),
                Map.of()));
    api(
        "DELETE /api/directory/{code}",
        who -> who.program.send("DELETE", "/api/directory/ROLE-1" + company, null, Map.of()));
    api(
        "POST /api/directory/import",
        who ->
            who.program.send(
                "POST",
                "/api/directory/import" + company,
                "代码,名称,类型\nROLE-1,权限表小区,小区\n",
                Map.of("Content-Type", "text/csv")));
    get("/api/directory/page", "/api/directory/page");
    api("GET /api/directory/page（本公司）", who -> who.program.get("/api/directory/page" + company));
    api(
        "POST /api/directory/page",
        who ->
            who.program.send(
                "POST",
                "/api/directory/page" + company,
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                    + "Content-Type: text/csv\r\n\r\n代码,名称,类型\nROLE-1,权限表小区,小区\n\r\n--x--\r\n",
                Map.of("Content-Type", "multipart/form-data; boundary=x", "Accept", "text/html")));
    get("/api/handbook", "/api/handbook");
    get("/api/handbook/{company}", "/api/handbook/yunfu-water");
    get("/public/outages", "/public/outages");
    get("/public/outages.atom", "/public/outages.atom");

    // ---- files and operation
    api("接口文档 /v3/api-docs", who -> who.program.get("/v3/api-docs"));
    api(
        "健康细节 /actuator/health",
        who -> {
          Seen seen = who.program.get("/actuator/health");
          return seen.body().contains("components") ? seen : new Seen(403, "", seen.answer());
        });
    api("指标 /actuator/prometheus", who -> who.program.get("/actuator/prometheus"));
    api("构件清单 /actuator/sbom", who -> who.program.get("/actuator/sbom"));
    api("版本信息 /actuator/info", who -> who.program.get("/actuator/info"));

    // ---- the web apps' engine API
    engine("任务列表 task", "GET", "task", null);
    engine("任务列表 task（POST 查询）", "POST", "task", "{}");
    engine("任务 task/{id}", "GET", "task/" + task, null);
    engine("表单内容 task/{id}/form-variables", "GET", "task/" + task + "/form-variables", null);
    engine("任务变量 task/{id}/variables", "GET", "task/" + task + "/variables", null);
    engine("表单 task/{id}/deployed-form", "GET", "task/" + task + "/deployed-form", null);
    engine("评论 task/{id}/comment", "GET", "task/" + task + "/comment", null);
    engine("附件 task/{id}/attachment", "GET", "task/" + task + "/attachment", null);
    engine("候选人 task/{id}/identity-links", "GET", "task/" + task + "/identity-links", null);
    api(
        "办理 task/{id}/submit-form",
        who ->
            who.browser.post(
                Visitor.ENGINE + "task/" + task + "/submit-form",
                "{\"variables\":{\"outcome\":{\"value\":\"NONSENSE\"}}}"));
    engine(
        "改派 task/{id}/assignee",
        "POST",
        "task/" + task + "/assignee",
        "{\"userId\":\"gas.agent\"}");
    engine(
        "写变量 task/{id}/variables", "POST", "task/" + task + "/variables", "{\"modifications\":{}}");
    api(
        "显示号码 hotline/tasks/{id}/phone",
        who ->
            who.browser.send(
                "POST", "/camunda/api/hotline/tasks/" + task + "/phone", null, Map.of()));
    String lookedUp = "/camunda/api/hotline/orders/";
    api("查单 hotline/orders/companies", who -> who.browser.get(lookedUp + "companies"));
    api(
        "查单 hotline/orders/search（按电话）",
        who ->
            who.browser.post(
                lookedUp + "search", json("company", "yunfu-water", "what", "13800000000")));
    api(
        "查单 hotline/orders/search（按编号）",
        who ->
            who.browser.post(
                lookedUp + "search", json("company", "yunfu-water", "what", order.number)));
    api("查单 hotline/orders/{number}", who -> who.browser.get(lookedUp + order.number));
    api(
        "查单 hotline/orders/{number}（投诉本部门的：其他部门一列）",
        who -> who.browser.get(lookedUp + complaint.number));
    api(
        "催办 hotline/orders/{number}/acts",
        who ->
            who.browser.post(lookedUp + order.number + "/acts", json("act", "URGE", "note", "快些")));
    api(
        "保全 hotline/orders/{number}/acts",
        who -> who.browser.post(lookedUp + order.number + "/acts", json("act", "HOLD")));
    api(
        "显示号码 hotline/orders/{number}/phone",
        who -> who.browser.post(lookedUp + order.number + "/phone", "{}"));
    engine("流程实例 process-instance", "GET", "process-instance", null);
    engine("流程实例 process-instance/{id}", "GET", "process-instance/" + instance, null);
    engine(
        "实例变量 process-instance/{id}/variables",
        "GET",
        "process-instance/" + instance + "/variables",
        null);
    engine(
        "走到哪步 process-instance/{id}/activity-instances",
        "GET",
        "process-instance/" + instance + "/activity-instances",
        null);
    engine("变量查询 variable-instance", "GET", "variable-instance", null);
    engine("执行 execution", "GET", "execution", null);
    engine("历史实例 history/process-instance", "GET", "history/process-instance", null);
    engine("历史步骤 history/activity-instance", "GET", "history/activity-instance", null);
    engine("历史任务 history/task", "GET", "history/task", null);
    engine("历史变量 history/variable-instance", "GET", "history/variable-instance", null);
    engine("历史明细 history/detail", "GET", "history/detail", null);
    engine("操作日志 history/user-operation", "GET", "history/user-operation", null);
    engine("历史决策 history/decision-instance", "GET", "history/decision-instance", null);
    engine("作业 job", "GET", "job", null);
    engine("异常 incident", "GET", "incident", null);
    engine("部署 deployment", "GET", "deployment", null);
    engine(
        "部署内容 deployment/{id}/resources", "GET", "deployment/" + deployment + "/resources", null);
    engine("新部署 deployment/create", "POST", "deployment/create", "{}");
    engine("删部署 deployment/{id}", "DELETE", "deployment/" + deployment, null);
    engine("流程列表 process-definition", "GET", "process-definition?latestVersion=true", null);
    engine(
        "流程图 process-definition/…/xml", "GET", "process-definition/" + definition + "/xml", null);
    engine(
        "决策表 decision-definition（云浮）", "GET", "decision-definition?keyLike=yunfu-water%25", null);
    engine(
        "发起工单 …/work-order/submit-form",
        "POST",
        "process-definition/key/work-order/submit-form",
        "{\"variables\":{\"company\":{\"value\":\"yunfu-water\"}}}");
    engine(
        "各步的数 process-definition/{id}/statistics",
        "GET",
        "process-definition/" + definition + "/statistics?incidents=true",
        null);
    engine(
        "各流程的数 process-definition/statistics",
        "GET",
        "process-definition/statistics?incidents=true",
        null);
    engine("定时定义 job-definition", "GET", "job-definition", null);
    engine("等待的消息 event-subscription", "GET", "event-subscription", null);
    engine("外部任务 external-task", "GET", "external-task", null);
    engine("批处理 batch", "GET", "batch", null);
    engine("库表版本 schema/log", "POST", "schema/log", "{}");
    engine("遥测 telemetry/data", "GET", "telemetry/data", null);
    engine(
        "各组任务数 task/report/candidate-group-count",
        "GET",
        "task/report/candidate-group-count",
        null);
    engine(
        "历史报表 history/process-instance/report",
        "GET",
        "history/process-instance/report?reportType=duration&periodUnit=month",
        null);
    engine("坐席的组 identity/groups", "GET", "identity/groups?userId=yunfu-water.agent", null);
    engine("坐席的资料 user/{id}/profile", "GET", "user/yunfu-water.agent/profile", null);
    engine(
        "坐席的权限 authorization/check",
        "GET",
        "authorization/check?permissionName=READ&resourceName=task&resourceType=7"
            + "&userId=yunfu-water.agent",
        null);
    engine("中止 process-instance/{id}", "DELETE", "process-instance/nothing", null);
    engine(
        "跳步 process-instance/{id}/modification",
        "POST",
        "process-instance/nothing/modification",
        "{}");
    engine("消息 message", "POST", "message", "{}");
    engine("权限 authorization", "GET", "authorization", null);
    engine("给权限 authorization/create", "POST", "authorization/create", "{}");
    engine("人员 user", "GET", "user", null);
    engine("建人员 user/create", "POST", "user/create", "{}");
    engine("改别人口令 user/{id}/credentials", "PUT", "user/yunfu.nogroup/credentials", "{}");
    engine("用户组 group", "GET", "group", null);
    engine("公司 tenant", "GET", "tenant", null);
    engine("列表 filter", "GET", "filter", null);
    engine("本人口令规则 identity/password-policy", "GET", "identity/password-policy", null);
    cockpit("流程数", "process-definition/statistics-count", "");
    cockpit("流程统计", "process-definition/statistics", "");
    cockpit("子流程", "process-definition/{id}/called-process-definitions", definition);
    cockpit("实例", "process-instance", "");
    cockpit("实例数", "process-instance/count", "");
    cockpit("子实例", "process-instance/{id}/called-process-instances", calling);
    cockpit("异常", "incident", "");
    cockpit("异常数", "incident/count", "");
    api(
        "创建首个管理员 admin/setup",
        who -> who.browser.post("/camunda/api/admin/setup/default/user/create", "{}"));
  }

  /** What came of it, in one word. */
  private static String word(String call, Seen seen) {
    assertThat(seen.status()).as(call + " " + seen.body()).isNotIn(500, 503);
    switch (seen.status()) {
      case 401, 403, 404 -> {
        return String.valueOf(seen.status());
      }
      case 400, 409, 422 -> {
        // let in, and then told what is wrong with what was sent, or that it has been done
        return "可";
      }
      default -> {}
    }
    assertThat(seen.status()).as(call + " " + seen.body()).isLessThan(400);
    if (!seen.header("Content-Type").contains("json")) {
      return "可";
    }
    JsonNode body = seen.json();
    if (call.startsWith("GET /api/work-orders/{number}")) {
      String phone = body.path("caller").path("phone").asText("");
      return body.path("description").asText().startsWith("（仅")
          ? "进度"
          : phone.isEmpty() || phone.equals("null") ? "无投诉人" : phone.contains("*") ? "掩码" : "全号";
    }
    if (call.startsWith("查单 hotline/orders/{number}")) {
      for (JsonNode part : body.path("parts")) {
        if (part.path("label").asText().equals("客户")) {
          String customer = part.path("text").asText();
          return customer.startsWith("本单投诉") ? "无投诉人" : customer.contains("*") ? "掩码" : "全号";
        }
      }
      return "进度";
    }
    boolean empty =
        body.has("groups") && body.path("groups").isEmpty()
            || body.has("count") && body.path("count").asInt() == 0
            || body.isArray() && body.isEmpty()
            || body.has("items") && body.path("items").isEmpty()
            || body.isObject() && body.isEmpty();
    return empty ? "空" : "可";
  }

  private String said(String call, String role) {
    return said.get(call).get(role);
  }

  private Map<String, Map<String, String>> walk() {
    Map<String, Map<String, String>> table = new LinkedHashMap<>();
    calls
        .keySet()
        .forEach(
            call -> {
              table.put(call, new LinkedHashMap<>());
              said.put(call, new LinkedHashMap<>());
            });
    ROLES.forEach(
        (role, user) -> {
          Visitor program = new Visitor(port);
          Visitor browser = new Visitor(port);
          if (!user.isEmpty()) {
            program.basic(user, Visitor.PASSWORD);
            browser.login(user, Visitor.PASSWORD);
            if (user.endsWith(".designer")) {
              browser = new Visitor(port).loggedIn(user);
            }
          } else {
            browser.get("/camunda/app/tasklist/default/");
          }
          Caller caller = new Caller(user, program, browser);
          calls.forEach(
              (call, sample) -> {
                Seen seen = sample.apply(caller);
                said.get(call).put(role, seen.body());
                table.get(call).put(role, word(call, seen));
              });
        });
    return table;
  }

  private static String written(Map<String, Map<String, String>> table) {
    StringBuilder text =
        new StringBuilder(
            """
            # 权限表

            每个岗位对每个调用得到什么，由 `RoleMatrixTest` 在运行的产品上逐格核对；新增的接口不写进来，测试就不通过。
            “本公司”是云浮，“别家”是燃气。改了权限之后：`mvn test -Dtest=RoleMatrixTest -Dmatrix.write=true`，读过再提交。

            | 字样 | 意思 |
            |---|---|
            | 可 | 做得到（内容不对的，会告诉怎么改） |
            | 空 | 列表里没有内容 |
            | 全号、掩码、无投诉人、进度 | 看得到工单：号码完整；号码只显示掩码；不透露投诉人；只看进度 |
            | 401、403、404 | 未登录；无权；看不到有这样东西 |

            """);
    text.append("| 调用 | ").append(String.join(" | ", ROLES.keySet())).append(" |\n");
    text.append("|---".repeat(ROLES.size() + 1)).append("|\n");
    table.forEach(
        (call, row) ->
            text.append("| ")
                .append(call)
                .append(" | ")
                .append(String.join(" | ", row.values()))
                .append(" |\n"));
    return text.toString();
  }

  @Test
  @DisplayName("YF-12 RQ-9 RQ-13：逐格核对；别家公司什么也得不到；监控账号只有指标和健康细节；未登录的只有公开页面")
  void everybodyGetsWhatTheTableSays() throws IOException {
    samples();
    List<String> missing = new ArrayList<>();
    JsonNode paths =
        new Visitor(port).basic("admin", Visitor.PASSWORD).get("/v3/api-docs").json().path("paths");
    paths
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          String call =
                              method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                          if (!calls.containsKey(call) && !path.getKey().startsWith("/public/")) {
                            missing.add(call);
                          }
                        }));
    assertThat(missing).as("没有写进权限表的接口").isEmpty();

    Map<String, Map<String, String>> table = walk();
    Set<String> wrong = new LinkedHashSet<>();
    table.forEach(
        (call, row) -> {
          boolean open = call.contains("/public/");
          if (!open && !NOTHING.contains(row.get(NOBODY))) {
            wrong.add(NOBODY + " " + call + " " + row.get(NOBODY));
          }
          if (!open && !MONITORED.contains(call) && !NOTHING.contains(row.get(MONITORING))) {
            wrong.add(MONITORING + " " + call + " " + row.get(MONITORING));
          }
          for (String other : OTHERS) {
            String word = row.get(other);
            if (!open && !OF_NO_COMPANY.contains(call) && !NOTHING.contains(word)) {
              wrong.add(other + " " + call + " " + word);
            }
            if (!open && !NOTHING.contains(word) && OF_YUNFU.matcher(said(call, other)).find()) {
              wrong.add(other + " " + call + " 说到云浮：" + said(call, other));
            }
          }
          if (OF_ONES_OWN.contains(call)) {
            ROLES.forEach(
                (role, user) -> {
                  String own = user.contains(".") ? user.substring(0, user.indexOf('.')) : "";
                  Matcher named = COMPANY.matcher(said(call, role));
                  while (!role.equals("系统管理员") && named.find()) {
                    if (!named.group(1).equals(own)) {
                      wrong.add(role + " " + call + " 说到 " + named.group());
                    }
                  }
                });
          }
        });
    for (String counting : COUNTING) {
      assertThat(said(counting, "管理人员")).as(counting).containsPattern(COUNTED);
      for (String other : OTHERS) {
        assertThat(said(counting, other)).as(counting + other).doesNotContainPattern(COUNTED);
      }
    }
    if (Boolean.getBoolean("matrix.write")) {
      Files.writeString(TABLE, written(table));
    }
    assertThat(wrong).as("别家公司、监控账号或没登录的人得到了东西").isEmpty();
    assertThat(written(table)).isEqualTo(Files.readString(TABLE));
  }
}
