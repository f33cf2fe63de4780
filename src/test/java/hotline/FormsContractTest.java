package hotline;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hotline.callback.CallbackByPhone;
import hotline.callback.FollowUp;
import hotline.callback.RecordSettlement;
import hotline.extension.DecideExtension;
import hotline.extension.TellCustomer;
import hotline.outage.OutageCommands;
import hotline.watch.RecoverOrder;
import hotline.workorder.Commands;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A form asks for what its command takes, in Chinese, and shows what the screen tells. */
@DisplayName("任务表单")
class FormsContractTest {
  private static final Path FORMS = Path.of("forms");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a form may be made of: nothing that runs, loads or renders foreign text. */
  private static final Set<String> TYPES =
      Set.of(
          "group",
          "text",
          "textfield",
          "textarea",
          "number",
          "checkbox",
          "radio",
          "select",
          "datetime",
          "taglist");

  /** What the screen tells: in text areas, which grow with the text and cut nothing off. */
  private static final Set<String> SHOWN =
      Set.of(
          "head",
          "due",
          "customer",
          "missing",
          "why",
          "place",
          "matter",
          "asked",
          "instruction",
          "guidance",
          "limits",
          "record",
          "earlier",
          "nearby",
          "reply",
          "extension",
          "attempts",
          "owed",
          "proposal",
          "file",
          "platform",
          "answerNow",
          "quiet",
          "knownOutages",
          "label",
          "report",
          "contacts",
          "duties");

  private static final Set<String> LISTS =
      Set.of(
          "categories",
          "subcategories",
          "departments",
          "districts",
          "levels",
          "outages",
          "places",
          "customers",
          "contactsLeft");

  /** Options as the contract has them; every other list of options is held by the domain. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.ofEntries(
          Map.entry("complete-intake.outcome", Set.of("DISPATCH", "ANSWER")),
          Map.entry("check-dispatch.outcome", Set.of("DISPATCH", "ANSWER")),
          Map.entry("accept.outcome", Set.of("ACCEPT", "RETURN")),
          Map.entry(
              "report-work.outcome",
              Set.of("DONE", "PROGRESS", "PLAN", "EXTENSION", "REFUSED", "VOID")),
          Map.entry("inquire-delay.cause", Set.of("OUTSIDE", "OWN")),
          Map.entry("determine-range.outcome", Set.of("REPORT", "WITHDRAW")),
          Map.entry("obtain-approval.outcome", Set.of("APPROVED", "REFUSED")),
          Map.entry("perform-duty.outcome", Set.of("DONE", "RECORD", "WAIVE")),
          Map.entry("follow-outage.outcome", Set.of("RESTORED", "CHANGE", "CANCEL")),
          Map.entry("report-outage.origin", Set.of("NETWORK", "PLANT", "BOOSTER_STATION")),
          Map.entry("report-outage.effect", Set.of("SHUTOFF", "REDUCED_PRESSURE")),
          Map.entry("report-work.extensionCause", Set.of("OUTSIDE", "OWN")),
          Map.entry("review-reply.outcome", Set.of("PASS", "REWORK")),
          Map.entry("follow-up.outcome", Set.of("REWORK", "CLOSE")),
          Map.entry("recover-order.outcome", Set.of("RESUME", "REDISPATCH", "CLOSE")),
          Map.entry("callback-by-phone.satisfaction", Set.of("SATISFIED", "DISSATISFIED")),
          Map.entry(
              "receive-call.channel",
              Set.of("PHONE", "SMS", "WECHAT", "WEB", "APP", "VISIT", "PLATFORM")),
          Map.entry(
              "complete-intake.meterSide",
              Set.of("UPSTREAM", "DOWNSTREAM", "INDOOR", "JOINT", "METER_BODY", "UNKNOWN")),
          Map.entry(
              "complete-intake.asset",
              Set.of("PIPE", "VALVE", "HYDRANT", "METER", "MANHOLE", "OTHER")),
          Map.entry(
              "complete-intake.networkPart",
              Set.of(
                  "PRIMARY_MAIN",
                  "PRIMARY_BRANCH",
                  "SECONDARY",
                  "HEAT_STATION",
                  "INDOOR",
                  "WELL")));

  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern FEEL_TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern FEEL_WORDS =
      Pattern.compile("\\b(get value|string length|if|then|else|null)\\b|[^A-Za-z]+");

  @Test
  @DisplayName("一个命令一张表单，一张表单一个命令；流程设计员自己加的步骤（${recordStep}）用自己的表单")
  void oneFormForEachCommand() throws IOException {
    List<String> withCommand = new ArrayList<>(files());
    withCommand.removeAll(designersOwn());
    assertThat(withCommand).containsExactlyInAnyOrderElementsOf(commands().keySet());
  }

  /** The forms of steps whose answers only go on the record. */
  private static Set<String> designersOwn() throws IOException {
    Pattern step =
        Pattern.compile(
            "<bpmn:userTask [^>]*camunda:formRef=\"([^\"]+)\"[^>]*>(?:(?!</bpmn:userTask>).)*"
                + "delegateExpression=\"\\$\\{recordStep}\"",
            Pattern.DOTALL);
    Set<String> forms = new TreeSet<>();
    try (Stream<Path> diagrams = Files.list(Path.of("processes"))) {
      for (Path diagram : diagrams.filter(file -> file.toString().endsWith(".bpmn")).toList()) {
        step.matcher(Files.readString(diagram)).results().forEach(form -> forms.add(form.group(1)));
      }
    }
    return forms;
  }

