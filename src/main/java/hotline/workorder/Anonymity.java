package hotline.workorder;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was written of a complaint without the one who complains: the party complained of reads what
 * it is about, never from whom (RQ-13).
 */
final class Anonymity {
  private static final String PERSON = "（姓名略）";
  private static final String PLACE = "（地址略）";
  private static final String NUMBER = "（号码略）";

  /** As many characters of the address in a row give the place away. */
  private static final int TELLING = 4;

  private static final String TITLES =
      "(先生|女士|小姐|太太|夫人|师傅|老师|医生|阿姨|叔叔|大爷|大妈|大娘|大姐|大哥|奶奶|爷爷|同志|老板|经理|总|某某|某|工)";
  private static final Pattern TWO_CHARACTER_SURNAME =
      Pattern.compile("^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|长孙|宇文|轩辕|端木|南宫|独孤|呼延)");
  private static final Pattern MASKED_NUMBER = Pattern.compile("\\d{0,3}\\*{3,}[\\dXx]{0,4}");

  private final List<Pattern> names = new ArrayList<>();
  private final @Nullable Pattern number;
  private final List<String> places = new ArrayList<>();
  private final String hotline;

  /**
   * @param hotline the company's own number, which everybody may know
   */
  Anonymity(WorkOrder order, String hotline) {
    this.hotline = hotline;
    names(Text.orEmpty(order.callerName).strip());
    number =
        order.phoneDigits.isEmpty()
            ? null
            : Pattern.compile(
                "(?<!\\d)(0|86|\\+86)?"
                    + String.join("[ -]?", order.phoneDigits.split(""))
                    + "(?!\\d)");
    place(order.address);
    place(order.facts.landmark);
  }

  private void names(String name) {
    if (name.length() < 2) {
      return;
    }
    names.add(Pattern.compile(Pattern.quote(name)));
    Matcher two = TWO_CHARACTER_SURNAME.matcher(name);
    String surname = two.find() ? two.group() : name.substring(0, 1);
    String given = name.substring(surname.length());
    if (given.length() >= 2) {
      names.add(Pattern.compile(Pattern.quote(given)));
    }
    names.add(Pattern.compile(Pattern.quote(surname) + TITLES));
    names.add(Pattern.compile("[老小阿]" + Pattern.quote(surname) + "(?!\\p{IsHan})"));
  }

  private void place(@Nullable String place) {
    if (place != null && place.strip().length() >= 2) {
      places.add(place.strip());
    }
  }

  String text(String text) {
    String without = text;
    for (String place : places) {
      without = withoutPlace(without, place);
    }
    if (number != null) {
      without = number.matcher(without).replaceAll(NUMBER);
    }
    for (Pattern name : names) {
      without = name.matcher(without).replaceAll(PERSON);
    }
    return MASKED_NUMBER.matcher(Discretion.text(without, hotline)).replaceAll(NUMBER);
  }

  /** Every run of characters that the address has as well. */
  private static String withoutPlace(String text, String place) {
    int telling = Math.min(TELLING, place.length());
    StringBuilder kept = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && place.contains(text.substring(at, end + 1))) {
        end++;
      }
      if (end - at >= telling) {
        kept.append(PLACE);
        at = end;
      } else {
        kept.append(text.charAt(at));
        at++;
      }
    }
    return kept.toString();
  }
}
