package hotline.platform;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * The security headers of every answer, also of those that never come to Spring Security: an
 * address that is refused before it, or that the server itself cannot read.
 */
final class HeadersOfEveryAnswer extends ValveBase {
  HeadersOfEveryAnswer() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
    }
    // pages may have a stricter one of their own; this answer has failed already
    if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
      response.setHeader("Referrer-Policy", "same-origin");
    }
    getNext().invoke(request, response);
  }
}
