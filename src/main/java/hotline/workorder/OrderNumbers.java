package hotline.workorder;

import hotline.organisation.Company;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The numbers of work orders: prefix, date of the call's recording, running number of that day. A
 * node takes a few at a time, in a transaction of its own, so that calls do not wait for each
 * other; a call that fails afterwards, or a node that dies, leaves a gap.
 */
@Component
public class OrderNumbers implements DisposableBean {
  private static final Pattern NUMBER = Pattern.compile("[A-Z]+\\d{8}-\\d{4,}");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");

  /** As many as a node may leave unused when it dies. */
  private static final int AT_A_TIME = 10;

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;
  private final Map<String, Taken> taken = new HashMap<>();

  OrderNumbers(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** The number that somebody typed, however it was written; empty when it is none. */
  static Optional<String> typed(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    return Optional.of(plain).filter(number -> NUMBER.matcher(number).matches());
  }

  /** What this node may still give of a series on that date. */
  private record Taken(LocalDate date, int next, int last) {}

  String next(Company company, Instant at) {
    return next(company, company.id(), "%s%s-%04d", at, AT_A_TIME);
  }

  /**
   * The next number of another series than the orders': prefix, date, the series' letter, running
   * number of that day.
   */
  public String next(Company company, char series, Instant at) {
    return next(company, company.id() + ":" + series, "%s%s-" + series + "%03d", at, 1);
  }

  private String next(Company company, String series, String form, Instant at, int atATime) {
    LocalDate date = at.atZone(company.zone()).toLocalDate();
    return form.formatted(company.numberPrefix(), date.format(DATE), next(series, date, atATime));
  }

  private synchronized int next(String series, LocalDate date, int atATime) {
    Taken rest = taken.get(series);
    if (rest == null || !rest.date().equals(date) || rest.next() > rest.last()) {
      Integer last = null;
      while (last == null) {
        last = apart.execute(status -> advance(series, date, atATime));
        if (last == null) {
          begin(series, date);
        }
      }
      rest = new Taken(date, last - atATime + 1, last);
    }
    taken.put(series, new Taken(date, rest.next() + 1, rest.last()));
    return rest.next();
  }

  private @Nullable Integer advance(String series, LocalDate date, int atATime) {
    int changed =
        jdbc.sql(
                """
                UPDATE work_order_number SET last_number = last_number + :more
                WHERE company = :series AND on_date = :date
                """)
            .param("more", atATime)
            .param("series", series)
            .param("date", date)
            .update();
    return changed == 0
        ? null
        : jdbc.sql(
                """
                SELECT last_number FROM work_order_number
                WHERE company = :series AND on_date = :date
                """)
            .param("series", series)
            .param("date", date)
            .query(Integer.class)
            .single();
  }

  private void begin(String series, LocalDate date) {
    try {
      apart.executeWithoutResult(
          status ->
              jdbc.sql(
                      """
                      INSERT INTO work_order_number (company, on_date, last_number)
                      VALUES (:series, :date, 0)
                      """)
                  .param("series", series)
                  .param("date", date)
                  .update());
    } catch (DuplicateKeyException e) {
      // another call of the same day was first
    }
  }

  /** A node that is stopped gives back what it did not need, when nobody has taken more since. */
  @Override
  public synchronized void destroy() {
    apart.executeWithoutResult(status -> taken.forEach(this::giveBack));
    taken.clear();
  }

  private void giveBack(String series, Taken rest) {
    if (rest.next() <= rest.last()) {
      jdbc.sql(
              """
              UPDATE work_order_number SET last_number = :used
              WHERE company = :series AND on_date = :date AND last_number = :last
              """)
          .param("used", rest.next() - 1)
          .param("series", series)
          .param("date", rest.date())
          .param("last", rest.last())
          .update();
    }
  }
}
