package hotline.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The fields that people fill in, as the forms define them: key, label, and whether it is a list.
 */
@Component
public class FormFields {
  private static final Set<String> LISTS = Set.of("taglist", "checklist");

  private final Map<String, String> labels = new TreeMap<>();
  private final Set<String> lists = new TreeSet<>();

  FormFields() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (Resource form :
        new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
      try (InputStream in = form.getInputStream()) {
        read(json.readTree(in).path("components"));
      }
    }
  }

  private void read(JsonNode components) {
    for (JsonNode component : components) {
      if (component.hasNonNull("key") && !component.path("disabled").asBoolean()) {
        String key = component.path("key").asText();
        if (LISTS.contains(component.path("type").asText())) {
          lists.add(key);
        }
        String label = component.path("label").asText(key);
        // a label that is computed says nothing without its form
        labels.merge(
            key,
            label.startsWith("=") ? key : label,
            (known, more) -> known.equals(key) ? more : known);
      }
      read(component.path("components"));
    }
  }

  /** The keys of all fields of all forms; nothing else that is sent is taken. */
  public Set<String> keys() {
    return labels.keySet();
  }

  /** Whether several values may be chosen. */
  public boolean isList(String key) {
    return lists.contains(key);
  }

  /** The field as people read it. */
  String label(String key) {
    return labels.getOrDefault(key, key);
  }
}
