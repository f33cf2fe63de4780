package hotline.platform;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which numbers the engine still has an instance of; of what is over it keeps nothing. */
@Component
public class RunningInstances {
  private final JdbcClient jdbc;

  RunningInstances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Set<String> of(Collection<String> numbers) {
    return numbers.isEmpty()
        ? new HashSet<>()
        : new HashSet<>(
            jdbc.sql(
                    "SELECT DISTINCT BUSINESS_KEY_ FROM ACT_RU_EXECUTION"
                        + " WHERE BUSINESS_KEY_ IN (:numbers)")
                .param("numbers", numbers)
                .query(String.class)
                .list());
  }
}
