package hotline.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import hotline.Conflict;
import hotline.Refused;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.identity.User;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import webprobe.ProbeController;

/**
 * The web layer with a real engine, the real web apps and a real port, and nothing of the domain.
 */
final class WebProbe implements AutoCloseable {
  static final String AGENT = "yunfu-water.agent";
  static final String CLERK = "yunfu-water.clerk";
  static final String ADMIN = "admin";
  static final String PASSWORD = "Hotline-2026";

  private static final ObjectMapper JSON = new ObjectMapper();

  final ServletWebServerApplicationContext context;
  final ProcessEngine engine;
  final Time time;
  final Screen screen;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private WebProbe(ServletWebServerApplicationContext context) {
    this.context = context;
    this.engine = context.getBean(ProcessEngine.class);
    this.time = context.getBean(Time.class);
    this.screen = context.getBean(Screen.class);
  }

  static WebProbe start() {
    SpringApplication application = new SpringApplication(App.class);
    WebProbe probe =
        new WebProbe(
            (ServletWebServerApplicationContext)
                application.run(
                    "--spring.config.location=optional:classpath:/web/nothing/",
                    "--server.port=0",
                    "--server.forward-headers-strategy=native",
                    "--spring.main.banner-mode=off",
                    "--spring.datasource.url=jdbc:h2:mem:web-" + UUID.randomUUID(),
                    "--spring.flyway.enabled=false",
                    "--management.endpoints.web.exposure.include=health,info,prometheus",
                    "--management.endpoint.health.show-details=when-authorized",
                    "--management.endpoint.health.roles=camunda-admin,monitoring",
                    "--management.health.mail.enabled=false",
                    "--springdoc.swagger-ui.path=/api/docs",
                    "--camunda.bpm.database.schema-update=true",
                    "--camunda.bpm.job-execution.enabled=false",
                    "--camunda.bpm.authorization.enabled=true",
                    "--camunda.bpm.auto-deployment-enabled=false",
                    "--camunda.bpm.history-level=activity",
                    "--camunda.bpm.generic-properties.properties.enable-cmd-exception-logging=false",
                    "--logging.level.org.camunda.bpm.engine.context=OFF",
                    "--logging.level.org.camunda.bpm.engine.rest.exception=OFF",
                    "--camunda.bpm.generic-properties.properties.user-resource-whitelist-pattern=[a-zA-Z0-9.-]+",
                    "--camunda.bpm.generic-properties.properties.group-resource-whitelist-pattern=[a-zA-Z0-9.-]+"));
    probe.candidatesGoWithTheirTask();
    probe.people();
    return probe;
  }

  /**
   * The engine has made its tables itself; what KnownAnswers relies on is one of our migrations.
   */
  private void candidatesGoWithTheirTask() {
    new ResourceDatabasePopulator(
            new ClassPathResource("db/migration/V22__candidates_go_with_their_task.sql"))
        .execute(context.getBean(DataSource.class));
  }

  private void people() {
    IdentityService identities = engine.getIdentityService();
    for (String group : List.of("camunda-admin", "monitoring", AGENT)) {
      identities.saveGroup(identities.newGroup(group));
    }
    person(ADMIN, "camunda-admin");
    person(AGENT, AGENT);
    person(CLERK, AGENT);
    person("prometheus", "monitoring");
    grant("camunda-admin", Resources.APPLICATION, Permissions.ALL);
    grant("camunda-admin", Resources.TASK, Permissions.ALL);
    grant("camunda-admin", Resources.PROCESS_DEFINITION, Permissions.ALL);
    grant("camunda-admin", Resources.PROCESS_INSTANCE, Permissions.ALL);
    grant(AGENT, Resources.APPLICATION, Permissions.ACCESS);
    grant(AGENT, Resources.PROCESS_DEFINITION, Permissions.READ, Permissions.CREATE_INSTANCE);
    grant(AGENT, Resources.PROCESS_INSTANCE, Permissions.CREATE);
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("web/web-probe.bpmn")
        .addClasspathResource("web/web-probe.form")
        .deploy();
  }

  void person(String id, String... groups) {
    IdentityService identities = engine.getIdentityService();
    User user = identities.newUser(id);
    user.setPassword(PASSWORD);
    identities.saveUser(user);
    for (String group : groups) {
      identities.createMembership(id, group);
    }
  }

  private void grant(String group, Resource resource, Permission... permissions) {
    Authorization authorization =
        engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    authorization.setGroupId(group);
    authorization.setResource(resource);
    authorization.setResourceId(Authorization.ANY);
    authorization.setPermissions(permissions);
    engine.getAuthorizationService().saveAuthorization(authorization);
  }

  /** A new process instance; the answer is the id of its open task. */
  String openTask() {
    String instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("web-probe", Map.of("company", "yunfu-water", "ok", true))
            .getId();
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .singleResult()
        .getId();
  }

  Call call(String method, String path) {
    return new Call(method, path);
  }

  /** A person in front of the browser, logged in at the Tasklist. */
  Browser browser(String user) throws Exception {
    Browser browser = new Browser();
    Answer answer = browser.login(user, PASSWORD);
    if (answer.status() != 200) {
      throw new AssertionError(user + ": " + answer.status() + " " + answer.body());
    }
    return browser;
  }

