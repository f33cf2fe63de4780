package hotline.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hotline.Actor;
import hotline.Conflict;
import hotline.NotFound;
import hotline.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes the Tasklist speak our language: forms show what our tables know, send only what they have
 * fields for, and the person reads our sentence instead of the engine's.
 */
final class TasklistBridge extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(TasklistBridge.class);
  private static final int LARGEST_BODY = 2 * 1024 * 1024;
  private static final Pattern LOGIN =
      Pattern.compile("/camunda/api/admin/auth/user/[^/]+/login/[^/]+");
  private static final String SETUP = "/camunda/api/admin/setup";

  /** Who am I, login, logout, the names of the engines, the scripts of the pages' parts. */
  private static final Pattern OPEN =
      Pattern.compile(
          "/camunda/api/admin/auth/user/[^/]+(/login/[^/]+|/logout)?"
              + "|/camunda/api/engine/engine"
              + "|/camunda/api/[a-z]+/plugin/[^/]+/static/.+");

  private static final String ANOTHER_COMPANY = "belongs to no authenticated tenant";

  private static final Pattern JAVA_OBJECT =
      Pattern.compile(
          "Java serialization format is prohibited|Cannot deserialize object in variable");

  /** What only the Cockpit and Admin ask for, behind their pages. */
  private static final Pattern PART =
      Pattern.compile("/camunda/api/(cockpit|admin)/plugin/[^/]+/(?!static/).+");

  /** Asked with conditions, it tells of every company's instances whether there is one. */
  private static final Pattern OF_ALL_COMPANIES =
      Pattern.compile(
          "/camunda/api/cockpit/plugin/.+/process-definition/[^/]+/called-process-definitions");

  private final ObjectMapper json;
  private final TasklistForm form;
  private final ObjectProvider<TaskScreen> screen;
  private final ObjectProvider<TaskService> tasks;
  private final ApiFailures failures;
  private final WebSessions sessions;

  TasklistBridge(
      ObjectMapper json,
      ObjectProvider<TaskScreen> screen,
      ObjectProvider<TaskService> tasks,
      ApiFailures failures,
      WebSessions sessions) {
    this.json = json;
    this.form = new TasklistForm(json);
    this.screen = screen;
    this.tasks = tasks;
    this.failures = failures;
    this.sessions = sessions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (OtherSites.writeBy(request)) {
      tell(response, new Answer(HttpStatus.FORBIDDEN, "Forbidden", OtherSites.REFUSAL, null));
      return;
    }
    String path = WebPaths.decoded(request);
    if (path.equals(SETUP) || path.startsWith(SETUP + "/")) {
      tell(response, new Answer(HttpStatus.FORBIDDEN, "Forbidden", "不能在网页上创建首个管理员", null));
      return;
    }
    // behind the web apps' own filter, which has let strangers through before
    UserAuthentication person = loggedIn(request);
    if (person == null && !OPEN.matcher(path).matches()) {
      tell(response, new Answer(HttpStatus.UNAUTHORIZED, "Unauthorized", "请先登录", null));
      return;
    }
    Answer refusal = beforehand(request, path, person);
    if (refusal != null) {
      tell(response, refusal);
      return;
    }
    TasklistCall call = TasklistCall.of(request);
    if (request.getMethod().equals("POST") && LOGIN.matcher(path).matches()) {
      login(request, response, chain);
    } else if (call == null) {
      chain.doFilter(request, response);
    } else if (call.queries()) {
      forward(BoundedQuery.of(request), response, chain, (failure, engines) -> domains(failure));
    } else if (call.writes()) {
      write(call, request, response, chain);
    } else if (call.readsFormVariables()) {
      show(call, request, response, chain);
    } else {
      forward(BoundedQuery.of(request), response, chain, (failure, engines) -> domains(failure));
    }
  }

  /** The person of this call's session; a session that is over ends here. */
  private @Nullable UserAuthentication loggedIn(HttpServletRequest request) {
    UserAuthentication person = person(request);
    HttpSession session = request.getSession(false);
    if (person == null || session == null || !sessions.isOver(session, person.getIdentityId())) {
      return person;
    }
    session.invalidate();
    return null;
  }

  private static @Nullable Answer beforehand(
      HttpServletRequest request, String path, @Nullable UserAuthentication person) {
    if (request.getContentLengthLong() > LARGEST_BODY) {
      return new Answer(HttpStatus.PAYLOAD_TOO_LARGE, "TooLarge", "提交的内容超过 2 MB，请缩短后再提交", null);
    }
    if (request.getHeader("Transfer-Encoding") != null) {
      return new Answer(
          HttpStatus.LENGTH_REQUIRED, "LengthRequired", "请求须给出长度（Content-Length）", null);
    }
    Matcher part = PART.matcher(path);
    if (person != null
        && (part.matches() && !person.isAuthorizedForApp(part.group(1))
            || OF_ALL_COMPANIES.matcher(path).matches() && !isAdministrator(person))) {
      return new Answer(HttpStatus.FORBIDDEN, "Forbidden", "您没有进行此操作的权限", null);
    }
    return null;
  }

  /** The engine slows down the name that is guessed; this slows down the address. */
  private void login(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String address = request.getRemoteAddr();
    synchronized (failures.gate(address)) {
      long seconds = failures.secondsToWait(address);
      if (seconds > 0) {
        response.setHeader("Retry-After", Long.toString(seconds));
        tell(
            response,
            new Answer(
                HttpStatus.TOO_MANY_REQUESTS,
                "TooManyRequests",
                "登录失败次数过多，请 " + seconds + " 秒后再试",
                null));
        return;
      }
      chain.doFilter(request, response);
      UserAuthentication person = person(request);
      if (response.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
        failures.failed(address);
      } else if (response.getStatus() == HttpStatus.OK.value() && person != null) {
        sessions.begins(request.getSession(), person.getIdentityId());
      }
    }
  }

  private void write(
      TasklistCall call,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    UserAuthentication person = Objects.requireNonNull(person(request));
    if (call.changesModels()) {
      tell(
          response,
          new Answer(HttpStatus.FORBIDDEN, "Forbidden", "流程、决策表和表单只随版本部署，不能在网页上部署或删除", null));
      return;
    }
    if (!isAdministrator(person) && !call.belongsToDailyWork(person.getIdentityId())) {
      tell(
          response,
          new Answer(HttpStatus.FORBIDDEN, "Forbidden", "此操作只有系统管理员可以进行；请在任务的表单里办理", null));
      return;
    }
    HttpServletRequest forwarded = request;
    if (call.submits()) {
      try {
        forwarded = reduced(request);
      } catch (Refused e) {
        tell(response, refusal(e));
        return;
      } catch (IOException e) {
        tell(response, new Answer(HttpStatus.BAD_REQUEST, "BadRequest", "提交的内容读不出来，请重试", null));
        return;
      }
    }
    forward(forwarded, response, chain, (failure, engines) -> ours(call, failure, engines));
  }

  /** Passes the call on; what it failed of is told in our words, where we have any. */
  private void forward(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      BiFunction<@Nullable Throwable, ContentCachingResponseWrapper, @Nullable Answer> words)
      throws ServletException, IOException {
    try (TasklistFailure failure = TasklistFailure.watch()) {
      ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
      chain.doFilter(request, held);
      if (held.getStatus() < 400 || held.isCommitted()) {
        held.copyBodyToResponse();
        return;
      }
      // where no command of the engine has failed, what was sent could not even be made into one
      Answer ours =
          held.getStatus() >= 500 && failure.last() == null
              ? new Answer(HttpStatus.BAD_REQUEST, "BadRequest", "提交的内容不完整或格式不对，请检查后重试", null)
              : words.apply(failure.last(), held);
      if (ours == null) {
        translate(failure.last(), held);
        held.copyBodyToResponse();
      } else {
        held.resetBuffer();
        tell(response, ours);
      }
    }
  }

  private HttpServletRequest reduced(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST_BODY);
    TaskScreen owner = screen.getIfAvailable();
    return new TasklistBody(request, form.reduced(body, owner == null ? Set.of() : owner.fields()));
  }

  private void show(
      TasklistCall call,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    TaskScreen owner = screen.getIfAvailable();
    String task = call.taskId();
    if (owner == null || task == null) {
      chain.doFilter(request, response);
      return;
    }
    ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
    Answer refusal;
    try (TasklistFailure failure = TasklistFailure.watch()) {
      chain.doFilter(request, held);
      refusal = held.getStatus() < 400 || held.isCommitted() ? null : domains(failure.last());
    }
    if (refusal != null) {
      held.resetBuffer();
      tell(response, refusal);
      return;
    }
    if (held.getStatus() == HttpStatus.OK.value() && !held.isCommitted()) {
      byte[] filled;
      try {
        filled =
            form.filled(
                held.getContentAsByteArray(),
                owner.show(task, actor(Objects.requireNonNull(person(request)))));
      } catch (RuntimeException e) {
        held.resetBuffer();
        Answer answer = domains(e);
        tell(response, answer == null ? unexpected(call, e) : answer);
        return;
      }
      held.resetBuffer();
      held.setHeader("Cache-Control", "no-store");
      held.getOutputStream().write(filled);
    }
    held.copyBodyToResponse();
  }

  /** What the person is told; null when the web app's own answer is good enough. */
  private @Nullable Answer ours(
      TasklistCall call, @Nullable Throwable failure, ContentCachingResponseWrapper engines) {
    Answer domains = domains(failure);
    if (domains != null) {
      return domains;
    }
    // before the question of rights: those of a task go with it
    String task = call.taskId();
    if (failure != null && task != null && isGone(task)) {
      TaskScreen owner = screen.getIfAvailable();
      return conflict(owner == null ? "该任务已由他人办理，请刷新列表" : owner.goneSentence(task));
    }
    TaskAlreadyClaimedException claimed =
        ProblemAnswers.within(failure, TaskAlreadyClaimedException.class);
    if (claimed != null) {
      TaskScreen owner = screen.getIfAvailable();
      String assignee = claimed.getTaskAssignee();
      return conflict("该任务已由 " + (owner == null ? assignee : owner.nameOf(assignee)) + " 认领，请刷新列表");
    }
    if (ProblemAnswers.within(failure, AuthorizationException.class) != null) {
      return new Answer(HttpStatus.FORBIDDEN, "Forbidden", EngineWords.NO_RIGHT, null);
    }
    if (ProblemAnswers.passesBy(failure)) {
      return conflict("刚好有另一项操作在改同一张工单，您填写的内容还在，请再点一次");
    }
    if (engines.getStatus() < 500) {
      return null;
    }
    String refusal = EngineWords.refusal(failure, message(said(engines)));
    return refusal == null
        ? unexpected(call, failure)
        : new Answer(HttpStatus.UNPROCESSABLE_ENTITY, "Refused", refusal, null);
  }

  /** The web app's own answer stays as it is, but for the sentence that people read. */
  private void translate(@Nullable Throwable failure, ContentCachingResponseWrapper engines)
      throws IOException {
    JsonNode said = said(engines);
    String english = message(said);
    if (english != null) {
      ((ObjectNode) said).put("message", EngineWords.instead(failure, english));
      engines.resetBuffer();
      engines.getOutputStream().write(json.writeValueAsBytes(said));
    }
  }

  private JsonNode said(ContentCachingResponseWrapper engines) {
    try {
      return json.readTree(engines.getContentAsByteArray());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static @Nullable String message(JsonNode said) {
    JsonNode message = said.path("message");
    return message.isTextual() ? message.asText() : null;
  }

  /** What our own modules said, however deep the engine wrapped it. */
  private static @Nullable Answer domains(@Nullable Throwable failure) {
    Refused refused = ProblemAnswers.within(failure, Refused.class);
    if (refused != null) {
      return refusal(refused);
    }
    NotFound notFound = ProblemAnswers.within(failure, NotFound.class);
    if (notFound != null) {
      return new Answer(HttpStatus.NOT_FOUND, "NotFound", notFound.sentence(), null);
    }
    Conflict conflict = ProblemAnswers.within(failure, Conflict.class);
    if (conflict != null) {
      return conflict(conflict.sentence());
    }
    ProcessEngineException engine = ProblemAnswers.within(failure, ProcessEngineException.class);
    String english = engine == null ? "" : String.valueOf(engine.getMessage());
    if (english.contains(ANOTHER_COMPANY)) {
      return new Answer(HttpStatus.NOT_FOUND, "NotFound", "没有这一项，或它不属于您的公司", null);
    }
    if (JAVA_OBJECT.matcher(english).find()) {
      return new Answer(HttpStatus.BAD_REQUEST, "BadRequest", "变量不能是 Java 对象", null);
    }
    return null;
  }

  private static Answer unexpected(TasklistCall call, @Nullable Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.error(
        "error {} in {} {}",
        id,
        call.method(),
        call.path(),
        failure == null ? null : ProblemAnswers.withoutMessages(failure));
    return new Answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Error",
        "系统内部出错，您填写的内容还在，请稍后再试；仍不行时请把编号 " + id + " 告诉管理员",
        null);
  }

  /** After the web apps' filters nobody is logged in at the engine, so the task itself is asked. */
  private boolean isGone(String task) {
    return tasks.getObject().createTaskQuery().taskId(task).count() == 0;
  }

  private static Answer refusal(Refused refused) {
    return new Answer(
        HttpStatus.UNPROCESSABLE_ENTITY, "Refused", refused.sentence(), refused.field());
  }

  private static Answer conflict(String sentence) {
    return new Answer(HttpStatus.CONFLICT, "Conflict", sentence, null);
  }

  static @Nullable UserAuthentication person(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return null;
    }
    Authentications all = AuthenticationUtil.getAuthsFromSession(session);
    return all.getAuthentications().isEmpty() ? null : all.getAuthentications().get(0);
  }

  /** Who is logged in at the web apps; null when nobody is. */
  static @Nullable String login(HttpServletRequest request) {
    UserAuthentication person = person(request);
    return person == null ? null : person.getIdentityId();
  }

  static Actor actor(UserAuthentication person) {
    List<String> groups = person.getGroupIds();
    return new Actor(person.getIdentityId(), groups == null ? Set.of() : Set.copyOf(groups));
  }

  private static boolean isAdministrator(UserAuthentication person) {
    return person.getGroupIds() != null && person.getGroupIds().contains(Actor.ADMINISTRATORS);
  }

  private void tell(HttpServletResponse response, Answer answer) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", answer.type);
    body.put("message", answer.message);
    if (answer.field != null) {
      body.put("field", answer.field);
    }
    ProblemAnswers.write(response, json, answer.status, MediaType.APPLICATION_JSON_VALUE, body);
  }

  /** The web apps show the property message of an answer, whatever its status. */
  private record Answer(HttpStatus status, String type, String message, @Nullable String field) {}
}
