package hotline.workorder;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a person stands where the public reads it: enough for the customer to recognise it,
 * little for everybody else.
 */
public final class Discretion {
  private static final String GAP = "[ \\u3000.·\\u2010-\\u2015－-]?";

  private static final Pattern IDENTITY_CARD =
      inText(
          "[1-9１-９]\\d{5}"
              + (GAP + "(?:19|20|１９|２０)\\d{2}(?:0[1-9]|1[0-2]|[０１]\\d)(?:[0-2]\\d|3[01]|[０-３]\\d)")
              + (GAP + "\\d{3}[\\dXxＸｘ](?![A-Za-z])"));

  private static final Pattern MOBILE =
      inText("((?:86|８６)" + GAP + ")?([1１][3-9３-９]\\d" + GAP + "\\d{4}" + GAP + "\\d{4})");

  /** With its area code, or where the text says that it is a telephone. */
  private static final Pattern LANDLINE =
      inText(
          ("(?:[(（]?[0０]\\d{2,3}[)）]?" + GAP + "|(?<=(?:电话|致电|拨打|座机)\\D{0,3}))")
              + ("\\d{3,4}" + GAP + "\\d{4}"));

  /** Up to the last road, village or estate that stands before any house, building or room. */
  private static final Pattern PLACE =
      Pattern.compile(
          "^(?:(?![一二三四五六七八九十百零〇两甲乙丙丁]+(?:号|栋|幢|座|单元|楼|层|室|弄|组|队|户|门|期))"
              + "[^0-9０-９A-Za-zＡ-Ｚａ-ｚ#＃])*[省市区县旗镇乡村路街道巷园苑寨屯]");

  private Discretion() {}

  /** 138****0000; of any other number about the last third, four digits at most. */
  public static String phone(String digits) {
    if (digits.chars().noneMatch(Character::isDigit)) {
      // the remark of a caller who was made anonymous
      return digits;
    }
    int shown = Math.min(4, (digits.length() + 1) / 3);
    String tail = digits.substring(digits.length() - shown);
    return Phone.isMobile(digits)
        ? digits.substring(0, 3) + "****" + tail
        : "*".repeat(digits.length() - shown) + tail;
  }

  /** 云城区世纪大道*** */
  public static String address(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return "未登记";
    }
    Matcher place = PLACE.matcher(address);
    return (place.find() ? place.group() : "") + "***";
  }

  /**
   * What the staff wrote, without the telephone and identity card numbers in it.
   *
   * @param hotline the company's own number, which everybody may know
   */
  public static String text(String text, String hotline) {
    String withoutCards =
        IDENTITY_CARD.matcher(text).replaceAll(found -> "*".repeat(digits(found.group()).length()));
    String withoutMobiles =
        MOBILE
            .matcher(withoutCards)
            .replaceAll(
                found ->
                    (found.group(1) == null ? "" : found.group(1)) + phone(digits(found.group(2))));
    return LANDLINE
        .matcher(withoutMobiles)
        .replaceAll(
            found -> {
              String digits = digits(found.group());
              return digits(hotline).endsWith(digits)
                  ? Matcher.quoteReplacement(found.group())
                  : phone(digits);
            });
  }

  /** The telephone numbers in what was written, as they are dialled, without the company's own. */
  static Set<String> numbers(String text, String hotline) {
    Set<String> numbers = new LinkedHashSet<>();
    String rest = IDENTITY_CARD.matcher(text).replaceAll(" ");
    MOBILE.matcher(rest).results().forEach(found -> numbers.add(digits(found.group(2))));
    LANDLINE.matcher(rest).results().forEach(found -> numbers.add(digits(found.group())));
    numbers.removeIf(number -> digits(hotline).endsWith(number));
    return numbers;
  }

  private static Pattern inText(String number) {
    return Pattern.compile("(?<!\\d)" + number + "(?!\\d)", Pattern.UNICODE_CHARACTER_CLASS);
  }

  private static String digits(String number) {
    return Normalizer.normalize(number, Normalizer.Form.NFKC).replaceAll("[^0-9Xx]", "");
  }
}
