package hotline.platform;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The engine with the organisation and the identity part, and nothing else; no configuration class,
 * so that the whole application's tests do not find it by scanning.
 */
@EnableAutoConfiguration
@ComponentScan("hotline.organisation")
@ConfigurationPropertiesScan("hotline.organisation")
@EnableConfigurationProperties(FirstAdministrator.Given.class)
@Import({
  CompanyTenants.class,
  DemoPeople.class,
  EngineClock.class,
  FirstAdministrator.class,
  IdentitySetup.class,
  People.class,
  TasklistFilters.class
})
class IdentityTestApplication {}
