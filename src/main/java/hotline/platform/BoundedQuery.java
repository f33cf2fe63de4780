package hotline.platform;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list that a web app asks for without an end, or too long a one, gets the engine's largest. */
final class BoundedQuery extends HttpServletRequestWrapper {
  private static final int LARGEST = 1000;
  private static final Pattern ASKED = Pattern.compile("(^|&)maxResults=(\\d{1,9})(?=&|$)");

  private final String query;

  private BoundedQuery(HttpServletRequest request, String query) {
    super(request);
    this.query = query;
  }

  static HttpServletRequest of(HttpServletRequest request) {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    Matcher asked = ASKED.matcher(query);
    if (!asked.find()) {
      return new BoundedQuery(
          request, query + (query.isEmpty() ? "" : "&") + "maxResults=" + LARGEST);
    }
    return Integer.parseInt(asked.group(2)) <= LARGEST
        ? request
        : new BoundedQuery(request, asked.replaceAll("$1maxResults=" + LARGEST));
  }

  @Override
  public String getQueryString() {
    return query;
  }
}
