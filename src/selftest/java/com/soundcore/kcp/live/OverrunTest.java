package com.soundcore.kcp.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.live.LiveSnapshot.Flow;
import com.soundcore.kcp.live.calls.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** A run is given up once it has come to a standstill after its plan, and not before. */
class OverrunTest {
  private static final int PLANNED = 30;
  private static final int LIMIT = 20;

  private final List<String> givenUp = new ArrayList<>();
  private final Overrun overrun =
      new Overrun(new LiveRun.GivingUp(Duration.ofSeconds(LIMIT), givenUp::add));

  private void seconds(int from, int to, IntToLongFunction users, IntToLongFunction answers) {
    for (int second = from; second < to; second++) {
      overrun.accept(snapshot(second, users.applyAsLong(second), answers.applyAsLong(second)));
    }
  }

  private static LiveSnapshot snapshot(int second, long users, long answered) {
    Figures soFar = new Figures(answered, answered, 0, null, null, null);
    Flow flow = new Flow(0, 0, 0, Figures.NONE, soFar);
    return new LiveSnapshot(
        second, PLANNED, "", users, 0, 0, 0, flow, Map.of(), Map.of(), null, Map.of(), List.of(),
        List.of());
  }

  @Test
  void aStandstillWithinThePlanIsTheSystemsOwn() {
    seconds(0, PLANNED + LIMIT, second -> 5, second -> 100);
    assertThat(givenUp).isEmpty();
  }

  @Test
  void usersThatNeverEndAreGivenUp() {
    seconds(0, PLANNED + LIMIT + 1, second -> 5, second -> 100);
    assertThat(givenUp)
        .containsExactly(
            "the run did not end: its plan ended 20 s ago, and for 20 s no call was answered and no"
                + " user finished (5 are left; kcp.generator.end-within)");
  }

  @Test
  void aRunWithoutUsersThatDoesNotEndIsGivenUpToo() {
    seconds(0, PLANNED + LIMIT + 1, second -> 0, second -> 100);
    assertThat(givenUp).hasSize(1);
  }

  @Test
  void aUserThatEndsOrACallThatIsAnsweredIsASignOfLife() {
    seconds(0, 300, second -> 100 - second / 19, second -> 100);
    seconds(300, 600, second -> 50, second -> second / 19);
    assertThat(givenUp).isEmpty();
  }
}
