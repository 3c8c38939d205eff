package com.soundcore.kcp.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real Chromium without a window, told what to do by its own protocol; for tests of pages. */
public final class Browser implements AutoCloseable {
  private static final String NAMES = "chromium, chromium-browser, google-chrome";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private Browser(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Listener())
            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .join();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** Starts one; the test is skipped where there is none. */
  public static Browser start(Path profile) {
    Optional<Path> program = program();
    assumeTrue(
        program.isPresent(), "no browser on the PATH (" + NAMES + "): the page is not opened");
    try {
      Process process =
          new ProcessBuilder(
                  program.get().toString(),
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--window-size=1200,1600",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Browser(process, page(profile.resolve("DevToolsActivePort")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> program() {
    return Stream.of(NAMES.split(", "))
        .flatMap(
            name -> Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The browser writes its port into a file; its first page is asked for there. */
  private static URI page(Path portFile) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (System.nanoTime() < end) {
      if (Files.exists(portFile) && Files.readAllLines(portFile).size() >= 2) {
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json");
        for (JsonNode target : targets(list)) {
          if (target.path("type").asText().equals("page")) {
            return URI.create(target.path("webSocketDebuggerUrl").asText());
          }
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new IOException("the browser opened no page within " + LIMIT_SECONDS + " s");
  }

  private static JsonNode targets(URI list) throws IOException {
    try (InputStream answer = list.toURL().openStream()) {
      return JSON.readTree(answer);
    }
  }

  public void open(String url) {
    send("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete'", Duration.ofSeconds(LIMIT_SECONDS));
  }

  public void reload() {
    send("Page.reload", Map.of());
    await("document.readyState === 'complete'", Duration.ofSeconds(LIMIT_SECONDS));
  }

  /** What an expression of JavaScript comes to in the page. */
  public JsonNode value(String expression) {
    JsonNode result =
        send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void await(String expression, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!value(expression).asBoolean()) {
      assertThat(System.nanoTime()).as("not true within %s: %s", limit, expression).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** What the page's console and its network told as wrong. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Every address that was asked for. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public void screenshot(Path file) {
    String data = send("Page.captureScreenshot", Map.of()).path("data").asText();
    try {
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode send(String method, Map<String, Object> parameters) {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      String text =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      socket.sendText(text, true).join();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    return answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        heard(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void heard(String message) {
      JsonNode node;
      try {
        node = JSON.readTree(message);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      if (node.has("id")) {
        answers.remove(node.path("id").asInt()).complete(node.path("result"));
        return;
      }
      JsonNode parameters = node.path("params");
      switch (node.path("method").asText()) {
        case "Network.requestWillBeSent" ->
            requests.add(parameters.path("request").path("url").asText());
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
        case "Runtime.consoleAPICalled" -> complaints.add(parameters.path("args").toString());
        default -> {
          // the rest is of no concern
        }
      }
    }
  }
}
