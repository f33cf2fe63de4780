package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import hotline.Actor;
import hotline.NotFound;
import hotline.workorder.CompletionRecorded;
import hotline.workorder.Completions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;

@Scenario
@DisplayName("《工单完成确认单》")
class ConfirmationTest {
  private static final String RARE = "更换𠮷牌阀门1个，垫片2片";

  @Autowired Desk desk;
  @Autowired MockMvc mvc;
  @Autowired ApplicationEventPublisher events;
  @Autowired TransactionTemplate transaction;
  @Autowired Completions completions;

  @BeforeEach
  void mondayMorning() {
    desk.startAt("2026-11-16T09:00:00+08:00");
    desk.drawFellOnPlace(1);
  }

  // ---- the way to a sheet

  private Desk.Order complaint(Object... details) {
    List<Object> all = new ArrayList<>(List.of("/facts/departmentComplainedOf", "engineering"));
    all.addAll(List.of(details));
    return desk.call("COMPLAINT", all.toArray());
  }

  private Desk.Order reported(Desk.Order order, Object... more) {
    order.accepted().contacted();
    List<Object> fields = new ArrayList<>(List.of("outcome", "DONE", "result", "已修复，水压正常"));
    fields.addAll(List.of(more));
    return order.does(order.department(), "report-work", fields.toArray());
  }

  private Desk.Order closed(Object... details) {
    Desk.Order order = reported(complaint(details), "parts", RARE, "cost", 88.5);
    order.satisfiedByPhone();
    assertThat(order.status()).isEqualTo("CLOSED");
    return order;
  }

  private Desk.Order recorded(Desk.Order order) {
    transaction.executeWithoutResult(
        status -> events.publishEvent(new CompletionRecorded(order.number, desk.now())));
    return order;
  }

  private List<String> texts(Desk.Order order) {
    return desk.tables()
        .sql("SELECT body FROM notice WHERE order_number = :n AND purpose = 'CLOSURE'")
        .param("n", order.number)
        .query(String.class)
        .list();
  }

  private int links(Desk.Order order) {
    return desk.tables()
        .sql("SELECT COUNT(*) FROM confirmation WHERE order_number = :n")
        .param("n", order.number)
        .query(Integer.class)
        .single();
  }

  /** The link in the SMS, without the address of this installation. */
  private String link(Desk.Order order) {
    String text = texts(order).get(0);
    return text.substring(text.indexOf("/public/confirmations/"));
  }

