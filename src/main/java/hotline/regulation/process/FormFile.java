package hotline.regulation.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;

/** What a form asks: its fields, each with its choices as code and label. */
record FormFile(Map<String, Map<String, String>> fields) {

  /** The designer's own file if there is a folder of forms here, else the one that is built in. */
  static FormFile read(String name) {
    Path here = Path.of("forms", name);
    try (InputStream in =
        Files.isRegularFile(here)
            ? Files.newInputStream(here)
            : new ClassPathResource("forms/" + name).getInputStream()) {
      Map<String, Map<String, String>> fields = new LinkedHashMap<>();
      collect(new ObjectMapper().readTree(in).path("components"), fields);
      return new FormFile(fields);
    } catch (IOException e) {
      throw new CannotRead("forms/" + name + " 读不了：" + e.getMessage(), e);
    }
  }

  Map<String, String> choices(String field) {
    return fields.getOrDefault(field, Map.of());
  }

  private static void collect(JsonNode components, Map<String, Map<String, String>> fields) {
    for (JsonNode component : components) {
      if (component.hasNonNull("key")) {
        Map<String, String> choices = new LinkedHashMap<>();
        for (JsonNode choice : component.path("values")) {
          choices.put(choice.path("value").asText(), choice.path("label").asText());
        }
        fields.put(component.path("key").asText(), choices);
      }
      collect(component.path("components"), fields);
    }
  }
}
