package hotline.platform;

import static java.util.Collections.nCopies;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.exceptions.PersistenceException;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.FlushResult;
import org.camunda.bpm.engine.impl.db.HasDbRevision;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbEntityOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperation;
import org.camunda.bpm.engine.impl.db.entitymanager.operation.DbOperationType;
import org.camunda.bpm.engine.impl.db.sql.BatchDbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.camunda.bpm.engine.impl.db.sql.DbSqlSessionFactory;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;

/**
 * A transaction deletes an instance's variables in one statement, and so its subscriptions, where
 * the engine takes one for each row. Each row must still be at the revision that was read, else the
 * command is done anew; it is Spring's transaction that takes back what was deleted.
 */
final class DeletedTogether extends BatchDbSqlSession {
  private static final Map<Class<?>, String> TABLES =
      Map.of(
          VariableInstanceEntity.class, "ACT_RU_VARIABLE",
          EventSubscriptionEntity.class, "ACT_RU_EVENT_SUBSCR");

  private DeletedTogether(DbSqlSessionFactory factory) {
    super(factory);
  }

  static SessionFactory sessions() {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return DbSqlSession.class;
      }

      @Override
      public Session openSession() {
        return new DeletedTogether(
            Context.getProcessEngineConfiguration().getDbSqlSessionFactory());
      }
    };
  }

  @Override
  public FlushResult executeDbOperations(List<DbOperation> operations) {
    List<DbOperation> others = new ArrayList<>(operations);
    for (Map.Entry<Class<?>, String> table : TABLES.entrySet()) {
      List<DbOperation> deletions =
          operations.stream()
              .filter(
                  each ->
                      each.getOperationType() == DbOperationType.DELETE
                          && each.getEntityType() == table.getKey())
              .toList();
      if (deletions.size() > 1) {
        others.removeAll(deletions);
        if (delete(table.getValue(), deletions) != deletions.size()) {
          deletions.forEach(
              each -> each.setState(DbOperation.State.FAILED_CONCURRENT_MODIFICATION));
          return FlushResult.withFailures(deletions);
        }
        deletions.forEach(each -> each.setState(DbOperation.State.APPLIED));
      }
    }
    return super.executeDbOperations(others);
  }

  private int delete(String table, List<DbOperation> deletions) {
    String rows = String.join(" OR ", nCopies(deletions.size(), "(ID_ = ? AND REV_ = ?)"));
    String sql = "DELETE FROM " + table + " WHERE " + rows;
    try (PreparedStatement delete = sqlSession.getConnection().prepareStatement(sql)) {
      int parameter = 1;
      for (DbOperation each : deletions) {
        DbEntity row = ((DbEntityOperation) each).getEntity();
        delete.setString(parameter++, row.getId());
        delete.setInt(parameter++, ((HasDbRevision) row).getRevision());
      }
      return delete.executeUpdate();
    } catch (SQLException e) {
      // as the engine expects it, which tells a deadlock by it
      throw new PersistenceException(e);
    }
  }
}
