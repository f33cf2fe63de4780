package hotline.callback;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.database.TestedDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("mariadb")
@DisplayName("回访抽取：许多工单同时抽，每块仍恰好满，恰有一单电话")
class DrawTogetherTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T01:00:00Z");
  private static final int SIZE = 4;
  private static final int PEOPLE = 8;
  private static final int ORDERS = 25;

  private final DriverManagerDataSource database =
      TestedDatabase.with("V2__work_order.sql", "V5__five_regulations.sql");
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final DataSourceTransactionManager transactions =
      new DataSourceTransactionManager(database);
  private final CallbackDraw draw = new CallbackDraw(jdbc, transactions);
  private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
  private final AtomicInteger phoned = new AtomicInteger();

  @AfterEach
  void stop() {
    people.shutdownNow();
  }

  private interface Draw {
    boolean phones(String order);
  }

  private void together(Draw one) throws Exception {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    List<Future<?>> running = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      String who = "YF20261116-" + person;
      running.add(
          people.submit(
              () -> {
                for (int i = 0; i < ORDERS; i++) {
                  String order = who + String.format("%03d", i);
                  if (Boolean.TRUE.equals(transaction.execute(status -> one.phones(order)))) {
                    phoned.incrementAndGet();
                  }
                }
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  private List<Map<String, Object>> blocks() {
    return jdbc.sql(
            """
            SELECT b.block_number, b.places_taken, COUNT(p.place) AS places,
              SUM(CASE WHEN p.place = b.phone_place THEN 1 ELSE 0 END) AS calls
            FROM callback_block b JOIN callback_place p
              ON p.company = b.company AND p.block_number = b.block_number
            GROUP BY b.block_number, b.places_taken ORDER BY b.block_number
            """)
        .query()
        .listOfRows();
  }

  private static int number(Object column) {
    return ((Number) column).intValue();
  }

  @Test
  @DisplayName("YF-21a 八人同时各抽25单：50块，每块4单、1单电话")
  void oneInEachBlock() throws Exception {
    together(order -> draw.isDrawnForPhone("yunfu-water", order, 1, SIZE, MONDAY));
    List<Map<String, Object>> blocks = blocks();
    assertThat(blocks).hasSize(PEOPLE * ORDERS / SIZE);
    assertThat(blocks)
        .allSatisfy(
            block -> {
              assertThat(number(block.get("places"))).isEqualTo(SIZE);
              assertThat(number(block.get("places_taken"))).isEqualTo(SIZE);
              assertThat(number(block.get("calls"))).isEqualTo(1);
            });
    assertThat(phoned.get()).isEqualTo(blocks.size());
  }

  @Test
  @DisplayName("YC-14 按周抽也一样，另加本周首单")
  void oneInEachBlockOfTheWeek() throws Exception {
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    together(order -> draw.takeWeekly("yinchuan-water", order, 1, SIZE, MONDAY, zone).phone());
    List<Map<String, Object>> blocks = blocks();
    assertThat(blocks).hasSize(PEOPLE * ORDERS / SIZE);
    assertThat(blocks).allSatisfy(block -> assertThat(number(block.get("places"))).isEqualTo(SIZE));
    assertThat(phoned.get()).isEqualTo(blocks.size() + 1);
  }
}
