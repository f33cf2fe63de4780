package hotline.faults;

import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the people of a run were told by the product, and what they never got an answer to. */
final class Ledger {
  /** What was said in a call, by which it is known again. */
  record Call(String key, String phone, String text) {}

  /** Who did which task of which order. */
  record Act(String order, String task, String person) {}

  /** How many times something was said to have been done, and how many times nobody knows. */
  static final class Times {
    final AtomicInteger acknowledged = new AtomicInteger();
    final AtomicInteger unanswered = new AtomicInteger();
  }

  /** Acknowledged orders by their number. */
  final Map<String, Call> calls = new ConcurrentHashMap<>();

  /** Calls without an answer: they are made again with the same key. */
  final Queue<Call> unanswered = new ConcurrentLinkedQueue<>();

  /** Acknowledged tasks by their id. */
  final Map<String, Act> acts = new ConcurrentHashMap<>();

  final Set<String> doubtfulTasks = ConcurrentHashMap.newKeySet();
  final Map<String, Times> urged = new ConcurrentHashMap<>();
  final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();

  /** What must never be: an answer 500, a key that gave two orders. */
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  void answered(Node.Answer answer, String what) {
    statuses.computeIfAbsent(answer.status(), s -> new AtomicInteger()).incrementAndGet();
    if (answer.status() == 500) {
      wrong.add("500 to " + what + ": " + answer.text());
    }
  }

  void noAnswer() {
    statuses.computeIfAbsent(0, s -> new AtomicInteger()).incrementAndGet();
  }

  Times urged(String number) {
    return urged.computeIfAbsent(number, n -> new Times());
  }

  /** How much has been done so far, as far as people were told. */
  int done() {
    return calls.size() + acts.size();
  }
}
