package hotline.workorder;

/** How much of an order a person may see (YF-12, RQ-13). */
enum Sight {
  /** How far it is, nothing of the caller or of what was said. */
  PROGRESS,
  /** The party complained of: what it is about, never from whom. */
  WITHOUT_COMPLAINANT,
  /** Whoever handles it: everything, telephone numbers masked. */
  MASKED,
  /** Those who take the calls. */
  WHOLE
}
