package hotline.platform;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One call that a web app makes to the engine's REST behind its login. */
record TasklistCall(String method, String path) {
  static final String ENGINE = "/camunda/api/engine/engine/";

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern TASK = Pattern.compile("task/([^/]+)/(.+)");
  private static final Pattern SUBMISSION =
      Pattern.compile(
          "task/[^/]+/(submit-form|complete)"
              + "|process-definition/([^/]+|key/[^/]+|key/[^/]+/tenant-id/[^/]+)/(submit-form|start)");

  /** The writes that work in the web apps needs; every other one is the administrator's. */
  private static final Pattern DAILY_WORK =
      Pattern.compile(
          SUBMISSION.pattern()
              + "|task/[^/]+/(claim|unclaim|assignee)"
              + "|identity/password-policy");

  /** What runs in the product comes with its version only, through review and the checks. */
  private static final Pattern MODELS = Pattern.compile("(deployment|process-definition)/.+");

  private static final Pattern DEPLOYING = Pattern.compile("deployment/(create|[^/]+/redeploy)");

  /** Queries that are too long for an address are sent as POST. */
  private static final Pattern QUERY =
      Pattern.compile(
          "(task|process-instance|execution|variable-instance|job|job-definition|external-task|group)"
              + "(/count)?"
              + "|filter/[^/]+/(list|count|singleResult)"
              + "|history/(process-instance|activity-instance|task|variable-instance|detail"
              + "|decision-instance|job-log|external-task-log)(/count)?");

  /** Null when the call is not one to the engine. */
  static @Nullable TasklistCall of(HttpServletRequest request) {
    String path = WebPaths.decoded(request);
    if (!path.startsWith(ENGINE)) {
      return null;
    }
    String afterEngine = path.substring(ENGINE.length());
    int slash = afterEngine.indexOf('/');
    return slash < 0
        ? null
        : new TasklistCall(request.getMethod(), afterEngine.substring(slash + 1));
  }

  boolean writes() {
    return !READS.contains(method);
  }

  /** A query sent as POST, open to everybody who is logged in. */
  boolean queries() {
    return method.equals("POST") && QUERY.matcher(path).matches();
  }

  /** Nobody's at the web apps, not even the administrator's. */
  boolean changesModels() {
    return method.equals("POST") && DEPLOYING.matcher(path).matches()
        || method.equals("DELETE") && MODELS.matcher(path).matches();
  }

  boolean readsFormVariables() {
    return method.equals("GET") && taskId() != null && path.endsWith("/form-variables");
  }

  /** Variables come in: they are reduced to what the forms have. */
  boolean submits() {
    return method.equals("POST") && SUBMISSION.matcher(path).matches();
  }

  boolean belongsToDailyWork(String person) {
    return switch (method) {
      case "POST" -> DAILY_WORK.matcher(path).matches() || QUERY.matcher(path).matches();
      case "PUT" ->
          path.equals("user/" + person + "/profile")
              || path.equals("user/" + person + "/credentials");
      default -> false;
    };
  }

  @Nullable String taskId() {
    Matcher task = TASK.matcher(path);
    return task.matches() ? task.group(1) : null;
  }
}
