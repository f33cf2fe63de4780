package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses, before anything else looks at it, an address that two readers could understand
 * differently: every later check relies on having read what the servlet will read.
 */
final class WebPaths extends OncePerRequestFilter {
  private static final Pattern AMBIGUOUS =
      Pattern.compile(
          "[;\\\\\\x00-\\x20\\x7f]|//|/\\.{1,2}(/|$)|%(2f|5c|3b|2e|25|0|1|7f)",
          Pattern.CASE_INSENSITIVE);

  private final ObjectMapper json;

  WebPaths(ObjectMapper json) {
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (AMBIGUOUS.matcher(request.getRequestURI()).find()) {
      refuse(response, json);
      return;
    }
    chain.doFilter(request, response);
  }

  /** As the servlets read it: decoded, and a slash at the end makes no difference. */
  static String decoded(HttpServletRequest request) {
    String info = request.getPathInfo();
    String path = info == null ? request.getServletPath() : request.getServletPath() + info;
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  static void refuse(HttpServletResponse response, ObjectMapper json) throws IOException {
    response.setHeader("Referrer-Policy", "same-origin");
    ProblemAnswers.write(response, json, HttpStatus.BAD_REQUEST, "地址中含有不允许的字符");
  }
}
