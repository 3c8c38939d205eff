package com.soundcore.kcp.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.Fault.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static Fault fault(Kind kind, String operation, int from, Integer to) {
    return new Fault(
        "knowledge",
        kind,
        Optional.ofNullable(operation),
        Duration.ofSeconds(from),
        Optional.ofNullable(to).map(Duration::ofSeconds),
        Duration.ZERO,
        1,
        0,
        0,
        Duration.ZERO);
  }

  @Test
  void aFaultIsNamedByItsPlaceAndItsTime() {
    assertThat(fault(Kind.SLOW, null, 0, null).text()).isEqualTo("slow at knowledge");
    assertThat(fault(Kind.OUT_OF_MEMORY, "list", 10, null).text())
        .isEqualTo("out-of-memory at knowledge / list from 10 s");
    assertThat(fault(Kind.CRASH, null, 60, 90).text())
        .isEqualTo("crash at knowledge from 1 min to 1 min 30 s");
    assertThat(fault(Kind.CRASH, null, 0, 90).text()).isEqualTo("crash at knowledge to 1 min 30 s");
  }

  @Test
  void theseKindsArePlantedIntoTheDatabase() {
    List<Kind> ofTheDatabase = Arrays.stream(Kind.values()).filter(Kind::ofTheDatabase).toList();
    assertThat(ofTheDatabase)
        .containsExactly(
            Kind.INDEX_DROPPED,
            Kind.SLOW_STATEMENT,
            Kind.LOCK,
            Kind.OPEN_TRANSACTION,
            Kind.CONNECTIONS,
            Kind.DISK_WORK,
            Kind.REPORT);
  }
}
