package com.soundcore.kcp.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.run.Answered.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnsweredTest {
  private static Example example(double second, int millis, String wrong) {
    return new Example(second, "auth / me", "GET /me", millis, wrong, "", "", "");
  }

  @Test
  void failedCallsComeFirstByTheirTimeAndThenTheSlowestOnes() {
    Example slow = example(9, 900, "");
    Example slower = example(10, 1900, "");
    Example early = example(1.5, 10, "503 in place of 200");
    Example late = example(20, 2500, "timed out");
    assertThat(Example.inOrder(List.of(slow, late, slower, early)))
        .containsExactly(early, late, slower, slow);
  }
}
