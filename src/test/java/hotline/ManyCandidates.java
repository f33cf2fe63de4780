package hotline;

import org.springframework.jdbc.core.simple.JdbcClient;

/** As many candidates as make the lists of a group long, of no task at all. */
public final class ManyCandidates {
  private static final int MANY = 1000;

  private ManyCandidates() {}

  public static void add(JdbcClient jdbc, String group) {
    for (int i = 0; i < MANY; i++) {
      jdbc.sql(
              "INSERT INTO ACT_RU_IDENTITYLINK (ID_, REV_, GROUP_ID_, TYPE_)"
                  + " VALUES (?, 1, ?, 'candidate')")
          .params("long-" + i, group)
          .update();
    }
  }

  public static void remove(JdbcClient jdbc) {
    jdbc.sql("DELETE FROM ACT_RU_IDENTITYLINK WHERE ID_ LIKE 'long-%'").update();
  }
}
