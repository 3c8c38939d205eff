package com.soundcore.kcp.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of the table; its command has all of it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "sends signals and looks at /proc")
@Tag("full")
class FaultTableTest {
  static Stream<Row> shortForm() {
    return new FaultTable().shortForm().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shortForm")
  void whateverHappensIsSaidAndNothingIsLeftBehind(Row row) throws IOException {
    assumeTrue(Trial.missing(row).isEmpty(), () -> "needs " + row.needs());
    assertThat(FaultTable.tried(row)).isEmpty();
  }
}
