package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import com.soundcore.kcp.config.KcpConfig;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
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

  @Test
  void eachPropertyThatChangesNothingIsNamedWithItsReason() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                check(
                    "qps10k",
                    "kcp.tests.spike.stages.1.hold",
                    "2m",
                    "kcp.think-time.min",
                    "1s",
                    "kcp.expected-response-time",
                    "30ms",
                    "kcp.env",
                    "local",
                    "kcp.backend.items",
                    "100"));
    assertThat(refused.problems())
        .isEqualTo(
            List.of(
                "kcp.backend.items (-D) has no effect on qps10k: only kcp.env=embedded starts that"
                    + " backend; leave it out",
                "kcp.expected-response-time (-D) has no effect on qps10k: only a test in users that"
                    + " runs open uses it; leave it out",
                "kcp.tests.spike.stages.1.hold (-D) has no effect on qps10k: it is another test's;"
                    + " leave it out",
                "kcp.think-time.min (-D) has no effect on qps10k: it has no users that think; leave"
                    + " it out"));
  }

  @ParameterizedTest
  @CsvSource({
    "spike, kcp.tests.spike.stages.1.hold, 2m",
    "spike, kcp.think-time.min, 1s",
    "spike, kcp.backend.items, 100",
    "qps10k, kcp.load-scale, 0.5"
  })
  void aPropertyThatCountsIsTaken(String test, String key, String value) {
    assertThatCode(() -> check(test, key, value)).doesNotThrowAnyException();
  }

  @Test
  void usersThatRunOpenHaveAnExpectedResponseTime() {
    assertThatCode(
            () -> check("spike", "kcp.injection", "open", "kcp.expected-response-time", "30ms"))
        .doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () -> check("spike", "kcp.expected-response-time", "30ms"))
                .problems())
        .containsExactly(
            "kcp.expected-response-time (-D) has no effect on spike: only a test in users that runs"
                + " open uses it; leave it out");
  }
}
