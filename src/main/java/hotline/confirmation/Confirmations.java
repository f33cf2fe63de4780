package hotline.confirmation;

import hotline.Sql;
import hotline.notice.Channel;
import hotline.notice.NewNotice;
import hotline.notice.Notices;
import hotline.notice.Purpose;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import hotline.platform.PublicAddress;
import hotline.workorder.CompletionRecorded;
import hotline.workorder.WorkOrder;
import hotline.workorder.WorkOrders;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gives each order whose completion is on the record one link that nobody can guess, and sends it
 * to the customer's mobile (WX-1.4d).
 */
@Component
class Confirmations {
  static final String PATH = "/public/confirmations/";

  /** Of 18 bytes each character of the token counts: no link has a second spelling. */
  private static final int BYTES = 18;

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{24}");
  static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

  private final JdbcClient jdbc;
  private final WorkOrders orders;
  private final Organisation organisation;
  private final Notices notices;
  private final ConfirmationSettings settings;
  private final PublicAddress address;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Confirmations(
      JdbcClient jdbc,
      WorkOrders orders,
      Organisation organisation,
      Notices notices,
      ConfirmationSettings settings,
      PublicAddress address,
      Clock clock) {
    this.jdbc = jdbc;
    this.orders = orders;
    this.organisation = organisation;
    this.notices = notices;
    this.settings = settings;
    this.address = address;
    this.clock = clock;
  }

  /** The link of one order. */
  record Confirmation(String orderNumber, String token, Instant issuedAt, Instant expiresAt) {}

  /** A repeated step keeps the link that the customer has, and sends no second SMS. */
  @EventListener
  void issue(CompletionRecorded recorded) {
    String number = recorded.orderNumber();
    WorkOrder order = orders.look(number);
    insert(number, recorded.at());
    if (order.isFromMobile()) {
      notices.queue(sms(order, of(number).orElseThrow()));
    }
  }

  private void insert(String number, Instant at) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    try {
      jdbc.sql(
              """
              INSERT INTO confirmation (order_number, token, issued_at, expires_at)
              VALUES (:order, :token, :at, :until)
              """)
          .param("order", number)
          .param("token", Base64.getUrlEncoder().encodeToString(secret))
          .param("at", Sql.utc(at))
          .param("until", Sql.utc(at.plus(settings.confirmation().validFor())))
          .update();
    } catch (DuplicateKeyException alreadyIssued) {
      // the link that was issued stands
    }
  }

  private NewNotice sms(WorkOrder order, Confirmation confirmation) {
    Company company = organisation.company(order.company());
    return new NewNotice(
        order.number() + "|CLOSURE|CONFIRMATION",
        order.company(),
        order.number(),
        order.round(),
        Purpose.CLOSURE,
        Channel.SMS,
        "客户",
        order.phoneDigits(),
        "工单完成确认单",
        "【"
            + company.name()
            + "】工单"
            + order.number()
            + "已办结，《工单完成确认单》请查看（"
            + DAY.format(confirmation.expiresAt().atZone(company.zone()))
            + "前有效）："
            + address.publicUrl()
            + PATH
            + confirmation.token());
  }

  Optional<Confirmation> of(String orderNumber) {
    return find("order_number = :key", orderNumber);
  }

  /**
   * The order that the link opens. Whatever else is asked for takes the same way through the index
   * as a link that was never issued.
   */
  Optional<Confirmation> opened(String token) {
    String key = TOKEN.matcher(token).matches() ? token : "";
    return find("token = :key AND expires_at > :now", key);
  }

  private Optional<Confirmation> find(String where, String key) {
    return jdbc.sql(
            "SELECT order_number, token, issued_at, expires_at FROM confirmation WHERE " + where)
        .param("key", key)
        .param("now", Sql.utc(clock.instant()))
        .query(
            (row, i) ->
                new Confirmation(
                    row.getString("order_number"),
                    row.getString("token"),
                    Sql.at(row, "issued_at"),
                    Sql.at(row, "expires_at")))
        .optional();
  }
}
