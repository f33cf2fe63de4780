package hotline.organisation;

import hotline.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The places that an outage concerns: how many people live there, whom to phone (YF-16a, YF-16d),
 * and which customers are told apart from all others (YF-17a).
 */
@Component
public class Directory {
  private static final String BY_KIND =
      Arrays.stream(PlaceKind.values())
          .map(kind -> "WHEN '" + kind.name() + "' THEN " + kind.ordinal())
          .collect(Collectors.joining(" ", "CASE kind ", " END"));
  private static final Pattern CURSOR = Pattern.compile("([A-Z_]+)\\.([A-Za-z0-9-]{1,40})");

  private final Organisation organisation;
  private final JdbcClient jdbc;

  Directory(Organisation organisation, JdbcClient jdbc) {
    this.organisation = organisation;
    this.jdbc = jdbc;
  }

  /** The company's places in use, by kind and code. */
  public List<Place> of(String company) {
    return list(new Wanted(company, null, null, null, Integer.MAX_VALUE));
  }

  /** The place, also one that is not in use any more. */
  public Optional<Place> find(String company, String code) {
    return jdbc.sql("SELECT * FROM place WHERE company = :company AND code = :code")
        .param("company", company)
        .param("code", code)
        .query(Directory::place)
        .optional();
  }

  /** The key customer in use with this code or, else, this name (YF-17a). */
  public Optional<Place> keyCustomer(String company, String nameOrCode) {
    String wanted = nameOrCode.strip();
    List<Place> named =
        jdbc.sql(
                """
                SELECT * FROM place
                WHERE company = :company AND kind = 'KEY_CUSTOMER' AND active = TRUE
                  AND (code = :wanted OR name = :wanted)
                ORDER BY CASE WHEN code = :wanted THEN 0 ELSE 1 END, code
                """)
            .param("company", company)
            .param("wanted", wanted)
            .query(Directory::place)
            .list();
    return named.stream().findFirst();
  }

  /**
   * How many people the chosen districts and places have together (YF-16a). A district counts whole
   * unless some of its places are chosen, then only those; nobody is counted twice, because a
   * place's population are the people who are counted only there. Unknown codes count nobody.
   */
  public int population(String company, Collection<String> districts, Collection<String> places) {
    List<Place> all = of(company);
    Set<String> whole = whole(all, districts, places);
    long people =
        all.stream()
            .filter(
                place ->
                    place.kind() == PlaceKind.DISTRICT
                        ? whole.contains(place.code())
                        : places.contains(place.code()))
            .mapToLong(Place::population)
            .sum();
    return (int) Math.min(people, Integer.MAX_VALUE);
  }

  /**
   * Whoever lies within the range: the chosen places, and all those of the districts that count
   * whole (YF-16d).
   */
  public List<Place> within(
      String company, Collection<String> districts, Collection<String> places) {
    List<Place> all = of(company);
    Set<String> whole = whole(all, districts, places);
    return all.stream()
        .filter(place -> place.kind() != PlaceKind.DISTRICT)
        .filter(
            place ->
                places.contains(place.code())
                    || place.district() != null && whole.contains(place.district()))
        .toList();
  }

  /** The districts that count whole: chosen, and none of their places is. */
  private static Set<String> whole(
      List<Place> all, Collection<String> districts, Collection<String> places) {
    Set<String> whole = new HashSet<>(districts);
    whole.addAll(places);
    all.stream()
        .filter(place -> place.kind() != PlaceKind.DISTRICT && places.contains(place.code()))
        .forEach(place -> whole.remove(place.district()));
    return whole;
  }

  /**
   * What is wanted of the list.
   *
   * @param after behind this place, as {@link #cursor} names it
   */
  record Wanted(
      String company,
      @Nullable PlaceKind kind,
      @Nullable String district,
      @Nullable String after,
      int size) {}

