package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

@DisplayName("引擎一次删去一个流程实例的全部变量")
class DeletedTogetherTest {
  private final SpringProcessEngineConfiguration configuration =
      new SpringProcessEngineConfiguration();
  private ProcessEngine engine;
  private @Nullable SQLException failure;
  private String instance;

  @BeforeEach
  void start() {
    configuration.setApplicationContext(new StaticApplicationContext());
    configuration.setProcessEngineName("deleted-together");
    DataSource database =
        new DelegatingDataSource(
            new DriverManagerDataSource(
                "jdbc:h2:mem:deleted-together;DB_CLOSE_DELAY=-1", "sa", "")) {
          @Override
          public Connection getConnection() throws SQLException {
            return broken(super.getConnection());
          }
        };
    configuration.setDataSource(database);
    configuration.setTransactionManager(new JdbcTransactionManager(database));
    configuration.setDatabaseSchemaUpdate(
        ProcessEngineConfigurationImpl.DB_SCHEMA_UPDATE_CREATE_DROP);
    configuration.setHistory("none");
    configuration.setCustomSessionFactories(List.of(DeletedTogether.sessions()));
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "step.bpmn",
            Bpmn.createExecutableProcess("step")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask()
                .endEvent()
                .done())
        .deploy();
    instance =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey("step", Map.of("a", 1, "b", "two", "c", true, "d", 4L))
            .getId();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private long variables() {
    return engine.getRuntimeService().createVariableInstanceQuery().count();
  }

  @Test
  @DisplayName("办完最后一步，实例和变量都不在了")
  void goesWhole() {
    assertThat(variables()).isEqualTo(4);
    engine
        .getTaskService()
        .complete(engine.getTaskService().createTaskQuery().singleResult().getId());

    assertThat(variables()).isZero();
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
  }

  @Test
  @DisplayName("其间有一个变量被别人改了：一个也不删，整条命令作废")
  void oneHasChanged() {
    assertThatThrownBy(
            () ->
                configuration
                    .getCommandExecutorTxRequired()
                    .execute(
                        command -> {
                          engine.getRuntimeService().getVariables(instance);
                          changedByAnother("b");
                          engine.getRuntimeService().deleteProcessInstance(instance, "over");
                          return null;
                        }))
        .isInstanceOf(OptimisticLockingException.class);

    assertThat(variables()).isEqualTo(4);
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isOne();
  }

  @Test
  @DisplayName("与别人互相等待：认得出是相遇，可以再试")
  void deadlock() {
    failure = new SQLException("Deadlock found when trying to get lock", "40001", 1213);
    assertThatThrownBy(() -> engine.getRuntimeService().deleteProcessInstance(instance, "over"))
        .matches(ProblemAnswers::hasMetAnother, "may be tried again");
    failure = null;

    assertThat(variables()).isEqualTo(4);
  }

  /** One whose deletions of several rows fail as the test has it. */
  private Connection broken(Connection sound) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              boolean together =
                  method.getName().equals("prepareStatement")
                      && String.valueOf(arguments[0]).contains(" OR (ID_ = ?");
              if (together && failure != null) {
                throw failure;
              }
              try {
                return method.invoke(sound, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void changedByAnother(String variable) {
    try (Statement change =
        Context.getCommandContext()
            .getDbSqlSession()
            .getSqlSession()
            .getConnection()
            .createStatement()) {
      change.executeUpdate("UPDATE ACT_RU_VARIABLE SET REV_ = 9 WHERE NAME_ = '" + variable + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
