package hotline.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.task.Task;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the engine would ask of its tables at every step, although the answer is known here: no task
 * has sub-tasks or variables of its own, a step has one task, no message is handed over by a job,
 * nobody is given a right on a single instance, and whoever is to do a task may read it.
 */
final class KnownAnswers {
  private KnownAnswers() {}

  static List<SessionFactory> sessions() {
    LongLists lists = new LongLists();
    return List.of(
        DeletedTogether.sessions(),
        factory(TaskManager.class, () -> new Tasks(lists)),
        factory(IdentityLinkManager.class, Candidates::new),
        factory(VariableInstanceManager.class, Variables::new),
        factory(JobManager.class, Jobs::new),
        factory(AuthorizationManager.class, Authorizations::new));
  }

  private static SessionFactory factory(Class<?> type, Supplier<Session> session) {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return type;
      }

      @Override
      public Session openSession() {
        return session.get();
      }
    };
  }

  private static final class Tasks extends TaskManager {
    private final LongLists lists;

    private Tasks(LongLists lists) {
      this.lists = lists;
    }

    @Override
    public List<Task> findTasksByQueryCriteria(TaskQueryImpl query) {
      if (!isOfOwnGroups(query)) {
        return super.findTasksByQueryCriteria(query);
      }
      // the companies belong to the question
      configureQuery(query);
      return lists
          .page(query, jdbc())
          .map(this::inOrder)
          .orElseGet(() -> super.findTasksByQueryCriteria(query));
    }

    /** Those of the reader's companies, as in every other query. */
    private List<Task> inOrder(List<String> ids) {
      if (ids.isEmpty()) {
        return List.of();
      }
      TaskQueryImpl these = new TaskQueryImpl();
      these.taskIdIn(ids.toArray(String[]::new));
      these.setMaxResults(ids.size());
      List<Task> found =
          getCommandContext().runWithoutAuthorization(() -> super.findTasksByQueryCriteria(these));
      found.sort(Comparator.comparingInt(task -> ids.indexOf(task.getId())));
      return found;
    }

    @Override
    public long findTaskCountByQueryCriteria(TaskQueryImpl query) {
      if (!isOfOwnGroups(query)) {
        return super.findTaskCountByQueryCriteria(query);
      }
      configureQuery(query);
      return lists.count(query, jdbc(), () -> super.findTaskCountByQueryCriteria(query));
    }

    private JdbcClient jdbc() {
      return EngineTransaction.jdbc(getDbSqlSession());
    }

    private boolean isOfOwnGroups(TaskQueryImpl query) {
      Authentication reader = getCurrentAuthentication();
      return reader != null && query.getQueries().size() == 1 && areOwnGroups(query, reader);
    }

    /**
     * The engine joins each task with each right of the reader: at a few thousand tasks that takes
     * seconds. A candidate and an assignee may read their task, so what asks for nothing else needs
     * no such join; a single task's right is looked up by itself.
     */
    @Override
    protected void configureQuery(TaskQueryImpl query) {
      super.configureQuery(query);
      Authentication reader = getCurrentAuthentication();
      if (reader != null && query.getQueries().size() == 1 && mayReadAll(query, reader)) {
        query.getAuthCheck().setAuthorizationCheckEnabled(false);
      }
    }

    private boolean mayReadAll(TaskQueryImpl query, Authentication reader) {
      if (query.getTaskId() != null) {
        return getAuthorizationManager()
            .isAuthorized(TaskPermissions.READ, Resources.TASK, query.getTaskId());
      }
      return reader.getUserId().equals(query.getAssignee()) || areOwnGroups(query, reader);
    }

    private static boolean areOwnGroups(TaskQueryImpl query, Authentication reader) {
      if (query.getCandidateUser() != null || query.getCandidateGroupLike() != null) {
        return false;
      }
      List<String> groups = query.getCandidateGroups();
      return groups != null
          && !groups.isEmpty()
          && reader.getGroupIds() != null
          && reader.getGroupIds().containsAll(groups);
    }

    @Override
    public List<Task> findTasksByParentTaskId(String parentTaskId) {
      return List.of();
    }

    @Override
    public List<TaskEntity> findTasksByExecutionId(String executionId) {
      List<TaskEntity> inHand =
          getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
              .filter(task -> executionId.equals(task.getExecutionId()))
              .collect(Collectors.toCollection(ArrayList::new));
      return inHand.isEmpty() ? super.findTasksByExecutionId(executionId) : inHand;
    }

    @Override
    public void deleteTask(TaskEntity task, String reason, boolean cascade, boolean skipListeners) {
      if (!getDbEntityManager().getDbEntityCache().isTransient(task)) {
        ((Candidates) getIdentityLinkManager()).goWith(task.getId());
      }
      super.deleteTask(task, reason, cascade, skipListeners);
    }
  }

  /** The database deletes a task's candidates with the task: V22. */
  private static final class Candidates extends IdentityLinkManager {
    private final Set<String> deleted = new HashSet<>();

    private void goWith(String taskId) {
      deleted.add(taskId);
    }

    @Override
    public List<IdentityLinkEntity> findIdentityLinksByTaskId(String taskId) {
      return deleted.contains(taskId) ? List.of() : super.findIdentityLinksByTaskId(taskId);
    }
  }

  private static final class Variables extends VariableInstanceManager {
    @Override
    public List<VariableInstanceEntity> findVariableInstancesByTaskId(String taskId) {
      return List.of();
    }
  }

  private static final class Jobs extends JobManager {
    @Override
    public List<JobEntity> findJobsByConfiguration(
        String handlerType, String configuration, String tenantId) {
      return handlerType.equals(ProcessEventJobHandler.TYPE)
          ? List.of()
          : super.findJobsByConfiguration(handlerType, configuration, tenantId);
    }
  }

  private static final class Authorizations extends AuthorizationManager {
    @Override
    public void deleteAuthorizationsByResourceId(Resource resource, String resourceId) {
      if (resource != Resources.PROCESS_INSTANCE) {
        super.deleteAuthorizationsByResourceId(resource, resourceId);
      }
    }
  }
}
