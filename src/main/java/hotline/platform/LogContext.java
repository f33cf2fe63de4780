package hotline.platform;

import hotline.AfterCommit;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What log lines carry besides their words: which order or outage, task, person and call. */
public final class LogContext {
  public static final String ORDER = "order";
  static final String TASK = "task";
  static final String USER = "user";
  static final String REQUEST = "request";

  private LogContext() {}

  /** Every line of the running transaction is about this order, unless one was named before. */
  static void about(String number) {
    if (MDC.get(ORDER) != null || !TransactionSynchronizationManager.isSynchronizationActive()) {
      return;
    }
    MDC.put(ORDER, number);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            MDC.remove(ORDER);
          }
        });
  }

  /** Once the running transaction is committed, that line is logged as one about this order. */
  public static void onceCommitted(String number, Runnable line) {
    AfterCommit.then(
        () -> {
          String before = MDC.get(ORDER);
          MDC.put(ORDER, number);
          try {
            line.run();
          } finally {
            if (before == null) {
              MDC.remove(ORDER);
            } else {
              MDC.put(ORDER, before);
            }
          }
        });
  }
}
