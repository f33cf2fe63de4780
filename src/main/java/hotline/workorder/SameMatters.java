package hotline.workorder;

import hotline.Sql;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.text.similarity.IntersectionResult;
import org.apache.commons.text.similarity.IntersectionSimilarity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The orders that are about the same matter as another: the same address or outside number, or a
 * similar text at the same building (contract, "Same matter"). Found through indexes and bounded,
 * so that counting does not slow down with the years.
 */
@Component
class SameMatters {
  /** Back from the newest; the rolling month of the contract. */
  static final Duration MONTH = Duration.ofDays(30);

  private static final int MOST = 500;

  /** Of the shorter text's pairs of characters, how many stand in the other as well. */
  private static final double SIMILAR = 0.6;

  private static final IntersectionSimilarity<String> PAIRS =
      new IntersectionSimilarity<>(SameMatters::pairs);

  private final JdbcClient jdbc;

  SameMatters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One order of the matter; a complainant is a phone number. */
  record Other(String number, String phoneDigits, Instant receivedAt, boolean isOpen) {}

  private record Row(
      String number,
      String phoneDigits,
      Instant receivedAt,
      boolean isOpen,
      @Nullable String address,
      @Nullable String buildingKey,
      @Nullable String externalNumber,
      String description) {}

  /** All others of the same category and matter that were not taken back, oldest first. */
  List<Other> of(WorkOrder order) {
    Map<String, Row> rows = new LinkedHashMap<>();
    find(order, "phone_digits", order.phoneDigits, rows);
    find(order, "building_key", Address.buildingKey(order.address), rows);
    find(order, "external_number", order.externalNumber, rows);
    return rows.values().stream()
        .filter(row -> isSame(order, row))
        .map(row -> new Other(row.number(), row.phoneDigits(), row.receivedAt(), row.isOpen()))
        .sorted((a, b) -> a.receivedAt().compareTo(b.receivedAt()))
        .toList();
  }

  private void find(WorkOrder order, String column, @Nullable String value, Map<String, Row> into) {
    if (value == null) {
      return;
    }
    jdbc.sql(
            "SELECT number, phone_digits, received_at, closed_at, address, building_key,"
                + " external_number, description FROM work_order WHERE company = :company AND "
                + column
                + " = :value AND category = :category AND number <> :number"
                + " AND status <> 'WITHDRAWN' ORDER BY id DESC LIMIT "
                + MOST)
        .param("company", order.company)
        .param("value", value)
        .param("category", order.category())
        .param("number", order.number)
        .query(
            (row, i) ->
                new Row(
                    row.getString("number"),
                    row.getString("phone_digits"),
                    Sql.at(row, "received_at"),
                    Sql.atOrNull(row, "closed_at") == null,
                    row.getString("address"),
                    row.getString("building_key"),
                    row.getString("external_number"),
                    row.getString("description")))
        .list()
        .forEach(row -> into.put(row.number(), row));
  }

  private static boolean isSame(WorkOrder order, Row row) {
    if (order.externalNumber != null && order.externalNumber.equals(row.externalNumber())) {
      return true;
    }
    String building = Address.buildingKey(order.address);
    if (building == null) {
      return row.buildingKey() == null
          && order.phoneDigits.equals(row.phoneDigits())
          && areSimilar(order.description, row.description());
    }
    if (!building.equals(row.buildingKey())) {
      return false;
    }
    return Objects.equals(Address.plain(order.address), Address.plain(row.address()))
        || areSimilar(order.description, row.description());
  }

  /** Whether two texts say much the same: by the pairs of neighbouring characters they share. */
  static boolean areSimilar(String one, String other) {
    IntersectionResult shared = PAIRS.apply(one, other);
    int shorter = Math.min(shared.getSizeA(), shared.getSizeB());
    return shorter > 0 && shared.getIntersection() >= SIMILAR * shorter;
  }

  private static Set<String> pairs(CharSequence text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\p{P}\\p{Z}\\s]+", "");
    Set<String> pairs = new HashSet<>();
    for (int i = 0; i + 1 < plain.length(); i++) {
      pairs.add(plain.substring(i, i + 2));
    }
    return pairs;
  }
}
