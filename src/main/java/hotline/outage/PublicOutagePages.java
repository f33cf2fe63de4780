package hotline.outage;

import static hotline.PageTemplate.escaped;

import hotline.PageTemplate;
import hotline.organisation.Company;
import hotline.outage.PublicOutage.Fact;
import hotline.workorder.Moments;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The board of outages as a page for a phone, a desk and paper. */
final class PublicOutagePages {
  private static final PageTemplate PAGE = PageTemplate.read("outage/page.html");

  private PublicOutagePages() {}

  /**
   * @param shown the companies whose outages are on this page
   * @param served all that this installation serves
   */
  static String page(
      List<PublicOutage> outages, Instant since, List<Company> shown, List<Company> served) {
    StringBuilder main = new StringBuilder();
    if (outages.isEmpty() && shown.size() > 1) {
      main.append(nothing(shown));
      shown.forEach(company -> main.append(hotline(company)));
    } else {
      shown.forEach(company -> main.append(section(company, outages)));
    }
    String feed = escaped(PublicOutageApi.FEED + PublicOutageApi.query(shown, served));
    String foot =
        "<p>内容更新于 "
            + Moments.text(since, shown.get(0).zone())
            + "。</p>\n<p class=\"follow\">本页每分钟自动刷新，也可<a href=\""
            + feed
            + "\">订阅（Atom）</a>。</p>\n";
    return filled(title(shown), feed, choice(shown, served), main.toString(), foot);
  }

  static String unknownCompany(List<Company> served) {
    return filled(
        title(served),
        PublicOutageApi.FEED,
        choice(List.of(), served),
        "<p>" + escaped(PublicOutageApi.UNKNOWN_COMPANY) + "</p>\n",
        "");
  }

  private static String filled(String title, String feed, String choice, String main, String foot) {
    return PAGE.filled(
        Map.of(
            "title",
            escaped(title),
            "feed",
            feed,
            "companies",
            choice,
            "main",
            main,
            "foot",
            foot));
  }

  /** 云浮市自来水 停水公告; of several that supply different things 停供公告. */
  static String title(List<Company> shown) {
    return (shown.size() == 1 ? shown.get(0).name() : "") + word(shown) + "公告";
  }

  private static String word(List<Company> shown) {
    Set<String> words =
        shown.stream().map(company -> company.supply().shutoff()).collect(Collectors.toSet());
    return words.size() == 1 ? words.iterator().next() : "停供";
  }

  private static String choice(List<Company> shown, List<Company> served) {
    if (served.size() == 1) {
      return "";
    }
    StringBuilder links = new StringBuilder();
    links.append(link("", "全部", shown.size() == served.size()));
    for (Company company : served) {
      links.append(
          link("?company=" + company.id(), company.name(), shown.equals(List.of(company))));
    }
    return "<nav aria-label=\"公司\"><ul>" + links + "</ul></nav>";
  }

  private static String link(String query, String name, boolean isThis) {
    return "<li><a href=\""
        + escaped(PublicOutageApi.PATH + query)
        + (isThis ? "\" aria-current=\"page\">" : "\">")
        + escaped(name)
        + "</a></li>";
  }

  private static String nothing(List<Company> shown) {
    return "<p class=\"nothing\">目前没有" + escaped(word(shown)) + "公告</p>\n";
  }

  private static String section(Company company, List<PublicOutage> outages) {
    StringBuilder section = new StringBuilder("<section>\n").append(hotline(company));
    List<PublicOutage> its =
        outages.stream().filter(outage -> outage.company().equals(company)).toList();
    if (its.isEmpty()) {
      section.append(nothing(List.of(company)));
    }
    its.forEach(outage -> section.append(article(outage)));
    return section.append("</section>\n").toString();
  }

  private static String hotline(Company company) {
    String number = escaped(company.hotline());
    String dialled = company.hotline().replaceAll("[ -]", "");
    return "<h2>"
        + escaped(company.name())
        + " <span class=\"hotline\">服务热线 "
        + (dialled.matches("\\d+")
            ? "<a href=\"tel:" + dialled + "\">" + number + "</a>"
            : "<b>" + number + "</b>")
        + "</span></h2>\n";
  }

  private static String article(PublicOutage outage) {
    String districts = String.join("、", outage.districts());
    StringBuilder facts = new StringBuilder();
    for (Fact fact : outage.facts()) {
      facts
          .append("<div><dt>")
          .append(escaped(fact.label()))
          .append("</dt><dd>")
          .append(escaped(fact.text()))
          .append("</dd></div>\n");
    }
    return "<article id=\""
        + escaped(outage.number())
        + "\" class=\""
        + outage.stage().name().toLowerCase(Locale.ROOT)
        + "\">\n<h3><span class=\"stage\">"
        + outage.stage().word()
        + "</span> "
        + escaped(
            outage.kindName() + outage.effectName() + (districts.isEmpty() ? "" : "：" + districts))
        + "</h3>\n"
        + (outage.isLate() ? "<p class=\"late\">" + PublicOutage.LATE + "</p>\n" : "")
        + "<dl>\n"
        + facts
        + "</dl>\n<p class=\"number\">编号 "
        + escaped(outage.number())
        + "</p>\n</article>\n";
  }
}
