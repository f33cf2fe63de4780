package hotline.organisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file as a spreadsheet writes it: UTF-8 or GB18030, parted by comma, semicolon or tab. */
final class CsvRows {
  private static final String SAVE_AS_CSV = "请在表格软件中选“另存为 → CSV（逗号分隔）”后再导入";

  /** One row and the line of the file in which it begins. */
  record Row(int line, List<String> cells) {
    boolean isBlank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  private CsvRows() {}

  /** All rows in which something stands. */
  static List<Row> of(byte[] file) {
    String text = text(file);
    CSVFormat format =
        CSVFormat.Builder.create(CSVFormat.RFC4180)
            .setDelimiter(delimiter(text))
            .setIgnoreEmptyLines(false)
            .get();
    List<Row> rows = new ArrayList<>();
    int line = 1;
    try (CSVParser parser = CSVParser.parse(text, format)) {
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        Row row = new Row(line, records.next().toList());
        if (!row.isBlank()) {
          rows.add(row);
        }
        line = (int) parser.getCurrentLineNumber() + 1;
      }
    } catch (IOException | UncheckedIOException e) {
      throw new FaultyFile(line, "英文双引号不成对或后面多了字，请检查这一行及下一行的引号");
    }
    return rows;
  }

  private static String text(byte[] file) {
    String text =
        decoded(file, StandardCharsets.UTF_8)
            .or(() -> decoded(file, Charset.forName("GB18030")))
            .orElseThrow(() -> new FaultyFile(1, "不是文本文件，" + SAVE_AS_CSV));
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && "\t\r\n".indexOf(c) < 0)) {
      throw new FaultyFile(1, "不是文本文件（可能是 Excel 工作簿或图片），" + SAVE_AS_CSV);
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static Optional<String> decoded(byte[] file, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whichever stands most often in the header. */
  private static char delimiter(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparing(delimiter -> header.chars().filter(c -> c == delimiter).count()))
        .orElseThrow();
  }
}
