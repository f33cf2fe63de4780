package hotline.outage;

import hotline.organisation.Directory;
import hotline.organisation.Place;
import hotline.organisation.PlaceKind;
import hotline.regulation.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whom an outage's duties phone, by the directory and the calls, and which groups own them. */
@Component
class OutageAround implements Outage.Surroundings {
  private static final Set<PlaceKind> AREA =
      Set.of(PlaceKind.ESTATE, PlaceKind.FIRM, PlaceKind.PROPERTY, PlaceKind.COMMUNITY);

  private final Directory directory;
  private final OutageCallers callers;

  OutageAround(Directory directory, OutageCallers callers) {
    this.directory = directory;
    this.callers = callers;
  }

  @Override
  public List<Contact> contacts(Outage outage, String kind) {
    return switch (kind) {
      case "KEY_CUSTOMERS" -> keyCustomers(outage);
      case "AREA" -> area(outage);
      case "CALLERS" -> callers.toBePhoned(outage);
      default -> List.of();
    };
  }

  /** A name that the directory does not know is phoned all the same; its number is asked for. */
  private List<Contact> keyCustomers(Outage outage) {
    Map<String, Contact> contacts = new LinkedHashMap<>();
    for (String named : outage.keyCustomers) {
      Contact contact =
          directory
              .keyCustomer(outage.company, named)
              .map(OutageAround::contact)
              .orElseGet(() -> unlisted(named));
      contacts.putIfAbsent(contact.code, contact);
    }
    return List.copyOf(contacts.values());
  }

  /** No code of the directory begins with a question mark. */
  private static Contact unlisted(String name) {
    return new Contact("?" + name, name, null, null, null);
  }

  /** Firms, estates, property managers and communities of the range (YF-16d). */
  private List<Contact> area(Outage outage) {
    return directory.within(outage.company, outage.districts, outage.places).stream()
        .filter(place -> AREA.contains(place.kind()))
        .map(OutageAround::contact)
        .toList();
  }

  private static Contact contact(Place place) {
    return new Contact(place.code(), place.name(), place.contact(), place.phone(), null);
  }

  @Override
  public List<String> groups(Outage outage, String words) {
    return Words.of(words).stream()
        .map(word -> word.equals("REPORTER") ? outage.reporter : outage.company + "." + word)
        .toList();
  }
}
