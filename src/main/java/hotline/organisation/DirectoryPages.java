package hotline.organisation;

import static hotline.HtmlPage.escaped;

import hotline.Actor;
import hotline.HtmlPage;
import hotline.organisation.Directory.Imported;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** The directory as pages for people: how many of what, the list, and a form to import a file. */
@Component
class DirectoryPages {
  private static final String PROMISE = "关系到的区域、小区、企业、物业、社区和重要用户";

  private final Directory directory;

  DirectoryPages(Directory directory) {
    this.directory = directory;
  }

  /** For those who serve several companies. */
  static String choice(List<Company> companies) {
    StringBuilder main = new StringBuilder("<ul>\n");
    for (Company company : companies) {
      main.append("<li>").append(link(page(company.id()), company.name())).append("</li>\n");
    }
    return HtmlPage.of("名录", "停水、停气、停热" + PROMISE, main.append("</ul>\n"));
  }

  /**
   * One company's directory.
   *
   * @param said what came of an import, already HTML
   */
  String company(
      Actor actor,
      Company company,
      DirectoryDesk.Page page,
      @Nullable PlaceKind kind,
      String said) {
    StringBuilder main = new StringBuilder(said);
    boolean mayWrite = DirectoryDesk.mayWrite(actor, company);
    main.append("<nav>")
        .append(link(builder("file", company.id()), "下载 CSV 文件"))
        .append(mayWrite ? " <a href=\"#import\">导入 CSV 文件</a>" : "")
        .append("</nav>\n");
    counts(company, kind, main);
    list(company, page, kind, DirectoryDesk.seesContacts(actor, company), main);
    if (mayWrite) {
      form(company, main);
    }
    return HtmlPage.of(company.name() + " 名录", company.supply().shutoff() + PROMISE, main);
  }

  static String imported(Imported imported) {
    return "<p class=\"said\">导入完成：新增 %d 条，修改 %d 条，停用 %d 条。</p>\n"
        .formatted(imported.added(), imported.updated(), imported.deactivated());
  }

  static String refused(FaultyFile file) {
    StringBuilder said =
        new StringBuilder("<div class=\"said faulty\"><p>")
            .append(escaped(file.summary()))
            .append("</p>\n<ul>\n");
    file.shown()
        .forEach(fault -> said.append("<li>").append(escaped(fault.toString())).append("</li>\n"));
    return said.append("</ul></div>\n").toString();
  }

  private void counts(Company company, @Nullable PlaceKind chosen, StringBuilder main) {
    Map<PlaceKind, Integer> counts = directory.counts(company.id());
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    main.append("<p class=\"counts\">");
    count(page(company.id()), "全部", all, chosen == null, main);
    for (PlaceKind kind : PlaceKind.values()) {
      UriComponentsBuilder only = page(company.id()).queryParam("kind", kind);
      count(only, kind.label(), counts.getOrDefault(kind, 0), kind == chosen, main);
    }
    main.append("</p>\n");
  }

  private static void count(
      UriComponentsBuilder address, String label, int places, boolean chosen, StringBuilder main) {
    main.append("<span>")
        .append(chosen ? "<strong>" + label + "</strong>" : link(address, label))
        .append(" <b>")
        .append(places)
        .append("</b></span> ");
  }

  private static void list(
      Company company,
      DirectoryDesk.Page page,
      @Nullable PlaceKind kind,
      boolean withContacts,
      StringBuilder main) {
    if (page.items().isEmpty()) {
      main.append("<p>没有。</p>\n");
      return;
    }
    main.append("<table class=\"places\"><thead><tr><th>代码</th><th>名称</th><th>类型</th><th>区域</th>")
        .append("<th>人口</th>")
        .append(withContacts ? "<th>联系人</th><th>电话</th>" : "")
        .append("<th>地址</th></tr></thead><tbody>\n");
    for (Place place : page.items()) {
      main.append("<tr><th>").append(escaped(place.code())).append("</th>");
      cell("名称", place.name(), main);
      cell("类型", place.kind().label(), main);
      cell("区域", place.district() == null ? "" : company.districtName(place.district()), main);
      cell("人口", String.valueOf(place.population()), main);
      if (withContacts) {
        cell("联系人", place.contact(), main);
        cell("电话", place.phone() == null ? "" : Telephone.written(place.phone()), main);
      }
      cell("地址", place.address(), main);
      main.append("</tr>\n");
    }
    main.append("</tbody></table>\n");
    if (page.next() != null) {
      UriComponentsBuilder next = page(company.id()).queryParam("after", page.next());
      main.append("<nav>")
          .append(link(kind == null ? next : next.queryParam("kind", kind), "下一页"))
          .append("</nav>\n");
    }
  }

  private static void cell(String label, @Nullable String text, StringBuilder main) {
    main.append("<td data-label=\"")
        .append(label)
        .append("\">")
        .append(escaped(Objects.toString(text, "")))
        .append("</td>");
  }

  private static void form(Company company, StringBuilder main) {
    main.append(
        """
        <h2 id="import">导入 CSV 文件</h2>
        <form method="post" enctype="multipart/form-data" action="%s">
        <p><label>文件 <input type="file" name="file" accept=".csv,text/csv" required></label></p>
        <p><label><input type="checkbox" name="replace" value="true"> 停用文件里没有的条目</label></p>
        <p><button type="submit">导入</button></p>
        </form>
        <ul>
        <li>首行是列名：%s，次序不限。先下载现有文件，改好再导入最省事。</li>
        <li>类型填：%s；区域填：%s。</li>
        <li>人口只计常住此处、没有计在别处的人；类型为“区域”的，代码是：%s。</li>
        <li>同一代码的条目被覆盖，没有的新增。有一处错误就什么都不导入，并逐行列出。</li>
        <li>在 Excel 中另存为 CSV 即可；文件不超过 256 KB（约 2000 行），更多的请分成几份。</li>
        </ul>
        """
            .formatted(
                escaped(page(company.id()).toUriString()),
                PlaceColumn.labels(),
                PlaceKind.labels(),
                escaped(names(company, District::name)),
                escaped(names(company, each -> each.code() + " " + each.name()))));
  }

  private static String names(Company company, Function<District, String> name) {
    return String.join("、", company.districts().stream().map(name).toList());
  }

  private static UriComponentsBuilder page(String company) {
    return builder("page", company);
  }

  private static UriComponentsBuilder builder(String what, String company) {
    return UriComponentsBuilder.fromPath("/api/directory/" + what).queryParam("company", company);
  }

  private static String link(UriComponentsBuilder address, String text) {
    return "<a href=\"" + escaped(address.toUriString()) + "\">" + escaped(text) + "</a>";
  }
}
