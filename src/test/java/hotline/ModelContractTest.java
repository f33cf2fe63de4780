package hotline;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import hotline.organisation.Role;
import hotline.platform.CompletedForms;
import hotline.workorder.Milestone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.LaneSet;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnPlane;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The diagrams and Java say the same words; decision tables are held by rules.CompletenessTest. */
@DisplayName("流程图与程序一致")
class ModelContractTest {
  private static final Path PROCESSES = Path.of("processes");
  private static final Path FORMS = Path.of("forms");
  private static final Path SOURCES = Path.of("src/main/java/hotline");
  private static final String CAMUNDA = BpmnModelConstants.CAMUNDA_NS;

  /** For steps that a process designer draws without a command of their own. */
  private static final String RECORD_STEP = "recordStep";

  private static final Pattern SPEAKING =
      Pattern.compile("(StartEvent|Event|Boundary|End|Task|Call|Sub|Gateway|Flow)(_[A-Z]\\w*?)+");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern CONDITION = Pattern.compile("\\$\\{(\\w+|outcome == '[A-Z_]+')}");
  private static final Pattern DURATION = Pattern.compile("\\bP(\\d|T)");
  private static final Pattern QUOTED_WORDS = Pattern.compile("\"([a-z]+(?:-[a-z]+)+)\"");
  private static final Pattern GROUPS = Pattern.compile("\\$\\{company}\\.(\\S+)|\\$\\{\\w+}");

  /** By what a step or a person ended; passed on besides the flow variables. */
  private static final String OUTCOME = "outcome";

  private static final List<ModelFile> MODELS = ModelFile.in(PROCESSES);

  static List<ModelFile> models() {
    return MODELS;
  }

  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  private @interface EachModel {}

  // ---- names

