package hotline.regulation.process;

import hotline.regulation.process.Values.Subject;
import hotline.regulation.process.Values.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Every combination of a table's inputs, and which rows it hits. Each cell is put to the engine
 * once for each value of its column; a combination then hits the rows that all its values are let
 * through by. Values that all rows treat alike are walked as one, so the walk is exact and short.
 */
final class Walk {
  private static final int MOST_NAMED = 6;

  /** Combinations that hit the same rows; a column where any value will do is left out. */
  record Region(Subject subject, Map<String, Set<Value>> values, long combinations, BitSet rows) {
    /** The same combinations, of whose rows only these matter. */
    Region hitting(BitSet some) {
      return new Region(subject, values, combinations, some);
    }
  }

  private record Alike(Set<Value> values, BitSet rows) {}

  private record Choice(String column, long size, List<Alike> groups) {}

  private final TableKind kind;
  private final TableFile table;
  private final Values values;
  private final Feel feel;
  private final Map<String, Map<Value, BitSet>> admitting = new HashMap<>();
  private long combinations;

  Walk(TableKind kind, TableFile table, Values values, Feel feel) {
    this.kind = kind;
    this.table = table;
    this.values = values;
    this.feel = feel;
  }

  /** Shows each region once; together they are all combinations. */
  void each(Consumer<Region> visitor) {
    for (Subject subject : values.subjects(kind)) {
      BitSet rows = new BitSet();
      rows.set(1, table.rows().size() + 1);
      Map<String, Set<Value>> chosen = new LinkedHashMap<>();
      List<Choice> choices = new ArrayList<>();
      for (String column : kind.inputs().keySet()) {
        switch (column) {
          case "category" -> {
            rows.and(rows(column, subject.category()));
            chosen.put(column, Set.of(subject.category()));
          }
          case "subcategory" -> {
            rows.and(rows(column, subject.subcategory()));
            if (all(column, subject) > 1) {
              chosen.put(column, Set.of(subject.subcategory()));
            }
          }
          default -> choices.add(choice(column, subject, rows));
        }
      }
      visit(subject, choices, chosen, 1, rows, visitor);
    }
  }

  /** How many combinations there were. */
  long combinations() {
    return combinations;
  }

  /** The rows that let this value through. */
  private BitSet rows(String column, Value value) {
    return (BitSet)
        admitting
            .computeIfAbsent(column, first -> new HashMap<>())
            .computeIfAbsent(
                value,
                asked -> {
                  BitSet rows = new BitSet();
                  for (TableFile.Row row : table.rows()) {
                    if (feel.admits(row.inputs().getOrDefault(column, ""), asked.given())) {
                      rows.set(row.number());
                    }
                  }
                  return rows;
                })
            .clone();
  }

  /** The same combinations in as few regions as come of joining those that differ in one column. */
  List<Region> joined(List<Region> regions) {
    List<String> columns = new ArrayList<>(kind.inputs().keySet());
    columns.removeAll(List.of("category", "subcategory"));
    List<Region> fewer = regions;
    int before;
    do {
      before = fewer.size();
      for (String column : columns) {
        fewer = joined(fewer, column);
      }
    } while (fewer.size() < before);
    return joined(joined(fewer, "subcategory"), "category");
  }

  /** The region as the designer reads it. */
  String words(Region region) {
    List<String> words = new ArrayList<>();
    for (TableFile.Column column : table.inputs()) {
      Set<Value> named = region.values().getOrDefault(column.name(), Set.of());
      if (!named.isEmpty()) {
        words.add(
            column.label()
                + "="
                + named.stream()
                    .limit(MOST_NAMED)
                    .map(Value::words)
                    .collect(Collectors.joining("、"))
                + (named.size() > MOST_NAMED ? "等" + named.size() + "个" : ""));
      }
    }
    return (words.isEmpty() ? "所有情形" : String.join("，", words))
        + (region.combinations() > 1 ? "，等 " + region.combinations() + " 种情形" : "");
  }

  private void visit(
      Subject subject,
      List<Choice> left,
      Map<String, Set<Value>> chosen,
      long size,
      BitSet rows,
      Consumer<Region> visitor) {
    if (left.isEmpty() || rows.isEmpty()) {
      long all = left.stream().mapToLong(Choice::size).reduce(size, Math::multiplyExact);
      combinations += all;
      visitor.accept(new Region(subject, Map.copyOf(chosen), all, rows));
      return;
    }
    Choice choice = left.get(0);
    for (Alike alike : choice.groups()) {
      BitSet hit = (BitSet) rows.clone();
      hit.and(alike.rows());
      if (choice.groups().size() > 1) {
        chosen.put(choice.column(), alike.values());
      }
      visit(
          subject,
          left.subList(1, left.size()),
          chosen,
          size * alike.values().size(),
          hit,
          visitor);
    }
    chosen.remove(choice.column());
  }

  /** The column's values, those together that these rows treat alike. */
  private Choice choice(String column, Subject subject, BitSet among) {
    Map<List<Object>, Alike> groups = new LinkedHashMap<>();
    List<Value> domain = values.of(column, table, subject);
    for (Value value : domain) {
      BitSet rows = rows(column, value);
      rows.and(among);
      // what one occasion lacks is no fault of another
      Object apart = column.equals("occasion") ? value : "";
      groups
          .computeIfAbsent(List.of(rows, apart), first -> new Alike(new LinkedHashSet<>(), rows))
          .values()
          .add(value);
    }
    return new Choice(column, domain.size(), List.copyOf(groups.values()));
  }

  private List<Region> joined(List<Region> regions, String column) {
    Map<List<Object>, Region> byTheRest = new LinkedHashMap<>();
    for (Region region : regions) {
      Map<String, Set<Value>> rest = new LinkedHashMap<>(region.values());
      rest.remove(column);
      byTheRest.merge(
          List.of(rest, region.rows()),
          region,
          (one, other) -> {
            Set<Value> union = new LinkedHashSet<>(one.values().getOrDefault(column, Set.of()));
            union.addAll(other.values().getOrDefault(column, Set.of()));
            Map<String, Set<Value>> both = new LinkedHashMap<>(rest);
            if (union.size() < all(column, one.subject())) {
              both.put(column, union);
            }
            return new Region(
                one.subject(), both, one.combinations() + other.combinations(), one.rows());
          });
    }
    return List.copyOf(byTheRest.values());
  }

  /** How many values the column has for orders about the subject. */
  private long all(String column, Subject subject) {
    return switch (column) {
      case "category" -> values.subjects(kind).stream().map(Subject::category).distinct().count();
      case "subcategory" ->
          values.subjects(kind).stream()
              .filter(each -> each.category().equals(subject.category()))
              .count();
      default -> values.of(column, table, subject).size();
    };
  }
}