  /** What the tables have an agent ask: any word of theirs. */
  private static Set<String> asked() throws IOException {
    Set<String> words = new TreeSet<>();
    try (Stream<Path> tables = Files.walk(Path.of("processes", "regulations"))) {
      for (Path table : tables.filter(file -> file.endsWith("intake.dmn")).toList()) {
        words.addAll(List.of(Files.readString(table).split("[^A-Za-z]+")));
      }
    }
    return words;
  }

  @ParameterizedTest(name = "{0}：编号即文件名，Modeler 按 7.24 打开")
  @MethodSource("files")
  void savedForThisEngine(String name) throws IOException {
    JsonNode form = form(name);
    assertThat(form.path("id").asText()).isEqualTo(name);
    assertThat(form.path("type").asText()).isEqualTo("default");
    assertThat(form.path("schemaVersion").asInt()).isEqualTo(16);
    assertThat(form.path("executionPlatform").asText()).isEqualTo("Camunda Platform");
    assertThat(form.path("executionPlatformVersion").asText()).isEqualTo("7.24.0");
  }

  @ParameterizedTest(name = "{0}：填写项就是命令的字段，类型相符")
  @MethodSource("files")
  void inputsAreTheFieldsOfTheCommand(String name) throws IOException {
    Map<String, Class<?>> fields = fields(name);
    List<JsonNode> inputs = inputs(name);
    assertThat(inputs.stream().map(FormsContractTest::key))
        .containsExactlyInAnyOrderElementsOf(fields.keySet());
    for (JsonNode input : inputs) {
      assertThat(typesFor(fields.get(key(input))))
          .as(key(input))
          .contains(input.path("type").asText());
    }
  }

  @ParameterizedTest(name = "{0}：其余只供阅读，为空时不显示")
  @MethodSource("files")
  void everythingElseIsOnlyShown(String name) throws IOException {
    for (JsonNode shown : keyed(name)) {
      String key = key(shown);
      if (fields(name).containsKey(key)) {
        continue;
      }
      assertThat(shown.path("disabled").asBoolean()).as(key).isTrue();
      assertThat(shown.path("type").asText()).as(key).isEqualTo("textarea");
      assertThat(SHOWN).contains(key);
      assertThat(shown.path("conditional").path("hide").asText())
          .isEqualTo("=" + key + " = null or " + key + " = \"\"");
    }
  }

  @ParameterizedTest(name = "{0}：每项都有中文名称，选项也是")
  @MethodSource("files")
  void everyLabelIsChinese(String name) throws IOException {
    for (JsonNode one : components(name)) {
      if (one.path("type").asText().equals("text")) {
        continue;
      }
      String where = one.path("id").asText();
      if (one.path("type").asText().equals("datetime")) {
        assertThat(one.path("dateLabel").asText()).as(where).containsPattern(HAN);
        if (!one.path("subtype").asText().equals("date")) {
          assertThat(one.path("timeLabel").asText()).as(where).containsPattern(HAN);
        }
      } else {
        assertThat(one.path("label").asText()).as(where).containsPattern(HAN);
      }
      if (one.has("description")) {
        assertThat(one.path("description").asText()).as(where).containsPattern(HAN);
      }
      for (JsonNode option : one.path("values")) {
        assertThat(option.path("label").asText()).as(where).containsPattern(HAN);
      }
    }
  }

  @ParameterizedTest(name = "{0}：选项的值与约定一致，名单来自已知变量")
  @MethodSource("files")
  void optionsAreThoseOfTheContract(String name) throws IOException {
    for (JsonNode input : inputs(name)) {
      Set<String> expected = OPTIONS.get(name + "." + key(input));
      if (expected != null) {
        assertThat(values(input)).containsExactlyInAnyOrderElementsOf(expected);
      }
      if (input.has("valuesKey")) {
        assertThat(name)
            .as("a start form preloads nothing")
            .isNotIn("receive-call", "report-outage", "report-anomaly");
        assertThat(LISTS).contains(input.path("valuesKey").asText());
      }
      if (fields(name).get(key(input)) == Boolean.class && input.has("values")) {
        assertThat(input.path("values"))
            .allSatisfy(option -> assertThat(option.path("value").isBoolean()).isTrue());
      }
    }
  }

