package com.soundcore.kcp.workload;

import static io.gatling.javaapi.http.HttpDsl.Proxy;
import static io.gatling.javaapi.http.HttpDsl.http;

import com.soundcore.kcp.config.Sessions;
import io.gatling.http.client.Request;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongFunction;

/** The HTTP settings of calls: connections, redirects, headers, authentication. */
public final class HttpProtocol {
  private HttpProtocol() {}

  /**
   * Returns the protocol of a run.
   *
   * @param token the bearer token of every call; empty if the services need no authentication
   * @param byUser each user's token header, which replaces {@code token}
   * @param tracing the tracing of calls
   */
  public static HttpProtocolBuilder of(
      Sessions sessions,
      Optional<String> token,
      Optional<LongFunction<String>> byUser,
      Tracing tracing) {
    HttpProtocolBuilder protocol = signed(connected(sessions), tracing, sessions.churn());
    if (byUser.isPresent()) {
      LongFunction<String> headers = byUser.get();
      return protocol.header(
          sessions.tokenHeader().name(), session -> headers.apply(session.userId()));
    }
    return token
        .map(
            text ->
                protocol.header(sessions.tokenHeader().name(), sessions.tokenHeader().value(text)))
        .orElse(protocol);
  }

  /** Adds the headers that only some of the calls have. */
  private static HttpProtocolBuilder signed(
      HttpProtocolBuilder protocol, Tracing tracing, double churn) {
    if (!tracing.isOn() && churn == 0) {
      return protocol;
    }
    AtomicLong calls = new AtomicLong();
    BiFunction<Request, Session, Request> signing =
        (call, session) -> {
          // Spreads the closing calls evenly: with a churn of 0.1, every tenth call.
          long n = calls.getAndIncrement();
          if (Math.floor((n + 1) * churn) > Math.floor(n * churn)) {
            call.getHeaders().set("Connection", "close");
          }
          return tracing.isOn() ? Tracing.sign(call, Requests.call(session)) : call;
        };
    return protocol.sign(signing::apply);
  }

  private static Proxy proxy(Sessions.Proxy asked) {
    Proxy proxy = Proxy(asked.host(), asked.port());
    String user = Sessions.Proxy.user(System.getenv());
    return user.isEmpty()
        ? proxy
        : proxy.credentials(user, Sessions.Proxy.password(System.getenv()));
  }

  private static HttpProtocolBuilder connected(Sessions sessions) {
    HttpProtocolBuilder protocol =
        http.disableWarmUp()
            .disableFollowRedirect()
            .disableAutoReferer()
            .disableCaching()
            .disableUrlEncoding()
            .acceptHeader("application/json")
            .userAgentHeader("kcp-load-test");
    if (sessions.sharedConnections()) {
      protocol = protocol.shareConnections();
    }
    if (sessions.http2()) {
      protocol = protocol.enableHttp2();
    }
    if (sessions.compressed()) {
      protocol = protocol.acceptEncodingHeader("gzip, deflate");
    }
    if (sessions.proxy().isPresent()) {
      protocol = protocol.proxy(proxy(sessions.proxy().get()));
    }
    return sessions.localAddresses().isEmpty()
        ? protocol
        : protocol.localAddresses(sessions.localAddresses());
  }
}
