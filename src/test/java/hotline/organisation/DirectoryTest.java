package hotline.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hotline.database.TestedDatabase;
import hotline.organisation.Directory.Imported;
import hotline.organisation.Directory.Wanted;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("mariadb")
@DisplayName("名录：停水关系到的区域、小区、企业、物业、社区和重要用户（YF-16a、YF-16d、YF-17a）")
class DirectoryTest {
  private static final String YF = "yunfu-water";
  private static final String HEADER = "代码,名称,类型,区域,人口,联系人,电话,地址\n";
  private static final String ESTATE = "E1,世纪花园,小区,云城区,2500,黄主任,0766-5550101,世纪大道12号\n";

  private Organisation organisation;
  private Directory directory;

  @BeforeEach
  void emptyDirectory() {
    DriverManagerDataSource database = TestedDatabase.with("V8__directory.sql");
    JdbcClient jdbc = JdbcClient.create(database);
    organisation =
        new Organisation(
            new Companies(
                List.of("yunfu-water", "yinchuan-water", "gas", "water-repair", "wuda-heat")),
            jdbc);
    directory = new Directory(organisation, jdbc);
  }

  private Imported load(String text) {
    return load(text.getBytes(StandardCharsets.UTF_8));
  }

  private Imported load(byte[] file) {
    return directory.load(YF, file, false);
  }

  private FaultyFile refused(String text) {
    return refused(text.getBytes(StandardCharsets.UTF_8));
  }

  private FaultyFile refused(byte[] file) {
    FaultyFile refused = catchThrowableOfType(FaultyFile.class, () -> load(file));
    assertThat(refused).isNotNull();
    assertThat(directory.of(YF)).as("什么都没有导入").isEmpty();
    return refused;
  }

  private static List<String> codes(List<Place> places) {
    return places.stream().map(Place::code).toList();
  }

  @Nested
  @DisplayName("导入")
  class Imports {
    @Test
    @DisplayName("每一列都按原意读入；同一代码的改，没有的加")
    void addsAndUpdates() {
      assertThat(load(HEADER + ESTATE)).isEqualTo(new Imported(1, 0, 0));
      assertThat(directory.find(YF, "E1"))
          .contains(
              new Place(
                  YF,
                  "E1",
                  "世纪花园",
                  PlaceKind.ESTATE,
                  "yuncheng",
                  2500,
                  "黄主任",
                  "07665550101",
                  "世纪大道12号",
                  true));
      assertThat(load(HEADER + "E1,𠮷祥花园,ESTATE,yunan,,,,\nF-2,石材厂,企业,,10,,8001,\n"))
          .isEqualTo(new Imported(1, 1, 0));
      assertThat(directory.find(YF, "E1"))
          .contains(
              new Place(YF, "E1", "𠮷祥花园", PlaceKind.ESTATE, "yunan", 0, null, null, null, true));
      assertThat(codes(directory.of("gas"))).isEmpty();
    }

    @Test
    @DisplayName("replace：停用文件里没有的，再导入又恢复使用")
    void replaces() {
      load(HEADER + ESTATE + "E2,金山豪庭,小区,云城区,1,,,\n");
      byte[] one = (HEADER + ESTATE).getBytes(StandardCharsets.UTF_8);
      assertThat(directory.load(YF, one, true)).isEqualTo(new Imported(0, 1, 1));
      assertThat(codes(directory.of(YF))).containsExactly("E1");
      assertThat(directory.find(YF, "E2")).get().extracting(Place::active).isEqualTo(false);
      assertThat(directory.load(YF, one, true)).isEqualTo(new Imported(0, 1, 0));
      load(HEADER + "E2,金山豪庭,小区,云城区,1,,,\n");
      assertThat(codes(directory.of(YF))).containsExactly("E1", "E2");
    }

