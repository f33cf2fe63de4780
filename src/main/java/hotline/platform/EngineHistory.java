package hotline.platform;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the engine remembers of the instances of a number; it is removed with the record, not by the
 * engine's own date.
 */
@Component
public class EngineHistory {
  private static final int MOST_IN_ONE_STATEMENT = 1000;

  private final ObjectProvider<HistoryService> history;
  private final JdbcClient jdbc;

  EngineHistory(ObjectProvider<HistoryService> history, JdbcClient jdbc) {
    this.history = history;
    this.jdbc = jdbc;
  }

  /** An instance that has ended, and its number; empty when it had none. */
  public record Ended(String id, String number) {}

  /** Those of the numbers of which an instance has not ended. */
  public Set<String> running(Collection<String> numbers) {
    return of(numbers).unfinished().list().stream()
        .map(HistoricProcessInstance::getBusinessKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  public void remove(Collection<String> numbers) {
    removeInstances(ids(numbers));
  }

  /** What people typed beside their tasks. */
  public void removeComments(Collection<String> numbers) {
    List<String> ids = ids(numbers);
    for (int from = 0; from < ids.size(); from += MOST_IN_ONE_STATEMENT) {
      jdbc.sql("DELETE FROM ACT_HI_COMMENT WHERE PROC_INST_ID_ IN (:ids)")
          .param("ids", ids.subList(from, Math.min(ids.size(), from + MOST_IN_ONE_STATEMENT)))
          .update();
    }
  }

  /** Instances of any kind that ended before that moment, first ended first. */
  public List<Ended> endedBefore(Instant moment, int skip, int most) {
    return history
        .getObject()
        .createHistoricProcessInstanceQuery()
        .finishedBefore(Date.from(moment))
        .orderByProcessInstanceEndTime()
        .asc()
        .orderByProcessInstanceId()
        .asc()
        .listPage(skip, most)
        .stream()
        .map(
            one -> new Ended(one.getId(), one.getBusinessKey() == null ? "" : one.getBusinessKey()))
        .toList();
  }

  public void removeInstances(Collection<String> ids) {
    if (!ids.isEmpty()) {
      history.getObject().deleteHistoricProcessInstancesBulk(List.copyOf(ids));
    }
  }

  private List<String> ids(Collection<String> numbers) {
    return of(numbers).finished().list().stream().map(HistoricProcessInstance::getId).toList();
  }

  private HistoricProcessInstanceQuery of(Collection<String> numbers) {
    return history
        .getObject()
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKeyIn(numbers.toArray(String[]::new));
  }
}
