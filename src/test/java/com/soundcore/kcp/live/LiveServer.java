package com.soundcore.kcp.live;

import com.soundcore.kcp.config.LiveOptions;
import com.soundcore.kcp.pages.Pages;
import com.soundcore.kcp.run.SearchRecord.SearchLevel;
import com.soundcore.kcp.run.Secrets;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.xnio.Options;

/**
 * Web server that shows the run: a page, its events, metrics for Prometheus, and finally the
 * report. It answers only GET and takes no input.
 */
final class LiveServer implements Consumer<LiveSnapshot>, AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%25\\w+)?]?");

  // Further readers wait: watching must not become a load.
  private static final int MOST_CONNECTIONS = 128;

  /** The page's first response, as it was in a second. */
  private record Past(LiveSnapshot tick, byte[] json) {}

  private final Undertow undertow;
  private final String host;
  private final LiveAccess access;
  private final History history = new History();
  private final Broadcast broadcast = new Broadcast();
  private final Object plan;
  private final Supplier<List<SearchLevel>> search;
  private volatile LiveSnapshot last;
  private Past past;
  private volatile Path report;

  private LiveServer(
      LiveOptions options,
      LiveAccess access,
      Object plan,
      Supplier<byte[]> metrics,
      Supplier<List<SearchLevel>> search) {
    this.host = options.host();
    this.access = access;
    this.plan = plan;
    this.search = search;
    byte[] page = utf8(Pages.of("live", Map.of("plan", plan)));
    PathHandler paths =
        Handlers.path()
            .addExactPath("/", bytes(HTML, () -> page))
            .addExactPath("/history", bytes(JSON, this::past))
            .addExactPath("/events", broadcast.handler())
            .addExactPath("/metrics", bytes(PrometheusPage.CONTENT_TYPE, metrics))
            .addExactPath("/report", offTheLoop(this::report));
    undertow =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
            .setSocketOption(Options.CONNECTION_HIGH_WATER, MOST_CONNECTIONS)
            .setSocketOption(Options.CONNECTION_LOW_WATER, MOST_CONNECTIONS)
            .addHttpListener(options.port(), host, guarded(paths))
            .build();
  }

  /**
   * Opens the server.
   *
   * @param options the address; port 0 for any free one
   * @param access who may read the page
   * @param plan the facts that the page needs from the start
   * @param search the levels that a search for the highest rate has tried; empty in other tests
   * @return empty if the port is taken: a missing page does not prevent measuring
   */
  static Optional<LiveServer> open(
      LiveOptions options,
      LiveAccess access,
      LivePlan plan,
      Supplier<byte[]> metrics,
      Supplier<List<SearchLevel>> search) {
    LiveServer server = new LiveServer(options, access, plan, metrics, search);
    try {
      server.undertow.start();
      return Optional.of(server);
    } catch (RuntimeException taken) {
      Throwable cause = taken.getCause() == null ? taken : taken.getCause();
      System.out.printf(
          "  live      no page: %s:%d: %s (kcp.live.port)%n",
          options.host(), options.port(), cause.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the page's URL. */
  String address() {
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return "http://" + host + ":" + address.getPort() + "/";
  }

  @Override
  public void accept(LiveSnapshot tick) {
    last = tick;
    history.accept(tick);
    broadcast.send(
        "tick",
        Pages.json(Map.of("tick", tick, "row", History.Row.of(tick), "search", search.get())));
  }

  /** Announces the verdict on the page, and keeps the report available. */
  void ended(String status, Object reasons, Path folder) {
    report = folder.resolve("kcp").resolve("report.html");
    broadcast.last(
        "verdict",
        Pages.json(
            Map.of("status", status, "reasons", reasons, "report", report.toUri().toString())));
  }

  @Override
  public void close() {
    undertow.stop();
  }

  /** Builds the history once a second, however many pages request it. */
  private synchronized byte[] past() {
    LiveSnapshot tick = last;
    if (past == null || past.tick() != tick) {
      Map<String, Object> before = new HashMap<>(Map.of("plan", plan, "rows", history.rows()));
      if (tick != null) {
        before.put("tick", tick);
        before.put("search", search.get());
      }
      past = new Past(tick, utf8(Pages.json(before)));
    }
    return past.json();
  }

  private void report(HttpServerExchange exchange) throws IOException {
    Path file = report;
    if (file == null) {
      exchange.setStatusCode(404);
      return;
    }
    send(exchange, HTML, Files.readAllBytes(file));
  }

  private static byte[] utf8(String text) {
    return Secrets.hiddenIn(text).getBytes(StandardCharsets.UTF_8);
  }

  private static HttpHandler bytes(String type, Supplier<byte[]> body) {
    return offTheLoop(exchange -> send(exchange, type, body.get()));
  }

  /** Runs a handler on a worker thread, since the only event loop serves all other requests. */
  private static HttpHandler offTheLoop(HttpHandler answer) {
    return exchange -> exchange.dispatch(answer);
  }

  private static void send(HttpServerExchange exchange, String type, byte[] body) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  /**
   * Allows only GET, and only by an IP address or a name of this machine. Otherwise a page from
   * elsewhere could point its own host name at this machine and read the run (DNS rebinding).
   * Requests by address are safe from this attack. Elsewhere than on loopback a token is needed.
   */
  private HttpHandler guarded(HttpHandler inner) {
    return exchange -> {
      if (!exchange.getRequestMethod().equals(Methods.GET)) {
        exchange.setStatusCode(405);
      } else if (!isOurs(exchange.getHostName())) {
        exchange.setStatusCode(403);
      } else if (!access.allows(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
        exchange.setStatusCode(401);
        exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Basic realm=\"kcp\"");
        send(exchange, TEXT, LiveAccess.REFUSAL.getBytes(StandardCharsets.UTF_8));
      } else {
        inner.handleRequest(exchange);
      }
    };
  }

  private boolean isOurs(String name) {
    return name.equalsIgnoreCase(host)
        || name.equalsIgnoreCase("localhost")
        || ADDRESS.matcher(name).matches()
        || name.equalsIgnoreCase(System.getenv("HOSTNAME"));
  }
}
