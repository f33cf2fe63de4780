package hotline.calendar;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a regulation gives for a step, written as the regulations write it: 5分钟, 1小时, 3日, 1个工作日,
 * 当日.
 *
 * @param amount 1 to 99999 of the unit; 0 for {@link Unit#SAME_DAY}, which is never counted
 */
public record TimeLimit(Unit unit, int amount) {
  /** Of two limits the one that gives less time comes first. */
  public static final Comparator<TimeLimit> STRICTER_FIRST =
      Comparator.comparingLong(TimeLimit::roughMinutes).thenComparing(TimeLimit::unit);

  private static final int LONGEST = 99_999;
  private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,4})(分钟|小时|日|天|个工作日|工作日)");
  private static final Pattern CHINESE_NUMERAL = Pattern.compile("^[一二两三四五六七八九十百]+");
  private static final int ECHOED_CHARACTERS = 20;

  /** What a limit is counted in; requirements, "How to read the words of the texts". */
  public enum Unit {
    MINUTES("分钟"),
    HOURS("小时"),
    DAYS("日"),
    WORKING_DAYS("个工作日"),
    SAME_DAY("当日");

    private final String word;

    Unit(String word) {
      this.word = word;
    }
  }

  /** Refuses an amount that is not 1 to 99999, and for 当日 any amount but 0. */
  public TimeLimit {
    if (unit == Unit.SAME_DAY ? amount != 0 : amount < 1 || amount > LONGEST) {
      throw new IllegalArgumentException("时限的数字须为1至99999（“当日”不带数字），现为%d".formatted(amount));
    }
  }

  /**
   * Reads a limit as the regulations write it. Surrounding blanks and full-width digits are
   * accepted, 3天 is 3日, 1工作日 is 1个工作日.
   *
   * @throws IllegalArgumentException for anything else, with a Chinese sentence that gives the
   *     right forms (contract, "Time limits")
   */
  public static TimeLimit parse(String text) {
    String written = withPlainDigits(text.strip());
    TimeLimit limit = read(written);
    if (limit == null) {
      throw new IllegalArgumentException(refusal(text.strip(), meant(written)));
    }
    return limit;
  }

  /** The limit as the regulations write it; {@link #parse} reads it back. */
  public String text() {
    return unit == Unit.SAME_DAY ? unit.word : amount + unit.word;
  }

  /**
   * A rough length, as if started at noon, to tell the stricter of two limits without a calendar.
   */
  long roughMinutes() {
    return switch (unit) {
      case MINUTES -> amount;
      case HOURS -> amount * 60L;
      case SAME_DAY -> 12 * 60;
      case DAYS -> (amount * 24L + 12) * 60;
      case WORKING_DAYS -> amount * 24L * 60 * 7 / 5 + 12 * 60;
    };
  }

  private static @Nullable TimeLimit read(String written) {
    if (written.equals(Unit.SAME_DAY.word)) {
      return new TimeLimit(Unit.SAME_DAY, 0);
    }
    Matcher parts = WRITTEN.matcher(written);
    if (!parts.matches()) {
      return null;
    }
    Unit unit =
        switch (parts.group(2)) {
          case "分钟" -> Unit.MINUTES;
          case "小时" -> Unit.HOURS;
          case "日", "天" -> Unit.DAYS;
          default -> Unit.WORKING_DAYS;
        };
    return new TimeLimit(unit, Integer.parseInt(parts.group(1)));
  }

  private static String withPlainDigits(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c >= '０' && c <= '９') {
        plain.setCharAt(i, (char) (c - '０' + '0'));
      }
    }
    return plain.toString();
  }

  /**
   * What a limit in a common wrong form (两小时, 3个小时, 5 分钟, 3日内) was meant to say, if that is clear.
   */
  private static @Nullable TimeLimit meant(String wrong) {
    String tidied =
        CHINESE_NUMERAL
            .matcher(wrong.replaceAll("\\s", ""))
            .replaceFirst(numeral -> String.valueOf(valueOf(numeral.group())))
            .replace("个小时", "小时")
            .replaceFirst("^0+", "")
            .replaceFirst("以?内$", "");
    return read(tidied);
  }

  private static int valueOf(String chineseNumeral) {
    int sum = 0;
    int digit = 0;
    for (int i = 0; i < chineseNumeral.length(); i++) {
      char c = chineseNumeral.charAt(i);
      switch (c) {
        case '百' -> {
          sum += Math.max(digit, 1) * 100;
          digit = 0;
        }
        case '十' -> {
          sum += Math.max(digit, 1) * 10;
          digit = 0;
        }
        case '两' -> digit = 2;
        default -> digit = "一二三四五六七八九".indexOf(c) + 1;
      }
    }
    return sum + digit;
  }

  private static String refusal(String text, @Nullable TimeLimit meant) {
    String echo =
        text.length() > ECHOED_CHARACTERS ? text.substring(0, ECHOED_CHARACTERS) + "…" : text;
    String forms =
        "时限“%s”的写法不对，请写阿拉伯数字（1至99999）加单位，例如：5分钟、1小时、72小时、3日、1个工作日，或者写“当日”".formatted(echo);
    return meant == null ? forms : forms + "；这里应写作“%s”".formatted(meant.text());
  }
}
