package com.soundcore.kcp.preflight;

import static com.soundcore.kcp.testkit.CrookedDeployment.check;
import static com.soundcore.kcp.testkit.CrookedDeployment.on;
import static com.soundcore.kcp.testkit.CrookedDeployment.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.http.Http;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.testkit.Certificate;
import com.soundcore.kcp.testkit.CrookedDeployment;
import com.soundcore.kcp.testkit.Gateway;
import com.soundcore.kcp.testkit.Gateway.Passing;
import com.soundcore.kcp.testkit.SuiteProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the preflight sees of a deployment that is not quite as it should be. */
class UnusualDeploymentsTest {
  private static final String NOT_YET =
      "{\"message\":\"Coming soon\",\"status\":\"not_implemented\"}";

  @RegisterExtension private static final CrookedDeployment deployment = new CrookedDeployment();

  @TempDir private static Path folder;

  private static Certificate own;

  /** One for all: a JVM makes it. */
  @BeforeAll
  static void makeACertificate() throws Exception {
    own = Certificate.of(folder, "IP:127.0.0.1");
  }

  @Test
  void aPlaceholderIsAFailureUnlessItIsAllowedByName() {
    try (Gateway gateway =
        deployment.gateway("auth", on("POST /api/v1/auth/login", new Passing(200, NOT_YET)))) {
      assertThat(refusal(deployment.config("auth", gateway.url()), Optional.empty()))
          .contains("Not built yet", "-Dkcp.placeholders=\"auth / login\"");
      KcpConfig allowed =
          deployment.config("auth", gateway.url(), "kcp.placeholders = [\"auth / login\"]");
      assertThat(check(allowed, Optional.empty()).caveats())
          .containsExactly(
              "PLACEHOLDER: auth / login (\"not implemented\" is accepted as an answer:"
                  + " kcp.placeholders)");
    }
  }

  @Test
  void theSameAnswerToDifferentQuestionsIsSaid() {
    Passing constant = new Passing(200, "{\"conversations\":[],\"total\":0}");
    try (Gateway gateway =
        deployment.gateway("support", on("GET /api/v1/support/conversations", constant))) {
      assertThat(check(deployment.config("support", gateway.url()), Optional.empty()).caveats())
          .singleElement()
          .asString()
          .isEqualTo(
              "PLACEHOLDER: support / conversations (the same \"conversations\" in the answers to 4"
                  + " different questions)");
    }
  }

  @Test
  void aSearchThatOnlyRepeatsTheQuestionIsRefused() {
    Gateway.Twist blind =
        (call, real) ->
            call.startsWith("POST /api/v1/search/")
                ? new Passing(
                    real.status(),
                    real.headers(),
                    real.body().replace("\"title\":\"", "\"title\":\"Another "))
                : real;
    try (Gateway gateway = deployment.gateway("knowledge", blind)) {
      assertThat(refusal(deployment.config("knowledge", gateway.url()), Optional.empty()))
          .contains("search: what is there", "is its index complete?");
    }
  }

  @Test
  void aSearchForAKnownRowSendsTheHeadersAndSavedValuesOfTheOperation() {
    AtomicReference<String> shop = new AtomicReference<>();
    List<String> searches = new CopyOnWriteArrayList<>();
    Gateway.Twist recorded =
        (call, real) -> {
          if (call.startsWith("POST /api/v1/search/")) {
            searches.add(String.valueOf(shop.get()));
          }
          return real;
        };
    try (Gateway gateway =
        deployment.gateway("knowledge", recorded).listening("X-Shop", shop::set)) {
      check(
          deployment.config(
              "knowledge",
              gateway.url(),
              "kcp.api.knowledge.operations.stats.saves.shop = \"$.total_items\"",
              "kcp.api.knowledge.operations.search.headers.X-Shop = \"shop {saved.shop}\"",
              "searching = [{ call = stats }, { call = search }]",
              "kcp.journeys.knowledge-calls.steps = ${searching}",
              "kcp.journeys.knowledge-tour.steps = ${searching}",
              "kcp.journeys.search-intensive.steps = ${searching}"),
          Optional.empty());
      assertThat(searches).hasSizeGreaterThan(1).allMatch(value -> value.matches("shop \\d+"));
    }
  }

  @Test
  void aValueThatNoHeaderCanCarryIsRefusedWithItsKey() {
    KcpConfig config =
        deployment.config(
            "knowledge",
            "http://127.0.0.1:" + deployment.port("knowledge"),
            "kcp.feeders.knowledge.values.category.one-of = [\"s\u0142uchawki\"]",
            "kcp.api.knowledge.operations.products.headers.X-Category = \"{category}\"");
    assertThat(refusal(config, Optional.empty()))
        .contains(
            "not sent: the header X-Category must have",
            "kcp.api.knowledge.operations.products.headers");
  }

  @Test
  void aListThatAlwaysShowsItsFirstPageWasNotLeftByALoadTest() {
    AtomicReference<Passing> first = new AtomicReference<>();
    Gateway.Twist stuck =
        (call, real) -> {
          if (!call.startsWith("GET /api/v1/knowledge/?page=") || !call.contains("=100")) {
            return real;
          }
          first.compareAndSet(null, real);
          return first.get();
        };
    try (Gateway gateway = deployment.gateway("knowledge", stuck)) {
      Preflight.Found found =
          check(deployment.config("knowledge", gateway.url()), Optional.empty());
      assertThat(found.rows().get("knowledge items")).isGreaterThanOrEqualTo(1000);
    }
  }

