package hotline.regulation;

import java.util.List;

/**
 * One duty that an outage brings: who must do what by which channel, how long before the start or
 * how fast, and what it waits for.
 *
 * @param action the duty's code, once in an outage; waitsFor names others by it
 * @param by groups in words of the table, the owner first; REPORTER is whoever reported
 * @param contacts whom the duty phones one by one: KEY_CUSTOMERS, AREA, CALLERS, or "" for none
 * @param leadTime how long before the start at the latest, 开始前 for the start itself, or ""
 * @param within how fast from the moment the duty is open; also when the lead time cannot be kept
 * @param approval without its consent the outage does not take place
 * @param publishes from the moment the duty is open the public page shows the outage
 * @param tellAgain is done again when what was told changes
 */
public record DutyRule(
    String action,
    String label,
    String by,
    String channel,
    String contacts,
    String leadTime,
    String within,
    String warnBefore,
    String escalateTo,
    String waitsFor,
    boolean approval,
    boolean publishes,
    boolean tellAgain,
    String article,
    String basis) {
  /** A lead time that ends with the start itself. */
  public static final String BEFORE_START = "开始前";

  /** The groups that own it in that company, where the table names them and not the reporter. */
  public List<String> owners(String company) {
    return Words.of(by).stream().map(word -> company + "." + word).toList();
  }

  /** The article as people read it, without the mark of what the text leaves to us. */
  public String plainArticle() {
    return article.replace(" DEFAULT", "");
  }
}
