package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import hotline.Actor;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may call what: programs and people with a password at the API, everybody at the public pages,
 * the web apps behind their own login, and nobody anywhere else.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {
  private static final String[] HEALTH = {"/actuator/health", "/actuator/health/**"};
  private static final String PUBLIC_PAGES =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

  @Bean
  ApiLogins apiLogins(ProcessEngine engine, ObjectProvider<Ticker> ticker) {
    return new ApiLogins(engine, ticker.getIfAvailable(Ticker::systemTicker));
  }

  @Bean
  @Order(1)
  SecurityFilterChain apiChain(HttpSecurity http, ApiLogins logins, ObjectMapper json)
      throws Exception {
    stateless(http)
        .securityMatcher(under("/api", "/v3", "/swagger-ui", "/actuator"))
        .authenticationManager(new ProviderManager(logins))
        .httpBasic(
            basic ->
                basic.authenticationEntryPoint(
                    (request, response, failure) -> unknown(request, response, failure, json)))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(
                        (request, response, failure) -> unknown(request, response, failure, json))
                    .accessDeniedHandler(
                        (request, response, failure) ->
                            ProblemAnswers.write(
                                response, json, HttpStatus.FORBIDDEN, "您没有进行此操作的权限")))
        .authorizeHttpRequests(
            calls ->
                calls
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, HEALTH)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD, HEALTH)
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .hasAnyAuthority(Actor.ADMINISTRATORS, Actor.MONITORING)
                    .requestMatchers("/actuator/**")
                    .hasAuthority(Actor.ADMINISTRATORS)
                    .anyRequest()
                    .authenticated())
        .addFilterAfter(new ApiGate(json), AuthorizationFilter.class);
    return http.build();
  }

  /** The web apps have filters of their own for login, CSRF and content policy. */
  @Bean
  @Order(2)
  SecurityFilterChain webAppsChain(HttpSecurity http) throws Exception {
    stateless(http)
        .securityMatcher(under("/camunda"))
        .headers(
            headers ->
                headers
                    .defaultsDisabled()
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
        .authorizeHttpRequests(calls -> calls.anyRequest().permitAll());
    return http.build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain publicChain(HttpSecurity http, ObjectMapper json) throws Exception {
    stateless(http)
        .securityMatcher(
            new OrRequestMatcher(
                under("/index.html", "/home.css", "/hotline.svg", "/favicon.ico", "/public"),
                ApiSecurity::root))
        .headers(
            headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(PUBLIC_PAGES)))
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, failure) ->
                        ProblemAnswers.write(
                            response, json, HttpStatus.METHOD_NOT_ALLOWED, "公开页面只能读取")))
        .authorizeHttpRequests(
            calls ->
                calls
                    .requestMatchers(HttpMethod.GET)
                    .permitAll()
                    .requestMatchers(HttpMethod.HEAD)
                    .permitAll()
                    .anyRequest()
                    .denyAll());
    return http.build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain nothingElseChain(HttpSecurity http, ObjectMapper json) throws Exception {
    stateless(http)
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(
                    (request, response, failure) ->
                        ProblemAnswers.write(response, json, HttpStatus.NOT_FOUND, "没有这个地址")))
        .authorizeHttpRequests(
            calls ->
                calls
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                    .permitAll()
                    .anyRequest()
                    .denyAll());
    return http.build();
  }

  @Bean
  FilterRegistrationBean<WebPaths> webPaths(ObjectMapper json) {
    FilterRegistrationBean<WebPaths> filter = new FilterRegistrationBean<>(new WebPaths(json));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** Behind the server's own valve, which has read from the proxy whether the call came by TLS. */
  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> headersOfEveryAnswer() {
    return server -> server.addEngineValves(new HeadersOfEveryAnswer());
  }

  /** What Spring Security finds beyond that, for instance a method it does not know. */
  @Bean
  RequestRejectedHandler rejectedRequests(ObjectMapper json) {
    return (request, response, failure) -> WebPaths.refuse(response, json);
  }

  /** Spring's own patterns would be read from behind each web app's servlet. */
  private static RequestMatcher under(String... roots) {
    return request -> {
      String path = WebPaths.decoded(request);
      return Arrays.stream(roots).anyMatch(r -> path.equals(r) || path.startsWith(r + "/"));
    };
  }

  private static boolean root(HttpServletRequest request) {
    return WebPaths.decoded(request).equals("/");
  }

  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers
                    .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)));
  }

  private static void unknown(
      HttpServletRequest request,
      HttpServletResponse response,
      AuthenticationException failure,
      ObjectMapper json)
      throws IOException {
    if (failure instanceof ApiFailures.TooMany many) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.seconds()));
      ProblemAnswers.write(
          response, json, HttpStatus.TOO_MANY_REQUESTS, "登录失败次数过多，请 " + many.seconds() + " 秒后再试");
      return;
    }
    if (failure instanceof AuthenticationServiceException) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      ProblemAnswers.write(response, json, HttpStatus.SERVICE_UNAVAILABLE, "暂时无法核对登录，请稍后再试");
      return;
    }
    if (!WebPaths.decoded(request).startsWith("/api") || !isScript(request)) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Hotline\", charset=\"UTF-8\"");
    }
    boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    ProblemAnswers.write(
        response, json, HttpStatus.UNAUTHORIZED, tried ? "用户名或口令不正确" : "请用用户名和口令登录（HTTP Basic）");
  }

  /**
   * A page's script handles the 401 of the API itself; the header would open the browser's own
   * dialog. Swagger's own scripts need it: a browser sends its password to another folder only when
   * it is asked.
   */
  private static boolean isScript(HttpServletRequest request) {
    return "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
        || "empty".equals(request.getHeader("Sec-Fetch-Dest"));
  }
}
