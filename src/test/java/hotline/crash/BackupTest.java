package hotline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("备份与恢复（H2）：不停机备份，恢复后一单不少、接着办；残缺的文件不启动")
class BackupTest {
  private static final String AGENT = "yunfu-water.agent";
  private static final String WORDS = "备份前的来电 𠮷 😀";
  private static final int BEFORE = 25;

  @TempDir Path home;
  @TempDir Path restored;

  @Test
  @DisplayName("边受理边备份，之后断电：备份恢复到新目录，备份前的工单都在，能继续办理和受理")
  void backupWhileCallsComeIn() throws Exception {
    List<String> before = new ArrayList<>();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    String file;
    try (OwnProcess product = new OwnProcess(home)) {
      product.start();
      for (int i = 0; i < BEFORE; i++) {
        before.add(product.taken(WORDS));
      }
      assertThat(product.post("/api/backup", AGENT, Map.of()).statusCode()).isEqualTo(403);
      AtomicBoolean enough = new AtomicBoolean();
      List<Throwable> failures = new ArrayList<>();
      Thread calls =
          new Thread(
              () -> {
                while (!enough.get()) {
                  try {
                    acknowledged.add(product.taken(WORDS));
                  } catch (Exception | AssertionError e) {
                    failures.add(e);
                    return;
                  }
                }
              });
      calls.start();
      HttpResponse<String> written = product.post("/api/backup", "admin", Map.of());
      enough.set(true);
      calls.join();
      assertThat(failures).isEmpty();
      assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
      JsonNode backup = OwnProcess.JSON.readTree(written.body());
      assertThat(backup.path("orders").asInt()).isGreaterThanOrEqualTo(BEFORE);
      file = backup.path("file").asText();
      assertThat(file).matches("backup/hotline-\\d{8}-\\d{6}\\.zip");
      acknowledged.add(product.taken(WORDS));
      acknowledged.addAll(before);
      product.kill();
    }
    assertThat(home.resolve("backup").toFile().list())
        .containsExactly(file.substring("backup/".length()));
    unzip(home.resolve(file), restored.resolve("db"));
    cutFilesDoNotStart(acknowledged);
    try (OwnProcess product = new OwnProcess(restored)) {
      product.start();
      for (String number : before) {
        JsonNode order = product.read("/api/work-orders/" + number, AGENT);
        assertThat(order.path("waitingFor")).as(number).isNotEmpty();
        assertThat(order.path("description").asText()).isEqualTo(WORDS);
      }
      String task =
          product
              .read("/api/tasks?order=" + before.get(0), "yunfu-water.business")
              .path("items")
              .path(0)
              .path("id")
              .asText();
      HttpResponse<String> accepted =
          product.post(
              "/api/tasks/" + task + "/complete",
              "yunfu-water.business",
              Map.of("outcome", "ACCEPT"));
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      product.taken(WORDS);
    }
  }

  private static void unzip(Path zip, Path folder) throws Exception {
    Files.createDirectories(folder);
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      assertThat(entries.getNextEntry().getName()).isEqualTo("hotline.mv.db");
      Files.copy(entries, folder.resolve("hotline.mv.db"));
    }
  }

  /**
   * The killed product's own file, cut: exit code and advice, the file stays as it is. Where only
   * the last page is missing the product may run, if every acknowledged order is there.
   */
  private void cutFilesDoNotStart(Collection<String> acknowledged) throws Exception {
    Path data = home.resolve("db/hotline.mv.db");
    Path whole = home.resolve("whole");
    Files.copy(data, whole);
    long size = Files.size(whole);
    for (long length : new long[] {1, size / 2, size - 4096, size}) {
      Files.copy(whole, data, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel cut = FileChannel.open(data, StandardOpenOption.WRITE)) {
        cut.truncate(length);
      }
      try (OwnProcess product = new OwnProcess(home)) {
        Optional<String> refusal = product.refusal();
        if (refusal.isEmpty()) {
          assertThat(length).isGreaterThan(size / 2);
          for (String number : acknowledged) {
            product.read("/api/work-orders/" + number, AGENT);
          }
        } else {
          assertThat(length).isLessThan(size);
          assertThat(refusal.get())
              .as("cut to " + length)
              .contains("没有启动", data.toString(), "不要删除", "docs/backup.zh.md")
              .doesNotContain("\tat ");
          assertThat(Files.size(data)).isEqualTo(length);
        }
      }
    }
  }
}
