package hotline.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import hotline.handbook.CompanyHandbook.Entry;
import hotline.handbook.CompanyHandbook.Row;
import hotline.handbook.CompanyHandbook.Ruled;
import hotline.handbook.CompanyHandbook.Said;
import hotline.handbook.CompanyHandbook.Standing;
import hotline.handbook.process.Diagrams;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;

/** Writes target/handbook, and fails when a demand of the present work is proved by no test. */
@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:handbook;MODE=MySQL;LOCK_TIMEOUT=10000;DB_CLOSE_DELAY=-1",
      "hotline.companies=yunfu-water,yinchuan-water,gas,water-repair,wuda-heat",
      "hotline.home=target/handbook-home",
      "camunda.bpm.job-execution.enabled=false",
      "hotline.notice.worker=false",
      "hotline.demo.day=false",
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
@DisplayName("规程手册")
class HandbookTest {
  private static final Path REGULATIONS = Path.of("processes/regulations");
  private static final Path SCENARIOS = Path.of("src/main/resources/handbook/scenarios.csv");
  private static final Path WRITTEN = Path.of("target/handbook");
  private static final Pattern CODE =
      Pattern.compile("[A-Z]+_[A-Z_]+|[A-Z]{4,}|[a-z]+[A-Z]\\w*|[a-z]+-[a-z-]+");

  /** Columns that people wrote for people. */
  private static final Set<String> TEXTS = Set.of("要求编号", "条文依据", "答复指引", "话术与提示");

  @Autowired MockMvc mvc;
  @Autowired Handbook handbook;
  @Autowired HandbookPages pages;
  @Autowired Diagrams diagrams;
  @Autowired Organisation organisation;
  @Autowired RepositoryService repository;

  private List<CompanyHandbook> handbooks() {
    return organisation.companies().stream().map(Company::id).map(handbook::of).toList();
  }

  private String page(String company) {
    return pages.company(handbook.of(company), "index.html");
  }

  /** The part of the page about one requirement or decision. */
  private static String section(String page, String id) {
    int from = page.indexOf("<section id=\"" + id + "\">");
    assertThat(from).as(id).isNotNegative();
    return page.substring(from, page.indexOf("</section>", from));
  }

