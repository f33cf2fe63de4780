package hotline.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One line of demo/&lt;company&gt;.yaml: so many minutes ago a person took the order or reported
 * the outage, or did a task of it.
 */
record SampleMove(
    String company, int ago, String by, String order, String does, Map<String, Object> with) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<SampleMove> of(String company) {
    ClassPathResource file = new ClassPathResource("demo/" + company + ".yaml");
    if (!file.exists()) {
      return Stream.empty();
    }
    try (InputStream text = file.getInputStream()) {
      List<Map<String, Object>> lines =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      lines.forEach(line -> line.put("company", company));
      return lines.stream().map(line -> JSON.convertValue(line, SampleMove.class));
    } catch (IOException e) {
      throw new UncheckedIOException(file.getPath(), e);
    }
  }

  /** Which order or outage of which company is meant. */
  String key() {
    return company + " " + order;
  }
}
