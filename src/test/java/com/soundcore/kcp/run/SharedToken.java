package com.soundcore.kcp.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A secret that a server of this suite and its clients share. It comes from an environment variable
 * or from the file that the variable with the suffix _FILE names, and is never shown.
 */
public final class SharedToken {
  private static final int SHORTEST = 16;

  private SharedToken() {}

  /**
   * Reads the token.
   *
   * @param why completes the message "must have at least 16 characters: …"
   * @throws Refusal if the token is missing or too short to be safe; the message omits the token
   */
  public static String read(String variable, Map<String, String> environment, String why) {
    String token = environment.getOrDefault(variable, "");
    String file = environment.getOrDefault(variable + "_FILE", "");
    if (token.isEmpty() && !file.isEmpty()) {
      try {
        token = SmallFile.text(Path.of(file)).strip();
      } catch (IOException e) {
        throw new Refusal(
            "%s_FILE names %s, which cannot be read: %s".formatted(variable, file, e.getMessage()));
      }
    }
    if (token.length() < SHORTEST || !token.matches("[\\x21-\\x7e]+")) {
      throw new Refusal(
          "%s has %d characters; must have at least %d, without blanks: %s. Such as: export %s=$(openssl rand -hex 16)"
              .formatted(variable, token.length(), SHORTEST, why, variable));
    }
    Secrets.remember(token);
    return token;
  }

  /** Compares in constant time, so that response times do not reveal the token. */
  public static boolean isRight(String expected, String actual) {
    return actual != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
  }
}
