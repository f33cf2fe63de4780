package hotline.regulation;

import java.util.Arrays;
import java.util.List;

/** The lists in a table's cell: words parted by a space. */
public final class Words {
  private Words() {}

  public static List<String> of(String cell) {
    return Arrays.stream(cell.trim().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
