package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.NotFound;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.digest.Sha512HashDigest;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("任务列表：说我们的话")
@ExtendWith(OutputCaptureExtension.class)
class TasklistBridgeTest {
  private static WebProbe web;
  private static WebProbe.Browser agent;
  private static WebProbe.Browser admin;
  private static TaskService tasks;

  @BeforeAll
  static void start() throws Exception {
    web = WebProbe.start();
    agent = web.browser(WebProbe.AGENT);
    admin = web.browser(WebProbe.ADMIN);
    tasks = web.engine.getTaskService();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static WebProbe.Answer submit(String task, String variables) throws Exception {
    String body = "{'variables':{" + variables + "}}";
    return agent.engine("POST", "task/" + task + "/submit-form", body.replace('\'', '"'));
  }

  /** A task of another department: neither candidate nor right. */
  private static String foreignTask() {
    String task = web.openTask();
    tasks.deleteCandidateGroup(task, WebProbe.AGENT);
    var rights = web.engine.getAuthorizationService();
    rights
        .createAuthorizationQuery()
        .resourceType(Resources.TASK)
        .resourceId(task)
        .list()
        .forEach(right -> rights.deleteAuthorization(right.getId()));
    return task;
  }

  @Test
  @DisplayName("像浏览器那样登录（XSRF-TOKEN）；没有令牌的写请求 403，口令不对 401")
  void login() throws Exception {
    WebProbe.Browser browser = web.new Browser();
    assertThat(browser.login(WebProbe.AGENT, "wrong-" + WebProbe.PASSWORD).status()).isEqualTo(401);
    WebProbe.Answer answer = web.new Browser().login(WebProbe.CLERK, WebProbe.PASSWORD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().path("userId").asText()).isEqualTo(WebProbe.CLERK);
    assertThat(
            web.call("POST", "/camunda/api/admin/auth/user/default/login/tasklist")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .json("username=admin&password=" + WebProbe.PASSWORD)
                .send()
                .status())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("打开表单时补上我们表里的内容，引擎里不存")
  void shows() throws Exception {
    String task = web.openTask();
    WebProbe.Answer answer =
        agent.engine("GET", "task/" + task + "/form-variables?deserializeValues=false", null);
    assertThat(answer.status()).isEqualTo(200);
    var form = answer.json();
    assertThat(form.at("/callerName/value").asText()).isEqualTo("张三 𠮷");
    assertThat(form.at("/callerName/type").asText()).isEqualTo("String");
    assertThat(form.at("/callerName/valueInfo").isObject()).isTrue();
    assertThat(form.at("/urgent/type").asText()).isEqualTo("Boolean");
    assertThat(form.at("/urgent/value").booleanValue()).isTrue();
    assertThat(form.at("/round/type").asText()).isEqualTo("Integer");
    assertThat(form.at("/version/type").asText()).isEqualTo("Long");
    assertThat(form.at("/cost/type").asText()).isEqualTo("Double");
    assertThat(form.at("/events/type").asText()).isEqualTo("Json");
    assertThat(form.at("/events/value").asText()).isEqualTo("[{\"verb\":\"派单\"}]");
    assertThat(form.at("/company/value").asText()).isEqualTo("yunfu-water");
    assertThat(tasks.getVariables(task)).doesNotContainKey("callerName");
    assertThat(
            web.engine
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .variableName("callerName")
                .count())
        .isZero();
  }

  @Test
  @DisplayName("不登录、无权的人看不到表单内容")
  void showsNothingToOthers() throws Exception {
    String task = foreignTask();
    String path = "/camunda/api/engine/engine/default/task/" + task + "/form-variables";
    assertThat(web.call("GET", path).send().body()).doesNotContain("张三");
    WebProbe.Answer answer = agent.get(path);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).doesNotContain("张三");
  }

  @Test
  @DisplayName("表单内容读不出来：500，中文与编号，不漏内部")
  void showFails() throws Exception {
    String task = web.openTask();
    web.screen.failure = new IllegalStateException("13800000000");
    WebProbe.Answer answer = agent.engine("GET", "task/" + task + "/form-variables", null);
    web.screen.failure = new NotFound("没有这张工单");
    WebProbe.Answer missing = agent.engine("GET", "task/" + task + "/form-variables", null);
    web.screen.failure = null;
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message()).contains("编号").doesNotContain("13800000000");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.message()).isEqualTo("没有这张工单");
  }

  @ParameterizedTest
  @ValueSource(strings = {"submit-form", "complete"})
  @DisplayName("提交时只收表单有的字段，公司等流程变量伪造不了")
  void forgesNothing(String verb) throws Exception {
    String task = web.openTask();
    WebProbe.Answer answer =
        agent.engine(
            "POST",
            "task/" + task + "/" + verb,
            """
            {"variables":{"result":{"value":"已修好"},"company":{"value":"gas","type":"String"},
             "parts":{"value":[{"name":"阀门"}]},
             "overdue":{"value":true}},"withVariablesInReturn":true}""");
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(web.screen.seenByListener)
        .containsEntry("result", "已修好")
        .containsEntry("company", "yunfu-water")
        .doesNotContainKey("overdue");
    assertThat(String.valueOf(web.screen.seenByListener.get("parts"))).contains("阀门");
  }

  @Test
  @DisplayName("Java 对象和文件冒充表单字段：不收")
  void noObjects() throws Exception {
    String task = web.openTask();
    WebProbe.Answer answer =
        submit(
            task,
            "'result':{'value':'ok'},'parts':{'type':'Object','value':'{}','valueInfo':"
                + "{'objectTypeName':'java.io.File','serializationDataFormat':'application/json'}}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    assertThat(web.screen.seenByListener).doesNotContainKey("parts");
  }

  @Test
  @DisplayName("超过 4000 字：422，说出字段；读不出来的内容：400")
  void badBodies() throws Exception {
    String task = web.openTask();
    WebProbe.Answer answer = submit(task, "'result':{'value':'" + "水".repeat(4001) + "'}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.message()).isEqualTo("result 不能超过 4000 个字");
    for (String body : List.of("{", "[]", "x", "{\"variables\":{\"result\":{\"value\":1}}} x")) {
      assertThat(agent.engine("POST", "task/" + task + "/submit-form", body).status())
          .as(body)
          .isEqualTo(400);
    }
    assertThat(submit(task, "'result':{'value':'" + "水".repeat(1_000_000) + "'}").message())
        .contains("2 MB");
  }

  @Test
  @DisplayName("领域拒绝：422，只见我们的一句话；任务还开着，什么也没存")
  void refused() throws Exception {
    String task = web.openTask();
    WebProbe.Answer answer = submit(task, "'parts':{'value':'x'}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"type\":\"Refused\",\"message\":\"请填写处理结果（result）\",\"field\":\"result\"}");
    assertThat(tasks.createTaskQuery().taskId(task).count()).isOne();
    assertThat(tasks.getVariables(task)).doesNotContainKey("parts");
  }

  @Test
  @DisplayName("启动流程被拒绝：422，同样一句话")
  void refusedStart() throws Exception {
    for (String path :
        List.of(
            "process-definition/key/web-probe/submit-form",
            "process-definition/key/web-probe/start")) {
      WebProbe.Answer answer = agent.engine("POST", path, "{\"variables\":{}}");
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.message()).isEqualTo("请先确认（ok）");
    }
  }

  @Test
  @DisplayName("启动流程时不能跳过监听器，也不能指定业务号")
  void startsAsDrawn() throws Exception {
    WebProbe.Answer answer =
        agent.engine(
            "POST",
            "process-definition/key/web-probe/start",
            """
            {"variables":{"company":{"value":"gas"}},"businessKey":"YF-1",
             "skipCustomListeners":true,
             "startInstructions":[{"type":"startBeforeActivity","activityId":"Task_After"}]}""");
    assertThat(answer.status()).isEqualTo(422);
    WebProbe.Answer started =
        agent.engine(
            "POST",
            "process-definition/key/web-probe/start",
            "{\"variables\":{\"ok\":{\"value\":true}},\"businessKey\":\"YF-1\"}");
    assertThat(started.status()).isEqualTo(200);
    assertThat(started.json().path("businessKey").isNull()).isTrue();
  }

  @Test
  @DisplayName("任务已由他人办理：409 与是谁办的")
  void gone() throws Exception {
    String task = web.openTask();
    tasks.complete(task, Map.of("result", "x"));
    for (String call : List.of("submit-form", "complete", "claim", "assignee")) {
      WebProbe.Answer answer =
          agent.engine(
              "POST",
              "task/" + task + "/" + call,
              Set.of("claim", "assignee").contains(call)
                  ? "{\"userId\":\"yunfu-water.agent\"}"
                  : "{\"variables\":{\"result\":{\"value\":\"x\"}}}");
      assertThat(answer.status()).as(call + answer.body()).isEqualTo(409);
      assertThat(answer.message()).isEqualTo("该任务已由 工程公司 值班员 于 15:04 办理");
    }
  }

  @Test
  @DisplayName("任务已由他人领取：409")
  void claimed() throws Exception {
    String task = web.openTask();
    tasks.claim(task, WebProbe.CLERK);
    WebProbe.Answer answer =
        agent.engine("POST", "task/" + task + "/claim", "{\"userId\":\"yunfu-water.agent\"}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.message()).isEqualTo("该任务已由 yunfu-water.clerk 认领，请刷新列表");
  }

  @Test
  @DisplayName("两人同时提交：恰有一人办成，另一人读到中文的 409")
  void race() throws Exception {
    WebProbe.Browser clerk = web.browser(WebProbe.CLERK);
    for (int i = 0; i < 10; i++) {
      String path = "task/" + web.openTask() + "/submit-form";
      String body = "{\"variables\":{\"result\":{\"value\":\"x\"}}}";
      var other =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> {
                try {
                  return clerk.engine("POST", path, body);
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      WebProbe.Answer mine = agent.engine("POST", path, body);
      List<WebProbe.Answer> both = List.of(mine, other.join());
      assertThat(both).extracting(WebProbe.Answer::status).containsExactlyInAnyOrder(204, 409);
      both.stream()
          .filter(a -> a.status() == 409)
          .forEach(a -> assertThat(a.message()).matches(".*(办理|再点一次).*"));
    }
  }

  @ParameterizedTest
  @CsvSource({"late,409,工单已撤销，不能再回单", "deadlock,409,刚好有另一项操作在改同一张工单", "boom,500,系统内部出错"})
  @DisplayName("冲突、死锁、意外：中文说明，不漏内部，日志里没有个人信息")
  void failures(String result, int status, String sentence, CapturedOutput log) throws Exception {
    WebProbe.Answer answer = submit(web.openTask(), "'result':{'value':'" + result + "'}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.message()).startsWith(sentence);
    assertThat(answer.body()).doesNotContain("ENGINE", "13800000000", "Exception");
    assertThat(log.getAll()).doesNotContain("13800000000");
    if (status == 500) {
      assertThat(log.getAll()).contains("java.lang.IllegalStateException");
    }
  }

  @Test
  @DisplayName("无权办理：403，中文")
  void notMine() throws Exception {
    String task = foreignTask();
    WebProbe.Answer answer = submit(task, "'result':{'value':'x'}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).isEqualTo("您没有进行此操作的权限");
    assertThat(tasks.createTaskQuery().taskId(task).count()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|task/{t}/variables/company|{\"value\":\"gas\"}",
        "POST|task/{t}/variables|{\"modifications\":{}}",
        "DELETE|task/{t}/variables/company|",
        "PUT|task/{t}/localVariables/x|{\"value\":1}",
        "POST|task/{t}/localVariables|{\"modifications\":{}}",
        "POST|task/{t}/localVariables/x/data|x",
        "POST|task/{t}/bpmnError|{\"errorCode\":\"x\"}",
        "POST|task/{t}/bpmnEscalation|{\"escalationCode\":\"x\"}",
        "POST|task/{t}/resolve|{\"variables\":{\"company\":{\"value\":\"gas\"}}}",
        "POST|task/{t}/resolve/|{}",
        "POST|task/{t}/re%73olve|{}",
        "POST|task/{t}/delegate|{\"userId\":\"x\"}",
        "POST|task/{t}/comment/create|{\"message\":\"x\"}",
        "POST|task/{t}/identity-links|{\"groupId\":\"x\",\"type\":\"candidate\"}",
        "PUT|task/{t}|{\"delegationState\":\"PENDING\"}",
        "DELETE|task/{t}|",
        "POST|task/create|{}",
        "PUT|process-instance/{p}/variables/company|{\"value\":\"gas\"}",
        "POST|process-instance/{p}/variables|{}",
        "POST|process-instance/{p}/modification|{}",
        "DELETE|process-instance/{p}|",
        "PUT|execution/{p}/localVariables/company|{\"value\":\"gas\"}",
        "POST|execution/{p}/signal|{}",
        "POST|execution/{p}/messages/x/trigger|{}",
        "POST|message|{\"messageName\":\"x\"}",
        "POST|signal|{\"name\":\"x\"}",
        "POST|condition|{}",
        "POST|deployment/create|x",
        "POST|filter/create|{}",
        "POST|external-task/fetchAndLock|{}",
        "POST|decision-definition/key/x/evaluate|{}",
        "POST|migration/execute|{}",
        "PUT|job/x/retries|{}",
        "POST|user/create|{}",
        "PUT|user/admin/credentials|{\"password\":\"x\"}",
        "POST|authorization/create|{}",
        "POST|history/cleanup|",
        "PATCH|task/{t}|{}"
      })
  @DisplayName("绕过表单的调用：管理员之外一律 403，没登录 401")
  void bypasses(String method, String path, String body) throws Exception {
    String task = web.openTask();
    String instance = tasks.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
    String real = path.replace("{t}", task).replace("{p}", instance);
    WebProbe.Answer answer = agent.engine(method, real, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    assertThat(answer.message()).containsAnyOf("系统管理员", "只随版本部署");
    assertThat(
            web.call(method, "/camunda/api/engine/engine/default/" + real)
                .json(body == null ? "" : body)
                .send()
                .status())
        .isEqualTo(401);
    assertThat(tasks.getVariables(task)).containsEntry("company", "yunfu-water");
  }

  @Test
  @DisplayName("管理员可以改变量；表单之外的字段经提交仍进不来")
  void administrator() throws Exception {
    String task = web.openTask();
    assertThat(
            admin
                .engine("PUT", "task/" + task + "/variables/company", "{\"value\":\"gas\"}")
                .status())
        .isEqualTo(204);
    assertThat(tasks.getVariables(task)).containsEntry("company", "gas");
  }

  @Test
  @DisplayName("任务列表日常用到的调用照常可用")
  void dailyWork() throws Exception {
    String task = web.openTask();
    String me = "{\"userId\":\"yunfu-water.agent\"}";
    assertThat(agent.engine("POST", "task/" + task + "/claim", me).status()).isEqualTo(204);
    assertThat(agent.engine("GET", "task/" + task, null).status()).isEqualTo(200);
    assertThat(agent.engine("POST", "task/" + task + "/unclaim", null).status()).isEqualTo(204);
    assertThat(agent.engine("POST", "task/count", "{}").status()).isEqualTo(200);
    assertThat(agent.engine("POST", "task", "{}").status()).isEqualTo(200);
    assertThat(agent.engine("POST", "group", "{}").status()).isEqualTo(200);
    assertThat(agent.engine("GET", "filter", null).status()).isEqualTo(200);
    assertThat(
            agent
                .engine(
                    "PUT",
                    "user/yunfu-water.agent/credentials",
                    "{\"password\":\"x\",\"authenticatedUserPassword\":\"wrong\"}")
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|user/admin/credentials"
            + "|{\"password\":\"x\",\"authenticatedUserPassword\":\"wrong\"}|400|您输入的当前密码不正确",
        "POST|user/create"
            + "|{\"profile\":{\"id\":\"a b\"},\"credentials\":{\"password\":\"Hotline-2026\"}}"
            + "|422|用户 ID 只能用字母、数字、点和连字符",
        "POST|group/create|{\"id\":\"a b\"}|422|组 ID 只能用字母、数字、点和连字符",
        "PUT|job/nope/retries|{\"retries\":1}|422|找不到要操作的内容，可能已被删除或已结束，请刷新页面",
        "POST|job/retries|{\"jobIds\":[\"x\"],\"retries\":-1}|422|须填写不小于 0 的整数",
        "DELETE|process-instance/nope||404|找不到要操作的内容，可能已被删除或已结束，请刷新页面",
        "PUT|process-instance/{p}/variables/x|{\"value\":\"y\",\"type\":\"Integer\"}"
            + "|400|变量的值不是 Integer 类型，请改正",
        "GET|history/task/report?reportType=x|"
            + "|400|操作没有完成，请检查填写的内容（系统原文：Cannot set query parameter 'reportType' to value 'x'）"
      })
  @DisplayName("管理页面填错了：说出填错什么，用中文，不算系统出错")
  void refusedToTheAdministrator(
      String method, String path, String body, int status, String sentence) throws Exception {
    String task = web.openTask();
    String instance = tasks.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
    WebProbe.Answer answer = admin.engine(method, path.replace("{p}", instance), body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.message()).isEqualTo(sentence);
  }

  @Test
  @DisplayName("无权读取：中文说明，网页应用要用的其余内容照旧")
  void refusedToRead() throws Exception {
    WebProbe.Answer answer = agent.engine("GET", "task/" + foreignTask() + "/variables", null);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).isEqualTo("您没有进行此操作的权限");
    assertThat(answer.json().path("type").asText()).isEqualTo("AuthorizationException");
    assertThat(answer.json().path("missingAuthorizations").isArray()).isTrue();
  }

  @Test
  @DisplayName("网页上创建首个管理员的入口关着")
  void setup() throws Exception {
    WebProbe.Browser nobody = web.new Browser();
    nobody.send(web.call("GET", "/camunda/app/admin/default/"));
    WebProbe.Answer answer =
        nobody.send(web.call("POST", "/camunda/api/admin/setup/default/user/create").json("{}"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.message()).contains("管理员");
  }

  @Test
  @DisplayName("一分钟内二十次登录失败：该地址 429，过后正确的口令照常能登录")
  void guessing() throws Exception {
    WebProbe.Answer answer = null;
    for (int i = 0; i < 21; i++) {
      answer = web.new Browser().login("nobody" + i, "guess");
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.message()).contains("秒后再试");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    web.time.pass(Duration.ofSeconds(2));
    assertThat(web.new Browser().login(WebProbe.CLERK, WebProbe.PASSWORD).status()).isEqualTo(200);
    web.time.pass(Duration.ofMinutes(11));
  }

  @Test
  @DisplayName("没有这个人，和口令不对，都算一次慢的口令：不能从快慢试出谁在这里工作")
  void unknownTakesAsLong() {
    web.person("yunfu-water.guessed", WebProbe.AGENT);
    ProcessEngineConfigurationImpl settings =
        (ProcessEngineConfigurationImpl) web.engine.getProcessEngineConfiguration();
    PasswordManager passwords = settings.getPasswordManager();
    AtomicInteger hashed = new AtomicInteger();
    settings.setPasswordManager(
        new PasswordManager(new SlowHash(), List.of()) {
          @Override
          public boolean check(String password, String stored) {
            hashed.incrementAndGet();
            return passwords.check(password, stored);
          }
        });
    try {
      IdentityService identity = web.engine.getIdentityService();
      assertThat(identity.checkPassword("yunfu-water.guessed", "guess")).isFalse();
      assertThat(hashed).hasValue(1);
      assertThat(identity.checkPassword("nobody-at-all", "guess")).isFalse();
      assertThat(hashed).hasValue(2);
    } finally {
      settings.setPasswordManager(passwords);
    }
  }

  private static int asksForTasks(WebProbe.Browser browser) throws Exception {
    return browser.engine("GET", "task", null).status();
  }

  @Test
  @DisplayName("人被删除、口令被改：还开着的网页最迟 60 秒后作废；退出的会话不能再用")
  void sessionsEnd() throws Exception {
    web.person("yunfu-water.leaves", WebProbe.AGENT);
    web.person("yunfu-water.changes", WebProbe.AGENT);
    WebProbe.Browser leaves = web.browser("yunfu-water.leaves");
    WebProbe.Browser changes = web.browser("yunfu-water.changes");
    assertThat(asksForTasks(leaves)).isEqualTo(200);
    assertThat(asksForTasks(changes)).isEqualTo(200);
    IdentityService identity = web.engine.getIdentityService();
    identity.deleteUser("yunfu-water.leaves");
    User changed = identity.createUserQuery().userId("yunfu-water.changes").singleResult();
    changed.setPassword("Another-2026");
    identity.saveUser(changed);
    web.time.pass(Duration.ofSeconds(61));
    assertThat(asksForTasks(leaves)).isEqualTo(401);
    assertThat(asksForTasks(changes)).isEqualTo(401);
    WebProbe.Browser anew = web.new Browser();
    assertThat(anew.login("yunfu-water.changes", "Another-2026").status()).isEqualTo(200);
    assertThat(asksForTasks(anew)).isEqualTo(200);
  }

  @Test
  @DisplayName("登录最多管 12 小时，再忙也要重新登录")
  void sessionsAreNotForEver() throws Exception {
    WebProbe.Browser person = web.browser(WebProbe.CLERK);
    web.time.pass(Duration.ofHours(11));
    assertThat(asksForTasks(person)).isEqualTo(200);
    web.time.pass(Duration.ofHours(1).plusSeconds(1));
    assertThat(asksForTasks(person)).isEqualTo(401);
    // other tests have given a wrong password for them, which the shipped engine slows
    web.engine.getIdentityService().unlockUser(WebProbe.AGENT);
    web.engine.getIdentityService().unlockUser(WebProbe.ADMIN);
    agent = web.browser(WebProbe.AGENT);
    admin = web.browser(WebProbe.ADMIN);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, engine/engine/default/task",
    "POST, engine/engine/default/task",
    "POST, engine/engine/default/task/count",
    "GET, engine/engine/default/filter",
    "GET, engine/engine/default/process-definition",
    "GET, engine/engine/default/user",
    "GET, engine/engine/default/version",
    "GET, engine/engine/default/identity/password-policy",
    "POST, engine/engine/default/deployment/create",
    "POST, engine/engine/default/identity/verify",
    "GET, cockpit/plugin/base/default/incident",
    "GET, cockpit/plugin/base/default/process-definition/statistics-count",
    "POST, cockpit/plugin/base/default/process-instance",
    "GET, admin/auth/user/default/login",
    "GET, admin/anything",
    "GET, tasklist/anything",
    "GET, engine/version"
  })
  @DisplayName("没有登录：网页的接口一律 401，我们自己先拦，不靠网页的过滤器")
  void strangers(String method, String path) throws Exception {
    WebProbe.Browser stranger = web.new Browser();
    stranger.get("/camunda/app/tasklist/default/");
    WebProbe.Call call = web.call(method, "/camunda/api/" + path);
    WebProbe.Answer answer = stranger.send(method.equals("POST") ? call.json("{}") : call);
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("请先登录");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/engine/engine/",
        "/camunda/api/tasklist/plugin/tasklistPlugins/static/app/plugin.js",
        "/camunda/api/cockpit/plugin/cockpitPlugins/static/app/plugin.js"
      })
  @DisplayName("登录页要用的几个照常")
  void openToStrangers(String path) throws Exception {
    WebProbe.Answer answer = web.new Browser().get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @Test
  @DisplayName("接口的口令不能用来调用网页的接口")
  void basicDoesNotCount() throws Exception {
    assertThat(
            web.call("GET", "/camunda/api/engine/engine/default/task")
                .as(WebProbe.ADMIN)
                .send()
                .status())
        .isEqualTo(401);
  }

  /** Sets a property of this very machine, if anybody evaluates it. */
  private static final String ATTACK =
      "${''.getClass().forName('java.lang.System')"
          + ".getMethod('setProperty', ''.getClass(), ''.getClass())"
          + ".invoke(null, 'hotline.taken', 'yes')}";

  private static void assertNothingTaken() {
    try {
      assertThat(System.getProperty("hotline.taken")).isNull();
    } finally {
      System.clearProperty("hotline.taken");
    }
  }

  private static String list() {
    Filter filter = web.engine.getFilterService().newTaskFilter("全部-" + UUID.randomUUID());
    filter.setQuery(tasks.createTaskQuery().active());
    String id = web.engine.getFilterService().saveFilter(filter).getId();
    Authorization right =
        web.engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    right.setUserId(WebProbe.AGENT);
    right.setResource(Resources.FILTER);
    right.setResourceId(id);
    right.addPermission(Permissions.READ);
    web.engine.getAuthorizationService().saveAuthorization(right);
    return id;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assigneeLikeExpression",
        "assigneeExpression",
        "candidateGroupExpression",
        "candidateGroupsExpression",
        "candidateUserExpression",
        "ownerExpression",
        "dueBeforeExpression",
        "followUpAfterExpression",
        "createdAfterExpression",
        "processInstanceBusinessKeyExpression"
      })
  @DisplayName("查询条件里夹带的代码不会执行：临时查询、列表加条件、嵌在“或”里，都被拒绝")
  void runsNoCodeOfQueries(String condition) throws Exception {
    String body = "{\"" + condition + "\":\"" + ATTACK + "\"}";
    String either = "{\"orQueries\":[" + body + "]}";
    String list = list();
    for (String path :
        List.of("task", "task/count", "filter/" + list + "/list", "filter/" + list + "/count")) {
      WebProbe.Answer open = agent.engine("POST", path, body);
      assertThat(open.status()).as(path + " " + open.body()).isEqualTo(400);
      assertNothingTaken();
      WebProbe.Answer hidden = agent.engine("POST", path, either);
      assertThat(hidden.status()).as(path + " " + hidden.body()).isEqualTo(422);
      assertThat(hidden.message()).startsWith("列表的查询条件中只能用 currentUser()");
      assertNothingTaken();
    }
  }

  @Test
  @DisplayName("存进列表的代码也不会执行；我、我的组、现在这几个表达式照常可用")
  void runsNoCodeOfLists() throws Exception {
    String task = web.openTask();
    tasks.setAssignee(task, WebProbe.AGENT);
    String list = list();
    Filter filter = web.engine.getFilterService().getFilter(list);
    filter.setQuery(
        tasks
            .createTaskQuery()
            .taskAssigneeExpression("${currentUser()}")
            .taskCreatedBeforeExpression("${dateTime().plusDays(1).plusHours(2)}")
            .taskCreatedAfterExpression("${ dateTime().minusDays(1) }"));
    web.engine.getFilterService().saveFilter(filter);
    WebProbe.Answer mine = agent.engine("POST", "filter/" + list + "/list", "{}");
    assertThat(mine.status()).as(mine.body()).isEqualTo(200);
    assertThat(mine.body()).contains(task);

    filter.setQuery(tasks.createTaskQuery().taskOwnerExpression(ATTACK));
    web.engine.getFilterService().saveFilter(filter);
    assertThat(agent.engine("POST", "filter/" + list + "/list", "{}").status()).isEqualTo(422);
    assertNothingTaken();
    filter.setQuery(tasks.createTaskQuery().taskOwnerExpression("${now().toString().concat('%')}"));
    web.engine.getFilterService().saveFilter(filter);
    WebProbe.Answer other = agent.engine("POST", "filter/" + list + "/list", "{}");
    assertThat(other.status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${''.getClass().forName('java.lang.System')"
            + ".getMethod('setProperty', ''.getClass(), ''.getClass())"
            + ".invoke(null, 'hotline.taken', 'yes')}",
        "${''['class'].name}",
        "${execution.getProcessEngineServices().getIdentityService().deleteUser('admin')}",
        "${execution.processEngineServices.taskService}",
        "${execution.processEngine}",
        "${webServerApplicationContext}",
        "${tasklistBridge}"
      })
  @DisplayName("流程图里的表达式够不着 Java 的类、引擎和程序内部")
  void modelsReachNothing(String expression) {
    String key = "reach-" + UUID.randomUUID();
    web.engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            key + ".bpmn",
            Bpmn.createExecutableProcess(key)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaExpression(expression)
                .endEvent()
                .done())
        .deploy();
    assertThatThrownBy(() -> web.engine.getRuntimeService().startProcessInstanceByKey(key))
        .isInstanceOf(ProcessEngineException.class);
    assertNothingTaken();
    assertThat(web.engine.getIdentityService().createUserQuery().userId("admin").count())
        .isEqualTo(1);
  }

  @Test
  @DisplayName("同时打开的页面各用自己的随机数，不会空白")
  void ownNonce() throws Exception {
    List<Callable<String>> loads =
        Collections.nCopies(
            200,
            () -> {
              WebProbe.Answer page = web.call("GET", "/camunda/app/tasklist/default/").send();
              Matcher allowed =
                  Pattern.compile("'nonce-([^']+)'")
                      .matcher(page.header("Content-Security-Policy"));
              assertThat(allowed.find()).as("内容策略里的随机数").isTrue();
              Matcher used = Pattern.compile("nonce=\"([^\"]*)\"").matcher(page.body());
              assertThat(used.find()).as(page.body()).isTrue();
              do {
                assertThat(used.group(1)).isEqualTo(allowed.group(1));
              } while (used.find());
              assertThat(page.body()).contains("</html>");
              return allowed.group(1);
            });
    ExecutorService eight = Executors.newFixedThreadPool(8);
    try {
      Set<String> nonces = new HashSet<>();
      for (Future<String> load : eight.invokeAll(loads)) {
        nonces.add(load.get());
      }
      assertThat(nonces).hasSize(200);
    } finally {
      eight.shutdownNow();
    }
  }

  @Test
  @DisplayName("口令用慢的算法存放；以前存的照常能登录；72字节以后的字也算数")
  void storesPasswordsSlowly() {
    IdentityService identity = web.engine.getIdentityService();
    UserEntity agentNow =
        (UserEntity) identity.createUserQuery().userId(WebProbe.AGENT).singleResult();
    assertThat(agentNow.getPassword()).startsWith("{BCRYPT-SHA-256}$2a$");

    String longOne = "口令".repeat(20) + "Aa1!";
    User person = identity.newUser("long-password");
    person.setPassword(longOne);
    identity.saveUser(person);
    assertThat(identity.checkPassword("long-password", longOne)).isTrue();
    assertThat(identity.checkPassword("long-password", longOne + "x")).isFalse();
    assertThat(identity.checkPassword("long-password", longOne.substring(0, 43))).isFalse();

    UserEntity older = new UserEntity("stored-before");
    older.setSalt("c2FsdA==");
    older.setDbPassword("{SHA-512}" + new Sha512HashDigest().encrypt("Before-2026c2FsdA=="));
    identity.saveUser(older);
    assertThat(identity.checkPassword("stored-before", "Before-2026")).isTrue();
    assertThat(identity.checkPassword("stored-before", "Before-2027")).isFalse();
  }
}
