package hotline.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.errorcode.BuiltinExceptionCode;
import org.camunda.bpm.engine.impl.pvm.PvmException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** How every refusal and failure is told to a program: problem+json with one Chinese sentence. */
final class ProblemAnswers {
  private ProblemAnswers() {}

  static ProblemDetail problem(HttpStatusCode status, String detail, @Nullable String field) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    if (field != null) {
      problem.setProperty("field", field);
    }
    return problem;
  }

  /** For filters, which stand before the controllers and their advice. */
  static void write(
      HttpServletResponse response, ObjectMapper json, HttpStatus status, String detail)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", URI.create("about:blank"));
    body.put("title", status.getReasonPhrase());
    body.put("status", status.value());
    body.put("detail", detail);
    write(response, json, status, MediaType.APPLICATION_PROBLEM_JSON_VALUE, body);
  }

  static void write(
      HttpServletResponse response,
      ObjectMapper json,
      HttpStatus status,
      String mediaType,
      Map<String, ?> body)
      throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    response.setStatus(status.value());
    response.setContentType(mediaType);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** The first failure of this kind, however deep the engine or Jackson wrapped it. */
  static <T extends Throwable> @Nullable T within(@Nullable Throwable failure, Class<T> kind) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }

  /** Somebody else held the same row, or the database was not to be had: the same call may do. */
  static boolean passesBy(@Nullable Throwable failure) {
    return hasWaitedInVain(failure)
        || within(failure, CannotCreateTransactionException.class) != null
        || within(failure, CannotGetJdbcConnectionException.class) != null
        || isWithoutDatabase(failure);
  }

  /** The database went away under the call, or cannot write. */
  private static boolean isWithoutDatabase(@Nullable Throwable failure) {
    return within(failure, DataAccessResourceFailureException.class) != null
        || within(failure, TransactionSystemException.class) != null
        || within(failure, SQLNonTransientConnectionException.class) != null
        || within(failure, SQLRecoverableException.class) != null
        || (within(failure, SQLException.class) != null
            && within(failure, IOException.class) != null);
  }

  /**
   * The engine itself stumbled: another command has just removed or moved the executions that this
   * one was about to leave. A fault of its own comes again when the command is tried again.
   */
  static boolean stumbled(@Nullable Throwable failure) {
    PvmException moved = within(failure, PvmException.class);
    if (moved != null && moved.getCause() == null) {
      return true;
    }
    NullPointerException missing = within(failure, NullPointerException.class);
    return missing != null
        && missing.getStackTrace().length > 0
        && missing.getStackTrace()[0].getClassName().startsWith("org.camunda.bpm.engine.impl.");
  }

  /** Another held a row for longer than one waits for it; the engine hands this on as it is. */
  static boolean hasWaitedInVain(@Nullable Throwable failure) {
    return hasMetAnother(failure)
        || within(failure, SQLTransactionRollbackException.class) != null
        || within(failure, SQLTimeoutException.class) != null;
  }

  /** Two commands met at the same rows, however the engine wrapped it; the loser may try again. */
  static boolean hasMetAnother(@Nullable Throwable failure) {
    ProcessEngineException engine = within(failure, ProcessEngineException.class);
    return (engine != null && engine.getCode() == BuiltinExceptionCode.DEADLOCK.getCode())
        || within(failure, OptimisticLockingException.class) != null
        || within(failure, TransientDataAccessException.class) != null;
  }

  /**
   * The same failure for the log, without any message: a database repeats the caller's phone number
   * in its messages.
   */
  static Throwable withoutMessages(Throwable failure) {
    return new Stripped(failure, 0);
  }

  @SuppressWarnings("OverrideThrowableToString")
  private static final class Stripped extends Throwable {
    private static final long serialVersionUID = 1L;
    private final String kind;

    Stripped(Throwable failure, int depth) {
      super(null, causeOf(failure, depth), false, true);
      this.kind = failure.getClass().getName();
      setStackTrace(failure.getStackTrace());
    }

    private static @Nullable Throwable causeOf(Throwable failure, int depth) {
      Throwable cause = failure.getCause();
      return cause == null || depth >= 20 ? null : new Stripped(cause, depth + 1);
    }

    @Override
    public String toString() {
      return kind;
    }
  }
}
