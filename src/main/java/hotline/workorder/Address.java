package hotline.workorder;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address reduced to its building, so that open orders nearby are found by an index. */
final class Address {
  private static final Pattern NOISE = Pattern.compile("[\\s,，。.;；、()（）\\-—_#]+");
  private static final Pattern BUILDING =
      Pattern.compile("^(.*?[0-9一二三四五六七八九十]+(?:号楼|号院|栋|幢|座|号|弄|组))");

  private Address() {}

  /** The address as it is compared: without case, width, spaces and marks. */
  static String plain(@Nullable String address) {
    return address == null
        ? ""
        : NOISE
            .matcher(Normalizer.normalize(address, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .replaceAll("");
  }

  /** The part up to the house or building number; the whole address when it names none. */
  static @Nullable String buildingKey(@Nullable String address) {
    if (address == null || address.isBlank()) {
      return null;
    }
    String plain = plain(address);
    Matcher building = BUILDING.matcher(plain);
    String key = building.find() ? building.group(1) : plain;
    return key.isEmpty()
        ? null
        : key.substring(
            0, key.offsetByCodePoints(0, Math.min(90, key.codePointCount(0, key.length()))));
  }
}
