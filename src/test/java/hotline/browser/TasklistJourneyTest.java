package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** People do their work in the browser, with nothing but what they see there. */
@DisplayName("在浏览器里办一张工单")
class TasklistJourneyTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String DISPATCHER = "yunfu-water.dispatcher";
  private static final String ENGINEERING = "yunfu-water.engineering";

  private static Chromium chromium;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    product = Product.start();
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
  @DisplayName("投诉：坐席受理，工程公司接单、联系、回单，坐席回访满意，工单办结")
  void complaintFromCallToClosure() {
    Seat agent = Seat.of(chromium, product, AGENT);
    agent.picture("01-坐席的任务列表");
    agent.startsProcess("热线工单");
    agent.fills("联系电话（必填）", "13800002001");
    agent.fills("客户姓名", "周婷");
    agent.fills("详细地址", "云城区河口街道2栋");
    agent.fills("反映内容（必填）", "投诉上门维修人员迟到两小时");
    agent.picture("02-登记来电");
    agent.sendsStart();

    String number = agent.opensTask("受理来电");
    agent.claims();
    assertThat(agent.field("联系电话（必填）")).hasValue("13800002001");
    assertThat(agent.field("反映内容（必填）")).hasValue("投诉上门维修人员迟到两小时");
    assertThat(agent.page.getByText("被投诉的部门")).hasCount(0);
    agent.chooses("类别（必填）", "投诉");
    assertThat(agent.page.getByText("请问客户")).isVisible();
    assertThat(agent.page.getByText("请问您要投诉哪个部门")).isVisible();
    agent.chooses("被投诉的部门", "工程公司");
    agent.ticks("转承办部门办理");
    agent.picture("03-受理来电");
    agent.completes();

    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    engineering.opensTask("接单", number);
    assertThat(engineering.field("客户")).hasValue("周婷  13800002001");
    assertThat(engineering.field("反映内容")).hasValue("投诉上门维修人员迟到两小时");
    assertThat(engineering.field("本步时限")).hasValue(Pattern.compile("前接单（第九条）"));
    engineering.claims();
    engineering.ticks("退回（不属于本部门，或信息缺失、有误）");
    engineering.sends();
    engineering.reads("请填写退回原因");
    engineering.picture("04-退回没有写原因");
    engineering.closesTheNotice();
    assertThat(engineering.field("退回（不属于本部门，或信息缺失、有误）")).isChecked();
    engineering.ticks("接单");
    engineering.fills("承办人", "王师傅");
    engineering.picture("05-接单");
    engineering.completes();

    engineering.opensTask("联系客户", number);
    engineering.claims();
    engineering.fills("联系情况", "已致电道歉，约定下午上门");
    engineering.picture("06-联系客户");
    engineering.completes();

    engineering.opensTask("办理并回单", number);
    engineering.claims();
    engineering.ticks("已办完");
    engineering.fills("维修措施", "当面道歉，重新检修");
    engineering.sends();
    engineering.reads("请填写处理结果");
    engineering.closesTheNotice();
    assertThat(engineering.field("维修措施")).hasValue("当面道歉，重新检修");
    assertThat(product.order(number).path("status").asText()).isEqualTo("IN_PROGRESS");
    engineering.fills("处理结果说明（必填）", "已核实并当面致歉");
    engineering.picture("07-办理并回单");
    engineering.completes();

    agent.opensTask("电话回访", number);
    assertThat(agent.field("承办部门的回单")).hasValue(Pattern.compile("已核实并当面致歉"));
    agent.claims();
    agent.ticks("已接通");
    agent.ticks("已解决");
    agent.chooses("客户是否满意（接通时必填）", "满意");
    agent.picture("08-电话回访");
    agent.completes();

    assertThat(product.order(number).path("status").asText()).isEqualTo("CLOSED");
    assertThat(product.order(number).path("department").path("code").asText())
        .isEqualTo("engineering");
    assertThat(product.order(number).path("worker").asText()).isEqualTo("王师傅");
    assertThat(product.record(number))
        .startsWith("登记来电")
        .containsSubsequence("派单", "接单", "联系客户", "回单", "回访", "办结");
    assertThat(product.tasks(number, AGENT)).isEmpty();
    agent.leaves();
    engineering.leaves();
  }

  @Test
  @DisplayName("爆管：领导指示、GIS派单、电话通知、接单各到各人，别的部门看不到；已有人办的，后来的人读到是谁")
  void everybodySeesTheirOwn() {
    String number =
        product.call(
            "BURST",
            "主管爆裂，路面积水，影响交通",
            Map.of("asset", "PIPE", "pipeDiameterMm", 400, "urgent", true));

    Seat dispatcher = Seat.of(chromium, product, DISPATCHER);
    assertThat(dispatcher.task("在GIS系统派单", number)).isVisible();
    // the mail did not get through: somebody must phone
    assertThat(dispatcher.task("电话通知承办部门", number)).isVisible();
    assertThat(dispatcher.tasksOf(number)).hasCount(2);
    dispatcher.picture("11-调度员的任务列表");
    dispatcher.opensTask("电话通知承办部门", number);
    dispatcher.picture("12-电话通知承办部门");

    Seat leader = Seat.of(chromium, product, "yunfu-water.business-leader");
    assertThat(leader.tasksOf(number)).hasCount(1);
    leader.opensTask("下达紧急处置意见", number);
    leader.picture("13-下达紧急处置意见");
    leader.leaves();

    Seat engineering = Seat.of(chromium, product, ENGINEERING);
    assertThat(engineering.tasksOf(number)).hasCount(1);
    assertThat(engineering.task("接单", number)).isVisible();
    engineering.leaves();

    Seat production = Seat.of(chromium, product, "yunfu-water.production");
    for (String list : List.of("本组待办", "我的任务", "本组处理中", "已超期", "一天内到期")) {
      production.opens(list);
      assertThat(production.page.locator("[cam-tasklist-filters] .active")).containsText(list);
      assertThat(production.page.getByText("没有符合条件的任务")).isVisible();
      assertThat(production.tasksOf(number)).hasCount(0);
    }
    assertThat(product.tasks(number, "yunfu-water.production")).isEmpty();
    production.leaves();

    // the dispatcher's screen stands still while a colleague does the task
    dispatcher.page.route("**/filter/**", route -> {});
    product.does(DISPATCHER, number, "notify-by-phone", Map.of("reachedPerson", "李强"));
    dispatcher.page.locator("button.claim").click();
    dispatcher.reads("由 云浮市自来水 调度员 办理，请刷新列表");
    dispatcher.picture("14-已由别人办理");
    dispatcher.leaves();
  }

  @Test
  @DisplayName("首页和各应用的登录页是中文，只用键盘也到得了")
  void chineseFromTheFirstPage() {
    Page page = chromium.page();
    page.navigate(product.url("/"));
    assertThat(page).hasTitle("热线工单");
    picture(page, "21-首页");
    page.keyboard().press("Tab");
    Locator enter = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("进入我的任务"));
    assertThat(enter).isFocused();
    page.keyboard().press("Enter");

    assertThat(page.locator("input[type=password]")).isVisible();
    assertThat(page.locator("input[type=text]")).isFocused();
    // nothing will call the cursor back while the password is typed
    assertThat(page.locator("[autofocus]")).hasCount(0);
    page.keyboard().type(AGENT);
    page.keyboard().press("Tab");
    assertThat(page.locator("input[type=password]")).isFocused();
    page.keyboard().type(Product.PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator(".tasks-list")).isVisible();
    page.keyboard().press("Control+Alt+p");
    assertThat(page.locator(".modal-title")).containsText("发起流程");
    page.context().close();

    for (String app : List.of("tasklist", "cockpit", "admin", "welcome")) {
      Page login = chromium.page();
      login.navigate(product.url("/camunda/app/" + app + "/default/"));
      assertThat(login.locator("input[type=password]")).isVisible();
      assertThat(login.locator("button[type=submit]")).hasText("登录");
      String text = login.locator("body").innerText();
      assertThat(text.replaceAll("Hotline|Cockpit|Camunda Platform|Asia/Shanghai|v7[.0-9]+", ""))
          .as(app)
          .doesNotContainPattern("[A-Za-z]{2,}");
      picture(login, "22-登录-" + app);
      login.context().close();
    }
  }

  private static void picture(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }
}
