package com.soundcore.kcp.config;

import java.time.Duration;
import java.util.List;

/**
 * How virtual users connect and who they are.
 *
 * @param sharedConnections one pool for all users; else each has its own
 * @param http2 where the server offers it (TLS)
 * @param compressed whether answers may be compressed
 * @param localAddresses of this machine to send from, in turn; empty for the usual one
 * @param login users that sign in before the load
 */
public record Sessions(
    boolean sharedConnections,
    boolean http2,
    boolean compressed,
    List<String> localAddresses,
    Login login) {

  /**
   * Users that sign in before the load, and again before their tokens end.
   *
   * @param users so many; 0 for none
   * @param service that signs them in
   * @param path called with POST
   * @param body a template with {user}, the user's number from 1, and {password}
   * @param token the answer's key that holds the token
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
      String token,
      String expiresIn,
      double perSecond,
      Duration renewBefore) {}
}