  @ParameterizedTest(name = "{0}：时间带时区；缺什么由系统用中文说明")
  @MethodSource("files")
  void timesCarryTheirOffsetAndRefusalsAreOurs(String name) throws IOException {
    for (JsonNode input : inputs(name)) {
      JsonNode rules = input.path("validate");
      assertThat(rules.path("required").asBoolean()).as(key(input)).isFalse();
      if (fields(name).get(key(input)) == OffsetDateTime.class) {
        assertThat(input.path("subtype").asText()).isEqualTo("datetime");
        assertThat(input.path("timeSerializingFormat").asText()).isEqualTo("utc_offset");
        assertThat(input.path("use24h").asBoolean()).isTrue();
      }
      if (Set.of("textfield", "textarea").contains(input.path("type").asText())) {
        assertThat(rules.path("maxLength").asInt()).as(key(input)).isPositive();
      }
    }
  }

  @ParameterizedTest(name = "{0}：只用普通组件，客户的话不当作标记显示")
  @MethodSource("files")
  void nothingRendersWhatTheCallerSaid(String name) throws IOException {
    assertThat(Files.readString(FORMS.resolve(name + ".form"))).doesNotContain("{{");
    for (JsonNode one : components(name)) {
      assertThat(TYPES).contains(one.path("type").asText());
      assertThat(one.has("properties")).as("custom properties").isFalse();
      if (one.path("type").asText().equals("text")) {
        String text = one.path("text").asText();
        assertThat(text).startsWith("=");
        String names =
            FEEL_WORDS.matcher(FEEL_TEXT.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
        if (!text.contains("populations")) {
          assertThat(Set.of("guidances", "category", "subcategory")).contains(names.split(" +"));
        }
      }
    }
  }

  // ---- reading

  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FORMS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".form"))
          .map(file -> file.substring(0, file.length() - ".form".length()))
          .sorted()
          .toList();
    }
  }

  /** The commands by the names of their forms: {@code ReportWork} is {@code report-work}. */
  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new TreeMap<>();
    Stream.concat(
            Stream.of(Commands.class, OutageCommands.class)
                .flatMap(all -> Stream.of(all.getDeclaredClasses())),
            Stream.of(
                DecideExtension.class,
                TellCustomer.class,
                CallbackByPhone.class,
                FollowUp.class,
                RecordSettlement.class,
                RecoverOrder.class))
        .forEach(command -> commands.put(kebab(command.getSimpleName()), command));
    return commands;
  }

  private static String kebab(String camel) {
    return camel.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Class<?>> fields(String name) throws IOException {
    Map<String, Class<?>> fields = new TreeMap<>();
    Class<?> command = commands().get(name);
    for (JsonNode input : inputs(name)) {
      if (command == null || name.equals("complete-intake") && asked().contains(key(input))) {
        fields.put(key(input), Object.class);
      }
    }
    if (command != null) {
      for (RecordComponent component : command.getRecordComponents()) {
        fields.put(component.getName(), component.getType());
      }
    }
    return fields;
  }

  private static Set<String> typesFor(Class<?> field) {
    if (field == Object.class) {
      return TYPES;
    }
    if (field == Boolean.class) {
      return Set.of("checkbox", "radio");
    }
    if (field == Integer.class || field == BigDecimal.class) {
      return Set.of("number");
    }
    if (field == OffsetDateTime.class || field == LocalDate.class) {
      return Set.of("datetime");
    }
    if (field == List.class) {
      return Set.of("taglist");
    }
    return Set.of("textfield", "textarea", "radio", "select");
  }

  private static JsonNode form(String name) throws IOException {
    return JSON.readTree(Files.readAllBytes(FORMS.resolve(name + ".form")));
  }

  private static List<JsonNode> components(String name) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    collect(form(name), all);
    return all;
  }

  private static void collect(JsonNode parent, List<JsonNode> all) {
    for (JsonNode one : parent.path("components")) {
      all.add(one);
      collect(one, all);
    }
  }

  private static List<JsonNode> keyed(String name) throws IOException {
    List<JsonNode> keyed = components(name).stream().filter(one -> one.has("key")).toList();
    assertThat(keyed.stream().map(FormsContractTest::key)).doesNotHaveDuplicates();
    return keyed;
  }

  private static List<JsonNode> inputs(String name) throws IOException {
    return keyed(name).stream().filter(one -> !one.path("disabled").asBoolean()).toList();
  }

  private static Set<String> values(JsonNode input) {
    return Stream.iterate(0, i -> i < input.path("values").size(), i -> i + 1)
        .map(i -> input.path("values").get(i).path("value").asText())
        .collect(toSet());
  }

  private static String key(JsonNode component) {
    return component.path("key").asText();
  }
}
