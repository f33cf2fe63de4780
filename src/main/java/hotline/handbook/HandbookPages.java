package hotline.handbook;

import static hotline.HtmlPage.escaped;

import hotline.HtmlPage;
import hotline.handbook.CompanyHandbook.Entry;
import hotline.handbook.CompanyHandbook.Row;
import hotline.handbook.CompanyHandbook.Ruled;
import hotline.handbook.CompanyHandbook.Said;
import hotline.handbook.CompanyHandbook.Standing;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The handbook as pages to read and to print. */
@Component
class HandbookPages {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm");

  private final Clock clock;

  HandbookPages(Clock clock) {
    this.clock = clock;
  }

  /** Each company with its counts; {@code address} tells where its page is. */
  String index(List<CompanyHandbook> handbooks, UnaryOperator<String> address) {
    StringBuilder main = new StringBuilder();
    main.append(
        """
        <table class="counts"><thead><tr><th>公司</th><th>要求</th><th>已落实</th><th>缺测试</th>\
        <th>未落实</th><th>后续工作</th><th>决定</th><th>规则行</th><th>规则用例</th></tr></thead><tbody>
        """);
    for (CompanyHandbook each : handbooks) {
      main.append("<tr><th><a href=\"")
          .append(escaped(address.apply(each.company().id())))
          .append("\">")
          .append(escaped(each.company().name()))
          .append("</a></th>");
      counts(each).forEach((label, count) -> main.append(count(label, count)));
      main.append("</tr>\n");
    }
    main.append("</tbody></table>\n");
    return page("规程手册", "每条要求由哪些规则行落实、在流程的哪一步、由哪些测试证明", handbooks.get(0).company().zone(), main);
  }

  private static String count(String label, int count) {
    return "<td data-label=\"" + label + "\">" + count + "</td>";
  }

