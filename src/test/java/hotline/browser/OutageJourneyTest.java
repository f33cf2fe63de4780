package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An outage from the report to the public page, with nothing but what people see. */
@DisplayName("在浏览器里办一次停水")
class OutageJourneyTest extends Journey {
  private static final String ENGINEERING = "yunfu-water.engineering";
  private static final String BUSINESS = "yunfu-water.business";
  private static final String AGENT = "yunfu-water.agent";

  /** So soon that approval and calls come too late, at whatever hour this runs. */
  private final LocalDateTime start =
      LocalDateTime.now(ZoneId.of("Asia/Shanghai")).plusHours(20).truncatedTo(ChronoUnit.HOURS);

  @Test
  @DisplayName("YF-16b 工程公司报告5001人的计划停水，报批后各部门各见其职，办完，公开页手机上看得到")
  void plannedFromReportToPublicPage() {
    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    engineering.startsProcess("计划停水", "停供报告");
    engineering.chooses("来源（必填）", "管网（施工、抢修）");
    engineering.fillsMoment("开始日期（必填）", start);
    engineering.fillsMoment("预计恢复日期（必填）", start.plusHours(12));
    engineering.fills("停供范围（必填）", "世纪大道1号至120号、世纪花园、金山豪庭");
    engineering.fills("停供原因", "DN400主管接驳施工");
    engineering.picture("61-报告计划停水");
    engineering.sendsStart();

    String number = engineering.opensTask("核定停供范围");
    engineering.claims();
    engineering.picks("区域", "云城区");
    engineering.picks("小区、企业、物业、社区", "世纪花园");
    engineering.picks("小区、企业、物业、社区", "金山豪庭");
    engineering.picks("小区、企业、物业、社区", "翠石名苑");
    assertThat(engineering.page.getByText("按名录合计约 5000 人")).isVisible();
    engineering.fills("影响人数（必填）", "-5");
    engineering.picks("重要用户、用水（气、热）大户", "云浮市第一人民医院");
    engineering.fills("关闭阀门", "F-102 DN300 世纪大道路口");
    engineering.ticks("范围已核定，报告");
    engineering.sends();
    engineering.reads("影响人数（affectedPopulation）应为");
    engineering.closesTheNotice();
    engineering.fills("影响人数（必填）", "5001");
    engineering.sends();
    engineering.reads("电话通知重要用户");
    engineering.reads("24小时");
    engineering.closesTheNotice();
    engineering.ticks("已核对提示，仍按此报告");
    engineering.formPicture("62-核定停供范围");
    engineering.completes();

    Seat business = Seat.of(chromium, product, BUSINESS);
    assertThat(business.tasksOf(number)).hasCount(0);
    assertThat(publicPage().getByText("DN400主管接驳施工")).hasCount(0);

    engineering.takes("向市城市管理监督局报批", number);
    assertThat(engineering.field("停供报告"))
        .hasValue(Pattern.compile("影响人数：5001 人[\\s\\S]*关闭阀门 1 个：F-102 DN300 世纪大道路口"));
    engineering.ticks("已获批准");
    engineering.fills("批准文号或批复情况（批准时必填）", "云城管〔2026〕88号");
    engineering.formPicture("63-报批");
    engineering.completes();

    assertThat(engineering.task("在施工现场张贴停水通知", number)).hasCount(1);
    assertThat(engineering.task("电话通知企业、小区、物业、社区", number)).hasCount(0);
    business.opens("本组待办");
    assertThat(business.task("在微信公众号发布停水信息", number)).hasCount(1);
    assertThat(business.task("电话通知公司分管领导", number)).hasCount(1);
    assertThat(business.task("在施工现场张贴停水通知", number)).hasCount(0);

    business.takes("电话通知企业、小区、物业、社区", number);
    assertThat(business.field("通知名单")).hasValue(Pattern.compile("世纪花园 黄主任 07665550101"));
    business.picks("已通知到", "世纪花园");
    business.picks("未接通", "金山豪庭");
    business.ticks("先记录，继续通知其余单位");
    business.fills("接听人", "黄主任");
    business.formPicture("64-电话通知名单");
    business.completes();

    business.opens("我的任务");
    business.opensTask("电话通知企业、小区、物业、社区", number);
    assertThat(business.field("通知名单")).hasValue(Pattern.compile("已通知  世纪花园"));
    assertThat(business.field("通知名单")).hasValue(Pattern.compile("未通知到  金山豪庭.*已打 1 次"));
    business.picks("已通知到", "金山豪庭");
    business.ticks("已办完");
    business.sends();
    business.reads("还有 1 家未通知到：翠石名苑");
    business.closesTheNotice();
    business.picks("已通知到", "翠石名苑");
    business.completes();

    business.opens("本组待办");
    business.takes("在微信公众号发布停水信息", number);
    business.ticks("已办完");
    business.sends();
    business.reads("请填写办理情况");
    business.closesTheNotice();
    business.fills("办理情况（通知了谁、怎样通知）", "公众号文章0213");
    business.completes();
    assertThat(business.task("在微信公众号发布停水信息", number)).hasCount(0);

    Page page = publicPage();
    assertThat(page.getByText("DN400主管接驳施工")).isVisible();
    assertThat(page.getByText("云城区").first()).isVisible();
    assertThat(page.locator("body")).not().containsText("黄主任");
    assertThat(page.locator("body")).not().containsText("医院");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "65-公开页.png"))
            .setFullPage(true));
    Object wide =
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    assertThat(wide).as("公开页不横向滚动").isEqualTo(true);

    Seat agent = Seat.of(chromium, product, AGENT);
    String order = agent.hears("13800009101", "云城区世纪大道中12号世纪花园3栋501", "云城区", "停水到几点");
    assertThat(agent.field("附近的停供公告")).hasValue(Pattern.compile("地址在停供范围内.*" + number));
    agent.chooses("类别（必填）", "停水");
    agent.ticks("已当场答复，办结");
    Locator offered = agent.unfolds("按停供公告答复");
    assertThat(offered).hasCount(1);
    offered.first().click();
    agent.formPicture("66-按公告答复");
    agent.completes();
    assertThat(product.order(order).path("status").asText()).isEqualTo("ANSWERED");
    assertThat(product.order(order).path("answer").asText()).contains("已公告停水", "预计");
    assertThat(product.outage(number).path("calls").asInt()).isEqualTo(1);

    engineering.takes("跟进停供", number);
    engineering.ticks("取消（还没有开始的）");
    engineering.fills("变更或取消的原因（必填）", "施工单位延误");
    engineering.formPicture("67-取消停供");
    engineering.completes();
    business.opens("本组待办");
    business.page.reload();
    assertThat(business.task("取消再告：在微信公众号发布停水信息", number)).hasCount(1);
    assertThat(business.task("在公司网站发布停水信息", number)).hasCount(0);
    JsonNode outage = product.outage(number);
    assertThat(outage.path("status").asText()).isEqualTo("CANCELLED");
    assertThat(publicPage().getByText("已取消").first()).isVisible();
    List.of(engineering, business, agent).forEach(Seat::leaves);
  }

  /** As somebody sees it on a phone. */
  private static Page publicPage() {
    Page page = chromium.page();
    page.setViewportSize(390, 844);
    page.navigate(product.url("/public/outages?company=yunfu-water"));
    return page;
  }
}
