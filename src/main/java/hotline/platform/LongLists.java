package hotline.platform;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.Direction;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.TaskQueryProperty;
import org.camunda.bpm.engine.impl.db.TenantCheck;
import org.camunda.bpm.engine.impl.json.JsonTaskQueryConverter;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lists of Tasklist in a storm. The engine finds all tasks of the reader's groups, sorts them
 * and shows fifteen, and counts all once more. Where more than a thousand wait, a page is read in
 * the order of the list instead, by an index (V25), and a count is remembered for ten seconds.
 */
final class LongLists {
  private static final JsonTaskQueryConverter CONVERTER = new JsonTaskQueryConverter();

  /** What is asked for in Tasklist's lists; with anything else it is the engine's to answer. */
  private static final Set<String> KNOWN =
      Set.of(
          JsonTaskQueryConverter.CANDIDATE_GROUP,
          JsonTaskQueryConverter.CANDIDATE_GROUPS,
          JsonTaskQueryConverter.INCLUDE_ASSIGNED_TASKS,
          JsonTaskQueryConverter.UNASSIGNED,
          JsonTaskQueryConverter.ASSIGNED,
          JsonTaskQueryConverter.ACTIVE,
          JsonTaskQueryConverter.DUE_BEFORE,
          JsonTaskQueryConverter.DUE_AFTER,
          JsonTaskQueryConverter.ORDERING_PROPERTIES);

  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private record Question(
      Set<String> groups,
      @Nullable Set<String> companies,
      boolean active,
      boolean unassigned,
      boolean assigned,
      @Nullable Long dueBefore,
      @Nullable Long dueAfter) {}

  /** A number, and when it was counted by the ticker, in nanoseconds. */
  private record Counted(long number, long at) {}

  private final int many;
  private final int lookedThrough;
  private final int atOnce;

  private final Ticker ticker;
  private final Cache<Question, Counted> counts;
  private final Set<Question> beingCounted = ConcurrentHashMap.newKeySet();

  LongLists() {
    this(1000, 4000, 200, Ticker.systemTicker());
  }

  /**
   * From how many tasks a list is long, how many tasks of all groups are looked through for one
   * page at most, and how many at first.
   */
  LongLists(int many, int lookedThrough, int atOnce, Ticker ticker) {
    this.many = many;
    this.lookedThrough = lookedThrough;
    this.atOnce = atOnce;
    this.ticker = ticker;
    this.counts =
        Caffeine.newBuilder()
            .maximumSize(1000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .ticker(ticker)
            .build();
  }

  /** The ids of the page in its order; empty: the engine does as well. */
  Optional<List<String>> page(TaskQueryImpl query, JdbcClient jdbc) {
    if (query.getMaxResults() > lookedThrough
        || query.getFirstResult() > lookedThrough
        || !isKnown(query)
        || !isMostUrgentFirst(query)) {
      return Optional.empty();
    }
    int wanted = query.getFirstResult() + query.getMaxResults();
    if (!isLong(query, jdbc)) {
      return Optional.empty();
    }
    int most = Math.min(atOnce, lookedThrough);
    while (true) {
      List<String> tasks = mostUrgent(query, jdbc, most);
      Set<String> own = own(query, jdbc, tasks);
      List<String> found = tasks.stream().filter(own::contains).toList();
      if (found.size() >= wanted || tasks.size() < most) {
        return Optional.of(
            found.subList(
                Math.min(query.getFirstResult(), found.size()), Math.min(wanted, found.size())));
      }
      if (most == lookedThrough) {
        return Optional.empty();
      }
      most = Math.min(4 * most, lookedThrough);
    }
  }

  /**
   * How many there are, or were ten seconds ago; while one reader counts anew, the others are told
   * the last number.
   */
  long count(TaskQueryImpl query, JdbcClient jdbc, Supplier<Long> counted) {
    if (!isKnown(query) || !isLong(query, jdbc)) {
      return counted.get();
    }
    Question question =
        new Question(
            Set.copyOf(query.getCandidateGroups()),
            companies(query),
            isActive(query),
            isUnassigned(query),
            isAssigned(query),
            fromNow(query.getDueBefore()),
            fromNow(query.getDueAfter()));
    Counted known = counts.getIfPresent(question);
    if (known != null && ticker.read() - known.at() < REMEMBERED.toNanos()) {
      return known.number();
    }
    boolean alone = beingCounted.add(question);
    if (known != null && !alone) {
      return known.number();
    }
    try {
      long number = counted.get();
      counts.put(question, new Counted(number, ticker.read()));
      return number;
    } finally {
      if (alone) {
        beingCounted.remove(question);
      }
    }
  }

  private static boolean isKnown(TaskQueryImpl query) {
    Set<String> asked = new HashSet<>(CONVERTER.toJsonObject(query).keySet());
    String[] instances = query.getProcessInstanceIdIn();
    if (instances != null && instances.length == 0) {
      // the web apps always ask for none in particular
      asked.remove(JsonTaskQueryConverter.PROCESS_INSTANCE_ID_IN);
    }
    return KNOWN.containsAll(asked);
  }

  private static boolean isMostUrgentFirst(TaskQueryImpl query) {
    List<QueryOrderingProperty> order = query.getOrderingProperties();
    return order.size() == 2
        && TaskQueryProperty.PRIORITY.equals(order.get(0).getQueryProperty())
        && Direction.DESCENDING.equals(order.get(0).getDirection())
        && TaskQueryProperty.DUE_DATE.equals(order.get(1).getQueryProperty())
        && Direction.ASCENDING.equals(order.get(1).getDirection());
  }

  private boolean isLong(TaskQueryImpl query, JdbcClient jdbc) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM (SELECT GROUP_ID_ FROM ACT_RU_IDENTITYLINK"
                    + " WHERE GROUP_ID_ IN (:groups) LIMIT "
                    + many
                    + ") AS links")
            .param("groups", query.getCandidateGroups())
            .query(Integer.class)
            .single()
        >= many;
  }

