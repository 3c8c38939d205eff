package com.soundcore.kcp.http;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.soundcore.kcp.config.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The validity and audience of a bearer token, if it is a JSON Web Token. The token itself is never
 * shown.
 */
public final class TokenFacts {
  private final Optional<DecodedJWT> token;

  public TokenFacts(Optional<String> token) {
    this.token = token.flatMap(TokenFacts::decoded);
  }

  private static Optional<DecodedJWT> decoded(String token) {
    try {
      return Optional.of(JWT.decode(token));
    } catch (JWTDecodeException opaque) {
      return Optional.empty();
    }
  }

  /** Returns when the token expires; empty if it does not say. */
  Optional<Instant> expires() {
    return token.map(DecodedJWT::getExpiresAtAsInstant);
  }

  /**
   * Returns why a service may have refused the token, such as "it expired 2 h ago"; empty if
   * unknown.
   */
  public Optional<String> inWords(Instant now) {
    Optional<Instant> end = expires();
    if (end.isPresent() && end.get().isBefore(now)) {
      return Optional.of("it expired " + rounded(Duration.between(end.get(), now)) + " ago");
    }
    Optional<Instant> start = token.map(DecodedJWT::getNotBeforeAsInstant);
    if (start.isPresent() && start.get().isAfter(now)) {
      return Optional.of("it is valid only in " + rounded(Duration.between(now, start.get())));
    }
    List<String> audience = token.map(DecodedJWT::getAudience).orElse(List.of());
    return audience == null || audience.isEmpty()
        ? Optional.empty()
        : Optional.of("it is for the audience " + String.join(", ", audience));
  }

  /** Truncates to the largest unit, such as "2 h". */
  private static String rounded(Duration duration) {
    ChronoUnit unit =
        duration.toHours() > 0
            ? ChronoUnit.HOURS
            : duration.toMinutes() > 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return Units.text(duration.truncatedTo(unit));
  }
}
