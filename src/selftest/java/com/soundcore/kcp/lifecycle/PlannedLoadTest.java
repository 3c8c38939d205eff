package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import com.soundcore.kcp.config.read.ConfigLoader;
import com.soundcore.kcp.config.tests.TestShape;
import com.soundcore.kcp.injection.Plan;
import com.soundcore.kcp.preflight.ProductionGuard;
import com.soundcore.kcp.run.Refusal;
import com.soundcore.kcp.workload.TrafficMix;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A load as it is planned, against what its environment allows. */
class PlannedLoadTest {
  private static KcpConfig environment(boolean production, String lines) {
    return ConfigLoader.withEnvironment(
        "mine",
        """
        kcp.environment {
          about = "mine", production = %s, starts-backend = false, hosts = ["kcp.mine.invalid"]
          urls { knowledge = "https://kcp.mine.invalid:1", content = "https://kcp.mine.invalid:2",
                 support = "https://kcp.mine.invalid:3", analytics = "https://kcp.mine.invalid:4",
                 auth = "https://kcp.mine.invalid:5" }
        }
        %s
        """
            .formatted(production, lines));
  }

  private static ProductionGuard.Load load(KcpConfig config, String name) {
    TestShape test = config.tests().get(name);
    TrafficMix mix = TrafficMix.of(config, config.workloadOf(test));
    TestShape planned = config.searchOf(test).map(test::searching).orElse(test);
    return Run.load(new Plan(config, planned, mix), mix);
  }

  private static void check(KcpConfig config, String name) {
    ProductionGuard.checkLoad(config, config.tests().get(name), load(config, name));
  }

  @ParameterizedTest
  @CsvSource({
    "breakpoint, kcp.max-requests = 1000000, max-requests",
    "qps10k, kcp.max-requests = 3000000, max-requests",
    "soak, kcp.max-minutes = 10, max-minutes"
  })
  void aLoadAboveTheBudgetOfItsEnvironmentIsRefused(String test, String line, String key) {
    assertThatThrownBy(() -> check(environment(false, line), test))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("kcp.%s of environment mine allows".formatted(key))
        .hasMessageContaining("conf/environments/mine.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"smoke", "load", "stress", "spike", "qps10k", "soak", "breakpoint"})
  void everyTestAsWrittenIsWithinTheUsualBudget(String test) {
    assertThatCode(() -> check(environment(false, ""), test)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kcp.max-requests", "kcp.max-minutes", "kcp.environment.creates-rows"})
  void theCommandLineRaisesNoBudget(String key) {
    Properties properties = new Properties();
    properties.setProperty(key, "1");
    assertThatThrownBy(() -> ConfigLoader.load(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key + " (-D) can be set only in its file in conf/");
  }

  @Test
  void aWholeSmokeIsTooMuchForProductionAndSaysHowMuchIsNot() {
    assertThatThrownBy(() -> check(environment(true, ""), "smoke"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("more than 1,500 (-Dkcp.load-scale=0.3 is small enough)");
  }

  @Test
  void aSmallSmokeInProductionCreatesNothing() {
    KcpConfig production = environment(true, "kcp.load-scale = 0.3");
    ProductionGuard.Load load = load(production, "smoke");
    assertThat(load.creates()).isEmpty();
    assertThat(load.requests()).isBetween(100.0, 1500.0);
    assertThatCode(() -> check(production, "smoke")).doesNotThrowAnyException();
  }

  @Test
  void rowsAreCreatedWhereTheFileAllowsIt() {
    KcpConfig allowed =
        environment(true, "kcp.load-scale = 0.3, kcp.environment.creates-rows = true");
    assertThat(load(allowed, "smoke").creates()).contains("knowledge / create");
    assertThatCode(() -> check(allowed, "smoke")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcp.tests.smoke.stages = [{ ramp-to = 10, over = 1s }, { hold = 3m }]",
        "kcp.think-time { min = 0s, max = 0s }"
      })
  void aSmokeThatItsOwnFilesMakeHeavierIsRefusedInProduction(String line) {
    assertThatThrownBy(() -> check(environment(true, line), "smoke"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("-Dkcp.confirm-production=mine");
  }
}
