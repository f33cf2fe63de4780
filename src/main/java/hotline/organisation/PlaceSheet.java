package hotline.organisation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The directory as the file that {@link PlaceFile} reads again, and that opens in a spreadsheet.
 */
final class PlaceSheet {
  /** Such a cell was marked, so that no spreadsheet calculates it. */
  static final Pattern GUARDED = Pattern.compile("'[=+\\-@]");

  private static final Pattern FORMULA = Pattern.compile("[=+\\-@].*");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

  private PlaceSheet() {}

  static byte[] of(Company company, List<Place> places) {
    StringBuilder text = new StringBuilder("\ufeff");
    print(text, List.of((Object[]) PlaceColumn.labels().split(",", -1)));
    for (Place place : places) {
      List<Object> cells = new ArrayList<>();
      for (PlaceColumn column : PlaceColumn.values()) {
        cells.add(guarded(cell(company, place, column)));
      }
      print(text, cells);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String cell(Company company, Place place, PlaceColumn column) {
    return switch (column) {
      case CODE -> place.code();
      case NAME -> place.name();
      case KIND -> place.kind().label();
      case DISTRICT -> place.district() == null ? "" : company.districtName(place.district());
      case POPULATION -> String.format(Locale.ROOT, "%d", place.population());
      case CONTACT -> orEmpty(place.contact());
      case PHONE -> place.phone() == null ? "" : Telephone.written(place.phone());
      case ADDRESS -> orEmpty(place.address());
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String guarded(String cell) {
    return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
  }

  private static void print(StringBuilder text, List<Object> cells) {
    try {
      CSVFormat.EXCEL.print(text).printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