    @ParameterizedTest
    @CsvSource({
      "UTF-8, false",
      "UTF-8, true",
      "GB18030, false",
      "GB18030, true",
    })
    @DisplayName("UTF-8（带或不带字节序标记）和 Excel 的 GB18030 都认")
    void encodings(String charset, boolean marked) {
      load(((marked ? "\ufeff" : "") + HEADER + ESTATE).getBytes(Charset.forName(charset)));
      assertThat(directory.find(YF, "E1")).get().extracting(Place::name).isEqualTo("世纪花园");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    @DisplayName("逗号、分号、制表符都可作分隔符；英文列名、次序不限、多余的空格空行不碍事")
    void delimiters(String delimiter) {
      String text =
          """
          Population,code,KIND,name,address,district,phone,contact,

          ​ 12 ,E1, estate ,世纪花园　,世纪大道,云城区,13800000104,黄,,
          ,,,,,,,
          """
              .replace(",", delimiter)
              .replace("\n", "\r\n");
      assertThat(load(text)).isEqualTo(new Imported(1, 0, 0));
      assertThat(directory.find(YF, "E1"))
          .get()
          .extracting(Place::name, Place::population, Place::kind)
          .containsExactly("世纪花园", 12, PlaceKind.ESTATE);
    }

    @Test
    @DisplayName("引号里可以有分隔符和引号")
    void quotes() {
      load(HEADER + "\"E1\",\"世纪,花园\"\"东区\"\"\",小区,,1,,,云城\"路\"3号\n");
      assertThat(directory.find(YF, "E1"))
          .get()
          .extracting(Place::name, Place::address)
          .containsExactly("世纪,花园\"东区\"", "云城\"路\"3号");
    }

    @Test
    @DisplayName("二千行的文件装得下，也不超过 256 KB")
    void twoThousandLines() {
      String lines =
          IntStream.range(0, 2000)
              .mapToObj(i -> "E" + i + ",世纪花园" + i + "期,小区,云城区," + i + ",黄主任,13800000104,世纪大道" + i)
              .collect(Collectors.joining("\n", HEADER, "\n"));
      assertThat(lines.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256 * 1024);
      assertThat(load(lines)).isEqualTo(new Imported(2000, 0, 0));
    }

    @Test
    @DisplayName("演示名录五家都能导入；云浮可凑出4999、5000、5001人，重要用户有医院、学校、食品厂")
    void demo() throws Exception {
      new DemoPlaces(organisation, directory).moveIn();
      for (Company company : organisation.companies()) {
        assertThat(directory.of(company.id())).as(company.name()).hasSizeBetween(9, 30);
        assertThat(directory.counts(company.id())).containsKeys(PlaceKind.KEY_CUSTOMER);
      }
      Set<String> city = Set.of("yuncheng");
      assertThat(directory.population(YF, city, Set.of("YC-E01", "YC-E02"))).isEqualTo(4999);
      assertThat(directory.population(YF, city, Set.of("YC-E01", "YC-E02", "YC-E03")))
          .isEqualTo(5000);
      assertThat(directory.population(YF, city, Set.of("YC-E01", "XX-E01"))).isEqualTo(5001);
      assertThat(directory.of(YF))
          .filteredOn(place -> place.kind() == PlaceKind.KEY_CUSTOMER)
          .extracting(Place::name)
          .anyMatch(name -> name.contains("医院"))
          .anyMatch(name -> name.contains("小学"))
          .anyMatch(name -> name.contains("食品厂"));
      directory.retire(YF, "YC-E01");
      new DemoPlaces(organisation, directory).moveIn();
      assertThat(codes(directory.of(YF))).doesNotContain("YC-E01");
    }
  }

