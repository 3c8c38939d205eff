package com.soundcore.kcp.workload;

import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.util.Optional;

/** How calls travel: connections, redirects, headers, authentication. */
public final class HttpProtocol {
  private HttpProtocol() {}

  /**
   * The protocol of a run.
   *
   * @param token sent with each call as a bearer token; none where the services ask for none
   */
  public static HttpProtocolBuilder of(Optional<String> token) {
    HttpProtocolBuilder protocol =
        http.shareConnections()
            .disableWarmUp()
            .disableFollowRedirect()
            .disableAutoReferer()
            .disableCaching()
            .disableUrlEncoding()
            .acceptHeader("application/json")
            .userAgentHeader("kcp-load-test");
    return token.map(text -> protocol.authorizationHeader("Bearer " + text)).orElse(protocol);
  }
}
