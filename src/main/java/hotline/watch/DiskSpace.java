package hotline.watch;

import hotline.platform.H2File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** How much room is left where the data folder and, with H2, the database file are. */
@Component("disk")
class DiskSpace implements HealthIndicator {
  private final Map<String, Path> places = new LinkedHashMap<>();
  private final long least;

  DiskSpace(
      @Value("${hotline.home}") Path home,
      @Value("${spring.datasource.url}") String database,
      WatchSettings settings) {
    places.put("home", home);
    H2File.of(database)
        .map(file -> file.base().getParent())
        .filter(folder -> !folder.startsWith(home.toAbsolutePath().normalize()))
        .ifPresent(folder -> places.put("database", folder));
    least = settings.freeSpace().toBytes();
  }

  Iterable<String> places() {
    return places.keySet();
  }

  /** Free bytes there; not a number where the disk cannot be read. */
  double free(String place) {
    Path folder = places.get(place);
    try {
      FileStore store = folder == null ? null : store(folder.toAbsolutePath());
      return store == null ? Double.NaN : store.getUsableSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Of the folder, or of what it will be made in. */
  private static @Nullable FileStore store(Path folder) throws IOException {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return Files.getFileStore(at);
      }
    }
    return null;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (String place : places.keySet()) {
      double free = free(place);
      if (Double.isNaN(free) || free < least) {
        health.status(WorkHealth.WARNING);
      }
      health.withDetail(place, Double.isNaN(free) ? "读不出" : (long) (free / 1_048_576) + " MB 可用");
    }
    return health.withDetail("告警线", least / 1_048_576 + " MB").build();
  }
}
