package hotline.workorder;

import hotline.Refused;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts as people type them: trimmed, bounded, never without a clear word about what to mend. */
public final class Text {
  private Text() {}

  /**
   * The text, trimmed; refused when missing or longer than {@code most} characters.
   *
   * @param field the field as the contract names it
   * @param label the field as people read it
   */
  public static String required(String field, String label, @Nullable String text, int most) {
    String value = optional(field, label, text, most);
    if (value.isEmpty()) {
      throw new Refused(field, "请填写" + label + "（" + field + "）");
    }
    return value;
  }

  /** The text, trimmed, or "" when nothing was given. */
  public static String optional(String field, String label, @Nullable String text, int most) {
    if (text == null) {
      return "";
    }
    String value = stripped(text);
    if (value.codePointCount(0, value.length()) > most) {
      throw new Refused(field, label + "（" + field + "）最多" + most + "个字，请缩短");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
          || Character.isSurrogate(c) && !pairedAt(value, i)) {
        throw new Refused(field, label + "（" + field + "）含有无法显示的控制字符，请删除后重填");
      }
    }
    return value;
  }

  /** Without what nobody sees at either end, be it a space of any script or of no width. */
  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isInvisible(text.charAt(from))) {
      from++;
    }
    while (from < to && isInvisible(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isInvisible(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || c >= '\u200b' && c <= '\u200d'
        || c == '\ufeff';
  }

  private static boolean pairedAt(String value, int i) {
    return Character.isHighSurrogate(value.charAt(i))
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }

  public static String oneOf(
      String field, String label, @Nullable String text, Set<String> allowed) {
    String value = optional(field, label, text, 60).toUpperCase(Locale.ROOT);
    if (!value.isEmpty() && !allowed.contains(value)) {
      throw new Refused(
          field,
          label + "（" + field + "）只能是 " + String.join("、", allowed.stream().sorted().toList()));
    }
    return value;
  }

  public static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** As much of a number that somebody typed as may be shown back to them. */
  public static String printable(String number) {
    String plain = number.replaceAll("[^A-Za-z0-9-]", "");
    return plain.substring(0, Math.min(32, plain.length()));
  }

  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
