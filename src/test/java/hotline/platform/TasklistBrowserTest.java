package hotline.platform;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import hotline.browser.Chromium;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@DisplayName("浏览器里看到的")
@EnabledIfSystemProperty(named = "browser", matches = "true")
class TasklistBrowserTest {
  @Test
  @DisplayName("接口文档页登录后列出接口")
  void documentation() {
    try (WebProbe web = WebProbe.start();
        Playwright playwright = Playwright.create();
        Browser browser = chromium(playwright)) {
      Page page =
          browser
              .newContext(
                  new Browser.NewContextOptions()
                      .setHttpCredentials(WebProbe.AGENT, WebProbe.PASSWORD))
              .newPage();
      page.navigate("http://localhost:" + web.context.getWebServer().getPort() + "/api/docs");
      assertThat(page.getByText("/api/probe/me").first()).isVisible();
    }
  }

  private static Browser chromium(Playwright playwright) {
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(Chromium.executable())
                .setArgs(List.of("--no-sandbox")));
  }

  @Test
  @DisplayName("表单显示我们表里的内容；被拒绝、已由他人办理时，人只读到我们的一句话")
  void speaksOurLanguage() {
    try (WebProbe web = WebProbe.start();
        Playwright playwright = Playwright.create();
        Browser browser = chromium(playwright)) {
      String task = web.openTask();
      web.engine.getTaskService().claim(task, WebProbe.AGENT);
      Page page = browser.newPage();
      page.navigate(
          "http://localhost:"
              + web.context.getWebServer().getPort()
              + "/camunda/app/tasklist/default/#/?forceDisplayTask=true&task="
              + task);
      page.locator("input[type=text]").first().fill(WebProbe.AGENT);
      page.locator("input[type=password]").fill(WebProbe.PASSWORD);
      page.locator("button[type=submit]").click();

      Locator caller = page.getByLabel("来电人");
      assertThat(caller).hasValue("张三 𠮷");
      assertThat(page.getByLabel("紧急")).isChecked();
      assertThat(page.locator(".fjs-table")).containsText("派单");

      Locator complete = page.locator("[cam-tasklist-form] button.btn-primary");
      Locator notice = page.locator("[notifications-panel]");
      complete.click();
      assertThat(notice).containsText("请填写处理结果（result）");
      assertThat(notice).not().containsText("ENGINE");

      // the notice lies over the button until it is closed
      notice.locator("button.close:visible").click();
      page.getByLabel("处理结果").fill("已修好");
      web.engine.getTaskService().complete(task, Map.of("result", "x"));
      complete.click();
      assertThat(notice).containsText("该任务已由 工程公司 值班员 于 15:04 办理");
      assertThat(page.getByLabel("处理结果")).hasValue("已修好");
    }
  }
}
