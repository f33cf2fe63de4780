package hotline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import hotline.regulation.process.TableCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped tables answer every combination, and a designer's slip is named where it is. */
@DisplayName("决策表没有缺口，改错了说得清")
class CompletenessTest {
  private static final Path SHIPPED = Path.of("processes/regulations");

  @TempDir Path folder;

  private Path company;

  @BeforeEach
  void copyOneCompany() throws IOException {
    company = Files.createDirectory(folder.resolve("gas"));
    try (Stream<Path> tables = Files.list(SHIPPED.resolve("gas"))) {
      for (Path table : tables.toList()) {
        Files.copy(table, company.resolve(table.getFileName()));
      }
    }
  }

  @Test
  @DisplayName("五家公司的表走遍每一种情形，没有问题")
  void shippedTablesAreComplete() {
    TableCheck.Report report = TableCheck.of(SHIPPED);
    assertThat(report.findings()).isEmpty();
    assertThat(report.companies()).isEqualTo(5);
    assertThat(report.combinations()).isGreaterThan(1_000_000);
  }

  @Test
  @DisplayName("删去责任表的一行：说出没有对应行的类别和片区")
  void deletedRow() {
    edit("routing.dmn", xml -> xml.replace(row(xml, "Rule_UrgentEast"), ""));
    assertThat(found("routing.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有对应的行：类别=报警（ALARM）、报修（REPAIR），片区=东区（east），等 ");
  }

  @Test
  @DisplayName("删去分级表的一行：说出人数和次数")
  void deletedRowOfNumbers() {
    edit("grading.dmn", xml -> xml.replace(row(xml, "Rule_SameMatter"), ""));
    assertThat(found("grading.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有对应的行：类别=投诉（COMPLAINT），")
        .contains("=1、4，", "=5、6，等 ");
  }

  @Test
  @DisplayName("各类别都缺的情形合并成一条")
  void equalGapsAreOne() {
    edit("extension-policy.dmn", xml -> xml.replaceAll("(?s)<rule .*</rule>", ""));
    assertThat(found("extension-policy.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有对应的行：所有情形，等 ");
  }

  @Test
  @DisplayName("重复的一行：说出哪两行同时命中")
  void duplicatedRow() {
    edit("routing.dmn", xml -> twice(xml, "Rule_UrgentEast"));
    assertThat(found("routing.dmn"))
        .singleElement()
        .asString()
        .startsWith(
            "第1行（RQ-14.3 第十四条（三）、（四））、第2行（RQ-14.3 第十四条（三）、（四））同时命中：类别=报警（ALARM）、报修（REPAIR），片区=东区（east），等 ");
  }

  @Test
  @DisplayName("同一环节定了两次时限")
  void limitTwice() {
    edit("time-limits.dmn", xml -> twice(xml, "Rule_DispatchAlarm"));
    assertThat(found("time-limits.dmn"))
        .singleElement()
        .asString()
        .contains("各定了时限：类别=报警（ALARM），是否重办=否");
  }

  @Test
  @DisplayName("条件不可能同时成立的行：永远不会命中")
  void unreachableRow() {
    edit("routing.dmn", xml -> twice(xml, "Rule_UrgentEast"));
    inRow(
        "routing.dmn",
        "Copy_Rule_UrgentEast",
        "_Level\">\n          <text>",
        "_Level\">\n          <text>\"LEVEL_1\"");
    assertThat(found("routing.dmn"))
        .singleElement()
        .asString()
        .startsWith("第2行（RQ-14.3 第十四条（三）、（四））：永远不会命中");
  }

  @Test
  @DisplayName("没有办结时限的类别")
  void noEndPromised() {
    edit("time-limits.dmn", xml -> xml.replace(row(xml, "Rule_ResolveAlarm"), ""));
    assertThat(found("time-limits.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有办结（RESOLVE）或反馈（REPLY）时限：类别=报警（ALARM），等 ");
  }

  @Test
  @DisplayName("停供职责表：没有人可以报告的情形")
  void nobodyReports() {
    inRow(
        "outage-duties.dmn",
        "Rule_Reporter",
        "_AffectedPopulation\">\n          <text>",
        "_AffectedPopulation\">\n          <text>> 0");
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有写谁可以报告：时机=谁可报告（REPORTER），影响人数=0，等 ");
  }

  @Test
  @DisplayName("停供职责表：两行都说谁可以报告")
  void twoReporters() {
    edit("outage-duties.dmn", xml -> twice(xml, "Rule_Reporter"));
    assertThat(found("outage-duties.dmn"))
        .first()
        .asString()
        .startsWith(
            "第1行（RQ-9 第十一条、第十二条，默认值）、第2行（RQ-9 第十一条、第十二条，默认值）同时写了谁可以报告：时机=谁可报告（REPORTER），等 ");
  }

  @Test
  @DisplayName("停供职责表：报告后没有对外公布的情形")
  void nothingPublished() {
    inRow(
        "outage-duties.dmn",
        "Rule_PublishWechat",
        "_Kind\">\n          <text>",
        "_Kind\">\n          <text>\"PLANNED\"");
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith("没有对外公布的职责：时机=报告（REPORT），计划或计划外=计划外（UNPLANNED），等 ");
  }

  @Test
  @DisplayName("停供职责表：恢复后没有职责")
  void nothingOnRestoration() {
    edit(
        "outage-duties.dmn",
        xml ->
            xml.replace(row(xml, "Rule_PublishRestored"), "")
                .replace(row(xml, "Rule_TellCallers"), "")
                .replace(row(xml, "Rule_RemindValves"), ""));
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith("恢复后没有职责：时机=恢复（RESTORE），等 ");
  }

  @Test
  @DisplayName("停供职责表：同一情形写了两次同一职责")
  void dutyTwice() {
    edit("outage-duties.dmn", xml -> twice(xml, "Rule_PhoneKeyPlanned"));
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith(
            "第4行（RQ-14.4 第十四条（四），默认值）、第5行（RQ-14.4 第十四条（四），默认值）同一职责 PHONE_KEY_CUSTOMERS 写了几次：")
        .contains("时机=报告（REPORT），计划或计划外=计划（PLANNED），是否有重要用户=是，等 ");
  }

  @Test
  @DisplayName("停供职责表：计划外的停供等审批")
  void approvalOfTheUnplanned() {
    edit("outage-duties.dmn", xml -> yes(xml, "Rule_PhoneArea", "Approval"));
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith("第3行（RQ-15.2e 第十三条（三）、第十五条（二）…）计划外的不能等审批：时机=报告（REPORT），计划或计划外=计划外（UNPLANNED），");
  }

  @Test
  @DisplayName("停供职责表：几项职责互相等待")
  void dutiesWaitForEachOther() {
    inRow(
        "outage-duties.dmn",
        "Rule_PublishRestored",
        "_WaitsFor\">\n          <text>\"REMIND_VALVES\"",
        "_WaitsFor\">\n          <text>\"TELL_CALLERS\"");
    inRow(
        "outage-duties.dmn",
        "Rule_TellCallers",
        "_WaitsFor\">\n          <text>\"REMIND_VALVES\"",
        "_WaitsFor\">\n          <text>\"PUBLISH_RESTORED\"");
    assertThat(found("outage-duties.dmn"))
        .singleElement()
        .asString()
        .startsWith("第7行（RQ-9 第九条，默认值）、第8行（RQ-14.0 第十四条，默认值）互相等待，谁也办不了：")
        .contains("时机=恢复（RESTORE），等 ");
  }

  private static String yes(String xml, String rule, String column) {
    String row = row(xml, rule);
    String cell = "_" + column + "\">\n          <text>";
    return xml.replace(row, replaced(row, cell + "false", cell + "true"));
  }

  static List<Arguments> slips() {
    return List.of(
        arguments(
            "outage-duties",
            "Rule_Reporter",
            "\"division-east ",
            "\"division-north ",
            "写的 division-north 不是本公司的岗位、部门或部门负责人，可写：岗位 "),
        arguments(
            "outage-duties",
            "Rule_Reporter",
            "\"division-east ",
            "\"REPORTER ",
            "写的 REPORTER 不是本公司的岗位、部门或部门负责人，可写：岗位 "),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"customer-centre agent\"",
            "\"DEPARTMENT\"",
            "写的 DEPARTMENT 不是本公司的岗位、部门或部门负责人，可写：REPORTER，岗位 "),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"customer-centre-leader shift-supervisor\"",
            "\"REPORTER\"",
            "“超期上报”写的 REPORTER 不是本公司的岗位"),
        arguments(
            "outage-duties", "Rule_PhoneArea", "\"customer-centre agent\"", "\"\"", "“办理人”没有填写"),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"customer-centre-leader shift-supervisor\"",
            "\"\"",
            "“超期上报”没有填写"),
        arguments(
            "outage-duties", "Rule_PhoneArea", "\"PHONE\"", "\"FAX\"", "“渠道”写的 FAX 不存在，可写：BUREAU、"),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"AREA\"",
            "\"NEIGHBOURS\"",
            "“逐一联系”写的 NEIGHBOURS 不存在，可写：AREA、"),
        arguments(
            "outage-duties",
            "Rule_PhoneKeyPlanned",
            "\"24小时\"",
            "\"提前24小时\"",
            "“开始前多久”：时限“提前24小时”的写法不对"),
        arguments(
            "outage-duties",
            "Rule_PhoneKeyPlanned",
            "\"24小时\"",
            "\"1个工作日\"",
            "“开始前多久”“1个工作日”请改写成分钟、小时或日，从开始往前数"),
        arguments("outage-duties", "Rule_PhoneArea", "\"2小时\"", "\"立即\"", "“办理时限”：时限“立即”的写法不对"),
        arguments(
            "outage-duties",
            "Rule_TellCallers",
            "\"REMIND_VALVES\"",
            "\"REMIND\"",
            "“须先办完”写的 REMIND 不是本表的职责，可写：PHONE_AREA、"),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"PHONE_AREA\"",
            "\"phone-area\"",
            "“职责代码”“phone-area”应是大写代码，如 PHONE_AREA"),
        arguments(
            "outage-duties",
            "Rule_PhoneArea",
            "\"PHONE_AREA\"",
            "\"" + "A".repeat(51) + "\"",
            "“职责代码”最长50个字符"),
        arguments("outage-duties", "Rule_PhoneArea", "\"电话通知企业、小区、物业、社区\"", "\"\"", "“职责”应写1至30个字"),
        arguments(
            "outage-duties",
            "Rule_Reporter",
            "\"REPORTER\"",
            "\"REPORTED\"",
            "“时机”哪个值都不符合：\"REPORTED\"（文字要加英文引号），可写：谁可报告（REPORTER）、"),
        arguments(
            "routing",
            "Rule_UrgentEast",
            "\"east-repair\"",
            "\"north-repair\"",
            "写的 north-repair 不是组织文件里的部门，可写：customer-centre、"),
        arguments(
            "time-limits",
            "Rule_DispatchAlarm",
            "\"shift-supervisor\"",
            "\"supervisor\"",
            "写的 supervisor 不是本公司的岗位、部门或部门负责人，可写：DEPARTMENT、"),
        arguments(
            "time-limits", "Rule_DispatchAlarm", "\"5分钟\"", "\"5 分\"", "时限“5 分”的写法不对，请写阿拉伯数字"),
        arguments(
            "time-limits", "Rule_DispatchAlarm", "\"5分钟\"", "\"平台时限\"", "“平台时限”与起算点 PLATFORM 要一同写"),
        arguments(
            "time-limits",
            "Rule_DispatchAlarm",
            "\"DISPATCH\"",
            "\"DESPATCH\"",
            "写的 DESPATCH 不存在，可写：ACCEPT、"),
        arguments(
            "time-limits",
            "Rule_DispatchAlarm",
            "\"INTAKE\"",
            "\"START\"",
            "写的 START 不存在，可写：ACCEPT、"),
        arguments(
            "callback-policy", "Rule_NotWanted", "\"NONE\"", "\"FAX\"", "写的 FAX 不存在，可写：ANSWER、"),
        arguments(
            "callback-policy", "Rule_NotWanted", "\"NONE\"", "\"PHONE\"", "为 PHONE 时，“最多拨打次数”必须填写"),
        arguments("routing", "Rule_UrgentEast", "\"ALARM\"", "\"ALARM", "“类别”看不懂：\"ALARM,"),
        arguments(
            "routing",
            "Rule_UrgentEast",
            "\"east-repair\"",
            "east-repair",
            "看不懂：east-repair（文字要加英文引号）"),
        arguments(
            "routing",
            "Rule_ApplicationElsewhere",
            "\"SERVICE_APPLICATION\"",
            "SERVICE_APPLICATION",
            "“类别”哪个值都不符合：SERVICE_APPLICATION（文字要加英文引号）"),
        arguments(
            "routing",
            "Rule_UrgentWest",
            "\"ALARM\"",
            "\"ALARM\",\"ALERT\"",
            "“类别”写的 ALERT 不会出现，可写：查询（ENQUIRY）、"),
        arguments("routing", "Rule_UrgentElsewhere", "\"district\"", "\"\"", "没有写谁负责："),
        arguments("grading", "Rule_Alarm", "\"5分钟\"", "\"\"", "要么都写，要么都空"),
        arguments(
            "intake",
            "Rule_Alarm",
            "landmark",
            "landmarks",
            "写的 landmarks 不是受理表单 complete-intake.form 里的字段"),
        arguments(
            "time-limits",
            "Rule_DispatchAlarm",
            "RQ-14.3 DEFAULT",
            "RQ-14.3",
            "的 DEFAULT 与“条文依据”里的“默认值”要一同写"),
        arguments(
            "time-limits", "Rule_DispatchRepair", "\"RQ-14.4\"", "\"第十四条\"", "应以要求编号开头，如 RQ-14.3"),
        arguments(
            "time-limits",
            "Rule_DispatchRepair",
            "<description>RQ-14.4",
            "<description>报修",
            "注释应以要求编号开头"));
  }

  @ParameterizedTest(name = "{0} {1}：{4}")
  @MethodSource("slips")
  @DisplayName("一个单元格写错：说出文件、行和错在哪里")
  void slip(String table, String rule, String right, String wrong, String said) {
    inRow(table + ".dmn", rule, right, wrong);
    String file = company.resolve(table + ".dmn").toString().replace('\\', '/');
    String row = "第" + number(table + ".dmn", rule) + "行（";
    assertThat(TableCheck.of(company).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.file()).isEqualTo(file);
              assertThat(finding.what()).startsWith(row).contains(said);
            });
  }

  static List<Arguments> heads() {
    return List.of(
        arguments("id=\"gas-routing\"", "id=\"gas-route\"", "决策标识应为 gas-routing，现为 gas-route"),
        arguments(
            "<decisionTable ", "<decisionTable hitPolicy=\"FIRST\" ", "命中策略应为 UNIQUE，现为 FIRST"),
        arguments("<text>district</text>", "<text>area</text>", "输入列应依次为 category（string）、"),
        arguments("name=\"needs\"", "name=\"need\"", "输出列应依次为 department（string）、"),
        arguments(" camunda:historyTimeToLive=\"P1825D\"", "", "没有写历史保存期限"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("heads")
  @DisplayName("表头写错：说出应当怎样")
  void head(String right, String wrong, String said) {
    edit("routing.dmn", xml -> replaced(xml, right, wrong));
    assertThat(found("routing.dmn")).singleElement().asString().startsWith(said);
  }

  @Test
  @DisplayName("少一张表，多一张程序不用的表")
  void missingAndStrangeTable() throws IOException {
    Files.move(company.resolve("grading.dmn"), company.resolve("grade.dmn"));
    assertThat(found("grading.dmn")).containsExactly("缺少这张决策表");
    assertThat(found("grade.dmn"))
        .singleElement()
        .asString()
        .startsWith("程序不用这张表，可用的文件名：callback-policy.dmn、");
  }

  @Test
  @DisplayName("单独运行：没有问题返回0，有问题返回1并逐条列出，读不了返回2")
  void command() throws IOException {
    assertThat(printed(company, 0)).matches("7 张表 × 1 家公司，检查 \\d+ 种情形，未发现问题，用时 [\\d.]+ 秒\\R");
    inRow("time-limits.dmn", "Rule_DispatchAlarm", "\"5分钟\"", "\"5 分\"");
    assertThat(printed(folder, 1))
        .startsWith(company.resolve("time-limits.dmn").toString().replace('\\', '/'))
        .contains("\n  第1行（RQ-14.3 第十四条（三））：")
        .contains("发现 1 处问题");
    Files.writeString(company.resolve("routing.dmn"), "<definitions>");
    assertThat(printed(company, 2)).contains("routing.dmn 读不了，请用 Camunda Modeler 打开检查");
    assertThat(printed(folder.resolve("none"), 2)).contains("请在命令后写上决策表所在的目录");
  }

  private static String printed(Path checked, int exitCode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(TableCheck.run(List.of(checked.toString()), out)).isEqualTo(exitCode);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What is said of this file. */
  private List<String> found(String file) {
    return TableCheck.of(company).findings().stream()
        .filter(finding -> finding.file().endsWith("/" + file))
        .map(TableCheck.Finding::what)
        .toList();
  }

  private void inRow(String file, String rule, String right, String wrong) {
    edit(file, xml -> xml.replace(row(xml, rule), replaced(row(xml, rule), right, wrong)));
  }

  private int number(String file, String rule) {
    String before = read(company.resolve(file)).split("<rule id=\"" + rule + "\"")[0];
    return before.split("<rule ", -1).length;
  }

  private void edit(String file, UnaryOperator<String> change) {
    Path table = company.resolve(file);
    try {
      Files.writeString(table, change.apply(read(table)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String replaced(String text, String right, String wrong) {
    assertThat(text).contains(right);
    return text.replace(right, wrong);
  }

  private static String twice(String xml, String rule) {
    String row = row(xml, rule);
    return xml.replace(row, row + row.replace("id=\"", "id=\"Copy_"));
  }

  private static String row(String xml, String rule) {
    Matcher row = Pattern.compile("(?s)\\s*<rule id=\"" + rule + "\">.*?</rule>").matcher(xml);
    assertThat(row.find()).as(rule).isTrue();
    return row.group();
  }
}
