package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@DisplayName("接口：登录、拒绝和出错时的回答")
class ApiSecurityTest {
  private static WebProbe web;

  @BeforeAll
  static void start() {
    web = WebProbe.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  @BeforeEach
  void forgetFailures() {
    web.time.pass(Duration.ofMinutes(11));
  }

  private static WebProbe.Answer get(String path) throws Exception {
    return web.call("GET", path).as(WebProbe.AGENT).send();
  }

  @Nested
  @DisplayName("登录")
  class Logins {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/probe/me",
          "/api/nothing",
          "/api/docs",
          "/api/swagger-ui/index.html",
          "/v3/api-docs",
          "/v3/api-docs/swagger-config",
          "/v3/api-docs.yaml",
          "/swagger-ui/index.html",
          "/actuator/prometheus",
          "/actuator/info",
          "/actuator"
        })
    @DisplayName("没有登录：401，中文说明，不跳转")
    void withoutLogin(String path) throws Exception {
      WebProbe.Answer answer = web.call("GET", path).send();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
      assertThat(answer.header("Set-Cookie")).isEmpty();
      assertThat(answer.detail()).contains("登录");
    }

    @Test
    @DisplayName("网页脚本得到的 401 不会弹出浏览器的登录框")
    void noDialogForScripts() throws Exception {
      assertThat(
              web.call("GET", "/api/probe/me")
                  .header("Sec-Fetch-Dest", "empty")
                  .send()
                  .header("WWW-Authenticate"))
          .isEmpty();
    }

    @Test
    @DisplayName("文档页的脚本要得到登录要求，否则浏览器不把口令送到 /v3")
    void challengeForSwagger() throws Exception {
      assertThat(
              web.call("GET", "/v3/api-docs/swagger-config")
                  .header("Sec-Fetch-Dest", "empty")
                  .send()
                  .header("WWW-Authenticate"))
          .startsWith("Basic");
    }

