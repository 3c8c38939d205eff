package com.soundcore.kcp.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of the detection matrix; its command has all of it. */
@Tag("full")
@Tag("alone")
class DetectionTest {
  private static final DetectionMatrix MATRIX = new DetectionMatrix("detection");

  static IntStream shortForm() {
    return MATRIX.shortForm().stream().mapToInt(Integer::intValue);
  }

  @ParameterizedTest
  @MethodSource("shortForm")
  void aPlantedFaultIsFoundAtItsServiceAndNowhereElse(int number) {
    DetectionMatrix.Result result = MATRIX.fault(number);
    assumeTrue(result.isJudged(), result.disturbed());
    assertThat(result.isRight()).as(result.line()).isTrue();
  }

  @Test
  void aHealthySystemHasNoFinding() {
    DetectionMatrix.Result result = MATRIX.healthy("soak");
    assumeTrue(result.isJudged(), result.disturbed());
    assertThat(result.isRight()).as(result.line()).isTrue();
  }
}
