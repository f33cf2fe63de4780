package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Cockpit, Admin and Welcome say in Chinese what their scripts have in English only. */
@DisplayName("网页应用里没有留下英文")
class ShippedWordsTest extends Journey {
  @Test
  @DisplayName("流程监控：流程图、作业定义、变量、被调用的流程实例、决策表")
  void cockpit() {
    product.call("yunfu-water", "LEAK", "云城区", "路边水管漏水", Map.of("meterSide", "UPSTREAM"));
    Page page = loggedIn("cockpit");
    goes(page, "cockpit", "processes");
    page.getByText("热线工单", new Page.GetByTextOptions().setExact(true)).last().click();
    assertThat(page.locator("button[title=放大]")).isVisible();
    assertThat(page.locator("button[title='zoom in']")).hasCount(0);
    tab(page, "作业定义");
    assertThat(page.locator("td.type").first()).hasText("定时器（事件子流程）");
    tab(page, "流程实例");
    page.locator("td.instance-id a").first().click();
    tab(page, "变量");
    assertThat(page.locator("thead td.actions")).hasText("操作");

    goes(page, "cockpit", "decisions");
    page.getByText("云浮市自来水 时限", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.locator(".dms-label")).hasText("命中策略：");
    assertThat(page.locator(".clause").first()).hasText("当");
    assertThat(page.locator(".clause").last()).hasText("且");
    assertThat(page.locator("th.annotation")).hasText("批注");
  }

  @Test
  @DisplayName("系统管理：权限用中文；密码、用户 ID 不合要求时说清楚")
  void admin() {
    Page page = loggedIn("admin");
    goes(page, "admin", "authorization?resource=0");
    assertThat(page.locator("td.permissions").first()).hasText("全部");
    assertThat(page.locator("td.permissions").nth(1)).hasText("使用");

    goes(page, "admin", "user-create");
    fills(page, "inputUserId", "a b");
    fills(page, "inputPassword", "Hotline-2026x");
    fills(page, "inputPasswordRepeat", "Hotline-2026x");
    fills(page, "inputFirstname", "三");
    fills(page, "inputLastname", "张");
    page.locator("button[type=submit]").click();
    assertThat(page.locator("[notifications-panel]")).containsText("用户 ID 只能用字母、数字、点和连字符");
  }

  @Test
  @DisplayName("日期选择用中文的月份和星期")
  void datePicker() {
    Page page = loggedIn("cockpit");
    Object words =
        page.evaluate(
            "() => { const formats = angular.element(document.querySelector('[ng-app]') ||"
                + " document.body).injector().get('$locale').DATETIME_FORMATS;"
                + " return [formats.MONTH[0], formats.SHORTDAY[1]]; }");
    assertThat(words).isEqualTo(List.of("1月", "一"));
  }

  @Test
  @DisplayName("打不开的地址：中文的页面")
  void errorPage() {
    Page page = chromium.page();
    page.navigate(product.url("/camunda/app/cockpit/nothing/"));
    assertThat(page.locator("h1")).hasText("页面打不开");
  }

  private static Page loggedIn(String app) {
    Page page = chromium.page();
    // the first call wakes the web app's services; its page would wait seven seconds only
    page.request()
        .get(
            product.url("/camunda/api/" + app + "/plugin/" + app + "Plugins/static/app/plugin.js"),
            RequestOptions.create().setTimeout(Chromium.PATIENCE));
    page.navigate(product.url("/camunda/app/" + app + "/default/"));
    Locator name = page.locator("input[type=text]");
    assertThat(name).isFocused();
    name.fill("admin");
    page.locator("input[type=password]").fill(Product.PASSWORD);
    page.locator("button[type=submit]").click();
    assertThat(page.locator("form[name=signinForm]")).hasCount(0);
    return page;
  }

  private static void goes(Page page, String app, String place) {
    page.navigate(product.url("/camunda/app/" + app + "/default/#/" + place));
  }

  private static void tab(Page page, String name) {
    page.locator("ul.nav-tabs li a")
        .filter(new Locator.FilterOptions().setHasText(name))
        .first()
        .click();
  }

  private static void fills(Page page, String id, String text) {
    page.locator("#" + id).fill(text);
  }
}
