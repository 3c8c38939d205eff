package com.soundcore.kcp.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.LogHeader;
import com.soundcore.kcp.result.LogReader;
import com.soundcore.kcp.result.LogSeal;
import com.soundcore.kcp.result.LogWriter;
import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.run.RunMetadata;
import com.soundcore.kcp.testkit.SyntheticRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hold from second 5 to 35; answers are counted over 3 s, silence over 4 s. */
class StallsTest {
  private static final int END = 40;
  private static final Hold HOLD = hold(5, 35);

  @TempDir private Path folder;

  private final int[] started = new int[END];
  private final int[] ended = new int[END];

  private static Hold hold(int from, int to) {
    return new Hold("", "", from, to, from);
  }

  private RunModel model(List<int[]> calls) {
    RunFolder run = new RunFolder(folder.resolve("run"));
    RunMetadata facts = new SyntheticRun().facts();
    run.write(facts);
    LogHeader header = new LogHeader("Qps10k", 1_700_000_000_000L, List.of("auth"));
    try (LogWriter log = new LogWriter(run.log(), LogReader.VERSION, header)) {
      log.user(0, true, 0);
      for (int[] call : calls) {
        log.request("auth", "call", call[0], call[1], true, "");
      }
      log.user(0, false, END * 1000);
    }
    LogSeal.write(run);
    return RunModelBuilder.read(run, facts, 2, Judge.limits(SyntheticRun.CONFIG, facts));
  }

  /** Calls are answered in the order in which they were sent, half a second later at the least. */
  private List<int[]> calls() {
    List<int[]> calls = new ArrayList<>();
    int end = 0;
    int left = ended[0];
    for (int second = 0; second < END; second++) {
      for (int i = 0; i < started[second]; i++) {
        while (left == 0 && end < END - 1) {
          end++;
          left = ended[end];
        }
        left--;
        calls.add(new int[] {second * 1000, end * 1000 + 500});
      }
    }
    return calls;
  }

  private Iterable<Integer> stalled() {
    return stalled(calls(), HOLD);
  }

  private Iterable<Integer> stalled(List<int[]> calls, Hold hold) {
    return Stalls.in(model(calls), "auth", hold, SyntheticRun.CONFIG.gates());
  }

  private void steady(int perSecond) {
    Arrays.fill(started, perSecond);
    Arrays.fill(ended, perSecond);
  }

  @Test
  void aSteadyServiceHasNoStall() {
    steady(10);
    assertThat(stalled()).isEmpty();
  }

  /** Of 30 answers in 3 s half are 15, and 15 or more calls wait. */
  @Test
  void fewerThanHalfTheUsualAnswersWhileCallsWaitAreAStall() {
    steady(10);
    ended[20] = 0;
    ended[21] = 5;
    ended[23] = 25;
    assertThat(stalled()).isEmpty();
    ended[21] = 4;
    ended[23] = 26;
    assertThat(stalled()).containsExactly(19, 20, 21, 22);
  }

  /** Of the 16 answers that are missing a quarter must wait: 4 calls. */
  @Test
  void fewCallsWhereFewWereSentAreNoStall() {
    steady(10);
    started[20] = 4;
    started[21] = 3;
    ended[20] = 0;
    ended[21] = 4;
    ended[23] = 13;
    assertThat(stalled()).isEmpty();
    started[21] = 4;
    ended[23] = 14;
    assertThat(stalled()).containsExactly(19, 20, 21, 22);
  }

  /** 4 of 6 answers are missing; 2 waiting calls may be those of any moment. */
  @Test
  void twoWaitingCallsAreNoStall() {
    steady(2);
    started[20] = 1;
    started[21] = 1;
    ended[20] = 0;
    ended[21] = 0;
    ended[23] = 4;
    assertThat(stalled()).isEmpty();
    started[21] = 2;
    ended[23] = 5;
    assertThat(stalled()).containsExactly(19, 20, 21, 22);
  }

