package hotline.regulation.process;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.regulation.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.MOCK,
    properties = {
      "camunda.bpm.job-execution.enabled=false",
      "hotline.notice.worker=false",
      "hotline.demo.day=false",
    })
@ActiveProfiles("demo")
@DirtiesContext
@DisplayName("决策表：H2 文件上，读单的人和正在写的人同时问同一个问题")
class TablesTogetherTest {
  @TempDir static Path folder;

  @Autowired Tables tables;
  @Autowired PlatformTransactionManager transactions;

  private final ExecutorService people = Executors.newFixedThreadPool(2);

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    properties.add(
        "spring.datasource.url",
        () -> "jdbc:h2:file:" + folder.resolve("tables") + ";MODE=MySQL;DB_CLOSE_ON_EXIT=FALSE");
    properties.add("hotline.home", folder::toString);
  }

  @AfterEach
  void stop() {
    people.shutdownNow();
  }

  private List<Map<String, Object>> ask() {
    return tables.ask("yunfu-water", "intake", Map.of("category", "LEAK", "subcategory", ""));
  }

  @Test
  @DisplayName("谁也不等谁：两人马上都得到同样的回答")
  void neitherWaitsForTheOther() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch reading = new CountDownLatch(1);
    Future<List<Map<String, Object>>> writer =
        people.submit(
            () ->
                new TransactionTemplate(transactions)
                    .execute(
                        status -> {
                          writing.countDown();
                          try {
                            assertThat(reading.await(60, TimeUnit.SECONDS)).isTrue();
                            // until the reader waits for this transaction to end
                            Thread.sleep(500);
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          return ask();
                        }));
    assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
    Future<List<Map<String, Object>>> reader =
        people.submit(
            () -> {
              reading.countDown();
              return ask();
            });
    List<Map<String, Object>> answer = writer.get(60, TimeUnit.SECONDS);
    assertThat(answer).hasSize(1);
    assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(answer);
  }
}
