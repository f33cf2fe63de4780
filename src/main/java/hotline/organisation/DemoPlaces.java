package hotline.organisation;

import jakarta.annotation.PostConstruct;
import java.io.IOException;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The directory of the demo, once, for each company that has none; nobody there can be phoned. */
@Component
@Profile("demo")
class DemoPlaces {
  private final Organisation organisation;
  private final Directory directory;

  DemoPlaces(Organisation organisation, Directory directory) {
    this.organisation = organisation;
    this.directory = directory;
  }

  @PostConstruct
  void moveIn() throws IOException {
    for (Company company : organisation.companies()) {
      ClassPathResource file = new ClassPathResource("demo/directory/" + company.id() + ".csv");
      if (file.exists() && directory.isEmpty(company.id())) {
        directory.load(company.id(), file.getContentAsByteArray(), false);
      }
    }
  }
}
