package hotline.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The records that the running transaction has in hand: each is read once, held against others, and
 * written once before the commit, together with what follows from it.
 */
public abstract class InHand<T> {
  private final Function<String, T> holding;
  private final Function<String, T> reading;
  private final Function<T, String> number;
  private final ToLongFunction<T> version;
  private final LastWrites lastWrites;
  private final PerTransaction<Map<String, T>> records = new PerTransaction<>();

  protected InHand(
      Function<String, T> holding,
      Function<String, T> reading,
      Function<T, String> number,
      ToLongFunction<T> version,
      LastWrites lastWrites) {
    this.holding = holding;
    this.reading = reading;
    this.number = number;
    this.version = version;
    this.lastWrites = lastWrites;
  }

  /** The record in hand; outside a transaction nothing can be held, and the call is refused. */
  public T hold(String key) {
    LogContext.about(key);
    return records().computeIfAbsent(key, holding);
  }

  /** The record in hand, or as it is stored, for reading only. */
  public T look(String key) {
    Map<String, T> bound = records.bound();
    T record = bound == null ? null : bound.get(key);
    return record == null ? reading.apply(key) : record;
  }

  public void add(T record) {
    LogContext.about(number.apply(record));
    records().put(number.apply(record), record);
  }

  private Map<String, T> records() {
    return records.get(LinkedHashMap::new, all -> all.values().forEach(this::writeAndNote));
  }

  private void writeAndNote(T record) {
    write(record);
    lastWrites.of(number.apply(record), version.applyAsLong(record));
  }

  /** Before the commit, once for each record. */
  protected abstract void write(T record);
}