  @Nested
  @DisplayName("有一处错误就什么都不导入，逐行说明怎么改")
  class Faults {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "E2,翠石,小区,海南区,1,,,             | 区域（district）没有“海南区”，请填写：云城区、云安区",
          "E2,翠石,小区,云城区,-5,,,            | 人口（population）应为 0 到 99999999 的整数",
          "E2,翠石,小区,云城区,两千,,,          | 人口（population）应为 0 到 99999999 的整数",
          "E2,翠石,小区,云城区,1.5,,,           | 人口（population）应为 0 到 99999999 的整数",
          "E2,翠石,小区,云城区,~1,500~,,,       | 人口（population）应为 0 到 99999999 的整数",
          "E2,翠石,小区,云城区,1234567890,,,    | 人口（population）应为 0 到 99999999 的整数",
          ",翠石,小区,云城区,1,,,               | 代码（code）不能为空，请填写",
          "E2,　,小区,云城区,1,,,               | 名称（name）不能为空，请填写",
          "E2,翠石,,云城区,1,,,                 | 类型（kind）不能为空，请填写",
          "E2,翠石,村庄,云城区,1,,,             | 类型（kind）没有“村庄”这一类，请填写：区域、小区、企业、物业、社区、重要用户",
          "_2,翠石,小区,云城区,1,,,             | 代码（code）只能用英文字母、数字和短横线",
          "小区2,翠石,小区,云城区,1,,,          | 代码（code）只能用英文字母、数字和短横线",
          "E1,翠石,小区,云城区,1,,,             | 代码（code）“E1”与第2行相同，请改成不同的代码",
          "E2,翠石,小区,云城区,1,,1380000,,,    | 电话（phone）格式不对",
          "E2,翠石,小区,云城区,1,,12,           | 电话（phone）格式不对，请填写11位手机号",
          "E2,翠石,小区,云城区,1,,7665550101,   | 电话（phone）格式不对，请填写11位手机号",
          "E2,翠石,小区,云城区,1,,              | 只有7格，少于列名的个数",
          "E2,翠石,小区,云城区,1,,,,多一格      | 内容比列名多",
          "atlantis,翠石,区域,,1,,,             | 代码（code）类型为“区域”的，代码须是：yuncheng 云城区",
          "yuncheng,翠石,区域,云安区,1,,,       | 区域（district）与代码不是同一个区域",
        })
    @DisplayName("一行里的错误：第几行、哪一列、怎么改")
    void oneLine(String line, String sentence) {
      FaultyFile refused = refused(HEADER + ESTATE + line.replace("~", "\"") + "\n");
      assertThat(refused.shown()).hasSize(1);
      assertThat(refused.shown().get(0).line()).isEqualTo(3);
      assertThat(refused.sentence()).contains("第3行：").contains(sentence);
    }

    @ParameterizedTest
    @CsvSource({
      "NAME, 100",
      "CODE, 40",
      "CONTACT, 50",
      "ADDRESS, 200",
    })
    @DisplayName("太长的退回，刚好的收下；生僻字算一个字")
    void tooLong(PlaceColumn column, int most) {
      String unit = column == PlaceColumn.CODE ? "a" : "𠮷";
      assertThat(refused(line(column, unit.repeat(most + 1))).sentence())
          .contains("第2行：" + column.label(), "最多" + most + "个字，请缩短");
      assertThat(load(line(column, unit.repeat(most)))).isEqualTo(new Imported(1, 0, 0));
    }

