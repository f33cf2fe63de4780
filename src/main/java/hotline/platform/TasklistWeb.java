package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import org.camunda.bpm.engine.TaskService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the bridge behind the check of paths and before the web apps' own filters. */
@Configuration(proxyBeanMethods = false)
class TasklistWeb {
  @Bean
  FilterRegistrationBean<TasklistBridge> tasklistBridge(
      ObjectMapper json,
      ObjectProvider<TaskScreen> screen,
      ObjectProvider<TaskService> tasks,
      ObjectProvider<Ticker> ticker) {
    ApiFailures failures = new ApiFailures(20, ticker.getIfAvailable(Ticker::systemTicker));
    FilterRegistrationBean<TasklistBridge> filter =
        new FilterRegistrationBean<>(new TasklistBridge(json, screen, tasks, failures));
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

  @Bean
  TasklistFailure.Plugin tasklistFailures() {
    return new TasklistFailure.Plugin();
  }
}