  @Override
  public void close() {
    context.close();
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  final class Call {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

    Call(String method, String path) {
      this.method = method;
      this.path = path;
    }

    Call as(String user) {
      return as(user, PASSWORD);
    }

    Call as(String user, String password) {
      return header("Authorization", basic(user, password));
    }

    Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Call json(String text) {
      headers.putIfAbsent("Content-Type", "application/json");
      body = HttpRequest.BodyPublishers.ofString(text);
      return this;
    }

    Call chunked(String text) {
      headers.putIfAbsent("Content-Type", "application/json");
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      body =
          HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes));
      return this;
    }

    Answer send() throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + context.getWebServer().getPort() + path))
              .timeout(Duration.ofSeconds(30))
              .method(method, body);
      headers.forEach(request::header);
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }
  }

  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (java.io.IOException e) {
        throw new AssertionError(status() + " " + body(), e);
      }
    }

    String detail() {
      return json().path("detail").asText();
    }

    String field() {
      return json().path("field").asText();
    }

    String message() {
      return json().path("message").asText();
    }
  }

  /** Cookies and the CSRF header as the web apps' pages handle them. */
  final class Browser {
    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    Answer login(String user, String password) throws Exception {
      send(call("GET", "/camunda/app/tasklist/default/"));
      send(call("GET", "/camunda/api/admin/auth/user/default"));
      Call login = call("POST", "/camunda/api/admin/auth/user/default/login/tasklist");
      login.json("username=" + user + "&password=" + password);
      login.header("Content-Type", "application/x-www-form-urlencoded");
      Answer answer = send(login);
      send(call("GET", "/camunda/app/tasklist/default/"));
      return answer;
    }

    Answer get(String path) throws Exception {
      return send(call("GET", path).header("Accept", "application/hal+json, application/json"));
    }

    Answer engine(String method, String path, String body) throws Exception {
      Call call = call(method, "/camunda/api/engine/engine/default/" + path);
      call.header("Accept", "application/hal+json, application/json; q=0.5");
      return send(body == null ? call : call.json(body));
    }

    Answer send(Call call) throws Exception {
      if (!cookies.isEmpty()) {
        StringBuilder all = new StringBuilder();
        cookies.forEach((n, v) -> all.append(all.isEmpty() ? "" : "; ").append(n + "=" + v));
        call.header("Cookie", all.toString());
      }
      String token = cookies.get("XSRF-TOKEN");
      if (token != null) {
        call.header("X-XSRF-TOKEN", token);
      }
      Answer answer = call.send();
      for (String cookie : answer.response().headers().allValues("Set-Cookie")) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return answer;
    }
  }

  /** The seconds that the login cache and the waiting times count. */
  static final class Time implements Ticker {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long read() {
      return nanos.get();
    }

    void pass(Duration duration) {
      nanos.addAndGet(duration.toNanos());
    }
  }

  /** A form with the fields result, parts and ok. */
  static final class Screen implements TaskScreen {
    final Map<String, Object> seenByListener = new ConcurrentHashMap<>();
    volatile RuntimeException failure;

    @Override
    public Map<String, Object> show(String taskId, hotline.Actor reader) {
      if (failure != null) {
        throw failure;
      }
      return Map.of(
          "callerName",
          "张三 𠮷",
          "urgent",
          true,
          "round",
          2,
          "version",
          7L,
          "cost",
          12.5,
          "events",
          List.of(Map.of("verb", "派单")));
    }

    @Override
    public Set<String> fields() {
      return Set.of("result", "parts", "ok");
    }

    @Override
    public String goneSentence(String taskId) {
      return "该任务已由 工程公司 值班员 于 15:04 办理";
    }
  }

  @EnableAutoConfiguration
  @Import({
    ApiSecurity.class,
    ApiWeb.class,
    ApiProblems.class,
    EngineSetup.class,
    TasklistWeb.class,
    ProbeController.class
  })
  static class App {
    @Bean
    Time time() {
      return new Time();
    }

    @Bean
    Screen screen() {
      return new Screen();
    }

    @Bean
    ExecutionListener probeStart() {
      return execution -> {
        if (execution.getVariable("ok") == null) {
          throw new Refused("ok", "请先确认（ok）");
        }
      };
    }

    @Bean
    TaskListener probeComplete(Screen screen) {
      return task -> {
        screen.seenByListener.clear();
        task.getVariables()
            .forEach((name, value) -> screen.seenByListener.put(name, String.valueOf(value)));
        Object result = task.getVariable("result");
        if (result == null || result.toString().isBlank()) {
          throw new Refused("result", "请填写处理结果（result）");
        }
        switch (result.toString()) {
          case "late" -> throw new Conflict("工单已撤销，不能再回单");
          case "boom" -> throw new IllegalStateException("13800000000");
          case "deadlock" -> throw new org.springframework.dao.CannotAcquireLockException("x");
          default -> task.getExecution().removeVariables(Arrays.asList("result", "parts"));
        }
      };
    }
  }
}