  /** Usually 2 calls wait, sent before the hold: a stall has more than 2 * 2 + 2. */
  @Test
  void moreThanTwiceAsManyCallsAsUsualMustWait() {
    steady(10);
    started[1] = 12;
    started[5] = 11;
    ended[6] = 11;
    started[20] = 4;
    ended[20] = 0;
    started[21] = 4;
    ended[21] = 4;
    ended[23] = 14;
    assertThat(stalled()).isEmpty();
    started[21] = 5;
    ended[23] = 15;
    assertThat(stalled()).containsExactly(19, 20, 21, 22);
  }

  @Test
  void theFirstAndTheLastSecondsOfAHoldCount() {
    steady(10);
    for (int second : new int[] {5, 6, 7, 32, 33, 34}) {
      ended[second] = 0;
    }
    ended[8] = 40;
    ended[35] = 40;
    assertThat(stalled()).containsExactly(5, 6, 7, 31, 32, 33, 34);
  }

  /**
   * A call every 5 s that takes so long; the one sent at 0:20 is answered at a second of its own.
   */
  private static List<int[]> rare(int millis, int answered) {
    List<int[]> calls = new ArrayList<>();
    for (int second = 0; second < END; second += 5) {
      int end = second == 20 ? answered * 1000 : second * 1000 + millis;
      if (second != 25) {
        calls.add(new int[] {second * 1000, end});
      }
    }
    return calls;
  }

  @Test
  void fourSecondsWithoutAnAnswerWhileACallWaitsAreAStallOfARareService() {
    assertThat(stalled(rare(5, 24), HOLD)).isEmpty();
    assertThat(stalled(rare(5, 25), HOLD)).containsExactly(21, 22, 23, 24);
    assertThat(stalled(rare(5, 26), HOLD)).containsExactly(21, 22, 23, 24, 25);
  }

  @Test
  void aRareServiceIsSilentUpToTheEndOfItsHold() {
    assertThat(stalled(rare(5, 29), hold(5, 25))).containsExactly(21, 22, 23, 24);
    assertThat(stalled(rare(5, 29), hold(5, 24))).isEmpty();
  }

  /** A service that needs a second for each call is silent in between. */
  @ParameterizedTest
  @CsvSource({"999, true", "1000, false"})
  void whereCallsTakeASecondSilenceIsNoStall(int millis, boolean stalls) {
    List<Integer> expected = stalls ? List.of(21, 22, 23, 24, 25) : List.of();
    assertThat(stalled(rare(millis, 26), HOLD)).containsExactlyElementsOf(expected);
  }

  private static int[] call(int second, int millis) {
    return new int[] {second * 1000, second * 1000 + millis};
  }

  /** Three calls of the hold take a second or longer, two do not; the others are not its own. */
  @Test
  void onlyTheCallsOfTheHoldSayHowLongTheyTake() {
    List<int[]> calls = new ArrayList<>();
    for (int second : new int[] {5, 12}) {
      calls.add(call(second, 1000));
    }
    calls.add(call(20, 6000));
    for (int second : new int[] {28, 33, 35}) {
      calls.add(call(second, 5));
    }
    assertThat(stalled(calls, HOLD)).isEmpty();
    for (int second : new int[] {0, 1, 2, 3, 4}) {
      calls.add(call(second, 5));
    }
    assertThat(stalled(calls, HOLD)).isEmpty();
    for (int second : new int[] {36, 37, 38, 39}) {
      calls.add(call(second, 5));
    }
    assertThat(stalled(calls, HOLD)).isEmpty();
  }

  /** Twice the 3 s over which answers are counted. */
  @Test
  void inAHoldOfLessThanSixSecondsNoStallIsSeen() {
    List<int[]> calls = List.of(call(20, 5), call(20, 5), call(20, 6000));
    assertThat(stalled(calls, hold(20, 26))).containsExactly(21, 22, 23, 24, 25);
    assertThat(stalled(calls, hold(21, 26))).isEmpty();
  }

  @Test
  void allServicesTogetherMayStallAndAnUnknownOneDoesNot() {
    RunModel model = model(rare(5, 26));
    assertThat(Stalls.in(model, "all", HOLD, SyntheticRun.CONFIG.gates()))
        .containsExactly(21, 22, 23, 24, 25);
    assertThat(Stalls.in(model, "content", HOLD, SyntheticRun.CONFIG.gates())).isEmpty();
  }
}
