package hotline.platform;

import hotline.Actor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Log lines of a call say who made it and which order or task it names; only what looks like an
 * identifier is taken over, so that no address and no name can write a line of its own.
 */
final class RequestLog extends OncePerRequestFilter {
  private static final Pattern ORDER =
      Pattern.compile("/api/(?:work-orders|outages)/([A-Z]+-?\\d[A-Z0-9-]{4,30})(?:/.*)?");
  private static final Pattern TASK =
      Pattern.compile("(?:/api/tasks|/camunda/api/engine/engine/[a-z]+/task)/([\\w|.-]{1,64})/.*");
  private static final Pattern LOGIN = Pattern.compile("[a-zA-Z0-9.-]{1,64}");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = WebPaths.decoded(request);
    put(LogContext.REQUEST, UUID.randomUUID().toString().substring(0, 8));
    put(LogContext.ORDER, part(ORDER, path));
    put(LogContext.TASK, part(TASK, path));
    put(LogContext.USER, user(request));
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.clear();
    }
  }

  private static void put(String key, @Nullable String value) {
    if (value != null) {
      MDC.put(key, value);
    }
  }

  private static @Nullable String part(Pattern address, String path) {
    Matcher found = address.matcher(path);
    return found.matches() ? found.group(1) : null;
  }

  private static @Nullable String user(HttpServletRequest request) {
    Authentication login = SecurityContextHolder.getContext().getAuthentication();
    String name =
        login != null && login.getPrincipal() instanceof Actor actor
            ? actor.id()
            : TasklistBridge.login(request);
    return name != null && LOGIN.matcher(name).matches() ? name : null;
  }
}
