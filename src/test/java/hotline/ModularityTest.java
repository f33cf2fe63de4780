package hotline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** A module is a noun of the regulations: closed, without cycles, and away from the engine. */
@DisplayName("模块边界")
class ModularityTest {
  private static final ApplicationModules MODULES = ApplicationModules.of(Hotline.class);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("hotline");

  private static final Set<String> AROUND_ORDERS =
      Set.of("calendar", "organisation", "platform", "regulation", "notice", "workorder");

  /** Each module and what it may know; nothing knows the demo. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry("calendar", Set.of()),
          Map.entry("notice", Set.of()),
          Map.entry("organisation", Set.of("calendar")),
          Map.entry("platform", Set.of("organisation")),
          Map.entry("regulation", Set.of("calendar", "organisation", "platform")),
          Map.entry(
              "workorder", Set.of("calendar", "organisation", "platform", "regulation", "notice")),
          Map.entry("extension", AROUND_ORDERS),
          Map.entry("callback", AROUND_ORDERS),
          Map.entry("outage", AROUND_ORDERS),
          Map.entry("handbook", Set.of("organisation", "platform", "regulation", "workorder")),
          Map.entry(
              "confirmation",
              Set.of("calendar", "organisation", "platform", "notice", "workorder")),
          Map.entry("watch", Set.of("organisation", "platform", "notice", "workorder", "outage")),
          Map.entry("retention", Set.of("platform", "workorder")),
          Map.entry("backup", Set.of("platform")),
          Map.entry("demo", Set.of("organisation", "platform", "workorder", "callback", "outage")));

  @Test
  @DisplayName("各模块只用彼此公开的类型，没有循环")
  void modulesAreClosed() {
    MODULES.verify();
  }

  @Test
  @DisplayName("每个模块只认识它该认识的模块")
  void modulesKnowTheirOwn() {
    assertThat(MODULES.stream().map(module -> module.getIdentifier().toString()))
        .containsExactlyInAnyOrderElementsOf(MAY_KNOW.keySet());
    assertThat(MODULES)
        .allSatisfy(
            module ->
                assertThat(MAY_KNOW.get(module.getIdentifier().toString()))
                    .as(module.getIdentifier().toString())
                    .containsAll(
                        module
                            .getDirectDependencies(MODULES)
                            .uniqueModules()
                            .map(known -> known.getIdentifier().toString())
                            .collect(toSet())));
  }

  @Test
  @DisplayName("只有 process 包和 platform 认识流程引擎")
  void engineStaysInItsPlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages("hotline.platform", "hotline.*.process")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.camunda..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("时限计算是纯 Java")
  void calendarIsPure() {
    noClasses()
        .that()
        .resideInAPackage("hotline.calendar")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("时间只问引擎的时钟")
  void onlyOneClock() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "reads the machine's clock",
                access ->
                    access.getTarget() instanceof CodeUnitAccessTarget called
                        && readsTheMachinesClock(called)))
        .check(CLASSES);
  }

  private static boolean readsTheMachinesClock(CodeUnitAccessTarget called) {
    boolean given = !called.getRawParameterTypes().isEmpty();
    boolean givenClock = given && called.getRawParameterTypes().get(0).isAssignableTo(Clock.class);
    boolean now = called.getName().equals("now") && !givenClock;
    boolean created = called.getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
    return now && called.getOwner().isAssignableTo(Temporal.class)
        || called.getOwner().isEquivalentTo(Clock.class) && called.getName().startsWith("system")
        || called.getOwner().isEquivalentTo(System.class)
            && called.getName().equals("currentTimeMillis")
        || called.getOwner().isEquivalentTo(Date.class) && created && !given;
  }

  @Test
  @DisplayName("类名说的是业务，没有 Manager、Util 之类")
  void namesSpeak() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Utils?|Info|Data|Impl|VO)")
        .check(CLASSES);
  }
}
