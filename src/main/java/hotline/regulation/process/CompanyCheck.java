package hotline.regulation.process;

import hotline.organisation.Company;
import hotline.regulation.TableRow;
import hotline.regulation.process.TableCheck.Finding;
import hotline.regulation.process.Values.Value;
import hotline.regulation.process.Walk.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One company's tables: each file and row looked at, then every combination walked. */
final class CompanyCheck {
  private static final Set<String> ENDS = Set.of("RESOLVE", "REPLY");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
  private static final Pattern KEPT = Pattern.compile("P\\d+D");

  /** What is wrong where rows hit together, and with which of them; with none where one lacks. */
  record Fault(String what, BitSet rows) {}

  private final Path folder;
  private final Company company;
  private final Feel feel;
  private final FormFile intakeForm = FormFile.read("complete-intake.form");
  private final FormFile callbackForm = FormFile.read("callback-by-phone.form");
  private final List<Finding> findings = new ArrayList<>();
  private long combinations;

  CompanyCheck(Path folder, Feel feel) {
    this.folder = folder;
    this.feel = feel;
    String code = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    try {
      this.company = Company.read(code);
    } catch (IllegalStateException e) {
      throw new CannotRead("目录名 " + code + " 应是公司代码，但组织文件读不了：" + e.getMessage(), e);
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  long combinations() {
    return combinations;
  }

  void run() {
    strangers();
    Map<TableKind, TableFile> tables = new EnumMap<>(TableKind.class);
    for (TableKind kind : TableKind.values()) {
      Path file = folder.resolve(kind.fileName());
      if (!Files.isRegularFile(file)) {
        findings.add(new Finding(TableFile.path(file), "缺少这张决策表"));
        continue;
      }
      TableFile table = TableFile.read(file);
      if (hasItsColumns(kind, table)) {
        tables.put(kind, table);
        new RowCheck(kind, table, feel, company, intakeForm, callbackForm)
            .faults()
            .forEach(fault -> add(table, fault));
      }
    }
    TableFile intake = tables.get(TableKind.INTAKE);
    if (intake == null) {
      return;
    }
    Values values = new Values(company, intake, intakeForm, FormFile.read("report-work.form"));
    boolean graded = false;
    for (Map.Entry<TableKind, TableFile> each : tables.entrySet()) {
      TableKind kind = each.getKey();
      if (!graded && kind.inputs().containsKey("level")) {
        continue;
      }
      if (isReadable(kind, each.getValue(), values)) {
        walk(kind, each.getValue(), values);
        graded |= kind == TableKind.GRADING;
      }
    }
  }

  private void strangers() {
    Set<String> known =
        Stream.of(TableKind.values()).map(TableKind::fileName).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".dmn"))
          .filter(file -> !known.contains(String.valueOf(file.getFileName())))
          .sorted()
          .forEach(
              file ->
                  findings.add(
                      new Finding(
                          TableFile.path(file), "程序不用这张表，可用的文件名：" + RowCheck.listed(known))));
    } catch (IOException e) {
      throw new CannotRead(TableFile.path(folder) + " 读不了：" + e.getMessage(), e);
    }
  }

  /** Whether the table can be asked at all; says also what else is wrong with its head. */
  private boolean hasItsColumns(TableKind kind, TableFile table) {
    String id = company.id() + "-" + kind.table();
    if (!table.decisionId().equals(id)) {
      add(table, "决策标识应为 " + id + "，现为 " + table.decisionId());
    }
    if (!CHINESE.matcher(table.decisionName()).find()) {
      add(table, "决策应有中文名称，现为“" + table.decisionName() + "”");
    }
    if (!KEPT.matcher(table.timeToLive()).matches()) {
      add(table, "没有写历史保存期限（History time to live），应如 P1825D");
    }
    String policy = kind.isUnique() ? "UNIQUE" : "COLLECT";
    if (!table.hitPolicy().equals(policy)) {
      add(table, "命中策略应为 " + policy + "，现为 " + table.hitPolicy());
    }
    boolean asked = sameColumns(table, "输入列", kind.inputs(), table.inputs());
    boolean answered = sameColumns(table, "输出列", kind.outputs(), table.outputs());
    return asked && answered;
  }

  private boolean sameColumns(
      TableFile table, String what, Map<String, String> asked, List<TableFile.Column> there) {
    List<String> expected = new ArrayList<>();
    asked.forEach((column, type) -> expected.add(column + "（" + type + "）"));
    List<String> actual =
        there.stream().map(column -> column.name() + "（" + column.type() + "）").toList();
    if (!expected.equals(actual)) {
      add(table, what + "应依次为 " + String.join("、", expected) + "，现为 " + String.join("、", actual));
    }
    return expected.equals(actual);
  }

  /** Whether the engine can read every condition; says also what a condition names in vain. */
  private boolean isReadable(TableKind kind, TableFile table, Values values) {
    boolean readable = true;
    for (TableFile.Column column : table.inputs()) {
      Set<Value> domain = values.all(column.name(), kind, table);
      Set<String> names = new TreeSet<>();
      domain.forEach(value -> names.add(String.valueOf(value.given())));
      for (TableFile.Row row : table.rows()) {
        String cell = row.inputs().getOrDefault(column.name(), "");
        String where = row.words() + "：“" + column.label() + "”";
        if (!domain.stream().allMatch(value -> feel.canRead(cell, value.given()))) {
          add(
              table,
              where
                  + "看不懂："
                  + cell
                  + "（写法如 \"LEAK\"、\"LEAK\",\"BURST\"、not(\"LEAK\")、>= 5、true；改好后才能查本表的缺口）");
          readable = false;
        } else if (domain.stream().noneMatch(value -> feel.admits(cell, value.given()))) {
          add(table, where + "哪个值都不符合：" + cell + "（文字要加英文引号），可写：" + Values.listed(domain));
        } else if (column.type().equals("string")) {
          for (String name : TableRow.literals(cell)) {
            if (!names.contains(name)) {
              add(table, where + "写的 " + name + " 不会出现，可写：" + Values.listed(domain));
            }
          }
        }
      }
    }
    return readable;
  }

  private void walk(TableKind kind, TableFile table, Values values) {
    Walk walk = new Walk(kind, table, values, feel);
    DutyCheck duties = new DutyCheck(table);
    Map<String, List<Region>> faults = new LinkedHashMap<>();
    BitSet hit = new BitSet();
    walk.each(
        region -> {
          hit.or(region.rows());
          List<Fault> found =
              switch (kind) {
                case TIME_LIMITS -> promises(table, region.rows());
                case OUTAGE_DUTIES -> duties.faults(region);
                default -> notOne(region.rows());
              };
          for (Fault fault : found) {
            faults
                .computeIfAbsent(fault.what(), first -> new ArrayList<>())
                .add(region.hitting(fault.rows()));
          }
          if (kind == TableKind.GRADING) {
            region.rows().stream()
                .forEach(row -> values.graded(region.subject(), table.text(row, "level")));
          }
        });
    combinations += walk.combinations();
    faults.forEach(
        (what, regions) ->
            walk.joined(regions)
                .forEach(
                    region ->
                        add(
                            table,
                            region.rows().stream()
                                    .mapToObj(row -> table.rows().get(row - 1).words())
                                    .collect(Collectors.joining("、"))
                                + what
                                + walk.words(region))));
    table.rows().stream()
        .filter(row -> !hit.get(row.number()))
        .forEach(row -> add(table, row.words() + "：永远不会命中，没有哪种情形同时符合它的各列"));
  }

  private static List<Fault> notOne(BitSet rows) {
    if (rows.isEmpty()) {
      return List.of(new Fault("没有对应的行：", rows));
    }
    return rows.cardinality() > 1 ? List.of(new Fault("同时命中：", rows)) : List.of();
  }

  private static List<Fault> promises(TableFile table, BitSet rows) {
    List<Fault> faults = new ArrayList<>();
    if (!promisesAnEnd(table, rows)) {
      faults.add(new Fault("没有办结（RESOLVE）或反馈（REPLY）时限：", new BitSet()));
    }
    promisedTwice(table, rows)
        .forEach(same -> faults.add(new Fault("对同一环节、同一起算点、同一办理人各定了时限：", same)));
    return faults;
  }

  private static boolean promisesAnEnd(TableFile table, BitSet rows) {
    return rows.stream()
        .anyMatch(
            row ->
                ENDS.contains(table.text(row, "milestone"))
                    && !table.text(row, "start").equals("PLATFORM"));
  }

  private static List<BitSet> promisedTwice(TableFile table, BitSet rows) {
    Map<String, BitSet> promises = new TreeMap<>();
    rows.stream()
        .forEach(
            row ->
                promises
                    .computeIfAbsent(
                        table.text(row, "milestone")
                            + " "
                            + table.text(row, "start")
                            + " "
                            + table.text(row, "who"),
                        first -> new BitSet())
                    .set(row));
    return promises.values().stream().filter(same -> same.cardinality() > 1).toList();
  }

  private void add(TableFile table, String what) {
    findings.add(new Finding(table.path(), what));
  }
}
