package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("H2 文件上，事务一个接一个")
class TurnByTurnTest {
  @TempDir Path folder;
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private JdbcConnectionPool database;
  private TransactionTemplate transaction;
  private JdbcClient jdbc;

  @BeforeEach
  void open() {
    String url = "jdbc:h2:file:" + folder.resolve("turns") + ";MODE=MySQL";
    database = JdbcConnectionPool.create(url, "sa", "");
    transaction =
        new TransactionTemplate(new DatabaseTransactions().transactionManager(database, url));
    jdbc = JdbcClient.create(database);
    jdbc.sql("CREATE TABLE line (text VARCHAR(20))").update();
  }

  @AfterEach
  void close() {
    other.shutdownNow();
    database.dispose();
  }

  private void write(String text) {
    jdbc.sql("INSERT INTO line VALUES (:text)").param("text", text).update();
  }

  @Test
  @DisplayName("另一人的事务等前一个提交后才开始")
  void oneAfterAnother() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Future<Integer> second =
        transaction.execute(
            status -> {
              write("one");
              Future<Integer> waiting =
                  other.submit(
                      () -> {
                        asked.countDown();
                        return transaction.execute(
                            begun -> jdbc.sql("SELECT * FROM line").query().listOfRows().size());
                      });
              try {
                assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
                Thread.sleep(200);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              assertThat(waiting.isDone()).as("the second waits").isFalse();
              write("two");
              return waiting;
            });
    assertThat(second.get(5, TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  @DisplayName("事务当中另开的事务不必等；出错的事务也让出位置")
  void withinAnother() throws Exception {
    TransactionTemplate apart = new TransactionTemplate(transaction.getTransactionManager());
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      write("lost");
                      apart.executeWithoutResult(within -> write("kept"));
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    Future<?> next = other.submit(() -> transaction.executeWithoutResult(status -> write("next")));
    next.get(5, TimeUnit.SECONDS);
    assertThat(jdbc.sql("SELECT text FROM line ORDER BY text").query(String.class).list())
        .containsExactly("kept", "next");
  }
}
