package hotline.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that a web app asks for without an end, or too long a one, gets the engine's largest. */
final class BoundedQuery extends HttpServletRequestWrapper {
  private static final String LIMIT = "maxResults";
  private static final int LARGEST = 1000;

  private final String query;

  private BoundedQuery(HttpServletRequest request, String query) {
    super(request);
    this.query = query;
  }

  /**
   * The name and the number are read as the engine's REST reads them: decoded, the first counts.
   */
  static HttpServletRequest of(HttpServletRequest request) {
    List<String> bounded = new ArrayList<>();
    String limit = null;
    String query = request.getQueryString();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] both = pair.split("=", 2);
      if (!decoded(both[0]).equals(LIMIT)) {
        bounded.add(pair);
      } else if (limit == null) {
        limit = both.length == 1 ? "" : decoded(both[1]);
      }
    }
    bounded.add(LIMIT + "=" + atMost(limit));
    return new BoundedQuery(request, String.join("&", bounded));
  }

  private static int atMost(@Nullable String limit) {
    return limit != null && limit.matches("\\d{1,4}")
        ? Math.min(Integer.parseInt(limit), LARGEST)
        : LARGEST;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  @Override
  public String getQueryString() {
    return query;
  }
}
