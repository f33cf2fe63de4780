package hotline.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.calendar.TimeLimit.Unit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

@Label("时限的写法：对任何时限都成立的性质（接口约定“Time limits”）")
class TimeLimitPropertyTest {

  @Property
  @Label("写出的时限读回来还是同一个时限")
  void whatIsWrittenIsReadBack(@ForAll Unit unit, @ForAll @IntRange(min = 1, max = 99_999) int n) {
    TimeLimit limit = new TimeLimit(unit, unit == Unit.SAME_DAY ? 0 : n);

    assertThat(TimeLimit.parse(limit.text())).isEqualTo(limit);
  }

  @Property
  @Label("任何文字或者读得懂，或者用中文拒绝")
  void anyTextIsReadOrRefusedInChinese(@ForAll String text) {
    try {
      assertThat(TimeLimit.parse(text).text()).isNotEmpty();
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal).hasMessageStartingWith("时限“");
    }
  }
}
