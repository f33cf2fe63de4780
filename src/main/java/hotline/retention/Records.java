package hotline.retention;

/** The kinds of record that are kept for a time, and which of them may be touched. */
enum Records {
  ORDERS(
      "work_order",
      "closed_at",
      " AND o.held_at IS NULL",
      """
      SELECT o.number FROM work_order o JOIN outage u ON u.number = o.outage_number
      WHERE o.number IN (:numbers) AND u.held_at IS NOT NULL
      """),
  OUTAGES(
      "outage",
      "closed_at",
      " AND o.held_at IS NULL",
      """
      SELECT c.outage_number FROM outage_call c JOIN work_order o ON o.number = c.order_number
      WHERE c.outage_number IN (:numbers) AND o.held_at IS NOT NULL
      """),
  ANOMALIES("network_anomaly", "noted_at", "", "");

  private final String table;
  private final String closedAt;
  private final String notHeld;
  private final String keptByAnother;

  Records(String table, String closedAt, String notHeld, String keptByAnother) {
    this.table = table;
    this.closedAt = closedAt;
    this.notHeld = notHeld;
    this.keptByAnother = keptByAnother;
  }

  String table() {
    return table;
  }

  String closedAt() {
    return closedAt;
  }

  /** Closed before that moment and not held, in that order, behind the last one read. */
  String select(boolean stillNamed) {
    return "SELECT o.id, o.number, o.CLOSED FROM TABLE o WHERE o.CLOSED >= :from"
            .replace("TABLE", table)
            .replace("CLOSED", closedAt)
        + " AND (o.CLOSED > :from OR o.id > :last) AND o.CLOSED < :before"
            .replace("CLOSED", closedAt)
        + (stillNamed ? " AND o.anonymised_at IS NULL" : "")
        + notHeld
        + " ORDER BY o.CLOSED, o.id LIMIT :size FOR UPDATE".replace("CLOSED", closedAt);
  }

  /** Of :numbers those that a hold on another record keeps; empty where there is none. */
  String keptByAnother() {
    return keptByAnother;
  }
}
