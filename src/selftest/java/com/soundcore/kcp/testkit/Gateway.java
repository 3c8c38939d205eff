package com.soundcore.kcp.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A gateway before a real service that changes what passes through it, for tests. */
public final class Gateway implements AutoCloseable {
  /**
   * What passes.
   *
   * @param headers by name
   * @param times that the body is sent, one after the other
   */
  public record Passing(int status, Map<String, String> headers, String body, int times) {
    public Passing(int status, Map<String, String> headers, String body) {
      this(status, headers, body, 1);
    }

    public Passing(int status, String body) {
      this(status, Map.of(), body);
    }

    /** The same with another header. */
    public Passing with(String name, String value) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put(name, value);
      return new Passing(status, all, body, times);
    }
  }

  /** Changes the answer of a call, such as "GET /health". */
  public interface Twist {
    Passing of(String call, Passing real);
  }

  private static final int BUFFER = 65_536;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Twist twist;
  private final String scheme;
  private volatile String header = "Authorization";
  private volatile Consumer<String> guard = header -> {};

  private Gateway(
      HttpServer server, String scheme, InetSocketAddress address, int port, Twist twist) {
    this.server = server;
    this.scheme = scheme;
    this.port = port;
    this.twist = twist;
    try {
      server.bind(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::pass);
    server.setExecutor(threads);
    server.start();
  }

  /** One before the service on a port of this machine. */
  public static Gateway before(int port, Twist twist) {
    return at(InetAddress.getLoopbackAddress(), port, twist);
  }

  /** One that hands the Authorization header of each call of the API to a guard. */
  public static Gateway guarding(int port, Consumer<String> guard) {
    return before(port, (call, real) -> real).listening("Authorization", guard);
  }

  /** The same; it hands a header of each call of the API to somebody: null where there is none. */
  public Gateway listening(String name, Consumer<String> ear) {
    header = name;
    guard = ear;
    return this;
  }

  /** One that listens on an address. */
  public static Gateway at(InetAddress address, int port, Twist twist) {
    try {
      return new Gateway(
          HttpServer.create(), "http", new InetSocketAddress(address, 0), port, twist);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that speaks TLS, and may want a certificate of its clients. */
  public static Gateway encrypted(int port, SSLContext certificate, boolean wantsClient) {
    return encrypted(0, port, certificate, wantsClient);
  }

  /**
   * The same.
   *
   * @param own its own port; 0 for one that is free
   */
  public static Gateway encrypted(int own, int port, SSLContext certificate, boolean wantsClient) {
    try {
      HttpsServer server = HttpsServer.create();
      server.setHttpsConfigurator(
          new HttpsConfigurator(certificate) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters asked = certificate.getDefaultSSLParameters();
              asked.setNeedClientAuth(wantsClient);
              parameters.setSSLParameters(asked);
            }
          });
      return new Gateway(
          server,
          "https",
          new InetSocketAddress(InetAddress.getLoopbackAddress(), own),
          port,
          (call, real) -> real);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return scheme + "://127.0.0.1:" + port();
  }

  private void pass(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    if (target.startsWith("/api/")) {
      guard.accept(exchange.getRequestHeaders().getFirst(header));
    }
    byte[] sent = exchange.getRequestBody().readAllBytes();
    Passing answer = twist.of(exchange.getRequestMethod() + " " + target, real(exchange, sent));
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    // Latin-1 leaves bytes as they are: a compressed body, too.
    byte[] body = answer.body().getBytes(StandardCharsets.ISO_8859_1);
    boolean chunked = answer.headers().containsKey("Transfer-Encoding");
    exchange.sendResponseHeaders(
        answer.status(),
        answer.status() == 204 ? -1 : chunked ? 0 : (long) body.length * answer.times());
    OutputStream sending = new BufferedOutputStream(exchange.getResponseBody(), BUFFER);
    for (int i = 0; i < answer.times() && answer.status() != 204; i++) {
      sending.write(body);
    }
    sending.flush();
    exchange.close();
  }

  private Passing real(HttpExchange exchange, byte[] sent) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(sent));
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
        .ifPresent(type -> request.header("Content-Type", type));
    try {
      HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
      Map<String, String> headers = new LinkedHashMap<>();
      answer.headers().firstValue("content-type").ifPresent(t -> headers.put("Content-Type", t));
      answer.headers().firstValue("location").ifPresent(to -> headers.put("Location", to));
      return new Passing(
          answer.statusCode(), headers, new String(answer.body(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
