package hotline.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.slf4j.LoggerFactory;

/**
 * Every fault that an installation must stand, one after another, against the packaged product:
 *
 * <pre>mvn -Pfaults verify [-Drun=kill-h2,mail]</pre>
 *
 * <p>Needed on the machine: MariaDB's server, and for single runs root (disk) and faketime
 * (clocks).
 */
public final class Faults {
  interface Run {
    void on(Stage stage) throws Exception;
  }

  private static final Map<String, Run> RUNS = new LinkedHashMap<>();

  static {
    RUNS.put("kill-h2", Killed::onH2);
    RUNS.put("kill-mariadb", Killed::onMariaDb);
    RUNS.put("database", Killed::database);
    RUNS.put("pause", Paused::run);
    RUNS.put("disk", DiskFull::run);
    RUNS.put("mail", MailDown::run);
    RUNS.put("same-key", AtOnce::sameKey);
    RUNS.put("same-task", AtOnce::sameTask);
    RUNS.put("timers", DueTimers::run);
    RUNS.put("clocks", Clocks::run);
  }

  private Faults() {}

  public static void main(String[] args) throws Exception {
    // the engine's moments in MySQL are those of its process
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Shanghai"));
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    List<String> wanted =
        args.length == 0 || args[0].isBlank() || args[0].equals("all")
            ? List.copyOf(RUNS.keySet())
            : List.of(args[0].split(",", -1));
    List<Result> results = new ArrayList<>();
    for (String name : wanted) {
      Run run = RUNS.get(name);
      if (run == null) {
        System.err.println("no run " + name + "; there are " + RUNS.keySet());
        System.exit(2);
      }
      Instant begun = Instant.now();
      System.out.println("…      " + name);
      Result result;
      try (Stage stage = new Stage(name)) {
        result = stage.result;
        try {
          run.on(stage);
        } catch (Exception e) {
          result.broken.add("the run broke off: " + e);
          e.printStackTrace();
        }
      }
      result.figure("s", Duration.between(begun, Instant.now()).toSeconds());
      results.add(result);
      System.out.println(result);
    }
    System.out.println("\n" + "-".repeat(72));
    results.forEach(System.out::println);
    System.exit(results.stream().allMatch(result -> result.broken.isEmpty()) ? 0 : 1);
  }
}
