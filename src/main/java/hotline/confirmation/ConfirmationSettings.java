package hotline.confirmation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the customers' links are good for, and the font of the PDF (a file; without one the
 * usual fonts are looked for).
 */
@ConfigurationProperties("hotline")
record ConfirmationSettings(@DefaultValue Confirmation confirmation, @DefaultValue Pdf pdf) {

  record Confirmation(@DefaultValue("P90D") Duration validFor) {
    Confirmation {
      if (validFor.isNegative() || validFor.isZero()) {
        throw new IllegalArgumentException("hotline.confirmation.valid-for must be positive");
      }
    }
  }

  record Pdf(@DefaultValue("") String font) {}
}
