package com.soundcore.kcp.config;

import com.soundcore.kcp.config.services.AnswerPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connections and identities of virtual users.
 *
 * @param sharedConnections whether all users share one connection pool; otherwise each has its own
 * @param http2 whether to use HTTP/2 if the server offers it over TLS
 * @param compressed whether responses may be compressed
 * @param churn the fraction of calls whose connection is closed afterwards
 * @param proxy the proxy for all calls; absent for none
 * @param localAddresses this machine's addresses to send from, in turn; empty for the default
 * @param login the sign-in of users before the load
 * @param tokenHeader the header that carries the token
 */
public record Sessions(
    boolean sharedConnections,
    boolean http2,
    boolean compressed,
    double churn,
    Optional<Proxy> proxy,
    List<String> localAddresses,
    Login login,
    TokenHeader tokenHeader) {

  /**
   * The header that carries a token.
   *
   * @param name the header's name, such as Authorization, X-API-Key or Cookie
   * @param scheme the scheme before the token; empty for none
   */
  public record TokenHeader(String name, String scheme) {
    /** The usual header of OAuth 2. */
    public static final TokenHeader BEARER = new TokenHeader("Authorization", "Bearer");

    /** Returns the header's value for a token. */
    public String value(String token) {
      return scheme.isEmpty() ? token : scheme + " " + token;
    }
  }

  /** An HTTP proxy. Its login comes from environment variables only. */
  public record Proxy(String host, int port) {
    private static final String USER = "KCP_PROXY_USER";
    private static final String PASSWORD = "KCP_PROXY_PASSWORD";

    /** Returns the proxy user from the environment variables; empty for none. */
    public static String user(Map<String, String> environment) {
      return environment.getOrDefault(USER, "");
    }

    /** Returns the proxy password from the environment variables; empty for none. */
    public static String password(Map<String, String> environment) {
      return environment.getOrDefault(PASSWORD, "");
    }
  }

  /**
   * The sign-in of users before the load, and again before their tokens expire.
   *
   * @param users the number of users that sign in; 0 for none
   * @param service the service that signs users in
   * @param path the path for POST
   * @param body a template with {password} and {user}, the user's number from 1
   * @param form a form (OAuth 2) in place of the body, with the same variables; empty for none
   * @param token the part of the response that holds the token
   * @param refresh the renewal of a token; if absent, the user signs in again
   * @param expiresIn the response's key with the token's lifetime in seconds; without it, the
   *     expiry in the token counts
   * @param perSecond the maximum number of sign-ins per second
   * @param renewBefore the time before its expiry at which a token is renewed
   */
  public record Login(
      int users,
      String service,
      String path,
      String body,
      String form,
      AnswerPart token,
      Optional<Refresh> refresh,
      String expiresIn,
      double perSecond,
      Duration renewBefore) {}

  /**
   * The renewal of a token with a refresh token. If the service refuses it, the user signs in
   * again.
   *
   * @param token the part of the response that holds the refresh token
   * @param path the path for POST
   * @param body a template with {refresh}
   * @param form whether the body is a form; otherwise JSON
   */
  public record Refresh(AnswerPart token, String path, String body, boolean form) {}
}
