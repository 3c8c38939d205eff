package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.testkit.CrookedDeployment.on;
import static com.soundcore.kcp.testkit.CrookedDeployment.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens that are refused, or end too early, and are shown nowhere. */
class TokenTest {
  private static final Algorithm KEY = Algorithm.HMAC256("a key of this test alone");

  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  @Test
  void aTokenSaysWhyItWasRefused() {
    Gateway.Twist refuses = on("GET /api", new Passing(401, "{}"));
    try (Gateway gateway = deployment.gateway("knowledge", refuses)) {
      KcpConfig config = deployment.config("knowledge", gateway.url());
      Instant now = Instant.now();
      String expired = JWT.create().withExpiresAt(now.minusSeconds(7200)).sign(KEY);
      String other = JWT.create().withAudience("kcp-web").sign(KEY);
      assertThat(refusal(config, Optional.of(expired)))
          .contains("It does not accept the token (it expired 2 h ago)")
          .doesNotContain(expired);
      assertThat(refusal(config, Optional.of(other))).contains("(it is for the audience kcp-web)");
      assertThat(refusal(config, Optional.of("opaque")))
          .contains("It does not accept the token: export a new one");
    }
  }

  @Test
  void aTokenInAnAnswerIsNotShown() {
    Passing created = new Passing(201, "{\"access_token\": \"s3cr3t\", \"user\":1}");
    try (Gateway gateway = deployment.gateway("auth", on("POST /api/v1/auth/login", created))) {
      assertThat(refusal(deployment.config("auth", gateway.url()), Optional.empty()))
          .contains("(secret)")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void aTokenThatEndsBeforeTheRunIsRefused() {
    Optional<String> token =
        Optional.of(JWT.create().withExpiresAt(Instant.now().plusSeconds(60)).sign(KEY));
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> Token.mustLast(token, Duration.ofMinutes(10)));
    assertThat(refusal).hasMessageContaining("from then on each call would be refused");
    Token.mustLast(token, Duration.ofSeconds(30));
  }
}
