package hotline.organisation;

import hotline.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a line of the directory's file says, by its Chinese or English name, and how it is read. */
enum PlaceColumn {
  CODE("代码", 40),
  NAME("名称", 100),
  KIND("类型", 20),
  DISTRICT("区域", 40),
  POPULATION("人口", 20),
  CONTACT("联系人", 50),
  PHONE("电话", 30),
  ADDRESS("地址", 200);

  private final String label;
  private final int longest;

  PlaceColumn(String label, int longest) {
    this.label = label;
    this.longest = longest;
  }

  String label() {
    return label;
  }

  /** The field as the API names it. */
  String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<PlaceColumn> of(String header) {
    return Arrays.stream(values())
        .filter(column -> column.label.equals(header) || column.field().equalsIgnoreCase(header))
        .findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(PlaceColumn::label).collect(Collectors.joining(","));
  }

  /** The text in one line; "" when there is none. */
  String read(String given) {
    String text = given.replaceAll("^[\\s\\p{Z}\\p{Cf}]+|[\\s\\p{Z}\\p{Cf}]+$", "");
    if (text.codePointCount(0, text.length()) > longest) {
      throw refused("最多" + longest + "个字，请缩短");
    }
    if (text.codePoints()
        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
      throw refused("不能换行，也不能含控制字符，请删除后重填");
    }
    return text;
  }

  Refused refused(String sentence) {
    return new Refused(field(), label + "（" + field() + "）" + sentence);
  }
}
