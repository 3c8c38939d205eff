package com.soundcore.kcp.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.soundcore.kcp.testkit.DatabaseProcess;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of the matrix over a real PostgreSQL; its command has all of it. */
@Tag("full")
@Tag("alone")
class DatabaseDetectionTest {
  private static final DetectionMatrix MATRIX = new DetectionMatrix("database");

  static IntStream shortForm() {
    return MATRIX.shortForm().stream().mapToInt(Integer::intValue);
  }

  /** Skips all where there is no PostgreSQL. */
  @BeforeAll
  static void needsADatabase() {
    new DatabaseProcess().close();
  }

  @ParameterizedTest
  @MethodSource("shortForm")
  void whatIsPlantedInTheDatabaseIsFoundAndNothingElse(int number) {
    DetectionMatrix.Result result = MATRIX.fault(number);
    assumeTrue(result.isJudged(), result.disturbed());
    assertThat(result.isRight()).as(result.line()).isTrue();
  }
}
