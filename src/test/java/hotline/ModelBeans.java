package hotline;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.Resource;

/** The product's beans by name, as its compiled classes declare them. */
final class ModelBeans {
  private static final Map<String, Class<?>> BEANS = declared();

  private ModelBeans() {}

  /** Name to declared type. */
  static Map<String, Class<?>> all() {
    return BEANS;
  }

  private static Map<String, Class<?>> declared() {
    Map<String, Class<?>> beans = new TreeMap<>();
    AnnotationBeanNameGenerator names = new AnnotationBeanNameGenerator();
    SimpleBeanDefinitionRegistry registry = new SimpleBeanDefinitionRegistry();
    ClassPathScanningCandidateComponentProvider components =
        new ClassPathScanningCandidateComponentProvider(true);
    components.addExcludeFilter((reader, factory) -> isTest(reader.getResource()));
    components.findCandidateComponents("hotline").stream()
        .map(AnnotatedBeanDefinition.class::cast)
        .forEach(
            component -> {
              Class<?> type = load(String.valueOf(component.getBeanClassName()));
              beans.put(names.generateBeanName(component, registry), type);
              Arrays.stream(type.getDeclaredMethods())
                  .filter(method -> method.isAnnotationPresent(Bean.class))
                  .forEach(method -> beans.put(name(method), method.getReturnType()));
            });
    return beans;
  }

  private static boolean isTest(Resource type) {
    return type.getDescription().contains("test-classes");
  }

  private static String name(Method method) {
    String[] names = method.getAnnotation(Bean.class).value();
    return names.length == 0 ? method.getName() : names[0];
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ModelBeans.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
