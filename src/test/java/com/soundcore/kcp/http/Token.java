package com.soundcore.kcp.http;

import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

  /**
   * A token that says until when it is valid must be so to the end of the run.
   *
   * @throws Refusal where it is not; without the token
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

  /** When a token ends, where it says so. */
  public static Optional<Instant> expires(String token) {
    return new TokenFacts(Optional.of(token)).expires();
  }

  /**
   * The token in a text, where there is one; white space around it is taken off.
   *
   * @throws Refusal where it could not be sent; without the token
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
