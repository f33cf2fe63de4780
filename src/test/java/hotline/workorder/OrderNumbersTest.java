package hotline.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.scenarios.Scenario;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Scenario
@DisplayName("工单编号")
class OrderNumbersTest {
  /** A day that no other test takes calls on. */
  private static final Instant THAT_DAY = Instant.parse("2031-03-03T03:00:00Z");

  @Autowired JdbcClient jdbc;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Organisation organisation;

  private OrderNumbers node() {
    return new OrderNumbers(jdbc, transactions);
  }

  @Test
  @DisplayName("两个节点各给各的，编号从不重复；停下的节点把没用完的还回去，接着用")
  void neverTwice() {
    Company company = organisation.company("gas");
    OrderNumbers one = node();
    OrderNumbers other = node();
    Set<String> given = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 90)
        .parallel()
        .forEach(i -> given.add((i % 2 == 0 ? one : other).next(company, THAT_DAY)));

    assertThat(given).hasSize(90);
    one.destroy();
    other.destroy();
    OrderNumbers alone = node();
    String next = alone.next(company, THAT_DAY);
    assertThat(given).doesNotContain(next);
    alone.destroy();

    String after = node().next(company, THAT_DAY);

    assertThat(running(after)).isEqualTo(running(next) + 1);
  }

  private static int running(String number) {
    return Integer.parseInt(number.substring(number.lastIndexOf('-') + 1));
  }
}
