package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("引擎的英文说成中文")
class EngineWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Password does not match policy|密码不符合要求，请按密码框旁列出的条件修改",
        "The group already exists|该组 ID 已被使用，请换一个",
        "Cannot convert value 'y' of type 'Integer' to java type java.lang.Integer|变量的值不是 Integer 类型，请改正",
        "Deployment with id 'nope' do not exist|找不到要操作的内容，可能已被删除或已结束，请刷新页面",
        "Nobody knows this|操作没有完成，请检查填写的内容（系统原文：Nobody knows this）",
        "该任务已由他人办理|该任务已由他人办理"
      })
  @DisplayName("认得的说清楚，不认得的附上原文，已是中文的不动")
  void sentences(String english, String chinese) {
    assertThat(EngineWords.instead(null, english)).isEqualTo(chinese);
  }

  @Test
  @DisplayName("无权、重复添加：按原因说，不看原文")
  void causes() {
    Exception noRight = new ProcessEngineException(new AuthorizationException("x"));
    assertThat(EngineWords.instead(noRight, "The user does not have 'READ' permission"))
        .isEqualTo("您没有进行此操作的权限");
    Exception twice = new ProcessEngineException("ENGINE-03004", new SQLException("x", "23505"));
    assertThat(EngineWords.refusal(twice, "ENGINE-03004")).startsWith("与已有的内容冲突");
  }

  @Test
  @DisplayName("系统自己的错不冒充填错")
  void failures() {
    Exception own = new ProcessEngineException("boom");
    assertThat(EngineWords.refusal(own, "boom")).isNull();
    Exception down = new ProcessEngineException("x", new SQLException("x", "08001"));
    assertThat(EngineWords.refusal(down, "x")).isNull();
    assertThat(EngineWords.refusal(null, null)).isNull();
  }
}