  /** The places in use from there on, by kind and code. */
  List<Place> list(Wanted wanted) {
    Matcher after = CURSOR.matcher(wanted.after() == null ? "" : wanted.after());
    boolean fromStart = wanted.after() == null || wanted.after().isBlank();
    Optional<PlaceKind> afterKind =
        after.matches() ? PlaceKind.of(after.group(1)) : Optional.empty();
    if (!fromStart && afterKind.isEmpty()) {
      throw new Refused("after", "after 应为上一页的 next");
    }
    return jdbc.sql(
            "SELECT * FROM place WHERE company = :company AND active = TRUE"
                + (wanted.kind() == null ? "" : " AND kind = :kind")
                + (wanted.district() == null ? "" : " AND district = :district")
                + (fromStart
                    ? ""
                    : " AND (%1$s > :afterKind OR %1$s = :afterKind AND code > :afterCode)"
                        .formatted(BY_KIND))
                + " ORDER BY "
                + BY_KIND
                + ", code LIMIT :size")
        .param("company", wanted.company())
        .param("kind", wanted.kind() == null ? null : wanted.kind().name())
        .param("district", wanted.district())
        .param("afterKind", afterKind.map(PlaceKind::ordinal).orElse(0))
        .param("afterCode", fromStart ? "" : after.group(2))
        .param("size", wanted.size())
        .query(Directory::place)
        .list();
  }

  static String cursor(Place place) {
    return place.kind().name() + "." + place.code();
  }

  /** How many places of each kind are in use. */
  Map<PlaceKind, Integer> counts(String company) {
    Map<PlaceKind, Integer> counts = new EnumMap<>(PlaceKind.class);
    jdbc.sql(
            """
            SELECT kind, COUNT(*) AS places FROM place
            WHERE company = :company AND active = TRUE GROUP BY kind
            """)
        .param("company", company)
        .query(
            row -> {
              counts.put(PlaceKind.valueOf(row.getString("kind")), row.getInt("places"));
            });
    return counts;
  }

  /** Whether the company never had a place. */
  boolean isEmpty(String company) {
    return activeByCode(company).isEmpty();
  }

  /** Enters the place, or changes what is known of it; it is in use then. */
  @Transactional
  void save(Place place) {
    jdbc.sql(
            """
            INSERT INTO place (company, code, name, kind, district, population, contact, phone,
              address, active)
            VALUES (:company, :code, :name, :kind, :district, :population, :contact, :phone,
              :address, :active)
            ON DUPLICATE KEY UPDATE name = :name, kind = :kind, district = :district,
              population = :population, contact = :contact, phone = :phone, address = :address,
              active = :active
            """)
        .param("company", place.company())
        .param("code", place.code())
        .param("name", place.name())
        .param("kind", place.kind().name())
        .param("district", place.district())
        .param("population", place.population())
        .param("contact", place.contact())
        .param("phone", place.phone())
        .param("address", place.address())
        .param("active", place.active())
        .update();
  }

  /** The place is not in use any more; false when there is no such place. */
  @Transactional
  boolean retire(String company, String code) {
    return jdbc.sql("UPDATE place SET active = FALSE WHERE company = :company AND code = :code")
            .param("company", company)
            .param("code", code)
            .update()
        > 0;
  }

  /** What a file changed. */
  record Imported(int added, int updated, int deactivated) {}

  /**
   * Takes the places of a CSV file, all or none.
   *
   * @param replace retires those in use that the file does not name
   * @throws FaultyFile naming what to mend in which line
   */
  @Transactional
  Imported load(String company, byte[] file, boolean replace) {
    List<Place> places = PlaceFile.read(organisation.company(company), file);
    Map<String, Boolean> known = activeByCode(company);
    int updated = (int) places.stream().filter(place -> known.containsKey(place.code())).count();
    places.forEach(this::save);
    places.forEach(place -> known.remove(place.code()));
    List<String> missing =
        known.entrySet().stream()
            .filter(each -> replace && each.getValue())
            .map(Map.Entry::getKey)
            .toList();
    missing.forEach(code -> retire(company, code));
    return new Imported(places.size() - updated, updated, missing.size());
  }

  private Map<String, Boolean> activeByCode(String company) {
    Map<String, Boolean> known = new HashMap<>();
    jdbc.sql("SELECT code, active FROM place WHERE company = :company")
        .param("company", company)
        .query(
            row -> {
              known.put(row.getString("code"), row.getBoolean("active"));
            });
    return known;
  }

  private static Place place(ResultSet row, int number) throws SQLException {
    return new Place(
        row.getString("company"),
        row.getString("code"),
        row.getString("name"),
        PlaceKind.valueOf(row.getString("kind")),
        row.getString("district"),
        row.getInt("population"),
        row.getString("contact"),
        row.getString("phone"),
        row.getString("address"),
        row.getBoolean("active"));
  }
}