    private String line(PlaceColumn changed, String text) {
      List<String> cells = new ArrayList<>(List.of("E1", "世纪花园", "小区", "", "1", "", "", ""));
      cells.set(changed.ordinal(), text);
      return HEADER + String.join(",", cells) + "\n";
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "代码,名称,类型,区域,人口,联系人,电话             | 缺少“地址”列，请补上",
          "代码,名称,类型,区域,人口,联系人,电话,地址,备注   | 不认识“备注”列，请删除该列或改成：代码,名称",
          "代码,名称,类型,区域,人口,联系人,电话,地址,code   | “代码”列有两个，请删去一个",
          "E1,世纪花园,小区,云城区,2500,黄,13800000104,x    | 不认识“世纪花园”列",
        })
    @DisplayName("列名不对：缺哪一列、多哪一列、重复哪一列")
    void header(String header, String sentence) {
      assertThat(refused(header + "\n" + ESTATE).sentence()).contains("第1行：", sentence);
    }

    @Test
    @DisplayName("引号不成对：指出从哪一行起")
    void quoting() {
      for (String line : List.of("E2,\"翠石,小区,,1,,,\n" + ESTATE, "E2,\"翠\"石,小区,,1,,,\n")) {
        assertThat(refused(HEADER + ESTATE + line).sentence()).contains("第3行：英文双引号不成对");
      }
      assertThat(refused(HEADER + "E2,\"翠\n石\",小区,,1,,,\nE3,,小区,,1,,,\n").sentence())
          .contains("第2行：名称（name）不能换行", "第4行：名称（name）不能为空");
    }

    @Test
    @DisplayName("空文件、只有列名、不是文本的文件")
    void noContent() {
      for (String text : List.of("", "\ufeff", " \n\r\n\n", ",,,\n")) {
        assertThat(refused(text).sentence()).contains("文件是空的，首行应为列名：代码,名称");
      }
      assertThat(refused(HEADER + "\n,,,,,,,\n").sentence()).contains("只有列名，没有内容");
      byte[] rubbish = new byte[5000];
      new Random(7).nextBytes(rubbish);
      assertThat(refused(rubbish).sentence()).contains("不是文本文件", "另存为");
      byte[] workbook =
          "PK\u0003\u0004\u0014\u0000xl/workbook.xml".getBytes(StandardCharsets.UTF_8);
      assertThat(refused(workbook).sentence()).contains("不是文本文件（可能是 Excel 工作簿", "另存为");
      assertThat(refused((HEADER + ESTATE).getBytes(StandardCharsets.UTF_16)).sentence())
          .contains("不是文本文件");
    }

    @Test
    @DisplayName("一次列出所有错误，最多二十处，并说出总数")
    void many() {
      String bad = "E-%d,,小区,海南区,-1,,1,\n";
      String text =
          IntStream.range(0, 10)
              .mapToObj(bad::formatted)
              .collect(Collectors.joining("", HEADER, ""));
      FaultyFile refused = refused(text);
      assertThat(refused.shown()).hasSize(20);
      assertThat(refused.summary()).isEqualTo("文件有40处错误，什么都没有导入，请改正后重新导入（只列出前20处）。");
      assertThat(refused.shown().get(5).toString()).startsWith("第3行：区域（district）没有“海南区”");
    }
  }

  @Nested
  @DisplayName("查找和人口")
  class Questions {
    @BeforeEach
    void places() {
      load(
          HEADER
              + """
              yuncheng,云城区,区域,,300000,,,
              yunan,云安区,区域,,200000,,,
              E1,世纪花园,小区,云城区,2500,,,
              E2,金山豪庭,小区,云城区,2499,,,
              P1,安家物业,物业,云城区,0,,,
              K1,人民医院,重要用户,云城区,1500,陈科长,0766-5550108,
              K2,人民医院,重要用户,云安区,900,,,
              K3,K1,重要用户,云安区,10,,,
              F1,石材厂,企业,,340,,,
              """);
    }

    @Test
    @DisplayName("按类型和代码排列；分页不重不漏")
    void order() {
      List<String> all = List.of("yunan", "yuncheng", "E1", "E2", "F1", "P1", "K1", "K2", "K3");
      assertThat(codes(directory.of(YF))).isEqualTo(all);
      List<String> paged = new ArrayList<>();
      String after = null;
      do {
        List<Place> page = directory.list(new Wanted(YF, null, null, after, 2));
        paged.addAll(codes(page));
        after = page.isEmpty() ? null : Directory.cursor(page.get(page.size() - 1));
      } while (after != null);
      assertThat(paged).isEqualTo(all);
      assertThat(codes(directory.list(new Wanted(YF, PlaceKind.KEY_CUSTOMER, "yunan", null, 9))))
          .containsExactly("K2", "K3");
      for (String wrong : List.of("7", "ESTATE.", "HOUSE.E1", "ESTATE.E1' OR 1=1")) {
        assertThatThrownBy(() -> directory.list(new Wanted(YF, null, null, wrong, 2)))
            .hasMessageContaining("after");
      }
    }

    @Test
    @DisplayName("YF-17a 重要用户按代码或名称找到：代码在先，停用的和别的类型不算")
    void keyCustomers() {
      assertThat(directory.keyCustomer(YF, "K1")).get().extracting(Place::code).isEqualTo("K1");
      assertThat(directory.keyCustomer(YF, " 人民医院 ")).get().extracting(Place::code).isEqualTo("K1");
      assertThat(directory.keyCustomer(YF, "世纪花园")).isEmpty();
      assertThat(directory.keyCustomer("gas", "K1")).isEmpty();
      directory.retire(YF, "K1");
      assertThat(directory.keyCustomer(YF, "人民医院")).get().extracting(Place::code).isEqualTo("K2");
    }

    @Test
    @DisplayName("YF-16d 停水范围内要通知的：所选区域里在用的，不含区域本身")
    void inDistricts() {
      directory.retire(YF, "E2");
      assertThat(codes(directory.within(YF, Set.of("yuncheng"), Set.of())))
          .containsExactly("E1", "P1", "K1");
      assertThat(directory.within(YF, Set.of(), Set.of())).isEmpty();
    }

    @Test
    @DisplayName("YF-16a 人口：选了区域里的处所就只计这些处所，没有选的区域整个计，谁都不计两次")
    void population() {
      assertThat(directory.population(YF, Set.of("yuncheng"), Set.of())).isEqualTo(300000);
      assertThat(directory.population(YF, Set.of("yuncheng", "yunan"), Set.of("E1", "E2")))
          .isEqualTo(204999);
      assertThat(directory.population(YF, Set.of(), Set.of("E1", "E2", "F1"))).isEqualTo(5339);
      assertThat(directory.population(YF, Set.of("yuncheng"), Set.of("F1"))).isEqualTo(300340);
      assertThat(directory.population(YF, Set.of(), Set.of("yuncheng", "E1"))).isEqualTo(2500);
      assertThat(directory.population(YF, Set.of("yuncheng"), Set.of("yuncheng")))
          .isEqualTo(300000);
      assertThat(directory.population(YF, Set.of("nowhere"), Set.of("nobody"))).isZero();
      directory.retire(YF, "E1");
      assertThat(directory.population(YF, Set.of("yuncheng"), Set.of("E1", "E2"))).isEqualTo(2499);
      assertThat(directory.population("gas", Set.of("yuncheng"), Set.of("E2"))).isZero();
    }

    @Test
    @DisplayName("停用的仍查得到名称；没有的说没有")
    void retired() {
      assertThat(directory.retire(YF, "E1")).isTrue();
      assertThat(directory.find(YF, "E1")).get().extracting(Place::active).isEqualTo(false);
      assertThat(directory.retire(YF, "nobody")).isFalse();
      assertThat(directory.find("gas", "E2")).isEmpty();
    }
  }

  @Test
  @DisplayName("下载的文件可原样导入；以 = + - @ 开头的内容不会被表格软件当作公式，电话和人口照旧")
  void download() {
    load(
        HEADER
            + "E1,=HYPERLINK(1),小区,云城区,5,@黄,+8613800000104,-1楼\n"
            + "yunan,\"云安,\"\"区\",区域,,7,-12,0766-5550101,\n");
    List<Place> before = directory.of(YF);
    byte[] file = PlaceSheet.of(organisation.company(YF), before);
    assertThat(new String(file, StandardCharsets.UTF_8))
        .isEqualTo(
            "\ufeff代码,名称,类型,区域,人口,联系人,电话,地址\r\n"
                + "yunan,\"云安,\"\"区\",区域,云安区,7,-12,0766-5550101,\r\n"
                + "E1,'=HYPERLINK(1),小区,云城区,5,'@黄,+8613800000104,'-1楼\r\n");
    assertThat(load(file)).isEqualTo(new Imported(0, 2, 0));
    assertThat(directory.of(YF)).isEqualTo(before);
  }
}
