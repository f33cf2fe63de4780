package hotline.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where customers reach this installation; stands in links that leave the building. */
@ConfigurationProperties("hotline")
public record PublicAddress(@DefaultValue("http://localhost:8080") String publicUrl) {
  public PublicAddress {
    if (!publicUrl.matches("https?://[^\\s?#]+")) {
      throw new IllegalArgumentException(
          "hotline.public-url must be an address such as http://localhost:8080");
    }
    publicUrl = publicUrl.replaceFirst("/+$", "");
  }
}
