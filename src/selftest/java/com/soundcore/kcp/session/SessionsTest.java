package com.soundcore.kcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.BackendClient;
import com.soundcore.kcp.testkit.DialectFront;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the virtual users are, against real services. */
class SessionsTest {
  private static final Algorithm KEY = Algorithm.HMAC256("a key of this test alone");
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static KcpConfig config(String auth, Map<String, String> more) {
    Properties properties = new Properties();
    properties.put("kcp.env", "local");
    properties.put("kcp.environment.urls.auth", auth);
    properties.putAll(more);
    return ConfigLoader.load(properties);
  }

  private static Http http() {
    return new Http(Duration.ofSeconds(3), Optional.empty());
  }

  @Test
  void manyUsersSignInEachWithATokenOfItsOwn() {
    try (BackendClient backend = new BackendClient(2000, false)) {
      KcpConfig config =
          config(
              "http://127.0.0.1:" + backend.ports().get("auth"),
              Map.of(
                  "kcp.sessions.login.users", "10000", "kcp.sessions.login.per-second", "100000"));
      try (Tokens tokens = Tokens.of(config)) {
        tokens.start(http());
        LongFunction<String> byUser = tokens.byUser().orElseThrow();
        Set<String> subjects = new HashSet<>();
        for (int user = 0; user < 10_000; user++) {
          subjects.add(JWT.decode(byUser.apply(user).substring("Bearer ".length())).getSubject());
        }
        assertThat(subjects).hasSize(10_000).contains("user-10000@load-test.invalid");
        assertThat(byUser.apply(10_001)).isEqualTo(byUser.apply(1));
      }
    }
  }

  private static Tokens started(DialectFront auth, Map<String, String> login) {
    Map<String, String> all = new HashMap<>(login);
    all.putIfAbsent("kcp.sessions.login.users", "3");
    Tokens tokens = Tokens.of(config(auth.url(), all));
    tokens.start(http());
    return tokens;
  }

  @Test
  void anOAuthFormIsSentAsOneAndAnySuccessCounts() {
    DialectFront.Dialect oauth =
        (call, real) ->
            call.headers().get("content-type").equals("application/x-www-form-urlencoded")
                    && call.body().startsWith("grant_type=password&username=user-")
                ? DialectFront.json(
                    201,
                    "{\"data\":{\"token\":\"t-%s\"}}"
                        .formatted(call.body().replaceAll(".*user-(\\d+).*", "$1")))
                : DialectFront.json(422, "{}");
    try (DialectFront auth = new DialectFront(0, oauth);
        Tokens tokens =
            started(
                auth,
                Map.of(
                    "kcp.sessions.login.form",
                    "grant_type=password&username=user-{user}&password={password}",
                    "kcp.sessions.login.token",
                    "$.data.token",
                    "kcp.sessions.token-header",
                    "X-API-Key",
                    "kcp.sessions.token-scheme",
                    ""))) {
      assertThat(tokens.byUser().orElseThrow().apply(1)).isEqualTo("t-2");
    }
  }

  @Test
  void aCookieTakesThePlaceOfAToken() {
    DialectFront.Dialect cookies =
        (call, real) ->
            DialectFront.json(204, "").with("Set-Cookie", "session=abc; Path=/; HttpOnly");
    try (DialectFront auth = new DialectFront(0, cookies);
        Tokens tokens =
            started(
                auth,
                Map.of(
                    "kcp.sessions.login.token", "cookie:session",
                    "kcp.sessions.token-header", "Cookie",
                    "kcp.sessions.token-scheme", ""))) {
      assertThat(tokens.byUser().orElseThrow().apply(0)).isEqualTo("session=abc");
    }
  }

  @Test
  void aRefreshTokenRenewsAndWhereItIsRefusedTheUserSignsInAgain() throws Exception {
    AtomicInteger logins = new AtomicInteger();
    CountDownLatch rotated = new CountDownLatch(3);
    CountDownLatch again = new CountDownLatch(4);
    DialectFront.Dialect rotating =
        (call, real) -> {
          String answer = "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":1}";
          if (call.target().endsWith("/login")) {
            logins.incrementAndGet();
            again.countDown();
            return DialectFront.json(200, answer.formatted("a0", "r0"));
          }
          rotated.countDown();
          return call.body().contains("\"r0\"")
              ? DialectFront.json(200, answer.formatted("a1", "r1"))
              : DialectFront.json(401, "{}");
        };
    try (DialectFront auth = new DialectFront(0, rotating);
        Tokens tokens =
            started(
                auth,
                Map.of(
                    "kcp.sessions.login.refresh.token", "refresh_token",
                    "kcp.sessions.login.renew-before", "500ms"))) {
      assertThat(rotated.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(tokens.any()).isPresent();
    }
  }

  @Test
  void aSignInThatFailsIsRefusedInASentence() {
    try (BackendClient backend = new BackendClient(2000, false);
        Gateway refuses =
            Gateway.before(backend.ports().get("auth"), (call, real) -> new Passing(401, "{}"))) {
      KcpConfig config = config(refuses.url(), Map.of("kcp.sessions.login.users", "3"));
      try (Tokens tokens = Tokens.of(config)) {
        assertThatThrownBy(() -> tokens.start(http()))
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("could not sign in at " + refuses.url())
            .hasMessageContaining("status 401 without access_token")
            .hasMessageContaining("KCP_LOGIN_PASSWORD");
      }
    }
  }

