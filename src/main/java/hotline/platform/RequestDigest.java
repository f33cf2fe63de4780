package hotline.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import hotline.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Tells whether two requests with the same idempotency key say the same. */
@Component
public class RequestDigest {
  private final ObjectMapper json;

  RequestDigest(ObjectMapper json) {
    this.json = json;
  }

  /** Sixty-four characters, alike for alike content. */
  public String of(Record request) {
    try {
      byte[] content =
          json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
              .writeValueAsString(request)
              .getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(Sha256.of(content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
