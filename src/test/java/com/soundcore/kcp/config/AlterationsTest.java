package com.soundcore.kcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlterationsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcp.tests.qps10k.stages.0.ramp-to",
        "kcp.targets.auth.p95",
        "kcp.gates.min-samples",
        "kcp.think-time.min",
        "kcp.journeys.read-heavy.service",
        "kcp.rate-tolerance"
      })
  void whatChangesTheMeaningOfAVerdictIsTold(String key) {
    Properties properties = new Properties();
    properties.put(key, "x");
    assertThat(Alterations.in(properties)).containsExactly(key + "=x");
  }

  @Test
  void whatASummaryShowsAnywayIsNoAlteration() {
    Properties properties = new Properties();
    properties.put("kcp.env", "staging");
    properties.put("kcp.load-scale", "0.1");
    properties.put("user.home", "x");
    assertThat(Alterations.in(properties)).isEmpty();
  }
}
