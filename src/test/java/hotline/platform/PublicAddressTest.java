package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("客户访问本系统的地址")
class PublicAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "", "ftp://example.com", "https://a b"})
  @DisplayName("链接要打得开：hotline.public-url 不对就不启动")
  void wrong(String url) {
    assertThatThrownBy(() -> new PublicAddress(url)).hasMessageContaining("hotline.public-url");
  }

  @Test
  @DisplayName("末尾的斜线不算")
  void slash() {
    assertThat(new PublicAddress("https://example.com/hotline/").publicUrl())
        .isEqualTo("https://example.com/hotline");
  }
}
