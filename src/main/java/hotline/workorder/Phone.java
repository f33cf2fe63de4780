package hotline.workorder;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import hotline.Refused;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A telephone number as it was given, and its digits by which the same caller is found again. */
public record Phone(String given, String digits) {
  private static final Pattern FORM = Pattern.compile("[+]?[0-9０-９()（）\\- ]{3,24}");
  private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
  private static final int FEWEST_TYPED = 5;
  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

  /** Whether these digits are those of a mobile, which an SMS reaches. */
  public static boolean isMobile(String digits) {
    return MOBILE.matcher(digits).matches();
  }

  /** Whether somebody who typed this looks for a telephone; a house has fewer digits. */
  static boolean isLike(String typed) {
    return FORM.matcher(typed).matches()
        && PhoneNumberUtil.normalizeDigitsOnly(typed).length() >= FEWEST_TYPED;
  }

  /** Refused when there is none or it is no telephone number; short codes such as 12345 are one. */
  static Phone parse(String field, @Nullable String text) {
    return parse(field, text, 15);
  }

  /** The number that an SMS came from: a service's own (106…) is longer than any telephone's. */
  static Phone sender(String field, @Nullable String text) {
    return parse(field, text, 20);
  }

  private static Phone parse(String field, @Nullable String text, int mostDigits) {
    String given = Text.required(field, "联系电话", text, 40);
    if (!FORM.matcher(given).matches()) {
      throw wrong(field);
    }
    try {
      PhoneNumber number = NUMBERS.parse(given, "CN");
      if (NUMBERS.isPossibleNumber(number) && NUMBERS.isValidNumber(number)) {
        String national = NUMBERS.getNationalSignificantNumber(number);
        return new Phone(
            given, number.getCountryCode() == 86 ? national : number.getCountryCode() + national);
      }
    } catch (NumberParseException e) {
      // a short code, or a number without an area code: its plain digits identify it
    }
    String digits = PhoneNumberUtil.normalizeDigitsOnly(given);
    if (digits.length() < 3 || digits.length() > mostDigits) {
      throw wrong(field);
    }
    return new Phone(given, digits);
  }

  private static Refused wrong(String field) {
    return new Refused(field, "联系电话（" + field + "）应为电话号码，例如 13800000000 或 0766-8812345");
  }
}
