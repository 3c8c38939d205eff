package com.soundcore.kcp.live;

import com.soundcore.kcp.config.LiveOptions;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.SharedToken;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Who may read the live page. On loopback everyone may; elsewhere only clients with the token, as a
 * bearer token (Prometheus) or as the password of a basic login (browsers).
 */
record LiveAccess(Optional<String> token) {
  /** The environment variable with the token. */
  static final String VARIABLE = "KCP_LIVE_TOKEN";

  /** Answers a request without the token. */
  static final String REFUSAL =
      "This page needs the token of the run ("
          + VARIABLE
          + "): send it as a bearer token, or sign in with it as the password and any user name.\n";

  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  /**
   * Reads the token if the page needs one.
   *
   * @throws Refusal if it is missing or too short to be safe
   */
  static LiveAccess of(LiveOptions options, Map<String, String> environment) {
    if (!options.enabled() || isLoopback(options.host())) {
      return new LiveAccess(Optional.empty());
    }
    String why =
        "kcp.live.host is '%s', so other machines can open the live page".formatted(options.host());
    return new LiveAccess(Optional.of(SharedToken.read(VARIABLE, environment, why)));
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Returns whether a request may be answered.
   *
   * @param authorization the request's header; null if it has none
   */
  boolean allows(String authorization) {
    return token.isEmpty() || SharedToken.isRight(token.get(), sent(authorization));
  }

  private static String sent(String authorization) {
    if (authorization == null) {
      return null;
    }
    if (authorization.startsWith(BEARER)) {
      return authorization.substring(BEARER.length());
    }
    return authorization.startsWith(BASIC)
        ? password(authorization.substring(BASIC.length()).strip())
        : null;
  }

  private static String password(String login) {
    try {
      String decoded = new String(Base64.getDecoder().decode(login), StandardCharsets.UTF_8);
      return decoded.substring(decoded.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
