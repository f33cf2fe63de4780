package hotline.platform;

import org.camunda.bpm.engine.impl.db.sql.DbSqlSession;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Our own SQL within what the engine is just doing. */
final class EngineTransaction {
  private EngineTransaction() {}

  static JdbcClient jdbc(DbSqlSession session) {
    return JdbcClient.create(
        new SingleConnectionDataSource(session.getSqlSession().getConnection(), true));
  }
}
