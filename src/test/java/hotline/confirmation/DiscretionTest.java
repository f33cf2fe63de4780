package hotline.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("确认单上的客户信息：本人认得出，捡到链接的人知之甚少")
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

  @Test
  @DisplayName("职员写的手机号也遮住，其他数字不动")
  void numbersInTexts() {
    assertThat(Discretion.text("联系13800000000，备用+8613911112222；表号2026111600001，压力0.35MPa"))
        .isEqualTo("联系138****0000，备用+86139****2222；表号2026111600001，压力0.35MPa");
  }
}
