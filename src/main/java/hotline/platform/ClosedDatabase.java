package hotline.platform;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * After a write that failed, on a full disk for instance, H2 closes the database: connections to it
 * are good for nothing any more, though they say they are. They leave the pool, and the next one
 * opens the file anew.
 */
public class ClosedDatabase implements SQLExceptionOverride {
  /** DATABASE_IS_CLOSED, DATABASE_CALLED_AT_SHUTDOWN, OBJECT_CLOSED. */
  private static final Set<Integer> CLOSED = Set.of(90098, 90121, 90007);

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return CLOSED.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
