package hotline.organisation;

import org.jspecify.annotations.Nullable;

/**
 * Somebody whom an outage concerns, with the one to phone there (YF-16d, YF-17a).
 *
 * @param code unique in the company; a DISTRICT has the code of that district in the organisation
 * @param district the code of the district it lies in; a DISTRICT's own
 * @param population the people who are counted here and nowhere else, so that places can be summed
 * @param phone as digits
 * @param active not any more in use when false; it keeps its name for what happened before
 */
public record Place(
    String company,
    String code,
    String name,
    PlaceKind kind,
    @Nullable String district,
    int population,
    @Nullable String contact,
    @Nullable String phone,
    @Nullable String address,
    boolean active) {

  /** As those see it who need not phone there. */
  Place withoutContact() {
    return new Place(company, code, name, kind, district, population, null, null, address, active);
  }
}
