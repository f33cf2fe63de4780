package hotline.regulation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The company's regulation as its process designer wrote it down, asked row by row. */
@Component
public class Regulation {
  private final Tables tables;
  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /** The same answer of a table is the same object: it is read once. */
  private final Cache<Map<String, Object>, Object> rules = Caffeine.newBuilder().weakKeys().build();

  Regulation(Tables tables) {
    this.tables = tables;
  }

  /** One category or subcategory that the company takes, with what the seat reads. */
  public record Category(String code, String subcategory, IntakeRule rule) {}

  /** The row for this category; empty when the company does not take it. */
  public Optional<IntakeRule> intake(String company, String category, String subcategory) {
    return first(
        company,
        "intake",
        Map.of("category", category, "subcategory", subcategory),
        IntakeRule.class);
  }

  /** All that the company takes, in the order of its intake table. */
  public List<Category> categories(String company) {
    List<Category> categories = new ArrayList<>();
    for (TableRow row : tables.rows(company, "intake")) {
      String code = row.input("category");
      String subcategory = row.input("subcategory");
      intake(company, code, subcategory)
          .ifPresent(rule -> categories.add(new Category(code, subcategory, rule)));
    }
    return categories;
  }

  public Optional<GradingRule> grading(String company, Matter matter) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("category", matter.category());
    question.put("subcategory", matter.subcategory());
    question.put("urgent", matter.urgent());
    question.put("largeArea", matter.largeArea());
    question.put("disturbsTraffic", matter.disturbsTraffic());
    question.put("networkPart", matter.networkPart());
    question.put("lawsuit", matter.lawsuit());
    question.put("mediaExposure", matter.mediaExposure());
    question.put("jointComplainants", matter.jointComplainants());
    question.put("customerRepeats", matter.customerRepeats());
    question.put("complainantsInMonth", matter.complainantsInMonth());
    return first(company, "grading", question, GradingRule.class);
  }

  /** Every level that the company's grading table gives. */
  public Set<String> levels(String company) {
    return tables.rows(company, "grading").stream()
        .map(row -> row.output("level"))
        .collect(Collectors.toSet());
  }

  /** What the grading table has for that level in this category, whatever led to it. */
  public Optional<GradingRule> levelOf(String company, String category, String level) {
    return tables.rows(company, "grading").stream()
        .filter(row -> row.admits("category", category) && row.output("level").equals(level))
        .findFirst()
        .map(
            row ->
                new GradingRule(
                    level,
                    Boolean.parseBoolean(row.output("emergency")),
                    row.output("instructBy"),
                    row.output("instructWithin"),
                    row.output("article"),
                    row.output("basis")));
  }

  /** Whether the level of such orders depends on how often the same matter was told before. */
  public boolean gradesByCount(String company, String category) {
    return tables.rows(company, "grading").stream()
        .filter(row -> row.admits("category", category))
        .anyMatch(row -> !row.isAny("customerRepeats") || !row.isAny("complainantsInMonth"));
  }

  public Optional<RoutingRule> routing(String company, Matter matter, String level) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("category", matter.category());
    question.put("subcategory", matter.subcategory());
    question.put("district", matter.district());
    question.put("asset", matter.asset());
    question.put("meterSide", matter.meterSide());
    question.put("networkPart", matter.networkPart());
    question.put("underWarranty", matter.underWarranty());
    question.put("level", level);
    question.put("departmentComplainedOf", matter.departmentComplainedOf());
    return first(company, "routing", question, RoutingRule.class);
  }

  /** Every promise for such an order; {@code rework} once a callback found it unsolved. */
  public List<TimeLimitRule> timeLimits(
      String company, Matter matter, String level, boolean rework) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("category", matter.category());
    question.put("subcategory", matter.subcategory());
    question.put("level", level);
    question.put("networkPart", matter.networkPart());
    question.put("rework", rework);
    return tables.ask(company, "time-limits", question).stream()
        .map(row -> rule(row, TimeLimitRule.class))
        .toList();
  }

  public Optional<ExtensionRule> extension(
      String company, String category, String level, String cause) {
    return first(
        company,
        "extension-policy",
        Map.of("category", category, "level", level, "cause", cause),
        ExtensionRule.class);
  }

  public Optional<CallbackRule> callback(
      String company, String category, String level, boolean rework, boolean wantsCallback) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("category", category);
    question.put("level", level);
    question.put("rework", rework);
    question.put("wantsCallback", wantsCallback);
    return first(company, "callback-policy", question, CallbackRule.class);
  }

  /** Every duty that such an outage brings, in the order of the table. */
  public List<DutyRule> outageDuties(String company, OutageMatter matter) {
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("occasion", matter.occasion());
    question.put("effect", matter.effect());
    question.put("kind", matter.kind());
    question.put("origin", matter.origin());
    question.put("affectedPopulation", matter.affectedPopulation());
    question.put("keyCustomers", matter.keyCustomers());
    question.put("mainRoad", matter.mainRoad());
    return tables.ask(company, "outage-duties", question).stream()
        .map(row -> rule(row, DutyRule.class))
        .toList();
  }

  private <T> Optional<T> first(
      String company, String table, Map<String, Object> question, Class<T> type) {
    return tables.ask(company, table, question).stream().findFirst().map(row -> rule(row, type));
  }

  private <T> T rule(Map<String, Object> row, Class<T> type) {
    return type.cast(rules.get(row, unread -> json.convertValue(unread, type)));
  }
}
