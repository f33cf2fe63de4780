package hotline;

import static org.assertj.core.api.Assertions.assertThat;

import hotline.platform.ForModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.xml.instance.DomElement;

/** One diagram as the designer saved it, and what it asks of Java. */
record ModelFile(Path path, String xml, BpmnModelInstance bpmn) {
  private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{(.*?)}");
  private static final Pattern QUESTION = Pattern.compile("(\\w+)\\.(\\w+)\\((.*)\\)");

  /** A step that a diagram has done by a bean of this kind. */
  record Step(String bean, Class<?> kind) {
    void isThere() {
      assertThat(ModelBeans.all()).as("没有名为 %s 的步骤", bean).containsKey(bean);
      assertThat(kind).as(bean).isAssignableFrom(ModelBeans.all().get(bean));
    }
  }

  /** A question that a diagram puts to a bean, with the arguments as written. */
  record Question(String bean, String method, List<String> arguments) {
    /** Only a public method of a public bean meant for the models can be called by one. */
    Method isThere() {
      assertThat(ModelBeans.all()).as("没有名为 %s 的答问者", bean).containsKey(bean);
      Class<?> type = ModelBeans.all().get(bean);
      assertThat(ForModels.class).as(bean).isAssignableFrom(type);
      assertThat(type).isPublic();
      List<Method> found =
          Arrays.stream(type.getDeclaredMethods())
              .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic())
              .filter(each -> each.getName().equals(method))
              .filter(each -> each.getParameterCount() == arguments.size())
              .toList();
      assertThat(found).as(bean + "." + method).hasSize(1);
      return found.get(0);
    }
  }

  static List<ModelFile> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<ModelFile> models = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".bpmn")).sorted().toList()) {
        models.add(
            new ModelFile(file, Files.readString(file), Bpmn.readModelFromFile(file.toFile())));
      }
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return path.getFileName().toString().replaceFirst("\\.bpmn$", "");
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** The inside of every expression of the diagram. */
  List<String> expressions() {
    return EXPRESSION.matcher(xml).results().map(found -> found.group(1)).toList();
  }

  List<DomElement> elements() {
    List<DomElement> elements = new ArrayList<>();
    collect(bpmn.getDocument().getRootElement(), elements);
    return elements;
  }

  private static void collect(DomElement element, List<DomElement> into) {
    into.add(element);
    element.getChildElements().forEach(child -> collect(child, into));
  }

  Set<Step> steps() {
    Set<Step> steps = new LinkedHashSet<>();
    for (DomElement element : elements()) {
      String delegate = element.getAttribute(BpmnModelConstants.CAMUNDA_NS, "delegateExpression");
      String listener = element.getAttribute("delegateExpression");
      String expression = delegate != null ? delegate : listener;
      if (expression != null) {
        assertThat(expression).as(name()).matches("\\$\\{\\w+}");
        steps.add(new Step(expression.replaceAll("\\W", ""), kind(element.getLocalName())));
      }
    }
    return steps;
  }

  private static Class<?> kind(String element) {
    return switch (element) {
      case "taskListener" -> TaskListener.class;
      case "executionListener" -> ExecutionListener.class;
      default -> JavaDelegate.class;
    };
  }

  Set<Question> questions() {
    Set<Question> questions = new LinkedHashSet<>();
    expressions().forEach(expression -> question(expression).ifPresent(questions::add));
    return questions;
  }

  static Optional<Question> question(String expression) {
    return QUESTION
        .matcher(expression)
        .results()
        .findFirst()
        .filter(found -> found.group().equals(expression))
        .map(ModelFile::question);
  }

  private static Question question(MatchResult found) {
    return new Question(
        found.group(1),
        found.group(2),
        found.group(3).isEmpty() ? List.of() : List.of(found.group(3).split("\\s*,\\s*")));
  }
}
