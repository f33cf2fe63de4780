package hotline.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Where the call came through TLS, every cookie goes back through TLS only: the web apps' own one
 * against other websites, too, which otherwise wants a setting of its own.
 */
final class SecureCookies extends OncePerRequestFilter {
  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, request.isSecure() ? new Marked(response) : response);
  }

  private static final class Marked extends HttpServletResponseWrapper {
    Marked(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      super.addHeader(name, marked(name, value));
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name, marked(name, value));
    }

    private static String marked(String name, String value) {
      return name.equalsIgnoreCase(HttpHeaders.SET_COOKIE)
              && !value.toLowerCase(Locale.ROOT).matches(".*;\\s*secure\\s*(;.*)?")
          ? value + "; Secure"
          : value;
    }
  }
}
