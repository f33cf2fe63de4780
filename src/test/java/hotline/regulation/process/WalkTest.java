package hotline.regulation.process;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.organisation.Company;
import hotline.regulation.process.Values.Subject;
import hotline.regulation.process.Values.Value;
import hotline.regulation.process.Walk.Region;
import hotline.workorder.Milestone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk sees what the engine does, combination by combination. */
@DisplayName("走表与引擎一致")
class WalkTest {
  private static final Path REGULATIONS = Path.of("processes/regulations");
  private static final int SAMPLE = 50;

  private static final Feel FEEL = new Feel();

  private final List<String> hit = new ArrayList<>();
  private final DmnEngine engine = engine();

  @ParameterizedTest
  @ValueSource(strings = {"gas", "water-repair", "wuda-heat", "yinchuan-water", "yunfu-water"})
  @DisplayName("每种情形只在一处走到；随机抽取的，算出的命中行就是引擎命中的行")
  void sampleHitsWhatTheEngineHits(String company) throws IOException {
    Values values =
        new Values(
            Company.read(company),
            table(company, TableKind.INTAKE),
            FormFile.read("complete-intake.form"),
            FormFile.read("report-work.form"));
    for (Subject subject : values.subjects(TableKind.TIME_LIMITS)) {
      table(company, TableKind.GRADING)
          .rows()
          .forEach(row -> values.graded(subject, Values.text(row.outputs(), "level")));
    }
    Random random = new Random(20261116);
    for (TableKind kind : TableKind.values()) {
      TableFile table = table(company, kind);
      DmnDecision decision = decision(company, kind);
      Walk walk = new Walk(kind, table, values, FEEL);
      List<Region> regions = new ArrayList<>();
      walk.each(regions::add);
      List<Subject> subjects = values.subjects(kind);
      assertThat(walk.combinations())
          .isEqualTo(subjects.stream().mapToLong(each -> size(kind, table, values, each)).sum());
      for (int i = 0; i < SAMPLE; i++) {
        Subject subject = subjects.get(random.nextInt(subjects.size()));
        Map<String, Value> combination = new LinkedHashMap<>();
        for (String column : kind.inputs().keySet()) {
          List<Value> domain = values.of(column, table, subject);
          combination.put(column, domain.get(random.nextInt(domain.size())));
        }
        Map<String, Object> question = new LinkedHashMap<>();
        combination.forEach((column, value) -> question.put(column, value.given()));
        hit.clear();
        engine.evaluateDecisionTable(decision, question);
        assertThat(regions)
            .filteredOn(region -> region.subject().equals(subject) && holds(region, combination))
            .as("%s %s", table.path(), question)
            .singleElement()
            .satisfies(
                region ->
                    assertThat(
                            region.rows().stream().mapToObj(row -> table.rows().get(row - 1).id()))
                        .containsExactlyElementsOf(hit));
      }
    }
  }

  private static boolean holds(Region region, Map<String, Value> combination) {
    return region.values().entrySet().stream()
        .allMatch(some -> some.getValue().contains(combination.get(some.getKey())));
  }

  private static long size(TableKind kind, TableFile table, Values values, Subject subject) {
    return kind.inputs().keySet().stream()
        .mapToLong(column -> values.of(column, table, subject).size())
        .reduce(1, Math::multiplyExact);
  }

  @Test
  @DisplayName("表里可写的环节，程序都认识")
  void milestonesAreTheProducts() {
    Set<String> known = new TreeSet<>();
    Arrays.stream(Milestone.values()).map(Milestone::name).forEach(known::add);
    assertThat(known).containsAll(RowCheck.MILESTONES);
  }

  @Test
  @DisplayName("表的输入列，程序逐列提问")
  void columnsAreAsked() throws IOException {
    String asking = Files.readString(Path.of("src/main/java/hotline/regulation/Regulation.java"));
    assertThat(TableKind.values())
        .flatExtracting(kind -> kind.inputs().keySet())
        .allSatisfy(column -> assertThat(asking).contains("\"" + column + "\""));
  }

  private static TableFile table(String company, TableKind kind) {
    return TableFile.read(REGULATIONS.resolve(company).resolve(kind.fileName()));
  }

  private DmnDecision decision(String company, TableKind kind) throws IOException {
    Path file = REGULATIONS.resolve(company).resolve(kind.fileName());
    try (InputStream in = Files.newInputStream(file)) {
      return engine.parseDecision(company + "-" + kind.table(), in);
    }
  }

  private DmnEngine engine() {
    DmnEngineConfiguration configuration =
        DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
    DmnDecisionTableEvaluationListener note =
        event ->
            event.getMatchingRules().stream()
                .map(DmnEvaluatedDecisionRule::getId)
                .forEach(hit::add);
    configuration.getCustomPostDecisionTableEvaluationListeners().add(note);
    return configuration.buildEngine();
  }
}
