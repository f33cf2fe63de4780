package hotline.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hotline.Refused;
import hotline.database.TestedDatabase;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
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
@DisplayName("组织：公司、部门、人员与值班（YF-3、YF-9b）")
class OrganisationTest {
  private static final String YF = "yunfu-water";
  private static final Instant EIGHT = Instant.parse("2026-11-16T00:00:00Z");
  private static final Instant SIX = Instant.parse("2026-11-16T10:00:00Z");

  private Organisation organisation;

  @BeforeEach
  void freshTables() {
    DriverManagerDataSource database = TestedDatabase.with("V4__organisation.sql");
    organisation =
        new Organisation(
            new Companies(List.of("yunfu-water", "test-gas")), JdbcClient.create(database));
  }

  private void member(String id, String email) {
    organisation.save(new Person(id, YF, "值班员", "engineering", false, email, null, true));
  }

  private void leader(String id, String email) {
    organisation.save(new Person(id, YF, "负责人", "engineering", true, email, null, true));
  }

  private List<String> receivers(Instant at) {
    return organisation.receivers(YF, "engineering", at).stream().map(Person::id).toList();
  }

  @Nested
  @DisplayName("公司文件")
  class Files {
    @Test
    @DisplayName("YF-3 云浮有七个部门，每个部门有成员和负责人两个组，另有六个角色")
    void yunfu() {
      assertThat(organisation.company(YF).departments())
          .extracting(Department::name)
          .containsExactly("营业部", "生产部", "工程公司", "安监技术部", "行政人事部", "供水调度中心", "公司领导");
      assertThat(organisation.company(YF).officeClose()).isEqualTo(LocalTime.of(17, 30));
      assertThat(organisation.groups(YF)).hasSize(6 + 2 * 7);
      assertThat(organisation.groupName("yunfu-water.agent")).isEqualTo("坐席");
      assertThat(organisation.groupName("yunfu-water.engineering")).isEqualTo("工程公司");
      assertThat(organisation.groupName("yunfu-water.engineering-leader")).isEqualTo("工程公司负责人");
      assertThat(organisation.groupName("test-gas.engineering")).isEqualTo("抢修部");
      assertThat(organisation.groupName("nobody.knows")).isEqualTo("nobody.knows");
    }

    @Test
    @DisplayName("不加引号的时间和以0开头的电话按原样读")
    void plainText() {
      assertThat(organisation.company("test-gas").officeClose()).isEqualTo(LocalTime.of(17, 30));
      assertThat(organisation.company("test-gas").hotline()).isEqualTo("0766123456");
    }

