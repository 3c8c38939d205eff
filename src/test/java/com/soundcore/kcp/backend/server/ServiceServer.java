package com.soundcore.kcp.backend.server;

import com.soundcore.kcp.backend.fault.ActiveFaults;
import com.soundcore.kcp.backend.fault.FaultEffect;
import com.soundcore.kcp.backend.fault.PlantedFault;
import com.soundcore.kcp.backend.http.Action;
import com.soundcore.kcp.backend.http.ApiCall;
import com.soundcore.kcp.backend.http.ConnectionPool;
import com.soundcore.kcp.backend.http.Invalid;
import com.soundcore.kcp.backend.http.Json;
import com.soundcore.kcp.backend.http.LoadClock;
import com.soundcore.kcp.backend.http.NotFound;
import com.soundcore.kcp.backend.http.Reply;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xnio.IoUtils;

/**
 * What every service has in common: routes, error answers, the pool, figures, and the pages that
 * say how it is.
 */
public final class ServiceServer {
  private static final HttpString PROCESS_TIME = HttpString.tryFromString("X-Process-Time");
  private static final String VERSION = "v1";
  private static final byte[] NO_BODY = new byte[0];

  private final String name;
  private final ConnectionPool pool;
  private final Metrics metrics;
  private final ActiveFaults planted;
  private final RoutingHandler routes = new RoutingHandler();

  /**
   * @param poolShown whether its page has figures of the pool
   */
  public ServiceServer(
      String name,
      ConnectionPool pool,
      boolean poolShown,
      List<PlantedFault> faults,
      LoadClock clock) {
    this.name = name;
    this.pool = pool;
    this.planted = ActiveFaults.in(name, faults, clock);
    this.metrics =
        new Metrics(
            name,
            poolShown ? Optional.of(() -> planted.pool(pool)) : Optional.empty(),
            planted.instances());
    get("/", call -> Reply.ok(Map.of("service", fullName(), "version", VERSION)));
    get("/health", call -> Reply.ok(new Health("healthy", fullName(), VERSION, now())));
    get("/ready", call -> Reply.ok(new Ready("ready", fullName(), Map.of("database", "ok"))));
    get("/metrics", call -> metrics.page());
    get("/api/v1/status", call -> Reply.ok(new Health("running", fullName(), VERSION, now())));
    routes.setFallbackHandler(
        route("GET", "unmatched", false, call -> Reply.detail(404, "Not Found")));
    routes.setInvalidMethodHandler(
        route("GET", "unmatched", false, call -> Reply.detail(405, "Method Not Allowed")));
  }

  public HttpHandler handler() {
    return routes;
  }

  /** A route that needs no database. */
  void get(String path, Action action) {
    routes.add("GET", path, route("GET", path, false, action));
  }

  /**
   * A route that holds a database connection while it answers; a collection's path ends in a slash.
   */
  public void query(String method, String path, Action action) {
    routes.add(method, path, route(method, path, true, action));
    if (path.endsWith("/")) {
      String bare = path.substring(0, path.length() - 1);
      routes.add(method, bare, route(method, bare, false, ServiceServer::toSlash));
    }
  }

  private HttpHandler route(String method, String path, boolean needsPool, Action action) {
    Metrics.Series series = metrics.series(method, path);
    ActiveFaults mine = planted.on(method + " " + path);
    return exchange -> {
      long start = System.nanoTime();
      if (exchange.isRequestComplete()) {
        enter(exchange, NO_BODY, needsPool, mine, action, series, start);
      } else {
        exchange
            .getRequestReceiver()
            .receiveFullBytes((e, body) -> enter(e, body, needsPool, mine, action, series, start));
      }
    };
  }

  /** Answers at once where a connection is free, else on a thread that may wait for one. */
  private void enter(
      HttpServerExchange exchange,
      byte[] body,
      boolean needsPool,
      ActiveFaults mine,
      Action action,
      Metrics.Series series,
      long start) {
    ApiCall call = new ApiCall(exchange, body);
    if (!needsPool) {
      send(exchange, answer(call, action), series, start);
    } else if (mine.isActive()) {
      exchange.dispatch(() -> spoilt(call, mine, action, series, start));
    } else if (pool.tryTake()) {
      send(exchange, answerAndGiveBack(call, action), series, start);
    } else {
      exchange.dispatch(
          () -> send(exchange, answer(call, c -> whenConnected(c, action)), series, start));
    }
  }

  /** An answer that something was planted into. */
  private void spoilt(
      ApiCall call, ActiveFaults mine, Action action, Metrics.Series series, long start) {
    Action connected = mine.connected(action);
    Action whole = mine.whole(c -> answer(c, inner -> whenConnected(inner, connected)));
    try {
      send(call.exchange(), whole.answer(call), series, start);
    } catch (FaultEffect.NoAnswer none) {
      if (none.closes()) {
        IoUtils.safeClose(call.exchange().getConnection());
      }
    } catch (Exception failed) {
      send(call.exchange(), Reply.detail(500, String.valueOf(failed.getMessage())), series, start);
    }
  }

  private Reply whenConnected(ApiCall call, Action action) throws InterruptedException {
    pool.take();
    return answerAndGiveBack(call, action);
  }

  private Reply answerAndGiveBack(ApiCall call, Action action) {
    try {
      return answer(call, action);
    } finally {
      pool.giveBack();
    }
  }

  private static Reply answer(ApiCall call, Action action) {
    try {
      return action.answer(call);
    } catch (Invalid invalid) {
      return invalid.reply();
    } catch (NotFound missing) {
      return Reply.detail(404, missing.getMessage());
    } catch (Exception unhandled) {
      return Reply.json(
          500,
          Json.bytes(
              new Unhandled(
                  "Internal Server Error",
                  String.valueOf(unhandled.getMessage()),
                  call.exchange().getRequestPath())));
    }
  }

  private static void send(
      HttpServerExchange exchange, Reply reply, Metrics.Series series, long start) {
    long nanos = System.nanoTime() - start;
    series.count(reply.status(), nanos);
    exchange.setStatusCode(reply.status());
    exchange
        .getResponseHeaders()
        .put(Headers.CONTENT_TYPE, reply.contentType())
        .put(PROCESS_TIME, seconds(nanos));
    exchange.getResponseSender().send(ByteBuffer.wrap(reply.body(), 0, reply.length()));
  }

  private static Reply toSlash(ApiCall call) {
    HttpServerExchange exchange = call.exchange();
    String query = exchange.getQueryString();
    String location = exchange.getRequestURL() + "/" + (query.isEmpty() ? "" : "?" + query);
    exchange.getResponseHeaders().put(Headers.LOCATION, location);
    return Reply.empty(307);
  }

  private String fullName() {
    return name + "-service";
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  /** "0.000123": String.format would cost more than the answer. */
  private static String seconds(long nanos) {
    long micros = nanos / 1000;
    String fraction = String.valueOf(1_000_000 + micros % 1_000_000).substring(1);
    return (micros / 1_000_000) + "." + fraction;
  }

  private record Health(String status, String service, String version, double timestamp) {}

  private record Ready(String status, String service, Map<String, String> checks) {}

  private record Unhandled(String error, String message, String path) {}
}
