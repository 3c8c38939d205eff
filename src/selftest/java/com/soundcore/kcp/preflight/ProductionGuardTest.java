package com.soundcore.kcp.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionGuardTest {
  private static KcpConfig config(Map<String, String> overrides) {
    Properties properties = new Properties();
    properties.putAll(overrides);
    return ConfigLoader.load(properties);
  }

  private static void check(KcpConfig config, String test, boolean secret) {
    ProductionGuard.check(config, config.tests().get(test), secret);
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
}