    @Test
    @DisplayName("不认识的公司、部门用一句中文退回，并指出字段")
    void unknown() {
      assertThatThrownBy(() -> organisation.company("gas"))
          .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.field()).isEqualTo("company"))
          .hasMessageContaining("yunfu-water、test-gas");
      assertThatThrownBy(() -> organisation.receivers(YF, "kitchen", EIGHT))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.field()).isEqualTo("department"));
    }

    @Test
    @DisplayName("没有文件的公司不能启用")
    void noFile() {
      assertThatThrownBy(() -> CompanyFile.read("atlantis"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("organisation/atlantis.yaml");
      assertThatThrownBy(() -> CompanyFile.read("../yunfu-water"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Nested
  @DisplayName("通知发给谁（YF-9b）")
  class Receivers {
    @Test
    @DisplayName("值班的人收通知：开始那一刻算，结束那一刻不算")
    void onDuty() {
      member("a", "a@example.com");
      member("b", "b@example.com");
      leader("l", "l@example.com");
      organisation.putOnDuty(YF, "engineering", "a", EIGHT, SIX);

      assertThat(receivers(EIGHT.minusMillis(1))).containsExactly("a", "b");
      assertThat(receivers(EIGHT)).containsExactly("a");
      assertThat(receivers(SIX.minusMillis(1))).containsExactly("a");
      assertThat(receivers(SIX)).containsExactly("a", "b");
    }

    @Test
    @DisplayName("交班那一刻起由接班的人收，两班相接不空也不重")
    void handover() {
      member("a", null);
      member("b", "b@example.com");
      organisation.putOnDuty(YF, "engineering", "a", EIGHT, null);
      organisation.relieve(YF, "engineering", "a", SIX);
      organisation.putOnDuty(YF, "engineering", "b", SIX, null);

      assertThat(receivers(SIX.minusMillis(1))).containsExactly("a");
      assertThat(receivers(SIX)).containsExactly("b");
      assertThatThrownBy(() -> organisation.relieve(YF, "engineering", "a", SIX))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("不在工程公司值班");
    }

    @Test
    @DisplayName("同一人排了两段重叠的班，只收一次")
    void twice() {
      member("a", "a@example.com");
      organisation.putOnDuty(YF, "engineering", "a", EIGHT, SIX);
      organisation.putOnDuty(YF, "engineering", "a", EIGHT, null);
      assertThat(receivers(EIGHT)).containsExactly("a");
    }

    @Test
    @DisplayName("无人值班：有联系方式的成员；成员都没有：负责人；负责人也没有联系方式仍是负责人")
    void order() {
      assertThat(receivers(EIGHT)).isEmpty();
      member("a", null);
      assertThat(receivers(EIGHT)).containsExactly("a");
      leader("l", null);
      assertThat(receivers(EIGHT)).containsExactly("l");
      member("b", "b@example.com");
      assertThat(receivers(EIGHT)).containsExactly("b");
      assertThat(organisation.leaders(YF, "engineering"))
          .extracting(Person::id)
          .containsExactly("l");
    }

    @Test
    @DisplayName("停用或调离的人不再收通知，即使排了班；别的公司的同名部门互不相干")
    void gone() {
      member("a", "a@example.com");
      member("b", "b@example.com");
      organisation.putOnDuty(YF, "engineering", "a", EIGHT, null);
      organisation.save(
          new Person("a", YF, "值班员", "technical", false, "a@example.com", null, true));
      assertThat(receivers(EIGHT)).containsExactly("b");
      organisation.save(
          new Person("b", YF, "值班员", "engineering", false, "b@example.com", null, false));
      assertThat(receivers(EIGHT)).isEmpty();
      organisation.save(
          new Person("g", "test-gas", "值班员", "engineering", false, "g@example.com", null, true));
      assertThat(receivers(EIGHT)).isEmpty();
    }
  }

  @Nested
  @DisplayName("填错了就退回")
  class Refusals {
    @ParameterizedTest
    @ValueSource(
        strings = {"13800000000", "138-0000-0000", "+8613800000000", "0766-8823456", "8001"})
    @DisplayName("手机、固话、分机都收")
    void phones(String phone) {
      organisation.save(new Person("a", YF, "甲", "engineering", false, null, phone, true));
      assertThat(organisation.person("a")).get().extracting(Person::phone).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
      "a b, 甲, engineering, , , id",
      "a, ' ', engineering, , , displayName",
      "a, 甲, kitchen, , , department",
      "a, 甲, engineering, 'a@b', , email",
      "a, 甲, engineering, 'a b@example.com', , email",
      "a, 甲, engineering, , 12, phone",
      "a, 甲, engineering, , 1380000000, phone",
      "a, 甲, engineering, , 138000000001, phone",
      "a, 甲, engineering, , 电话, phone"
    })
    @DisplayName("账号、姓名、部门、邮箱、电话格式不对")
    void person(
        String id, String name, String department, String email, String phone, String field) {
      assertThatThrownBy(
              () ->
                  organisation.save(
                      new Person(id, YF, name, department, false, email, phone, true)))
          .isInstanceOfSatisfying(
              Refused.class,
              r -> {
                assertThat(r.field()).isEqualTo(field);
                assertThat(r.sentence()).contains("（" + field + "）");
              });
      assertThat(organisation.person("a")).isEmpty();
    }

    @Test
    @DisplayName("不能换公司；负责人要有部门")
    void moves() {
      member("a", null);
      assertThatThrownBy(
              () ->
                  organisation.save(
                      new Person("a", "test-gas", "甲", "engineering", false, null, null, true)))
          .hasMessageContaining("（company）");
      assertThatThrownBy(
              () -> organisation.save(new Person("b", YF, "乙", null, true, null, null, true)))
          .hasMessageContaining("（department）");
    }

    @Test
    @DisplayName("排班：别的部门的人、停用的人、结束不晚于开始")
    void duties() {
      organisation.save(new Person("t", YF, "丙", "technical", false, null, null, true));
      organisation.save(new Person("x", YF, "丁", "engineering", false, null, null, false));
      member("a", null);
      assertThatThrownBy(() -> organisation.putOnDuty(YF, "engineering", "t", EIGHT, null))
          .hasMessageContaining("不属于工程公司");
      assertThatThrownBy(() -> organisation.putOnDuty(YF, "engineering", "x", EIGHT, null))
          .hasMessageContaining("已停用");
      assertThatThrownBy(() -> organisation.putOnDuty(YF, "engineering", "a", EIGHT, EIGHT))
          .hasMessageContaining("（until）");
    }
  }
}
