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
import org.springframework.http.HttpStatus;

/** Puts the bridge behind the check of paths and before the web apps' own filters. */
@Configuration(proxyBeanMethods = false)
class TasklistWeb {
  private static final Set<String> APPS = Set.of("admin", "cockpit", "tasklist", "welcome");
  private static final String NO_SETUP = "不能在网页上创建首个管理员。如果各个网页都转到这里，说明系统已没有管理员，请运维人员按《运维手册》重新设一个";

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

  /**
   * The engine's own filter knows no way out of an address without one of its apps, and leads every
   * page to the one that makes a first administrator when there is none.
   */
  @Bean
  FilterRegistrationBean<Filter> knownApps(ObjectMapper json) {
    FilterRegistrationBean<Filter> filter =
        new FilterRegistrationBean<>(
            (request, response, chain) -> {
              HttpServletResponse answer = (HttpServletResponse) response;
              String[] path = WebPaths.decoded((HttpServletRequest) request).split("/");
              if (path.length <= 3 || !APPS.contains(path[3])) {
                answer.sendError(HttpServletResponse.SC_NOT_FOUND);
              } else if (path.length > 5 && path[5].equals("setup")) {
                ProblemAnswers.write(answer, json, HttpStatus.FORBIDDEN, NO_SETUP);
              } else {
                chain.doFilter(request, response);
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
