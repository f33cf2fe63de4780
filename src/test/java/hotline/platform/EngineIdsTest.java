package hotline.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("引擎各行的编号")
class EngineIdsTest {
  @Test
  @DisplayName("两个节点、八个线程同时取四十万个，没有两个相同，都是十八个字符")
  void neverTheSame() throws Exception {
    List<EngineIds> nodes =
        List.of(new EngineIds(Clock.systemUTC()), new EngineIds(Clock.systemUTC()));
    Set<String> taken = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> all =
        IntStream.range(0, 8)
            .mapToObj(
                thread ->
                    threads.submit(
                        () ->
                            IntStream.range(0, 50_000)
                                .allMatch(i -> taken.add(nodes.get(thread % 2).getNextId()))))
            .toList();
    for (Future<Boolean> each : all) {
      assertThat(each.get()).isTrue();
    }
    threads.shutdown();
    assertThat(taken).hasSize(400_000).allMatch(id -> id.matches("[0-9a-v]{18}"));
  }

  @Test
  @DisplayName("后取的排在先取的后面")
  void sortsByTime() throws Exception {
    EngineIds ids = new EngineIds(Clock.systemUTC());
    String earlier = ids.getNextId();
    Thread.sleep(2);
    assertThat(ids.getNextId()).isGreaterThan(earlier);
    assertThat(Long.parseLong(earlier.substring(0, 9), 32))
        .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
  }
}
