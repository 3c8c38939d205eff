package com.soundcore.kcp.preflight;

import java.util.Optional;
import java.util.regex.Pattern;

/** The bearer token of a real deployment. It comes from the environment, and is shown nowhere. */
public final class Token {
  private static final String VARIABLE = "KCP_TOKEN";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private Token() {}

  /**
   * The token, where there is one; white space around it is taken off.
   *
   * @throws Refusal where it could not be sent; without the token
   */
  public static Optional<String> fromEnvironment() {
    return of(System.getenv(VARIABLE));
  }

  static Optional<String> of(String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    String token = value.strip();
    if (!VISIBLE.matcher(token).matches()) {
      throw new Refusal(VARIABLE + " has white space or other characters that no header may have.");
    }
    return Optional.of(token);
  }
}
