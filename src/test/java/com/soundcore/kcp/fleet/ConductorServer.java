package com.soundcore.kcp.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.SharedToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The conductor's HTTP endpoints. Each request must carry the fleet's token. */
public final class ConductorServer implements AutoCloseable {
  static final String JOIN = "/join";
  static final String TIME = "/time";
  static final String BEAT = "/beat";
  static final String MODEL = "/model/";

  private static final int THREADS = 8;
  private static final int LARGEST_MESSAGE = 1 << 22;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;
  private static final int BAD_REQUEST = 400;
  // Ignores unknown properties, because injectors and conductor may differ in version.
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private interface Call {
    Reply answer(HttpExchange exchange) throws IOException;
  }

  private record Reply(int status, String text) {}

  private final Fleet fleet;
  private final String authorization;
  private final Path models;
  private final HttpServer server;
  private final ExecutorService threads;

  private ConductorServer(Fleet fleet, String authorization, Path models, HttpServer server) {
    this.fleet = fleet;
    this.authorization = authorization;
    this.models = models;
    this.server = server;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "conductor");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    on(JOIN, this::join);
    on(TIME, exchange -> new Reply(OK, String.valueOf(System.currentTimeMillis())));
    on(BEAT, this::beat);
    on(MODEL, this::model);
    server.start();
  }

  /**
   * Starts the server.
   *
   * @param host a loopback or private address
   * @param port the port; 0 for any free port
   * @param models the folder for the injectors' models, named {@code injector-N.model}
   * @throws Refusal if the token is missing, or the address is public or in use
   */
  public static ConductorServer open(
      Fleet fleet, String host, int port, Map<String, String> environment, Path models) {
    String authorization = FleetToken.authorization(environment);
    InetSocketAddress address = new InetSocketAddress(PrivateNetwork.toListenAt(host), port);
    try {
      Files.createDirectories(models);
      return new ConductorServer(fleet, authorization, models, HttpServer.create(address, 0));
    } catch (IOException e) {
      throw new Refusal(
          "The conductor cannot listen at %s:%d: %s. Another --port may be free."
              .formatted(host, port, e.getMessage()));
    }
  }

  /** Returns the port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void on(String path, Call call) {
    server.createContext(path, exchange -> respond(exchange, call));
  }

  private void respond(HttpExchange exchange, Call call) throws IOException {
    try (exchange) {
      Reply reply;
      if (SharedToken.isRight(
          authorization, exchange.getRequestHeaders().getFirst("Authorization"))) {
        reply = answered(exchange, call);
      } else {
        String why = FleetToken.VARIABLE + " differs from the conductor's";
        reply = new Reply(UNAUTHORIZED, why);
      }
      byte[] bytes = reply.text().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Reply answered(HttpExchange exchange, Call call) throws IOException {
    try {
      return call.answer(exchange);
    } catch (JsonProcessingException notOurs) {
      return new Reply(BAD_REQUEST, "the message is none of this version of the suite");
    }
  }

  private static <T> T read(HttpExchange exchange, Class<T> type) throws IOException {
    return JSON.readValue(exchange.getRequestBody().readNBytes(LARGEST_MESSAGE), type);
  }

  private Reply join(HttpExchange exchange) throws IOException {
    Optional<String> wrong = fleet.join(read(exchange, Joining.class), System.nanoTime());
    return wrong.map(why -> new Reply(CONFLICT, why)).orElse(new Reply(OK, ""));
  }

  private Reply beat(HttpExchange exchange) throws IOException {
    Beat beat = read(exchange, Beat.class);
    Order order = fleet.beat(beat, System.nanoTime(), System.currentTimeMillis());
    return new Reply(OK, JSON.writeValueAsString(order));
  }

  /**
   * Writes a draft and renames it, so that a model is complete or missing. The model itself
   * contains a checksum.
   */
  private Reply model(HttpExchange exchange) throws IOException {
    String number = exchange.getRequestURI().getPath().substring(MODEL.length());
    if (!number.matches("\\d{1,6}")) {
      return new Reply(BAD_REQUEST, "no injector has the number " + number);
    }
    Path draft = models.resolve("injector-" + number + ".draft");
    try (InputStream body = exchange.getRequestBody()) {
      Files.copy(body, draft, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(
        draft,
        models.resolve("injector-" + number + ".model"),
        StandardCopyOption.REPLACE_EXISTING);
    return new Reply(OK, "");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
