package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.soundcore.kcp.config.ConfigException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatlingSettingsTest {
  private static Properties with(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gatling.data.writers.0", "gatling.data.writers.1"})
  void gatlingsConsoleInPlaceOfItsLogCouldNotBeJudged(String entry) {
    assertThatThrownBy(() -> GatlingSettings.mustKeepLog(with(entry, "console")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "gatling.data.writers (-D or conf/gatling.conf) was [console]; must have 'file' among"
                + " its entries");
  }

  @Test
  void theLogMayHaveTheConsoleBesideIt() {
    assertThatCode(() -> GatlingSettings.mustKeepLog(with())).doesNotThrowAnyException();
    Properties both = with("gatling.data.writers.0", "console", "gatling.data.writers.1", "file");
    assertThatCode(() -> GatlingSettings.mustKeepLog(both)).doesNotThrowAnyException();
  }

  @Test
  void aPropertyCountsMoreThanTheFileAndTheFileMoreThanTheDefault() {
    assertThat(GatlingSettings.requestTimeout(with("gatling.http.requestTimeout", "1500")))
        .isEqualTo(Duration.ofMillis(1500));
    Duration ofTheDefaults =
        GatlingSettings.requestTimeout(with("gatling.conf.file", "gatling-defaults.conf"));
    assertThat(ofTheDefaults).isEqualTo(Duration.ofMinutes(1));
  }
}
