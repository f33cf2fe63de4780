package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("按地址放慢猜口令的人")
class ApiFailuresTest {
  private final WebProbe.Time time = new WebProbe.Time();
  private final ApiFailures failures = new ApiFailures(5, time);

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      failures.failed(address);
    }
  }

  @Test
  @DisplayName("一分钟内四次失败不用等，第五次起等 2 秒；别的地址不受影响")
  void fifth() {
    fail("10.0.0.1", 4);
    assertThat(failures.secondsToWait("10.0.0.1")).isZero();
    fail("10.0.0.1", 1);
    assertThat(failures.secondsToWait("10.0.0.1")).isEqualTo(2);
    assertThat(failures.secondsToWait("10.0.0.2")).isZero();
    time.pass(Duration.ofSeconds(2));
    assertThat(failures.secondsToWait("10.0.0.1")).isZero();
  }

  @Test
  @DisplayName("失败分散在几分钟里不算")
  void spread() {
    for (int i = 0; i < 20; i++) {
      fail("10.0.0.1", 1);
      time.pass(Duration.ofSeconds(20));
      assertThat(failures.secondsToWait("10.0.0.1")).isZero();
    }
  }

  @Test
  @DisplayName("继续失败：2、4、8、16、32、60、60 秒；十分钟不再失败就忘掉")
  void growing() {
    fail("10.0.0.1", 5);
    for (int seconds : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      assertThat(failures.secondsToWait("10.0.0.1")).isEqualTo(seconds);
      time.pass(Duration.ofSeconds(seconds));
      fail("10.0.0.1", 1);
    }
    time.pass(Duration.ofMinutes(10));
    assertThat(failures.secondsToWait("10.0.0.1")).isZero();
    fail("10.0.0.1", 4);
    assertThat(failures.secondsToWait("10.0.0.1")).isZero();
  }

  @Test
  @DisplayName("IPv6 按 /64 算一个地址")
  void neighbourhood() {
    assertThat(ApiFailures.neighbourhood("2001:db8::1"))
        .isEqualTo(ApiFailures.neighbourhood("2001:db8::ffff:2"));
    assertThat(ApiFailures.neighbourhood("2001:db8::1"))
        .isNotEqualTo(ApiFailures.neighbourhood("2001:db8:0:1::1"));
  }
}
