package hotline;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A city looks at the public page while calls come in: how long both take. For a demo installation
 * on this machine only, in which it leaves some eighty sample calls:
 *
 * <pre>java src/bench/java/hotline/PublicPageLoad.java http://localhost:8080 [password]</pre>
 */
public final class PublicPageLoad {
  private static final int READS_A_SECOND = 200;
  private static final int CALLS_A_SECOND = 2;
  private static final int SECONDS = 20;

  private static final String CALL =
      """
      {"company": "yunfu-water", "category": "LEAK", "description": "路边水管漏水",
       "caller": {"phone": "0766-8812345", "address": "云城区世纪大道%d号"},
       "facts": {"meterSide": "UPSTREAM", "asset": "PIPE"}}
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String login;

  private PublicPageLoad(URI base, String password) {
    this.base = base;
    this.login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("yunfu-water.agent:" + password).getBytes(StandardCharsets.UTF_8));
  }

  public static void main(String[] args) throws Exception {
    URI base = URI.create(args.length > 0 ? args[0] : "http://localhost:8080");
    if (!InetAddress.getByName(base.getHost()).isLoopbackAddress()) {
      throw new IllegalArgumentException("only an installation on this machine is put under load");
    }
    new PublicPageLoad(base, args.length > 1 ? args[1] : "Hotline-2026").run();
  }

  private void run() throws Exception {
    Series warmUp = new Series("warming up");
    warmUp.at(READS_A_SECOND / 4, 5, i -> read(i)).join();
    warmUp.at(CALLS_A_SECOND, 5, this::call).join();

    Series quiet = new Series("intake, quiet");
    quiet.at(CALLS_A_SECOND, SECONDS, this::call).join();

    Series reads = new Series("public page, " + READS_A_SECOND + "/s");
    Series calls = new Series("intake meanwhile");
    CompletableFuture<Void> reading = reads.at(READS_A_SECOND, SECONDS, i -> read(i));
    CompletableFuture<Void> calling = calls.at(CALLS_A_SECOND, SECONDS, this::call);
    CompletableFuture.allOf(reading, calling).join();

    for (Series series : List.of(quiet, calls, reads)) {
      System.out.println(series);
    }
  }

  /** Mostly browsers, some programs. */
  private HttpRequest read(int i) {
    String path = i % 10 == 9 ? "/public/outages.atom" : "/public/outages";
    return request(i % 2 == 0 ? path : path + "?company=yunfu-water")
        .header("Accept", i % 10 == 9 ? "*/*" : i % 10 > 6 ? "application/json" : "text/html")
        .build();
  }

  private HttpRequest call(int i) {
    return request("/api/work-orders")
        .header("Authorization", login)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(CALL.formatted(i + 1)))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10));
  }

  private interface Requests {
    HttpRequest at(int i);
  }

  /** One kind of request at a steady pace; its time counts from when it was due. */
  private final class Series {
    private final String name;
    private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger errors = new AtomicInteger();

    Series(String name) {
      this.name = name;
    }

    CompletableFuture<Void> at(int aSecond, int seconds, Requests requests) {
      return CompletableFuture.runAsync(
          () -> send(aSecond, seconds, requests), r -> new Thread(r).start());
    }

    private void send(int aSecond, int seconds, Requests requests) {
      List<CompletableFuture<?>> sent = new ArrayList<>();
      long begun = System.nanoTime();
      for (int i = 0; i < aSecond * seconds; i++) {
        long due = begun + i * 1_000_000_000L / aSecond;
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        sent.add(
            http.sendAsync(requests.at(i), HttpResponse.BodyHandlers.ofByteArray())
                .handle(
                    (answer, failure) -> {
                      micros.add((System.nanoTime() - due) / 1000);
                      if (failure != null || answer.statusCode() / 100 != 2) {
                        errors.incrementAndGet();
                      }
                      return answer;
                    }));
      }
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    }

    private double millis(double share) {
      List<Long> sorted = micros.stream().sorted().toList();
      return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1000.0;
    }

    @Override
    public String toString() {
      return "%-20s %5d requests, %d errors, p50 %.1f ms, p99 %.1f ms, longest %.1f ms"
          .formatted(name, micros.size(), errors.get(), millis(0.5), millis(0.99), millis(1));
    }
  }
}
