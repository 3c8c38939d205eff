package com.soundcore.kcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.soundcore.kcp.result.RunModel;
import com.soundcore.kcp.result.RunModelBuilder;
import com.soundcore.kcp.run.ResourceSample;
import com.soundcore.kcp.run.RunFolder;
import com.soundcore.kcp.testkit.SyntheticRun;
import com.soundcore.kcp.verdict.Judge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Knowledge answers 50 calls a second for a minute. */
class UncountedCallsTest {
  @TempDir private Path folder;

  private List<String> caveats(double perSecond, IntToDoubleFunction processStart) {
    RunFolder run = new SyntheticRun().write(folder, new SyntheticRun.Order() {});
    RunModel model =
        RunModelBuilder.read(run, run.facts(), 2, Judge.limits(SyntheticRun.CONFIG, run.facts()));
    List<ResourceSample> samples =
        IntStream.range(1, 12)
            .mapToObj(
                i ->
                    new ResourceSample(
                        5 * i,
                        "knowledge",
                        Map.of(
                            "requests", perSecond, "process-start", processStart.applyAsDouble(i))))
            .toList();
    return new UncountedCalls(run.facts(), model, samples).caveats();
  }

  @Test
  void callsThatNeverReachTheServiceAreNamed() {
    assertThat(caveats(10, i -> 1))
        .containsExactly(
            "CACHED: knowledge counted 10 requests a second itself, and 50 were answered: a cache"
                + " in front, or another instance, answered the others");
  }

  @Test
  void aServiceThatCountsItsCallsIsNot() {
    assertThat(caveats(51, i -> 1)).isEmpty();
  }

  @Test
  void workersThatEachCountTheirOwnSayNothing() {
    assertThat(caveats(25, i -> i % 2)).isEmpty();
  }
}
