package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/** The secret that the conductor and its injectors share. */
final class FleetToken {
  /** The environment variable with the token. */
  static final String VARIABLE = "KCP_FLEET_TOKEN";

  private static final int SHORTEST = 16;

  private FleetToken() {}

  /**
   * Returns the Authorization header of each request.
   *
   * @throws Refusal if the token is missing or too short to be safe
   */
  static String authorization(Map<String, String> environment) {
    String token = environment.getOrDefault(VARIABLE, "");
    if (token.length() < SHORTEST || !token.matches("[\\x21-\\x7e]+")) {
      throw new Refusal(
          "%s has %d characters; must have at least %d, without blanks: conductor and injectors share it. Such as: export %s=$(openssl rand -hex 16)"
              .formatted(VARIABLE, token.length(), SHORTEST, VARIABLE));
    }
    return "Bearer " + token;
  }

  /** Compares in constant time, so that response times do not reveal the token. */
  static boolean isRight(String expected, String actual) {
    return actual != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
