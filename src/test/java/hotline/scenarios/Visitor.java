package hotline.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;

/**
 * Somebody in front of a browser, or a program: keeps cookies and sends the token against other
 * websites as the web apps' pages do.
 */
public final class Visitor {
  static final String PASSWORD = "Hotline-2026";
  public static final String ENGINE = "/camunda/api/engine/engine/default/";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> always = new LinkedHashMap<>();

  public Visitor(int port) {
    this.port = port;
  }

  public record Seen(int status, String body, HttpResponse<String> answer) {
    String header(String name) {
      return answer.headers().firstValue(name).orElse("");
    }

    List<String> headers(String name) {
      return answer.headers().allValues(name);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(status + " " + body, e);
      }
    }
  }

  /** A program with a password. */
  Visitor basic(String user, String password) {
    return with(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  public Visitor with(String header, String value) {
    always.put(header, value);
    return this;
  }

  /** As the page of the Tasklist logs somebody in. */
  Seen login(String user, String password) {
    get("/camunda/app/tasklist/default/");
    Seen seen =
        send(
            "POST",
            "/camunda/api/admin/auth/user/default/login/tasklist",
            "username="
                + URLEncoder.encode(user, StandardCharsets.UTF_8)
                + "&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8),
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    get("/camunda/app/tasklist/default/");
    return seen;
  }

  /**
   * The web apps find the engine by a name that the engines of all tests share: from now on it is
   * this one's.
   */
  static void comesTo(ProcessEngine engine) {
    ProcessEngines.registerProcessEngine(engine);
  }

  public Visitor loggedIn(String user) {
    // designers have no Tasklist
    return loggedIn(user, user.endsWith(".designer") ? "cockpit" : "tasklist");
  }

  public Visitor loggedIn(String user, String app) {
    get("/camunda/app/" + app + "/default/");
    Seen seen =
        send(
            "POST",
            "/camunda/api/admin/auth/user/default/login/" + app,
            "username=" + user + "&password=" + PASSWORD,
            Map.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(seen.status()).as(user + " " + seen.body()).isEqualTo(200);
    get("/camunda/app/" + app + "/default/");
    return this;
  }

  public Seen get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Seen post(String path, String json) {
    return send("POST", path, json, Map.of());
  }

  Seen send(String method, String path, String body, Map<String, String> headers) {
    return send(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers, true);
  }

  Seen send(
      String method, String path, byte[] body, Map<String, String> headers, boolean withToken) {
    Map<String, String> all = new LinkedHashMap<>(always);
    all.putIfAbsent("Accept", "application/json, */*;q=0.1");
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    if (!cookies.isEmpty()) {
      StringBuilder sent = new StringBuilder();
      cookies.forEach((n, v) -> sent.append(sent.isEmpty() ? "" : "; ").append(n + "=" + v));
      all.put("Cookie", sent.toString());
    }
    String token = cookies.get("XSRF-TOKEN");
    if (withToken && token != null) {
      all.putIfAbsent("X-XSRF-TOKEN", token);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    all.forEach(request::header);
    try {
      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      for (String cookie : answer.headers().allValues("Set-Cookie")) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return new Seen(answer.statusCode(), answer.body(), answer);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What no client library lets through: the line as it is; answers the status line and all. */
  String raw(String requestLine, String... headers) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(20_000);
      StringBuilder request = new StringBuilder(requestLine).append("\r\nHost: localhost\r\n");
      always.forEach((n, v) -> request.append(n).append(": ").append(v).append("\r\n"));
      for (String header : headers) {
        request.append(header).append("\r\n");
      }
      request.append("Connection: close\r\n\r\n");
      if (List.of(headers).contains("Transfer-Encoding: chunked")) {
        request.append("0\r\n\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(requestLine, e);
    }
  }
}
