package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagesTest {
  @ParameterizedTest
  @CsvSource({"0.hold, 10s", "0.hold, 10", "1.ramp-to, 5", "1.over, 5s", "1.at-least, 5s"})
  void aStageThatIsTwoThingsIsOneProblem(String key, String value) {
    Properties properties = new Properties();
    properties.put("kcp.tests.smoke.stages." + key, value);
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(properties));
    String holds = ". The stages that hold are kcp.tests.smoke.stages[1]";
    assertThat(refused.problems())
        .containsExactly(
            "kcp.tests.smoke.stages[%s] is a ramp and a hold at once; must be { ramp-to = level, over = duration } or { hold = duration }%s"
                .formatted(key.charAt(0), key.startsWith("0") ? holds : ""));
  }
}
