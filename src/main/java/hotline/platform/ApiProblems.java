package hotline.platform;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import hotline.Conflict;
import hotline.NotFound;
import hotline.Refused;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Says in Chinese, and with the field's name, what a caller must mend.
 *
 * <p>Not limited to our controllers: an unknown address, a wrong method and a wrong media type are
 * noticed before any controller is chosen.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiProblems {
  private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);

  /** A header that the caller sent in a wrong form. */
  static final class BadHeader extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String header;

    BadHeader(String header, String sentence) {
      super(sentence);
      this.header = header;
    }
  }

  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void callerIsGone() {}

  /** The engine and Jackson wrap what our modules throw, so the cause is looked for first. */
  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> answer(Exception failure) {
    Refused refused = ProblemAnswers.within(failure, Refused.class);
    if (refused != null) {
      return entity(HttpStatus.UNPROCESSABLE_ENTITY, refused.sentence(), refused.field());
    }
    NotFound notFound = ProblemAnswers.within(failure, NotFound.class);
    if (notFound != null) {
      return entity(HttpStatus.NOT_FOUND, notFound.sentence(), null);
    }
    Conflict conflict = ProblemAnswers.within(failure, Conflict.class);
    if (conflict != null) {
      return entity(HttpStatus.CONFLICT, conflict.sentence(), null);
    }
    if (ProblemAnswers.within(failure, ApiGate.TooLarge.class) != null) {
      return entity(HttpStatus.PAYLOAD_TOO_LARGE, ApiGate.TOO_LARGE, null);
    }
    if (failure instanceof HttpMessageNotReadableException unreadable) {
      return unreadable(unreadable);
    }
    if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
      return mismatch(mismatch);
    }
    if (failure instanceof MissingServletRequestParameterException missing) {
      String name = missing.getParameterName();
      return entity(HttpStatus.UNPROCESSABLE_ENTITY, "请给出参数 " + name, name);
    }
    if (failure instanceof MissingRequestHeaderException missing) {
      String name = missing.getHeaderName();
      return entity(HttpStatus.BAD_REQUEST, "请给出请求头 " + name, name);
    }
    if (failure instanceof BadHeader bad) {
      return entity(HttpStatus.BAD_REQUEST, String.valueOf(bad.getMessage()), bad.header);
    }
    if (failure instanceof ErrorResponse response) {
      return standard(response);
    }
    if (failure instanceof AccessDeniedException
        || ProblemAnswers.within(failure, AuthorizationException.class) != null) {
      return entity(HttpStatus.FORBIDDEN, "您没有进行此操作的权限", null);
    }
    if (ProblemAnswers.passesBy(failure)) {
      HttpHeaders soon = new HttpHeaders();
      soon.set(HttpHeaders.RETRY_AFTER, "1");
      return entity(HttpStatus.SERVICE_UNAVAILABLE, "系统正忙，请稍后用同样的内容重试", null, soon);
    }
    return unexpected(failure);
  }

  private static ResponseEntity<ProblemDetail> unexpected(Exception failure) {
    String id = UUID.randomUUID().toString();
    LOG.error("error {}", id, ProblemAnswers.withoutMessages(failure));
    ProblemDetail problem =
        ProblemAnswers.problem(
            HttpStatus.INTERNAL_SERVER_ERROR, "系统内部出错，请稍后重试；仍不行时请把编号 " + id + " 告诉管理员", null);
    problem.setProperty("errorId", id);
    return ResponseEntity.internalServerError()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  private static ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException failure) {
    JsonMappingException mapping = ProblemAnswers.within(failure, MismatchedInputException.class);
    if (mapping == null) {
      mapping = ProblemAnswers.within(failure, ValueInstantiationException.class);
    }
    InputCoercionException tooLarge = ProblemAnswers.within(failure, InputCoercionException.class);
    if (mapping == null && tooLarge != null) {
      mapping = ProblemAnswers.within(failure, JsonMappingException.class);
    }
    if (mapping != null && !mapping.getPath().isEmpty()) {
      String field = path(mapping);
      Class<?> wanted =
          mapping instanceof MismatchedInputException m
              ? m.getTargetType()
              : tooLarge == null ? null : tooLarge.getTargetType();
      return entity(
          HttpStatus.UNPROCESSABLE_ENTITY,
          field + (wanted == null ? " 的值不符合要求" : " 应为" + form(wanted)),
          field);
    }
    if (mapping != null) {
      return entity(HttpStatus.BAD_REQUEST, "请求体应为一个 JSON 对象", null);
    }
    JsonProcessingException json = ProblemAnswers.within(failure, JsonProcessingException.class);
    if (json == null) {
      return entity(HttpStatus.BAD_REQUEST, "请求体为空或读不出来，应为 JSON", null);
    }
    JsonLocation at = json.getLocation();
    return entity(
        HttpStatus.BAD_REQUEST,
        at == null
            ? "请求体不是正确的 JSON"
            : "请求体不是正确的 JSON：第 " + at.getLineNr() + " 行第 " + at.getColumnNr() + " 列",
        null);
  }

  private static ResponseEntity<ProblemDetail> mismatch(
      MethodArgumentTypeMismatchException failure) {
    if (failure.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return entity(HttpStatus.NOT_FOUND, "没有这个编号", null);
    }
    Class<?> wanted = failure.getRequiredType();
    String name = failure.getName();
    return entity(
        HttpStatus.UNPROCESSABLE_ENTITY,
        "参数 " + name + (wanted == null ? " 的值不符合要求" : " 应为" + form(wanted)),
        name);
  }

  private static ResponseEntity<ProblemDetail> standard(ErrorResponse response) {
    HttpStatusCode status = response.getStatusCode();
    HttpStatus known = HttpStatus.resolve(status.value());
    String detail =
        known == null
            ? "请求不正确"
            : switch (known) {
              case NOT_FOUND -> "没有这个地址";
              case METHOD_NOT_ALLOWED -> "此地址不支持这种请求方法";
              case NOT_ACCEPTABLE -> "不能以请求头 Accept 所要的格式回答，请用 application/json";
              case UNSUPPORTED_MEDIA_TYPE ->
                  "请求头 Content-Type 应为 "
                      + response.getHeaders().getAccept().stream()
                          .filter(MediaType::isConcrete)
                          .findFirst()
                          .orElse(MediaType.APPLICATION_JSON);
              case PAYLOAD_TOO_LARGE -> ApiGate.TOO_LARGE;
              case FORBIDDEN -> "您没有进行此操作的权限";
              case SERVICE_UNAVAILABLE -> "系统正忙，请稍后重试";
              default -> status.is5xxServerError() ? "系统内部出错，请稍后重试" : "请求不正确";
            };
    return entity(status, detail, null, response.getHeaders());
  }

  private static String path(JsonMappingException failure) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : failure.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  /** What a value must look like, in the words of the one who sends it. */
  private static String form(Class<?> type) {
    if (CharSequence.class.isAssignableFrom(type)) {
      return "文字";
    }
    if (type == boolean.class || type == Boolean.class) {
      return " true 或 false";
    }
    if (type == int.class
        || type == long.class
        || type == short.class
        || type == Integer.class
        || type == Long.class
        || type == Short.class) {
      return "整数";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "数字";
    }
    if (type == Instant.class || type == OffsetDateTime.class || type == LocalDateTime.class) {
      return "时间，形如 2026-11-16T09:15:00+08:00";
    }
    if (type == LocalDate.class) {
      return "日期，形如 2026-11-16";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(c -> ((Enum<?>) c).name())
          .collect(Collectors.joining("、", "其中之一：", ""));
    }
    if (type.isArray() || Collection.class.isAssignableFrom(type)) {
      return "数组（[…]）";
    }
    return "对象（{…}）";
  }

  private static ResponseEntity<ProblemDetail> entity(
      HttpStatusCode status, String detail, @Nullable String field) {
    return entity(status, detail, field, HttpHeaders.EMPTY);
  }

  private static ResponseEntity<ProblemDetail> entity(
      HttpStatusCode status, String detail, @Nullable String field, HttpHeaders headers) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemAnswers.problem(status, detail, field));
  }
}
