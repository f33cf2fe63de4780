package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.pvm.PvmException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.TransactionSystemException;

@DisplayName("出错之后：哪些可以再试，哪些要管理员知道")
class FailuresTest {
  @Test
  @DisplayName("引擎踩空另一人刚删去或移走的行：整条命令重来一次")
  void engineStumblesOnce() {
    assertDoneAtTheSecondTry(
        new ProcessEngineException(
            thrownIn("org.camunda.bpm.engine.impl.pvm.runtime.PvmExecutionImpl")));
    assertDoneAtTheSecondTry(
        new PvmException("cannot signal execution 7: it has no current activity"));
  }

  private static void assertDoneAtTheSecondTry(RuntimeException stumble) {
    AtomicInteger tries = new AtomicInteger();
    String done =
        Retries.of(
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw stumble;
              }
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(tries).hasValue(2);
  }

  @Test
  @DisplayName("引擎一再踩空，或我们自己的程序出错：不当作“系统正忙”，记录在案")
  void faultsAreNotHidden() {
    NullPointerException engines =
        thrownIn("org.camunda.bpm.engine.impl.pvm.runtime.PvmExecutionImpl");
    assertThatThrownBy(
            () ->
                Retries.of(
                    () -> {
                      throw engines;
                    }))
        .isSameAs(engines);
    assertThat(ProblemAnswers.passesBy(engines)).isFalse();

    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Retries.of(
                    () -> {
                      tries.incrementAndGet();
                      throw thrownIn("hotline.workorder.WorkOrder");
                    }))
        .isInstanceOf(NullPointerException.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  @DisplayName("数据库中途断开或写不进去：请稍后用同样的内容重试")
  void databaseGone() {
    assertThat(ProblemAnswers.passesBy(new DataAccessResourceFailureException("disk full")))
        .isTrue();
    assertThat(
            ProblemAnswers.passesBy(
                new ProcessEngineException(new SQLNonTransientConnectionException())))
        .isTrue();
    assertThat(ProblemAnswers.passesBy(new ProcessEngineException(new SQLRecoverableException())))
        .isTrue();
    assertThat(ProblemAnswers.passesBy(new TransactionSystemException("no rollback"))).isTrue();
    assertThat(
            ProblemAnswers.passesBy(
                new UncategorizedSQLException(
                    "query", null, new SQLException(new IOException("No space left on device")))))
        .isTrue();
    assertThat(ProblemAnswers.passesBy(new DataIntegrityViolationException("too long"))).isFalse();
    assertThat(ProblemAnswers.passesBy(new IllegalStateException(new IOException("a file"))))
        .isFalse();
  }

  @Test
  @DisplayName("H2 的文件写不进去而被关闭：进程自行结束，等守护程序重新启动；别的错误、别的数据库都不结束")
  void closedFileEndsTheProcess() {
    String file = "jdbc:h2:file:./data/db/hotline;MODE=MySQL";
    assertThat(ends(file, new SQLException("The database has been closed", "90098", 90098)))
        .isTrue();
    assertThat(
            ends(
                file,
                new SQLTransientConnectionException(
                    "pool", new SQLException("may be already in use", "90020", 90020))))
        .isTrue();
    assertThat(ends(file, new SQLTransientConnectionException("pool exhausted"))).isFalse();
    assertThat(ends("jdbc:mysql://localhost/hotline", new SQLException("no", "90098", 90098)))
        .isFalse();
  }

  private static boolean ends(String url, SQLException failure) {
    AtomicBoolean ended = new AtomicBoolean();
    AbstractDataSource database =
        new AbstractDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            throw failure;
          }

          @Override
          public Connection getConnection(String user, String password) throws SQLException {
            throw failure;
          }
        };
    ClosedFile file = new ClosedFile(database, url, () -> ended.set(true));
    for (int look = 1; look < 60; look++) {
      file.look();
      assertThat(ended).as("after " + look).isFalse();
    }
    file.look();
    return ended.get();
  }

  private static NullPointerException thrownIn(String type) {
    NullPointerException missing = new NullPointerException();
    missing.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(type, "hasChildren", type + ".java", 1)});
    return missing;
  }
}
