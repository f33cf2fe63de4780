package hotline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Orders begun under a released diagram run on: nothing that it asks of Java is deleted. */
@DisplayName("已发布的流程图")
class ReleasedModelsTest {
  static final Path RELEASED = Path.of("src/test/resources/released");

  @ParameterizedTest(name = "{0}")
  @MethodSource("released")
  @DisplayName("用到的步骤和时间都还在")
  void verbsStay(ModelFile model) {
    model.steps().forEach(ModelFile.Step::isThere);
    model.questions().forEach(ModelFile.Question::isThere);
  }

  static List<ModelFile> released() throws IOException {
    try (Stream<Path> releases = Files.list(RELEASED)) {
      return releases.sorted().flatMap(release -> ModelFile.in(release).stream()).toList();
    }
  }
}
