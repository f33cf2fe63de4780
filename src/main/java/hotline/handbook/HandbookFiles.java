package hotline.handbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/** What the handbook takes from files: demands, rulings, words, and what the tests say. */
final class HandbookFiles {
  static final String SCENARIOS_HEADER = "requirement;test;sentence";

  private HandbookFiles() {}

  static List<Requirement> requirements() {
    return read(
        "requirements.csv",
        "id;company;article;demand;later;laterPart",
        cell -> new Requirement(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]));
  }

  static List<Ruling> rulings() {
    return read(
        "decisions.csv",
        "id;companies;wordingOne;wordingTwo;decision;later",
        cell -> new Ruling(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5]));
  }

  /** By column, the words for its codes. */
  static Map<String, Map<String, String>> words() {
    Map<String, Map<String, String>> words = new LinkedHashMap<>();
    for (String[] cell : read("words.csv", "columns;code;words", cell -> cell)) {
      for (String column : cell[0].split(" ")) {
        words.computeIfAbsent(column, name -> new LinkedHashMap<>()).put(cell[1], cell[2]);
      }
    }
    return words;
  }

  static List<Proof> scenarios() {
    return read("scenarios.csv", SCENARIOS_HEADER, cell -> new Proof(cell[0], cell[1], cell[2]));
  }

  /** The rule cases of the company, once for each requirement or ruling that they cite. */
  static List<Proof> cases(String company) {
    return read(
            "rules/" + company + ".csv",
            "table;requirement;sentence;inputs;expected",
            cell ->
                Citations.in(cell[1] + " " + cell[2]).stream()
                    .map(id -> new Proof(id, AskedTable.label(cell[0]) + "用例", cell[2]))
                    .toList())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  static String text(String name) {
    try {
      return new ClassPathResource("handbook/" + name).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> List<T> read(String name, String header, Function<String[], T> row) {
    List<String> lines = text(name).lines().filter(line -> !line.isBlank()).toList();
    int columns = header.split(";").length;
    if (!lines.get(0).equals(header)) {
      throw new IllegalStateException("handbook/" + name + " must begin with " + header);
    }
    return lines.stream().skip(1).map(line -> cells(name, line, columns)).map(row).toList();
  }

  private static String[] cells(String name, String line, int columns) {
    String[] cells = line.split(";", -1);
    if (cells.length != columns) {
      throw new IllegalStateException("handbook/" + name + " wants " + columns + " cells: " + line);
    }
    return Stream.of(cells).map(String::strip).toArray(String[]::new);
  }
}
