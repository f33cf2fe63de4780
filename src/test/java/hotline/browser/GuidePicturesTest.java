package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the pictures of docs/desk.zh.md and docs/operators.zh.md anew, from the sample day: {@code
 * mvn test -Dtest=GuidePicturesTest -Dpictures=true}.
 */
@EnabledIfSystemProperty(named = "pictures", matches = "true")
@DisplayName("手册里的画面")
class GuidePicturesTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String ENGINEERING = "yunfu-water.engineering";

  private static Chromium chromium;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    product = Product.start(true);
  }

  @AfterAll
  static void stop() {
    if (product != null) {
      product.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void closePages(TestInfo test) {
    chromium.closePages(test.getTestMethod().orElseThrow().getName());
  }

  @Test
  @DisplayName("登录、列表和筛选器")
  void listsAndLogin() {
    Page login = chromium.page();
    login.setViewportSize(900, 600);
    login.navigate(product.url("/camunda/app/tasklist/default/"));
    assertThat(login.locator("input[type=text]")).isFocused();
    whole(login, "login");
    login.context().close();

    Seat engineering = sits(ENGINEERING);
    engineering.opensTask("接单 · 停水");
    Page page = engineering.page;
    mark(page.locator(".task-filter.active"), "1");
    mark(page.locator("ol.tasks-list li").first(), "2");
    mark(page.locator("h2.task"), "3");
    mark(page.locator("button.claim"), "4");
    mark(page.getByText("发起流程").first(), "5");
    whole(page, "list");
    engineering.leaves();
  }

  @Test
  @DisplayName("坐席：登记、受理、当场答复")
  void calls() {
    Seat agent = sits(AGENT);
    agent.startsProcess("热线工单");
    agent.fills("联系电话（必填）", "13800001014");
    agent.fills("客户姓名", "钟先生");
    agent.fills("详细地址", "云城区牧羊路20号");
    agent.fills("反映内容（必填）", "家里突然没水了，邻居有水");
    shot(agent.page, "call", agent.page.locator(".modal-content"));
    agent.page.keyboard().press("Escape");
    agent.opensTask("受理来电");
    tall(agent);
    agent.claims();
    agent.chooses("类别（必填）", "停水");
    agent.fills("什么时候开始", "今早7点起");
    agent.fills("影响范围", "只有一户");
    agent.ticks("转承办部门办理");
    shot(agent.page, "intake", group(agent, "来电（请核对）"), group(agent, "办理"));
    agent.ticks("已当场答复，办结");
    agent.fills("答复内容（当场答复时必填，按公告答复的可不填）", "已告知检查表后阀门，客户打开后恢复供水");
    shot(agent.page, "answer", group(agent, "办理"));
    agent.leaves();

    Seat again = sits(AGENT);
    again.looksUp("云城区");
    again
        .page
        .locator(".orders-line")
        .filter(new Locator.FilterOptions().setHasText("已派单"))
        .first()
        .click();
    assertThat(again.reading("现在等谁办")).isVisible();
    shot(again.page, "look-up", again.page.locator("dialog.orders"));
    again.lookedUp().getByText("催办", new Locator.GetByTextOptions().setExact(true)).click();
    again.lookedUp().locator("textarea").fill("客户说已经等了两个小时");
    shot(
        again.page,
        "urge",
        again.lookedUp().locator("h3"),
        again.lookedUp().locator(".orders-acts"),
        again.lookedUp().locator(".orders-act"));
    again.leaves();

    Seat dispatcher = sits("yunfu-water.dispatcher");
    dispatcher.opensTask("在GIS系统派单 · 爆管");
    tall(dispatcher);
    shot(dispatcher.page, "gis", dispatcher.page.locator("h2.task"), group(dispatcher, "办理"));
    dispatcher.leaves();

    Seat check = sits("water-repair.dispatcher");
    check.opensTask("核对派单");
    tall(check);
    check.claims();
    check.ticks("派给承办部门");
    shot(check.page, "check", group(check, "工单"), group(check, "更正登记内容（不填＝不改；更正后重新定级、定责、定时限）"));
    check.leaves();
  }

  @Test
  @DisplayName("承办部门：接单、号码、退回被拒、回单、延期、被投诉")
  void departments() {
    Seat engineering = sits(ENGINEERING);
    engineering.opensTask("接单 · 停水");
    tall(engineering);
    engineering.claims();
    engineering.ticks("接单");
    engineering.fills("承办人", "抢修一班 陈工");
    shot(engineering.page, "accept", engineering.page.locator("h2.task"), group(engineering, "办理"));
    engineering.page.getByText("显示号码").click();
    assertThat(engineering.page.locator(".desk-phone")).hasText(Pattern.compile("1\\d{10}.*"));
    shot(engineering.page, "phone", group(engineering, "工单"));
    engineering.page.setViewportSize(1280, 800);
    engineering.ticks("退回（不属于本部门，或信息缺失、有误）");
    engineering.sends();
    engineering.reads("请填写退回原因");
    whole(engineering.page, "refused");
    engineering.closesTheNotice();
    engineering.ticks("接单");
    engineering.completes();
    engineering.leaves();

    Seat repair = sits("water-repair.crew-east");
    repair.opensTask("办理并回单");
    tall(repair);
    repair.claims();
    repair.ticks("已办完");
    shot(repair.page, "report", group(repair, "办理"));
    repair.ticks("不能按时办完，申请延期");
    shot(repair.page, "extension", group(repair, "办理"));
    repair.leaves();

    Seat leader = sits("yunfu-water.business-leader");
    leader.opensTask("审批延期");
    tall(leader);
    shot(leader.page, "decide", leader.page.locator("h2.task"), group(leader, "办理"));
    leader.leaves();

    Seat reviewer = sits("gas.service-manager");
    reviewer.opensTask("审核回复");
    tall(reviewer);
    shot(reviewer.page, "review", reviewer.page.locator("h2.task"), group(reviewer, "办理"));
    reviewer.leaves();
  }

  @Test
  @DisplayName("回访、跟进不满意、被投诉的部门、别人先办了、登录过期")
  void afterwards() {
    String number =
        product.call(
            "yunfu-water",
            "COMPLAINT",
            "yuncheng",
            "投诉上门维修人员迟到两小时，李建国 13800001001",
            Map.of("departmentComplainedOf", "engineering"));
    Seat complained = sits(ENGINEERING);
    complained.opensTask("接单", number);
    tall(complained);
    shot(complained.page, "complaint", group(complained, "工单"));
    complained.leaves();
    product.does(ENGINEERING, number, "accept", Map.of("outcome", "ACCEPT"));
    product.does(ENGINEERING, number, "contact-customer", Map.of("note", "已请呼叫中心转达"));
    product.does(
        ENGINEERING, number, "report-work", Map.of("outcome", "DONE", "result", "已核实并当面致歉"));

    Seat agent = sits(AGENT);
    agent.opensTask("电话回访", number);
    tall(agent);
    agent.claims();
    agent.ticks("已接通");
    agent.ticks("已解决");
    agent.chooses("客户是否满意（接通时必填）", "满意");
    shot(agent.page, "callback", group(agent, "工单"), group(agent, "办理"));
    agent.page.setViewportSize(1280, 800);
    agent.page.context().clearCookies();
    agent.sends();
    assertThat(agent.page.locator("input[type=password]")).isVisible();
    whole(agent.page, "expired");
    agent.leaves();

    Seat follower = sits(AGENT);
    follower.opensTask("跟进不满意");
    tall(follower);
    shot(follower.page, "follow-up", follower.page.locator("h2.task"), group(follower, "办理"));
    follower.leaves();

    Seat late = sits("yunfu-water.dispatcher");
    String burst = late.opensTask("电话通知承办部门 · 爆管");
    // the screen stands still while a colleague does the task
    late.page.route("**/filter/**", route -> {});
    product.does("yunfu-water.dispatcher", burst, "notify-by-phone", Map.of("reachedPerson", "李强"));
    late.page.locator("button.claim").click();
    late.reads("请刷新列表");
    whole(late.page, "late");
    late.leaves();
  }

  @Test
  @DisplayName("系统管理员：新建用户")
  void people() {
    Page page = chromium.page();
    page.setViewportSize(1280, 640);
    page.navigate(product.url("/camunda/app/admin/default/#/user-create"));
    assertThat(page.locator("input[type=text]")).isFocused();
    page.locator("input[type=text]").fill("admin");
    page.locator("input[type=password]").fill(Product.PASSWORD);
    page.locator("button[type=submit]").click();
    page.locator("#inputUserId").fill("zhang.san");
    page.locator("#inputPassword").fill("Yewu-2026-abc");
    page.locator("#inputPasswordRepeat").fill("Yewu-2026-abc");
    page.locator("#inputFirstname").fill("三");
    page.locator("#inputLastname").fill("张");
    page.locator("#inputEmail").fill("zhang.san@example.com");
    whole(page, "user");
  }

  private static Seat sits(String person) {
    Seat seat = Seat.of(chromium, product, person);
    seat.page.setViewportSize(1280, 800);
    return seat;
  }

  private static Locator group(Seat seat, String label) {
    return seat.page
        .locator(".fjs-container .fjs-form-field-group")
        .filter(
            new Locator.FilterOptions()
                .setHas(seat.page.locator("> label", new Page.LocatorOptions().setHasText(label))));
  }

  /** So that the whole form stands on the screen. */
  private static void tall(Seat seat) {
    seat.page.setViewportSize(1280, 2600);
  }

  private static void mark(Locator place, String sign) {
    place.evaluate(
        "(place, sign) => {"
            + "const box = place.getBoundingClientRect(), mark = document.createElement('b');"
            + "mark.textContent = sign;"
            + "mark.style.cssText = `position:fixed;left:${box.width > 150 ? box.right - 30 : box.left - 28}px;top:${box.top}px;"
            + "width:24px;height:24px;border-radius:12px;background:#c62828;color:#fff;z-index:9999;"
            + "font:bold 14px/24px sans-serif;text-align:center`;"
            + "document.body.append(mark);}",
        sign);
  }

  private static void whole(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(path(name)));
  }

  /** What lies between the first and the last of these. */
  private static void shot(Page page, String name, Locator... parts) {
    double left = Double.MAX_VALUE, top = Double.MAX_VALUE, right = 0, bottom = 0;
    for (Locator part : parts) {
      BoundingBox box = part.boundingBox();
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.width);
      bottom = Math.max(bottom, box.y + box.height);
    }
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(path(name))
            .setClip(new Clip(left - 8, top - 8, right - left + 16, bottom - top + 16)));
  }

  private static Path path(String name) {
    return Path.of("docs", "images", "guide-" + name + ".png");
  }
}
