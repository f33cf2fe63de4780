package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the bridge behind the check of paths and before the web apps' own filters. */
@Configuration(proxyBeanMethods = false)
class TasklistWeb {
  private static final Set<String> APPS = Set.of("admin", "cockpit", "tasklist", "welcome");

  @Bean
  FilterRegistrationBean<TasklistBridge> tasklistBridge(
      ObjectMapper json,
      ObjectProvider<TaskScreen> screen,
      ObjectProvider<TaskService> tasks,
      ObjectProvider<IdentityService> identity,
      ObjectProvider<Ticker> ticker,
      @Value("${hotline.session.longest:PT12H}") Duration longest) {
    Ticker time = ticker.getIfAvailable(Ticker::systemTicker);
    ApiFailures failures = new ApiFailures(20, time);
    WebSessions sessions = new WebSessions(identity, longest, time);
    FilterRegistrationBean<TasklistBridge> filter =
        new FilterRegistrationBean<>(new TasklistBridge(json, screen, tasks, failures, sessions));
    filter.addUrlPatterns("/camunda/api/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<RequestLog> requestLog() {
    FilterRegistrationBean<RequestLog> filter = new FilterRegistrationBean<>(new RequestLog());
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 5);
    return filter;
  }

  @Bean
  FilterRegistrationBean<OwnNonce> ownNonce() {
    FilterRegistrationBean<OwnNonce> filter = new FilterRegistrationBean<>(new OwnNonce());
    filter.addUrlPatterns("/camunda/app/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
    return filter;
  }

  /** The engine's own filter knows no way out of an address without one of its apps. */
  @Bean
  FilterRegistrationBean<Filter> knownApps() {
    FilterRegistrationBean<Filter> filter =
        new FilterRegistrationBean<>(
            (request, response, chain) -> {
              String[] path = WebPaths.decoded((HttpServletRequest) request).split("/");
              if (path.length > 3 && APPS.contains(path[3])) {
                chain.doFilter(request, response);
              } else {
                ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
              }
            });
    filter.addUrlPatterns("/camunda/app/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<SecureCookies> secureCookies() {
    FilterRegistrationBean<SecureCookies> filter =
        new FilterRegistrationBean<>(new SecureCookies());
    filter.addUrlPatterns("/camunda/*");
    filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 5);
    return filter;
  }

  @Bean
  TasklistFailure.Plugin tasklistFailures() {
    return new TasklistFailure.Plugin();
  }
}
