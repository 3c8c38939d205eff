package com.soundcore.kcp.testkit;

import com.soundcore.kcp.testkit.Gateway.Passing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A small server before the real backend that speaks another dialect of its API, for tests. */
public final class DialectFront implements AutoCloseable {
  private static final Path DOCUMENTS =
      Path.of("src", "selftest", "resources", "standin", "openapi");

  /**
   * A call.
   *
   * @param target path and query; of a call to the real backend also a whole URL
   * @param headers by name in lower case
   */
  public record Call(String method, String target, Map<String, String> headers, String body) {
    public Call to(String other) {
      return new Call(method, other, headers, body);
    }

    public Call with(String otherBody) {
      return new Call(method, target, headers, otherBody);
    }

    public boolean is(String start) {
      return (method + " " + target).startsWith(start);
    }
  }

  /** Answers a call, mostly by what the real backend answers to another. */
  public interface Dialect {
    Passing answer(Call call, Function<Call, Passing> real);
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();

  /** One before the service on a port of this machine. */
  public DialectFront(int port, Dialect dialect) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", exchange -> pass(exchange, port, dialect));
    server.setExecutor(threads);
    server.start();
  }

  /** The document that the FastAPI service of that name shows. */
  public static String document(String service) {
    try {
      return Files.readString(DOCUMENTS.resolve(service + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON answer. */
  public static Passing json(int status, String body) {
    return new Passing(status, Map.of("Content-Type", "application/json"), body);
  }

  private void pass(HttpExchange exchange, int port, Dialect dialect) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    Call call =
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Passing answer = dialect.answer(call, real -> real(real, port));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private Passing real(Call call, int port) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    call.target().startsWith("http:")
                        ? call.target()
                        : "http://127.0.0.1:" + port + call.target()))
            .method(call.method(), BodyPublishers.ofString(call.body()));
    for (String name : new String[] {"content-type", "authorization", "cookie"}) {
      if (call.headers().containsKey(name)) {
        request.header(name, call.headers().get(name));
      }
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      Map<String, String> headers = new LinkedHashMap<>();
      answer.headers().firstValue("content-type").ifPresent(t -> headers.put("Content-Type", t));
      return new Passing(answer.statusCode(), headers, answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
