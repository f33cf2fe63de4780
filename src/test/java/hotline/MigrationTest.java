package hotline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Our tables say their character set themselves: MySQL's default one takes 𠮷 and 😀 for the same
 * character and AB-1 and ab-1 for the same key, where H2 does not.
 */
@DisplayName("建表脚本")
class MigrationTest {
  private static final Pattern TABLE =
      Pattern.compile("^CREATE TABLE (\\w+).*?^\\)(.*?);$", Pattern.MULTILINE | Pattern.DOTALL);

  static Stream<Resource> scripts() throws IOException {
    return Stream.of(
        new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*.sql"));
  }

  @ParameterizedTest(name = "{0}：每张表都写明 utf8mb4_bin")
  @MethodSource("scripts")
  void everyTableIsUtf8mb4(Resource script) throws IOException {
    String sql = script.getContentAsString(StandardCharsets.UTF_8);
    List<MatchResult> tables = TABLE.matcher(sql).results().toList();

    assertThat(tables).hasSize(sql.split("CREATE TABLE", -1).length - 1);
    List<String> without = new ArrayList<>();
    for (MatchResult table : tables) {
      if (!table.group(2).contains("DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")) {
        without.add(table.group(1));
      }
    }
    assertThat(without).isEmpty();
  }
}
