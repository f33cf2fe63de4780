package hotline.regulation.process;

import hotline.regulation.Words;
import hotline.regulation.process.CompanyCheck.Fault;
import hotline.regulation.process.Values.Value;
import hotline.regulation.process.Walk.Region;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the duties that one outage brings can all be done, and tell the public of it. */
final class DutyCheck {
  private final TableFile table;

  DutyCheck(TableFile table) {
    this.table = table;
  }

  List<Fault> faults(Region region) {
    BitSet rows = region.rows();
    List<Fault> faults = new ArrayList<>();
    if (includes(region, "occasion", "REPORTER")) {
      if (rows.isEmpty()) {
        faults.add(new Fault("没有写谁可以报告：", rows));
      } else if (rows.cardinality() > 1) {
        faults.add(new Fault("同时写了谁可以报告：", rows));
      }
    }
    if (includes(region, "occasion", "REPORT") && yes(rows, "publishes").isEmpty()) {
      faults.add(new Fault("没有对外公布的职责：", new BitSet()));
    }
    if (includes(region, "occasion", "RESTORE") && rows.isEmpty()) {
      faults.add(new Fault("恢复后没有职责：", rows));
    }
    BitSet approvals = yes(rows, "approval");
    if (includes(region, "kind", "UNPLANNED") && !approvals.isEmpty()) {
      faults.add(new Fault("计划外的不能等审批：", approvals));
    }
    byAction(rows)
        .forEach(
            (action, same) -> {
              if (same.cardinality() > 1) {
                faults.add(new Fault("同一职责 " + action + " 写了几次：", same));
              }
            });
    BitSet stuck = stuck(rows);
    if (!stuck.isEmpty()) {
      faults.add(new Fault("互相等待，谁也办不了：", stuck));
    }
    return faults;
  }

  /** Whether some of the region's combinations have this value. */
  private static boolean includes(Region region, String column, String code) {
    Set<Value> chosen = region.values().getOrDefault(column, Set.of());
    return chosen.isEmpty() || chosen.stream().anyMatch(value -> value.given().equals(code));
  }

  private BitSet yes(BitSet rows, String column) {
    return rows.stream()
        .filter(row -> table.output(row, column).equals("true"))
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private Map<String, BitSet> byAction(BitSet rows) {
    Map<String, BitSet> byAction = new TreeMap<>();
    rows.stream()
        .forEach(
            row ->
                byAction
                    .computeIfAbsent(table.text(row, "action"), first -> new BitSet())
                    .set(row));
    return byAction;
  }

  /** What is left after doing, again and again, each duty that waits for nothing undone. */
  private BitSet stuck(BitSet rows) {
    BitSet left = (BitSet) rows.clone();
    BitSet before;
    do {
      before = (BitSet) left.clone();
      Set<String> undone =
          before.stream().mapToObj(row -> table.text(row, "action")).collect(Collectors.toSet());
      before.stream()
          .filter(row -> Words.of(table.text(row, "waitsFor")).stream().noneMatch(undone::contains))
          .forEach(left::clear);
    } while (!left.equals(before));
    return left;
  }
}
