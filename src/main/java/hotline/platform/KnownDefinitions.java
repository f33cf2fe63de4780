package hotline.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import hotline.AfterCommit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DefaultCacheFactory;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Which diagram is the newest, and whether it is suspended, is asked of the database once in some
 * seconds and not at every step; what this node deploys itself counts at once.
 */
@Component
public class KnownDefinitions extends DeploymentCache {
  /** After this time a node sees what another one has deployed. */
  public static final Duration KNOWN_FOR = Duration.ofSeconds(10);

  private static final int MOST = 1000;

  private final Cache<String, String> ids =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KNOWN_FOR).build();
  private final AtomicLong deployments = new AtomicLong();

  KnownDefinitions() {
    super(new DefaultCacheFactory(), MOST);
  }

  /** Changes with every deployment, or removal of one, by this node. */
  public long deployments() {
    return deployments.get();
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    super.deploy(deployment);
    forget();
  }

  @Override
  public void removeProcessDefinition(String id) {
    super.removeProcessDefinition(id);
    forget();
  }

  @Override
  public void removeDecisionDefinition(String id) {
    super.removeDecisionDefinition(id);
    forget();
  }

  @Override
  public void discardProcessDefinitionCache() {
    super.discardProcessDefinitionCache();
    forget();
  }

  @Override
  public ProcessDefinitionEntity findDeployedProcessDefinitionById(String id) {
    return known("id:" + id, () -> super.findDeployedProcessDefinitionById(id));
  }

  @Override
  public ProcessDefinitionEntity findDeployedLatestProcessDefinitionByKeyAndTenantId(
      String key, @Nullable String tenant) {
    return known(
        "key:" + key + ":" + tenant,
        () -> super.findDeployedLatestProcessDefinitionByKeyAndTenantId(key, tenant));
  }

  private ProcessDefinitionEntity known(
      String question, Supplier<ProcessDefinitionEntity> database) {
    String id = ids.getIfPresent(question);
    ProcessDefinitionEntity cached = id == null ? null : findProcessDefinitionFromCache(id);
    if (cached != null) {
      return cached;
    }
    ProcessDefinitionEntity found = database.get();
    ids.put(question, found.getId());
    return found;
  }

  /** At once for this transaction, and for everybody else when it is there for them. */
  private void forget() {
    forgetNow();
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      AfterCommit.then(this::forgetNow);
    }
  }

  private void forgetNow() {
    deployments.incrementAndGet();
    ids.invalidateAll();
  }
}
