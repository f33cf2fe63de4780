package hotline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** A page of the product to read and to print: one style, no scripts, nothing from elsewhere. */
public final class HtmlPage {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
  private static final String OWN_STYLE_ONLY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";
  private static final String CSS = css();

  private HtmlPage() {}

  /**
   * The whole page.
   *
   * @param main its content, already HTML
   */
  public static String of(String title, String promise, CharSequence main) {
    return """
    <!DOCTYPE html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    %2$s</style>
    </head>
    <body>
    <header><h1>%1$s</h1><p>%3$s</p></header>
    <main>
    %4$s</main>
    </body>
    </html>
    """
        .formatted(escaped(title), CSS, escaped(promise), main);
  }

  /** The page as the answer to a browser, which may run nothing on it. */
  public static ResponseEntity<String> answer(HttpStatus status, String page) {
    return ResponseEntity.status(status)
        .contentType(HTML)
        .header("Content-Security-Policy", OWN_STYLE_ONLY)
        .body(page);
  }

  public static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }

  private static String css() {
    try {
      return new ClassPathResource("page.css").getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