  @EachModel
  @DisplayName("文件名就是流程标识，有中文名称和保存期限")
  void fileIsTheProcess(ModelFile model) {
    Process process = only(all(model, Process.class));
    assertThat(process.getId()).isEqualTo(model.name());
    assertThat(process.getName()).matches(HAN.asPredicate(), "有中文");
    assertThat(process.isExecutable()).isTrue();
    assertThat(process.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
  }

  @EachModel
  @DisplayName("标识说得出含义，不是 Activity_0x… 之类")
  void idsSpeak(ModelFile model) {
    assertThat(ids(all(model, FlowElement.class)))
        .allSatisfy(id -> assertThat(id).matches(SPEAKING).doesNotContainPattern("_\\d"));
  }

  @EachModel
  @DisplayName("任务和事件都有中文名称")
  void labelsAreChinese(ModelFile model) {
    assertThat(all(model, FlowNode.class))
        .filteredOn(node -> !(node instanceof Gateway) || node instanceof EventBasedGateway)
        .allSatisfy(node -> assertThat(node.getName()).as(node.getId()).containsPattern(HAN));
  }

  // ---- branches

  @EachModel
  @DisplayName("分支提问，流线作答，总有一条默认路线")
  void gatewaysAskQuestions(ModelFile model) {
    assertThat(all(model, ExclusiveGateway.class))
        .filteredOn(gateway -> gateway.getOutgoing().size() > 1)
        .allSatisfy(
            gateway -> {
              String id = gateway.getId();
              assertThat(gateway.getName()).as(id).containsPattern(HAN).matches(".*[?？]");
              assertThat(gateway.getDefault()).as(id).isNotNull().isIn(gateway.getOutgoing());
              assertThat(gateway.getDefault().getConditionExpression()).as(id).isNull();
              assertThat(gateway.getOutgoing())
                  .allSatisfy(
                      answer ->
                          assertThat(answer.getName()).as(answer.getId()).containsPattern(HAN))
                  .filteredOn(answer -> answer != gateway.getDefault())
                  .allSatisfy(
                      answer ->
                          assertThat(answer.getConditionExpression())
                              .as(answer.getId())
                              .isNotNull());
            });
  }

  @EachModel
  @DisplayName("流线上的条件只看一个标志或结果")
  void conditionsAreBareFlags(ModelFile model) {
    assertThat(all(model, SequenceFlow.class))
        .filteredOn(flow -> flow.getConditionExpression() != null)
        .allSatisfy(
            flow -> {
              assertThat(flow.getConditionExpression().getTextContent())
                  .as(flow.getId())
                  .matches(CONDITION);
              assertThat(flow.getConditionExpression().getLanguage()).as(flow.getId()).isNull();
              assertThat(flow.getSource())
                  .as(flow.getId())
                  .isInstanceOfAny(ExclusiveGateway.class, InclusiveGateway.class);
            });
  }

  @EachModel
  @DisplayName("分与合各用各的网关")
  void splitsAndJoinsAreApart(ModelFile model) {
    assertThat(all(model, Gateway.class))
        .noneMatch(gateway -> gateway.getIncoming().size() > 1 && gateway.getOutgoing().size() > 1);
  }

  // ---- process → Java

  @EachModel
  @DisplayName("图里没有脚本、类名、直接调用的表达式，也没有写死的时长")
  void nothingButBeans(ModelFile model) {
    assertThat(model.elements())
        .allSatisfy(
            element -> {
              String id = String.valueOf(element.getAttribute("id"));
              assertThat(element.getLocalName())
                  .as(id)
                  .isNotIn("scriptTask", "script", "connector", "failedJobRetryTimeCycle");
              for (String banned :
                  List.of(
                      "class",
                      "expression",
                      "resultVariable",
                      "type",
                      "topic",
                      "decisionRef",
                      "resource",
                      "scriptFormat")) {
                assertThat(element.getAttribute(CAMUNDA, banned)).as(id + " " + banned).isNull();
                if (CAMUNDA.equals(element.getNamespaceURI())) {
                  assertThat(element.getAttribute(banned)).as(id + " " + banned).isNull();
                }
              }
            });
    assertThat(model.xml().replaceAll("camunda:historyTimeToLive=\"\\w+\"", ""))
        .doesNotContainPattern(DURATION);
  }

  @EachModel
  @DisplayName("每个服务任务、监听器都交给同名的步骤")
  void stepsAreBeans(ModelFile model) {
    assertThat(all(model, ServiceTask.class))
        .allSatisfy(
            task ->
                assertThat(task.getId())
                    .isEqualTo("Task_" + pascal(task.getCamundaDelegateExpression())));
    model.steps().forEach(ModelFile.Step::isThere);
  }

  @Test
  @DisplayName("每个步骤都有流程图在用")
  void everyStepIsUsed() {
    Set<String> used =
        Stream.concat(MODELS.stream(), releasedModels())
            .flatMap(model -> model.steps().stream())
            .map(ModelFile.Step::bean)
            .collect(toSet());
    Map<String, Class<?>> steps = new TreeMap<>(ModelBeans.all());
    steps.remove(RECORD_STEP);
    steps
        .values()
        .removeIf(
            type ->
                type != JavaDelegate.class
                    && type != TaskListener.class
                    && type != ExecutionListener.class);
    assertThat(steps).isNotEmpty();
    assertThat(used).containsAll(steps.keySet());
  }

  @EachModel
  @DisplayName("表达式只写结果、流转变量和向程序提的问题")
  void expressionsAreKnown(ModelFile model) {
    Set<String> steps = model.steps().stream().map(ModelFile.Step::bean).collect(toSet());
    assertThat(model.expressions())
        .allSatisfy(
            expression -> {
              if (ModelFile.question(expression).isEmpty()
                  && !steps.contains(expression)
                  && !expression.matches("outcome == '[A-Z_]+'")
                  && !expression.equals("execution.processBusinessKey")) {
                assertThat(CompletedForms.FLOW).contains(expression);
              }
            });
    model.questions().forEach(ModelFile.Question::isThere);
  }

  @Test
  @DisplayName("流转变量一个不多、一个不少，也不与步骤重名")
  void flowVariablesAreUsed() {
    Set<String> used =
        Stream.concat(MODELS.stream(), releasedModels())
            .flatMap(model -> model.expressions().stream())
            .collect(toSet());
    assertThat(used).containsAll(CompletedForms.FLOW);
    assertThat(ModelBeans.all()).doesNotContainKeys(CompletedForms.FLOW.toArray(String[]::new));
  }

  @Test
  @DisplayName("流线上的结果都由程序给出")
  void outcomesAreGiven() {
    String java = String.join("\n", sources(".java"));
    assertThat(
            MODELS.stream()
                .flatMap(model -> model.expressions().stream())
                .filter(expression -> expression.startsWith(OUTCOME + " == "))
                .map(expression -> expression.replaceAll(".*'(.*)'", "$1")))
        .isNotEmpty()
        .allSatisfy(
            outcome -> assertThat(java).containsPattern("\"%1$s\"|\\b%1$s\\b".formatted(outcome)));
  }

  // ---- person → Java

  @EachModel
  @DisplayName("每个用户任务有同名的表单和完成监听器，有候选组和到期时间")
  void userTasksAreForms(ModelFile model) {
    assertThat(all(model, UserTask.class))
        .allSatisfy(
            task -> {
              String form = task.getCamundaFormRef();
              assertThat(task.getId()).isEqualTo("Task_" + pascal(form));
              formIsThere(form);
              assertThat(task.getCamundaFormRefBinding()).as(task.getId()).isEqualTo("latest");
              assertThat(task.getCamundaAssignee()).as(task.getId()).isNull();
              assertThat(task.getCamundaCandidateUsers()).as(task.getId()).isNull();
              CamundaTaskListener complete =
                  only(
                      task.getExtensionElements()
                          .getElementsQuery()
                          .filterByType(CamundaTaskListener.class)
                          .list());
              assertThat(complete.getCamundaEvent()).as(task.getId()).isEqualTo("complete");
              assertThat(complete.getCamundaDelegateExpression())
                  .as(task.getId())
                  .isIn("${" + camel(form) + "}", "${" + RECORD_STEP + "}");
              candidatesAreGroups(task);
              assertThat(task.getCamundaDueDate())
                  .as(task.getId())
                  .matches("\\$\\{(dueBy\\.milestone|(outage|watch)DueBy\\.\\w+)\\(execution.*");
            });
  }

  @EachModel
  @DisplayName("由表单开始的流程也有这张表单")
  void startFormsAreThere(ModelFile model) {
    model.elements().stream()
        .filter(element -> element.getLocalName().equals("startEvent"))
        .map(element -> element.getAttribute(CAMUNDA, "formRef"))
        .filter(form -> form != null)
        .forEach(ModelContractTest::formIsThere);
  }

  private static void formIsThere(String form) {
    assertThat(form).matches("[a-z]+(-[a-z]+)*");
    assertThat(FORMS.resolve(form + ".form")).isRegularFile();
  }

  /** A role or department is fixed in the diagram or comes from a table by a flow variable. */
  private static void candidatesAreGroups(UserTask task) {
    String groups = task.getCamundaCandidateGroups();
    assertThat(groups).as(task.getId()).matches(GROUPS);
    String fixed = groups.replaceFirst("^\\$\\{company}\\.", "");
    if (!fixed.startsWith("${")) {
      assertThat(Arrays.stream(Role.values()).map(Role::code)).as(task.getId()).contains(fixed);
    }
  }

  // ---- time → Java

  @EachModel
  @DisplayName("时间都问程序：计时器必得到日期，到期时间问的是已知环节")
  void timesAreAsked(ModelFile model) {
    assertThat(all(model, TimerEventDefinition.class))
        .allSatisfy(
            timer -> {
              assertThat(timer.getTimeCycle()).as(timer.getId()).isNull();
              assertThat(timer.getTimeDuration()).as(timer.getId()).isNull();
              String asked = timer.getTimeDate().getTextContent();
              Method answer =
                  ModelFile.question(asked.substring(2, asked.length() - 1))
                      .orElseThrow(() -> new AssertionError(timer.getId() + " " + asked))
                      .isThere();
              assertThat(answer.getReturnType()).as(asked).isEqualTo(Date.class);
              assertThat(answer.getAnnotatedReturnType().isAnnotationPresent(Nullable.class))
                  .as(asked + " 不得为空")
                  .isFalse();
            });
    assertThat(model.questions())
        .allSatisfy(
            question -> {
              assertThat(question.isThere().getReturnType()).isEqualTo(Date.class);
              assertThat(question.arguments().get(0)).isEqualTo("execution");
              question.arguments().stream()
                  .skip(1)
                  .forEach(
                      milestone ->
                          assertThat(Arrays.stream(Milestone.values()).map(Milestone::name))
                              .contains(milestone.replace("'", "")));
            });
  }

  // ---- process → process

  @EachModel
  @DisplayName("调用的流程存在，只传编号、流转变量和结果")
  void calledProcessesAreThere(ModelFile model) {
    Set<String> passed = new TreeSet<>(CompletedForms.FLOW);
    passed.add(OUTCOME);
    assertThat(all(model, CallActivity.class))
        .allSatisfy(
            call -> {
              assertThat(MODELS.stream().map(ModelFile::name)).contains(call.getCalledElement());
              assertThat(call.getId()).isEqualTo("Call_" + pascal(call.getCalledElement()));
              assertThat(call.getCamundaCalledElementBinding()).as(call.getId()).isNull();
              List<CamundaIn> in = extensions(call, CamundaIn.class);
              assertThat(in)
                  .filteredOn(each -> each.getCamundaBusinessKey() != null)
                  .singleElement()
                  .satisfies(
                      key ->
                          assertThat(key.getCamundaBusinessKey())
                              .isEqualTo("#{execution.processBusinessKey}"));
              assertThat(in)
                  .filteredOn(each -> each.getCamundaBusinessKey() == null)
                  .allSatisfy(
                      each ->
                          assertThat(each.getCamundaTarget())
                              .isEqualTo(each.getCamundaSource())
                              .isIn(passed));
              assertThat(extensions(call, CamundaOut.class))
                  .allSatisfy(
                      each ->
                          assertThat(each.getCamundaTarget())
                              .isEqualTo(each.getCamundaSource())
                              .isIn(passed));
            });
  }

  // ---- Java → process

  @EachModel
  @DisplayName("等待的每条消息都写明，写明的每条消息都有人等")
  void messagesAreAwaited(ModelFile model) {
    assertThat(all(model, MessageEventDefinition.class))
        .extracting(MessageEventDefinition::getMessage)
        .doesNotContainNull()
        .containsAll(all(model, Message.class));
  }

  @Test
  @DisplayName("流程等待的消息就是程序发出的消息，方法同名")
  void messagesAreTold() {
    Set<String> awaited =
        MODELS.stream()
            .flatMap(model -> all(model, Message.class).stream())
            .map(Message::getName)
            .collect(toCollection(TreeSet::new));
    Set<String> told = new TreeSet<>();
    for (String source : sources("Process.java")) {
      QUOTED_WORDS.matcher(source).results().map(word -> word.group(1)).forEach(told::add);
    }
    MODELS.forEach(model -> told.remove(model.name()));
    assertThat(told).isEqualTo(awaited);

    Set<String> methods =
        ModelBeans.all().values().stream()
            .filter(type -> type.getSimpleName().endsWith("Process"))
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(Method::getName)
            .collect(toSet());
    assertThat(awaited)
        .allSatisfy(
            message ->
                assertThat(methods)
                    .anyMatch(
                        method ->
                            camel(message).equals(method)
                                || camel(message).endsWith(capitalized(method))));
  }

  // ---- the page

  @EachModel
  @DisplayName("一图一页：不超过 50 个图形、1900×1000 像素，没有泳道和颜色")
  void fitsOnAPage(ModelFile model) {
    assertThat(all(model, LaneSet.class)).isEmpty();
    assertThat(model.xml()).doesNotContain("bioc:", "color:");
    assertThat(all(model, BpmnPlane.class)).hasSize(1);

    Set<String> drawn = new TreeSet<>();
    Collection<BpmnShape> shapes = all(model, BpmnShape.class);
    shapes.forEach(shape -> drawn.add(shape.getBpmnElement().getId()));
    all(model, BpmnEdge.class).forEach(edge -> drawn.add(edge.getBpmnElement().getId()));
    assertThat(drawn).containsExactlyInAnyOrderElementsOf(ids(all(model, FlowElement.class)));
    assertThat(shapes).hasSizeLessThanOrEqualTo(50);

    List<double[]> corners = new ArrayList<>();
    for (Bounds box : all(model, Bounds.class)) {
      corners.add(new double[] {box.getX(), box.getY()});
      corners.add(new double[] {box.getX() + box.getWidth(), box.getY() + box.getHeight()});
    }
    for (Waypoint point : all(model, Waypoint.class)) {
      corners.add(new double[] {point.getX(), point.getY()});
    }
    assertThat(extent(corners, 0)).isLessThanOrEqualTo(1900);
    assertThat(extent(corners, 1)).isLessThanOrEqualTo(1000);
  }

  private static double extent(List<double[]> corners, int axis) {
    double least = corners.stream().mapToDouble(corner -> corner[axis]).min().orElse(0);
    return corners.stream().mapToDouble(corner -> corner[axis]).max().orElse(0) - least;
  }

  // ---- reading

  private static <T extends ModelElementInstance> Collection<T> all(
      ModelFile model, Class<T> type) {
    return model.bpmn().getModelElementsByType(type);
  }

  private static <T extends ModelElementInstance> List<T> extensions(
      CallActivity call, Class<T> type) {
    return call.getExtensionElements().getElementsQuery().filterByType(type).list();
  }

  private static List<String> ids(Collection<? extends BaseElement> elements) {
    return elements.stream().map(BaseElement::getId).toList();
  }

  private static <T> T only(Collection<T> elements) {
    assertThat(elements).hasSize(1);
    return elements.iterator().next();
  }

  private static List<String> sources(String ending) {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> sources = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(ending)).toList()) {
        sources.add(Files.readString(file));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<ModelFile> releasedModels() {
    try {
      return ReleasedModelsTest.released().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** report-work → reportWork */
  private static String camel(String words) {
    return Pattern.compile("-(.)")
        .matcher(words)
        .replaceAll((MatchResult letter) -> letter.group(1).toUpperCase(Locale.ROOT));
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** report-work, or an expression of that bean → ReportWork */
  private static String pascal(String words) {
    return capitalized(camel(words.replaceAll("[${}]", "")));
  }
}
