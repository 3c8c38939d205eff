package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IneffectivePropertiesTest {
  private static void check(String test, String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    KcpConfig config = ConfigLoader.load(properties);
    IneffectiveProperties.check(properties, config, config.tests().get(test));
  }

  @ParameterizedTest
  @CsvSource({
    "smoke, kcp.tests.load.about, x, it is another test's",
    "qps10k, kcp.think-time.max, 9s, it has no users that think",
    "load, kcp.expected-response-time, 9ms, only a test in users that runs open uses it",
    "qps10k, kcp.expected-response-time, 9ms, only a test in users that runs open uses it",
  })
  void aPropertyThatChangesNothingIsRefused(String test, String key, String value, String why) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> check(test, key, value));
    assertThat(refused.problems())
        .containsExactly("%s (-D) has no effect on %s: %s; leave it out".formatted(key, test, why));
  }

  @ParameterizedTest
  @CsvSource({"local", "staging"})
  void onlyTheEmbeddedEnvironmentHasABackendOfItsOwn(String env) {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () -> check("smoke", "kcp.env", env, "kcp.backend.pool-size", "9"));
    assertThat(refused.problems())
        .containsExactly(
            "kcp.backend.pool-size (-D) has no effect on smoke: only kcp.env=embedded starts that"
                + " backend; leave it out");
  }

  @ParameterizedTest
  @CsvSource({
    "load, kcp.tests.load.about, x, kcp.seed, 1",
    "load, kcp.think-time.max, 9s, kcp.seed, 1",
    "load, kcp.backend.pool-size, 9, kcp.seed, 1",
    "load, kcp.expected-response-time, 9ms, kcp.injection, open",
  })
  void aPropertyThatChangesSomethingIsNot(
      String test, String key, String value, String other, String its) {
    assertThatCode(() -> check(test, key, value, other, its)).doesNotThrowAnyException();
  }
}
