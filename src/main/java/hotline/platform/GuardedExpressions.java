package hotline.platform;

import hotline.Refused;
import java.beans.FeatureDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ValueExpression;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * Expressions that can do no more than they are meant to: a list may ask for the reader, the
 * reader's groups and the time, and a model may ask variables and the beans meant for it; neither
 * reaches Java's classes, the engine or the application behind them.
 */
final class GuardedExpressions extends JuelExpressionManager {
  private static final Pattern IN_A_LIST =
      Pattern.compile(
          "[$#]\\{\\s*(currentUser\\(\\)|currentUserGroups\\(\\)"
              + "|(now|dateTime)\\(\\)(\\.(plus|minus|with)[A-Za-z]{1,20}\\(\\d{1,6}\\)){0,9})\\s*}");

  GuardedExpressions(Map<Object, Object> beans) {
    super(beans);
  }

  @Override
  public Expression createExpression(String text) {
    return new Guarded(createValueExpression(text), this, text);
  }

  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver all = new CompositeELResolver();
    all.add(new NoWayOut());
    all.add(super.createElResolver());
    return all;
  }

  /** Nothing runs around it: what a person writes into the query of a list. */
  private static final class Guarded extends JuelExpression {
    private Guarded(ValueExpression expression, JuelExpressionManager manager, String text) {
      super(expression, manager, text);
    }

    @Override
    public Object getValue(
        @Nullable VariableScope scope, @Nullable BaseDelegateExecution execution) {
      if (scope == null && !isLiteralText() && !IN_A_LIST.matcher(expressionText).matches()) {
        throw new Refused("列表的查询条件中只能用 currentUser()、currentUserGroups()、now()、dateTime() 这几个表达式");
      }
      return super.getValue(scope, execution);
    }
  }

  /** Asked first about every property and every call; resolves nothing itself. */
  private static final class NoWayOut extends ELResolver {
    private static final Set<String> NAMES =
        Set.of(
            "class",
            "getClass",
            "declaringClass",
            "getDeclaringClass",
            "processEngineServices",
            "getProcessEngineServices",
            "processEngine",
            "getProcessEngine");
    private static final List<Class<?>> THINGS =
        List.of(
            AnnotatedElement.class,
            ClassLoader.class,
            Runtime.class,
            Process.class,
            ProcessBuilder.class,
            Thread.class,
            BeanFactory.class,
            ProcessEngine.class);

    private static void check(@Nullable Object base, @Nullable Object name) {
      if (base != null
          && (NAMES.contains(String.valueOf(name))
              || THINGS.stream().anyMatch(thing -> thing.isInstance(base)))) {
        throw new ELException("表达式中不允许用 " + name);
      }
    }

    @Override
    public @Nullable Object getValue(
        ELContext context, @Nullable Object base, @Nullable Object property) {
      check(base, property);
      return null;
    }

    @Override
    public @Nullable Object invoke(
        ELContext context,
        @Nullable Object base,
        @Nullable Object method,
        Class<?> @Nullable [] types,
        Object @Nullable [] parameters) {
      check(base, method);
      return null;
    }

    @Override
    public @Nullable Class<?> getType(
        ELContext context, @Nullable Object base, @Nullable Object property) {
      check(base, property);
      return null;
    }

    @Override
    public void setValue(
        ELContext context,
        @Nullable Object base,
        @Nullable Object property,
        @Nullable Object value) {
      check(base, property);
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
      check(base, property);
      return false;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(
        ELContext context, @Nullable Object base) {
      return Collections.emptyIterator();
    }

    @Override
    public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
      return null;
    }
  }
}