  /** Whose tasks the reader may see; null: everybody's. */
  private static @Nullable Set<String> companies(TaskQueryImpl query) {
    TenantCheck check = query.getTenantCheck();
    if (!check.isTenantCheckEnabled()) {
      return null;
    }
    return check.getAuthTenantIds() == null ? Set.of() : Set.copyOf(check.getAuthTenantIds());
  }

  private static boolean isActive(TaskQueryImpl query) {
    return SuspensionState.ACTIVE.equals(query.getSuspensionState());
  }

  private static boolean isUnassigned(TaskQueryImpl query) {
    return Boolean.TRUE.equals(query.isUnassigned())
        || !Boolean.TRUE.equals(query.isIncludeAssignedTasks());
  }

  private static boolean isAssigned(TaskQueryImpl query) {
    return Boolean.TRUE.equals(query.isAssigned());
  }

  /** In minutes: what is due within a day is the same question all day. */
  private static @Nullable Long fromNow(@Nullable Date date) {
    return date == null
        ? null
        : Math.round((date.getTime() - ClockUtil.getCurrentTime().getTime()) / 60_000.0);
  }

  private static List<String> mostUrgent(TaskQueryImpl query, JdbcClient jdbc, int most) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder where = new StringBuilder("1 = 1");
    Set<String> companies = companies(query);
    if (companies != null) {
      where.append(" AND (TENANT_ID_ IS NULL");
      if (!companies.isEmpty()) {
        where.append(" OR TENANT_ID_ IN (:companies)");
        parameters.put("companies", companies);
      }
      where.append(")");
    }
    if (isActive(query)) {
      where.append(" AND SUSPENSION_STATE_ = ").append(SuspensionState.ACTIVE.getStateCode());
    }
    if (isUnassigned(query)) {
      where.append(" AND ASSIGNEE_ IS NULL");
    }
    if (isAssigned(query)) {
      where.append(" AND ASSIGNEE_ IS NOT NULL");
    }
    if (query.getDueBefore() != null) {
      where.append(" AND DUE_DATE_ < :before");
      parameters.put("before", new Timestamp(query.getDueBefore().getTime()));
    }
    if (query.getDueAfter() != null) {
      where.append(" AND DUE_DATE_ > :after");
      parameters.put("after", new Timestamp(query.getDueAfter().getTime()));
    }
    return jdbc.sql(
            "SELECT ID_ FROM ACT_RU_TASK USE INDEX (HOTLINE_IDX_TASK_URGENT) WHERE "
                + where
                + " ORDER BY PRIORITY_ DESC, DUE_DATE_, ID_ LIMIT "
                + most)
        .params(parameters)
        .query(String.class)
        .list();
  }

  private static Set<String> own(TaskQueryImpl query, JdbcClient jdbc, List<String> tasks) {
    if (tasks.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        jdbc.sql(
                "SELECT TASK_ID_ FROM ACT_RU_IDENTITYLINK WHERE TASK_ID_ IN (:tasks)"
                    + " AND TYPE_ = 'candidate' AND GROUP_ID_ IN (:groups)")
            .param("tasks", tasks)
            .param("groups", query.getCandidateGroups())
            .query(String.class)
            .list());
  }
}
