package hotline.workorder;

import hotline.organisation.Company;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The numbers of work orders: prefix, date of the call's recording, running number of that day.
 * Each is given in a transaction of its own, so that calls do not wait for each other; a call that
 * fails afterwards leaves a gap.
 */
@Component
public class OrderNumbers {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");

  private final JdbcClient jdbc;
  private final TransactionTemplate apart;

  OrderNumbers(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.apart = new TransactionTemplate(transactions);
    this.apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  String next(Company company, Instant at) {
    return next(company, company.id(), "%s%s-%04d", at);
  }

  /**
   * The next number of another series than the orders': prefix, date, the series' letter, running
   * number of that day.
   */
  public String next(Company company, char series, Instant at) {
    return next(company, company.id() + ":" + series, "%s%s-" + series + "%03d", at);
  }

  private String next(Company company, String series, String form, Instant at) {
    LocalDate date = at.atZone(company.zone()).toLocalDate();
    Integer next = null;
    while (next == null) {
      next = apart.execute(status -> increment(series, date));
      if (next == null) {
        begin(series, date);
      }
    }
    return form.formatted(company.numberPrefix(), date.format(DATE), next);
  }

  private @org.jspecify.annotations.Nullable Integer increment(String company, LocalDate date) {
    int changed =
        jdbc.sql(
                """
                UPDATE work_order_number SET last_number = last_number + 1
                WHERE company = :company AND on_date = :date
                """)
            .param("company", company)
            .param("date", date)
            .update();
    return changed == 0
        ? null
        : jdbc.sql(
                """
                SELECT last_number FROM work_order_number
                WHERE company = :company AND on_date = :date
                """)
            .param("company", company)
            .param("date", date)
            .query(Integer.class)
            .single();
  }

  private void begin(String company, LocalDate date) {
    try {
      apart.executeWithoutResult(
          status ->
              jdbc.sql(
                      """
                      INSERT INTO work_order_number (company, on_date, last_number)
                      VALUES (:company, :date, 0)
                      """)
                  .param("company", company)
                  .param("date", date)
                  .update());
    } catch (DuplicateKeyException e) {
      // another call of the same day was first
    }
  }
}
