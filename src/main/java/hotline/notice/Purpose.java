package hotline.notice;

/** Why somebody is told. */
public enum Purpose {
  DISPATCH,
  WARNING,
  ESCALATION,
  EXTENSION,
  CALLBACK,
  CLOSURE,
  OUTAGE
}