  @Test
  void moreUsersThanCanBeRenewedAreRefused() {
    try (BackendClient backend = new BackendClient(2000, false);
        Gateway shortLived = shortLived(backend.ports().get("auth"), 32)) {
      KcpConfig config =
          config(
              shortLived.url(),
              Map.of("kcp.sessions.login.users", "600", "kcp.sessions.login.per-second", "250"));
      try (Tokens tokens = Tokens.of(config)) {
        assertThatThrownBy(() -> tokens.start(http()))
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("600 users at 250 sign-ins a second")
            .hasMessageContaining("must be renewed after");
      }
    }
  }

  /** Signs in with tokens that live so long. */
  private static Gateway shortLived(int port, int seconds) {
    AtomicInteger count = new AtomicInteger();
    return Gateway.before(
        port,
        (call, real) -> {
          if (!call.startsWith("POST /api/v1/auth/login")) {
            return real;
          }
          return endingIn(seconds, count.incrementAndGet());
        });
  }

  private static Passing endingIn(int seconds, int user) {
    String token =
        JWT.create()
            .withSubject("login-" + user)
            .withExpiresAt(Instant.now().plusSeconds(seconds))
            .sign(KEY);
    return new Passing(200, "{\"access_token\":\"%s\"}".formatted(token));
  }

  @Test
  void aTokenThatCouldNotBeRenewedIsSaidBesideTheVerdict() {
    AtomicInteger signIns = new AtomicInteger();
    try (BackendClient backend = new BackendClient(2000, false);
        Gateway once =
            Gateway.before(
                backend.ports().get("auth"),
                (call, real) ->
                    // Long enough that none has expired when all are signed in, on half a core as
                    // well.
                    signIns.incrementAndGet() > 3 ? new Passing(503, "{}") : endingIn(4, 0))) {
      KcpConfig config =
          config(
              once.url(),
              Map.of("kcp.sessions.login.users", "3", "kcp.sessions.login.renew-before", "500ms"));
      try (Tokens tokens = Tokens.of(config)) {
        tokens.start(http());
        assertThat(tokens.caveats()).isEmpty();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (tokens.caveats().stream()
                .noneMatch(said -> said.contains("3 of 3 tokens") && said.contains("status 503"))
            && System.nanoTime() < end) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        assertThat(tokens.caveats())
            .singleElement()
            .asString()
            .contains("SIGN-IN: 3 of 3 tokens expired before they were renewed", "status 503")
            .doesNotContain("eyJ");
      }
    }
  }

  @Test
  @Tag("full")
  void noCallOfARunGoesOutWithoutAValidTokenAndNoneIsShown(@TempDir Path folder)
      throws IOException {
    AtomicInteger invalid = new AtomicInteger();
    AtomicInteger valid = new AtomicInteger();
    try (BackendClient backend = new BackendClient(4000, false);
        Gateway auth = shortLived(backend.ports().get("auth"), 10)) {
      Map<String, String> overrides = new HashMap<>(backend.urls());
      overrides.put("kcp.env", "local");
      overrides.put("kcp.environment.urls.auth", auth.url());
      try (Gateway support =
          Gateway.guarding(
              backend.ports().get("support"),
              token -> (isValid(token) ? valid : invalid).incrementAndGet())) {
        overrides.put("kcp.environment.urls.support", support.url());
        overrides.put("kcp.sessions.login.users", "20");
        overrides.put("kcp.sessions.login.renew-before", "5s");
        overrides.put("kcp.tests.smoke.stages.1.hold", "20s");
        try (SuiteProcess run =
            SuiteProcess.start(
                "Smoke",
                // PASS is asserted, and a slow machine would make it INVALID.
                SuiteProcess.onAnyMachine(overrides),
                Map.of("KCP_LOGIN_PASSWORD", "s3cret-passw0rd"))) {
          assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
          assertThat(run.output()).doesNotContain("s3cret-passw0rd", "eyJ");
          // A gateway that takes X-Process-Time away costs the figure, and no call.
          List<ResourceSample> figures = new RunFolder(run.folder()).resources();
          assertThat(figures).anyMatch(f -> f.service().equals("knowledge") && hasInside(f));
          assertThat(figures)
              .anyMatch(f -> f.service().equals("auth"))
              .noneMatch(f -> f.service().equals("auth") && hasInside(f));
          try (Stream<Path> files = Files.walk(run.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
              assertThat(new String(Files.readAllBytes(file)))
                  .as(file.toString())
                  .doesNotContain("s3cret-passw0rd", "eyJhbGci");
            }
          }
        }
      }
    }
    assertThat(valid.get()).isGreaterThan(100);
    assertThat(invalid.get()).isZero();
  }

  private static boolean hasInside(ResourceSample sample) {
    return sample.figures().containsKey("inside-ms");
  }

  private static boolean isValid(String header) {
    return header != null
        && JWT.decode(header.substring("Bearer ".length()))
            .getExpiresAtAsInstant()
            .isAfter(Instant.now());
  }
}
