package hotline.platform;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import hotline.browser.Chromium;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("浏览器里看到的")
class TasklistBrowserTest {
  @Test
  @DisplayName("接口文档页登录后列出接口")
  void documentation() {
    try (Chromium chromium = Chromium.open();
        WebProbe web = WebProbe.start()) {
      Page page = chromium.page(WebProbe.AGENT, WebProbe.PASSWORD);
      page.navigate("http://localhost:" + web.context.getWebServer().getPort() + "/api/docs");
      assertThat(page.getByText("/api/probe/me").first()).isVisible();
    }
  }

  @Test
  @DisplayName("表单显示我们表里的内容；被拒绝、已由他人办理时，人只读到我们的一句话")
  void speaksOurLanguage() {
    try (Chromium chromium = Chromium.open();
        WebProbe web = WebProbe.start()) {
      String task = web.openTask();
      web.engine.getTaskService().claim(task, WebProbe.AGENT);
      Page page = chromium.page();
      page.navigate(
          "http://localhost:"
              + web.context.getWebServer().getPort()
              + "/camunda/app/tasklist/default/#/?forceDisplayTask=true&task="
              + task);
      assertThat(page.locator("input[type=text]")).isFocused();
      page.locator("input[type=text]").fill(WebProbe.AGENT);
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
