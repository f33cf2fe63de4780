package hotline.outage;

import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndCategoryImpl;
import com.rometools.rome.feed.synd.SyndContent;
import com.rometools.rome.feed.synd.SyndContentImpl;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndEntryImpl;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndFeedImpl;
import com.rometools.rome.feed.synd.SyndLink;
import com.rometools.rome.feed.synd.SyndLinkImpl;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedOutput;
import hotline.organisation.Company;
import hotline.outage.PublicOutage.Fact;
import hotline.workorder.Moments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** The board of outages as an Atom feed: one entry per outage, whatever becomes of it. */
final class PublicOutageFeed {
  private static final String ID = "urn:hotline:outages";
  private static final int AREA_IN_TITLE = 40;

  private PublicOutageFeed() {}

  /**
   * @param site where the public reaches this installation
   * @param query of the addresses of this feed and of its page
   */
  static String feed(
      List<PublicOutage> outages, Instant since, List<Company> shown, String site, String query) {
    SyndFeed feed = new SyndFeedImpl();
    feed.setFeedType("atom_1.0");
    feed.setUri(query.isEmpty() ? ID : ID + ":" + shown.get(0).id());
    feed.setTitle(PublicOutagePages.title(shown));
    feed.setPublishedDate(Date.from(since));
    feed.setLinks(
        List.of(
            link("self", "application/atom+xml", site + PublicOutageApi.FEED + query),
            link("alternate", "text/html", site + PublicOutageApi.PATH + query)));
    List<SyndEntry> entries = new ArrayList<>();
    outages.forEach(outage -> entries.add(entry(outage, site)));
    feed.setEntries(entries);
    try {
      return new SyndFeedOutput().outputString(feed);
    } catch (FeedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SyndEntry entry(PublicOutage outage, String site) {
    SyndEntry entry = new SyndEntryImpl();
    entry.setUri("urn:hotline:outage:" + outage.number());
    entry.setTitle(title(outage));
    entry.setAuthor(outage.company().name());
    entry.setUpdatedDate(Date.from(outage.updatedAt()));
    entry.setLinks(
        List.of(
            link(
                "alternate",
                "text/html",
                site
                    + PublicOutageApi.PATH
                    + "?company="
                    + outage.company().id()
                    + "#"
                    + outage.number())));
    SyndCategory category = new SyndCategoryImpl();
    category.setName(outage.stage().word());
    entry.setCategories(List.of(category));
    SyndContent content = new SyndContentImpl();
    content.setType("text");
    content.setValue(text(outage));
    entry.setDescription(content);
    return entry;
  }

  /** 【停水】云城区：世纪大道 11月27日 08:00 至 18:00 */
  private static String title(PublicOutage outage) {
    String area = outage.area().strip().replaceAll("\\s+", " ");
    String place =
        area.codePointCount(0, area.length()) <= AREA_IN_TITLE
            ? area
            : area.substring(0, area.offsetByCodePoints(0, AREA_IN_TITLE)) + "…";
    String districts = String.join("、", outage.districts());
    return "【"
        + outage.effectName()
        + (outage.finishedAt() == null ? "" : " " + outage.stage().word())
        + "】"
        + (districts.isEmpty() ? "" : districts + "：")
        + place
        + " "
        + Moments.span(outage.start(), outage.end(), outage.company().zone());
  }

  private static String text(PublicOutage outage) {
    StringBuilder text = new StringBuilder(outage.stage().word()).append('\n');
    if (outage.isLate()) {
      text.append(PublicOutage.LATE).append('\n');
    }
    for (Fact fact : outage.facts()) {
      text.append(fact.label()).append("：").append(fact.text()).append('\n');
    }
    return text.append("服务热线：").append(outage.company().hotline()).toString();
  }

  private static SyndLink link(String relation, String type, String address) {
    SyndLink link = new SyndLinkImpl();
    link.setRel(relation);
    link.setType(type);
    link.setHref(address);
    return link;
  }
}
