package hotline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.HistoricProcessInstancePermissions;
import org.camunda.bpm.engine.authorization.HistoricTaskPermissions;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.ProcessInstancePermissions;
import org.camunda.bpm.engine.authorization.SystemPermissions;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Chinese of the web apps says all that the shipped English says, and nothing in English. */
@DisplayName("网页应用的中文")
class TranslationTest {
  private static final List<String> APP_NAMES = List.of("tasklist", "cockpit", "admin", "welcome");

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

  /**
   * Keys in quotes with a capital or a blank: what pages say, not the names of batches and jobs.
   */
  private static final Pattern SHIPPED_WORDS =
      Pattern.compile("'([A-Z][^'\\n]+|[a-z]+ [a-z ]+)': '");

  private static final Pattern MARKUP = Pattern.compile("</?[a-z][^>]*>|&[a-z]+;");

  private static final Pattern FAULTY_WRITING =
      Pattern.compile(
          "\\p{IsHan}[,;:?!().]|[,;:?!()]\\p{IsHan}"
              + "|\\p{IsHan}[A-Za-z0-9]|[A-Za-z0-9]\\p{IsHan}"
              + "|\\.\\.\\.|你| [，。；：？！、）”]|[，。；：？！、（“] |  ");

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

  @ParameterizedTest(name = "{0}：一个英文术语只有一个译名")
  @EachApp
  void oneWordForEachTerm(String app) throws IOException {
    List<Term> terms = terms();
    assertNone(
        app,
        (english, chinese) -> {
          String words = PLACEHOLDER.matcher(english).replaceAll(" ");
          return terms.stream()
              .anyMatch(
                  term ->
                      term.isIn(words) && !chinese.contains(term.chinese)
                          || term.never.stream().anyMatch(chinese::contains));
        });
  }

  @Test
  @DisplayName("术语表里的每个词都用得着")
  void everyTermIsUsed() throws IOException {
    List<String> english = new ArrayList<>();
    for (String app : APP_NAMES) {
      english.addAll(english(app).values());
    }
    assertThat(terms())
        .isNotEmpty()
        .allSatisfy(term -> assertThat(english).as(term.english).anyMatch(term::isIn));
  }

  @Test
  @DisplayName("四个应用里同一个键、同一句英文，中文也是同一句")
  void appsAgree() throws IOException {
    Map<String, String> seen = new TreeMap<>();
    Map<String, String> faults = new TreeMap<>();
    for (String app : APP_NAMES) {
      Map<String, String> english = english(app);
      chinese(app)
          .forEach(
              (key, text) -> {
                String other = seen.putIfAbsent(key + " = " + english.get(key), text);
                if (other != null && !other.equals(text)) {
                  faults.put(app + key, other + " / " + text);
                }
              });
    }
    assertThat(faults).isEmpty();
  }

  @ParameterizedTest(name = "{0}：标点用全角，中文与字母、数字之间空一格，称“您”")
  @EachApp
  void writtenAlike(String app) throws IOException {
    Map<String, String> texts = new TreeMap<>(chinese(app));
    texts.keySet().removeIf(key -> key.startsWith("/dateLocales/"));
    texts
        .values()
        .removeIf(text -> !FAULTY_WRITING.matcher(MARKUP.matcher(text).replaceAll("")).find());
    assertThat(texts).isEmpty();
  }

  @Test
  @DisplayName("授权页上的每项权限都有中文")
  void everyPermission() throws IOException {
    String script = read("welcome", "scripts/shipped-zh.js");
    List<Class<? extends Enum<?>>> kinds =
        List.of(
            Permissions.class,
            BatchPermissions.class,
            HistoricProcessInstancePermissions.class,
            HistoricTaskPermissions.class,
            ProcessDefinitionPermissions.class,
            ProcessInstancePermissions.class,
            SystemPermissions.class,
            TaskPermissions.class,
            UserOperationLogCategoryPermissions.class);
    List<String> names =
        kinds.stream()
            .flatMap(kind -> Stream.of(kind.getEnumConstants()))
            .map(Enum::name)
            .distinct()
            .toList();
    assertThat(names)
        .contains("READ")
        .allSatisfy(name -> assertThat(script).containsPattern("\\b" + name + ": '"));
  }

  @Test
  @DisplayName("译出的英文确实是随附脚本里的，升级后多余的会露出来")
  void shippedWordsAreShipped() throws IOException {
    StringBuilder shipped = new StringBuilder();
    for (String file :
        List.of(
            APPS + "cockpit/camunda-cockpit-bootstrap.js",
            APPS + "admin/camunda-admin-bootstrap.js",
            APPS + "welcome/camunda-welcome-bootstrap.js",
            "/META-INF/resources/plugin/cockpit/app/plugin.js",
            "/META-INF/resources/webjars/camunda/lib/deps.js")) {
      shipped.append(resource(file));
    }
    String all = shipped.toString();
    List<String> words =
        SHIPPED_WORDS
            .matcher(read("welcome", "scripts/shipped-zh.js"))
            .results()
            .map(word -> word.group(1))
            .toList();
    assertThat(words).hasSizeGreaterThan(30).allSatisfy(word -> assertThat(all).contains(word));
  }

  @ParameterizedTest(name = "{0}：应用设置选用中文")
  @EachApp
  void configurationChoosesChinese(String app) throws IOException {
    assertThat(read(app, "scripts/config.js"))
        .contains(
            "name: '热线工单'",
            "availableLocales: ['zh', 'en']",
            "fallbackLocale: 'zh'",
            "customScripts: ['../welcome/scripts/hotline', '../welcome/scripts/shipped-zh'");
  }

  /** Terms of the web apps, one translation each; what else the word has been called, never. */
  private static List<Term> terms() throws IOException {
    try (InputStream in = TranslationTest.class.getResourceAsStream("/webapps-terms.csv")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(Term::of)
          .toList();
    }
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
    return resource(APPS + app + "/" + file);
  }

  private static String resource(String path) throws IOException {
    try (InputStream in = TranslationTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private record Term(String english, String chinese, List<String> never) {
    static Term of(String line) {
      List<String> cells = List.of(line.split(";", -1));
      return new Term(
          cells.get(0),
          cells.get(1),
          Stream.of(cells.get(2).split(" ")).filter(w -> !w.isEmpty()).toList());
    }

    /** As a word or words of their own, in the singular or plural. */
    boolean isIn(String text) {
      String words =
          english.endsWith("y")
              ? Pattern.quote(english.substring(0, english.length() - 1)) + "(y|ies)"
              : Pattern.quote(english) + "(s|es)?";
      return Pattern.compile("(?<![\\w-])" + words + "(?![\\w-])", Pattern.CASE_INSENSITIVE)
          .matcher(text)
          .find();
    }
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
  private @interface EachApp {}
}
