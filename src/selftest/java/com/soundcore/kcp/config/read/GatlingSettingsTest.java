package com.soundcore.kcp.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.soundcore.kcp.config.ConfigException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GatlingSettingsTest {
  @Test
  void aPropertyComesBeforeTheFile() {
    Properties properties = new Properties();
    assertThat(GatlingSettings.requestTimeout(properties)).isEqualTo(Duration.ofSeconds(10));
    properties.put("gatling.http.requestTimeout", "2500");
    assertThat(GatlingSettings.requestTimeout(properties)).isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void gatlingsOwnDefaultCountsWhereTheFileSaysNothing() {
    Properties properties = new Properties();
    properties.put("gatling.conf.file", "no-such-file.conf");
    assertThat(GatlingSettings.requestTimeout(properties)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void withoutALogThereIsNoVerdict() {
    Properties properties = new Properties();
    assertThatCode(() -> GatlingSettings.mustKeepLog(properties)).doesNotThrowAnyException();
    properties.put("gatling.data.writers.0", "console");
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> GatlingSettings.mustKeepLog(properties));
    assertThat(refused.problems())
        .containsExactly(
            "gatling.data.writers (-D or conf/gatling.conf) was [console]; must have 'file' among"
                + " its entries, since without a log there is no verdict, such as"
                + " -Dgatling.data.writers.0=file -Dgatling.data.writers.1=console");
  }
}
