package hotline.platform;

import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/** The rights of a task's candidates; for a task that is only just made none are looked for. */
final class TaskRights extends DefaultAuthorizationProvider {
  private final ThreadLocal<Boolean> isNew = ThreadLocal.withInitial(() -> false);

  @Override
  protected AuthorizationEntity createOrUpdateAuthorization(
      Task task,
      @Nullable String groupId,
      @Nullable String userId,
      Resource resource,
      boolean isHistoric,
      Permission... permissions) {
    isNew.set(
        task instanceof TaskEntity entity
            && Context.getCommandContext()
                .getDbEntityManager()
                .getDbEntityCache()
                .isTransient(entity));
    try {
      return super.createOrUpdateAuthorization(
          task, groupId, userId, resource, isHistoric, permissions);
    } finally {
      isNew.remove();
    }
  }

  @Override
  protected @Nullable AuthorizationEntity getGrantAuthorization(
      String taskId, @Nullable String userId, @Nullable String groupId, Resource resource) {
    return isNew.get() ? null : super.getGrantAuthorization(taskId, userId, groupId, resource);
  }
}
