package hotline.platform;

import hotline.organisation.Organisation;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** The zone in which a company's people read and type times. */
@Component
class CompanyZones {
  private final Organisation organisation;

  CompanyZones(Organisation organisation) {
    this.organisation = organisation;
  }

  ZoneId of(String company) {
    return organisation.company(company).zone();
  }
}
