package hotline.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser of this machine, set up as on a desk in 云浮. */
public final class Chromium implements AutoCloseable {
  /** The build machine has two cores, and the product shares them with the browser. */
  static final int PATIENCE = 60_000;

  private final Playwright playwright;
  private final Browser browser;
  private int pictures;

  private Chromium(Playwright playwright, Path executable) {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"))
                    .setTimeout(PATIENCE));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  /** Left out with {@code -Dbrowser=false}; else a missing browser is a failure, not a skip. */
  public static Chromium open() {
    assumeFalse("false".equals(System.getProperty("browser")), "-Dbrowser=false");
    Path executable = executable();
    return new Chromium(
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))),
        executable);
  }

  /** The browser that is installed; without one the test fails with what to do. */
  private static Path executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> fail("浏览器测试需要 Chromium：请运行 apt-get install chromium，或用 -Dbrowser=false 跳过"));
  }

  /** A fresh browser window: nobody is logged in. */
  public Page page() {
    return page(new Browser.NewContextOptions());
  }

  /** A fresh window that answers with this when it is asked who is there. */
  public Page page(String user, String password) {
    return page(new Browser.NewContextOptions().setHttpCredentials(user, password));
  }

  private Page page(Browser.NewContextOptions options) {
    Page page =
        browser
            .newContext(
                options
                    .setLocale("zh-CN")
                    .setTimezoneId("Asia/Shanghai")
                    .setViewportSize(1400, 900))
            .newPage();
    page.setDefaultTimeout(PATIENCE);
    return page;
  }

  /** Closes what a test has left open; where it failed, a picture shows how far it came. */
  void closePages(String name) {
    for (BrowserContext context : List.copyOf(browser.contexts())) {
      for (Page page : context.pages()) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        "target", "screenshots", "failed-" + name + "-" + ++pictures + ".png")));
      }
      context.close();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
