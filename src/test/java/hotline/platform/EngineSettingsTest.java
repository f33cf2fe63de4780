package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import hotline.scenarios.Desk;
import hotline.scenarios.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

/** What the engine of the whole product must be set to, and how its models get into it. */
@Scenario
@Import(Desk.class)
@DisplayName("流程引擎的设置与部署")
class EngineSettingsTest {
  private static final String GRADING = "processes/regulations/yunfu-water/grading.dmn";

  @Autowired ProcessEngine engine;
  @Autowired RepositoryService repository;
  @Autowired ModelDeployment models;
  @Autowired MockMvc mvc;

  @Test
  @DisplayName("引擎不留历史，授权、公司隔离和密码规则都开着")
  void safeAndLean() {
    ProcessEngineConfigurationImpl settings =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    assertThat(settings.getHistoryLevel()).isEqualTo(HistoryLevel.HISTORY_LEVEL_NONE);
    assertThat(settings.isAuthorizationEnabled()).isTrue();
    assertThat(settings.isTenantCheckEnabled()).isTrue();
    assertThat(settings.isEnablePasswordPolicy()).isTrue();
    assertThat(settings.getPasswordPolicy()).isNotNull();
  }

  @Test
  @DisplayName("引擎自己不清理历史：历史和工单的行同一天、同一次删除")
  void historyGoesWithTheRecord() {
    assertThat(
            ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .isHistoryCleanupEnabled())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest", "/engine-rest/engine", "/engine-rest/deployment"})
  @DisplayName("引擎自带的接口不开放，管理员也不行")
  void noEngineRest(String path) throws Exception {
    mvc.perform(get(path)).andExpect(status().isNotFound());
    mvc.perform(get(path).with(httpBasic("admin", FirstAdministrator.SAMPLE_PASSWORD)))
        .andExpect(status().isNotFound());
  }

  @Test
  @DisplayName("部署的就是项目里的文件，名称是不随安装位置变的相对路径")
  void namesAreStable() throws IOException {
    Set<String> deployed = new TreeSet<>();
    for (Deployment deployment : repository.createDeploymentQuery().list()) {
      deployed.addAll(repository.getDeploymentResourceNames(deployment.getId()));
    }
    assertThat(deployed)
        .contains("processes/work-order.bpmn", "processes/regulations/yunfu-water/intake.dmn")
        .containsExactlyInAnyOrderElementsOf(modelFiles());
  }

  private static Set<String> modelFiles() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String folder : Set.of("processes", "forms")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(Files::isRegularFile).map(Path::toString).forEach(names::add);
      }
    }
    return names;
  }

  @Test
  @DisplayName("再次启动不会再部署一遍")
  void restartDeploysNothing() {
    long before = repository.createDeploymentQuery().count();
    models.start();
    assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
  }

  @Test
  @DisplayName("只改一张表，只有这张表换新版")
  void oneTableChangesAlone() throws IOException {
    Map<String, Integer> before = versions();
    DeploymentBuilder changed =
        repository
            .createDeployment()
            .name(ModelDeployment.REGULATIONS)
            .source(ModelDeployment.SOURCE)
            .enableDuplicateFiltering(true);
    for (String name : modelFiles()) {
      if (name.endsWith(".dmn")) {
        String table = Files.readString(Path.of(name));
        changed.addString(name, name.equals(GRADING) ? table + "<!-- 改动 -->" : table);
      }
    }
    Deployment deployment = changed.deploy();
    try {
      assertThat(repository.getDeploymentResourceNames(deployment.getId()))
          .containsExactly(GRADING);
      Map<String, Integer> expected = new TreeMap<>(before);
      expected.merge("yunfu-water-grading", 1, Integer::sum);
      assertThat(versions()).isEqualTo(expected);
    } finally {
      repository.deleteDeployment(deployment.getId(), true);
    }
    assertThat(versions()).isEqualTo(before);
  }

  private Map<String, Integer> versions() {
    Map<String, Integer> versions = new TreeMap<>();
    repository
        .createDecisionDefinitionQuery()
        .latestVersion()
        .list()
        .forEach(decision -> versions.put(decision.getKey(), decision.getVersion()));
    repository
        .createProcessDefinitionQuery()
        .latestVersion()
        .list()
        .forEach(process -> versions.put(process.getKey(), process.getVersion()));
    return versions;
  }
}
