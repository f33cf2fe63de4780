package hotline.scenarios;

import hotline.database.TestedDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole product behind a real port, with its web apps, as an attacker or a colleague reaches
 * it; a proxy that ends TLS is believed, as in production.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "camunda.bpm.job-execution.enabled=false",
      "hotline.home=target/web",
      "hotline.notice.worker=false",
      "hotline.watch.figures=PT24H",
      "hotline.demo.day=false",
      "hotline.watch.watchdog=false",
      "server.forward-headers-strategy=native",
      // tests switch it off
      "management.prometheus.metrics.export.enabled=true",
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ContextConfiguration(initializers = {TestedDatabase.class, Mailbox.class})
@Import({Desk.class, OutageDesk.class})
@ActiveProfiles(resolver = TestedDatabase.class)
public @interface WebScenario {}
