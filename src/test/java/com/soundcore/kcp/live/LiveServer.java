package com.soundcore.kcp.live;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shows the run: a page, its events, figures for Prometheus, and at the end the report. It answers
 * GET alone, and takes no input.
 */
final class LiveServer implements Consumer<LiveSnapshot>, AutoCloseable {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JSON = "application/json";

  private final Undertow undertow;
  private final String host;
  private final History history = new History();
  private final Broadcast broadcast = new Broadcast();
  private final Object plan;
  private final Supplier<List<SearchLevel>> search;
  private volatile LiveSnapshot last;
  private volatile Path report;

  private LiveServer(
      String host,
      int port,
      Object plan,
      Supplier<byte[]> metrics,
      Supplier<List<SearchLevel>> search) {
    this.host = host;
    this.plan = plan;
    this.search = search;
    PathHandler paths =
        Handlers.path()
            .addExactPath("/", text(HTML, () -> Pages.of("live", Map.of("plan", plan))))
            .addExactPath("/history", text(JSON, this::past))
            .addExactPath("/events", broadcast.handler())
            .addExactPath("/metrics", bytes(PrometheusPage.CONTENT_TYPE, metrics))
            .addExactPath("/report", this::report);
    undertow =
        Undertow.builder()
            .setIoThreads(1)
            .setWorkerThreads(2)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
            .addHttpListener(port, host, guarded(paths))
            .build();
  }

  /**
   * Opens it.
   *
   * @param port 0 for any free one
   * @param plan what the page must know from the start
   * @param search the levels that a search for the highest rate has tried; none in other tests
   * @return nothing where the port is taken: a page is no reason not to measure
   */
  static Optional<LiveServer> open(
      String host,
      int port,
      LivePlan plan,
      Supplier<byte[]> metrics,
      Supplier<List<SearchLevel>> search) {
    LiveServer server = new LiveServer(host, port, plan, metrics, search);
    try {
      server.undertow.start();
      return Optional.of(server);
    } catch (RuntimeException taken) {
      Throwable cause = taken.getCause() == null ? taken : taken.getCause();
      System.out.printf(
          "  live      no page: %s:%d: %s (kcp.live.port)%n", host, port, cause.getMessage());
      return Optional.empty();
    }
  }

  /** Where it is. */
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

  /** The run is judged: the page says so, and keeps the report. */
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

  private String past() {
    LiveSnapshot tick = last;
    return Pages.json(
        tick == null
            ? Map.of("plan", plan, "rows", history.rows())
            : Map.of("plan", plan, "rows", history.rows(), "tick", tick, "search", search.get()));
  }

  private void report(HttpServerExchange exchange) throws IOException {
    Path file = report;
    if (file == null) {
      exchange.setStatusCode(404);
      return;
    }
    send(exchange, HTML, Files.readAllBytes(file));
  }

  private static HttpHandler text(String type, Supplier<String> text) {
    return bytes(
        type, () -> Secrets.hiddenIn(text.get()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static HttpHandler bytes(String type, Supplier<byte[]> body) {
    return exchange -> send(exchange, type, body.get());
  }

  private static void send(HttpServerExchange exchange, String type, byte[] body) {
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
    exchange.getResponseSender().send(ByteBuffer.wrap(body));
  }

  /**
   * Reading only, and only under the name that it was opened with: a page from elsewhere could else
   * give this machine a name of its own and look in.
   */
  private HttpHandler guarded(HttpHandler inner) {
    List<String> names = List.of(host, "localhost", "127.0.0.1", "[::1]");
    return exchange -> {
      boolean anywhere = host.equals("0.0.0.0");
      if (!exchange.getRequestMethod().equals(Methods.GET)) {
        exchange.setStatusCode(405);
      } else if (!anywhere && !names.contains(exchange.getHostName())) {
        exchange.setStatusCode(403);
      } else {
        inner.handleRequest(exchange);
      }
    };
  }
}
