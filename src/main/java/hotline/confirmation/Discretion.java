package hotline.confirmation;

import hotline.workorder.Phone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a customer stands on the sheet: enough for the customer to recognise it, little for
 * whoever finds the link.
 */
final class Discretion {
  private static final Pattern MOBILE_IN_TEXT =
      Pattern.compile("(?<!\\d)(86)?(1[3-9]\\d{9})(?!\\d)");

  /** Up to the last road, village or estate that stands before any house, building or room. */
  private static final Pattern PLACE =
      Pattern.compile(
          "^(?:(?![一二三四五六七八九十百零〇两甲乙丙丁]+(?:号|栋|幢|座|单元|楼|层|室|弄|组|队|户|门|期))"
              + "[^0-9０-９A-Za-zＡ-Ｚａ-ｚ#＃])*[省市区县旗镇乡村路街道巷园苑寨屯]");

  private Discretion() {}

  /** 138****0000; of any other number about the last third, four digits at most. */
  static String phone(String digits) {
    int shown = Math.min(4, (digits.length() + 1) / 3);
    String tail = digits.substring(digits.length() - shown);
    return Phone.isMobile(digits)
        ? digits.substring(0, 3) + "****" + tail
        : "*".repeat(digits.length() - shown) + tail;
  }

  /** 云城区世纪大道*** */
  static String address(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return "未登记";
    }
    Matcher place = PLACE.matcher(address);
    return (place.find() ? place.group() : "") + "***";
  }

  /** What the staff wrote, without the mobile numbers in it. */
  static String text(String text) {
    return MOBILE_IN_TEXT
        .matcher(text)
        .replaceAll(found -> (found.group(1) == null ? "" : "86") + phone(found.group(2)));
  }
}
