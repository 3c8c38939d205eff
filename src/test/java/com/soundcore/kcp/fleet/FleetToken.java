package com.soundcore.kcp.fleet;

import com.soundcore.kcp.run.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/** The secret that conductor and injectors share. */
final class FleetToken {
  /** The environment variable that has it. */
  static final String VARIABLE = "KCP_FLEET_TOKEN";

  private static final int SHORTEST = 16;

  private FleetToken() {}

  /**
   * Returns what is sent with each call.
   *
   * @throws Refusal where there is no token, or one that can be guessed
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

  /** Takes as long for each wrong one. */
  static boolean isRight(String expected, String actual) {
    return actual != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