  @Test
  void aBuildForDevelopmentIsSaidAndItsVersionKept() {
    Passing about = new Passing(200, "{\"environment\": \"development\", \"commit\": \"4f2a9c1\"}");
    try (Gateway gateway =
        deployment.gateway("auth", (call, real) -> call.equals("GET /") ? about : real)) {
      Preflight.Found found = check(deployment.config("auth", gateway.url()), Optional.empty());
      assertThat(found.caveats())
          .containsExactly(
              "DEVELOPMENT: auth (\"environment\":\"development\"; a production build may be"
                  + " faster)");
      assertThat(found.builds()).containsEntry("auth", "4f2a9c1").containsEntry("content", "v1");
    }
  }

  @Test
  void aLimitOfTheRateIsHeldAgainstThePlan() {
    try (Gateway gateway =
        deployment.gateway("auth", (call, real) -> real.with("X-RateLimit-Limit", "1000"))) {
      Preflight.Found found = check(deployment.config("auth", gateway.url()), Optional.empty());
      assertThat(found.limits().get("auth").against("auth", 500))
          .hasValueSatisfying(
              words ->
                  assertThat(words)
                      .startsWith(
                          "RATE LIMITED: auth allows 1,000 calls in 60 s, which is 16.7 req/s, and"
                              + " this plan sends it up to 500.0 req/s"));
      assertThat(found.limits().get("auth").against("auth", 16)).isEmpty();
    }
  }

  @Test
  void tlsThatDoesNotFitIsExplained() throws Exception {
    int port = deployment.port("knowledge");
    try (Gateway selfSigned = Gateway.encrypted(port, own.context(), false);
        Gateway wantsClient = Gateway.encrypted(port, own.context(), true)) {
      assertThat(refusal(deployment.config("knowledge", selfSigned.url()), Optional.empty()))
          .contains("Its certificate is not trusted here");
      KcpConfig strict = deployment.config("knowledge", wantsClient.url());
      assertThat(refusal(strict, http(trusting(own))))
          .contains("it may require a client certificate, or another one (export KCP_KEY_STORE");
      Map<String, String> both = new HashMap<>(trusting(own));
      both.put("KCP_KEY_STORE", own.store().toString());
      both.put("KCP_KEY_STORE_PASSWORD", Certificate.PASSWORD);
      assertThat(check(strict, http(both)).caveats()).isEmpty();
      String plain = selfSigned.url().replace("https", "http");
      assertThat(refusal(deployment.config("knowledge", plain), Optional.empty()))
          .contains("must be https");
    }
    assertThat(
            refusal(deployment.config("knowledge", "https://127.0.0.1:" + port), Optional.empty()))
        .contains("It does not speak https there");
  }

  private static Map<String, String> trusting(Certificate certificate) {
    return Map.of(
        "KCP_TRUST_STORE",
        certificate.store().toString(),
        "KCP_TRUST_STORE_PASSWORD",
        Certificate.PASSWORD);
  }

  private static Http http(Map<String, String> environment) {
    return new Http(Duration.ofSeconds(3), Optional::empty, environment, false, Optional.empty());
  }

  @Test
  void aStoreThatCannotBeOpenedIsRefusedWithoutItsPassword() {
    Map<String, String> wrong =
        Map.of("KCP_KEY_STORE", own.store().toString(), "KCP_KEY_STORE_PASSWORD", "wr0ng-passw0rd");
    assertThat(catchThrowableOfType(Refusal.class, () -> http(wrong)))
        .hasMessageContaining("KCP_KEY_STORE names " + own.store() + ", which cannot be opened")
        .hasMessageNotContaining("wr0ng-passw0rd");
  }

  @Test
  void nobodyThereIsExplained() throws IOException {
    String closed = "http://127.0.0.1:" + SuiteProcess.freePort();
    assertThat(refusal(deployment.config("auth", closed), Optional.empty()))
        .contains("Start it, or write where it is into kcp.environment.urls.auth");
    assertThat(refusal(deployment.config("auth", "http://nosuch.invalid:8005"), Optional.empty()))
        .contains("is it known to this machine's DNS?");
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort();
      assertThat(
              refusal(
                  deployment.config("auth", url, "kcp.preflight.call-timeout = 300ms"),
                  Optional.empty()))
          .contains("no answer within 300 ms", "-Dkcp.preflight.call-timeout=10s");
    }
    try (ServerSocket rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread hangsUp = new Thread(() -> hangUp(rude), "hangs-up");
      hangsUp.setDaemon(true);
      hangsUp.start();
      assertThat(
              refusal(
                  deployment.config("auth", "http://127.0.0.1:" + rude.getLocalPort()),
                  Optional.empty()))
          .contains("Nothing there answers in HTTP/1.1");
    }
  }

  private static void hangUp(ServerSocket server) {
    try {
      while (true) {
        try (Socket accepted = server.accept()) {
          accepted.getInputStream().read(new byte[1]);
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  @Test
  void whatIsOnlyUnusualIsNoReasonToRefuse() throws IOException {
    Gateway.Twist chunked = (call, real) -> real.with("Transfer-Encoding", "chunked");
    Gateway.Twist compressed =
        (call, real) ->
            new Passing(real.status(), real.headers(), gzip(real.body()))
                .with("Content-Encoding", "gzip");
    for (Gateway.Twist twist : List.of(chunked, compressed)) {
      try (Gateway gateway = deployment.gateway("knowledge", twist)) {
        assertThat(check(deployment.config("knowledge", gateway.url()), Optional.empty()).caveats())
            .isEmpty();
      }
    }
    try (Gateway six =
        Gateway.at(InetAddress.getByName("::1"), deployment.port("auth"), (call, real) -> real)) {
      String url = "http://[::1]:" + six.port();
      assertThat(check(deployment.config("auth", url), Optional.empty()).caveats()).isEmpty();
    }
  }

  private static String gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
