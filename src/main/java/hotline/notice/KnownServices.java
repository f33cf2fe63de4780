package hotline.notice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which jar registers a service: Jakarta Mail searches all of them anew for every header
 * that it encodes.
 */
final class KnownServices extends ClassLoader {
  private final Map<String, List<URL>> known = new ConcurrentHashMap<>();

  KnownServices(ClassLoader parent) {
    super(parent);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.startsWith("META-INF/services/")
        ? Collections.enumeration(known.computeIfAbsent(name, this::found))
        : super.getResources(name);
  }

  private List<URL> found(String name) {
    try {
      return Collections.list(super.getResources(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
