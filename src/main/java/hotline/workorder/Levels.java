package hotline.workorder;

import java.util.Map;

/** The codes of levels and answers as people read them. */
public final class Levels {
  private static final Map<String, String> LEVELS =
      Map.of(
          "EMERGENCY", "紧急",
          "NORMAL", "一般",
          "URGENT", "紧急级",
          "ADVICE", "咨询级",
          "LEVEL_1", "重大（1级）",
          "LEVEL_2", "一般（2级）",
          "LEVEL_3", "轻度（3级）");
  private static final Map<String, String> GRADES =
      Map.of("SPECIAL", "特级", "FIRST", "一级", "SECOND", "二级", "THIRD", "三级");
  private static final Map<String, String> SATISFACTION =
      Map.of(
          "SATISFIED", "满意",
          "DISSATISFIED", "不满意",
          "UNREACHABLE", "多次联系不上客户",
          "NOT_ASKED", "按规定免回访");

  private Levels() {}

  public static String label(String level) {
    return LEVELS.getOrDefault(level, GRADES.getOrDefault(level, level));
  }

  static String satisfaction(String answer) {
    return SATISFACTION.getOrDefault(answer, answer);
  }
}
