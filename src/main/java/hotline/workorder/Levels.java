package hotline.workorder;

import java.util.List;
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

  /** Of each family of levels, the higher first. */
  private static final List<List<String>> HIGHER_FIRST =
      List.of(
          List.of("LEVEL_1", "LEVEL_2", "LEVEL_3"),
          List.of("SPECIAL", "FIRST", "SECOND", "THIRD"),
          List.of("URGENT", "NORMAL", "ADVICE"),
          List.of("EMERGENCY", "NORMAL"));

  private Levels() {}

  /** Whether the first is above the second; levels of different families cannot be compared. */
  static boolean isHigher(String one, String other) {
    return HIGHER_FIRST.stream()
        .filter(family -> family.contains(one) && family.contains(other))
        .anyMatch(family -> family.indexOf(one) < family.indexOf(other));
  }

  /** The levels above this one, the highest of each family first. */
  static List<String> above(String level) {
    return HIGHER_FIRST.stream()
        .filter(family -> family.contains(level))
        .flatMap(family -> family.subList(0, family.indexOf(level)).stream())
        .toList();
  }

  public static String label(String level) {
    return LEVELS.getOrDefault(level, GRADES.getOrDefault(level, level));
  }

  static String satisfaction(String answer) {
    return SATISFACTION.getOrDefault(answer, answer);
  }
}
