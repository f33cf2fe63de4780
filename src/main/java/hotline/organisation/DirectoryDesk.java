package hotline.organisation;

import hotline.Actor;
import hotline.NotFound;
import hotline.Refused;
import hotline.organisation.Directory.Imported;
import hotline.organisation.Directory.Wanted;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** Who may read and keep a company's directory, whichever way they come. */
@Component
class DirectoryDesk {
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final Set<Role> KEEPERS = Set.of(Role.SERVICE_MANAGER, Role.MANAGER);

  private final Organisation organisation;
  private final Directory directory;

  DirectoryDesk(Organisation organisation, Directory directory) {
    this.organisation = organisation;
    this.directory = directory;
  }

  /** A page of places; {@code next} goes into {@code after} for the page behind it. */
  record Page(List<Place> items, @Nullable String next) {}

  /** The companies whose directory the person may read. */
  List<Company> companies(Actor actor) {
    return organisation.companies().stream()
        .filter(company -> actor.mayActFor(company.id()))
        .toList();
  }

  Company company(Actor actor, String id) {
    return companies(actor).stream()
        .filter(company -> company.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AccessDeniedException("directory"));
  }

  static boolean mayWrite(Actor actor, Company company) {
    return Role.anyOf(KEEPERS, actor, company.id());
  }

  /** Those who phone the places, and those who answer for the list. */
  static boolean seesContacts(Actor actor, Company company) {
    return Role.anyOf(Role.CENTRE, actor, company.id()) || mayWrite(actor, company);
  }

  /** The places in use, as far as this person may see them. */
  Page list(
      Actor actor,
      Company company,
      @Nullable String kind,
      @Nullable String district,
      @Nullable String after,
      @Nullable Integer size) {
    if (size != null && (size < 1 || size > LARGEST_PAGE)) {
      throw new Refused("size", "每页条数（size）应为 1 到 " + LARGEST_PAGE);
    }
    int most = size == null ? PAGE : size;
    List<Place> found =
        directory.list(
            new Wanted(company.id(), kind(kind), district(company, district), after, most + 1));
    List<Place> shown = found.size() > most ? found.subList(0, most) : found;
    return new Page(
        seen(actor, company, shown),
        found.size() > most ? Directory.cursor(shown.get(shown.size() - 1)) : null);
  }

  private static @Nullable PlaceKind kind(@Nullable String given) {
    return given == null || given.isBlank()
        ? null
        : PlaceKind.of(given.strip())
            .orElseThrow(() -> new Refused("kind", "类型（kind）可填：" + PlaceKind.labels()));
  }

  private static @Nullable String district(Company company, @Nullable String given) {
    return given == null || given.isBlank() ? null : company.district(given.strip()).code();
  }

  private static List<Place> seen(Actor actor, Company company, List<Place> places) {
    return seesContacts(actor, company)
        ? places
        : places.stream().map(Place::withoutContact).toList();
  }

  byte[] file(Actor actor, Company company) {
    return PlaceSheet.of(company, seen(actor, company, directory.of(company.id())));
  }

  Place save(Actor actor, Company company, PlaceEntry entry) {
    mustWrite(actor, company);
    Place place = entry.read();
    directory.save(place);
    return place;
  }

  void retire(Actor actor, Company company, String code) {
    mustWrite(actor, company);
    if (!directory.retire(company.id(), code)) {
      throw new NotFound("名录里没有这个代码");
    }
  }

  Imported load(Actor actor, Company company, byte[] file, boolean replace) {
    mustWrite(actor, company);
    return directory.load(company.id(), file, replace);
  }

  private static void mustWrite(Actor actor, Company company) {
    if (!mayWrite(actor, company)) {
      throw new AccessDeniedException("directory");
    }
  }
}
