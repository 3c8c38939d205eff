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
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The common part of all services: routes, error answers, the pool, metrics, and the health pages.
 */
public final class ServiceServer {
  private static final String VERSION = "v1";

  /** A route with its handler, its faults and its metrics. */
  private record Route(
      boolean needsPool, Action action, ActiveFaults faults, Metrics.Series series) {}

  private final String name;
  private final ConnectionPool pool;
  private final Metrics metrics;
  private final ActiveFaults planted;
  private final Routes<Route> routes = new Routes<>();
  private final Route unknownPath;
  private final Route unknownMethod;

  /**
   * @param poolShown whether the metrics include the pool
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
    unknownPath = route("GET", "unmatched", false, call -> Reply.detail(404, "Not Found"));
    unknownMethod =
        route("GET", "unmatched", false, call -> Reply.detail(405, "Method Not Allowed"));
  }

  /** Adds a route that needs no database. */
  void get(String path, Action action) {
    routes.add("GET", path, route("GET", path, false, action));
  }

  /**
   * Adds a route that holds a database connection while it answers. A collection's path ends in a
   * slash.
   */
  public void query(String method, String path, Action action) {
    routes.add(method, path, route(method, path, true, action));
    if (path.endsWith("/")) {
      String bare = path.substring(0, path.length() - 1);
      routes.add(method, bare, route(method, bare, false, ServiceServer::toSlash));
    }
  }

  private Route route(String method, String path, boolean needsPool, Action action) {
    return new Route(
        needsPool, action, planted.on(method + " " + path), metrics.series(method, path));
  }

  /** Answers immediately if a connection is free, else on a thread that may wait for one. */
  void handle(HttpConnection client, HttpRequest request, byte[] body) {
    long start = System.nanoTime();
    String method = request.method().name();
    String path = pathOf(request.uri());
    Routes.Match<Route> match = routes.find(method, path).orElse(null);
    if (match == null) {
      match = new Routes.Match<>(routes.knows(path) ? unknownMethod : unknownPath, "");
    }
    Route route = match.route();
    ApiCall call = new ApiCall(request, path, match.parameter(), body);
    if (!route.needsPool()) {
      send(client, answer(call, route.action()), route, start);
    } else if (route.faults().isActive()) {
      client.onWorker(() -> spoilt(client, call, route, start));
    } else if (pool.tryTake()) {
      send(client, answerAndGiveBack(call, route.action()), route, start);
    } else {
      client.onWorker(
          () -> send(client, answer(call, c -> whenConnected(c, route.action())), route, start));
    }
  }

  private static String pathOf(String uri) {
    int query = uri.indexOf('?');
    String raw = query < 0 ? uri : uri.substring(0, query);
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      return QueryStringDecoder.decodeComponent(raw.replace("+", "%2B"));
    } catch (IllegalArgumentException malformed) {
      return raw;
    }
  }

  /** Answers a call into which a fault is planted. */
  private void spoilt(HttpConnection client, ApiCall call, Route route, long start) {
    ActiveFaults mine = route.faults();
    Action connected = mine.connected(route.action());
    Action whole = mine.whole(c -> answer(c, inner -> whenConnected(inner, connected)));
    try {
      send(client, whole.answer(call), route, start);
    } catch (FaultEffect.NoAnswer none) {
      if (none.closes()) {
        client.close();
      }
    } catch (Exception failed) {
      send(client, Reply.detail(500, String.valueOf(failed.getMessage())), route, start);
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
                  "Internal Server Error", String.valueOf(unhandled.getMessage()), call.path())));
    }
  }

  private static void send(HttpConnection client, Reply reply, Route route, long start) {
    long nanos = System.nanoTime() - start;
    route.series().count(reply.status(), nanos);
    client.send(reply, nanos);
  }

  private static Reply toSlash(ApiCall call) {
    String host = call.header(HttpHeaderNames.HOST).map(name -> "http://" + name).orElse("");
    return Reply.redirect(host + call.path() + "/" + call.query());
  }

  private String fullName() {
    return name + "-service";
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  private record Health(String status, String service, String version, double timestamp) {}

  private record Ready(String status, String service, Map<String, String> checks) {}

  private record Unhandled(String error, String message, String path) {}
}
