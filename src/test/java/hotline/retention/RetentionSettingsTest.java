package hotline.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@DisplayName("保存期限的设置")
class RetentionSettingsTest {
  private static final Pattern TIME_TO_LIVE = Pattern.compile("historyTimeToLive=\"([^\"]*)\"");

  private static RetentionSettings settings(String... pairs) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      given.put("hotline.retention." + pairs[i], pairs[i + 1]);
    }
    return new Binder(new MapConfigurationPropertySource(given))
        .bindOrCreate("hotline.retention", RetentionSettings.class);
  }

  @Test
  @DisplayName("每个流程、每张表写的保存期限就是 hotline.retention.orders 的默认值")
  void modelsSayTheSame() throws IOException {
    String period = "P" + settings().orders().toDays() + "D";
    try (Stream<Path> files = Files.walk(Path.of("processes"))) {
      List<Path> models = files.filter(Files::isRegularFile).toList();
      assertThat(models).hasSizeGreaterThan(40);
      for (Path model : models) {
        assertThat(
                TIME_TO_LIVE
                    .matcher(Files.readString(model))
                    .results()
                    .map((MatchResult found) -> found.group(1)))
            .as(model.toString())
            .isNotEmpty()
            .containsOnly(period);
      }
    }
  }

  @ParameterizedTest(name = "{0}：{1}")
  @DisplayName("夜里的窗口按上海时间，02:00 起、05:00 前")
  @CsvSource({
    "2026-11-16T01:59:59.999+08:00, false",
    "2026-11-16T02:00:00+08:00, true",
    "2026-11-15T18:00:00Z, true",
    "2026-11-16T04:59:59.999+08:00, true",
    "2026-11-16T05:00:00+08:00, false",
  })
  void window(String at, boolean isTime) {
    Instant now = java.time.OffsetDateTime.parse(at).toInstant();
    assertThat(settings().isTime(now)).isEqualTo(isTime);
    if (isTime) {
      assertThat(settings().end(now)).isEqualTo(Instant.parse("2026-11-15T21:00:00Z"));
    }
  }

  @ParameterizedTest(name = "{0}={1} 不启动")
  @CsvSource({
    "callers, P89D",
    "callers, P1826D",
    "orders, P1094D",
    "from, 05:00",
    "until, 01:00",
    "batch, 0",
    "batch, 1001"
  })
  @DisplayName("不可能的设置不启动，并说明怎么改")
  void impossible(String name, String given) {
    assertThatThrownBy(() -> settings(name, given))
        .rootCause()
        .hasMessageContaining("hotline.retention.");
    assertThat(
            settings(
                name, "batch".equals(name) ? "1000" : given.contains(":") ? "03:00" : "P1500D"))
        .isNotNull();
    assertThat(settings().callers()).isEqualTo(Duration.ofDays(1095));
  }
}
