package hotline.handbook;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The requirements (YF-9c) and rulings (C20) that a text cites. */
final class Citations {
  private static final String ID =
      "(?<![A-Za-z0-9-])(?:(?:YF|YC|RQ|WX|RL|ALL)-[A-Z]?\\d+(?:\\.\\d+)?[A-Za-z]?|C\\d{1,2})"
          + "(?![A-Za-z0-9])";
  private static final Pattern CITED = Pattern.compile(ID);
  private static final Pattern IN_A_LIST = Pattern.compile("([、，]?)(" + ID + ")");

  private Citations() {}

  static Set<String> in(String text) {
    Set<String> ids = new LinkedHashSet<>();
    CITED.matcher(text).results().map(MatchResult::group).forEach(ids::add);
    return ids;
  }

  /** The text without the others that a sentence about several companies also cites. */
  static String only(Predicate<String> own, String text) {
    return IN_A_LIST
        .matcher(text)
        .replaceAll(cited -> own.test(cited.group(2)) ? cited.group() : "")
        .replaceAll("（[、，]", "（")
        .replace("（）", "")
        .replaceFirst("^[、，：:\\s]+", "");
  }
}
