package hotline.platform;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.persistence.GenericManagerFactory;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The engine as this product runs it: models reach only the beans meant for them and bring no code
 * of their own, every instance belongs to a company, whoever must act next is registered without
 * the diagram saying so, and passwords are kept slow to guess.
 */
@Component
class EngineSetup extends AbstractProcessEnginePlugin {
  private final BeanFactory beans;
  private final ObjectProvider<BpmnParseListener> parseListeners;
  private final ObjectProvider<TenantIdProvider> tenants;
  private final ObjectProvider<KnownDefinitions> definitions;

  EngineSetup(
      BeanFactory beans,
      ObjectProvider<BpmnParseListener> parseListeners,
      ObjectProvider<TenantIdProvider> tenants,
      ObjectProvider<KnownDefinitions> definitions) {
    this.beans = beans;
    this.parseListeners = parseListeners;
    this.tenants = tenants;
    this.definitions = definitions;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    ModelBeans meant = new ModelBeans(beans);
    ((SpringProcessEngineConfiguration) configuration).setBeans(meant);
    configuration.setExpressionManager(new GuardedExpressions(meant));
    NoForeignCode.in(configuration);
    configuration.setPasswordEncryptor(new SlowHash());
    configuration.setIdentityProviderSessionFactory(
        new GenericManagerFactory(LastAdministrator.class));
    List<BpmnParseListener> listeners = new ArrayList<>(parseListeners.stream().toList());
    if (configuration.getCustomPostBPMNParseListeners() != null) {
      listeners.addAll(configuration.getCustomPostBPMNParseListeners());
    }
    configuration.setCustomPostBPMNParseListeners(listeners);
    tenants.ifAvailable(configuration::setTenantIdProvider);
    configuration.setResourceAuthorizationProvider(new TaskRights());
    configuration.setCustomSessionFactories(KnownAnswers.sessions());
    configuration.setCustomPreCommandInterceptorsTxRequired(List.of(new RetriedCommands()));
  }

  /** The engine gives its deployers only to a cache that it makes itself. */
  @Override
  public void postInit(ProcessEngineConfigurationImpl configuration) {
    definitions.ifAvailable(
        known -> {
          known.setDeployers(configuration.getDeployers());
          configuration.setDeploymentCache(known);
        });
  }

  /** The beans that an expression in a model may name, looked up when it is evaluated. */
  private static final class ModelBeans extends AbstractMap<Object, Object> {
    private static final List<Class<?>> MEANT =
        List.of(JavaDelegate.class, TaskListener.class, ExecutionListener.class, ForModels.class);
    private final BeanFactory beans;

    private ModelBeans(BeanFactory beans) {
      this.beans = beans;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
      return name instanceof String bean
          && beans.containsBean(bean)
          && MEANT.stream().anyMatch(type -> beans.isTypeMatch(bean, type));
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
      return name instanceof String bean && containsKey(bean) ? beans.getBean(bean) : null;
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      return Set.of();
    }
  }
}
