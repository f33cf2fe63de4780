package hotline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The project builds wherever it is checked out, and asks nothing of other people's servers. */
@DisplayName("项目布局")
class LayoutTest {
  private static final Set<String> TOP =
      Set.of("pom.xml", "src", "processes", "forms", "docs", "docker-compose.yml", "README.md");

  /** What building and running leaves behind. */
  private static final Set<String> LEFT_BEHIND = Set.of("target", "data");

  private static final Set<String> MODELS = Set.of("bpmn", "dmn", "form");
  private static final Set<String> TEXTS =
      Set.of(
          "bpmn",
          "dmn",
          "form",
          "java",
          "xml",
          "yaml",
          "yml",
          "properties",
          "json",
          "sql",
          "html",
          "css",
          "js",
          "svg",
          "csv",
          "md",
          "factories");

  private static final Pattern ABSOLUTE_PATH =
      Pattern.compile("(?<![\\w.:/}-])(/(home|root|tmp|work|Users|mnt)/\\w|[A-Z]:\\\\\\\\\\w)");
  private static final Pattern HOST = Pattern.compile("https?://([A-Za-z0-9.-]+)");

  /** Names of formats, our own server, and the papers that the holidays come from. */
  private static final Set<String> KNOWN_HOSTS =
      Set.of("bpmn.io", "camunda.org", "www.omg.org", "www.w3.org", "localhost", "www.gov.cn");

  /** The web apps' own files, as their makers ship them. */
  private static final Path WEB_APPS =
      Path.of("src/main/resources/META-INF/resources/webjars/camunda");

  @Test
  @DisplayName("顶层只有约定的文件和目录")
  void topIsTidy() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""))) {
      assertThat(top.map(Path::toString))
          .filteredOn(name -> !name.startsWith(".") && !LEFT_BEHIND.contains(name))
          .isSubsetOf(TOP);
    }
  }

  @Test
  @DisplayName("流程、决策表和表单只在各自的目录，一种目录一种文件")
  void modelsAreInTheirPlace() throws IOException {
    assertThat(files("processes"))
        .allMatch(file -> Set.of("bpmn", "dmn").contains(extension(file)))
        .filteredOn(file -> extension(file).equals("dmn"))
        .allMatch(file -> file.getParent().getParent().equals(Path.of("processes/regulations")));
    assertThat(files("processes"))
        .filteredOn(file -> extension(file).equals("bpmn"))
        .allMatch(file -> file.getParent().equals(Path.of("processes")));
    assertThat(files("forms"))
        .allMatch(file -> extension(file).equals("form"))
        .allMatch(file -> file.getParent().equals(Path.of("forms")));
    assertThat(files("src/main")).noneMatch(file -> MODELS.contains(extension(file)));
  }

  @Test
  @DisplayName("文本都是 UTF-8，没有字节序标记")
  void textsAreUtf8() throws IOException {
    for (Path file : texts()) {
      byte[] bytes = Files.readAllBytes(file);
      assertThat(isUtf8(bytes)).as(file + " 是 UTF-8").isTrue();
      assertThat(new String(bytes, StandardCharsets.UTF_8))
          .as(file.toString())
          .doesNotStartWith("\uFEFF");
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  @DisplayName("没有写死的绝对路径")
  void noAbsolutePaths() throws IOException {
    for (Path file : texts()) {
      assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(ABSOLUTE_PATH);
    }
  }

  @Test
  @DisplayName("产品不引用外部网站")
  void noForeignHosts() throws IOException {
    for (Path file : texts()) {
      if (!file.startsWith("src/test") && !file.startsWith(WEB_APPS) && !file.startsWith("docs")) {
        assertThat(HOST.matcher(Files.readString(file)).results().map(host -> host.group(1)))
            .as(file.toString())
            .isSubsetOf(KNOWN_HOSTS);
      }
    }
  }

  private static List<Path> texts() throws IOException {
    List<Path> texts = new ArrayList<>();
    for (String folder : List.of("src", "processes", "forms", "docs")) {
      files(folder).stream().filter(file -> TEXTS.contains(extension(file))).forEach(texts::add);
    }
    return texts;
  }

  private static List<Path> files(String folder) throws IOException {
    if (!Files.isDirectory(Path.of(folder))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String extension(Path file) {
    return file.toString().replaceFirst(".*\\.", "");
  }
}
