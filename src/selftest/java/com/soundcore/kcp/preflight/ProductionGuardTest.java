package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.Environment;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.ProductionPlace;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.http.Token;
import com.soundcore.kcp.run.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionGuardTest {
  private static KcpConfig config(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  private static void check(KcpConfig config, String test, boolean secret) {
    ProductionGuard.check(config, config.tests().get(test), secret, List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"load", "stress", "spike", "qps10k", "soak", "breakpoint"})
  void productionIsLoadedOnlyWhenConfirmedByName(String test) {
    KcpConfig production = config(Map.of("kcp.env", "production"));
    assertThatThrownBy(() -> check(production, test, false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("-Dkcp.confirm-production=production");
    KcpConfig other = config(Map.of("kcp.env", "production", "kcp.confirm-production", "staging"));
    assertThatThrownBy(() -> check(other, test, false)).isInstanceOf(Refusal.class);
    KcpConfig confirmed =
        config(Map.of("kcp.env", "production", "kcp.confirm-production", "production"));
    assertThatCode(() -> check(confirmed, test, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcp.load-scale=1.2",
        "kcp.tests.smoke.stages.0.ramp-to=11",
        "kcp.include-costly=true",
        "kcp.injection=open"
      })
  void aSmokeThatIsMadeHeavierIsNoSmoke(String override) {
    String[] pair = override.split("=");
    KcpConfig heavier = config(Map.of("kcp.env", "production", pair[0], pair[1]));
    assertThatThrownBy(() -> check(heavier, "smoke", false)).isInstanceOf(Refusal.class);
  }

  @Test
  void aTokenIsCleanedAndNeverShown() {
    assertThat(Token.of(" s3cret\n")).contains("s3cret");
    assertThat(Token.of(" ")).isEmpty();
    assertThatThrownBy(() -> Token.of("s3c\nret"))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("A token (")
        .message()
        .doesNotContain("s3c");
  }

  @Test
  void productionIsCleanedOnlyWhenConfirmed() {
    KcpConfig production = config(Map.of("kcp.env", "production"));
    assertThatThrownBy(() -> ProductionGuard.checkCleanup(production, false))
        .isInstanceOf(Refusal.class);
    KcpConfig confirmed =
        config(Map.of("kcp.env", "production", "kcp.confirm-production", "production"));
    assertThatCode(() -> ProductionGuard.checkCleanup(confirmed, false)).doesNotThrowAnyException();
  }

  @Test
  void smokeMayRunInProduction() {
    KcpConfig production = config(Map.of("kcp.env", "production"));
    assertThatCode(() -> check(production, "smoke", false)).doesNotThrowAnyException();
  }

  @Test
  void aTokenIsNotSentInTheClearBeyondThisMachine() {
    KcpConfig open =
        config(
            Map.of(
                "kcp.env", "staging",
                "kcp.environment.urls.auth", "http://kcp.staging.example"));
    assertThatThrownBy(() -> check(open, "smoke", true))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("http://kcp.staging.example is not encrypted");
    assertThatCode(() -> check(config(Map.of()), "smoke", true)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcp.think-time.min",
        "kcp.time-scale",
        "kcp.tests.smoke.stages.1.hold",
        "kcp.environment.urls.auth",
        "kcp.api.auth.operations.me.path",
        "gatling.http.requestTimeout"
      })
  void aSmokeOfWhichAnythingElseIsOverriddenIsNoSmoke(String key) {
    KcpConfig production = config(Map.of("kcp.env", "production"));
    assertThatThrownBy(
            () ->
                ProductionGuard.check(
                    production,
                    production.tests().get("smoke"),
                    false,
                    List.of("java.version", "kcp.env", key)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than a plain Smoke: " + key + " is set. No load was sent.");
  }

  @Test
  void whatIsSeenAndKeptOfASmokeMayDiffer() {
    KcpConfig production = config(Map.of("kcp.env", "production"));
    assertThatCode(
            () ->
                ProductionGuard.check(
                    production,
                    production.tests().get("smoke"),
                    false,
                    List.of("kcp.env", "kcp.services", "kcp.live.port", "kcp.build", "user.dir")))
        .doesNotThrowAnyException();
  }

  private static Environment leadingTo(String url) {
    return new Environment("other", "", false, false, List.of(), Map.of("auth", URI.create(url)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kcp.production.example:8005",
        "https://KCP.Production.Example:8005",
        "https://kcp.production.example.:8005",
        "https://kcp.production.example:8005/",
        "http://kcp.production.example:8001",
        "https://kcp.production.example:8002/api/v1"
      })
  void aPlaceThatAnotherFileMarksAsProductionIsProductionByEverySpelling(String url) {
    assertThat(ProductionGuard.placeOf(leadingTo(url)))
        .map(ProductionPlace::environment)
        .contains("production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://kcp.production.example:9005",
        "https://kcp.staging.example:8005",
        "http://127.0.0.1:8005"
      })
  void anotherPlaceIsNot(String url) {
    assertThat(ProductionGuard.placeOf(leadingTo(url))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.7, https://10.0.0.7:443, true",
    "http://[::ffff:10.0.0.7]:8001, http://10.0.0.7:8001, true",
    "https://gateway.example/prod, https://gateway.example/prod/auth, true",
    "https://gateway.example/prod, https://gateway.example/production, false",
    "https://gateway.example/prod, https://gateway.example/staging/../prod, true",
    "https://gateway.example/prod, https://gateway.example, true",
    "https://gateway.example:8443, https://gateway.example, false",
    "http://localhost:8001, http://127.0.0.1:8001, true"
  })
  void oneOriginHasManySpellings(String one, String other, boolean same) {
    assertThat(Origin.of(URI.create(one)).isSame(Origin.of(URI.create(other)))).isEqualTo(same);
    assertThat(Origin.of(URI.create(other)).isSame(Origin.of(URI.create(one)))).isEqualTo(same);
  }
}
