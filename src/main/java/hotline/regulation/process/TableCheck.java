package hotline.regulation.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Proves decision tables complete, and tells their designer in Chinese what is not. */
public final class TableCheck {
  private static final Path SHIPPED = Path.of("processes", "regulations");
  private static final Feel FEEL = new Feel();
  private static final int MOST_PRINTED = 50;

  /** One fault: the file it is in, and the row or the combination. */
  public record Finding(String file, String what) {}

  /** What was walked, and all that is wrong. */
  public record Report(int companies, long combinations, List<Finding> findings) {}

  private TableCheck() {}

  /**
   * The command for designers: checks the folder that is named, or the one of the project.
   *
   * @return 0 when nothing is wrong, 1 with findings, 2 when something cannot be read
   */
  public static int run(List<String> arguments, PrintStream out) {
    Path folder = arguments.isEmpty() ? SHIPPED : Path.of(arguments.get(0));
    long began = System.nanoTime();
    Report report;
    try {
      report = of(folder);
    } catch (CannotRead e) {
      out.println(e.getMessage());
      return 2;
    }
    Map<String, List<String>> byFile = new LinkedHashMap<>();
    for (Finding finding : report.findings()) {
      byFile.computeIfAbsent(finding.file(), first -> new ArrayList<>()).add(finding.what());
    }
    byFile.forEach(
        (file, faults) -> {
          out.println(file);
          faults.stream().limit(MOST_PRINTED).forEach(fault -> out.println("  " + fault));
          if (faults.size() > MOST_PRINTED) {
            out.println("  另有 " + (faults.size() - MOST_PRINTED) + " 处未列出");
          }
          out.println();
        });
    out.printf(
        "%d 张表 × %d 家公司，检查 %d 种情形，%s，用时 %.1f 秒%n",
        TableKind.values().length,
        report.companies(),
        report.combinations(),
        report.findings().isEmpty() ? "未发现问题" : "发现 " + report.findings().size() + " 处问题",
        (System.nanoTime() - began) / 1e9);
    return report.findings().isEmpty() ? 0 : 1;
  }

  /** Checks a folder of companies, or that of one company. */
  public static Report of(Path folder) {
    List<Finding> findings = new ArrayList<>();
    long combinations = 0;
    List<Path> companies = companies(folder);
    for (Path company : companies) {
      CompanyCheck check = new CompanyCheck(company, FEEL);
      check.run();
      findings.addAll(check.findings());
      combinations += check.combinations();
    }
    return new Report(companies.size(), combinations, List.copyOf(findings));
  }

  private static List<Path> companies(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> entries = inside.sorted().toList();
      if (entries.stream().anyMatch(entry -> entry.toString().endsWith(".dmn"))) {
        return List.of(folder);
      }
      List<Path> companies = entries.stream().filter(Files::isDirectory).toList();
      if (!companies.isEmpty()) {
        return companies;
      }
    } catch (IOException e) {
      throw new CannotRead("读不了目录 " + TableFile.path(folder) + "，请在命令后写上决策表所在的目录", e);
    }
    throw new CannotRead("目录 " + TableFile.path(folder) + " 里没有决策表");
  }
}
