package hotline.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run has shown: its figures, and every invariant that was broken. */
final class Result {
  final String run;
  final Map<String, Object> figures = new LinkedHashMap<>();
  final List<String> broken = new ArrayList<>();

  Result(String run) {
    this.run = run;
  }

  void figure(String name, Object value) {
    figures.put(name, value);
  }

  void hold(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(broken.isEmpty() ? "OK     " : "BROKEN ").append(run);
    figures.forEach((name, value) -> line.append(" | ").append(name).append(' ').append(value));
    broken.forEach(
        each -> line.append("\n       ✗ ").append(each, 0, Math.min(each.length(), 600)));
    return line.toString();
  }
}
