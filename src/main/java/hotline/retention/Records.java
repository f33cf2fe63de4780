package hotline.retention;

/** The kinds of record that are kept for a time, and which of them may be touched. */
enum Records {
  ORDERS(
      "work_order",
      "closed_at",
      """
       AND o.held_at IS NULL AND NOT EXISTS
         (SELECT 1 FROM outage u WHERE u.number = o.outage_number AND u.held_at IS NOT NULL)
      """),
  OUTAGES(
      "outage",
      "closed_at",
      """
       AND o.held_at IS NULL AND NOT EXISTS
         (SELECT 1 FROM outage_call c JOIN work_order w ON w.number = c.order_number
           WHERE c.outage_number = o.number AND w.held_at IS NOT NULL)
      """),
  ANOMALIES("network_anomaly", "noted_at", "");

  private final String table;
  private final String closedAt;
  private final String notHeld;

  Records(String table, String closedAt, String notHeld) {
    this.table = table;
    this.closedAt = closedAt;
    this.notHeld = notHeld;
  }

  String table() {
    return table;
  }

  String closedAt() {
    return closedAt;
  }

  /** Closed between :from and :before, with nothing left to do and nobody who holds it. */
  String select(boolean stillNamed) {
    return "SELECT o.number, o."
        + closedAt
        + " FROM "
        + table
        + " o WHERE o."
        + closedAt
        + " >= :from AND o."
        + closedAt
        + " < :before"
        + (stillNamed ? " AND o.anonymised_at IS NULL" : "")
        + " AND NOT EXISTS (SELECT 1 FROM work_task t"
        + " WHERE t.order_number = o.number AND t.is_open = TRUE)"
        + notHeld;
  }
}
