package hotline.notice;

/** The way by which somebody is told; PHONE is a person's call and never the worker's. */
public enum Channel {
  SMS,
  EMAIL,
  PHONE,
  WECHAT,
  WEBSITE,
  MESSENGER
}
