package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebScenario
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("对运行中的产品逐一试攻击，都被拒绝")
class AttackTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String ADMINISTRATORS = Visitor.ENGINE + "group/camunda-admin/members/";
  private static final String ENGINEERING = "yunfu-water.engineering";

  /** Sets a property of this very machine, if anybody evaluates it. */
  private static final String CODE =
      "${''.getClass().forName('java.lang.System')"
          + ".getMethod('setProperty', ''.getClass(), ''.getClass())"
          + ".invoke(null, 'hotline.taken', 'yes')}";

  private static final String SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

  @LocalServerPort int port;
  @Autowired Desk desk;
  @Autowired OutageDesk outages;
  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired IdentityService identity;
  @Autowired ServerProperties server;

  private Desk.Order order;
  private String task;

  @BeforeEach
  void leak() {
    Visitor.comesTo(desk.engine());
    desk.startAt("2026-11-16T09:00:00+08:00");
    order = desk.call("LEAK");
    task = order.waiting("accept").path("id").asText();
  }

  private Visitor visitor() {
    return new Visitor(port);
  }

  private Visitor as(String user) {
    return visitor().basic(user, Visitor.PASSWORD);
  }

  private Visitor atTasklist(String user) {
    return visitor().loggedIn(user);
  }

  private static void assertNothingTaken() {
    try {
      assertThat(System.getProperty("hotline.taken")).isNull();
    } finally {
      System.clearProperty("hotline.taken");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/app",
        "/camunda/app/none",
        "/camunda/app/none/default/",
        "/camunda/app/x.js"
      })
  @DisplayName("没有这样的应用：404，不是程序出错")
  void noSuchApp(String path) {
    assertThat(visitor().get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/deployment",
        "/rest/engine",
        "/h2-console/",
        "/login",
        "/error",
        "/webjars/camunda/securityFilterRules.json",
        "/webjars/swagger-ui/index.html",
        "/API/work-orders",
        "/camundax",
        "/.env",
        "/application.yaml"
      })
  @DisplayName("引擎自带的接口、控制台和别的地址：一律 404，管理员也一样")
  void nothingElse(String path) {
    assertThat(visitor().get(path).status()).isEqualTo(404);
    assertThat(as("admin").get(path).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"env", "heapdump", "beans", "configprops", "loggers", "threaddump"})
  @DisplayName("运维端点只开健康检查、版本、指标、构件清单，别的连管理员也没有")
  void actuator(String endpoint) {
    assertThat(visitor().get("/actuator/" + endpoint).status()).isEqualTo(401);
    assertThat(as(AGENT).get("/actuator/" + endpoint).status()).isEqualTo(403);
    assertThat(as("admin").get("/actuator/" + endpoint).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/app/..;/api/engine/engine/default/user",
        "/camunda/api/engine/engine/default/user;a=b",
        "/camunda/api;/engine/engine/default/user",
        "//camunda/api/engine/engine/default/user",
        "/camunda//api/engine/engine/default/user",
        "/camunda/api/engine/%2e%2e/engine/engine/default/user",
        "/camunda/lib/../api/engine/engine/default/user",
        "/camunda/api/engine%2fengine/engine/default/user",
        "/camunda/api/engine%5cengine/default/user",
        "/camunda\\api\\engine\\engine\\default\\user",
        "/camunda/api/admin/setup;x/default/user/create",
        "/camunda/api/admin/%73etup%3b/default/user/create",
        "/public/..%2fapi/work-orders",
        "/public/%2e%2e/actuator/prometheus",
        "/public/..;/actuator/info",
        "/public/%252e%252e/actuator/info",
        "/api/work-orders;.json",
        "/api/./work-orders",
        "/api/work-orders%00.json",
        "/api/work-orders%0d%0aX-Injected:%201"
      })
  @DisplayName("可作两种解释的地址（分号、双斜线、反斜线，以及编码的斜线、反斜线、分号、点和控制字符）：400，管理员也一样")
  void ambiguousPaths(String path) {
    for (Visitor who : List.of(visitor(), as("admin"))) {
      String answer = who.raw("GET " + path + " HTTP/1.1");
      assertThat(answer).as(path).startsWith("HTTP/1.1 400");
      assertThat(answer).doesNotContain("yunfu-water", "X-Injected");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/admin/%73etup/default/user/create",
        "/camunda/api/admin/setup/default/user/create/",
        "/camunda/api/admin/setup/default/group/create",
        "/camunda/api/admin/setup"
      })
  @DisplayName("网页上创建首个管理员的入口关着，换写法也进不去")
  void setup(String path) {
    Visitor stranger = visitor();
    stranger.get("/camunda/app/admin/default/");
    String user =
        "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\"},"
            + "\"credentials\":{\"password\":\"Evil-2026-evil\"}}";
    assertThat(stranger.post(path, user).status()).isEqualTo(403);
    assertThat(identity.createUserQuery().userId("evil").count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/app/admin/default/setup",
        "/camunda/app/admin/default/setup/",
        "/camunda/app/admin/default/%73etup/",
        "/camunda/app/admin/default/setup/index.html",
        "/camunda/app/tasklist/default/setup/",
        "/camunda/app/admin/other/setup/"
      })
  @DisplayName("创建首个管理员的网页也关着")
  void setupPage(String path) {
    assertNoSetup(visitor().get(path));
    assertNoSetup(atTasklist("admin").get(path));
  }

  private static void assertNoSetup(Visitor.Seen seen) {
    assertThat(seen.status()).as(seen.body()).isEqualTo(403);
    assertThat(seen.body()).contains("不能在网页上创建首个管理员").doesNotContain("<html", "<script");
  }

  @Test
  @DisplayName("管理员组空了，真来创建一个：网页和接口都进不去，谁也没有成为管理员")
  void setupWithoutAdministrators() {
    List<User> before = identity.createUserQuery().memberOfGroup("camunda-admin").list();
    before.forEach(admin -> identity.deleteMembership(admin.getId(), "camunda-admin"));
    try {
      Visitor stranger = visitor();
      for (String app : List.of("admin", "tasklist", "cockpit")) {
        Visitor.Seen page = stranger.get("/camunda/app/" + app + "/default/");
        assertThat(page.status()).isEqualTo(302);
        assertThat(page.header("Location")).endsWith("/camunda/app/admin/default/setup/#/setup");
      }
      assertNoSetup(stranger.get("/camunda/app/admin/default/setup/"));
      String user =
          "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\"},"
              + "\"credentials\":{\"password\":\"Evil-2026-evil\"}}";
      for (String path :
          List.of(
              "/camunda/api/admin/setup/default/user/create",
              "/camunda/api/admin/%73etup/default/user/create",
              "/camunda/api/engine/engine/default/user/create")) {
        Visitor.Seen seen = stranger.post(path, user);
        assertThat(seen.status()).as(path + " " + seen.body()).isIn(401, 403);
      }
      assertThat(identity.createUserQuery().userId("evil").count()).isZero();
      assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").count()).isZero();
    } finally {
      before.forEach(admin -> identity.createMembership(admin.getId(), "camunda-admin"));
    }
    assertThat(before).isNotEmpty();
    assertThat(atTasklist("admin").get("/camunda/app/admin/default/").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"group/camunda-admin/members/admin", "user/admin", "group/camunda-admin"})
  @DisplayName("最后一个系统管理员：在网页上移不出去，删不掉，他的组也删不掉；有了第二个就可以")
  void lastAdministrator(String path) {
    Visitor admin = atTasklist("admin");
    Visitor.Seen refused = admin.send("DELETE", Visitor.ENGINE + path, null, Map.of());
    assertThat(refused.status()).as(refused.body()).isBetween(400, 499);
    assertThat(refused.json().path("message").asText())
        .isEqualTo("系统至少要有一个系统管理员：请先把别人加入 camunda-admin 组");
    assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").list())
        .extracting(User::getId)
        .containsExactly("admin");

    String second = "second-admin";
    person(second);
    identity.createMembership(second, "camunda-admin");
    try {
      for (String leaving : List.of("group/camunda-admin/members/" + second, "user/" + second)) {
        assertThat(admin.send("DELETE", Visitor.ENGINE + leaving, null, Map.of()).status())
            .isEqualTo(204);
      }
      assertThat(identity.createUserQuery().userId(second).count()).isZero();
    } finally {
      identity.deleteUser(second);
    }
  }

  @RepeatedTest(5)
  @DisplayName("两个系统管理员同时把对方移出去：总有一个留下")
  void twoAdministrators() throws Exception {
    String second = "second-admin";
    person(second);
    identity.createMembership(second, "camunda-admin");
    try {
      Visitor one = atTasklist("admin");
      Visitor other = atTasklist(second);
      List<Supplier<Visitor.Seen>> acts =
          List.of(
              () -> one.send("DELETE", ADMINISTRATORS + second, null, Map.of()),
              () -> other.send("DELETE", ADMINISTRATORS + "admin", null, Map.of()));
      AtOnce.together(acts);
      assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").count()).isOne();
    } finally {
      identity.deleteUser(second);
      if (identity.createUserQuery().memberOfGroup("camunda-admin").count() == 0) {
        identity.createMembership("admin", "camunda-admin");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /camunda/app/..;/x, 400",
    "GET //x, 400",
    "GET /api/x%00, 400",
    "GET /api/%zz, 400",
    "FOO /api/tasks, 400",
    "TRACE /, 400",
    "GET /nothing, 404",
    "GET /public/nothing, 404",
    "GET /camunda/app/none, 404",
    "GET /camunda/app/tasklist/default/none.js, 404",
    "GET /camunda/none, 404",
    "GET /error, 404",
    "GET /api/tasks, 401",
    "GET /camunda/api/engine/engine/default/task, 401",
    "GET /camunda/app/admin/default/setup/, 403",
    "PUT /camunda/app/tasklist/default/, 403",
    "POST /home.css, 405",
    "GET /home.css, 200",
    "GET /hotline.svg, 200",
    "GET /camunda/lib/deps.js, 200",
    "GET /camunda/app/tasklist/default/, 200",
    "GET /, 200",
    "GET /public/outages, 200",
    "GET /actuator/health, 200"
  })
  @DisplayName("不管答的是什么，都带安全响应头；在 TLS 后面还要求浏览器只用 HTTPS")
  void headers(String line, int status) {
    String accept = line.endsWith("/health") ? "application/json" : "text/html";
    List<String> plain = head(visitor().with("Accept", accept), line);
    assertThat(plain.get(0)).startsWith("HTTP/1.1 " + status);
    assertThat(plain)
        .containsOnlyOnce("X-Content-Type-Options: nosniff", "X-Frame-Options: DENY")
        .noneMatch(header -> header.startsWith("Strict-Transport-Security"))
        .noneMatch(header -> header.startsWith("Server:"));
    assertThat(plain)
        .filteredOn(header -> header.startsWith("Referrer-Policy: "))
        .hasSize(1)
        .allMatch(header -> header.matches("Referrer-Policy: (same-origin|no-referrer)"));
    List<String> secure =
        head(visitor().with("Accept", accept).with("X-Forwarded-Proto", "https"), line);
    assertThat(secure)
        .filteredOn(header -> header.startsWith("Strict-Transport-Security: "))
        .hasSize(1)
        .allMatch(header -> header.contains("max-age=31536000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /camunda\\api", "GET /a b"})
  @DisplayName("连请求行都读不懂的：400，也带响应头，不透露是什么服务器")
  void unreadable(String line) {
    String answer = visitor().raw(line + " HTTP/1.1");
    List<String> head = List.of(answer.split("\r\n\r\n", 2)[0].split("\r\n"));
    assertThat(head.get(0)).startsWith("HTTP/1.1 400");
    assertThat(head)
        .containsOnlyOnce(
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: same-origin");
    assertThat(answer).doesNotContainIgnoringCase("tomcat").doesNotContain("Exception");
  }

  private static List<String> head(Visitor who, String line) {
    return List.of(who.raw(line + " HTTP/1.1").split("\r\n\r\n", 2)[0].split("\r\n"));
  }

  // ---- models

  private static final String MODEL =
      """
      <?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
      <process id="evil" isExecutable="true"><documentation>&e;</documentation>
      <startEvent id="s"/></process></definitions>""";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "yunfu-water.designer",
        "yunfu-water.manager",
        "yunfu-water.agent",
        "yunfu-water.engineering"
      })
  @DisplayName("除了版本自己，谁也不能部署、重新部署、删除流程，管理员和设计员也不能；夹带的外部实体不会读")
  void nobodyDeploys(String user) {
    long before = repository.createDeploymentQuery().count();
    String deployment = repository.createDeploymentQuery().list().get(0).getId();
    String definition =
        repository.createProcessDefinitionQuery().latestVersion().list().get(0).getId();
    Visitor person = atTasklist(user);
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nevil\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"evil.bpmn\"; filename=\"evil.bpmn\"\r\n\r\n"
            + MODEL
            + "\r\n--x--\r\n";
    Visitor.Seen seen =
        person.send(
            "POST",
            Visitor.ENGINE + "deployment/create",
            body,
            Map.of("Content-Type", "multipart/form-data; boundary=x"));
    assertThat(seen.status()).as(seen.body()).isEqualTo(403);
    assertThat(
            person.post(Visitor.ENGINE + "deployment/" + deployment + "/redeploy", "{}").status())
        .isEqualTo(403);
    for (String path :
        List.of(
            "deployment/" + deployment + "?cascade=true",
            "process-definition/" + definition + "?cascade=true",
            "process-definition/key/work-order/delete")) {
      assertThat(person.send("DELETE", Visitor.ENGINE + path, null, Map.of()).status())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    assertThat(repository.createProcessDefinitionQuery().processDefinitionKey("evil").count())
        .isZero();
  }

  @Test
  @DisplayName("我们的接口不收 XML")
  void noXml() {
    Visitor agent = as(AGENT).with("Idempotency-Key", "xml-1");
    for (String type :
        List.of("application/xml", "text/xml", "application/x-java-serialized-object")) {
      assertThat(
              agent.send("POST", "/api/work-orders", MODEL, Map.of("Content-Type", type)).status())
          .as(type)
          .isEqualTo(415);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|process-instance/{p}/modification|{\"instructions\":[]}",
        "POST|process-instance/{p}/modification-async|{\"instructions\":[]}",
        "POST|process-instance/delete|{\"processInstanceIds\":[\"{p}\"]}",
        "POST|process-instance/suspended|{}",
        "PUT|process-instance/{p}/suspended|{\"suspended\":true}",
        "POST|process-instance/{p}/variables|{\"modifications\":{\"company\":{\"value\":\"gas\"}}}",
        "PUT|process-instance/{p}/variables/company|{\"value\":\"gas\"}",
        "POST|process-instance/variables-async|{}",
        "DELETE|process-instance/{p}|",
        "POST|process-definition/key/work-order/restart|{}",
        "POST|process-definition/work-order/restart-async|{}",
        "PUT|process-definition/key/work-order/suspended|{\"suspended\":true}",
        "PUT|process-definition/suspended|{\"suspended\":true}",
        "POST|modification/execute|{}",
        "POST|modification/executeAsync|{}",
        "POST|migration/execute|{}",
        "POST|migration/executeAsync|{}",
        "DELETE|batch/x|",
        "PUT|batch/x/suspended|{\"suspended\":true}",
        "POST|history/process-instance/delete|{}",
        "DELETE|history/process-instance/{p}|",
        "POST|history/process-instance/set-removal-time|{}",
        "POST|history/cleanup|",
        "POST|job/retries|{}",
        "POST|job/x/execute|{}",
        "PUT|job-definition/suspended|{\"suspended\":true}",
        "POST|external-task/fetchAndLock|{}",
        "POST|message|{\"messageName\":\"work-order-withdrawn\",\"processInstanceId\":\"{p}\"}",
        "POST|signal|{\"name\":\"x\"}",
        "POST|condition|{}",
        "POST|decision-definition/key/yunfu-water-routing/evaluate|{\"variables\":{}}",
        "POST|user/create|{\"profile\":{\"id\":\"evil\"},\"credentials\":{\"password\":\"Evil-2026-x\"}}",
        "DELETE|user/admin|",
        "PUT|user/admin/credentials|{\"password\":\"Evil-2026-x\"}",
        "POST|user/admin/unlock|{}",
        "POST|group/create|{\"id\":\"evil\"}",
        "PUT|group/camunda-admin/members/{u}|{}",
        "PUT|tenant/gas/user-members/{u}|{}",
        "POST|authorization/create|{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"{u}\",\"resourceType\":7,\"resourceId\":\"*\"}",
        "POST|filter/create|{\"resourceType\":\"Task\",\"name\":\"x\",\"query\":{},\"properties\":{}}",
        "POST|task/create|{\"name\":\"x\"}",
        "POST|task/{t}/comment/create|{\"message\":\"张三 13800000000\"}",
        "POST|task/{t}/attachment/create|x",
        "POST|task/{t}/delegate|{\"userId\":\"{u}\"}",
        "POST|identity/verify|{\"username\":\"admin\",\"password\":\"x\"}",
        "POST|telemetry/configuration|{\"enableTelemetry\":true}"
      })
  @DisplayName("改流程、改变量、重启、批处理、改人员和权限、留评论：管理员之外各岗位一律 403")
  void engineWrites(String method, String path, String body) {
    String instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .list()
            .get(0)
            .getId();
    for (String user : List.of(AGENT, ENGINEERING, "yunfu-water.manager", "yunfu-water.designer")) {
      Visitor person = sessions.computeIfAbsent(user, this::atTasklist);
      Visitor.Seen seen =
          person.send(
              method,
              Visitor.ENGINE + filled(path, instance, user),
              body == null ? null : filled(body, instance, user),
              Map.of());
      assertThat(seen.status()).as(user + " " + seen.body()).isEqualTo(403);
    }
    assertThat(identity.createUserQuery().userId("evil").count()).isZero();
    assertThat(runtime.getVariable(instance, "company")).isEqualTo("yunfu-water");
  }

  private static final Map<String, Visitor> sessions = new HashMap<>();

  private String filled(String text, String instance, String user) {
    return text.replace("{p}", instance).replace("{t}", task).replace("{u}", user);
  }

  /** A class of this very class path that counts how often anybody makes one. */
  public static final class Made implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger TIMES = new AtomicInteger();

    public Made() {
      TIMES.incrementAndGet();
    }

    public void setName(String name) {
      TIMES.incrementAndGet();
    }

    private void readObject(ObjectInputStream in) {
      TIMES.incrementAndGet();
    }
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static String object(String value, String format) {
    return "{\"type\":\"Object\",\"value\":\""
        + value
        + "\",\"valueInfo\":{\"objectTypeName\":\""
        + Made.class.getName()
        + "\",\"serializationDataFormat\":\""
        + format
        + "\"}}";
  }

  @Test
  @DisplayName("Java 对象作为变量值：连管理员也不能让程序还原出一个来，无论序列化的还是 JSON 写的")
  void noSerializedObjects() throws Exception {
    byte[] bytes = serialized(new Made());
    Made.TIMES.set(0);
    new ObjectMapper().readValue("{\"name\":\"x\"}", Made.class);
    assertThat(Made.TIMES).hasValue(2);
    new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
    assertThat(Made.TIMES).hasValue(3);
    Made.TIMES.set(0);

    String object =
        object(Base64.getEncoder().encodeToString(bytes), "application/x-java-serialized-object");
    String json = object("{\\\"name\\\":\\\"x\\\"}", "application/json");
    String instance =
        runtime
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(order.number)
            .list()
            .get(0)
            .getId();
    String variables = Visitor.ENGINE + "process-instance/" + instance + "/variables";
    Visitor admin = atTasklist("admin");
    Visitor.Seen serialized = admin.send("PUT", variables + "/x", object, Map.of());
    assertThat(serialized.status()).as(serialized.body()).isEqualTo(400);
    Visitor.Seen written = admin.send("PUT", variables + "/y", json, Map.of());
    assertThat(written.status()).as("只存下文字：" + written.body()).isEqualTo(204);
    for (String path :
        List.of(
            variables + "/y?deserializeValue=true",
            variables + "?deserializeValues=true",
            Visitor.ENGINE + "task/" + task + "/variables?deserializeValues=true")) {
      Visitor.Seen read = admin.get(path);
      assertThat(read.status()).as(path + " " + read.body()).isEqualTo(400);
      assertThat(read.json().path("message").asText()).isEqualTo("变量不能是 Java 对象");
    }
    Visitor.Seen listed =
        admin.get(Visitor.ENGINE + "variable-instance?deserializeValues=true&variableName=y");
    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.json()).hasSize(1);
    assertThat(listed.json().at("/0/value").isNull()).as(listed.body()).isTrue();
    runtime.removeVariable(instance, "y");
    Visitor.Seen part =
        admin.send(
            "POST",
            variables + "/z/data",
            "--x\r\nContent-Disposition: form-data; name=\"data\"\r\n"
                + "Content-Type: application/json\r\n\r\n{\"name\":\"x\"}\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"type\"\r\n"
                + "Content-Type: text/plain\r\n\r\n"
                + Made.class.getName()
                + "\r\n--x--\r\n",
            Map.of("Content-Type", "multipart/form-data; boundary=x"));
    assertThat(part.status()).as(part.body()).isEqualTo(400);
    assertThat(runtime.getVariables(instance)).doesNotContainKeys("x", "y", "z");
    Visitor engineering = atTasklist(ENGINEERING);
    for (String sent : List.of(object, json)) {
      Visitor.Seen submitted =
          engineering.post(
              Visitor.ENGINE + "task/" + task + "/submit-form",
              "{\"variables\":{\"reason\":" + sent + ",\"outcome\":{\"value\":\"RETURN\"}}}");
      assertThat(submitted.status()).as(submitted.body()).isEqualTo(422);
    }
    assertThat(Made.TIMES).as("还原过的对象").hasValue(0);
  }

  @Test
  @DisplayName("问列表不给上限、超过 1000、把参数名或数字编码：最多给 1000 条；Cockpit 的也一样")
  void longLists() {
    for (int i = 0; i < 1001; i++) {
      identity.saveGroup(identity.newGroup("long-list-" + i));
    }
    try {
      Visitor admin = atTasklist("admin");
      for (String query :
          List.of(
              "",
              "?maxResults=1001",
              "?%6daxResults=1000000",
              "?maxResults=%31000000",
              "?maxResults=%2b1000000",
              "?maxResults=-1",
              "?maxResults=99999999999",
              "?maxResults=1000000&maxResults=1")) {
        for (Visitor.Seen seen :
            List.of(
                admin.get(Visitor.ENGINE + "group" + query),
                admin.post(Visitor.ENGINE + "group" + query, "{}"))) {
          assertThat(seen.status()).as(query + " " + seen.body()).isEqualTo(200);
          assertThat(seen.json()).as(query).hasSize(1000);
        }
      }
      assertThat(admin.get(Visitor.ENGINE + "group?%6daxResults=3&firstResult=1").json())
          .hasSize(3);
    } finally {
      for (int i = 0; i < 1001; i++) {
        identity.deleteGroup("long-list-" + i);
      }
    }
    Visitor manager = atTasklist("yunfu-water.manager");
    String instances = "/camunda/api/cockpit/plugin/base/default/process-instance";
    assertThat(manager.post(instances + "?maxResults=1000", "{}").status()).isEqualTo(200);
    for (String query : List.of("", "?maxResults=1001", "?%6daxResults=1000000")) {
      Visitor.Seen seen = manager.post(instances + query, "{}");
      assertThat(seen.status()).as(query + " " + seen.body()).isEqualTo(400);
    }
  }

  // ---- code in queries, injection

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task?assigneeExpression={c}",
        "task?candidateGroupExpression={c}",
        "task?dueBeforeExpression={c}",
        "task/count?ownerExpression={c}",
        "task?processInstanceBusinessKeyLikeExpression={c}",
        "history/task?taskAssigneeExpression={c}",
        "history/process-instance?startedBefore={c}",
        "process-instance?businessKey={c}",
        "task?processVariables=company_eq_{c}",
        "task?taskVariables=x_like_{c}"
      })
  @DisplayName("网址里的查询条件夹带代码：不会执行")
  void codeInAddresses(String path) {
    String code = java.net.URLEncoder.encode(CODE, StandardCharsets.UTF_8);
    for (String user : List.of(AGENT, "yunfu-water.manager", "admin")) {
      Visitor.Seen seen =
          sessions
              .computeIfAbsent(user, this::atTasklist)
              .get(Visitor.ENGINE + path.replace("{c}", code));
      assertThat(seen.status()).as(seen.body()).isLessThan(500);
      assertNothingTaken();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assigneeExpression",
        "assigneeLikeExpression",
        "candidateGroupExpression",
        "candidateGroupsExpression",
        "ownerExpression",
        "dueBeforeExpression",
        "processInstanceBusinessKeyExpression"
      })
  @DisplayName("查询的内容、列表加的条件里夹带代码，连嵌在“或”里的：都拒绝，不执行")
  void codeInQueries(String condition) {
    String body = "{\"" + condition + "\":\"" + CODE + "\"}";
    String hidden = "{\"orQueries\":[" + body + "]}";
    for (String user : List.of(AGENT, "admin")) {
      Visitor person = sessions.computeIfAbsent(user, this::atTasklist);
      String list = person.get(Visitor.ENGINE + "filter").json().at("/0/id").asText();
      assertThat(list).isNotEmpty();
      for (String path :
          List.of("task", "task/count", "filter/" + list + "/list", "filter/" + list + "/count")) {
        for (String sent : List.of(body, hidden)) {
          Visitor.Seen seen = person.post(Visitor.ENGINE + path, sent);
          assertThat(seen.status()).as(user + " " + path + " " + seen.body()).isIn(400, 422);
          assertNothingTaken();
        }
      }
    }
  }

  @Test
  @DisplayName("排序、变量名、条件里夹带 SQL：拒绝，或只当作文字")
  void sqlInQueries() {
    Visitor agent = atTasklist(AGENT);
    for (String body :
        List.of(
            "{\"sorting\":[{\"sortBy\":\"dueDate; DROP TABLE work_order --\",\"sortOrder\":\"asc\"}]}",
            "{\"sorting\":[{\"sortBy\":\"dueDate\",\"sortOrder\":\"asc; DROP TABLE work_order\"}]}",
            "{\"sorting\":[{\"sortBy\":\"processVariable\",\"sortOrder\":\"asc\",\"parameters\":"
                + "{\"variable\":\"x') --\",\"type\":\"nonsense\"}}]}")) {
      Visitor.Seen seen = agent.post(Visitor.ENGINE + "task", body);
      assertThat(seen.status()).as(seen.body()).isEqualTo(400);
    }
    Visitor.Seen named =
        agent.post(
            Visitor.ENGINE + "task",
            "{\"processVariables\":[{\"name\":\"x' OR '1'='1\",\"operator\":\"eq\",\"value\":\"1\"}]}");
    assertThat(named.status()).isEqualTo(200);
    assertThat(named.json()).isEmpty();
    Visitor program = as(AGENT);
    String quoted = "x'%20OR%20'1'='1";
    assertThat(
            program
                .get("/api/work-orders?company=yunfu-water&department=" + quoted)
                .json()
                .path("items"))
        .isEmpty();
    for (String wrong :
        List.of("status=" + quoted, "after=1%20OR%201=1", "from=" + quoted, "size=1e9")) {
      assertThat(program.get("/api/work-orders?company=yunfu-water&" + wrong).status())
          .as(wrong)
          .isEqualTo(422);
    }
    assertThat(program.get("/api/work-orders?company=" + quoted).status()).isEqualTo(403);
    assertThat(
            program
                .post(
                    "/api/work-orders/search",
                    "{\"company\":\"yunfu-water\",\"text\":\"%' OR 1=1 --\",\"category\":\"x' OR 'a'='a\"}")
                .json()
                .path("items"))
        .isEmpty();
    assertThat(program.get("/api/work-orders?company=yunfu-water").json().path("items")).hasSize(1);
  }

  // ---- other websites, sessions

  @Test
  @DisplayName("别的网站替登录的人发的写请求：没有令牌 403；会话的 Cookie 不能用来调接口")
  void otherWebsites() {
    Visitor victim = atTasklist(ENGINEERING);
    byte[] claim = ("{\"userId\":\"" + ENGINEERING + "\"}").getBytes(StandardCharsets.UTF_8);
    Visitor.Seen forged =
        victim.send("POST", Visitor.ENGINE + "task/" + task + "/claim", claim, Map.of(), false);
    assertThat(forged.status()).isEqualTo(403);
    for (Map<String, String> token :
        List.of(Map.<String, String>of(), Map.of("X-XSRF-TOKEN", "0123456789ABCDEF"))) {
      Visitor again = atTasklist(ENGINEERING);
      Visitor.Seen phone =
          again.send("POST", "/camunda/api/hotline/tasks/" + task + "/phone", null, token, false);
      assertThat(phone.status()).isEqualTo(403);
      assertThat(phone.body()).doesNotContain("13800000000");
    }
    assertThat(order.record()).doesNotContain("查看号码");
    assertThat(order.waiting("accept").path("assignee").isNull()).isTrue();

    Visitor session = atTasklist(AGENT);
    assertThat(session.get("/api/work-orders?company=yunfu-water").status()).isEqualTo(401);
    assertThat(session.post("/api/work-orders/" + order.number + "/phone", "{}").status())
        .isEqualTo(401);
    assertThat(
            as(AGENT)
                .with("Sec-Fetch-Site", "cross-site")
                .post("/api/work-orders/" + order.number + "/phone", "{}")
                .status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 204", "none, 204", "'', 204"})
  @DisplayName("浏览器说写请求来自别的网站：令牌对也 403，登录也 403；本站的、不说的照常，读的照常")
  void browsersTellWhoAsks(String site, int status) {
    Visitor person = atTasklist(ENGINEERING);
    Visitor stranger = visitor();
    stranger.get("/camunda/app/tasklist/default/");
    if (!site.isEmpty()) {
      person.with("Sec-Fetch-Site", site);
      stranger.with("Sec-Fetch-Site", site);
    }
    Visitor.Seen claim =
        person.post(
            Visitor.ENGINE + "task/" + task + "/claim", "{\"userId\":\"" + ENGINEERING + "\"}");
    assertThat(claim.status()).as(claim.body()).isEqualTo(status);
    assertThat(order.waiting("accept").path("assignee").isNull()).isEqualTo(status == 403);
    if (status == 403) {
      assertThat(claim.json().path("message").asText()).isEqualTo("不接受由其他网站的网页发起的请求");
    }
    assertThat(person.get(Visitor.ENGINE + "task/" + task).status()).isEqualTo(200);
    Visitor.Seen phone =
        person.send("POST", "/camunda/api/hotline/tasks/" + task + "/phone", null, Map.of());
    assertThat(phone.status()).isEqualTo(status == 403 ? 403 : 200);
    assertThat(stranger.login(AGENT, Visitor.PASSWORD).status())
        .isEqualTo(status == 403 ? 403 : 200);
  }

  @Test
  @DisplayName("在任务表单里点“显示号码”：得到全号并记录；没登录 401，别的部门、别家公司得不到")
  void phoneAtTasklist() {
    String path = "/camunda/api/hotline/tasks/" + task + "/phone";
    Visitor.Seen shown = atTasklist(ENGINEERING).send("POST", path, null, Map.of());
    assertThat(shown.status()).as(shown.body()).isEqualTo(200);
    assertThat(shown.json().path("phone").asText()).isEqualTo("13800000000");
    assertThat(shown.header("Cache-Control")).contains("no-store");
    assertThat(order.line("查看号码")).startsWith(ENGINEERING + " 查看号码 YF-9");
    Visitor stranger = visitor();
    stranger.get("/camunda/app/tasklist/default/");
    assertThat(stranger.send("POST", path, null, Map.of()).status()).isEqualTo(401);
    for (String other : List.of("yunfu-water.business", "gas.agent", "yunfu-water.manager")) {
      Visitor.Seen refused = atTasklist(other).send("POST", path, null, Map.of());
      assertThat(refused.status()).as(other).isIn(403, 404);
      assertThat(refused.body()).doesNotContain("13800000000");
    }
    assertThat(
            atTasklist(ENGINEERING)
                .send("POST", "/camunda/api/hotline/tasks/nothing/phone", null, Map.of())
                .status())
        .isEqualTo(404);
  }

  private void person(String id) {
    User person = identity.newUser(id);
    person.setPassword(Visitor.PASSWORD);
    identity.saveUser(person);
    identity.createMembership(id, AGENT);
  }

  private Visitor from(String address) {
    return visitor().with("X-Forwarded-For", address);
  }

  @Test
  @DisplayName("在网页上猜口令：同一地址错二十次就放慢；从三十个地址猜同一个人，谁也不会被锁在外面")
  void guessingLocksNobodyOut() {
    String victim = "yunfu-water.guessed";
    person(victim);
    try {
      Visitor guesser = from("203.0.113.80");
      for (int i = 0; i < 20; i++) {
        assertThat(guesser.login(victim, "Guess-2026-" + i).status()).isEqualTo(401);
      }
      Visitor.Seen slowed = guesser.login(victim, "Guess-2026-20");
      assertThat(slowed.status()).isEqualTo(429);
      assertThat(slowed.header("Retry-After")).isNotEmpty();
      assertThat(slowed.json().path("message").asText()).contains("秒后再试");
      for (int i = 21; i < 30; i++) {
        assertThat(guesser.login(victim, "Guess-2026-" + i).status()).isIn(401, 429);
      }
      assertThat(from("203.0.113.81").login(victim, Visitor.PASSWORD).status()).isEqualTo(200);

      for (int i = 0; i < 30; i++) {
        assertThat(from("198.51.100." + i).login(victim, "Guess-2026-" + i).status())
            .isEqualTo(401);
      }
      assertThat(from("203.0.113.82").login(victim, Visitor.PASSWORD).status()).isEqualTo(200);
      assertThat(from("203.0.113.83").basic(victim, Visitor.PASSWORD).get("/api/tasks").status())
          .isEqualTo(200);
      assertThat(
              ((UserEntity) identity.createUserQuery().userId(victim).singleResult()).getPassword())
          .as("用慢的算法存放")
          .startsWith("{BCRYPT-SHA-256}$2a$");
    } finally {
      identity.deleteUser(victim);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "Aa1!aaaaa", "hotline2026!", "HOTLINE2026!", "Hotline!!!!", "Hotline2026"})
  @DisplayName("弱的口令：管理员建人员、改别人的，本人改自己的，都用中文拒绝，原来的口令照旧")
  void weakPasswords(String weak) {
    String own = "yunfu-water.weak";
    String refusal = "密码不符合要求，请按密码框旁列出的条件修改";
    person(own);
    try {
      Visitor admin = atTasklist("admin");
      Visitor.Seen created =
          admin.post(
              Visitor.ENGINE + "user/create",
              "{\"profile\":{\"id\":\"evil\",\"firstName\":\"e\",\"lastName\":\"e\"},"
                  + "\"credentials\":{\"password\":\""
                  + weak
                  + "\"}}");
      List<Visitor.Seen> answers = new ArrayList<>(List.of(created));
      for (Visitor changing : List.of(admin, atTasklist(own))) {
        answers.add(
            changing.send(
                "PUT",
                Visitor.ENGINE + "user/" + own + "/credentials",
                "{\"password\":\""
                    + weak
                    + "\",\"authenticatedUserPassword\":\""
                    + Visitor.PASSWORD
                    + "\"}",
                Map.of()));
      }
      assertThat(answers)
          .allSatisfy(
              seen -> {
                assertThat(seen.status()).as(seen.body()).isBetween(400, 499);
                assertThat(seen.json().path("message").asText()).isEqualTo(refusal);
              });
      assertThat(identity.createUserQuery().userId("evil").count()).isZero();
      assertThat(identity.checkPassword(own, Visitor.PASSWORD)).isTrue();
      assertThat(identity.checkPassword(own, weak)).isFalse();
    } finally {
      identity.deleteUser(own);
    }
  }

  @Test
  @DisplayName("登录后换会话编号，登录前塞给人的编号不作数；退出后旧编号不能再用；会话编号不从网址来")
  void sessionsCannotBeFixed() {
    Visitor person = visitor();
    person.get("/camunda/app/tasklist/default/");
    String planted = person.cookies.get("JSESSIONID");
    assertThat(person.login(AGENT, Visitor.PASSWORD).status()).isEqualTo(200);
    String own = person.cookies.get("JSESSIONID");
    assertThat(own).isNotEqualTo(planted);
    Visitor attacker = visitor();
    attacker.cookies.put("JSESSIONID", planted);
    assertThat(attacker.get(Visitor.ENGINE + "task").status()).isEqualTo(401);

    assertThat(person.get(Visitor.ENGINE + "task").status()).isEqualTo(200);
    assertThat(
            person
                .send("POST", "/camunda/api/admin/auth/user/default/logout", null, Map.of())
                .status())
        .isIn(200, 204);
    Visitor thief = visitor();
    thief.cookies.put("JSESSIONID", own);
    assertThat(thief.get(Visitor.ENGINE + "task").status()).isEqualTo(401);
    assertThat(server.getServlet().getSession().getTimeout().toMinutes()).isEqualTo(30);
  }

  @Test
  @DisplayName("移出一个组，还开着的网页最迟 60 秒后就没有它的权限：任务、表单、号码、工单，第一次点就被拒绝")
  void removedFromTheGroup() {
    User mover = identity.newUser("yunfu-water.mover");
    mover.setPassword(Visitor.PASSWORD);
    identity.saveUser(mover);
    identity.createMembership(mover.getId(), ENGINEERING);
    try {
      Map<String, Function<Visitor, Visitor.Seen>> clicks =
          Map.of(
              "task",
              seat -> seat.get(Visitor.ENGINE + "task/" + task),
              "form",
              seat -> seat.get(Visitor.ENGINE + "task/" + task + "/form-variables"),
              "phone",
              seat ->
                  seat.send(
                      "POST", "/camunda/api/hotline/tasks/" + task + "/phone", null, Map.of()),
              "order",
              seat -> seat.get("/camunda/api/hotline/orders/" + order.number));
      Map<String, Visitor> seats = new HashMap<>();
      clicks.forEach(
          (what, click) -> {
            seats.put(what, atTasklist(mover.getId()));
            assertThat(click.apply(seats.get(what)).status()).as(what).isEqualTo(200);
          });
      identity.deleteMembership(mover.getId(), ENGINEERING);
      ClockUtil.setCurrentTime(Date.from(desk.now().plusSeconds(61)));
      clicks.forEach(
          (what, click) ->
              assertThat(click.apply(seats.get(what)).status()).as(what).isIn(401, 403, 404));
    } finally {
      identity.deleteUser(mover.getId());
    }
  }

  @Test
  @DisplayName("在 TLS 后面，会话和防伪令牌的 Cookie 都只走 HTTPS，不用另外设置；没有 TLS 时照常能登录")
  void secureCookies() {
    Visitor behindTls = visitor().with("X-Forwarded-Proto", "https");
    Visitor.Seen page = behindTls.get("/camunda/app/tasklist/default/");
    List<String> cookies = page.headers("Set-Cookie");
    assertThat(cookies)
        .extracting(cookie -> cookie.split("=")[0])
        .contains("JSESSIONID", "XSRF-TOKEN");
    assertThat(cookies)
        .allSatisfy(
            cookie -> assertThat(cookie).containsIgnoringCase("; Secure").contains("SameSite"));
    assertThat(cookies)
        .filteredOn(cookie -> cookie.startsWith("JSESSIONID"))
        .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly"));
    assertThat(visitor().get("/camunda/app/tasklist/default/").headers("Set-Cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).doesNotContainIgnoringCase("secure"));
  }

  @Test
  @DisplayName("跳转只在本站内：登录前后、带别人的主机名或多余斜杠都不会跳到别处")
  void noOpenRedirects() {
    for (String path :
        List.of(
            "/camunda",
            "/camunda/",
            "/camunda/app/tasklist",
            "/camunda/app/tasklist/",
            "/camunda/app/tasklist/default",
            "/api/docs",
            "/")) {
      Visitor.Seen seen = as(AGENT).get(path);
      assertThat(seen.status()).as(path).isLessThan(500);
      assertThat(seen.header("Location"))
          .as(path)
          .matches("|/(?!/).*|http://localhost:" + port + "/.*");
    }
    assertThat(visitor().raw("GET /camunda/app/tasklist//evil.example HTTP/1.1"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  @DisplayName("页面不能被别的网站框住")
  void noFraming() {
    for (String path :
        List.of(
            "/",
            "/public/outages",
            "/camunda/app/tasklist/default/",
            "/camunda/app/cockpit/default/",
            "/camunda/app/admin/default/",
            "/api/directory/page?company=yunfu-water")) {
      Visitor.Seen seen = as(AGENT).with("Accept", "text/html").get(path);
      assertThat(seen.status()).as(path).isEqualTo(200);
      assertThat(seen.header("X-Frame-Options") + seen.header("Content-Security-Policy"))
          .as(path)
          .containsAnyOf("DENY", "frame-ancestors 'none'");
    }
  }

  // ---- too much

  @Test
  @DisplayName("深套的 JSON、压缩的内容、过大的内容、成千上万个参数：拒绝，不出 500")
  void bombs() throws IOException {
    String deep = "[".repeat(100_000);
    String object = "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(new byte[10_000_000]);
    }
    Visitor program = as(AGENT).with("Idempotency-Key", "bomb-1");
    Visitor agent = atTasklist(AGENT);
    for (String path : List.of("/api/work-orders", "/api/work-orders/search", "/api/outages")) {
      for (String bomb : List.of(deep, object)) {
        assertThat(program.post(path, bomb).status()).as(path).isIn(400, 422);
      }
      Visitor.Seen packed =
          program.send(
              "POST", path, zipped.toByteArray(), Map.of("Content-Encoding", "gzip"), true);
      assertThat(packed.status()).as(path + packed.body()).isIn(400, 415);
    }
    for (String path :
        List.of(
            "task",
            "task/" + task + "/submit-form",
            "process-definition/key/work-order/submit-form")) {
      for (String bomb :
          List.of(deep, object, "{\"variables\":{\"outcome\":{\"value\":" + object + "}}}")) {
        Visitor.Seen seen = agent.post(Visitor.ENGINE + path, bomb);
        assertThat(seen.status()).as(path + " " + seen.body()).isBetween(400, 499);
      }
      Visitor.Seen packed =
          agent.send(
              "POST",
              Visitor.ENGINE + path,
              zipped.toByteArray(),
              Map.of("Content-Encoding", "gzip"),
              true);
      assertThat(packed.status()).as(path + packed.body()).isBetween(400, 499);
    }
    assertThat(
            program
                .post("/api/work-orders", "{\"description\":\"" + "x".repeat(300_000) + "\"}")
                .status())
        .isEqualTo(413);
    String cookie = "JSESSIONID=" + agent.cookies.get("JSESSIONID");
    // announced too long, or not at all: refused before any of it is sent
    Map.of("Content-Length: 3000000", "HTTP/1.1 413", "Transfer-Encoding: chunked", "HTTP/1.1 411")
        .forEach(
            (length, refused) ->
                assertThat(
                        visitor()
                            .raw(
                                "POST " + Visitor.ENGINE + "task HTTP/1.1",
                                "Cookie: " + cookie,
                                "X-XSRF-TOKEN: " + agent.cookies.get("XSRF-TOKEN"),
                                "Content-Type: application/json",
                                length))
                    .startsWith(refused));
    StringBuilder many = new StringBuilder("company=yunfu-water");
    for (int i = 0; i < 600; i++) {
      many.append("&p").append(i).append("=1");
    }
    assertThat(program.get("/api/work-orders?" + many).status()).isLessThan(500);
    assertThat(agent.get(Visitor.ENGINE + "task?" + many).status()).isLessThan(500);
    StringBuilder form = new StringBuilder("username=x&password=y");
    for (int i = 0; i < 20_000; i++) {
      form.append("&p").append(i).append("=1");
    }
    Visitor guessing = visitor().with("X-Forwarded-For", "203.0.113.77");
    guessing.get("/camunda/app/tasklist/default/");
    assertThat(
            guessing
                .send(
                    "POST",
                    "/camunda/api/admin/auth/user/default/login/tasklist",
                    form.toString(),
                    Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .status())
        .isLessThan(500);
  }

  // ---- what people type

  @Test
  @DisplayName("填进去的脚本：公示页、名录页、任务名称里都只是文字")
  void scripts() {
    outages.reported("engineering", outages.unplanned("area", "世纪大道" + SCRIPT, "reason", SCRIPT));
    for (String type : List.of("text/html", "application/atom+xml")) {
      String path = type.equals("text/html") ? "/public/outages" : "/public/outages.atom";
      Visitor.Seen page = visitor().with("Accept", type).get(path);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.body()).contains("世纪大道").doesNotContain("<script>alert", "<img src=x");
    }
    Visitor manager = as("yunfu-water.service-manager");
    Visitor.Seen saved =
        manager.send(
            "PUT",
            "/api/directory/XSS-1?company=yunfu-water",
            "{\"name\":\"<script>alert(1)</script>\",\"kind\":\"小区\",\"contact\":\"<img src=x>\"}",
            Map.of());
    assertThat(saved.status()).as(saved.body()).isEqualTo(200);
    String directory =
        manager.with("Accept", "text/html").get("/api/directory/page?company=yunfu-water").body();
    assertThat(directory).contains("&lt;script&gt;").doesNotContain("<script>alert", "<img src=x");
    as("yunfu-water.service-manager")
        .send("DELETE", "/api/directory/XSS-1?company=yunfu-water", null, Map.of());

    Desk.Order typed = desk.call("LEAK", "/description", SCRIPT, "/caller/name", SCRIPT);
    Visitor.Seen tasks = atTasklist(ENGINEERING).get(Visitor.ENGINE + "task");
    assertThat(tasks.body()).contains(typed.number).doesNotContain("<script>", "alert(1)");
    Visitor.Seen error =
        as(AGENT)
            .get(
                "/api/deadlines?company=yunfu-water&from=2026-11-16T09:00:00%2B08:00&limit=%3Cscript%3E");
    assertThat(error.header("Content-Type")).startsWith("application/problem+json");
    assertThat(error.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  @DisplayName("登录名、请求头里的换行不能伪造日志行，口令不进日志")
  void logsCannotBeForged(CapturedOutput log) {
    Visitor guessing = visitor().with("X-Forwarded-For", "203.0.113.78");
    guessing.login("x\r\n2026-11-16 ERROR forged-line", "secret-Password-1");
    as("x\r\nforged-line").with("X-Forwarded-For", "203.0.113.79").get("/api/tasks");
    as(AGENT).with("Idempotency-Key", "k").get("/api/work-orders/%E5%81%87%0Aforged-line");
    assertThat(log.getAll()).doesNotContain("forged-line", "secret-Password-1");
  }

  @Test
  @DisplayName("构件清单（SBOM）随包而来，只给管理员看")
  void componentsAreListed() {
    assertThat(visitor().get("/actuator/sbom/application").status()).isEqualTo(401);
    assertThat(as(AGENT).get("/actuator/sbom/application").status()).isEqualTo(403);
    // a build without the network makes no list
    assumeTrue(getClass().getResource("/META-INF/sbom/application.cdx.json") != null);
    Visitor.Seen list = as("admin").with("Accept", "*/*").get("/actuator/sbom/application");
    assertThat(list.status()).isEqualTo(200);
    assertThat(list.body())
        .contains("CycloneDX", "camunda-engine", "spring-boot", "tomcat-embed-core");
  }
}
