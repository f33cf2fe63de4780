package hotline.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** People who act at the same moment. */
public final class AtOnce {
  private AtOnce() {}

  /** Everybody acts at once; the answers stand in the order of the acts. */
  static <A> List<A> together(List<Supplier<A>> acts) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(acts.size());
    try {
      CyclicBarrier start = new CyclicBarrier(acts.size());
      List<Future<A>> running = new ArrayList<>();
      for (Supplier<A> act : acts) {
        running.add(
            people.submit(
                () -> {
                  start.await();
                  return act.get();
                }));
      }
      List<A> answers = new ArrayList<>();
      for (Future<A> each : running) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      people.shutdownNow();
    }
  }

  /** Until it has ended, or waits for what somebody else holds. */
  public static void endedOrWaits(Future<?> happening) {
    try {
      happening.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException held) {
      // it goes on once the other lets go
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static List<Integer> statuses(List<Desk.Answer> answers) {
    return answers.stream().map(Desk.Answer::status).sorted().toList();
  }
}
