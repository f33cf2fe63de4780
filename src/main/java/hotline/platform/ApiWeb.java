package hotline.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import hotline.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.format.FormatterRegistry;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How calls of the API are read: who acts, moments in addresses, and JSON without guessing. */
@Configuration(proxyBeanMethods = false)
class ApiWeb implements WebMvcConfigurer {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private static final Pattern PLUS_READ_AS_BLANK = Pattern.compile(" (?=\\d\\d:\\d\\d$)");

  static {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new ActorArgument());
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new IdempotencyKeyCheck()).addPathPatterns("/api/**");
  }

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, OffsetDateTime.class, ApiWeb::moment);
    registry.addConverter(
        String.class,
        Instant.class,
        text -> {
          OffsetDateTime moment = moment(text);
          return moment == null ? null : moment.toInstant();
        });
  }

  /** An unescaped + of an address arrives as a blank. */
  private static @Nullable OffsetDateTime moment(String text) {
    return text.isBlank()
        ? null
        : written(PLUS_READ_AS_BLANK.matcher(text.strip()).replaceFirst("+"));
  }

  /** A year of more or less than four digits does not survive a change of zone, nor a database. */
  private static OffsetDateTime written(String text) {
    OffsetDateTime moment = OffsetDateTime.parse(text);
    if (moment.getYear() < 1 || moment.getYear() > 9999) {
      throw new DateTimeException("year " + moment.getYear());
    }
    return moment;
  }

  /** A number is no text and 200.7 is no whole number: what is not meant is refused, not bent. */
  @Bean
  Jackson2ObjectMapperBuilderCustomizer jsonWithoutGuessing() {
    return builder ->
        builder
            .featuresToDisable(
                MapperFeature.ALLOW_COERCION_OF_SCALARS, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .featuresToEnable(
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .deserializerByType(OffsetDateTime.class, new WrittenMoment())
            .postConfigurer(
                json ->
                    json.coercionConfigFor(LogicalType.Textual)
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  /** A moment is written out; a bare number could be seconds or milliseconds. */
  private static final class WrittenMoment extends StdDeserializer<OffsetDateTime> {
    private static final long serialVersionUID = 1L;

    WrittenMoment() {
      super(OffsetDateTime.class);
    }

    @Override
    public @Nullable OffsetDateTime deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (OffsetDateTime) context.handleUnexpectedToken(OffsetDateTime.class, parser);
      }
      String text = parser.getText().strip();
      try {
        return text.isEmpty() ? null : written(text);
      } catch (DateTimeException e) {
        return (OffsetDateTime)
            context.handleWeirdStringValue(OffsetDateTime.class, text, "not a moment");
      }
    }
  }

  /** The key of a call is a UNIQUE column: what does not fit there is refused before it. */
  private static final class IdempotencyKeyCheck implements HandlerInterceptor {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,120}");

    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      String key = request.getHeader(IDEMPOTENCY_KEY);
      if (key != null && !KEY.matcher(key).matches()) {
        throw new ApiProblems.BadHeader(
            IDEMPOTENCY_KEY, "请求头 Idempotency-Key 应为 1 到 120 个字母、数字或符号");
      }
      return true;
    }
  }

  private static final class ActorArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer view,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binder) {
      if (parameter.hasParameterAnnotation(AtTasklist.class)) {
        HttpServletRequest call = request.getNativeRequest(HttpServletRequest.class);
        UserAuthentication person = call == null ? null : TasklistBridge.person(call);
        if (person == null) {
          throw new AccessDeniedException("nobody is logged in");
        }
        return TasklistBridge.actor(person);
      }
      Authentication login = SecurityContextHolder.getContext().getAuthentication();
      if (login != null && login.getPrincipal() instanceof Actor actor) {
        return actor;
      }
      throw new AccessDeniedException("nobody is logged in");
    }
  }
}
