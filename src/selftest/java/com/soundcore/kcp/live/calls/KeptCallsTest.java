package com.soundcore.kcp.live.calls;

import static com.soundcore.kcp.workload.CallFixture.ended;
import static com.soundcore.kcp.workload.CallFixture.right;
import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.config.ExampleOptions;
import com.soundcore.kcp.config.services.Operation;
import com.soundcore.kcp.run.Answered.Example;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.workload.LoadTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls are kept, and what of them. */
class KeptCallsTest {
  private static final Operation ME =
      SyntheticRun.CONFIG.allServices().get("auth").operations().get("me");
  private static final Operation LOGIN =
      SyntheticRun.CONFIG.allServices().get("auth").operations().get("login");
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  private static CallExamples keeping(int slowest, int failed, int characters, double traced) {
    ExampleOptions options =
        new ExampleOptions(slowest, failed, characters, traced, "https://t/{trace}");
    return new CallExamples(options, new LoadTime(), () -> List.of("pass-of-this-run"));
  }

  private static List<Integer> millis(CallExamples examples) {
    return examples.all().stream().map(Example::millis).toList();
  }

  @Test
  void theSlowestCallsOfAServiceAreKept() {
    CallExamples examples = keeping(3, 0, 0, 0);
    for (int millis : List.of(5, 90, 10, 70, 5, 80, 60)) {
      examples.ended(right(millis % 20 == 0 ? ME : LOGIN), millis, true);
    }
    assertThat(millis(examples)).containsExactly(90, 80, 70);
  }

  @Test
  void aCallOfARampIsNotAmongThem() {
    CallExamples examples = keeping(3, 0, 0, 0);
    examples.steadyIn(second -> false);
    examples.ended(right(ME), 90, true);
    assertThat(millis(examples)).isEmpty();
  }

  @Test
  void whereCallsAreTracedOnlyTracedOnesCompete() {
    CallExamples examples = keeping(3, 0, 0, 0.1);
    examples.ended(right(ME), 90, true);
    examples.ended(ended(ME, "", "", TRACE), 9, true);
    assertThat(examples.all())
        .containsExactly(
            new Example(
                0,
                "auth / me",
                "GET http://h" + ME.path(),
                9,
                "",
                "",
                TRACE,
                "https://t/" + TRACE));
  }

  @Test
  void theFirstOfEachKindOfFailureAreKept() {
    CallExamples examples = keeping(0, 2, 0, 0);
    for (int millis = 1; millis <= 4; millis++) {
      examples.ended(ended(ME, "500 in place of 200", "", ""), millis, false);
      examples.ended(right(ME), 10 * millis, false);
    }
    assertThat(examples.all())
        .extracting(example -> example.wrong() + " " + example.millis())
        .containsExactlyInAnyOrder(
            "500 in place of 200 1",
            "500 in place of 200 2",
            "no complete answer, or never sent (see Errors) 10",
            "no complete answer, or never sent (see Errors) 20");
  }

  @Test
  void aTracedFailureTakesThePlaceOfOneThatIsNot() {
    CallExamples examples = keeping(0, 2, 0, 0.1);
    examples.ended(ended(ME, "500 in place of 200", "", ""), 1, false);
    examples.ended(ended(ME, "500 in place of 200", "", TRACE), 2, false);
    examples.ended(ended(ME, "500 in place of 200", "", TRACE), 3, false);
    examples.ended(ended(ME, "500 in place of 200", "", TRACE), 4, false);
    assertThat(millis(examples)).containsExactly(2, 3);
  }

  @Test
  void theBeginningOfAWrongAnswerIsKeptWithoutSecrets() {
    CallExamples examples = keeping(0, 1, 30, 0);
    String answer = " {\"for\": \"pass-of-this-run\", \"token\": \"abc123\"} ";
    examples.ended(ended(ME, "500 in place of 200", answer, ""), 1, false);
    assertThat(examples.all().get(0).answer()).isEqualTo("{\"for\": \"(secret)\", \"token\": (…");
  }

  @Test
  void noAnswerIsKeptWhereNoneIsWanted() {
    CallExamples examples = keeping(0, 1, 0, 0);
    examples.ended(ended(ME, "500 in place of 200", "an answer", ""), 1, false);
    assertThat(examples.all().get(0).answer()).isEmpty();
  }
}
