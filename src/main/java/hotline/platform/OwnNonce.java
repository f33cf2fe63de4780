package hotline.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives each start page of the web apps the nonce of its own answer. The web apps keep one nonce
 * for the whole server, so that two pages loaded at the same moment get each other's, and the
 * browser, which then runs none of their scripts, shows them blank.
 */
final class OwnNonce extends OncePerRequestFilter {
  private static final Pattern ALLOWED = Pattern.compile("'nonce-([A-Za-z0-9+/=_-]+)'");
  private static final Pattern IN_PAGE = Pattern.compile("\\bnonce=\"[^\"]*\"");

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = WebPaths.decoded(request);
    String last = path.substring(path.lastIndexOf('/') + 1);
    return !request.getMethod().equals("GET") || last.contains(".") && !last.equals("index.html");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, page);
    String policy = page.getHeader("Content-Security-Policy");
    String type = page.getContentType();
    if (policy != null && type != null && type.startsWith("text/html")) {
      Matcher nonce = ALLOWED.matcher(policy);
      if (nonce.find()) {
        String text = new String(page.getContentAsByteArray(), StandardCharsets.UTF_8);
        String own = Matcher.quoteReplacement("nonce=\"" + nonce.group(1) + "\"");
        page.resetBuffer();
        page.getOutputStream()
            .write(IN_PAGE.matcher(text).replaceAll(own).getBytes(StandardCharsets.UTF_8));
      }
    }
    page.copyBodyToResponse();
  }
}
