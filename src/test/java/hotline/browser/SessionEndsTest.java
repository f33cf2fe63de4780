package hotline.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The session of somebody who is typing ends: its node has died, or its time is over. */
@DisplayName("办到一半，会话没有了")
class SessionEndsTest extends Journey {
  private static final String BUSINESS = "yunfu-water.business";

  @Test
  @DisplayName("重新登录后回到同一任务，打过的字还在，提交得了；换了人登录就看不到")
  void whatWasTypedIsThereAgain() {
    String number = call();
    Seat seat = Seat.of(chromium, product, BUSINESS);
    seat.takes("接单", number);
    seat.ticks("接单");
    seat.fills("承办人", "王师傅𠮷😀");
    seat.losesItsSession();
    seat.sends();
    seat.logsInAgain(BUSINESS);
    assertThat(seat.page.locator("h2.task")).containsText("接单");
    assertThat(seat.field("承办人")).hasValue("王师傅𠮷😀");
    seat.ticks("接单");
    seat.completes();
    assertThat(product.order(number).path("worker").asText()).isEqualTo("王师傅𠮷😀");

    String other = call();
    seat.opensTask("接单", other);
    seat.claims();
    seat.fills("承办人", "李师傅");
    seat.losesItsSession();
    seat.sends();
    seat.logsInAgain("yunfu-water.business-leader");
    seat.page.waitForTimeout(2000);
    assertThat(seat.page.content()).doesNotContain("李师傅");
    seat.losesItsSession();
    seat.page.reload();
    seat.logsInAgain(BUSINESS);
    assertThat(seat.page.locator("h2.task")).containsText("接单");
    assertThat(seat.field("承办人")).hasValue("");
    seat.leaves();
  }

  private String call() {
    return product.call("yunfu-water", "BILLING", "yuncheng", "水费有疑问", Map.of());
  }
}
