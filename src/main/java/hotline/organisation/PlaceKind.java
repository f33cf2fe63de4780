package hotline.organisation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a place of the directory is to those who tell it of an outage (YF-16d, YF-17a). */
public enum PlaceKind {
  DISTRICT("区域"),
  ESTATE("小区"),
  FIRM("企业"),
  PROPERTY("物业"),
  COMMUNITY("社区"),
  KEY_CUSTOMER("重要用户");

  private final String label;

  PlaceKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** By its label or its code. */
  static Optional<PlaceKind> of(String text) {
    return Arrays.stream(values())
        .filter(
            kind -> kind.label.equals(text) || kind.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(PlaceKind::label).collect(Collectors.joining("、"));
  }
}
