package hotline.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndLink;
import com.rometools.rome.io.SyndFeedInput;
import hotline.organisation.Organisation;
import hotline.scenarios.Desk;
import hotline.scenarios.Scenario;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;

@Scenario
@Tag("mariadb")
@Import(PublishedOutages.class)
@DisplayName("停供公告：谁都能看，免登录")
class PublicOutagesTest {
  private static final String PAGE = "/public/outages";
  private static final String FEED = "/public/outages.atom";
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

  @Autowired Desk desk;
  @Autowired MockMvc mvc;
  @Autowired PublishedOutages published;
  @Autowired PublicOutages outages;
  @Autowired TransactionTemplate transaction;
  @Autowired DataSource source;
  @Autowired Clock clock;
  @Autowired Organisation organisation;

  @BeforeEach
  void dayBefore() {
    desk.startAt("2026-11-26T09:00:00+08:00");
    published.none();
  }

  private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) {
    try {
      return mvc.perform(request).andReturn().getResponse();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private MockHttpServletResponse open(String path, String accept) {
    return ask(MockMvcRequestBuilders.get(path).header("Accept", accept));
  }

  private static String text(MockHttpServletResponse answer) {
    return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  private String page() {
    return text(open(PAGE, BROWSER));
  }

  private static JsonNode json(MockHttpServletResponse answer) {
    try {
      return new ObjectMapper().readTree(answer.getContentAsByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode items() {
    return json(open(PAGE, "application/json")).path("items");
  }

  private List<String> shown() {
    return items().findValuesAsText("number");
  }

  private SyndFeed feed(String path) {
    try {
      return new SyndFeedInput().build(new StringReader(text(open(path, "*/*"))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // ---- what is on it

  @Test
  @DisplayName("YF-16d 第十六条（二）1：公告写明公司、区域、时间、原因和措施，用公司自己的说法")
  void whatIsSaid() {
    published.publish(
        "measures",
        "消防车送水\n每日两次",
        "districts",
        "yuncheng yunan",
        "end_at",
        "2026-11-28T00:00+08:00");
    published.publish(
        "company",
        "gas",
        "districts",
        "",
        "kind",
        "UNPLANNED",
        "start_at",
        "2026-11-26T08:00+08:00");
    published.publish("company", "wuda-heat", "districts", "", "effect", "REDUCED_PRESSURE");
    assertThat(page())
        .contains(
            "<h1>停供公告</h1>",
            "云浮市自来水 <span class=\"hotline\">服务热线 <a href=\"tel:952525\">952525</a>",
            "<span class=\"stage\">已公告</span> 计划停水：云城区、云安区</h3>",
            "<dt>影响范围</dt><dd>世纪大道至解放路</dd>",
            "<dt>开始时间</dt><dd>11月27日 08:00</dd>",
            "<dt>预计恢复</dt><dd>11月27日 24:00</dd>",
            "<dt>原因</dt><dd>管网改造</dd>",
            "<dt>应对措施</dt><dd>消防车送水\n每日两次</dd>",
            "<span class=\"stage\">进行中</span> 突发停气</h3>",
            "服务热线 <b>XXXXXX</b>",
            "计划降温供热</h3>",
            "href=\"tel:04733231885\"",
            "目前没有停水公告",
            "内容更新于 11月26日 09:00")
        .doesNotContain("{{", "<script");
  }

  @Test
  @DisplayName("谁报告的、重要用户、影响人数都不在任何一种形式里")
  void nobody() {
    published.publish(
        "measures", "送水", "change_note", "延长", "changed_at", "2026-11-26T08:00+08:00");
    for (String answer :
        List.of(page(), text(open(PAGE, "application/json")), text(open(FEED, "*/*")))) {
      assertThat(answer).contains("管网改造").doesNotContain("张三", "人民医院", "5300", "engineering");
    }
  }

  @Test
  @DisplayName("先进行中，再按开始时间的计划，最后是24小时内恢复或取消的")
  void order() {
    String restored =
        published.publish(
            "restored_at", "2026-11-25T20:00+08:00", "finished_at", "2026-11-25T20:00+08:00");
    String cancelled = published.publish("finished_at", "2026-11-25T21:00+08:00");
    String later = published.publish("start_at", "2026-11-27T07:00+08:00");
    String sooner = published.publish("start_at", "2026-11-27T06:00+08:00");
    String running = published.publish("start_at", "2026-11-26T06:00+08:00");
    String longer = published.publish("start_at", "2026-11-26T05:00+08:00");
    assertThat(shown()).containsExactly(longer, running, sooner, later, cancelled, restored);
    assertThat(items().findValuesAsText("status"))
        .containsExactly("RUNNING", "RUNNING", "ANNOUNCED", "ANNOUNCED", "CANCELLED", "RESTORED");
    assertThat(page())
        .contains("已取消", "<dt>原定时间</dt>", "已恢复", "<dt>恢复时间</dt><dd>11月25日 20:00</dd>");
  }

  @Test
  @DisplayName("没有发布的、结束满24小时的、不在本系统的公司的，都不显示")
  void notShown() {
    published.publish("published_at", null, "status", "DRAFT");
    published.publish("published_at", null, "status", "APPROVAL");
    published.publish("published_at", null, "finished_at", "2026-11-26T08:00+08:00");
    published.publish("company", "elsewhere-water");
    String restored =
        published.publish(
            "restored_at", "2026-11-25T10:00+08:00", "finished_at", "2026-11-25T10:00+08:00");
    assertThat(shown()).containsExactly(restored);
    desk.itIs("2026-11-26T09:59:59.999+08:00");
    assertThat(shown()).containsExactly(restored);
    desk.itIs("2026-11-26T10:00:00+08:00");
    outages.changed();
    assertThat(shown()).isEmpty();
  }

  @Test
  @DisplayName("到了开始时间就是进行中；过了预计恢复时间还没恢复，如实说明")
  void timePasses() {
    published.publish();
    desk.itIs("2026-11-27T07:59:59+08:00");
    assertThat(items().findValuesAsText("status")).containsExactly("ANNOUNCED");
    desk.itIs("2026-11-27T08:00:01+08:00");
    assertThat(items().findValuesAsText("status")).containsExactly("RUNNING");
    assertThat(page()).contains("进行中").doesNotContain(PublicOutage.LATE);
    desk.itIs("2026-11-27T18:00:01+08:00");
    assertThat(page()).contains("预计恢复时间已过，正在抢修核实，请留意更新");
    assertThat(feed(FEED).getEntries().get(0).getDescription().getValue())
        .contains("预计恢复时间已过，正在抢修核实，请留意更新");
  }

  @Test
  @DisplayName("?company= 只看一家；没有公告时用这家公司的说法")
  void oneCompany() {
    String water = published.publish();
    String heat = published.publish("company", "wuda-heat");
    JsonNode one = json(open(PAGE + "?company=wuda-heat", "application/json"));
    assertThat(one.path("items").findValuesAsText("number")).containsExactly(heat);
    assertThat(shown()).containsExactlyInAnyOrder(water, heat);
    assertThat(text(open(PAGE + "?company=wuda-heat", BROWSER)))
        .contains("<h1>乌达热力停热公告</h1>", "aria-current=\"page\">乌达热力", "id=\"" + heat + "\"")
        .doesNotContain("id=\"" + water + "\"", "952525");
    assertThat(text(open(PAGE + "?company=gas", BROWSER))).contains("目前没有停气公告");
    assertThat(feed(FEED + "?company=gas").getEntries()).isEmpty();
    published.none();
    assertThat(page()).contains("目前没有停供公告", "952525");
    assertThat(items()).isEmpty();
  }

  @Test
  @DisplayName("没有这家公司：404，浏览器得到网页，程序得到 problem+json，都用中文说明")
  void unknownCompany() {
    String sentence = "没有这家公司的公告，请核对网址中的公司（company）";
    MockHttpServletResponse html = open(PAGE + "?company=<b>nobody", BROWSER);
    assertThat(html.getStatus()).isEqualTo(404);
    assertThat(html.getContentType()).startsWith("text/html");
    assertThat(text(html)).contains(sentence, "?company=gas").doesNotContain("nobody");
    for (MockHttpServletResponse answer :
        List.of(
            open(PAGE + "?company=nobody", "application/json"),
            open(FEED + "?company=nobody", "application/atom+xml"))) {
      assertThat(answer.getStatus()).isEqualTo(404);
      assertThat(answer.getContentType()).startsWith("application/problem+json");
      assertThat(json(answer).path("detail").asText()).isEqualTo(sentence);
    }
  }

  // ---- what the staff typed

  @ParameterizedTest
  @ValueSource(strings = {"area", "reason", "measures", "change_note"})
  @DisplayName("职员写进公告的电话和身份证号被遮住，公司的热线不遮")
  void masked(String column) {
    published.publish(
        "changed_at",
        "2026-11-26T08:00+08:00",
        column,
        "业主13800000000、138 0000 0000、0766-8812345、44530219900101123X，热线952525");
    for (String answer :
        List.of(page(), text(open(PAGE, "application/json")), text(open(FEED, "*/*")))) {
      assertThat(answer)
          .contains("业主138****0000、138****0000、*******2345、******************，热线952525")
          .doesNotContain("13800000000", "138 0000", "8812345", "44530219900101123X");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"area", "reason", "measures", "change_note", "districts"})
  @DisplayName("职员写的文字原样显示，不当作网页或模板")
  void textIsText(String column) {
    String typed = "<script>alert(1)</script>&\"'{{title}}$1\\\u0001\uFFFF𠮷";
    published.publish("changed_at", "2026-11-26T08:00+08:00", column, typed);
    assertThat(page())
        .contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;{{title}}$1\\\uFFFD\uFFFD𠮷")
        .doesNotContain("<script");
    SyndEntry entry = feed(FEED).getEntries().get(0);
    assertThat(entry.getTitle() + entry.getDescription().getValue())
        .contains("<script>alert(1)</script>&\"'{{title}}$1\\\uFFFD\uFFFD𠮷");
    assertThat(items().toString()).contains("𠮷").doesNotContain("\uFFFF");
  }

  // ---- for programs

  @Test
  @DisplayName("YF-16d：JSON 供公司网站和公众号取用，时间带公司时区")
  void json() {
    String number =
        published.publish(
            "kind",
            "UNPLANNED",
            "districts",
            "yuncheng luoding",
            "measures",
            "送水",
            "start_at",
            "2026-11-26T08:00+08:00",
            "end_at",
            "2026-11-26T20:00+08:00",
            "changed_at",
            "2026-11-26T08:30+08:00",
            "change_note",
            "又发现一处漏点");
    MockHttpServletResponse answer = open(PAGE, "application/json");
    assertThat(answer.getContentType()).startsWith("application/json");
    JsonNode all = json(answer);
    assertThat(all.path("updatedAt").asText()).isEqualTo("2026-11-26T09:00:00+08:00");
    assertThat(all.path("items").get(0).toString())
        .isEqualTo(
            """
            {"number":"%s","company":"yunfu-water","companyName":"云浮市自来水","effect":"SHUTOFF",\
            "effectName":"停水","kind":"UNPLANNED","status":"RUNNING","area":"世纪大道至解放路",\
            "districts":["云城区","罗定市"],"start":"2026-11-26T08:00:00+08:00",\
            "end":"2026-11-26T20:00:00+08:00","reason":"管网改造","measures":"送水",\
            "restoredAt":null,"changedAt":"2026-11-26T08:30:00+08:00","changeNote":"又发现一处漏点"}"""
                .formatted(number));
    assertThat(page()).contains("<dt>变更</dt><dd>11月26日 08:30　又发现一处漏点</dd>");
  }

  @Test
  @DisplayName("Atom：一次停供一条，编号即标识，改了和恢复了还是同一条")
  void atom() {
    String number = published.publish();
    MockHttpServletResponse answer = open(FEED, "*/*");
    assertThat(answer.getContentType()).startsWith("application/atom+xml");
    SyndFeed feed = feed(FEED + "?company=yunfu-water");
    assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
    assertThat(feed.getUri()).isEqualTo("urn:hotline:outages:yunfu-water");
    assertThat(feed.getTitle()).isEqualTo("云浮市自来水停水公告");
    assertThat(feed.getLinks())
        .filteredOn(link -> link.getRel().equals("self"))
        .map(SyndLink::getHref)
        .containsExactly("http://localhost:8080/public/outages.atom?company=yunfu-water");
    SyndEntry entry = feed.getEntries().get(0);
    assertThat(entry.getUri()).isEqualTo("urn:hotline:outage:" + number);
    assertThat(entry.getTitle()).isEqualTo("【停水】云城区：世纪大道至解放路 11月27日 08:00 至 18:00");
    assertThat(entry.getAuthor()).isEqualTo("云浮市自来水");
    assertThat(entry.getUpdatedDate()).isEqualTo(Instant.parse("2026-11-26T01:00:00Z"));
    assertThat(entry.getLink())
        .isEqualTo("http://localhost:8080/public/outages?company=yunfu-water#" + number);
    assertThat(entry.getDescription().getValue())
        .contains("已公告", "预计恢复：11月27日 18:00", "服务热线：952525");
    desk.itIs("2026-11-27T17:00:00+08:00");
    published.anotherNodeWrites(number, "restored_at", "2026-11-27 08:59:00");
    published.anotherNodeWrites(number, "finished_at", "2026-11-27 08:59:00");
    desk.pass(Duration.ofSeconds(2));
    SyndEntry restored = feed(FEED).getEntries().get(0);
    assertThat(restored.getUri()).isEqualTo(entry.getUri());
    assertThat(restored.getTitle()).startsWith("【停水 已恢复】");
    assertThat(restored.getUpdatedDate()).isEqualTo(Instant.parse("2026-11-27T08:59:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        BROWSER + "|text/html",
        "*/*|text/html",
        "application/json|application/json",
        "application/json, text/plain, */*|application/json",
        "text/html;q=0.5, application/json|application/json"
      })
  @DisplayName("要什么形式，答什么形式")
  void negotiation(String accept, String type) {
    assertThat(open(PAGE, accept).getContentType()).startsWith(type);
  }

  // ---- at once, and cheaply

  @Test
  @DisplayName("没有变化时凭 ETag 回答304，变了就是新的内容")
  void unchanged() {
    published.publish();
    for (String[] way :
        new String[][] {{PAGE, BROWSER}, {PAGE, "application/json"}, {FEED, "*/*"}}) {
      MockHttpServletResponse first = open(way[0], way[1]);
      String tag = first.getHeader("ETag");
      assertThat(tag).as(way[1]).isNotEmpty();
      assertThat(first.getHeader("Cache-Control")).isEqualTo("no-cache");
      assertThat(first.getHeader("Vary")).contains("Accept");
      MockHttpServletRequestBuilder again =
          MockMvcRequestBuilders.get(way[0]).header("Accept", way[1]).header("If-None-Match", tag);
      desk.pass(Duration.ofMinutes(1));
      MockHttpServletResponse unchanged = ask(again);
      assertThat(unchanged.getStatus()).isEqualTo(304);
      assertThat(unchanged.getContentAsByteArray()).isEmpty();
      assertThat(unchanged.getHeader("ETag")).isEqualTo(tag);
      published.publish();
      assertThat(ask(again).getStatus()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("提交后马上看得到；没有提交的，看不到")
  void atOnce() {
    assertThat(shown()).isEmpty();
    transaction.executeWithoutResult(
        status -> {
          published.anotherNodePublishes();
          outages.changedOnceCommitted();
          status.setRollbackOnly();
        });
    assertThat(shown()).isEmpty();
    transaction.executeWithoutResult(
        status -> {
          published.anotherNodePublishes();
          outages.changedOnceCommitted();
        });
    assertThat(shown()).hasSize(1);
    published.anotherNodePublishes();
    outages.changedOnceCommitted();
    assertThat(shown()).hasSize(2);
  }

  @Test
  @DisplayName("别的节点的变化，两秒内看得到；此前不再读库")
  void anotherNode() {
    String number = published.publish();
    assertThat(page()).contains("管网改造");
    published.anotherNodeWrites(number, "reason", "更换阀门");
    desk.pass(Duration.ofMillis(1999));
    assertThat(page()).contains("管网改造");
    desk.pass(Duration.ofMillis(1));
    assertThat(page()).contains("更换阀门").doesNotContain("管网改造");
  }

  @Test
  @DisplayName("许多人同时看，都看到刚发布的")
  void crowd() throws Exception {
    assertThat(shown()).isEmpty();
    published.publish();
    ExecutorService people = Executors.newFixedThreadPool(16);
    try {
      List<Future<List<String>>> seen = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        seen.add(people.submit(this::shown));
      }
      for (Future<List<String>> each : seen) {
        assertThat(each.get()).hasSize(1);
      }
    } finally {
      people.shutdownNow();
    }
  }

  @Test
  @DisplayName("一个人在读库时，别人看到原来的，不一起去读；数据库断了，一分钟内还看得到")
  void oneReads() throws Exception {
    published.publish();
    Database database = new Database(source);
    PublicOutages board = new PublicOutages(JdbcClient.create(database), clock, organisation);
    assertThat(board.board().outages()).hasSize(1);
    published.publish();
    desk.pass(Duration.ofSeconds(2));
    database.slow = new CountDownLatch(1);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> reads = reader.submit(() -> board.board().outages().size());
      assertThat(database.asked.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
      assertThat(board.board().outages()).hasSize(1);
      assertThat(database.asked.availablePermits()).isZero();
      database.slow.countDown();
      assertThat(reads.get()).isEqualTo(2);
    } finally {
      reader.shutdownNow();
    }
    database.down = true;
    desk.pass(Duration.ofSeconds(60));
    assertThat(board.board().outages()).hasSize(2);
    desk.pass(Duration.ofSeconds(1));
    assertThatThrownBy(board::board).isInstanceOf(DataAccessException.class);
    database.down = false;
    assertThat(board.board().outages()).hasSize(2);
  }

  /** The database, which may be slow or down. */
  private static final class Database extends DelegatingDataSource {
    private final Semaphore asked = new Semaphore(0);
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private volatile boolean down;

    Database(DataSource source) {
      super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
      asked.release();
      try {
        slow.await();
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
      if (down) {
        throw new SQLTransientConnectionException("down");
      }
      return super.getConnection();
    }
  }

  @Test
  @DisplayName("查询走结束时间的索引，不随历史变慢")
  void index() {
    // a plan reads differently on each database
    assumeTrue(!"mariadb".equals(System.getProperty("database")));
    assertThat(
            desk.tables()
                .sql("EXPLAIN " + PublicOutages.PUBLISHED)
                .param("since", "2026-11-26 00:00:00")
                .query(String.class)
                .single()
                .toLowerCase(Locale.ROOT))
        .containsPattern("(?s)outage_by_end.*union all.*outage_by_end")
        .doesNotContain("tablescan");
  }

  // ---- the door

  @Test
  @DisplayName("安全响应头与其他公开页面一样；HEAD 可用，写入405，不建立会话")
  void headers() {
    for (String path : List.of(PAGE, FEED, PAGE + "?company=nobody")) {
      MockHttpServletResponse answer = open(path, "*/*");
      assertThat(answer.getHeader("Referrer-Policy")).as(path).isNotNull();
      assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.getHeader("Content-Security-Policy"))
          .contains("default-src 'self'", "frame-ancestors 'none'");
      assertThat(answer.getHeader("Set-Cookie")).isNull();
      MockHttpServletResponse head = ask(MockMvcRequestBuilders.head(path));
      assertThat(head.getStatus()).isEqualTo(answer.getStatus());
      assertThat(head.getHeader("ETag")).isEqualTo(answer.getHeader("ETag"));
      assertThat(ask(MockMvcRequestBuilders.post(path)).getStatus()).isEqualTo(405);
    }
    assertThat(text(ask(MockMvcRequestBuilders.get("/index.html")))).contains("href=\"" + PAGE);
  }
}
