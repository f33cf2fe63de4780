package hotline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Chinese of the web apps says all that the shipped English says, and nothing in English. */
@DisplayName("网页应用的中文")
class TranslationTest {
  private static final String APPS = "/META-INF/resources/webjars/camunda/app/";

  /** What is not a word: signs, formats, and the numbers of the week's rule. */
  private static final Set<String> NOT_WORDS =
      Set.of("< <= > >= ID CSV JSON L YYYY-MM-DD YYYY-MM-DDTHH:mm:ss HH:mm 1 4".split(" "));

  /** The English plural ending, which stands alone in some keys and has no Chinese. */
  private static final String PLURAL = "s";

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\{\\{.*?}}|\\{}|%[sd]|</?(?:a|br|strong|b|i|em|p|span|code|ul|li)\\b[^>]*>");

  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  @ParameterizedTest(name = "{0}：键与英文版一致")
  @EachApp
  void sameKeys(String app) throws IOException {
    assertThat(chinese(app).keySet()).isEqualTo(english(app).keySet());
  }

  @ParameterizedTest(name = "{0}：没有空白的译文")
  @EachApp
  void nothingEmpty(String app) throws IOException {
    assertNone(app, (english, chinese) -> chinese.isBlank() && !hasNoWords(english));
  }

  @ParameterizedTest(name = "{0}：占位符和标记原样保留")
  @EachApp
  void samePlaceholders(String app) throws IOException {
    assertNone(app, (english, chinese) -> !placeholders(english).equals(placeholders(chinese)));
  }

  @ParameterizedTest(name = "{0}：每条译文都是中文")
  @EachApp
  void everyTextIsChinese(String app) throws IOException {
    assertNone(
        app,
        (english, chinese) ->
            !hasNoWords(english) && !NOT_WORDS.contains(chinese) && !HAN.matcher(chinese).find());
  }

  @ParameterizedTest(name = "{0}：应用设置选用中文")
  @EachApp
  void configurationChoosesChinese(String app) throws IOException {
    assertThat(read(app, "scripts/config.js"))
        .contains("name: '热线工单'", "availableLocales: ['zh', 'en']", "fallbackLocale: 'zh'");
  }

  private static boolean hasNoWords(String english) {
    return english.isBlank() || english.equals(PLURAL);
  }

  private static void assertNone(String app, BiPredicate<String, String> fault) throws IOException {
    Map<String, String> english = english(app);
    Map<String, String> faults = new TreeMap<>(chinese(app));
    faults.entrySet().removeIf(text -> !fault.test(english.get(text.getKey()), text.getValue()));
    assertThat(faults).isEmpty();
  }

  private static Map<String, String> english(String app) throws IOException {
    return texts(read(app, "locales/en.json"));
  }

  private static Map<String, String> chinese(String app) throws IOException {
    return texts(read(app, "locales/zh.json"));
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  private static Map<String, String> texts(String json) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    // The shipped files start with a byte order mark.
    collect("", new ObjectMapper().readTree(json.replaceFirst("^\uFEFF", "")), texts);
    return texts;
  }

  private static void collect(String path, JsonNode node, Map<String, String> texts) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), texts));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), texts);
      }
    } else {
      texts.put(path, node.asText());
    }
  }

  private static String read(String app, String file) throws IOException {
    try (InputStream in = TranslationTest.class.getResourceAsStream(APPS + app + "/" + file)) {
      assertThat(in).as(app + "/" + file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
  private @interface EachApp {}
}
