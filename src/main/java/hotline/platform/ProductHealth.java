package hotline.platform;

import hotline.organisation.Calendars;
import hotline.organisation.Company;
import hotline.organisation.Organisation;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** Ready only when the models, every company's tables and, in the demo, the people are there. */
@Component("product")
class ProductHealth implements HealthIndicator {
  private final ProcessEngine engine;
  private final Organisation organisation;
  private final Calendars calendars;
  private final boolean demo;

  /** What was deployed and set up stays: once it was all there, it is not asked for again. */
  private volatile boolean complete;

  ProductHealth(
      ProcessEngine engine,
      Organisation organisation,
      Calendars calendars,
      Environment environment) {
    this.engine = engine;
    this.organisation = organisation;
    this.calendars = calendars;
    this.demo = environment.acceptsProfiles(Profiles.of("demo"));
  }

  @Override
  public Health health() {
    List<String> missing = complete ? List.of() : missing();
    complete = missing.isEmpty();
    Health.Builder health = missing.isEmpty() ? Health.up() : Health.down();
    if (!missing.isEmpty()) {
      health.withDetail("missing", missing);
    }
    calendars.warning().ifPresent(warning -> health.withDetail("holidays", warning));
    return health.build();
  }

  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (String key : Rights.PROCESSES) {
      if (engine
              .getRepositoryService()
              .createProcessDefinitionQuery()
              .processDefinitionKey(key)
              .count()
          == 0) {
        missing.add(key);
      }
    }
    for (Company company : organisation.companies()) {
      for (String table : Rights.TABLES) {
        String key = company.id() + "-" + table;
        if (engine
                .getRepositoryService()
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .count()
            == 0) {
          missing.add(key);
        }
      }
    }
    if (demo && engine.getIdentityService().createUserQuery().userId("admin").count() == 0) {
      missing.add("admin");
    }
    return missing;
  }
}
