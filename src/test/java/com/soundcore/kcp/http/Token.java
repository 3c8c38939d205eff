package com.soundcore.kcp.http;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The bearer token of a real deployment. It comes from KCP_TOKEN, KCP_TOKEN_FILE or a sign-in, and
 * is never shown.
 */
public final class Token {
  private static final String VARIABLE = "KCP_TOKEN";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private Token() {}

  /**
   * Returns the token from the environment, if any, without surrounding white space.
   *
   * @throws Refusal if a header cannot carry it; the message omits the token
   */
  public static Optional<String> fromEnvironment() {
    return of(System.getenv(VARIABLE));
  }

  /**
   * Refuses a token that expires before the end of the run. A token without a readable expiry
   * passes.
   *
   * @throws Refusal if it expires too early; the message omits the token
   */
  public static void mustLast(Optional<String> token, Duration run) {
    Instant end = Instant.now().plus(run);
    new TokenFacts(token)
        .expires()
        .filter(expires -> expires.isBefore(end))
        .ifPresent(
            expires -> {
              throw new Refusal(
                  "%s is valid until %s, and this run lasts until %s: from then on each call would be refused. No load was sent. Export one that lasts longer."
                      .formatted(
                          VARIABLE,
                          expires.truncatedTo(ChronoUnit.SECONDS),
                          end.truncatedTo(ChronoUnit.SECONDS)));
            });
  }

  /** Returns when a token expires; empty if it does not say. */
  public static Optional<Instant> expires(String token) {
    return new TokenFacts(Optional.of(token)).expires();
  }

  /**
   * Returns the token in a text, if any, without surrounding white space.
   *
   * @throws Refusal if a header cannot carry it; the message omits the token
   */
  public static Optional<String> of(String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    String token = value.strip();
    if (!VISIBLE.matcher(token).matches()) {
      throw new Refusal(
          "A token (%s, KCP_TOKEN_FILE or a sign-in) has white space or other characters that no header may have."
              .formatted(VARIABLE));
    }
    Secrets.remember(token);
    return Optional.of(token);
  }
}
