package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody has got a model past review and into the running product: what it cannot do there. */
@WebScenario
@DisplayName("流程图、决策表里夹带的代码：不执行")
class ForeignCodeTest {
  private static final String TAKEN = "hotline.taken";
  private static final File TOUCHED = new File("target/taken-by-a-model");

  /** In the language of expressions, which is a script language of the engine, too. */
  private static final String CODE =
      "${''.getClass().forName('java.lang.System')"
          + ".getMethod('setProperty', ''.getClass(), ''.getClass())"
          + ".invoke(null, 'hotline.taken', 'yes')}";

  private static final String SCRIPT =
      "<camunda:script scriptFormat='LANGUAGE'>CODE</camunda:script>";

  private static final String TOUCH =
      "<extensionElements><camunda:field name='command' stringValue='touch'/>"
          + "<camunda:field name='arg1' stringValue='target/taken-by-a-model'/></extensionElements>";

  private static final Map<String, String> PLACES =
      Map.of(
          "脚本任务",
          "<scriptTask id='t' scriptFormat='LANGUAGE'><script>CODE</script></scriptTask>",
          "执行监听器",
          "<manualTask id='t'><extensionElements><camunda:executionListener event='start'>"
              + SCRIPT
              + "</camunda:executionListener></extensionElements></manualTask>",
          "任务监听器",
          "<userTask id='t'><extensionElements><camunda:taskListener event='create'>"
              + SCRIPT
              + "</camunda:taskListener></extensionElements></userTask>",
          "输入映射",
          "<subProcess id='t'><extensionElements><camunda:inputOutput>"
              + "<camunda:inputParameter name='x'>"
              + SCRIPT
              + "</camunda:inputParameter></camunda:inputOutput></extensionElements>"
              + "<startEvent id='i'/></subProcess>",
          "输出映射",
          "<subProcess id='t'><extensionElements><camunda:inputOutput>"
              + "<camunda:outputParameter name='x'>"
              + SCRIPT
              + "</camunda:outputParameter></camunda:inputOutput></extensionElements>"
              + "<startEvent id='i'/></subProcess>",
          "条件",
          "<exclusiveGateway id='t' default='d'/><manualTask id='m'/>"
              + "<sequenceFlow id='d' sourceRef='t' targetRef='m'/>"
              + "<sequenceFlow id='c' sourceRef='t' targetRef='m'>"
              + "<conditionExpression xsi:type='tFormalExpression' language='LANGUAGE'>CODE"
              + "</conditionExpression></sequenceFlow>",
          "服务任务",
          "<serviceTask id='t' camunda:type='LANGUAGE'>" + TOUCH + "</serviceTask>",
          "消息",
          "<intermediateThrowEvent id='t'><messageEventDefinition camunda:type='LANGUAGE'>"
              + TOUCH
              + "</messageEventDefinition></intermediateThrowEvent>");

  /** A class of this class path that tells whether anybody made one. */
  public static final class Made {
    public Made() {
      System.setProperty(TAKEN, "made");
    }
  }

  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;
  @Autowired IdentityService identity;
  @Autowired DecisionService decisions;

  private final String key = "evil-" + UUID.randomUUID();

  @AfterEach
  void nothingHasRun() {
    try {
      assertThat(System.getProperty(TAKEN)).isNull();
      assertThat(TOUCHED).doesNotExist();
    } finally {
      System.clearProperty(TAKEN);
      TOUCHED.delete();
      repository
          .createDeploymentQuery()
          .deploymentName(key)
          .list()
          .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    }
  }

  private void deployed(String element) {
    String model =
        """
        <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='x'
          xmlns:camunda='http://camunda.org/schema/1.0/bpmn'
          xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>
        <process id='KEY' isExecutable='true' camunda:historyTimeToLive='P1D'>
        <startEvent id='s'/><sequenceFlow id='f' sourceRef='s' targetRef='t'/>ELEMENT
        </process></definitions>"""
            .replace("KEY", key)
            .replace("ELEMENT", element);
    repository.createDeployment().name(key).addString(key + ".bpmn", model).deploy();
  }

  private void runs() {
    runtime.startProcessInstanceByKey(key, Map.of("company", "yunfu-water"));
  }