    @Test
    @DisplayName("登录的人连同其用户组交给控制器，不建立会话")
    void actor() throws Exception {
      WebProbe.Answer answer = get("/api/probe/me");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("id").asText()).isEqualTo("yunfu-water.agent");
      assertThat(answer.json().path("groups").get(0).asText()).isEqualTo("yunfu-water.agent");
      assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    @DisplayName("用户不存在与口令错误的回答一样")
    void indistinguishable() throws Exception {
      WebProbe.Answer wrong = web.call("GET", "/api/probe/me").as(WebProbe.AGENT, "x").send();
      WebProbe.Answer unknown = web.call("GET", "/api/probe/me").as("nobody", "x").send();
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    @DisplayName("猜口令不会锁住同事：引擎的失败次数不变，网页照常能登录")
    void nobodyIsLockedOut() throws Exception {
      web.person("yunfu-water.victim", WebProbe.AGENT);
      for (int i = 0; i < 30; i++) {
        web.call("GET", "/api/probe/me").as("yunfu-water.victim", "guess" + i).send();
        web.time.pass(Duration.ofSeconds(61));
      }
      assertThat(web.new Browser().login("yunfu-water.victim", WebProbe.PASSWORD).status())
          .isEqualTo(200);
      assertThat(web.call("GET", "/api/probe/me").as("yunfu-water.victim").send().status())
          .isEqualTo(200);
    }

    @Test
    @DisplayName("同一地址一分钟内失败五次：429 与 Retry-After，时间渐长到 60 秒")
    void guessingIsSlowed() throws Exception {
      for (int i = 0; i < 5; i++) {
        assertThat(guess(i).status()).isEqualTo(401);
      }
      WebProbe.Answer slowed = guess(6);
      assertThat(slowed.status()).isEqualTo(429);
      assertThat(slowed.header("Retry-After")).isEqualTo("2");
      assertThat(slowed.header("Content-Type")).startsWith("application/problem+json");
      assertThat(slowed.detail()).contains("2 秒后再试");
      long longest = 0;
      for (int i = 0; i < 8; i++) {
        web.time.pass(Duration.ofSeconds(61));
        assertThat(guess(10 + i).status()).isEqualTo(401);
        longest = Long.parseLong(guess(20 + i).header("Retry-After"));
      }
      assertThat(longest).isEqualTo(60);
    }

    @Test
    @DisplayName("地址被放慢时，已核对过的登录照常通过，过了 60 秒也是")
    void verifiedLoginsPass() throws Exception {
      assertThat(get("/api/probe/me").status()).isEqualTo(200);
      for (int i = 0; i < 6; i++) {
        guess(i);
      }
      assertThat(guess(7).status()).isEqualTo(429);
      assertThat(get("/api/probe/me").status()).isEqualTo(200);
      for (int i = 0; i < 4; i++) {
        web.time.pass(Duration.ofSeconds(61));
        guess(8 + i);
      }
      assertThat(guess(20).status()).isEqualTo(429);
      assertThat(get("/api/probe/me").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("改了口令、删了用户，最迟 60 秒后生效")
    void changesAreNoticed() throws Exception {
      web.person("yunfu-water.leaver", WebProbe.AGENT);
      assertThat(web.call("GET", "/api/probe/me").as("yunfu-water.leaver").send().status())
          .isEqualTo(200);
      var identities = web.engine.getIdentityService();
      User user = identities.createUserQuery().userId("yunfu-water.leaver").singleResult();
      user.setPassword("Another-2026");
      identities.saveUser(user);
      web.time.pass(Duration.ofSeconds(61));
      assertThat(web.call("GET", "/api/probe/me").as("yunfu-water.leaver").send().status())
          .isEqualTo(401);
      assertThat(
              web.call("GET", "/api/probe/me")
                  .as("yunfu-water.leaver", "Another-2026")
                  .send()
                  .status())
          .isEqualTo(200);
      identities.deleteUser("yunfu-water.leaver");
      web.time.pass(Duration.ofSeconds(61));
      assertThat(
              web.call("GET", "/api/probe/me")
                  .as("yunfu-water.leaver", "Another-2026")
                  .send()
                  .status())
          .isEqualTo(401);
    }

    @Test
    @DisplayName("移出一个组，最迟 60 秒后接口上就没有它的权限；留下的组照旧")
    void groupsAreNoticed() throws Exception {
      web.person("yunfu-water.moved", WebProbe.AGENT, "monitoring");
      assertThat(scrape()).isEqualTo(200);
      web.engine.getIdentityService().deleteMembership("yunfu-water.moved", "monitoring");
      web.time.pass(Duration.ofSeconds(61));
      assertThat(scrape()).isEqualTo(403);
      WebProbe.Answer me = web.call("GET", "/api/probe/me").as("yunfu-water.moved").send();
      assertThat(me.json().path("groups")).hasSize(1);
      assertThat(me.json().path("groups").path(0).asText()).isEqualTo(WebProbe.AGENT);
    }

    private int scrape() throws Exception {
      return web.call("GET", "/actuator/prometheus").as("yunfu-water.moved").send().status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer abc", "Basic Og=="})
    @DisplayName("残缺的登录头：401")
    void brokenHeaders(String header) throws Exception {
      assertThat(web.call("GET", "/api/probe/me").header("Authorization", header).send().status())
          .isEqualTo(401);
    }

    private WebProbe.Answer guess(int i) throws Exception {
      return web.call("GET", "/api/probe/me").as("user" + i, "guess" + i).send();
    }
  }

  @Nested
  @DisplayName("哪些地址对谁开放")
  class Doors {
    @Test
    @DisplayName("公开页面和健康检查不用登录；健康检查的细节只给管理员和监控账号")
    void open() throws Exception {
      assertThat(web.call("GET", "/public/probe").send().body()).isEqualTo("ok");
      WebProbe.Answer health = web.call("GET", "/actuator/health").send();
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
      assertThat(get("/actuator/health").body()).isEqualTo("{\"status\":\"UP\"}");
      assertThat(web.call("GET", "/actuator/health").as("prometheus").send().body())
          .contains("components");
    }

    @Test
    @DisplayName("登录后可看接口文档；指标只给管理员和监控账号，其余运维端点只给管理员")
    void documentation() throws Exception {
      assertThat(get("/v3/api-docs").body()).contains("/api/probe/me").doesNotContain("\"actor\"");
      WebProbe.Answer docs = get("/api/docs");
      String page = docs.status() == 302 ? docs.header("Location") : "/api/docs";
      WebProbe.Answer html = get(java.net.URI.create(page).getPath());
      assertThat(html.status()).isEqualTo(200);
      assertThat(html.body()).contains("swagger-ui");
      assertThat(get("/actuator/prometheus").status()).isEqualTo(403);
      assertThat(web.call("GET", "/actuator/prometheus").as(WebProbe.ADMIN).send().status())
          .isEqualTo(200);
      assertThat(web.call("GET", "/actuator/prometheus").as("prometheus").send().status())
          .isEqualTo(200);
      assertThat(web.call("GET", "/actuator/info").as("prometheus").send().status()).isEqualTo(403);
      assertThat(get("/actuator/info").status()).isEqualTo(403);
      assertThat(web.call("GET", "/actuator/info").as(WebProbe.ADMIN).send().status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/engine-rest/engine",
          "/error",
          "/webjars/camunda/securityFilterRules.json",
          "/webjars/swagger-ui/index.html",
          "/h2-console/",
          "/login",
          "/plugin/tasklist/app/plugin.js",
          "/API/probe/me",
          "/camundax"
        })
    @DisplayName("其余地址一律 404")
    void nothingElse(String path) throws Exception {
      assertThat(web.call("GET", path).send().status()).isEqualTo(404);
      assertThat(get(path).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/public/..;/api/probe/me",
          "/public/%2e%2e/api/probe/me",
          "/public/%2f../api/probe/me",
          "//api/probe/me",
          "/camunda/api/engine/engine/default/task;x=1/count",
          "/camunda//api/engine/engine/default/task/count",
          "/api/probe%5cme"
        })
    @DisplayName("可作两种解释的地址：400")
    void ambiguous(String path) throws Exception {
      WebProbe.Answer answer = web.call("GET", path).as(WebProbe.ADMIN).send();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("yunfu");
    }

    @Test
    @DisplayName("公开页面只能读")
    void publicIsReadOnly() throws Exception {
      assertThat(web.call("POST", "/public/probe").json("{}").send().status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "/public/nothing",
          "/api/nothing",
          "/actuator/health",
          "/nothing",
          "/camunda/app/tasklist/default/",
          "/camunda/api/engine/engine/default/task",
          "/camunda/lib/deps.js"
        })
    @DisplayName("每个地址都带安全响应头；在 TLS 后面还要求浏览器只用 HTTPS")
    void headersEverywhere(String path) throws Exception {
      WebProbe.Answer answer = web.call("GET", path).send();
      assertThat(answer.response().headers().allValues("X-Content-Type-Options"))
          .containsExactly("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
      if (answer.header("Content-Type").startsWith("text/html")) {
        assertThat(answer.header("X-Frame-Options") + answer.header("Content-Security-Policy"))
            .containsAnyOf("DENY", "frame-ancestors 'none'");
      }
      assertThat(answer.header("Server") + answer.header("X-Powered-By")).isEmpty();
      assertThat(answer.header("Strict-Transport-Security")).isEmpty();
      WebProbe.Answer secure = web.call("GET", path).header("X-Forwarded-Proto", "https").send();
      assertThat(secure.header("Strict-Transport-Security")).startsWith("max-age=31536000");
    }

    @Test
    @DisplayName("在 TLS 后面，会话的 Cookie 只走 HTTPS，脚本读不到")
    void cookies() throws Exception {
      WebProbe.Answer page =
          web.call("GET", "/camunda/app/tasklist/default/")
              .header("X-Forwarded-Proto", "https")
              .send();
      List<String> sessions =
          page.response().headers().allValues("Set-Cookie").stream()
              .filter(cookie -> cookie.startsWith("JSESSIONID"))
              .toList();
      assertThat(sessions).isNotEmpty();
      assertThat(sessions)
          .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "HttpOnly", "SameSite"));
    }

    @Test
    @DisplayName("网页自己的内容策略不受影响，登录页可打开")
    void webAppsKeepTheirHeaders() throws Exception {
      WebProbe.Answer page = web.call("GET", "/camunda/app/tasklist/default/").send();
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.response().headers().allValues("Content-Security-Policy")).hasSize(1);
      assertThat(page.header("Content-Security-Policy")).contains("script-src 'nonce-");
      assertThat(page.response().headers().allValues("X-Frame-Options")).containsExactly("DENY");
    }

    @Test
    @DisplayName("浏览器替别的网站发出的写请求：403")
    void otherSites() throws Exception {
      assertThat(order("{}").header("Sec-Fetch-Site", "cross-site").send().status()).isEqualTo(403);
    }
  }

  private static WebProbe.Call order(String body) {
    return web.call("POST", "/api/probe/orders")
        .as(WebProbe.AGENT)
        .header("Idempotency-Key", "k-1")
        .json(body);
  }

  @Nested
  @DisplayName("出错时的回答")
  class Problems {
    @ParameterizedTest
    @CsvSource({
      "refused,422,请填写退回原因（reason）,reason",
      "wrapped,422,请填写退回原因（reason）,reason",
      "missing,404,没有工单 YF-1,''",
      "conflict,409,工单 YF-1 已办结,''",
      "deadlock,503,系统正忙，请稍后用同样的内容重试,''",
      "optimistic,503,系统正忙，请稍后用同样的内容重试,''"
    })
    @DisplayName("模块的拒绝原样告诉对方")
    void ours(String how, int status, String detail, String field) throws Exception {
      WebProbe.Answer answer = get("/api/probe/fail?how=" + how);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.detail()).isEqualTo(detail);
      assertThat(answer.field()).isEqualTo(field);
      assertThat(answer.header("Retry-After")).isEqualTo(status == 503 ? "1" : "");
    }

    @Test
    @DisplayName("意外错误：500 与错误编号，不泄露内部；日志有编号，没有个人信息")
    void unexpected(CapturedOutput log) throws Exception {
      WebProbe.Answer answer = get("/api/probe/fail?how=boom");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.json().path("errorId").asText()).hasSize(36);
      assertThat(answer.detail()).contains(answer.json().path("errorId").asText());
      assertThat(answer.body()).doesNotContain("13800000000", "IllegalState");
      assertThat(log.getAll())
          .contains(answer.json().path("errorId").asText(), "java.lang.IllegalStateException")
          .doesNotContain("13800000000");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'caller':{'phone':13800000000}}|422|caller.phone|caller.phone 应为文字",
          "{'caller':{'phone':{}}}|422|caller.phone|caller.phone 应为文字",
          "{'caller':'x'}|422|caller|caller 应为对象",
          "{'caller':{'wantsCallback':'yes'}}|422|caller.wantsCallback|caller.wantsCallback 应为 true 或 false",
          "{'facts':{'pipeDiameterMm':'a'}}|422|facts.pipeDiameterMm|facts.pipeDiameterMm 应为整数",
          "{'facts':{'pipeDiameterMm':200.7}}|422|facts.pipeDiameterMm|facts.pipeDiameterMm 应为整数",
          "{'channel':'FAX'}|422|channel|channel 应为其中之一：PHONE、SMS",
          "{'receivedAt':'gestern'}|422|receivedAt|receivedAt 应为时间",
          "{'more':[{'phone':'1'},{'phone':[]}]}|422|more[1].phone|more[1].phone 应为文字",
          "{'company':'nobody'}|422|company|没有这家公司（company）",
          "{'company':|400||第 1 行",
          "{'company':'a'} x|400||JSON",
          "[]|400||JSON 对象",
          "''|400||JSON"
        })
    @DisplayName("读不懂的 JSON：说出哪个字段应是什么")
    void json(String body, int status, String field, String detail) throws Exception {
      WebProbe.Answer answer = order(body.replace('\'', '"')).send();
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.field()).isEqualTo(field == null ? "" : field);
      assertThat(answer.detail()).contains(detail);
    }

    @Test
    @DisplayName("不认识的字段不管它")
    void unknownFields() throws Exception {
      assertThat(order("{\"company\":\"a\",\"new\":{\"x\":1}}").send().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("Idempotency-Key 缺少、过长：400，说出请求头的名字")
    void idempotencyKey() throws Exception {
      WebProbe.Call without = web.call("POST", "/api/probe/orders").as(WebProbe.AGENT).json("{}");
      WebProbe.Answer missing = without.send();
      assertThat(missing.status()).isEqualTo(400);
      assertThat(missing.field()).isEqualTo("Idempotency-Key");
      assertThat(missing.detail()).contains("Idempotency-Key");
      WebProbe.Answer tooLong = without.header("Idempotency-Key", "k".repeat(121)).send();
      assertThat(tooLong.status()).isEqualTo(400);
      assertThat(tooLong.field()).isEqualTo("Idempotency-Key");
      assertThat(tooLong.detail()).contains("120");
    }

    @ParameterizedTest
    @CsvSource({
      "size=abc,size,参数 size 应为整数",
      "size=1&from=yesterday,from,参数 from 应为时间",
      "size=1&on=x,on,参数 on 应为日期",
      "from=2026-11-16T09:15:00Z,size,请给出参数 size"
    })
    @DisplayName("查询参数不对：422，说出参数的名字")
    void parameters(String query, String field, String detail) throws Exception {
      WebProbe.Answer answer = get("/api/probe/search?" + query);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.field()).isEqualTo(field);
      assertThat(answer.detail()).contains(detail);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2026-11-16T09:15:00%2B08:00",
          "2026-11-16T09:15:00+08:00",
          "2026-11-16T01:15:00Z"
        })
    @DisplayName("时间参数里没有转义的加号也读得懂")
    void plus(String from) throws Exception {
      assertThat(get("/api/probe/search?size=1&from=" + from).json().path("from").asText())
          .isEqualTo("2026-11-16T01:15:00Z");
    }

    @Test
    @DisplayName("媒体类型、方法、地址不对：415、405、404，都是中文的 problem+json")
    void protocol() throws Exception {
      WebProbe.Answer media = order("x").header("Content-Type", "text/plain").send();
      WebProbe.Answer method = web.call("DELETE", "/api/probe/me").as(WebProbe.AGENT).send();
      WebProbe.Answer address = get("/api/nothing");
      assertThat(media.status()).isEqualTo(415);
      assertThat(method.status()).isEqualTo(405);
      assertThat(method.header("Allow")).contains("GET");
      assertThat(address.status()).isEqualTo(404);
      assertThat(get("/api/probe/things/abc").status()).isEqualTo(404);
      for (WebProbe.Answer answer : new WebProbe.Answer[] {media, method, address}) {
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.detail()).matches(".*[\\u4e00-\\u9fff].*");
      }
    }

    @Test
    @DisplayName("要 HTML 的调用出错时也得到 problem+json")
    void acceptHtml() throws Exception {
      WebProbe.Answer answer =
          web.call("GET", "/api/probe/fail?how=missing")
              .as(WebProbe.AGENT)
              .header("Accept", "text/html")
              .send();
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    @DisplayName("请求体超过 256 KB：413，分块发送的也是")
    void tooLarge() throws Exception {
      String large = "{\"company\":\"" + "水".repeat(100_000) + "\"}";
      WebProbe.Answer announced = order(large).send();
      assertThat(announced.status()).isEqualTo(413);
      assertThat(announced.detail()).contains("256 KB");
      WebProbe.Answer chunked = order("").chunked(large).send();
      assertThat(chunked.status()).isEqualTo(413);
      assertThat(chunked.header("Content-Type")).startsWith("application/problem+json");
      assertThat(order("").chunked("{\"company\":\"a\"}").send().status()).isEqualTo(200);
    }
  }
}
