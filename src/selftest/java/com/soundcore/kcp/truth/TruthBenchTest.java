package com.soundcore.kcp.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of the truth bench; its command asks each question a thousand times. */
@Tag("full")
class TruthBenchTest {
  private static final int SEEDS = 12;
  // One in twelve is what chance may bring where five in a hundred are allowed.
  private static final int MAY_BE_WRONG = 2;
  private static final double RARELY = 0.02;
  private static final double HALF = 0.5;

  static Stream<Question> questions() {
    // Twelve runs say nothing of a median.
    return TruthBench.questions().stream().filter(question -> question.mayBeWrong() < HALF);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void theSuiteIsRightAboutSystemsWhoseTruthIsKnown(Question question) {
    List<String> wrong =
        TruthBench.answers(question, SEEDS, 1).stream()
            .filter(answer -> !answer.right())
            .map(Answer::what)
            .toList();
    assertThat(wrong)
        .as(question.name())
        .hasSizeLessThanOrEqualTo(question.mayBeWrong() > RARELY ? MAY_BE_WRONG : 0);
  }
}