  @ParameterizedTest
  @CsvSource({
    "脚本任务, juel",
    "脚本任务, javascript",
    "脚本任务, feel",
    "脚本任务, groovy",
    "执行监听器, juel",
    "执行监听器, javascript",
    "任务监听器, juel",
    "输入映射, juel",
    "输入映射, javascript",
    "输出映射, juel",
    "条件, juel",
    "服务任务, shell",
    "消息, shell"
  })
  @DisplayName("流程图里有脚本或操作系统的命令：部署不进去")
  void models(String place, String language) {
    String element = PLACES.get(place).replace("LANGUAGE", language).replace("CODE", CODE);
    assertThatThrownBy(
            () -> {
              deployed(element);
              runs();
            })
        .isInstanceOf(ProcessEngineException.class)
        .hasMessageContaining(language.equals("shell") ? "不能用 shell" : "不能用脚本");
    assertThat(repository.createDeploymentQuery().deploymentName(key).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<serviceTask id='t' camunda:class='CLASS'/>",
        "<manualTask id='t'><extensionElements><camunda:executionListener event='start' class='CLASS'/>"
            + "</extensionElements></manualTask>",
        "<userTask id='t'><extensionElements><camunda:taskListener event='create' class='CLASS'/>"
            + "</extensionElements></userTask>",
        "<userTask id='t' camunda:formHandlerClass='CLASS'/>",
        "<startEvent id='t' camunda:formHandlerClass='CLASS'/>",
        "<callActivity id='t' calledElement='x' camunda:variableMappingClass='CLASS'/>",
        "<userTask id='t'><extensionElements><camunda:formData><camunda:formField id='x' type='string'>"
            + "<camunda:validation><camunda:constraint name='validator' config='CLASS'/>"
            + "</camunda:validation></camunda:formField></camunda:formData></extensionElements></userTask>"
      })
  @DisplayName("流程图里写类名：部署不进去，这个类不会生成")
  void classes(String element) {
    assertThatThrownBy(() -> deployed(element.replace("CLASS", Made.class.getName())))
        .isInstanceOf(ProcessEngineException.class)
        .hasMessageContaining("不能写类名（第 5 行，");
    assertThat(repository.createDeploymentQuery().deploymentName(key).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CODE,
        "${''['class'].name}",
        "${execution.getProcessEngineServices().getIdentityService().deleteUser('admin')}",
        "${execution.processEngineServices.taskService}",
        "${webServerApplicationContext}",
        "${workOrders}"
      })
  @DisplayName("流程图里的表达式够不着 Java 的类、引擎和程序内部")
  void expressions(String expression) {
    deployed("<serviceTask id='t' camunda:expression=\"" + expression + "\"/>");
    assertThatThrownBy(this::runs).isInstanceOf(ProcessEngineException.class);
    assertThat(identity.createUserQuery().userId("admin").count()).isEqualTo(1);
  }

  private Object decided(String language, String text) {
    String table =
        """
        <definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='d' namespace='x'
          xmlns:camunda='http://camunda.org/schema/1.0/dmn'>
        <decision id='KEY' name='x' camunda:historyTimeToLive='1'><variable id='v' name='v'/>
        <literalExpression id='l' expressionLanguage='LANGUAGE'><text><![CDATA[CODE]]></text>
        </literalExpression></decision></definitions>"""
            .replace("KEY", key)
            .replace("LANGUAGE", language)
            .replace("CODE", text);
    repository.createDeployment().name(key).addString(key + ".dmn", table).deploy();
    return decisions.evaluateDecisionByKey(key).evaluate().getSingleEntry();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "javascript|java.lang.System.setProperty('hotline.taken', 'yes')|不能用脚本",
        "groovy|System.setProperty('hotline.taken', 'yes')|不能用脚本",
        "feel-scala|1 + 1|不能用脚本",
        "juel|{code}|不允许用 getClass",
        "feel|{f: function(a,b) external {java: {class: \"java.lang.System\", method signature:"
            + " \"setProperty(java.lang.String,java.lang.String)\"}},"
            + " r: f(\"hotline.taken\",\"yes\")}.r|External functions are disabled"
      })
  @DisplayName("决策表里写别的语言、从表达式或 FEEL 里调用 Java：判不出结果")
  void tables(String language, String text, String refusal) {
    assertThatThrownBy(() -> decided(language, text.replace("{code}", CODE)))
        .isInstanceOf(ProcessEngineException.class)
        .hasStackTraceContaining(refusal);
  }

  @Test
  @DisplayName("决策表里的 FEEL 照常")
  void feel() {
    assertThat(decided("feel", "{f: function(a) a + 1, r: f(1)}.r")).hasToString("2");
  }
}
