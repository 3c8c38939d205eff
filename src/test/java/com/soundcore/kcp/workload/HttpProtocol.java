package com.soundcore.kcp.workload;

import static io.gatling.javaapi.http.HttpDsl.http;

import com.soundcore.kcp.config.Sessions;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.Optional;
import java.util.function.LongFunction;

/** How calls travel: connections, redirects, headers, authentication. */
public final class HttpProtocol {
  private static final String BEARER = "Bearer ";

  private HttpProtocol() {}

  /**
   * The protocol of a run.
   *
   * @param token sent with each call as a bearer token; none where the services ask for none
   * @param byUser the header of each user, in its place
   * @param tracing gives calls a trace
   */
  public static HttpProtocolBuilder of(
      Sessions sessions,
      Optional<String> token,
      Optional<LongFunction<String>> byUser,
      Tracing tracing) {
    HttpProtocolBuilder protocol = traced(connected(sessions), tracing);
    if (byUser.isPresent()) {
      LongFunction<String> headers = byUser.get();
      return protocol.authorizationHeader(session -> headers.apply(session.userId()));
    }
    return token.map(text -> protocol.authorizationHeader(BEARER + text)).orElse(protocol);
  }

  private static HttpProtocolBuilder traced(HttpProtocolBuilder protocol, Tracing tracing) {
    return tracing.isOn()
        ? protocol.sign((call, session) -> Tracing.sign(call, Requests.call(session)))
        : protocol;
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
    return sessions.localAddresses().isEmpty()
        ? protocol
        : protocol.localAddresses(sessions.localAddresses());
  }
}
