package hotline.confirmation;

import static hotline.PageTemplate.escaped;

import hotline.PageTemplate;
import hotline.confirmation.Confirmations.Confirmation;
import hotline.organisation.Company;
import hotline.workorder.Completion;
import hotline.workorder.Completion.Step;
import hotline.workorder.Discretion;
import hotline.workorder.LegalHold;
import hotline.workorder.Milestone;
import hotline.workorder.Moments;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The 《工单完成确认单》 as an XHTML page, which its styles fit to a phone and to paper. */
final class Sheet {
  static final String TITLE = "工单完成确认单";

  /** The name by which the styles call the font of the PDF. */
  static final String FONT = "sheet";

  private static final PageTemplate SHEET = PageTemplate.read("confirmation/sheet.html");
  private static final PageTemplate NOTE = PageTemplate.read("confirmation/note.html");
  private static final Pattern AMOUNT = Pattern.compile("\\d+(\\.\\d{1,2})?");

  private Sheet() {}

  /** The sheet for paper, which says the same to the customer and to the staff. */
  static String paper(Completion order, Company company, Optional<Confirmation> issued) {
    return sheet(order, company, issued.orElse(null), "");
  }

  /** The sheet for the customer's phone; where there is a PDF it links to it. */
  static String page(Completion order, Company company, Confirmation issued, boolean withPdf) {
    String link =
        withPdf ? "<p class=\"pdf\"><a href=\"" + issued.token() + ".pdf\">下载 PDF</a></p>" : "";
    return sheet(order, company, issued, link);
  }

  /** A page that says one thing, for instance that a link is not good, and whom to call. */
  static String note(String title, String text, List<Company> companies) {
    StringBuilder hotlines = new StringBuilder();
    for (Company company : companies) {
      hotlines
          .append("<p>")
          .append(escaped(company.name() + " " + company.hotline()))
          .append("</p>");
    }
    return NOTE.filled(
        Map.of("title", escaped(title), "text", escaped(text), "hotlines", hotlines.toString()));
  }

  private static String sheet(
      Completion order, Company company, @Nullable Confirmation issued, String link) {
    ZoneId zone = company.zone();
    return SHEET.filled(
        Map.of(
            "title",
            TITLE,
            "company",
            escaped(company.name()),
            "number",
            escaped(order.number()),
            "issued",
            issued == null ? "回填完成后出具" : day(issued.issuedAt(), zone),
            "rows",
            rows(order, company, zone),
            "hotline",
            escaped(company.hotline()),
            "validUntil",
            issued == null ? "" : "本链接" + day(issued.expiresAt(), zone) + "前有效，请勿转发他人。",
            "link",
            link));
  }

  private static String rows(Completion order, Company company, ZoneId zone) {
    StringBuilder rows = new StringBuilder();
    pair(
        rows,
        "受理时间",
        moment(order.receivedAt(), zone),
        "办结时间",
        moment(Objects.requireNonNull(order.closedAt()), zone));
    pair(
        rows,
        "诉求类别",
        order.category(),
        "承办单位",
        order.department() == null ? company.name() : order.department());
    String phone = order.anonymous() ? LegalHold.ANONYMOUS : Discretion.phone(order.phoneDigits());
    if (order.satisfaction() == null) {
      wide(rows, "联系电话", phone);
    } else {
      pair(rows, "联系电话", phone, "回访评价", order.satisfaction());
    }
    wide(rows, "地址", order.anonymous() ? LegalHold.ANONYMOUS : Discretion.address(order.address()));
    wide(rows, "处理结果", written(order.result(), company));
    wide(rows, "维修措施", written(order.measures(), company));
    wide(rows, "更换部件", written(order.parts(), company));
    wide(rows, "费用明细", cost(order.cost(), company));
    if (!order.steps().isEmpty()) {
      row(rows, cell("办理时限", steps(order.steps(), zone), true));
    }
    row(rows, cell("备注", "<span class=\"remarks\"></span>", true));
    return rows.toString();
  }

  private static String steps(List<Step> steps, ZoneId zone) {
    StringBuilder lines = new StringBuilder();
    for (Step step : steps) {
      lines
          .append("<p>")
          .append(step.round() == 1 ? "" : "第" + step.round() + "轮")
          .append(step.milestone() == Milestone.RESOLVE ? "处理完成" : step.milestone().label())
          .append(step.late() ? " <b class=\"late\">超期</b>" : " <b>按时</b>")
          .append(" <span>")
          .append(moment(step.doneAt(), zone))
          .append("</span> <span class=\"due\">（应于")
          .append(moment(step.dueAt(), zone))
          .append("前）</span></p>");
    }
    return lines.toString();
  }

  private static String written(@Nullable String text, Company company) {
    return text == null ? "无" : Discretion.text(text, company.hotline());
  }

  private static String cost(@Nullable String cost, Company company) {
    return cost != null && AMOUNT.matcher(cost).matches()
        ? new BigDecimal(cost).setScale(2).toPlainString() + " 元"
        : written(cost, company);
  }

  private static void pair(
      StringBuilder rows, String label, String text, String otherLabel, String otherText) {
    row(rows, cell(label, escaped(text), false) + cell(otherLabel, escaped(otherText), false));
  }

  private static void wide(StringBuilder rows, String label, String text) {
    row(rows, cell(label, escaped(text), true));
  }

  private static void row(StringBuilder rows, String cells) {
    rows.append("<tr>").append(cells).append("</tr>\n");
  }

  private static String cell(String label, String html, boolean wide) {
    return "<th>" + label + "</th><td" + (wide ? " colspan=\"3\"" : "") + ">" + html + "</td>";
  }

  /** With its year; midnight belongs to the day that it ends. */
  private static String moment(Instant at, ZoneId zone) {
    return at.minusNanos(1).atZone(zone).getYear() + "年" + Moments.text(at, zone);
  }

  private static String day(Instant at, ZoneId zone) {
    return Confirmations.DAY.format(at.atZone(zone));
  }
}
