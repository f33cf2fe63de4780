package hotline.handbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Label;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** The tests whose display name cites a requirement or ruling, as lines of scenarios.csv. */
final class CitingTests {
  private static final Path COMPILED = Path.of("target/test-classes/hotline");

  private CitingTests() {}

  static Set<String> lines() {
    Set<String> lines = new TreeSet<>();
    SimpleMetadataReaderFactory reader = new SimpleMetadataReaderFactory();
    try (Stream<Path> files = Files.walk(COMPILED)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        AnnotationMetadata type =
            reader.getMetadataReader(new FileSystemResource(file)).getAnnotationMetadata();
        if (isRun(type)) {
          Stream.concat(Stream.of(type), type.getDeclaredMethods().stream())
              .filter(CitingTests::isRun)
              .flatMap(CitingTests::displayNames)
              .forEach(name -> lines.addAll(cited(type.getClassName(), name)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static boolean isRun(AnnotatedTypeMetadata test) {
    return !test.isAnnotated(Disabled.class.getName());
  }

  private static Stream<String> displayNames(AnnotatedTypeMetadata test) {
    return Stream.of(DisplayName.class, Label.class)
        .map(annotation -> test.getAnnotationAttributes(annotation.getName()))
        .filter(Objects::nonNull)
        .map(attributes -> String.valueOf(attributes.get("value")));
  }

  private static List<String> cited(String type, String name) {
    if (name.contains(";")) {
      throw new AssertionError(type + "：显示名中的半角分号请改为全角：" + name);
    }
    String test = type.replaceFirst("^hotline\\.", "").replaceFirst("\\$.*", "");
    return Citations.in(name).stream().map(id -> id + ";" + test + ";" + name).toList();
  }
}
