package hotline.browser;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

/** The product and a browser for the journeys of one class; each test leaves no page behind. */
abstract class Journey {
  static Chromium chromium;
  static Product product;

  @BeforeAll
  static void start() throws IOException {
    chromium = Chromium.open();
    product = Product.start();
  }

  @AfterAll
  static void stop() {
    if (product != null) {
      product.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void closePages(TestInfo test) {
    chromium.closePages(test.getTestMethod().orElseThrow().getName());
  }
}
