package com.soundcore.kcp.config;

import com.soundcore.kcp.config.services.AnswerPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How virtual users connect and who they are.
 *
 * @param sharedConnections one pool for all users; else each has its own
 * @param http2 where the server offers it (TLS)
 * @param compressed whether answers may be compressed
 * @param churn the fraction of the calls after which the connection is closed
 * @param proxy that all calls go through; absent for none
 * @param localAddresses of this machine to send from, in turn; empty for the usual one
 * @param login users that sign in before the load
 * @param tokenHeader that carries their tokens
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
   * @param name such as Authorization, X-API-Key or Cookie
   * @param scheme in front of the token; empty for none
   */
  public record TokenHeader(String name, String scheme) {
    /** OAuth 2's usual one. */
    public static final TokenHeader BEARER = new TokenHeader("Authorization", "Bearer");

    /** Its value with a token. */
    public String value(String token) {
      return scheme.isEmpty() ? token : scheme + " " + token;
    }
  }

  /** An HTTP proxy; who it lets pass is in the environment alone. */
  public record Proxy(String host, int port) {
    private static final String USER = "KCP_PROXY_USER";
    private static final String PASSWORD = "KCP_PROXY_PASSWORD";

    /** The user that an environment names for it; empty for nobody. */
    public static String user(Map<String, String> environment) {
      return environment.getOrDefault(USER, "");
    }

    /** The user's password, from the same environment. */
    public static String password(Map<String, String> environment) {
      return environment.getOrDefault(PASSWORD, "");
    }
  }

  /**
   * Users that sign in before the load, and again before their tokens end.
   *
   * @param users number of users that sign in; 0 for none
   * @param service that signs them in
   * @param path called with POST
   * @param body a template with {user}, the user's number from 1, and {password}
   * @param form the same as a form (OAuth 2), in place of the body; empty for none
   * @param token the part of the answer that holds the token
   * @param refresh how a token is renewed; empty: by signing in again
   * @param expiresIn the answer's key that holds its seconds; where it is missing the token's own
   *     end counts
   * @param perSecond sign-ins at most
   * @param renewBefore the end of a token
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
   * How a token is renewed by a refresh token; where that is refused, the user signs in again.
   *
   * @param token the part of the answer that holds the refresh token
   * @param path called with POST
   * @param body a template with {refresh}; a form where {@code form} is true, else JSON
   */
  public record Refresh(AnswerPart token, String path, String body, boolean form) {}
}