  private MockHttpServletResponse ask(MockHttpServletRequestBuilder request) {
    try {
      return mvc.perform(request).andReturn().getResponse();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private MockHttpServletResponse open(String path) {
    return ask(MockMvcRequestBuilders.get(URI.create(path)));
  }

  private MockHttpServletResponse asks(String person, Desk.Order order) {
    return ask(
        MockMvcRequestBuilders.get("/api/work-orders/" + order.number + "/confirmation.pdf")
            .with(httpBasic("yunfu-water." + person, "Hotline-2026")));
  }

  private static String html(MockHttpServletResponse answer) {
    return new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  /** The words of the PDF without any space or line break. */
  private static String words(MockHttpServletResponse answer) throws IOException {
    try (PDDocument pdf = Loader.loadPDF(answer.getContentAsByteArray())) {
      return new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
    }
  }

  // ---- the link

  @Test
  @DisplayName("WX-1.4d 第一部分（四）4：回填后短信发给客户，只写公司、工单编号和链接")
  void smsWithTheLink() {
    Desk.Order order = recorded(closed());
    assertThat(order.notices("CLOSURE")).containsExactly("SMS PENDING");
    assertThat(texts(order).get(0))
        .matches(
            "【云浮市自来水】工单"
                + order.number
                + "已办结，《工单完成确认单》请查看（2027年2月14日前有效）："
                + "http://localhost:8080/public/confirmations/[A-Za-z0-9_-]{24}")
        .doesNotContain("张三", "13800000000", "世纪大道");
  }

  @Test
  @DisplayName("WX-1.4d：重复回填，链接不变，短信不再发")
  void repeatedStep() {
    Desk.Order order = recorded(closed());
    String link = link(order);
    desk.pass(Duration.ofHours(1));
    recorded(order);
    assertThat(texts(order)).hasSize(1);
    assertThat(links(order)).isEqualTo(1);
    assertThat(open(link).getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @DisplayName("固定电话和短号收不到短信：不发，单位仍可打印")
  @ValueSource(strings = {"0766-8812345", "12345"})
  void landline(String phone) {
    Desk.Order order = recorded(closed("/caller/phone", phone));
    assertThat(order.notices("CLOSURE")).isEmpty();
    assertThat(links(order)).isEqualTo(1);
    assertThat(asks("agent", order).getStatus()).isEqualTo(200);
  }

  @Test
  @DisplayName("回填没有成功的，链接和短信也没有")
  void togetherOrNotAtAll() {
    Desk.Order order = closed();
    transaction.executeWithoutResult(
        status -> {
          events.publishEvent(new CompletionRecorded(order.number, desk.now()));
          status.setRollbackOnly();
        });
    assertThat(links(order)).isZero();
    assertThat(order.notices("CLOSURE")).isEmpty();
  }

  @Test
  @DisplayName("每张工单的链接都不同")
  void linksDiffer() {
    Set<String> links = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      links.add(link(recorded(closed())));
    }
    assertThat(links).hasSize(5);
  }

  // ---- what the customer reads

  @Test
  @DisplayName("WX-1.4d：维修措施、更换部件、费用、时限和评价都在网页上；姓名、电话、门牌和反映内容不在")
  void pageForThePhone() {
    Desk.Order order =
        reported(
            complaint("/caller/address", "云城区世纪大道12号3栋501室"),
            "measures",
            "拆换阀门后试压；用户电话13911112222",
            "parts",
            RARE,
            "cost",
            88.5);
    order.satisfiedByPhone();
    String page = html(open(link(recorded(order))));
    assertThat(page)
        .contains(
            "云浮市自来水",
            "<h1>工单完成确认单</h1>",
            order.number,
            "出具日期：2026年11月16日",
            "投诉",
            "2026年11月16日 09:00",
            "138****0000",
            "云城区世纪大道***",
            "已修复，水压正常",
            "拆换阀门后试压；用户电话139****2222",
            RARE,
            "88.50 元",
            "处理完成 <b>按时</b> <span>2026年11月16日 09:00</span>",
            "满意",
            "952525",
            "备注",
            "下载 PDF",
            "2027年2月14日前有效")
        .doesNotContain("张三", "13800000000", "13911112222", "12号", "门口水管漏水", "{{")
        // the address of the page may hold these digits by chance
        .doesNotContainPattern("(?<![0-9A-Za-z_-])501(?![0-9A-Za-z_-])");
  }

  @Test
  @DisplayName("网页不存、不外传、不被收录，也不执行任何脚本")
  void headers() {
    Desk.Order order = recorded(closed());
    for (String path : List.of(link(order), link(order) + ".pdf", "/public/confirmations/none")) {
      MockHttpServletResponse answer = open(path);
      assertThat(answer.getHeader("Cache-Control")).as(path).isEqualTo("no-store");
      assertThat(answer.getHeader("Referrer-Policy")).as(path).isEqualTo("no-referrer");
      assertThat(answer.getHeader("X-Robots-Tag")).as(path).isEqualTo("noindex");
      assertThat(answer.getHeader("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.getHeader("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'self'", "frame-ancestors 'none'");
      assertThat(answer.getHeader("Set-Cookie")).as(path).isNull();
    }
    assertThat(open(link(order)).getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(html(open(link(order)))).doesNotContain("<script");
  }

  @Test
  @DisplayName("职员填写的文字原样显示，不当作网页或模板")
  void textIsText() throws IOException {
    Desk.Order order =
        reported(
            complaint(),
            "measures",
            "<script>alert(1)</script> & \"{{number}}\" $1 \\ \uFFFF",
            "parts",
            "第一行\n第二行");
    order.satisfiedByPhone();
    String link = link(recorded(order));
    assertThat(html(open(link)))
        .contains(
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;{{number}}&quot; $1 \\ \uFFFD",
            "第一行\n第二行")
        .doesNotContain("<script");
    assertThat(words(open(link + ".pdf"))).contains("<script>alert(1)</script>&\"{{number}}\"$1\\");
  }

  @Test
  @DisplayName("WX-1.4d：PDF 里是中文，不是方块；字体只嵌入用到的字；罕用字𠮷以〓代替")
  void pdf() throws IOException {
    Desk.Order order = recorded(closed());
    MockHttpServletResponse answer = open(link(order) + ".pdf");
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getContentType()).startsWith("application/pdf");
    assertThat(answer.getHeader("Content-Disposition"))
        .startsWith("attachment;")
        .contains(order.number + ".pdf");
    assertThat(words(answer))
        .contains(
            "云浮市自来水",
            "工单完成确认单",
            "工单编号：" + order.number,
            "138****0000",
            "云城区世纪大道***",
            "已修复，水压正常",
            "更换〓牌阀门1个，垫片2片",
            "88.50元",
            "按时",
            "满意",
            "服务热线952525",
            "承办单位（盖章）：",
            "用户签字：")
        .doesNotContain("下载", "#", "张三", "13800000000");
    try (PDDocument pdf = Loader.loadPDF(answer.getContentAsByteArray())) {
      assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      for (PDPage page : pdf.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          PDFont font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).matches("[A-Z]{6}\\+.*");
        }
      }
    }
    assertThat(answer.getContentAsByteArray().length).isLessThan(200_000);
  }

  @Test
  @DisplayName("写得很长也不丢字，续页")
  void longText() throws IOException {
    String measures = "清水池放空后更换进水管并冲洗消毒。".repeat(110) + "末句";
    Desk.Order order = reported(complaint(), "measures", measures);
    order.satisfiedByPhone();
    MockHttpServletResponse answer = open(link(recorded(order)) + ".pdf");
    assertThat(words(answer)).contains("末句", "用户签字");
    try (PDDocument pdf = Loader.loadPDF(answer.getContentAsByteArray())) {
      assertThat(pdf.getNumberOfPages()).isGreaterThan(1);
    }
  }

  @Test
  @DisplayName("重办的工单：每一轮的时限都在，超期照实写")
  void everyRound() {
    Desk.Order order = complaint();
    order.accepted().contacted();
    desk.pass(Duration.ofDays(10));
    order.reported().dissatisfiedByPhone().reworkOrdered();
    order.handled().satisfiedByPhone();
    assertThat(html(open(link(recorded(order)))))
        .contains(
            "<p>处理完成 <b class=\"late\">超期</b> <span>2026年11月26日 09:00</span>",
            "<p>第2轮处理完成 <b>按时</b> <span>2026年11月26日 09:00</span>");
  }

  @Test
  @DisplayName("当场答复的工单：答复即处理结果，没有时限行，没问满意度就没有评价")
  void answeredAtOnce() {
    Desk.Order order = desk.call("ADVICE", "/answer", "营业厅周末9点至17点营业");
    assertThat(order.status()).isEqualTo("ANSWERED");
    assertThat(html(open(link(recorded(order)))))
        .contains("营业厅周末9点至17点营业")
        .doesNotContain("办理时限", "回访评价");
  }

  // ---- who finds nothing

  @Test
  @DisplayName("一张工单的链接看不到另一张工单")
  void onlyThisOrder() throws IOException {
    Desk.Order one = recorded(closed());
    Desk.Order other =
        recorded(closed("/caller/phone", "13911112222", "/caller/address", "云安区解放路8号"));
    assertThat(html(open(link(one))))
        .contains(one.number)
        .doesNotContain(other.number, "139****2222", "解放路");
    assertThat(words(open(link(one) + ".pdf")))
        .contains(one.number)
        .doesNotContain(other.number, "139****2222", "解放路");
    assertThat(html(open(link(other)))).contains(other.number, "139****2222", "云安区解放路***");
  }

  @Test
  @DisplayName("改过的、残缺的、没有发过的链接：都是同一张404页面，用中文说明")
  void wrongLinks() {
    Desk.Order order = recorded(closed());
    String link = link(order);
    char last = link.charAt(link.length() - 1);
    String none = html(open("/public/confirmations/AAAAAAAAAAAAAAAAAAAAAAAA"));
    assertThat(none).contains("没有找到这张确认单", "云浮市自来水 952525").doesNotContain(order.number);
    for (String wrong :
        List.of(
            link.substring(0, link.length() - 1) + (last == 'A' ? 'B' : 'A'),
            link.substring(0, link.length() - 1),
            link + "A",
            link + "%20",
            link + "/",
            link + "/a",
            "/public/confirmations/",
            "/public/confirmations",
            link + "%C2%A0",
            "/public/confirmations/" + order.number,
            "/public/confirmations/%E7%A1%AE%E8%AE%A4",
            "/public/confirmations/'%20OR%20'1'='1",
            "/public/confirmations/" + "A".repeat(5000))) {
      for (String path : wrong.endsWith("s") ? List.of(wrong) : List.of(wrong, wrong + ".pdf")) {
        MockHttpServletResponse answer = open(path);
        assertThat(answer.getStatus()).as(path).isEqualTo(404);
        assertThat(html(answer)).as(path).isEqualTo(none);
      }
    }
  }

  @Test
  @DisplayName("链接90天有效：最后一毫秒还在，到期与没有发过一样")
  void expiry() {
    Desk.Order order = recorded(closed());
    String link = link(order);
    Instant end = desk.now().plus(Duration.ofDays(90));
    desk.itIs(end.minusMillis(1));
    assertThat(open(link).getStatus()).isEqualTo(200);
    desk.itIs(end);
    assertThat(open(link).getStatus()).isEqualTo(404);
    assertThat(open(link + ".pdf").getStatus()).isEqualTo(404);
    assertThat(html(open(link)))
        .isEqualTo(html(open("/public/confirmations/AAAAAAAAAAAAAAAAAAAAAAAA")));
    assertThat(asks("agent", order).getStatus()).isEqualTo(200);
  }

  // ---- the staff

  @ParameterizedTest
  @DisplayName("YF-12、RQ-13：看得到客户的人才能打印，被投诉部门不能")
  @CsvSource({
    "agent,200",
    "dispatcher,200",
    "shift-supervisor,200",
    "service-manager,200",
    "engineering,404",
    "engineering-leader,404",
    "administration,200",
    "business,404",
    "production-leader,404",
    "manager,404",
    "designer,404"
  })
  void staff(String person, int status) throws IOException {
    Desk.Order order = closed();
    MockHttpServletResponse answer = asks(person, order);
    assertThat(answer.getStatus()).isEqualTo(status);
    if (status == 200) {
      assertThat(words(answer)).contains(order.number, "回填完成后出具", "138****0000");
    }
  }

  @Test
  @DisplayName("别家公司的人、没有登录的人、不存在的工单")
  void strangers() {
    Desk.Order order = closed();
    assertThatThrownBy(
            () -> completions.of(order.number, new Actor("gas.agent", Set.of("gas.agent"))))
        .isInstanceOf(NotFound.class);
    assertThat(open("/api/work-orders/" + order.number + "/confirmation.pdf").getStatus())
        .isEqualTo(401);
    assertThat(
            desk.get("/api/work-orders/YF19990101-0001/confirmation.pdf", "yunfu-water.agent")
                .status())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("未办结、已撤单的工单没有确认单：409，一句话说明")
  void notClosed() {
    Desk.Order order = complaint();
    String path = "/api/work-orders/" + order.number + "/confirmation.pdf";
    Desk.Answer open = desk.get(path, "yunfu-water.agent");
    assertThat(open.status()).isEqualTo(409);
    assertThat(open.detail()).isEqualTo("工单" + order.number + "当前为“已派单”，办结后才有《工单完成确认单》");
    order.withdrawn();
    Desk.Answer withdrawn = desk.get(path, "yunfu-water.agent");
    assertThat(withdrawn.status()).isEqualTo(409);
    assertThat(withdrawn.detail()).isEqualTo("工单" + order.number + "已由客户撤回，没有《工单完成确认单》");
  }
}