  private static Map<String, Integer> counts(CompanyHandbook handbook) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("要求", handbook.entries().size());
    for (Standing standing : Standing.values()) {
      counts.put(standing.label(), handbook.standing(standing).size());
    }
    counts.put("决定", handbook.rulings().size());
    counts.put("规则行", handbook.rows());
    counts.put("规则用例", handbook.cases());
    return counts;
  }

  /** One company's page; {@code index} tells where the list of companies is. */
  String company(CompanyHandbook handbook, String index) {
    StringBuilder main = new StringBuilder();
    main.append("<nav><a href=\"")
        .append(escaped(index))
        .append("\">各公司</a> <a href=\"#open\">未落实与后续工作</a> ")
        .append("<a href=\"#articles\">逐条</a> <a href=\"#decisions\">决定</a></nav>\n");
    main.append("<p class=\"counts\">");
    counts(handbook)
        .forEach(
            (label, count) ->
                main.append("<span>")
                    .append(label)
                    .append(" <b>")
                    .append(count)
                    .append("</b></span> "));
    main.append("</p>\n<h2 id=\"open\">未落实与后续工作</h2>\n");
    open(handbook, main);
    main.append("<h2 id=\"articles\">逐条</h2>\n");
    handbook.entries().forEach(entry -> entry(entry, main));
    main.append("<h2 id=\"decisions\">条文互相矛盾处的决定</h2>\n");
    if (handbook.rulings().isEmpty()) {
      main.append("<p>没有。</p>\n");
    }
    handbook.rulings().forEach(ruled -> ruled(ruled, main));
    return page(
        handbook.company().name() + " 规程手册", "按现行决策表和流程图生成", handbook.company().zone(), main);
  }

  /** What is not there yet: by accident, without a test, or by plan. */
  private static void open(CompanyHandbook handbook, StringBuilder main) {
    Map<String, List<Entry>> open = new LinkedHashMap<>();
    for (Standing standing : List.of(Standing.MISSING, Standing.UNPROVEN)) {
      open.put(standing.label(), handbook.standing(standing));
    }
    for (Entry entry : handbook.standing(Standing.LATER)) {
      open.computeIfAbsent("后续工作：" + entry.requirement().later(), work -> new ArrayList<>())
          .add(entry);
    }
    open.forEach(
        (label, entries) -> {
          main.append("<h3>").append(escaped(label)).append("</h3>\n");
          main.append(entries.isEmpty() ? "<p>没有。</p>\n" : "<ul>\n");
          for (Entry entry : entries) {
            Requirement demanded = entry.requirement();
            main.append("<li><a href=\"#")
                .append(demanded.id())
                .append("\">")
                .append(demanded.id())
                .append("</a> ")
                .append(escaped(demanded.article() + "：" + demanded.demand()))
                .append("</li>\n");
          }
          main.append(entries.isEmpty() ? "" : "</ul>\n");
        });
  }

  private static void entry(Entry entry, StringBuilder main) {
    Requirement demanded = entry.requirement();
    Standing standing = entry.standing();
    String label =
        standing == Standing.LATER ? standing.label() + "：" + demanded.later() : standing.label();
    head(demanded.id(), demanded.article(), standing.name().toLowerCase(Locale.ROOT), label, main);
    main.append("<p>").append(escaped(demanded.demand())).append("</p>\n");
    if (!demanded.laterPart().isEmpty()) {
      main.append("<p class=\"part\">其中属后续工作的：")
          .append(escaped(demanded.laterPart()))
          .append("</p>\n");
    }
    rows(entry.rows(), main);
    steps(entry.steps(), main);
    proofs(entry.proofs(), main);
    main.append("</section>\n");
  }

  private static void ruled(Ruled ruled, StringBuilder main) {
    Ruling ruling = ruled.ruling();
    boolean later = !ruling.later().isEmpty();
    head(
        ruling.id(),
        "",
        later ? "later" : "carried_out",
        later ? "后续工作：" + ruling.later() : "现行",
        main);
    main.append("<dl><dt>写法一</dt><dd>")
        .append(escaped(ruling.wordingOne()))
        .append("</dd><dt>写法二</dt><dd>")
        .append(escaped(ruling.wordingTwo()))
        .append("</dd><dt>决定</dt><dd><strong>")
        .append(escaped(ruling.decision()))
        .append("</strong></dd></dl>\n");
    rows(ruled.rows(), main);
    proofs(ruled.proofs(), main);
    main.append("</section>\n");
  }

  private static void head(
      String id, String article, String style, String standing, StringBuilder main) {
    main.append("<section id=\"")
        .append(id)
        .append("\"><h3>")
        .append(id)
        .append(" <span class=\"article\">")
        .append(escaped(article))
        .append("</span> <span class=\"standing ")
        .append(style)
        .append("\">")
        .append(escaped(standing))
        .append("</span></h3>\n");
  }

  private static void rows(List<Row> rows, StringBuilder main) {
    if (rows.isEmpty()) {
      return;
    }
    main.append(
        """
        <table class="rows"><thead><tr><th>规则行</th><th>情形</th><th>规定</th><th>说明</th></tr>\
        </thead><tbody>
        """);
    for (Row row : rows) {
      main.append("<tr><th>")
          .append(row.table().label())
          .append(" 第")
          .append(row.number())
          .append("行</th><td>")
          .append(row.conditions().isEmpty() ? "任何情形" : said(row.conditions()))
          .append("</td><td>")
          .append(said(row.answers()))
          .append("</td><td>")
          .append(escaped(row.annotation()))
          .append("</td></tr>\n");
    }
    main.append("</tbody></table>\n");
  }

  private static String said(List<Said> cells) {
    return cells.stream()
        .map(
            cell ->
                "<span><i>" + escaped(cell.column()) + "</i> " + escaped(cell.words()) + "</span>")
        .collect(Collectors.joining("<br>"));
  }

  private static void steps(List<Step> steps, StringBuilder main) {
    if (steps.isEmpty()) {
      return;
    }
    Map<String, List<String>> diagrams =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    Step::diagram,
                    LinkedHashMap::new,
                    Collectors.mapping(Step::name, Collectors.toList())));
    main.append("<p><b>流程步骤</b> ")
        .append(
            diagrams.entrySet().stream()
                .map(each -> "《" + each.getKey() + "》" + String.join("、", each.getValue()))
                .map(HtmlPage::escaped)
                .collect(Collectors.joining("；")))
        .append("</p>\n");
  }

  private static void proofs(List<Proof> proofs, StringBuilder main) {
    if (proofs.isEmpty()) {
      return;
    }
    main.append("<p><b>测试</b> ").append(proofs.size()).append(" 项</p>\n<ul class=\"proofs\">\n");
    for (Proof proof : proofs) {
      main.append("<li>")
          .append(escaped(proof.sentence()))
          .append(" <small>")
          .append(escaped(proof.test()))
          .append("</small></li>\n");
    }
    main.append("</ul>\n");
  }

  private String page(String title, String promise, ZoneId zone, CharSequence main) {
    return HtmlPage.of(
        title,
        promise + " · " + ZonedDateTime.now(clock).withZoneSameInstant(zone).format(DAY),
        main);
  }
}
