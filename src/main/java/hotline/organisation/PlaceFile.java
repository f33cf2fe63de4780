package hotline.organisation;

import hotline.organisation.CsvRows.Row;
import hotline.organisation.FaultyFile.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A company's directory as a CSV file: read as a whole, or refused with every fault named. */
final class PlaceFile {
  private final Company company;
  private final List<Fault> faults = new ArrayList<>();

  private PlaceFile(Company company) {
    this.company = company;
  }

  /**
   * The places of the file, in its order.
   *
   * @throws FaultyFile when anything is wrong with it
   */
  static List<Place> read(Company company, byte[] file) {
    List<Row> rows = CsvRows.of(file);
    if (rows.isEmpty()) {
      throw new FaultyFile(1, "文件是空的，首行应为列名：" + PlaceColumn.labels());
    }
    PlaceFile reading = new PlaceFile(company);
    Map<PlaceColumn, Integer> columns = reading.columns(rows.get(0));
    if (rows.size() == 1) {
      throw new FaultyFile(rows.get(0).line() + 1, "只有列名，没有内容，请在列名下面填写");
    }
    List<Place> places = reading.places(columns, rows.subList(1, rows.size()));
    if (!reading.faults.isEmpty()) {
      throw new FaultyFile(reading.faults);
    }
    return places;
  }

  private Map<PlaceColumn, Integer> columns(Row header) {
    Map<PlaceColumn, Integer> columns = new EnumMap<>(PlaceColumn.class);
    for (int i = 0; i < header.cells().size(); i++) {
      String name = header.cells().get(i).strip();
      int at = i;
      PlaceColumn.of(name)
          .ifPresentOrElse(
              column -> {
                if (columns.put(column, at) != null) {
                  fault(header, "“" + column.label() + "”列有两个，请删去一个");
                }
              },
              () -> {
                if (!name.isEmpty()) {
                  fault(header, "不认识“" + name + "”列，请删除该列或改成：" + PlaceColumn.labels());
                }
              });
    }
    for (PlaceColumn column : PlaceColumn.values()) {
      if (!columns.containsKey(column)) {
        fault(header, "缺少“" + column.label() + "”列，请补上（没有内容的可以留空）");
      }
    }
    if (!faults.isEmpty()) {
      throw new FaultyFile(faults);
    }
    return columns;
  }

  private List<Place> places(Map<PlaceColumn, Integer> columns, List<Row> rows) {
    List<Place> places = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (Row row : rows) {
      if (!fits(row, columns)) {
        continue;
      }
      Place place =
          new PlaceEntry(
                  company,
                  column -> cell(row, columns.getOrDefault(column, 0)),
                  refused -> fault(row, refused.sentence()))
              .read();
      Integer before = place.code().isEmpty() ? null : lines.put(place.code(), row.line());
      if (before != null) {
        fault(row, "代码（code）“" + place.code() + "”与第" + before + "行相同，请改成不同的代码");
      }
      places.add(place);
    }
    return places;
  }

  /** A comma too many would shift every cell behind it. */
  private boolean fits(Row row, Map<PlaceColumn, Integer> columns) {
    for (int i = 0; i < row.cells().size(); i++) {
      if (!columns.containsValue(i) && !row.cells().get(i).isBlank()) {
        fault(row, "内容比列名多，内容里有分隔符的请用英文双引号括起来");
        return false;
      }
    }
    if (row.cells().size() < columns.size()) {
      fault(row, "只有" + row.cells().size() + "格，少于列名的个数，空着的格也要保留分隔符");
      return false;
    }
    return true;
  }

  /** Without the mark that {@link PlaceSheet} puts before what looks like a formula. */
  private static String cell(Row row, int at) {
    String cell = at < row.cells().size() ? row.cells().get(at) : "";
    return PlaceSheet.GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
  }

  private void fault(Row row, String sentence) {
    faults.add(new Fault(row.line(), sentence));
  }
}
