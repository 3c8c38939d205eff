package com.soundcore.kcp.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP proxy on loopback that lets one user pass, for tests. */
public final class ForwardProxy implements AutoCloseable {
  public static final String USER = "load-test";
  public static final String PASSWORD = "pr0xy-passw0rd";

  private static final String ASKED =
      "Basic "
          + Base64.getEncoder()
              .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger closing = new AtomicInteger();

  public ForwardProxy() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Calls of the API that passed. */
  public int passed() {
    return passed.get();
  }

  /** Those of them that asked for their connection to be closed. */
  public int closing() {
    return closing.get();
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (!ASKED.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
      exchange.sendResponseHeaders(407, -1);
      exchange.close();
      return;
    }
    if (exchange.getRequestURI().getPath().startsWith("/api/")) {
      passed.incrementAndGet();
      if ("close".equals(exchange.getRequestHeaders().getFirst("Connection"))) {
        closing.incrementAndGet();
        exchange.getResponseHeaders().set("Connection", "close");
      }
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(exchange.getRequestURI())
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(sent));
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
        .ifPresent(type -> request.header("Content-Type", type));
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