  @Test
  @DisplayName("情景清单与测试的显示名一致")
  void scenariosAreUpToDate() throws IOException {
    String lines =
        Stream.concat(Stream.of(HandbookFiles.SCENARIOS_HEADER), CitingTests.lines().stream())
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("handbook.write")) {
      Files.writeString(SCENARIOS, lines);
    }
    assertThat(Files.readString(SCENARIOS))
        .as("请重写清单并提交：mvn test -Dtest=HandbookTest -Dhandbook.write=true")
        .isEqualTo(lines);
  }

  @Test
  @DisplayName("现行的每条要求都有规则用例或情景测试证明")
  void everyPresentRequirementIsProved() {
    Set<String> proved = citedByTests();
    assertThat(
            HandbookFiles.requirements().stream()
                .filter(requirement -> !requirement.isLater())
                .map(Requirement::id)
                .filter(id -> !proved.contains(id)))
        .as("没有测试的要求")
        .isEmpty();
  }

  private static Set<String> citedByTests() {
    Set<String> ids = new TreeSet<>();
    CitingTests.lines().forEach(line -> ids.add(line.substring(0, line.indexOf(';'))));
    for (String company : companiesWithTables()) {
      HandbookFiles.cases(company).forEach(proof -> ids.add(proof.id()));
    }
    return ids;
  }

  private static List<String> companiesWithTables() {
    try (Stream<Path> folders = Files.list(REGULATIONS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("现行的每项决定都注在承载它的规则行上")
  void everyPresentRulingStandsInARow() {
    assertThat(handbooks())
        .flatExtracting(CompanyHandbook::rulings)
        .hasSameSizeAs(HandbookFiles.rulings())
        .filteredOn(ruled -> ruled.ruling().later().isEmpty())
        .allSatisfy(ruled -> assertThat(ruled.rows()).as(ruled.ruling().id()).isNotEmpty());
  }

  @Test
  @DisplayName("规则行和测试所注的编号都是已知的要求或决定")
  void everyCitedIdIsKnown() {
    Set<String> known =
        Stream.concat(
                HandbookFiles.requirements().stream().map(Requirement::id),
                HandbookFiles.rulings().stream().map(Ruling::id))
            .collect(Collectors.toSet());
    assertThat(citedByTests()).as("测试").isSubsetOf(known);
    for (CompanyHandbook each : handbooks()) {
      assertThat(allRows(each))
          .allSatisfy(row -> assertThat(known).as(place(each, row)).containsAll(row.cites()));
    }
  }

  private static Set<Row> allRows(CompanyHandbook each) {
    return Stream.concat(
            each.entries().stream().flatMap(entry -> entry.rows().stream()),
            each.rulings().stream().flatMap(ruled -> ruled.rows().stream()))
        .collect(Collectors.toSet());
  }

  private static String place(CompanyHandbook each, Row row) {
    return each.company().name() + row.table().label() + "第" + row.number() + "行";
  }

  @Test
  @DisplayName("手册写进 target/handbook：一张目录，每家公司一页")
  void pagesAreWritten() throws IOException {
    Files.createDirectories(WRITTEN);
    UnaryOperator<String> address = company -> company + ".html";
    String index = pages.index(handbooks(), address);
    Files.writeString(WRITTEN.resolve("index.html"), index);
    assertThat(organisation.ids()).containsExactlyInAnyOrderElementsOf(companiesWithTables());
    for (Company company : organisation.companies()) {
      String page = page(company.id());
      Files.writeString(WRITTEN.resolve(address.apply(company.id())), page);
      assertThat(index).contains(company.name(), "href=\"" + address.apply(company.id()) + "\"");
      assertThat(page)
          .contains(company.name() + " 规程手册", "href=\"index.html\"")
          .doesNotContain("://", "<script");
    }
  }

  @Test
  @DisplayName("凡注了编号的规则行，都列在该编号之下；不注编号的行没有")
  void rowsAppearUnderTheirIds() {
    int rows = 0;
    for (CompanyHandbook each : handbooks()) {
      Set<Row> all = allRows(each);
      assertThat(all).as(each.company().name()).hasSize(each.rows());
      String page = page(each.company().id());
      for (Row row : all) {
        for (String id : row.cites()) {
          assertThat(section(page, id))
              .as(place(each, row))
              .contains("<th>" + row.table().label() + " 第" + row.number() + "行</th>");
        }
      }
      rows += all.size();
    }
    assertThat(rows).isGreaterThan(400);
  }

  @Test
  @DisplayName("一条要求之下：条文、要求、规则行的情形与规定、流程步骤、规则用例、情景测试")
  void oneRequirementWhole() {
    assertThat(section(page("yunfu-water"), "YF-9c"))
        .contains(
            "第九条",
            "投诉类指令单，责任部门在用户反映问题后1小时内接单",
            "<i>类别</i> 投诉",
            "<i>是否重办</i> 否",
            "<i>环节</i> 接单",
            "<i>时限</i> 1小时",
            "<i>起算点</i> 自受理",
            "<i>提醒对象</i> 承办部门",
            "<i>超期上报</i> 承办部门负责人、值班班长、行政人事部",
            "《热线工单》接单",
            "<small>时限表用例</small>",
            "整1小时及时，晚一毫秒超期 <small>scenarios.AcceptanceTest</small>",
            "已落实")
        .doesNotContain("<i>环节</i> 办结");
  }

  @Test
  @DisplayName("情形与规定都用人话，没有代码")
  void cellsAreInWords() {
    for (CompanyHandbook each : handbooks()) {
      for (Row row : allRows(each)) {
        assertThat(Stream.concat(row.conditions().stream(), row.answers().stream()))
            .filteredOn(said -> !TEXTS.contains(said.column()))
            .extracting(Said::words)
            .as(place(each, row) + "：请在 handbook/words.csv 中写明")
            .noneMatch(words -> CODE.matcher(words).find());
      }
    }
  }

  @Test
  @DisplayName("每张表都有流程步骤来问，每个时限都有步骤来守")
  void everyTableIsAsked() {
    assertThat(Stream.of(AskedTable.values()))
        .allSatisfy(
            table ->
                assertThat(table.shownAt(diagrams.steps(), ""))
                    .as(table.label())
                    // planned and unplanned outages ask the same
                    .hasSize(table == AskedTable.OUTAGE_DUTIES ? 2 : 1));
    for (String company : companiesWithTables()) {
      assertThat(REGULATIONS.resolve(company).toFile().list())
          .containsExactlyInAnyOrder(
              Stream.of(AskedTable.values())
                  .map(table -> table.file() + ".dmn")
                  .toArray(String[]::new));
    }
  }

  @Test
  @DisplayName("一家公司的页上没有别家公司的条文、部门和测试")
  void nothingOfAnotherCompany() {
    for (CompanyHandbook each : handbooks()) {
      String page = page(each.company().id());
      Set<String> own =
          Stream.concat(
                  each.entries().stream().map(entry -> entry.requirement().id()),
                  each.rulings().stream().map(ruled -> ruled.ruling().id()))
              .collect(Collectors.toSet());
      assertThat(Citations.in(page)).as(each.company().name()).isEqualTo(own);
      for (Company other : organisation.companies()) {
        if (!other.equals(each.company())) {
          assertThat(page).doesNotContain(other.name());
        }
      }
    }
    assertThat(page("yunfu-water")).doesNotContain("卡表中心", "管网运行部");
  }

  @Test
  @DisplayName("决定列出两种写法、决定和提到它的规则行")
  void decisionsShowBothWordings() {
    for (CompanyHandbook each : handbooks()) {
      String page = page(each.company().id());
      for (Ruled ruled : each.rulings()) {
        assertThat(section(page, ruled.ruling().id()))
            .contains(
                ruled.ruling().wordingOne(),
                ruled.ruling().wordingTwo(),
                ruled.ruling().decision());
      }
    }
    assertThat(section(page("yunfu-water"), "C20"))
        .contains("“责任部门需在用户反映问题后的1小时内完成接单处理”", "《客户服务标准》", "时限表 第", "<i>时限</i> 1小时");
  }

  @Test
  @DisplayName("既无规则行又无测试的列为未落实，只缺测试的另列，属后续工作的按名目列出")
  void whatIsOpenIsListed() {
    CompanyHandbook real = handbook.of("yunfu-water");
    Row row = real.entries().stream().flatMap(each -> each.rows().stream()).findAny().orElseThrow();
    Proof proof = new Proof("YF-4", "scenarios.SomeTest", "有测试");
    List<Entry> entries =
        List.of(
            new Entry(demanded("YF-1", ""), List.of(), List.of(), List.of()),
            new Entry(demanded("YF-2", ""), List.of(row), List.of(), List.of()),
            new Entry(demanded("YF-3", "停水"), List.of(row), List.of(), List.of(proof)),
            new Entry(demanded("YF-4", ""), List.of(), List.of(), List.of(proof)));
    assertThat(entries)
        .extracting(Entry::standing)
        .containsExactly(Standing.MISSING, Standing.UNPROVEN, Standing.LATER, Standing.CARRIED_OUT);

    CompanyHandbook made = new CompanyHandbook(real.company(), 1, 1, entries, List.of());
    String page = pages.company(made, "index.html");
    assertThat(page)
        .containsSubsequence(
            "<h3>未落实</h3>",
            "#YF-1",
            "<h3>缺测试</h3>",
            "#YF-2",
            "<h3>后续工作：停水</h3>",
            "#YF-3",
            "逐条</h2>");
    assertThat(page).doesNotContain("#YF-4");
    assertThat(pages.index(List.of(made), company -> company))
        .contains(
            "<td data-label=\"要求\">4</td>",
            "<td data-label=\"已落实\">1</td>",
            "<td data-label=\"未落实\">1</td>",
            "<td data-label=\"后续工作\">1</td>");
  }

  private static Requirement demanded(String id, String later) {
    return new Requirement(id, "yunfu-water", "第一条", "要求" + id, later, "");
  }

  @Test
  @DisplayName("设计员改了表、改了图，手册随即照新的显示，原样文字不当作网页")
  void designersChangesShow() throws Exception {
    String limits = Files.readString(REGULATIONS.resolve("yunfu-water/time-limits.dmn"));
    String diagram = Files.readString(Path.of("processes/work-order.bpmn"));
    String deployed =
        repository
            .createDeployment()
            .addString(
                "processes/regulations/yunfu-water/time-limits.dmn",
                limits.replaceAll("\"1小时\"", "\"50分钟\"").replace("YF-9c 第九条", "YF-9c 第九条&lt;b&gt;"))
            .addString("processes/work-order.bpmn", diagram.replace("name=\"接单\"", "name=\"部门接单\""))
            .deploy()
            .getId();
    try {
      MockHttpServletResponse answer = call("/api/handbook/yunfu-water", "yunfu-water.designer");
      assertThat(section(answer.getContentAsString(StandardCharsets.UTF_8), "YF-9c"))
          .contains("<i>时限</i> 50分钟", "《热线工单》部门接单", "第九条&lt;b&gt;")
          .doesNotContain("<i>时限</i> 1小时", "<b>：");
    } finally {
      repository.deleteDeployment(deployed, true);
    }
    assertThat(section(page("yunfu-water"), "YF-9c")).contains("<i>时限</i> 1小时");
  }

  @ParameterizedTest(name = "{0}：目录 {1}，本公司 {2}，别家 {3}")
  @CsvSource({
    "yunfu-water.manager, 200, 200, 404",
    "yunfu-water.designer, 200, 200, 404",
    "yunfu-water.service-manager, 200, 200, 404",
    "admin, 200, 200, 200",
    "yunfu-water.agent, 403, 403, 404",
    "yunfu-water.dispatcher, 403, 403, 404",
    "yunfu-water.shift-supervisor, 403, 403, 404",
    "yunfu-water.engineering, 403, 403, 404",
    "yunfu-water.engineering-leader, 403, 403, 404",
    "gas.manager, 200, 404, 200",
  })
  @DisplayName("管理人员、流程设计员、客服主管看本公司的，系统管理员看全部")
  void whoMayRead(String person, int index, int own, int other) throws Exception {
    assertThat(call("/api/handbook", person).getStatus()).isEqualTo(index);
    assertThat(call("/api/handbook/yunfu-water", person).getStatus()).isEqualTo(own);
    assertThat(call("/api/handbook/gas", person).getStatus()).isEqualTo(other);
    assertThat(call("/api/handbook/nobody", person).getStatus()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/handbook", "/api/handbook/yunfu-water"})
  @DisplayName("不登录看不到")
  void notWithoutLogin(String path) throws Exception {
    assertThat(mvc.perform(get(path)).andReturn().getResponse().getStatus()).isEqualTo(401);
  }

  @Test
  @DisplayName("网页只准用自己的样式；目录只列本人可看的公司")
  void pagesAreSafe() throws Exception {
    MockHttpServletResponse index = call("/api/handbook", "gas.designer");
    assertThat(index.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(index.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "style-src 'unsafe-inline'");
    assertThat(index.getContentAsString(StandardCharsets.UTF_8))
        .contains("<style>", "href=\"/api/handbook/gas\"", "XX燃气分公司")
        .doesNotContain("云浮", "yunfu-water");
  }

  private MockHttpServletResponse call(String path, String person) throws Exception {
    return mvc.perform(get(path).accept("text/html").with(httpBasic(person, "Hotline-2026")))
        .andReturn()
        .getResponse();
  }
}
