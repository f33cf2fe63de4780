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
 * The whole product on a database of its own; only the clock and the outside world are the test's.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.MOCK,
    properties = {
      "camunda.bpm.job-execution.enabled=false",
      "hotline.home=target/scenarios",
      "hotline.notice.worker=false",
      "hotline.watch.figures=PT24H",
      "hotline.watch.watchdog=false",
      "hotline.demo.day=false",
      "management.prometheus.metrics.export.enabled=true",
    })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ContextConfiguration(initializers = {TestedDatabase.class, Mailbox.class})
@Import({Desk.class, OutageDesk.class})
@ActiveProfiles(resolver = TestedDatabase.class)
public @interface Scenario {}
