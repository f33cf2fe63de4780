package hotline.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("公开页面上的个人信息：本人认得出，别人知之甚少")
class DiscretionTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "13800000000,138****0000",
    "19912345678,199****5678",
    "7668812345,*******345",
    "88123456,*****456",
    "12345,***45",
    "85291234567,*******4567",
    "110,**0"
  })
  @DisplayName("电话")
  void phones(String digits, String shown) {
    assertThat(Discretion.phone(digits)).isEqualTo(shown);
  }

  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource({
    "云城区世纪大道12号,云城区世纪大道***",
    "云城区世纪大道１２号,云城区世纪大道***",
    "云城区世纪花园3栋2单元501室,云城区世纪花园***",
    "都杨镇大播村委石巷村老李家,都杨镇大播村委石巷村***",
    "解放路张三小卖部对面,解放路***",
    "建设北路十二号南区五栋,建设北路***",
    "五一路二巷三号,五一路二巷***",
    "锦绣苑A座1203,锦绣苑***",
    "张三家,***",
    "12号,***"
  })
  @DisplayName("地址到路、村、小区为止，没有门牌")
  void addresses(String address, String shown) {
    assertThat(Discretion.address(address)).isEqualTo(shown);
  }

  @Test
  @DisplayName("没有地址")
  void noAddress() {
    assertThat(Discretion.address(null)).isEqualTo("未登记");
    assertThat(Discretion.address(" ")).isEqualTo("未登记");
  }

  @ParameterizedTest
  @CsvSource({
    "联系13800000000，备用+8613911112222,联系138****0000，备用+86139****2222",
    "138 0000 0000、139-1111-2222、１３８００００００００,138****0000、139****2222、138****0000",
    "业主 0766-8812345 或（0766）8812345,业主 *******2345 或*******2345",
    "住户电话：8812345,住户电话：*****45",
    "身份证44530219900101123X；445302 19900101 1234,身份证******************；******************"
  })
  @DisplayName("职员写的电话号码和身份证号也遮住")
  void numbersInTexts(String written, String shown) {
    assertThat(Discretion.text(written, "0473-3231885")).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "表号2026111600001，压力0.35MPa",
        "11月27日08:00至2026-11-28 18:00，阀门3个，DN200",
        "工单YF20261116-0001，管径1500",
        "请拨打0473-3231885，或电话3231885",
        "水价1.38元，100%$1\\"
      })
  @DisplayName("日期、编号、压力和公司自己的热线不动")
  void otherNumbers(String text) {
    assertThat(Discretion.text(text, "0473-3231885")).isEqualTo(text);
  }
}
