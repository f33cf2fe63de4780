package hotline.organisation;

import java.util.Optional;
import java.util.regex.Pattern;

/** A mobile, a landline with or without its area code, or an extension; kept as digits. */
final class Telephone {
  static final String WANTED = "请填写11位手机号、带区号的固定电话或内部分机号";

  private static final Pattern MOBILE = Pattern.compile("((\\+|00)?86)?1[3-9][0-9]{9}");
  private static final Pattern LANDLINE = Pattern.compile("(0[1-9][0-9]{1,2})?[2-9][0-9]{6,7}");
  private static final Pattern EXTENSION = Pattern.compile("[1-9][0-9]{2,5}");
  private static final Pattern AREA = Pattern.compile("^(0[12][0-9]|0[3-9][0-9]{2})(?=[0-9]{7})");

  private Telephone() {}

  /** The number without blanks and hyphens; empty when it is none. */
  static Optional<String> digits(String text) {
    String digits = text.replaceAll("[ -]", "");
    return MOBILE.matcher(digits).matches()
            || LANDLINE.matcher(digits).matches()
            || EXTENSION.matcher(digits).matches()
        ? Optional.of(digits)
        : Optional.empty();
  }

  /** With a hyphen behind the area code, so that a spreadsheet takes it for text. */
  static String written(String digits) {
    return AREA.matcher(digits).replaceFirst("$1-");
  }
}
