package hotline.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Writes that another website makes a logged-in browser send. Browsers of today say where a call
 * comes from, whatever a proxy does to the host's name; programs and older browsers say nothing and
 * go on.
 */
final class OtherSites {
  static final String REFUSAL = "不接受由其他网站的网页发起的请求";

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OTHERS = Set.of("cross-site", "same-site");

  private OtherSites() {}

  static boolean writeBy(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && OTHERS.contains(site) && !READS.contains(request.getMethod());
  }
}
