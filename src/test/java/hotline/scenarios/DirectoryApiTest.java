package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.annotation.Transactional;

/** The directory as programs and people meet it; whatever a test changes is undone after it. */
@Scenario
@Transactional
@DisplayName("名录的接口和网页")
class DirectoryApiTest {
  private static final String KEEPER = "yunfu-water.service-manager";
  private static final String OWN = "/api/directory?company=yunfu-water";
  private static final String PAGE = "/api/directory/page?company=yunfu-water";
  private static final String IMPORT = "/api/directory/import?company=yunfu-water";
  private static final String HEADER = "代码,名称,类型,区域,人口,联系人,电话,地址\n";
  private static final String ESTATE = "E1,世纪花园,小区,云城区,2500,黄主任,0766-5550101,世纪大道12号\n";

  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void emptyDirectory() {
    jdbc.sql("DELETE FROM place").update();
  }

  private MockHttpServletResponse send(MockHttpServletRequestBuilder call, String person) {
    try {
      return mvc.perform(call.with(httpBasic(person, "Hotline-2026"))).andReturn().getResponse();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Desk.Answer answer(MockHttpServletRequestBuilder call, String person) {
    MockHttpServletResponse response = send(call, person);
    try {
      String text = response.getContentAsString(StandardCharsets.UTF_8);
      return new Desk.Answer(response.getStatus(), json.readTree(text));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Desk.Answer get(String path, String person) {
    return answer(MockMvcRequestBuilders.get(path), person);
  }

  private Desk.Answer load(String path, byte[] file, String person) {
    return answer(MockMvcRequestBuilders.post(path).contentType("text/csv").content(file), person);
  }

  private Desk.Answer load(String path, String text, String person) {
    return load(path, text.getBytes(StandardCharsets.UTF_8), person);
  }

  private Desk.Answer put(String code, Map<String, ?> entry, String person) {
    try {
      return answer(
          MockMvcRequestBuilders.put("/api/directory/{code}?company=yunfu-water", code)
              .contentType(MediaType.APPLICATION_JSON)
              .content(json.writeValueAsBytes(entry)),
          person);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private MockHttpServletResponse upload(byte[] file, boolean replace, String person) {
    MockHttpServletRequestBuilder call =
        MockMvcRequestBuilders.multipart(PAGE)
            .file(new MockMultipartFile("file", "名录.csv", "text/csv", file));
    return send(replace ? call.param("replace", "true") : call, person);
  }

  private static String html(MockHttpServletResponse page) {
    try {
      return page.getContentAsString(StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> codes(JsonNode page) {
    List<String> codes = new ArrayList<>();
    page.path("items").forEach(item -> codes.add(item.path("code").asText()));
    return codes;
  }

  private List<String> codes() {
    return codes(get(OWN, KEEPER).body());
  }

  private static void isProblem(Desk.Answer answer, int status, String field) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.detail()).matches("(?s).*\\p{IsHan}.*").contains(field);
    assertThat(answer.field()).isEqualTo(field);
  }

  // ---- for programs

  @Test
  @DisplayName("导入：新增、修改、停用各几条")
  void imports() {
    Desk.Answer first = load(IMPORT, HEADER + ESTATE + "E2,翠石,小区,,1,,,\n", KEEPER);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().toString()).isEqualTo("{\"added\":2,\"updated\":0,\"deactivated\":0}");
    byte[] excel = (HEADER + ESTATE).getBytes(Charset.forName("GB18030"));
    assertThat(load(IMPORT + "&replace=true", excel, KEEPER).body().toString())
        .isEqualTo("{\"added\":0,\"updated\":1,\"deactivated\":1}");
    JsonNode items = get(OWN, KEEPER).body().path("items");
    assertThat(items).hasSize(1);
    assertThat(items.path(0).toString())
        .isEqualTo(
            "{\"company\":\"yunfu-water\",\"code\":\"E1\",\"name\":\"世纪花园\",\"kind\":\"ESTATE\","
                + "\"district\":\"yuncheng\",\"population\":2500,\"contact\":\"黄主任\","
                + "\"phone\":\"07665550101\",\"address\":\"世纪大道12号\",\"active\":true}");
  }

  @Test
  @DisplayName("文件有错：422，逐行列出，什么都没有导入")
  void faultyFile() {
    Desk.Answer refused =
        load(IMPORT, HEADER + ESTATE + "E2,翠石,小区,海南区,-1,,,\nE3,,小区,,1,,12,\n", KEEPER);
    isProblem(refused, 422, "");
    assertThat(refused.detail()).startsWith("文件有4处错误，什么都没有导入").contains("第4行：名称（name）不能为空");
    assertThat(refused.body().path("faults")).hasSize(4);
    assertThat(refused.body().path("faults").path(0).path("line").asInt()).isEqualTo(3);
    assertThat(refused.body().path("faults").path(0).path("sentence").asText())
        .startsWith("区域（district）没有“海南区”，请填写：云城区");
    assertThat(codes()).isEmpty();
    isProblem(load(IMPORT, "", KEEPER), 422, "");
    isProblem(load(IMPORT + "&replace=perhaps", HEADER + ESTATE, KEEPER), 422, "replace");
  }

  @Test
  @DisplayName("太大的文件：413，说明约二千行；不是 text/csv：415，说明应为什么")
  void wrongBodies() {
    Desk.Answer large = load(IMPORT, new byte[256 * 1024 + 1], KEEPER);
    isProblem(large, 413, "");
    assertThat(large.detail()).contains("256 KB", "约 2000 行", "分成几份");
    Desk.Answer other =
        answer(
            MockMvcRequestBuilders.post(IMPORT)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{}"),
            KEEPER);
    isProblem(other, 415, "");
    assertThat(other.detail()).contains("text/csv");
  }

  @Test
  @DisplayName("逐条增改和停用；停用的再存就恢复")
  void entries() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", "世纪花园");
    entry.put("kind", "小区");
    entry.put("district", "云城区");
    entry.put("population", 2500);
    Desk.Answer saved = put("E1", entry, KEEPER);
    assertThat(saved.status()).as(saved.body().toString()).isEqualTo(200);
    assertThat(saved.body().path("kind").asText()).isEqualTo("ESTATE");
    assertThat(saved.body().path("contact").isNull()).isTrue();
    MockHttpServletRequestBuilder retire =
        MockMvcRequestBuilders.delete("/api/directory/E1?company=yunfu-water");
    assertThat(send(retire, KEEPER).getStatus()).isEqualTo(204);
    assertThat(codes()).isEmpty();
    assertThat(put("E1", entry, KEEPER).body().path("active").asBoolean()).isTrue();
    assertThat(codes()).containsExactly("E1");
    isProblem(
        answer(MockMvcRequestBuilders.delete("/api/directory/E9?company=yunfu-water"), KEEPER),
        404,
        "");
  }

  @ParameterizedTest
  @CsvSource({
    "E1, name, ' ', name",
    "E1, kind, 村庄, kind",
    "E1, kind, , kind",
    "E1, district, 海南区, district",
    "E1, population, -1, population",
    "E1, population, 100000000, population",
    "E1, phone, 12, phone",
    "E1, contact, '甲\n乙', contact",
    "_1, name, 世纪花园, code",
  })
  @DisplayName("一条填错：422，指出字段")
  void wrongEntries(String code, String field, String value, String atFault) {
    Map<String, Object> entry = new LinkedHashMap<>(Map.of("name", "世纪花园", "kind", "ESTATE"));
    entry.put(field, field.equals("population") ? Integer.valueOf(value) : value);
    isProblem(put(code, entry, KEEPER), 422, atFault);
    assertThat(codes()).isEmpty();
  }

  @Test
  @DisplayName("列表：分页不重不漏，按类型和区域挑选，挑选条件不对：422")
  void pages() {
    load(IMPORT, HEADER + ESTATE + "K1,医院,重要用户,云安区,9,,,\nyunan,云安区,区域,,9,,,\n", KEEPER);
    JsonNode first = get(OWN + "&size=2", KEEPER).body();
    assertThat(codes(first)).containsExactly("yunan", "E1");
    JsonNode second = get(OWN + "&size=2&after=" + first.path("next").asText(), KEEPER).body();
    assertThat(codes(second)).containsExactly("K1");
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(codes(get(OWN + "&kind=KEY_CUSTOMER", KEEPER).body())).containsExactly("K1");
    assertThat(codes(get(OWN + "&district=yunan", KEEPER).body())).containsExactly("yunan", "K1");
    for (String wrong : List.of("kind=HOUSE", "district=hainan", "after=7", "size=0", "size=201")) {
      isProblem(get(OWN + "&" + wrong, KEEPER), 422, wrong.substring(0, wrong.indexOf('=')));
    }
  }

  @ParameterizedTest(name = "{0}：看联系方式 {1}，写 {2}")
  @CsvSource({
    "yunfu-water.agent, true, false",
    "yunfu-water.dispatcher, true, false",
    "yunfu-water.shift-supervisor, true, false",
    "yunfu-water.service-manager, true, true",
    "yunfu-water.manager, true, true",
    "admin, true, true",
    "yunfu-water.designer, false, false",
    "yunfu-water.engineering, false, false",
    "yunfu-water.engineering-leader, false, false",
  })
  @DisplayName("本公司的人都能读，联系方式只给话务中心和管理人员，写的只有客服主管、管理人员和系统管理员")
  void rights(String person, boolean contacts, boolean writes) {
    load(IMPORT, HEADER + ESTATE, KEEPER);
    JsonNode place = get(OWN, person).body().path("items").path(0);
    assertThat(place.path("name").asText()).isEqualTo("世纪花园");
    assertThat(place.path("population").asInt()).isEqualTo(2500);
    assertThat(place.path("contact").isTextual()).isEqualTo(contacts);
    assertThat(place.path("phone").isTextual()).isEqualTo(contacts);
    String page = html(send(MockMvcRequestBuilders.get(PAGE), person));
    assertThat(page.contains("黄主任")).isEqualTo(contacts);
    assertThat(page.contains("<form")).isEqualTo(writes);
    String file =
        html(send(MockMvcRequestBuilders.get("/api/directory/file?company=yunfu-water"), person));
    assertThat(file).contains("世纪花园");
    assertThat(file.contains("0766-5550101")).isEqualTo(contacts);

    int written = writes ? 200 : 403;
    assertThat(load(IMPORT, HEADER + ESTATE, person).status()).isEqualTo(written);
    assertThat(put("E2", Map.of("name", "翠石", "kind", "小区"), person).status()).isEqualTo(written);
    byte[] text = (HEADER + ESTATE).getBytes(StandardCharsets.UTF_8);
    assertThat(upload(text, false, person).getStatus()).isEqualTo(written);
    assertThat(
            send(MockMvcRequestBuilders.delete("/api/directory/E1?company=yunfu-water"), person)
                .getStatus())
        .isEqualTo(writes ? 204 : 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/directory?company=%s",
        "/api/directory/page?company=%s",
        "/api/directory/file?company=%s"
      })
  @DisplayName("别的公司和没有的公司：403；没有登录：401")
  void otherCompanies(String path) throws Exception {
    for (String company : List.of("yunfu-water", "atlantis", "")) {
      assertThat(send(MockMvcRequestBuilders.get(path.formatted(company)), "gas.manager"))
          .extracting(MockHttpServletResponse::getStatus)
          .isEqualTo(403);
    }
    assertThat(load(IMPORT, HEADER + ESTATE, "gas.manager").status()).isEqualTo(403);
    assertThat(put("E1", Map.of("name", "x", "kind", "小区"), "gas.manager").status()).isEqualTo(403);
    assertThat(
            mvc.perform(MockMvcRequestBuilders.get(path.formatted("yunfu-water")))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(401);
  }

  // ---- for people

  @Test
  @DisplayName("下载：UTF-8 带字节序标记，文件名写明公司")
  void download() {
    load(IMPORT, HEADER + ESTATE, KEEPER);
    MockHttpServletResponse file =
        send(MockMvcRequestBuilders.get("/api/directory/file?company=yunfu-water"), KEEPER);
    assertThat(file.getContentType()).isEqualTo("text/csv;charset=UTF-8");
    assertThat(file.getHeader("Content-Disposition")).startsWith("attachment").contains(".csv");
    assertThat(html(file)).isEqualTo("\ufeff" + (HEADER + ESTATE).replace("\n", "\r\n"));
  }

  @Test
  @DisplayName("网页：各类几条、名录、下载链接、上传表单；不执行任何脚本")
  void page() {
    load(
        IMPORT,
        HEADER
            + "E1,<script>alert(1)</script>,小区,云城区,1,<b>黄</b>,,\"\"\"><img src=x>\"\n"
            + "K1,医院,重要用户,云安区,9,,,\n",
        KEEPER);
    MockHttpServletResponse page = send(MockMvcRequestBuilders.get(PAGE), KEEPER);
    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "form-action 'self'");
    assertThat(html(page))
        .contains(
            "云浮市自来水 名录",
            "<strong>全部</strong> <b>2</b>",
            "重要用户</a> <b>1</b>",
            "/api/directory/file?company=yunfu-water",
            "&lt;script&gt;alert(1)",
            "&quot;&gt;&lt;img src=x&gt;",
            "enctype=\"multipart/form-data\"")
        .doesNotContain("<script", "<img", "<b>黄");
    assertThat(html(send(MockMvcRequestBuilders.get(PAGE + "&kind=KEY_CUSTOMER"), KEEPER)))
        .contains("医院", "<strong>重要用户</strong>")
        .doesNotContain("alert(1)");
  }

  @Test
  @DisplayName("网页分页，下一页保留所选的类型")
  void pageByPage() {
    StringBuilder lines = new StringBuilder(HEADER);
    for (int i = 100; i < 160; i++) {
      lines.append("E").append(i).append(",小区").append(i).append(",小区,,1,,,\n");
    }
    load(IMPORT, lines.toString(), KEEPER);
    assertThat(html(send(MockMvcRequestBuilders.get(PAGE + "&kind=ESTATE"), KEEPER)))
        .contains("小区149", "&amp;after=ESTATE.E149&amp;kind=ESTATE\">下一页")
        .doesNotContain("小区150");
    assertThat(html(send(MockMvcRequestBuilders.get(PAGE + "&after=ESTATE.E149"), KEEPER)))
        .contains("小区150")
        .doesNotContain("小区149", "下一页");
  }

  @Test
  @DisplayName("只属于一家公司的不用写公司；管理员先选公司")
  void ownCompany() {
    assertThat(html(send(MockMvcRequestBuilders.get("/api/directory/page"), "gas.agent")))
        .contains("XX燃气分公司 名录", "停气关系到的", "没有。");
    assertThat(html(send(MockMvcRequestBuilders.get("/api/directory/page"), "admin")))
        .contains("云浮市自来水</a>", "乌达热力</a>");
  }

  @Test
  @DisplayName("网页上传：说出结果，或逐行列出错误，什么都没有导入")
  void uploads() {
    byte[] wrong = (HEADER + ESTATE + "E2,翠石,小区,<i>海南,-1,,,\n").getBytes(StandardCharsets.UTF_8);
    MockHttpServletResponse refused = upload(wrong, false, KEEPER);
    assertThat(refused.getStatus()).isEqualTo(422);
    assertThat(html(refused))
        .contains("文件有2处错误，什么都没有导入", "<li>第3行：区域（district）没有“&lt;i&gt;海南”", "<li>第3行：人口")
        .contains("<form");
    assertThat(codes()).isEmpty();
    byte[] right = (HEADER + ESTATE).getBytes(Charset.forName("GB18030"));
    assertThat(html(upload(right, false, KEEPER))).contains("导入完成：新增 1 条，修改 0 条，停用 0 条", "世纪花园");
    byte[] other = (HEADER + "E2,翠石,小区,,1,,,\n").getBytes(StandardCharsets.UTF_8);
    assertThat(html(upload(other, true, KEEPER))).contains("新增 1 条，修改 0 条，停用 1 条");
    assertThat(codes()).containsExactly("E2");
    assertThat(upload(new byte[0], false, KEEPER).getStatus()).isEqualTo(422);
    assertThat(send(MockMvcRequestBuilders.multipart(PAGE), KEEPER).getStatus()).isEqualTo(422);
  }
}
